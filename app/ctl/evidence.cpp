// Commands about evidence: exhibits, custody, handing over, lawful erasure; and the index that is made of it.
#include "app/ctl/holder.h"
#include "app/ctl/opened_place.h"
#include "app/ctl/person_id.h"
#include "app/ctl/person_wish.h"
#include "core/base/display_escape.h"
#include "core/engine/evidence_copies.h"
#include "core/record/custody.h"
#include "core/record/ledger_reader.h"
#include "core/words/words.h"

#include <iostream>

namespace cordon::ctl {
namespace {

namespace fs = std::filesystem;

struct EvidenceWish
{
    std::string item;
    std::string file;
    std::string note;
    std::string to;
    std::vector<std::string> items;
    bool isHeld = false;
};

Result<Value> addExhibit(const Context& context, const PersonWish& person, const EvidenceWish& wish)
{
    if (!record::isCase(person.folder))
        return fail(ErrorCode::NotFound, person.folder + ": no case here");
    CORDON_TRY(const auto vault, engine::vaultOf(person.folder, context.home, context.evidencePassphrase.get()));
    CORDON_TRY(const Digest digest, engine::digestOf(wish.file));
    const auto seal = [&]() -> Result<void> { // what nobody signed for leaves nothing in the vault
        CORDON_TRY(const Digest kept, engine::sealFile(vault, wish.file));
        return kept == digest ? Result<void>() : fail(ErrorCode::Conflict, wish.file + ": was changed while it was signed for");
    };
    CORDON_TRY(Value answer, giveCommand(context, person, "exhibit-add",
                                         Value::Object{{"digest", digest.hex()},
                                                       {"name", escapedForDisplay(fs::path(wish.file).filename().string())},
                                                       {"source", escapedForDisplay(wish.file)},
                                                       {"note", wish.note},
                                                       {"hold", wish.isHeld}},
                                         seal));
    CORDON_TRY(const auto custody, record::readCustody(person.folder));
    CORDON_TRY(const std::string origin, record::caseOrigin(person.folder));
    if (const record::EvidenceItem* item = custody.find(digest.hex())) {
        answer.set("exhibit", item->number);
        answer.set("sha256", item->digest);
        answer.set("receipt", record::receiptText(*item, (fs::path(person.folder) / "").parent_path().filename().string(), origin));
    }
    return answer;
}

Value toValue(const record::EvidenceItem& item)
{
    Value::Array acts;
    for (const record::CustodyAct& act : item.acts)
        acts.push_back(Value::Object{{"seq", act.seq},       {"at", act.at.toString()}, {"what", act.what},
                                     {"who", act.who},       {"to", act.to},            {"from", act.from},
                                     {"purpose", act.purpose}, {"method", act.method},  {"tool", act.tool}});
    return Value::Object{{"sha256", item.digest},
                         {"exhibit", item.number},
                         {"kind", item.kind},
                         {"name", item.name},
                         {"size", static_cast<std::int64_t>(item.size)},
                         {"parent", item.parent},
                         {"derivation", item.derivation},
                         {"whole", item.isWhole},
                         {"hold", item.isHeld},
                         {"encrypted", item.isEncrypted},
                         {"erased_by", item.erasedBy < 0 ? Value() : Value(item.erasedBy)},
                         {"holder", item.holder},
                         {"custody", std::move(acts)}};
}

int list(const Context& context, const std::string& folder, bool onlyExhibits)
{
    const auto opened = openedToRead(context, folder);
    if (!opened)
        return failed(opened.error());
    const auto custody = record::readCustody(folder);
    if (!custody)
        return failed(custody.error());
    Value::Array items;
    for (const record::EvidenceItem& item : custody->items) {
        if (onlyExhibits && item.number.empty())
            continue;
        items.push_back(toValue(item));
        if (!context.wantsJson)
            std::cout << (item.number.empty() ? item.kind : item.number) << "  " << item.digest.substr(0, 16) << "  "
                      << item.size << " bytes  " << escapedForDisplay(item.name)
                      << (item.isHeld ? "  [legal hold]" : "") << (item.erasedBy >= 0 ? "  [erased lawfully]" : "") << '\n';
    }
    if (context.wantsJson)
        printJson(Value(std::move(items)));
    else if (items.empty())
        std::cout << (onlyExhibits ? "no exhibit yet: cordonctl exhibit add CASE FILE --as USER --note …\n" : "no evidence yet\n");
    return Done;
}

int show(const Context& context, const std::string& folder, const std::string& name)
{
    const auto opened = openedToRead(context, folder);
    if (!opened)
        return failed(opened.error());
    const auto custody = record::readCustody(folder);
    if (!custody)
        return failed(custody.error());
    const record::EvidenceItem* item = custody->find(name);
    const auto origin = record::caseOrigin(folder);
    if (!item || !origin)
        return failed({ErrorCode::NotFound, "no one piece of evidence is named '" + escapedForDisplay(name) + "'"});
    if (context.wantsJson)
        printJson(toValue(*item));
    else
        std::cout << record::receiptText(*item, (fs::path(folder) / "").parent_path().filename().string(), *origin);
    return Done;
}

/// A copy for working with; the object stays as it is.
Result<Value> copyOut(const Context& context, const std::string& folder, const EvidenceWish& wish)
{
    CORDON_TRY(const auto custody, record::readCustody(folder));
    const record::EvidenceItem* item = custody.find(wish.item);
    if (!item)
        return fail(ErrorCode::NotFound, "no one piece of evidence is named '" + escapedForDisplay(wish.item) + "'");
    CORDON_TRY(const Digest digest, Digest::fromHex(item->digest));
    CORDON_TRY(const auto vault, engine::vaultOf(folder, context.home, context.evidencePassphrase.get()));
    CORDON_CHECK(engine::copyOut(vault, digest, wish.file));
    return Value(Value::Object{{"sha256", item->digest}, {"file", wish.file}});
}

int rebuild(const Context& context, const std::string& folder)
{
    if (!record::isCase(folder))
        return failed({ErrorCode::NotFound, folder + ": no case here"});
    const MachineClock clock;
    engine::EngineOptions options = openOptions(context, folder);
    options.rebuildsIndex = true;
    std::string said;
    const auto pipeline = engine::Pipeline::open(options, clock, [&](const engine::Notice& notice) {
        if (notice.message)
            said = words::english(*notice.message);
    });
    if (!pipeline)
        return failed(pipeline.error());
    const auto events = (*pipeline)->folder().store().queries().countEvents({});
    if (context.wantsJson)
        printJson(Value::Object{{"events", events ? *events : 0},
                                {"incidents", static_cast<std::int64_t>((*pipeline)->files().size())},
                                {"said", said}});
    else
        std::cout << said << '\n';
    return Done;
}

/// A command that a person signs about one item, or a transfer.
void addSigned(CLI::App& group, Context& context, int& status, const char* name, const char* what, const char* command,
               const char* subject, const char* words)
{
    auto person = std::make_shared<PersonWish>();
    auto wish = std::make_shared<EvidenceWish>();
    CLI::App* added = group.add_subcommand(name, what);
    added->add_option("CASE", person->folder)->required();
    added->add_option(subject, wish->item, "EX-0001, a SHA-256 or its beginning; TR-0001 for a transfer")->required();
    added->add_option(std::string("--") + words, wish->note, "kept in the ledger")->required();
    addFactors(*added, person);
    const std::string key = std::string(subject) == "TRANSFER" ? "transfer" : "item";
    added->callback([&context, &status, person, wish, command, key, words] {
        Value args = Value::Object{{key, wish->item}};
        args.set(words, wish->note);
        status = told(context, giveCommand(context, *person, command, std::move(args)));
    });
}

void addLists(CLI::App& group, Context& context, int& status, bool onlyExhibits)
{
    auto wish = std::make_shared<EvidenceWish>();
    auto folder = std::make_shared<std::string>();
    CLI::App* all = group.add_subcommand("list", onlyExhibits ? "exhibits of a case" : "all evidence of a case");
    all->add_option("CASE", *folder)->required();
    all->callback([&context, &status, folder, onlyExhibits] { status = list(context, *folder, onlyExhibits); });
    CLI::App* one = group.add_subcommand(onlyExhibits ? "receipt" : "custody", "one item with its chain of custody");
    one->add_option("CASE", *folder)->required();
    one->add_option("ITEM", wish->item)->required();
    one->callback([&context, &status, folder, wish] { status = show(context, *folder, wish->item); });
    CLI::App* copy = group.add_subcommand("export", "a copy of an item's bytes");
    copy->add_option("CASE", *folder)->required();
    copy->add_option("ITEM", wish->item)->required();
    copy->add_option("FILE", wish->file, "must not be there yet")->required();
    copy->callback([&context, &status, folder, wish] { status = told(context, copyOut(context, *folder, *wish)); });
}

} // namespace

void addEvidenceCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* exhibit = app.add_subcommand("exhibit", "files and pictures that people add to a case");
    exhibit->require_subcommand(1);
    auto person = std::make_shared<PersonWish>();
    auto wish = std::make_shared<EvidenceWish>();
    CLI::App* add = exhibit->add_subcommand("add", "seals any file or picture; a person signs for it");
    add->add_option("CASE", person->folder)->required();
    add->add_option("FILE", wish->file)->required();
    add->add_option("--note", wish->note, "what it is and where it came from")->required();
    add->add_flag("--hold", wish->isHeld, "under legal hold: it must not be erased");
    addFactors(*add, person);
    add->callback([&context, &status, person, wish] { status = told(context, addExhibit(context, *person, *wish)); });
    addLists(*exhibit, context, status, true);

    CLI::App* evidence = app.add_subcommand("evidence", "all that a case rests on, and who had it");
    evidence->require_subcommand(1);
    addLists(*evidence, context, status, false);
    addSigned(*evidence, context, status, "hold", "puts an item under legal hold", "evidence-hold", "ITEM", "purpose");
    addSigned(*evidence, context, status, "release", "lifts a legal hold", "evidence-release", "ITEM", "purpose");
    addSigned(*evidence, context, status, "receive", "takes over what was handed over, after checking every byte",
              "evidence-receive", "TRANSFER", "condition");
    addSigned(*evidence, context, status, "erase", "takes the key of an encrypted item away", "evidence-erase", "ITEM",
              "purpose");
    auto giver = std::make_shared<PersonWish>();
    auto gift = std::make_shared<EvidenceWish>();
    CLI::App* transfer = evidence->add_subcommand("transfer", "hands items over to another person, who signs for them");
    transfer->add_option("CASE", giver->folder)->required();
    transfer->add_option("ITEMS", gift->items)->required();
    transfer->add_option("--to", gift->to, "such as user:commander-b")->required()->transform(personId);
    transfer->add_option("--purpose", gift->note)->required();
    addFactors(*transfer, giver);
    transfer->callback([&context, &status, giver, gift] {
        Value::Array items;
        for (const std::string& item : gift->items)
            items.emplace_back(item);
        status = told(context, giveCommand(context, *giver, "evidence-transfer",
                                           Value::Object{{"items", std::move(items)},
                                                         {"to", gift->to},
                                                         {"purpose", gift->note}}));
    });

    auto folder = std::make_shared<std::string>();
    CLI::App* again = app.add_subcommand("rebuild", "makes a case's index anew from its ledger and evidence");
    again->add_option("CASE", *folder)->required();
    again->callback([&context, &status, folder] { status = rebuild(context, *folder); });
}

} // namespace cordon::ctl
