#include "core/exports/timesketch.h"

#include "core/base/display_escape.h"
#include "core/engine/ledger_words.h"
#include "core/value/csv.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <array>

namespace cordon::exports {
namespace {

// The columns of the CSV; the same members in JSON lines, where empty ones are left out.
constexpr std::array<const char*, 24> columns{
    "datetime", "timestamp", "timestamp_desc", "message", "case", "incident", "record_kind", "source", "action",
    "actor", "actor_id", "credential", "targets", "address", "user_agent", "region", "outcome", "error", "rule",
    "level", "ledger_seq", "evidence", "evidence_offset", "evidence_length"};

using Row = std::map<std::string, std::string, std::less<>>;
using Write = std::function<void(const Row&)>;

/// Longest text that the importer searches as a keyword.
constexpr std::size_t longest = 32766;

std::string cut(std::string text)
{
    if (text.size() > longest) {
        std::size_t size = longest;
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80)
            --size;
        text.resize(size);
    }
    return text;
}

void setTime(Row& row, Timestamp time)
{
    row["datetime"] = time.toString();
    row["timestamp"] = std::to_string(time.micros());
}

void setCite(Row& row, const std::string& evidence, std::uint64_t offset, std::uint64_t length)
{
    row["evidence"] = evidence;
    row["evidence_offset"] = std::to_string(offset);
    row["evidence_length"] = std::to_string(length);
}

Row rowOf(const Event& event)
{
    Row row;
    setTime(row, event.time);
    row["timestamp_desc"] = "Event Logged";
    row["record_kind"] = event.isFinding ? "finding" : "event";
    row["source"] = event.source;
    row["action"] = event.action;
    if (event.actor) {
        row["actor"] = event.actor->name;
        row["actor_id"] = event.actor->id;
    }
    if (event.via)
        row["credential"] = event.via->id;
    for (const EventTarget& target : event.targets)
        row["targets"] += (row["targets"].empty() ? "" : "; ") + target.entity.id;
    row["address"] = event.address;
    row["user_agent"] = event.userAgent;
    row["region"] = event.region;
    row["outcome"] = std::string(toString(event.outcome));
    row["error"] = event.error;
    setCite(row, event.cite.evidence.hex(), event.cite.offset, event.cite.length);
    row["message"] = event.action + (event.actor ? " by " + event.actor->name : "") +
                     (event.address.empty() ? "" : " from " + event.address) + ": " + row["outcome"] +
                     (event.error.empty() ? "" : " (" + event.error + ")");
    return row;
}

Row rowOf(const Value& alert)
{
    Row row;
    setTime(row, Timestamp::parse(alert["time"].asString()).value_or(Timestamp()));
    row["timestamp_desc"] = "Alert";
    row["record_kind"] = "alert";
    row["message"] = alert["id"].asString() + " " + alert["title"].asString();
    row["rule"] = alert["rule"].asString();
    row["level"] = alert["level"].asString();
    row["action"] = alert["action"].asString();
    row["incident"] = alert["incident"].asString();
    if (const auto& events = alert["events"].asArray(); !events.empty())
        setCite(row, events[0]["evidence"].asString(), static_cast<std::uint64_t>(events[0]["offset"].asInt()),
                static_cast<std::uint64_t>(events[0]["length"].asInt()));
    return row;
}

Row rowOf(const record::StoredEntry& entry)
{
    Row row;
    setTime(row, entry.at == Timestamp() ? entry.ts : entry.at);
    row["timestamp_desc"] = entry.actorKind == "person" ? "Person Acted" : entry.actorKind == "agent" ? "Agent Acted" : "Recorded";
    row["record_kind"] = "ledger";
    row["message"] = words::english(engine::ledgerSummary(entry.type, entry.data));
    row["action"] = entry.type;
    row["actor"] = entry.actor;
    row["incident"] = entry.incident;
    row["ledger_seq"] = std::to_string(entry.seq);
    return row;
}

Result<void> writeAll(CaseContents& contents, const std::string& only, const Write& write)
{
    const auto give = [&](Row row) -> Result<void> {
        row["case"] = (contents.isExercise() ? "EXERCISE " : "") + contents.name();
        if (!only.empty() && row["incident"].empty())
            row["incident"] = only;
        for (auto& [name, text] : row)
            text = cut(std::move(text));
        write(row);
        return {};
    };
    CORDON_CHECK(contents.eachEvent(only, [&](const Event& event) { return give(rowOf(event)); }));
    CORDON_CHECK(contents.eachAlert(only, [&](const Value& alert) { return give(rowOf(alert)); }));
    return contents.eachEntry(only, [&](const record::StoredEntry& entry, const Value&) { return give(rowOf(entry)); });
}

std::string cell(const std::string& text)
{
    std::string safe = escapedForDisplay(text);
    if (csv::isFormula(safe))
        safe.insert(0, "'");
    std::string quoted = "\"";
    for (const char c : safe)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace

Result<void> writeTimesketchLines(CaseContents& contents, const std::string& only, std::ostream& out)
{
    return writeAll(contents, only, [&out](const Row& row) {
        Value::Object line;
        for (const auto& [name, text] : row) {
            if (name == "timestamp")
                line.emplace(name, std::int64_t{std::stoll(text)});
            else if (!text.empty())
                line.emplace(name, text);
        }
        out << json::write(line) << '\n';
    });
}

Result<void> writeTimesketchCsv(CaseContents& contents, const std::string& only, std::ostream& out)
{
    for (std::size_t i = 0; i < columns.size(); ++i)
        out << (i == 0 ? "" : ",") << columns[i];
    out << "\r\n";
    return writeAll(contents, only, [&out](const Row& row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto found = row.find(columns[i]);
            out << (i == 0 ? "" : ",") << cell(found == row.end() ? std::string() : found->second);
        }
        out << "\r\n";
    });
}

} // namespace cordon::exports
