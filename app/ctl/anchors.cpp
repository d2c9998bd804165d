// Commands about what vouches for a ledger from outside the case, and about its log keys: anchor, keys.
#include "app/ctl/ask_authority.h"
#include "app/ctl/ctl.h"
#include "core/engine/known_people.h"
#include "core/record/case_folder.h"
#include "core/record/checkpoint_text.h"
#include "core/record/head_anchor.h"
#include "core/record/head_timestamps.h"
#include "core/record/ledger_examination.h"
#include "core/record/ledger_source.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

struct AnchorWish
{
    std::string folder;
    std::string copyTo;
    std::string noCopyTo;
    std::string request;
    std::string reply;
    std::string server;
    std::string authority;
    bool isKeyringOn = false;
    bool isKeyringOff = false;

    [[nodiscard]] bool changesSettings() const
    {
        return !copyTo.empty() || !noCopyTo.empty() || isKeyringOn || isKeyringOff;
    }
};

Result<void> changeSettings(const Context& context, const AnchorWish& wish)
{
    CORDON_TRY(record::AnchorSettings settings, record::anchorSettings(context.home));
    auto& folders = settings.copies;
    settings.usesKeyring = (settings.usesKeyring || wish.isKeyringOn) && !wish.isKeyringOff;
    if (!wish.copyTo.empty()) {
        std::error_code error;
        const auto folder = std::filesystem::canonical(wish.copyTo, error);
        if (error || !std::filesystem::is_directory(folder, error))
            return fail(ErrorCode::NotFound, wish.copyTo + ": no folder");
        if (std::find(folders.begin(), folders.end(), folder) == folders.end())
            folders.push_back(folder);
    }
    if (!wish.noCopyTo.empty())
        folders.erase(std::remove(folders.begin(), folders.end(), std::filesystem::path(wish.noCopyTo)), folders.end());
    return record::setAnchorSettings(context.home, settings);
}

/// What is signed already goes to the new place at once, and not only with the next head.
Result<void> copyNewestHead(const Context& context, const std::string& folder)
{
    const auto source = record::ledgerIn(folder);
    std::optional<record::Checkpoint> newest;
    for (const std::string& name : source->checkpoints()) {
        const auto note = source->readCheckpoint(name, 64U << 10U);
        const auto head = note ? record::parseCheckpoint(*note) : fail(note.error());
        if (head && (!newest || head->size > newest->size))
            newest = record::Checkpoint{head->size, head->root, *note};
    }
    CORDON_TRY(const std::string origin, record::caseOrigin(folder));
    CORDON_TRY(const auto anchors, record::anchorsOf(context.home));
    for (const auto& anchor : anchors) {
        if (newest)
            CORDON_CHECK(anchor->keep(origin, *newest));
    }
    return {};
}

Result<void> stamp(const Context& context, const AnchorWish& wish)
{
    if (!wish.authority.empty()) {
        CORDON_TRY(const std::string pem, platform::readFile(wish.authority, 1U << 20U));
        CORDON_CHECK(platform::makeFolders(context.home));
        CORDON_CHECK(platform::writeFileAtomically(context.home / "tsa.pem", pem));
    }
    if (!wish.request.empty()) {
        CORDON_TRY(const std::string request, record::headTimestampRequest(wish.folder));
        CORDON_CHECK(platform::writeFileAtomically(wish.request, request));
        std::cerr << "send it to the authority, such as: curl -H 'Content-Type: application/timestamp-query' --data-binary @"
                  << wish.request << " URL -o reply.tsr\n";
    }
    std::string reply;
    if (!wish.server.empty()) {
        CORDON_TRY(const std::string request, record::headTimestampRequest(wish.folder));
        CORDON_TRY(reply, askAuthority(wish.server, request));
    } else if (!wish.reply.empty()) {
        CORDON_TRY(reply, platform::readFile(wish.reply, 1U << 20U));
    }
    if (!reply.empty()) {
        CORDON_TRY(const std::int64_t size,
                   record::keepHeadTimestamp(wish.folder, reply, record::pinnedAuthorities(context.home)));
        std::cerr << "kept over the head of " << size << " entries\n";
    }
    return {};
}

/// What each anchor of the installation says of a case.
Result<Value> anchorsSay(const Context& context, const std::string& folder)
{
    Value::Array list;
    const record::LogKeys keys(context.home);
    std::string origin;
    if (!folder.empty()) {
        CORDON_TRY(origin, record::caseOrigin(folder));
        CORDON_TRY(const auto mark, keys.mark(origin));
        list.push_back(Value::Object{{"where", "high-water mark"}, {"size", mark ? Value(mark->size) : Value()}});
    }
    CORDON_TRY(const auto anchors, record::anchorsOf(context.home));
    for (const auto& anchor : anchors) {
        Value one = Value::Object{{"where", anchor->name()}};
        if (!origin.empty()) {
            CORDON_TRY(const auto newest, anchor->newest(origin));
            one.set("size", newest ? Value(newest->size) : Value());
        }
        list.push_back(std::move(one));
    }
    Value said = Value::Object{{"anchors", std::move(list)}};
    if (!folder.empty()) {
        const auto stamps = record::readHeadTimestamps(folder, record::pinnedAuthorities(context.home));
        said.set("timestamps", stamps.total);
        said.set("timestamps_trusted", stamps.trusted);
    }
    return said;
}

int anchor(const Context& context, const AnchorWish& wish)
{
    if (wish.folder.empty() && (!wish.request.empty() || !wish.reply.empty() || !wish.server.empty()))
        return failed({ErrorCode::Invalid, "name the case"});
    if (wish.changesSettings()) {
        if (auto changed = changeSettings(context, wish); !changed)
            return failed(changed.error());
        if ((!wish.copyTo.empty() || wish.isKeyringOn) && !wish.folder.empty()) {
            if (auto copied = copyNewestHead(context, wish.folder); !copied)
                return failed(copied.error());
        }
    }
    if (auto stamped = stamp(context, wish); !stamped)
        return failed(stamped.error());
    const auto said = anchorsSay(context, wish.folder);
    if (!said)
        return failed(said.error());
    if (context.wantsJson) {
        printJson(*said);
        return Done;
    }
    for (const Value& one : (*said)["anchors"].asArray()) {
        std::cout << one["where"].asString();
        if (one.has("size"))
            std::cout << (one["size"].isInt() ? "   size " + std::to_string(one["size"].asInt()) : "   nothing yet");
        std::cout << "\n";
    }
    if (said->has("timestamps"))
        std::cout << "RFC 3161   " << (*said)["timestamps_trusted"].asInt() << " trusted of "
                  << (*said)["timestamps"].asInt() << "\n";
    return Done;
}

struct KeysWish
{
    std::string folder;
    std::string revocation; ///< file to draft
    std::string order;      ///< file that owners signed
    bool isNewEpoch = false;
};

Result<Value> changeKeys(const Context& context, const KeysWish& wish)
{
    if (wish.isNewEpoch || !wish.revocation.empty() || !wish.order.empty()) {
        const MachineClock clock;
        record::CaseOptions options;
        options.home = context.home;
        CORDON_TRY(const auto held, record::CaseFolder::open(wish.folder, options, clock));
        if (wish.isNewEpoch)
            CORDON_CHECK(held->ledger().beginEpoch("asked"));
        if (!wish.revocation.empty()) {
            CORDON_TRY(const std::string text, held->ledger().draftRevocation());
            CORDON_TRY(const std::string owners, engine::ownerLines(context.home));
            CORDON_CHECK(platform::writeFileAtomically(wish.revocation, text + owners));
        }
        if (!wish.order.empty()) {
            CORDON_TRY(const std::string order, platform::readFile(wish.order, 1U << 20U));
            CORDON_TRY(const std::string owners, engine::ownerLines(context.home));
            if (!owners.empty() && order.find("\n" + owners + "\n") == std::string::npos)
                return fail(ErrorCode::Untrusted, "the order does not name the owners of this installation as they are now:\n" + owners);
            auto revoked = held->ledger().revoke(order);
            if (!revoked && revoked.error().code == ErrorCode::Untrusted)
                return fail(ErrorCode::Untrusted, revoked.error().detail + ": two of these sign it, or the only one:\n" + owners);
            CORDON_CHECK(std::move(revoked));
            CORDON_CHECK(engine::noteRevokedKey(context.home, clock, held->ledger().origin(), order));
        }
        CORDON_CHECK(held->close());
    }
    CORDON_TRY(const auto found, record::examineLedger(std::filesystem::path(wish.folder), {}));
    if (!found.genesisKey || !found.keys.current())
        return fail(ErrorCode::Corrupt, "the ledger has no genesis entry");
    return Value(Value::Object{{"origin", found.origin},
                               {"genesis_key", found.genesisKey->toString()},
                               {"fingerprint", found.genesisKey->fingerprint()},
                               {"log_key", found.keys.current()->toString()},
                               {"epoch", found.keys.epoch()},
                               {"began", found.keys.epochBegan().toString()},
                               {"rotations", found.keys.rotations()},
                               {"revoked", found.keys.revoked()}});
}

int keys(const Context& context, const KeysWish& wish)
{
    const auto said = changeKeys(context, wish);
    if (!said)
        return failed(said.error());
    if (context.wantsJson) {
        printJson(*said);
        return Done;
    }
    std::cout << "origin        " << (*said)["origin"].asString() << "\ngenesis key   " << (*said)["genesis_key"].asString()
              << "   the first, which `verify --key` and verify_ledger.py ask for\nfingerprint   " << (*said)["fingerprint"].asString()
              << "   of the genesis key\nlog key       " << (*said)["log_key"].asString() << "   epoch " << (*said)["epoch"].asInt() << " since "
              << (*said)["began"].asString() << "\nrotations     " << (*said)["rotations"].asInt() << "   revoked "
              << (*said)["revoked"].asInt() << "\n";
    return Done;
}

} // namespace

void addAnchorCommands(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<AnchorWish>();
    CLI::App* out = app.add_subcommand("anchor", "what vouches for a ledger from outside the case");
    out->add_option("CASE", wish->folder);
    out->add_option("--copy-to", wish->copyTo, "copy every signed head to this folder from now on (all cases)");
    out->add_option("--no-copy-to", wish->noCopyTo, "no more copies there");
    CLI::Option* on = out->add_flag("--keyring", wish->isKeyringOn, "keep the newest signed head in the desktop's keyring (all cases)");
    out->add_flag("--no-keyring", wish->isKeyringOff, "no more heads there")->excludes(on);
    out->add_option("--tsa-request", wish->request, "write an RFC 3161 request over the newest head to this file");
    out->add_option("--tsa-reply", wish->reply, "keep the authority's reply");
    out->add_option("--tsa", wish->server, "ask the authority at this address (http or https) and keep its reply");
    out->add_option("--tsa-authority", wish->authority, "certificates (PEM) of the authorities to trust");
    out->callback([&context, &status, wish] { status = anchor(context, *wish); });

    auto keysWish = std::make_shared<KeysWish>();
    CLI::App* log = app.add_subcommand("keys", "the log keys of a case");
    log->add_option("CASE", keysWish->folder)->required();
    log->add_flag("--new-epoch", keysWish->isNewEpoch, "put another log key in force and erase the old one");
    log->add_option("--draft-revocation", keysWish->revocation, "write what owners sign to take the key out of force");
    log->add_option("--revoke", keysWish->order, "the same, signed by two owners: put the other key in force");
    log->callback([&context, &status, keysWish] { status = keys(context, *keysWish); });
}

} // namespace cordon::ctl
