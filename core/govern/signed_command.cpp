#include "core/govern/signed_command.h"

#include "core/govern/text_block.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

constexpr std::string_view commandFormat = "cordon.command.v1";
constexpr std::array<std::string_view, 36> knownCommands{"halt",    "resume",   "undo", "keep",    "note",
                                                         "assign",  "skip",     "ask-again", "done-elsewhere", "sign-in",
                                                         "sign-out", "join", "present", "continue", "add-sources", "follow", "stop-following",
                                                         "inventory-import", "indicators-import",
                                                         "exhibit-add", "evidence-hold", "evidence-release",
                                                         "evidence-transfer", "evidence-receive", "evidence-erase",
                                                         "merge", "split", "move", "undo-arrangement", "close", "reopen",
                                                         "step-move", "step-add", "step-edit", "step-restore", "sequence-accept"};
constexpr std::string_view presenceStart = "\ncordon.presence.v1\n";

bool isNonce(const std::string& text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// The sitting whose key signed the command may sign such a one, now.
Result<void> checkPresence(const Command& command, const Presence& presence, const std::set<std::string>& ended)
{
    if (!isForPresence(command.command))
        return fail(ErrorCode::Denied, "factors_needed: " + command.command + " takes the person's own signature");
    if (presence.person != command.person)
        return fail(ErrorCode::Untrusted, "presence_other: " + presence.person);
    if (ended.count(presence.nonce) > 0 || command.issued > presence.issued + longestPresence ||
        command.issued < presence.issued - std::chrono::minutes(1))
        return fail(ErrorCode::Denied, "presence_ended: " + command.person + " has to sign in again");
    return {};
}

/// The note with the one line of that name that verifies.
Result<std::string> withOneSignature(const crypto::SignedNote& note, const std::string& person, const crypto::PublicKey& key)
{
    for (const crypto::NoteSignature& line : note.signatures) {
        const crypto::SignedNote alone{note.text, {line}};
        if (line.name == person && alone.isSignedBy(person, key))
            return alone.toString();
    }
    return fail(ErrorCode::Untrusted, "signature_bad: " + person);
}

/// Whoever is signed in may look; only some may decide.
bool mayGive(const Person& person, const std::string& command)
{
    return command == "sign-in" || command == "sign-out" || command == "join" || person.hasRole("analyst") || person.hasRole("commander");
}

} // namespace

Value Command::toValue() const
{
    return Value::Object{{"v", 1},           {"command", command},          {"args", args},
                         {"person", person}, {"issued", issued.toString()}, {"nonce", nonce},
                         {"case", caseOrigin}};
}

Result<Command> Command::fromValue(const Value& value)
{
    Command command;
    command.command = value["command"].asString();
    const bool isKnown = std::find(knownCommands.begin(), knownCommands.end(), command.command) != knownCommands.end();
    if (value["v"].asInt() != 1 || value.asObject().size() != 7 || !isKnown || !value["args"].isObject())
        return fail(ErrorCode::Invalid, "command_unreadable: not a version 1 command");
    command.args = value["args"];
    command.person = value["person"].asString();
    command.nonce = value["nonce"].asString();
    command.caseOrigin = value["case"].asString();
    const auto issued = Timestamp::parse(value["issued"].asString());
    if (!issued || !isNonce(command.nonce) || !isPersonId(command.person) || command.caseOrigin.empty())
        return fail(ErrorCode::Invalid, "command_unreadable: person, case, nonce or time");
    command.issued = *issued;
    if (command.toValue() != value) // a time that is spelled in another way would be read in another way by others
        return fail(ErrorCode::Invalid, "command_unreadable: members, or a time that is not spelled as times are");
    return command;
}

Result<std::string> signCommand(const Command& command, const crypto::SigningKey& key)
{
    CORDON_CHECK(Command::fromValue(command.toValue()));
    return makeTextBlock(commandFormat, command.toValue(), command.person, key);
}

Result<std::string> signForPresence(const Command& command, const crypto::SigningKey& sessionKey,
                                    const std::string& presenceBlock)
{
    CORDON_TRY(const std::string block, signCommand(command, sessionKey));
    return block + presenceBlock;
}

std::string namedCommand(std::string_view text)
{
    const auto block = readTextBlock(commandFormat, text.substr(0, text.find(presenceStart)));
    return block ? block->content["command"].asString() : std::string();
}

Result<std::string> keptCommand(std::string_view text, const Person& person)
{
    const std::size_t seam = text.find(presenceStart);
    const bool isBySitting = seam != std::string_view::npos;
    CORDON_TRY(const TextBlock block, readTextBlock(commandFormat, text.substr(0, isBySitting ? seam + 1 : seam)));
    if (!isBySitting)
        return withOneSignature(block.note, person.id, person.key);
    CORDON_TRY(const TextBlock sitting, readTextBlock(presenceStart.substr(1, presenceStart.size() - 2), text.substr(seam + 1)));
    CORDON_TRY(const Presence presence, Presence::fromValue(sitting.content));
    CORDON_TRY(const std::string command, withOneSignature(block.note, person.id, presence.sessionKey));
    CORDON_TRY(const std::string leave, withOneSignature(sitting.note, person.id, person.key));
    return command + leave;
}

Result<Command> verifyCommand(std::string_view text, const PeopleDirectory& people, const std::string& caseOrigin,
                              Timestamp wall, Duration window, SeenCommands& seen)
{
    const std::size_t seam = text.find(presenceStart);
    const bool isBySitting = seam != std::string_view::npos;
    const auto block = readTextBlock(commandFormat, text.substr(0, isBySitting ? seam + 1 : seam));
    if (!block)
        return fail(ErrorCode::Invalid, "command_unreadable: " + block.error().detail);
    CORDON_TRY(Command command, Command::fromValue(block->content));
    const Person* person = people.find(command.person);
    if (!person)
        return fail(ErrorCode::Untrusted, "person_unknown: " + command.person);
    if (person->isRevoked)
        return fail(ErrorCode::Untrusted, "key_revoked: " + command.person);
    crypto::PublicKey key = person->key;
    if (isBySitting) {
        CORDON_TRY(const Presence presence, readPresence(text.substr(seam + 1), people, caseOrigin));
        CORDON_CHECK(checkPresence(command, presence, seen.ended));
        key = presence.sessionKey;
        command.presence = presence.nonce;
    }
    if (!block->note.isSignedBy(command.person, key))
        return fail(ErrorCode::Untrusted, "signature_bad: " + command.person);
    if (!mayGive(*person, command.command))
        return fail(ErrorCode::Denied, "role_missing: " + command.person);
    if (command.caseOrigin != caseOrigin)
        return fail(ErrorCode::Denied, "case_other: " + command.caseOrigin);
    if (command.issued < wall - window || command.issued > wall + window)
        return fail(ErrorCode::Denied, "too_old: " + command.issued.toString());
    if (!seen.nonces.insert(command.nonce).second)
        return fail(ErrorCode::Denied, "nonce_used: " + command.nonce);
    if (command.command == "sign-in" && isBySitting && !seen.begun.insert(command.presence).second)
        return fail(ErrorCode::Denied, "presence_used: this sign-in was taken before");
    if (command.command == "sign-out" && isBySitting)
        seen.ended.insert(command.presence);
    return command;
}

} // namespace cordon::govern
