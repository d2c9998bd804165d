#include "core/govern/mandate_note.h"

#include "core/govern/mandate_rules.h"
#include "core/govern/small_file.h"

#include <algorithm>
#include <set>

namespace cordon::govern {
namespace {

constexpr std::string_view yamlEnding = ".yaml";
constexpr std::string_view mandateEnding = ".mandate";

bool isAgentKey(const Mandate& mandate, const crypto::PublicKey& key)
{
    const auto agent = crypto::PublicKey::parse(mandate.agent.key);
    return !agent || *agent == key;
}

Value textsToValue(const std::vector<std::string>& items)
{
    Value::Array list;
    for (const std::string& item : items)
        list.emplace_back(item);
    return list;
}

} // namespace

std::string mandateNoteText(const Mandate& mandate)
{
    return "cordon.mandate.v1\n" + mandate.id + "\nrevision " + std::to_string(mandate.revision) + '\n' +
           mandate.digest + '\n';
}

Result<std::string> signMandate(const Mandate& mandate, std::string_view note, const std::string& owner,
                                const crypto::SigningKey& key)
{
    if (isAgentKey(mandate, key.publicKey()) || owner == mandate.agent.id)
        return fail(ErrorCode::Denied, "the agent cannot sign its own mandate");
    crypto::SignedNote signedNote;
    signedNote.text = mandateNoteText(mandate);
    if (!note.empty()) {
        CORDON_TRY(signedNote, crypto::SignedNote::parse(note));
        if (signedNote.text != mandateNoteText(mandate))
            return fail(ErrorCode::Conflict, "the note is over another mandate or revision");
    }
    if (!signedNote.isSignedBy(owner, key.publicKey()))
        signedNote.sign(owner, key);
    return signedNote.toString();
}

Result<std::string> signMandateFile(const std::filesystem::path& file, const std::string& owner,
                                    const crypto::SigningKey& key)
{
    CORDON_TRY(const std::string text, readSmallFile(file));
    CORDON_TRY(const Mandate mandate, parseMandate(text, file.string()));
    auto note = readSmallFile(mandateNoteFile(file));
    if (!note && note.error().code != ErrorCode::NotFound)
        return fail(note.error());
    auto noted = signMandate(mandate, note ? *note : "", owner, key);
    if (!noted && noted.error().code == ErrorCode::Conflict)
        noted = signMandate(mandate, "", owner, key);
    return noted;
}

std::vector<std::string> mandateSigners(const Mandate& mandate, std::string_view note,
                                        const std::vector<OwnerKey>& owners)
{
    std::vector<std::string> signers;
    const auto signedNote = crypto::SignedNote::parse(note);
    if (!signedNote || signedNote->text != mandateNoteText(mandate))
        return signers;
    std::set<crypto::PublicKey> keys;
    for (const OwnerKey& owner : owners) {
        const bool isNew =
            std::find(signers.begin(), signers.end(), owner.name) == signers.end() && !keys.contains(owner.key);
        if (!isNew || isAgentKey(mandate, owner.key) || owner.name == mandate.agent.id ||
            !signedNote->isSignedBy(owner.name, owner.key))
            continue;
        keys.insert(owner.key);
        signers.push_back(owner.name);
    }
    return signers;
}

std::filesystem::path mandateNoteFile(const std::filesystem::path& mandateFile)
{
    std::string name = mandateFile.filename().string();
    if (name.ends_with(yamlEnding))
        name.resize(name.size() - yamlEnding.size());
    if (name.ends_with(mandateEnding))
        name.resize(name.size() - mandateEnding.size());
    return mandateFile.parent_path() / (name + ".mandate.note");
}

Result<LoadedMandate> loadMandate(const std::filesystem::path& file, const std::vector<OwnerKey>& owners,
                                  std::int64_t newestSeenRevision)
{
    CORDON_TRY(const std::string text, readSmallFile(file));
    LoadedMandate loaded;
    CORDON_TRY(loaded.mandate, parseMandate(text, file.string()));
    const Mandate& mandate = loaded.mandate;
    if (mandate.revision < newestSeenRevision)
        return fail(ErrorCode::Conflict, file.string() + ": revision " + std::to_string(mandate.revision) +
                                             " is older than revision " + std::to_string(newestSeenRevision) +
                                             ", which was in force");
    const auto note = readSmallFile(mandateNoteFile(file));
    loaded.signers = note ? mandateSigners(mandate, *note, owners) : std::vector<std::string>();
    if (static_cast<int>(loaded.signers.size()) < mandate.owner.signaturesToLoad)
        return fail(ErrorCode::Untrusted, file.string() + ": " + std::to_string(loaded.signers.size()) + " of " +
                                              std::to_string(mandate.owner.signaturesToLoad) + " owners' signatures");
    return loaded;
}

Value mandateCheck(const std::filesystem::path& file, const std::vector<OwnerKey>& owners)
{
    Value result = Value::Object{{"file", file.string()}};
    MandateReading reading;
    if (const auto text = readSmallFile(file))
        reading = readMandate(*text);
    else
        reading.problems.push_back({0, "unreadable", text.error().detail});
    Value::Array problems;
    for (const MandateProblem& problem : reading.problems)
        problems.push_back(Value::Object{{"line", problem.line}, {"rule", problem.rule}, {"reason", problem.reason}});
    result.set("problems", std::move(problems));
    bool isGood = reading.mandate.has_value();
    if (reading.mandate) {
        const Mandate& mandate = *reading.mandate;
        result.set("id", mandate.id);
        result.set("revision", mandate.revision);
        result.set("digest", mandate.digest);
        result.set("signatures_needed", mandate.owner.signaturesToLoad);
        if (!mandate.assistant.may.empty())
            result.set("assistant", "there is none in this version: nobody has what 'assistant' grants");
        if (!owners.empty()) {
            const auto note = readSmallFile(mandateNoteFile(file));
            const auto signers = note ? mandateSigners(mandate, *note, owners) : std::vector<std::string>();
            result.set("signers", textsToValue(signers));
            isGood = static_cast<int>(signers.size()) >= mandate.owner.signaturesToLoad;
        }
    }
    result.set("ok", isGood);
    return result;
}

} // namespace cordon::govern
