// Commands that look at one file and judge it: mandates, the gate.
#include "app/ctl/ctl.h"
#include "core/base/display_escape.h"
#include "core/crypto/signing_key.h"
#include "core/engine/codec.h"
#include "core/engine/exercise_parties.h"
#include "core/govern/gate.h"
#include "core/govern/gate_json.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <iostream>
#include <memory>
#include <set>

namespace cordon::ctl {
namespace {

int checkMandate(const Context& context, const std::string& file)
{
    if (!std::filesystem::exists(file))
        return failed({ErrorCode::NotFound, file + ": no such file"});
    const Value verdict = govern::mandateCheck(file);
    if (context.wantsJson) {
        printJson(verdict);
    } else if (verdict["ok"].asBool()) {
        std::cout << file << ": " << verdict["id"].asString() << " revision " << verdict["revision"].asInt()
                  << ", digest " << verdict["digest"].asString() << "\n";
    } else {
        for (const Value& problem : verdict["problems"].asArray())
            std::cout << file << ":" << problem["line"].asInt() << ": "
                      << escapedForDisplay(problem["reason"].asString()) << "\n";
    }
    return verdict["ok"].asBool() ? Done : Bad;
}

Result<void> signMandate(const std::string& file, const std::string& keyFile, const std::string& owner)
{
    CORDON_TRY(const std::string text, platform::readFile(file));
    CORDON_TRY(const Mandate mandate, govern::parseMandate(text, file));
    CORDON_TRY(std::string seedText, platform::readFile(keyFile, 4096));
    while (!seedText.empty() && (seedText.back() == '\n' || seedText.back() == '\r'))
        seedText.pop_back();
    auto seed = fromHex(seedText);
    crypto::wipe(seedText);
    if (!seed)
        return fail(ErrorCode::Invalid, keyFile + ": expected 64 lower-case hex digits (an Ed25519 seed)");
    CORDON_TRY(const crypto::SigningKey key, crypto::SigningKey::fromSeed(bytesOf(*seed)));
    crypto::wipe(*seed);
    const std::filesystem::path noteFile = govern::mandateNoteFile(file);
    auto note = platform::readFile(noteFile);
    if (!note && note.error().code != ErrorCode::NotFound)
        return fail(note.error());
    const std::string& signer = owner.empty() ? mandate.owner.accountable : owner;
    CORDON_TRY(const std::string sealed, govern::signMandate(mandate, note ? *note : "", signer, key));
    return platform::writeFileAtomically(noteFile, sealed, 0644);
}

/// Clauses that no decision of the case ever named.
int mandateUsage(const Context& context, const std::string& folder)
{
    std::set<std::string> used;
    std::string mandateText;
    auto read = record::eachEntry(folder, 0, [&](const LedgerEntry& entry) {
        for (const Value& clause : entry.data["decision"]["clauses"].asArray())
            used.insert(clause.asString());
        if (entry.type == "mandate.in_force")
            mandateText = entry.data["text"].asString();
        return true;
    });
    if (!read)
        return failed(read.error());
    auto mandate = govern::parseMandate(mandateText, "the mandate in the ledger");
    if (!mandate)
        return failed({ErrorCode::NotFound, folder + ": no mandate was in force in this case"});
    std::vector<std::string> unused;
    std::vector<std::string> found;
    const auto sort = [&](const std::string& id) { (used.contains(id) ? found : unused).push_back(id); };
    for (const PermitClause& clause : mandate->change)
        sort(clause.id);
    for (const ForbidClause& clause : mandate->forbid)
        sort(clause.id);
    if (context.wantsJson) {
        printJson(Value::Object{{"mandate", mandate->id},
                                {"used", engine::codec::textList(found)},
                                {"unused", engine::codec::textList(unused)}});
        return Done;
    }
    std::cout << "used  ";
    for (const std::string& id : found)
        std::cout << ' ' << id;
    std::cout << "\nunused";
    for (const std::string& id : unused)
        std::cout << ' ' << id;
    std::cout << '\n';
    return Done;
}

int askGate(const std::string& mandateFile, const std::string& requestFile)
{
    const auto ask = [&]() -> Result<Value> {
        CORDON_TRY(const std::string mandateText, platform::readFile(mandateFile));
        CORDON_TRY(Mandate mandate, govern::parseMandate(mandateText, mandateFile));
        CORDON_TRY(const std::string requestText, platform::readFile(requestFile));
        CORDON_TRY(const Value value, json::parse(requestText));
        CORDON_TRY(govern::GateRequest request, govern::gateRequestFromValue(value));
        request.mandate = std::make_shared<const Mandate>(std::move(mandate));
        return govern::decisionToValue(govern::Gate().rule(request).decision);
    };
    auto answer = ask();
    if (!answer)
        return failed(answer.error());
    printJson(*answer);
    return Done;
}

} // namespace

void addCheckCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* mandate = app.add_subcommand("mandate", "the agent's mandate");
    mandate->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto key = std::make_shared<std::string>();
    auto owner = std::make_shared<std::string>();
    CLI::App* mandateCheck = mandate->add_subcommand("check", "load errors with file and line");
    mandateCheck->add_option("FILE", *file)->required();
    mandateCheck->callback([&context, &status, file] { status = checkMandate(context, *file); });
    CLI::App* sign = mandate->add_subcommand("sign", "adds an owner's signature to the note beside the mandate");
    sign->add_option("FILE", *file)->required();
    sign->add_option("--key", *key, "file with the owner's Ed25519 seed in hex")->required();
    sign->add_option("--as", *owner, "owner who signs; the accountable one when left out");
    sign->callback([&status, file, key, owner] {
        auto done = signMandate(*file, *key, *owner);
        status = done ? static_cast<int>(Done) : failed(done.error());
    });
    CLI::App* usage = mandate->add_subcommand("usage", "clauses that no decision of a case named");
    usage->add_option("CASE", *file)->required();
    usage->callback([&context, &status, file] { status = mandateUsage(context, *file); });

    CLI::App* gate = app.add_subcommand("gate", "asks the gate without acting");
    auto request = std::make_shared<std::string>();
    gate->add_option("--mandate", *file)->required();
    gate->add_option("--request", *request)->required();
    gate->callback([&status, file, request] { status = askGate(*file, *request); });
}

} // namespace cordon::ctl
