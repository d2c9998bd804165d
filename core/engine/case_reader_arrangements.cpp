// What screens ask about how people arranged incidents.
#include "core/engine/arrangements.h"
#include "core/engine/case_reader_state.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

std::vector<std::string> textsOf(const Value& list)
{
    std::vector<std::string> texts;
    for (const Value& item : list.asArray())
        texts.push_back(item.asString());
    return texts;
}

} // namespace

Result<std::vector<ArrangementRow>> CaseReader::arrangements()
{
    record::CaseQueries& queries = m_state->queries();
    std::vector<ArrangementRow> rows;
    for (const char* act : {"merge", "split", "move"}) {
        CORDON_TRY(const auto entries, queries.ledgerEntries(arrangementType(act), ""));
        for (const record::StoredEntry& entry : entries) {
            CORDON_TRY(const Value data, json::parse(entry.data));
            rows.push_back({data["order"].asString(), act, entry.incident, textsOf(data["others"]), textsOf(data["alerts"]),
                            entry.actor, entry.at, data["why"].asString(), entry.seq, {}});
        }
    }
    std::sort(rows.begin(), rows.end(), [](const ArrangementRow& a, const ArrangementRow& b) { return a.seq < b.seq; });
    CORDON_TRY(const auto undone, queries.ledgerEntries(arrangementType("undo-arrangement"), ""));
    for (const record::StoredEntry& entry : undone) {
        CORDON_TRY(const Value data, json::parse(entry.data));
        for (ArrangementRow& row : rows) {
            if (row.id == data["order"].asString())
                row.undoneBy = entry.actor;
        }
    }
    return rows;
}

} // namespace cordon::engine
