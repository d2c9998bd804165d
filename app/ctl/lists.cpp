// Commands about lists that people bring: what is known of things (inventory).
#include "app/ctl/holder.h"
#include "app/ctl/person_wish.h"
#include "core/base/display_escape.h"
#include "core/engine/codec.h"
#include "core/engine/coverage.h"
#include "core/engine/evidence_copies.h"
#include "core/engine/inventory_desk.h"
#include "core/inventory/inventory_parser.h"
#include "core/platform/file.h"

#include <algorithm>
#include <iostream>

namespace cordon::ctl {
namespace {

namespace fs = std::filesystem;

struct ListWish
{
    std::string file;
    std::string name;
    std::string asOf;
    int validDays = 30;
    std::string authoritativeFor;
    bool wantsRejected = false;
};

struct OpenLists
{
    std::unique_ptr<record::CaseIndexReader> index;
    inventory::Inventory inventory;
    Timestamp now = {}; ///< case clock of the newest entry
};

Result<OpenLists> openLists(const Context& context, const std::string& folder)
{
    CORDON_CHECK(mendIndex(context, folder));
    OpenLists open;
    CORDON_TRY(open.index, record::CaseIndexReader::open(record::databasePath(folder)));
    CORDON_TRY(const auto vault, engine::vaultOf(folder, context.home));
    CORDON_TRY(const auto unproven, engine::findUnprovenActs(folder, context.home));
    CORDON_TRY(open.inventory, engine::inventoryOf(open.index->queries(), vault, unproven));
    CORDON_TRY(const auto newest, open.index->queries().ledger(0, 1));
    if (!newest.empty())
        open.now = newest.front().at;
    return open;
}

Value toValue(const inventory::InventoryList& list, Timestamp now, bool wantsRejected)
{
    Value::Array kinds;
    for (const EntityKind kind : list.authoritativeFor)
        kinds.emplace_back(toString(kind));
    Value::Array ignored;
    for (const std::string& column : list.ignoredColumns)
        ignored.emplace_back(column);
    const bool isDated = list.asOf != Timestamp(); // else it counts from the moment of its import
    Value value = Value::Object{{"name", list.name},
                                {"as_of", isDated ? Value(list.asOf.toString()) : Value()},
                                {"valid_until", isDated ? Value((list.asOf + list.validFor).toString()) : Value()},
                                {"over", inventory::Inventory::isOver(list, nullptr, now)},
                                {"authoritative_for", std::move(kinds)},
                                {"rows", static_cast<std::int64_t>(list.rows.size())},
                                {"rejected", static_cast<std::int64_t>(list.rejected.size())},
                                {"ignored_columns", std::move(ignored)},
                                {"by", list.by},
                                {"ledger", list.seq},
                                {"sha256", list.digest}};
    if (wantsRejected) {
        Value::Array rows;
        for (const RejectedRecord& row : list.rejected)
            rows.push_back(Value::Object{{"file", row.file},
                                         {"offset", static_cast<std::int64_t>(row.offset)},
                                         {"length", static_cast<std::int64_t>(row.length)},
                                         {"reason", row.reason}});
        value.set("rejected_rows", std::move(rows));
    }
    return value;
}

void print(const inventory::InventoryList& list, Timestamp now, bool wantsRejected)
{
    std::cout << escapedForDisplay(list.name) << "  " << list.rows.size() << " rows, " << list.rejected.size()
              << " rejected  " << (list.asOf == Timestamp() ? "" : "as of " + list.asOf.toString().substr(0, 10))
              << (inventory::Inventory::isOver(list, nullptr, now) ? "  OVER: it warns and no longer reassures" : "");
    for (const EntityKind kind : list.authoritativeFor)
        std::cout << "  [all tags of every " << toString(kind)
                  << (list.rejected.empty() ? "]" : ": does not count while rows of it cannot be read]");
    std::cout << (list.by.empty() ? "" : "  " + list.by) << '\n';
    for (const std::string& column : list.ignoredColumns)
        std::cout << "  column not read: " << column << '\n';
    for (std::size_t i = 0; wantsRejected && i < list.rejected.size(); ++i)
        std::cout << "  " << escapedForDisplay(list.rejected[i].file) << ": " << list.rejected[i].reason << '\n';
}

int check(const Context& context, const ListWish& wish)
{
    const auto text = platform::readFile(wish.file, inventory::mostListBytes);
    const auto list =
        text ? inventory::parseInventory(*text, wish.file) : Result<inventory::InventoryList>(fail(text.error()));
    if (!list)
        return failed(list.error());
    if (context.wantsJson)
        printJson(toValue(*list, list->asOf, true));
    else
        print(*list, list->asOf, true);
    return list->rows.empty() ? Bad : Done;
}

Result<Value> import(const Context& context, const PersonWish& person, const ListWish& wish)
{
    if (!record::isCase(person.folder))
        return fail(ErrorCode::NotFound, person.folder + ": no case here");
    CORDON_TRY(const auto text, platform::readFile(wish.file, inventory::mostListBytes));
    CORDON_TRY(const auto list, inventory::parseInventory(text, fs::path(wish.file).filename().string()));
    CORDON_TRY(const auto vault, engine::vaultOf(person.folder, context.home));
    CORDON_TRY(const Digest digest, engine::sealFile(vault, wish.file));
    Value::Array kinds;
    for (const std::string& kind : inventory::partsOf(wish.authoritativeFor))
        kinds.emplace_back(kind);
    Value args = Value::Object{{"digest", digest.hex()},
                               {"source", escapedForDisplay(fs::path(wish.file).filename().string())},
                               {"name", wish.name},
                               {"as_of", wish.asOf},
                               {"valid_days", wish.validDays},
                               {"authoritative_for", std::move(kinds)}};
    CORDON_TRY(Value answer, giveCommand(context, person, "inventory-import", std::move(args)));
    answer.set("rows", static_cast<std::int64_t>(list.rows.size()));
    answer.set("rejected", static_cast<std::int64_t>(list.rejected.size()));
    answer.set("sha256", digest.hex());
    return answer;
}

int list(const Context& context, const std::string& folder, const ListWish& wish)
{
    const auto open = openLists(context, folder);
    if (!open)
        return failed(open.error());
    Value::Array lists;
    for (const inventory::InventoryList& one : open->inventory.lists()) {
        if (!wish.name.empty() && one.name != wish.name)
            continue;
        lists.push_back(toValue(one, open->now, wish.wantsRejected));
        if (!context.wantsJson)
            print(one, open->now, wish.wantsRejected);
    }
    if (context.wantsJson)
        printJson(Value::Object{{"lists", std::move(lists)},
                                {"accounts", open->inventory.population(EntityKind::Account, open->now)}});
    else if (lists.empty())
        std::cout << "no inventory yet: cordonctl inventory import CASE FILE --as USER\n";
    return Done;
}

void printNames(const char* before, const std::vector<std::string>& names)
{
    if (names.empty())
        return;
    std::cout << before;
    for (const std::string& name : names)
        std::cout << ' ' << name;
}

int coverage(const Context& context, const std::string& folder)
{
    const auto open = openLists(context, folder);
    if (!open)
        return failed(open.error());
    const auto rows = engine::coverageOf(open->index->queries(), open->inventory, open->now);
    if (!rows)
        return failed(rows.error());
    Value::Array all;
    for (const engine::CoverageRow& row : *rows) {
        Value::Array incidents;
        for (const IncidentId id : row.incidents)
            incidents.emplace_back(toString(id));
        all.push_back(Value::Object{{"kind", toString(row.entity.kind)},
                                    {"id", row.entity.id},
                                    {"name", row.entity.name},
                                    {"incidents", std::move(incidents)},
                                    {"unknown", engine::codec::textList(row.unknown)},
                                    {"contradictions", engine::codec::textList(row.contradictions)},
                                    {"untouchable", row.isUntouchable},
                                    {"listed", row.isListed},
                                    {"contact", row.contact},
                                    {"problem", row.problem}});
        if (context.wantsJson)
            continue;
        const char* meaning = row.isUntouchable ? "cannot touch  " : row.unknown.empty() ? "contradictory " : "graver        ";
        std::cout << meaning << toString(row.entity.kind) << "  " << escapedForDisplay(row.entity.id);
        printNames("  unknown:", row.unknown);
        printNames("  contradictory:", row.contradictions);
        std::cout << (row.isListed ? "" : "  (in no list)")
                  << (row.contact.empty() ? "" : "  ask: " + escapedForDisplay(row.contact)) << '\n';
    }
    if (context.wantsJson)
        printJson(Value::Object{{"missing", std::move(all)}});
    else if (rows->empty())
        std::cout << "nothing is missing: every member of an open incident is known\n";
    return Done;
}

} // namespace

void addListCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* inventory = app.add_subcommand("inventory", "what is known of identities, workloads and secrets");
    inventory->require_subcommand(1);
    auto person = std::make_shared<PersonWish>();
    auto wish = std::make_shared<ListWish>();
    CLI::App* bring =
        inventory->add_subcommand("import", "takes a CSV or JSON list into a case; a person signs for it");
    bring->add_option("CASE", person->folder)->required();
    bring->add_option("FILE", wish->file)->required();
    bring->add_option("--name", wish->name,
                      "a later list of the same name replaces it; else the file's own, else 'inventory'");
    bring->add_option("--as-of", wish->asOf, "when it was true; else what the file says, else now");
    bring->add_option("--valid-days", wish->validDays, "afterwards it warns and no longer reassures")
        ->check(CLI::Range(1, 366));
    bring->add_option(
        "--authoritative-for", wish->authoritativeFor,
        "kinds whose every tag it names, such as 'account;role': a tag that is not there is then a known no");
    addFactors(*bring, person);
    bring->callback([&context, &status, person, wish] { status = told(context, import(context, *person, *wish)); });

    auto folder = std::make_shared<std::string>();
    CLI::App* all = inventory->add_subcommand("list", "lists of a case: age, rows, what could not be read");
    all->add_option("CASE", *folder)->required();
    all->add_option("--name", wish->name);
    all->add_flag("--rejected", wish->wantsRejected, "every row that could not be used, with its line");
    all->callback([&context, &status, folder, wish] { status = list(context, *folder, *wish); });
    CLI::App* missing = inventory->add_subcommand("coverage", "what the agent cannot touch for want of facts");
    missing->add_option("CASE", *folder)->required();
    missing->callback([&context, &status, folder] { status = coverage(context, *folder); });
    CLI::App* looked =
        inventory->add_subcommand("check", "reads a list and says what it would give; no case is touched");
    looked->add_option("FILE", wish->file)->required();
    looked->callback([&context, &status, wish] { status = check(context, *wish); });
}

} // namespace cordon::ctl
