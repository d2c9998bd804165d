#include "core/engine/arrangements.h"

#include "core/record/ledger_reader.h"

#include <algorithm>
#include <array>

namespace cordon::engine {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> types{{
    {"merge", "incident.merged"},
    {"split", "incident.split"},
    {"move", "incident.moved"},
    {"undo-arrangement", "incident.arrangement_undone"},
}};

} // namespace

std::string arrangementType(const std::string& act)
{
    for (const auto& [name, type] : types) {
        if (name == act)
            return std::string(type);
    }
    return {};
}

std::string Arrangements::nextId() const
{
    std::string number = std::to_string(given + 1);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
    return "ORD-" + number;
}

Value toValue(const HandOrder& order)
{
    Value::Array lists;
    for (const std::vector<AlertAnchor>& list : order.lists) {
        Value::Array alerts;
        for (const AlertAnchor& anchor : list)
            alerts.push_back(Value::Object{{"rule", anchor.rule}, {"event", anchor.event.value}});
        lists.emplace_back(std::move(alerts));
    }
    return lists;
}

void Arrangements::take(const LedgerEntry& entry)
{
    const bool isOurs = std::any_of(types.begin(), types.end(), [&](const auto& one) { return one.second == entry.type; });
    if (!isOurs)
        return;
    const std::string& id = entry.data["order"].asString();
    if (entry.type == "incident.arrangement_undone") {
        std::erase_if(standing, [&](const HandOrder& order) { return order.id == id; });
        return;
    }
    ++given;
    HandOrder order{id, {}};
    for (const Value& list : entry.data["lists"].asArray()) {
        std::vector<AlertAnchor>& anchors = order.lists.emplace_back();
        for (const Value& alert : list.asArray())
            anchors.push_back({alert["rule"].asString(), EventId{alert["event"].asInt()}});
    }
    standing.push_back(std::move(order));
}

Result<Arrangements> readArrangements(const std::filesystem::path& caseFolder, const UnprovenActs& unproven)
{
    Arrangements all;
    CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        if (!unproven.contains(entry.seq))
            all.take(entry);
        return true;
    }));
    return all;
}

} // namespace cordon::engine
