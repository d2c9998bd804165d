#include "core/engine/inventory_desk.h"

#include "core/base/log.h"
#include "core/engine/list_evidence.h"
#include "core/inventory/inventory_parser.h"
#include "core/value/json.h"

#include <set>

namespace cordon::engine {
namespace {

constexpr std::int64_t usualDays = 30;
constexpr std::int64_t mostDays = 366;

Value kindNames(const std::set<EntityKind>& kinds)
{
    Value::Array names;
    for (const EntityKind kind : kinds)
        names.emplace_back(toString(kind));
    return Value(std::move(names));
}

/// The rows of a file under what was said of it.
Result<inventory::InventoryList> listFrom(const std::string& bytes, const Value& said)
{
    CORDON_TRY(inventory::InventoryList list, inventory::parseInventory(bytes, said["source"].asString()));
    list.name = said["name"].asString();
    CORDON_TRY(list.asOf, Timestamp::parse(said["as_of"].asString()));
    list.validFor = std::chrono::hours(24 * said["valid_days"].asInt());
    list.authoritativeFor.clear();
    for (const Value& name : said["authoritative_for"].asArray()) {
        const auto kind = entityKindFrom(name.asString());
        if (!kind)
            return fail(ErrorCode::Invalid, "'" + name.asString() + "' is no kind of thing");
        list.authoritativeFor.insert(*kind);
    }
    list.digest = said["digest"].asString();
    return list;
}

} // namespace

Result<inventory::Inventory> inventoryOf(record::CaseQueries& queries, const record::EvidenceVault& vault, const UnprovenActs& unproven)
{
    CORDON_TRY(const auto entries, queries.ledgerEntries("inventory.imported", ""));
    std::set<std::string> seen;
    std::vector<inventory::InventoryList> newest;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (unproven.contains(entry->seq))
            continue;
        CORDON_TRY(const Value said, json::parse(entry->data));
        if (!seen.insert(said["name"].asString()).second)
            continue; // replaced
        auto bytes = listBytes(vault, said["digest"].asString(), inventory::mostListBytes);
        auto list = bytes ? listFrom(*bytes, said) : fail(bytes.error());
        if (!list) {
            logWarning("the inventory '" + said["name"].asString() + "' cannot be used: " + list.error().detail);
            continue;
        }
        list->by = entry->actor;
        list->seq = entry->seq;
        newest.push_back(std::move(*list));
    }
    inventory::Inventory all;
    for (auto list = newest.rbegin(); list != newest.rend(); ++list)
        all.add(std::move(*list));
    return all;
}

Result<void> InventoryDesk::recall(const UnprovenActs& unproven)
{
    CORDON_TRY(m_inventory, inventoryOf(m_folder.store().queries(), m_folder.vault(), unproven));
    return {};
}

Result<void> InventoryDesk::import(const BringList& order, Timestamp caseNow, Timestamp machineNow)
{
    const std::string& digest = order.args["digest"].asString();
    CORDON_TRY(const std::string bytes, listBytes(m_folder.vault(), digest, inventory::mostListBytes));
    CORDON_TRY(const inventory::InventoryList read, inventory::parseInventory(bytes, order.args["source"].asString()));
    if (read.rows.empty())
        return fail(ErrorCode::Invalid, read.rejected.empty()
                                            ? "there is not one row in it"
                                            : "no row of it can be used; the first: " + read.rejected.front().reason);
    Value said = Value::Object{};
    CORDON_TRY(std::string name, listName(order, read.name.empty() ? "inventory" : read.name));
    said.set("name", std::move(name));
    Timestamp asOf = read.asOf == Timestamp() ? caseNow : read.asOf;
    if (const std::string& told = order.args["as_of"].asString(); !told.empty()) {
        CORDON_TRY(asOf, Timestamp::parse(told.size() == 10 ? told + "T00:00:00Z" : told));
    }
    said.set("as_of", asOf.toString());
    const std::int64_t days = order.args["valid_days"].asInt(usualDays);
    if (days < 1 || days > mostDays)
        return fail(ErrorCode::Invalid, "a list is good for 1 to " + std::to_string(mostDays) + " days");
    said.set("valid_days", days);
    // What a file says of itself makes nothing authoritative: the person who signs does.
    said.set("authoritative_for", Value(order.args["authoritative_for"].asArray()));
    said.set("rows", static_cast<std::int64_t>(read.rows.size()));
    said.set("rejected", static_cast<std::int64_t>(read.rejected.size()));
    said.set("digest", digest);
    said.set("source", order.args["source"]);
    CORDON_TRY(inventory::InventoryList list, listFrom(bytes, said));
    said.set("authoritative_for", kindNames(list.authoritativeFor));
    CORDON_CHECK(
        noteImport(m_folder.vault(), m_journal, order, "inventory", bytes.size(), machineNow, std::move(said)));
    list.by = order.by;
    list.seq = m_journal.size() - 1;
    m_inventory.add(std::move(list));
    return {};
}

} // namespace cordon::engine
