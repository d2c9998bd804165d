// Commands about the agent's mandate: check, sign, usage.
#include "app/ctl/step_up_call.h"
#include "core/base/display_escape.h"
#include "core/crypto/signing_key.h"
#include "core/engine/codec.h"
#include "core/engine/people_office.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/mandate_shelf.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_reader.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <memory>

namespace cordon::ctl {
namespace {

struct MandateWish
{
    std::string file; ///< or case
    std::string key;
    std::string owner;
    std::string people; ///< folder with vaults, for a check also with owners; empty: the installation's
    FactorWish factors;
    int days = 0; ///< 0: since the case began
};

std::filesystem::path peopleFolder(const Context& context, const MandateWish& wish)
{
    return wish.people.empty() ? context.home / "people" : std::filesystem::path(wish.people);
}

std::filesystem::path shelfFolder(const Context& context)
{
    return context.home / "mandates";
}

/// Owners whom the installation knows; none where nobody is enrolled.
Result<std::vector<govern::OwnerKey>> enrolledOwners(const Context& context)
{
    CORDON_TRY(const govern::PeopleRoll roll, engine::PeopleOffice::roll(context.home));
    return govern::ownersAmong(roll.people());
}

/// Against whom a check compares; a plain file may say so, since nothing follows from it.
Result<std::vector<govern::OwnerKey>> ownersToCheck(const Context& context, const MandateWish& wish)
{
    if (wish.people.empty())
        return enrolledOwners(context);
    CORDON_TRY(const auto people, govern::PeopleDirectory::load(peopleFolder(context, wish)));
    return govern::ownersAmong(people);
}

/// Owners who still have to sign; 0 where signatures were not looked at.
std::int64_t missingSignatures(const Value& verdict)
{
    const auto signers = static_cast<std::int64_t>(verdict["signers"].asArray().size());
    return verdict.has("signers") ? std::max<std::int64_t>(0, verdict["signatures_needed"].asInt() - signers) : 0;
}

void printVerdict(const std::string& file, const Value& verdict)
{
    for (const Value& problem : verdict["problems"].asArray())
        std::cout << file << ":" << problem["line"].asInt() << ": " << escapedForDisplay(problem["reason"].asString())
                  << "\n";
    if (!verdict.has("digest"))
        return;
    std::cout << file << ": " << escapedForDisplay(verdict["id"].asString()) << " revision "
              << verdict["revision"].asInt() << ", digest " << verdict["digest"].asString() << "\n";
    if (verdict.has("assistant"))
        std::cout << "assistant: " << verdict["assistant"].asString() << "\n";
    if (!verdict.has("signers"))
        return;
    std::cout << "signatures: " << verdict["signers"].asArray().size() << " of "
              << verdict["signatures_needed"].asInt();
    for (const Value& signer : verdict["signers"].asArray())
        std::cout << ' ' << escapedForDisplay(signer.asString());
    const std::int64_t missing = missingSignatures(verdict);
    std::cout << (missing > 0 ? "; " + std::to_string(missing) + " more of its owners must sign" : "") << '\n';
}

/// Rules first; signatures and revision where the installation knows owners, or was told of some.
int checkMandate(const Context& context, const MandateWish& wish)
{
    if (!std::filesystem::exists(wish.file))
        return failed({ErrorCode::NotFound, wish.file + ": no such file"});
    const auto owners = ownersToCheck(context, wish);
    if (!owners)
        return failed(owners.error());
    Value verdict = govern::mandateCheck(wish.file, *owners);
    if (verdict.has("id")) {
        const auto witnessed = engine::PeopleOffice::mandates(context.home);
        if (!witnessed)
            return failed(witnessed.error());
        const auto newest = govern::MandateShelf(shelfFolder(context), *witnessed).newest(verdict["id"].asString());
        if (!newest) {
            verdict.set("ok", false);
            std::cerr << "cordonctl: " << newest.error().detail << '\n';
        }
        if (newest && *newest)
            verdict.set("newest_in_force", (*newest)->revision);
        if (newest && *newest && verdict["revision"].asInt() < (*newest)->revision) {
            verdict.set("ok", false);
            std::cerr << "cordonctl: revision " << (*newest)->revision << " was in force already\n";
        }
    }
    if (context.wantsJson)
        printJson(verdict);
    else
        printVerdict(wish.file, verdict);
    if (!verdict.has("signers") && verdict["ok"].asBool())
        std::cerr << "cordonctl: signatures were not looked at: no owner is known here (--people DIR names others)\n";
    return verdict["ok"].asBool() ? Done : Bad;
}

Result<std::string> noteByKeyFile(const MandateWish& wish)
{
    CORDON_TRY(std::string seedText, platform::readFile(wish.key, 4096));
    while (!seedText.empty() && (seedText.back() == '\n' || seedText.back() == '\r'))
        seedText.pop_back();
    auto seed = fromHex(seedText);
    crypto::wipe(seedText);
    if (!seed)
        return fail(ErrorCode::Invalid, wish.key + ": expected 64 lower-case hex digits (an Ed25519 seed)");
    auto key = crypto::SigningKey::fromSeed(bytesOf(*seed));
    crypto::wipe(*seed);
    if (!key)
        return fail(key.error());
    std::string owner = wish.owner;
    if (owner.empty()) {
        CORDON_TRY(const std::string text, platform::readFile(wish.file));
        CORDON_TRY(const Mandate mandate, govern::parseMandate(text, wish.file));
        owner = mandate.owner.accountable;
    }
    return govern::signMandateFile(wish.file, owner, *key);
}

/// The separate program opens the person's vault: PIN and key never enter this process.
Result<std::string> noteByVault(const Context& context, const MandateWish& wish)
{
    return askStepUp(context, wish.factors,
                     {"--people", peopleFolder(context, wish).string(), "--as", wish.owner, "--sign-mandate", wish.file}, {});
}

/// Writes the signature and, once enough enrolled owners signed, puts a real mandate in force. Whose vault signed
/// makes nobody an owner.
Result<Value> signMandate(const Context& context, const MandateWish& wish)
{
    CORDON_TRY(const std::string note, wish.key.empty() ? noteByVault(context, wish) : noteByKeyFile(wish));
    CORDON_CHECK(platform::writeFileAtomically(govern::mandateNoteFile(wish.file), note, 0644));
    CORDON_TRY(const std::vector<govern::OwnerKey> owners, enrolledOwners(context));
    Value answer = govern::mandateCheck(wish.file, owners);
    answer.set("in_force", false);
    if (owners.empty() || !answer["ok"].asBool())
        return answer;
    CORDON_CHECK(platform::makeFolders(shelfFolder(context)));
    const MachineClock clock;
    CORDON_TRY(engine::PeopleOffice office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(auto witnessed, engine::PeopleOffice::mandates(context.home));
    std::vector<std::string> signers;
    for (const Value& signer : answer["signers"].asArray())
        signers.push_back(signer.asString());
    const auto tell = [&](const Mandate& mandate) { return office.noteMandate(mandate, signers); };
    auto put = govern::MandateShelf(shelfFolder(context), std::move(witnessed)).put(wish.file, owners, tell);
    if (!put && put.error().code != ErrorCode::Denied) // an exercise's mandate is in force in its case only
        return fail(put.error());
    answer.set("in_force", put.has_value());
    return answer;
}

int sign(const Context& context, const MandateWish& wish)
{
    if (wish.key.empty() && wish.owner.empty()) {
        std::cerr << "cordonctl: mandate sign: say who signs (--as USER), or name a key file (--key FILE)\n";
        return Usage;
    }
    const auto answer = signMandate(context, wish);
    if (!answer)
        return failed(answer.error());
    if (context.wantsJson) {
        printJson(*answer);
    } else {
        printVerdict(wish.file, *answer);
        std::cout << ((*answer)["in_force"].asBool()       ? "in force\n"
                      : missingSignatures(*answer) > 0   ? "signed; not in force yet\n"
                                                         : "signed; one of an exercise comes into force in its case: run --mandate\n");
    }
    return Done;
}

/// How often each clause decided, as the ledger of a case tells.
struct ClauseUsage
{
    std::string mandateText;
    std::map<std::string, std::int64_t> times;
    std::int64_t decisions = 0;
};

Result<ClauseUsage> readUsage(const std::string& folder, int days)
{
    Timestamp newest;
    if (days > 0)
        CORDON_CHECK(record::eachEntry(folder, 0, [&](const LedgerEntry& entry) {
            newest = std::max(newest, entry.ts);
            return true;
        }));
    const Timestamp from = days > 0 ? newest - std::chrono::hours(24) * days : Timestamp();
    ClauseUsage usage;
    CORDON_CHECK(record::eachEntry(folder, 0, [&](const LedgerEntry& entry) {
        if (entry.type == "mandate.in_force")
            usage.mandateText = entry.data["text"].asString();
        const Value& clauses = entry.data["decision"]["clauses"];
        if (!clauses.isArray() || (days > 0 && entry.ts < from))
            return true;
        ++usage.decisions;
        for (const Value& clause : clauses.asArray())
            ++usage.times[clause.asString()];
        return true;
    }));
    return usage;
}

int usage(const Context& context, const MandateWish& wish)
{
    const auto read = readUsage(wish.file, wish.days);
    if (!read)
        return failed(read.error());
    const auto mandate = govern::parseMandate(read->mandateText, "the mandate in the ledger");
    if (!mandate)
        return failed({ErrorCode::NotFound, wish.file + ": no mandate was in force in this case"});
    std::vector<std::string> used;
    std::vector<std::string> unused;
    Value times = Value::Object{};
    const auto sort = [&](const std::string& id) {
        const auto found = read->times.find(id);
        (found != read->times.end() ? used : unused).push_back(id);
        times.set(id, found != read->times.end() ? found->second : 0);
    };
    for (const PermitClause& clause : mandate->change)
        sort(clause.id);
    for (const ForbidClause& clause : mandate->forbid)
        sort(clause.id);
    for (const LimitClause& clause : mandate->limits)
        sort(clause.id);
    if (context.wantsJson) {
        printJson(Value::Object{{"mandate", mandate->id},
                                {"revision", mandate->revision},
                                {"days", wish.days > 0 ? Value(wish.days) : Value()},
                                {"decisions", read->decisions},
                                {"used", engine::codec::textList(used)},
                                {"unused", engine::codec::textList(unused)},
                                {"times", std::move(times)}});
        return Done;
    }
    std::cout << mandate->id << " revision " << mandate->revision << ": " << read->decisions << " decisions"
              << (wish.days > 0 ? " in the last " + std::to_string(wish.days) + " days" : "") << "\nused  ";
    for (const std::string& id : used)
        std::cout << ' ' << id;
    std::cout << "\nunused";
    for (const std::string& id : unused)
        std::cout << ' ' << id;
    std::cout << '\n';
    return Done;
}

} // namespace

void addMandateCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* mandate = app.add_subcommand("mandate", "the agent's mandate");
    mandate->require_subcommand(1);
    auto wish = std::make_shared<MandateWish>();
    CLI::App* check = mandate->add_subcommand("check", "load errors with file and line; signatures of known owners");
    check->add_option("FILE", wish->file)->required();
    check->add_option("--people", wish->people, "folder with the people whose signatures count")->type_name("DIR");
    check->callback([&context, &status, wish] { status = checkMandate(context, *wish); });
    CLI::App* signing = mandate->add_subcommand("sign", "adds an owner's signature to the note beside the mandate");
    signing->add_option("FILE", wish->file)->required();
    signing->add_option("--key", wish->key, "file with the owner's Ed25519 seed in hex");
    signing->add_option("--as", wish->owner, "owner who signs; with --key the accountable one when left out");
    signing->add_option("--people", wish->people, "folder with that person's vault")->type_name("DIR");
    wish->factors.addTo(*signing);
    signing->callback([&context, &status, wish] { status = sign(context, *wish); });
    CLI::App* use = mandate->add_subcommand("usage", "clauses that no decision of a case named");
    use->add_option("CASE", wish->file)->required();
    use->add_option("--days", wish->days, "only the last days of the case's ledger")->check(CLI::Range(1, 36'500));
    use->callback([&context, &status, wish] { status = usage(context, *wish); });
}

} // namespace cordon::ctl
