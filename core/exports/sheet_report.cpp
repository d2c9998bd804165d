#include "core/exports/sheet_report.h"

#include "core/engine/entry_texts.h"
#include "core/engine/ledger_words.h"
#include "core/engine/version.h"
#include "core/words/attack.h"
#include "core/words/counted.h"
#include "core/words/words.h"

#include <algorithm>
#include <set>

namespace cordon::exports {
namespace {

const std::string& english(const Value& text)
{
    return text["text"].asString();
}

std::string spaced(std::string word)
{
    for (char& c : word)
        c = c == '_' ? ' ' : c;
    return word;
}

std::string tierWord(const std::string& tier)
{
    const std::map<std::string, std::string> words{
        {"T0", "Observe"}, {"T1", "Low"}, {"T2", "Disruptive"}, {"T3", "Destructive"}};
    const auto found = words.find(tier);
    return tier + " " + (found == words.end() ? "Never" : found->second);
}

/// Numbers of the records that a sentence rests on.
std::string citesOf(const Value& finding)
{
    constexpr std::size_t most = 12;
    const auto& cites = finding["cites"].asArray();
    std::string line;
    for (std::size_t i = 0; i < cites.size() && i < most; ++i)
        line += (i == 0 ? "  [records " : ", ") + std::to_string(cites[i].asInt());
    if (cites.size() > most)
        line += " and " + std::to_string(cites.size() - most) + " more";
    return line.empty() ? "" : line + "]";
}

void addFacts(Sheet& sheet, const ReportClock& clock, const Value& incident)
{
    std::string techniques;
    for (const Value& technique : incident["techniques"].asArray())
        techniques += (techniques.empty() ? "" : "; ") + words::attack().line(technique.asString());
    sheet.facts({{"Severity", incident["severity"].asString() + ", risk " + std::to_string(incident["risk"].asInt()) + " of 100"},
                 {"Status", incident["status"].asString()},
                 {"First seen", clock.text(incident["first_seen"].asString())},
                 {"Last seen", clock.text(incident["last_seen"].asString())},
                 {"Alerts", words::counted(static_cast<std::int64_t>(incident["alerts"].asArray().size()), "alert")},
                 {"Techniques", techniques.empty() ? "none named" : techniques},
                 {"Assigned to", incident["assignee"].asString().empty() ? "nobody" : incident["assignee"].asString()}});
}

void addStory(Sheet& sheet, const Value& incident)
{
    sheet.heading(2, "What happened");
    for (const Value& finding : incident["story"].asArray())
        sheet.item(english(finding["text"]) + citesOf(finding));
    if (!incident["residual_access"].asArray().empty())
        sheet.heading(2, "What the intruder can still do");
    for (const Value& residual : incident["residual_access"].asArray())
        sheet.item(english(residual["text"]));
}

void addMembers(Sheet& sheet, const Value& incident)
{
    sheet.heading(2, "Who and what takes part");
    sheet.beginTable({{"Kind", 1}, {"Name", 2.4, true}, {"Part", 1}, {"Verified scope", 1.2}, {"Why", 3.4}});
    for (const Value& entity : incident["entities"].asArray()) {
        const auto& why = entity["why"].asArray();
        sheet.row({entity["kind"].asString(), entity["name"].asString(), entity["role"].asString(),
                   !entity["in_scope"].asBool()    ? "outside"
                   : entity["simulated"].asBool()  ? "inside (simulated)"
                                                   : "inside",
                   why.empty() ? "" : english(why.front())});
    }
    sheet.endTable();
}

void addSteps(Sheet& sheet, const ReportClock& clock, const Value& incident)
{
    sheet.heading(2, "Containment sequence");
    const auto& steps = incident["plan"]["steps"].asArray();
    if (steps.empty()) {
        sheet.paragraph("No sequence: " + english(incident["plan"]["note"]));
        return;
    }
    sheet.paragraph("Playbook: " + english(incident["plan"]["playbook_name"]));
    sheet.beginTable({{"No.", 0.5}, {"Step", 2.6}, {"Target", 2.2, true}, {"Tier", 1.2}, {"State", 1.7}, {"By", 1.2}, {"Decided by", 1.2}});
    for (const Value& step : steps) {
        std::string state = spaced(step["state"].asString());
        if (step["executed_at"].isString())
            state += ", " + clock.text(step["executed_at"].asString());
        if (step["lease_until"].isString())
            state += "; lease until " + clock.text(step["lease_until"].asString());
        const Value& note = step["note"];
        if (const std::string said = note.isObject() ? english(note) : note.asString(); !said.empty())
            state += " (" + said + ")";
        const Value& decision = step["decision"];
        sheet.row({std::to_string(step["ordinal"].asInt()), english(step["title"]), step["target"]["name"].asString(),
                   tierWord(step["tier"].asString()), state, step["done_by"].asString(),
                   decision.isObject() ? engine::joinedTexts(decision["clauses"]) + " (entry " + std::to_string(decision["ledger"].asInt()) + ")" : ""});
    }
    sheet.endTable();
}

/// Records that alerts of the incident cite, and where their bytes are.
Result<void> addRecords(Sheet& sheet, const ReportClock& clock, CaseContents& contents, const std::string& id)
{
    constexpr std::size_t most = 500;
    sheet.heading(2, "Alerts and the records that they rest on");
    sheet.beginTable({{"Time", 1.5}, {"Alert", 2.6}, {"Record", 0.7}, {"Action, by, from", 2.8}, {"Evidence, offset + length", 2.2, true}});
    std::size_t shown = 0;
    CORDON_CHECK(contents.eachAlert(id, [&](const Value& alert) -> Result<void> {
        for (const Value& cite : alert["events"].asArray()) {
            if (++shown > most)
                return {};
            const auto event = contents.queries().event(EventId{cite["id"].asInt()});
            std::string act;
            if (event)
                act = event->action + (event->actor ? ", " + event->actor->name : "") +
                      (event->address.empty() ? "" : ", " + event->address);
            sheet.row({event ? clock.text(event->time) : clock.text(alert["time"].asString()),
                       alert["id"].asString() + " " + alert["title"].asString(), std::to_string(cite["id"].asInt()), act,
                       cite["evidence"].asString().substr(0, 16) + " " + std::to_string(cite["offset"].asInt()) + "+" +
                           std::to_string(cite["length"].asInt())});
        }
        return {};
    }));
    sheet.endTable();
    if (shown > most)
        sheet.paragraph("The first " + std::to_string(most) + " are shown; the JSON report lists all of them.");
    return {};
}

/// What agent, engine and people did and decided, in the ledger's order.
Result<void> addActs(Sheet& sheet, const ReportClock& clock, CaseContents& contents, const std::string& id)
{
    sheet.heading(2, "Decisions and acts, as the ledger has them");
    sheet.beginTable({{"Entry", 0.6}, {"Case time", 1.5}, {"Who", 1.8}, {"What", 1.6}, {"Said", 3.6}});
    CORDON_CHECK(contents.eachEntry(id, [&](const record::StoredEntry& entry, const Value&) -> Result<void> {
        sheet.row({std::to_string(entry.seq), clock.text(entry.at == Timestamp() ? entry.ts : entry.at),
                   entry.actorKind + " " + entry.actor, entry.type,
                   words::english(engine::ledgerSummary(entry.type, entry.data))});
        return {};
    }));
    sheet.endTable();
    return {};
}

Result<void> addIncident(Sheet& sheet, const ReportClock& clock, CaseContents& contents, const Value& incident)
{
    const std::string& id = incident["id"].asString();
    sheet.heading(1, id + ": " + english(incident["title"]));
    addFacts(sheet, clock, incident);
    addStory(sheet, incident);
    addMembers(sheet, incident);
    addSteps(sheet, clock, incident);
    const auto& notes = incident["notes"].asArray();
    if (!notes.empty())
        sheet.heading(2, "Notes");
    for (const Value& note : notes)
        sheet.item(note.isString() ? note.asString() : clock.text(note["time"].asString()) + " " + note["text"].asString());
    CORDON_CHECK(addRecords(sheet, clock, contents, id));
    return addActs(sheet, clock, contents, id);
}

bool isCustody(const std::string& type)
{
    return type.starts_with("evidence.") || type.starts_with("case.");
}

/// Digests of the logs that the incident's alerts cite; all evidence where none is named.
Result<std::set<std::string>> citedBy(CaseContents& contents, const std::string& only)
{
    std::set<std::string> digests;
    if (only.empty())
        return digests;
    CORDON_CHECK(contents.eachAlert(only, [&](const Value& alert) -> Result<void> {
        for (const Value& cite : alert["events"].asArray())
            digests.insert(cite["evidence"].asString());
        return {};
    }));
    return digests;
}

/// Whether an entry is part of how the evidence of that incident came there and went on.
bool isCustodyOf(const record::StoredEntry& entry, const Value& data, const std::string& only, const std::set<std::string>& cited)
{
    if (only.empty() || entry.incident == only || entry.type.starts_with("case."))
        return true;
    const auto& several = data["digests"].asArray();
    return cited.contains(data["digest"].asString()) ||
           std::any_of(several.begin(), several.end(), [&](const Value& digest) { return cited.contains(digest.asString()); });
}

Result<void> addCustody(Sheet& sheet, const ReportClock& clock, CaseContents& contents, const std::string& only)
{
    CORDON_TRY(const auto cited, citedBy(contents, only));
    sheet.heading(1, "Custody of the evidence");
    sheet.beginTable({{"Entry", 0.6}, {"When", 1.5}, {"Who, with what", 1.8}, {"What", 2.4}, {"SHA-256, bytes", 3.2, true}});
    CORDON_CHECK(contents.eachEntry("", [&](const record::StoredEntry& entry, const Value& data) -> Result<void> {
        if (!isCustody(entry.type) || !isCustodyOf(entry, data, only, cited))
            return {};
        std::string what = entry.type;
        for (const char* member : {"kind", "method", "source", "file", "holds", "purpose", "from", "to"}) {
            if (data[member].isString())
                what += (what == entry.type ? ": " : ", ") + data[member].asString();
        }
        std::string who = data["operator"].isString() ? data["operator"].asString() : entry.actor;
        if (data["collector"].isString())
            who += ", " + data["collector"].asString();
        std::string digest = data["digest"].asString();
        if (data["size"].isInt())
            digest += " " + std::to_string(data["size"].asInt());
        sheet.row({std::to_string(entry.seq), data["acquired"].isString() ? clock.text(data["acquired"].asString()) : clock.text(entry.ts),
                   who, what, digest});
        return {};
    }));
    sheet.endTable();
    return {};
}

Result<void> addClocks(Sheet& sheet, CaseContents& contents)
{
    CORDON_TRY(const auto sources, contents.queries().sources());
    constexpr std::size_t most = 50;
    std::set<std::string> told;
    for (const record::StoredSource& source : sources) {
        if (told.size() == most || (source.zone.empty() && source.clockOffset.count() == 0))
            continue;
        const std::string line = source.file + (source.zone.empty() ? "" : ": times without a zone are in " + source.zone) +
                                 (source.clockOffset.count() == 0 ? "" : ", " + std::to_string(source.clockOffset.count() / 1'000'000) + " s were added to all times");
        if (told.insert(line).second)
            sheet.item(line);
    }
    return {};
}

} // namespace

Result<void> writeSheetReport(CaseContents& contents, const std::string& only, const ReportVerdict& verdict,
                              const std::string& madeAt, const ReportClock& clock, Sheet& sheet)
{
    const std::string exercise = "EXERCISE: nothing outside this case was touched";
    sheet.begin("Case " + contents.name() + (only.empty() ? "" : ", " + only), contents.isExercise() ? exercise : "");
    CORDON_TRY(const std::int64_t events, contents.queries().countEvents({}));
    CORDON_TRY(const std::int64_t alerts, contents.queries().countAlerts());
    CORDON_TRY(const std::int64_t rejected, contents.queries().countRejected());
    CORDON_TRY(const auto span, contents.queries().span());
    CORDON_TRY(const std::int64_t entries, contents.queries().countLedger());
    sheet.facts({{"Time zone", clock.sentence()},
                 {"Records", words::counted(events, "event") +
                                 (span.first == Timestamp() ? std::string() : " from " + clock.text(span.first) + " to " + clock.text(span.second)) + ", " +
                                 words::counted(alerts, "alert") + ", " +
                                 std::to_string(rejected) + " records rejected"},
                 {"Ledger", contents.origin() + ", " + words::counted(entries, "entry", "entries")},
                 {"Verification", verdict.result.empty() ? "not asked when this report was made" : verdict.result + " when this report was made (last page)"},
                 {"Made", clock.text(madeAt) + " with Cordon " + engine::versionText}});
    CORDON_CHECK(addClocks(sheet, contents));
    CORDON_CHECK(contents.eachIncident(only, [&](const Value& incident) { return addIncident(sheet, clock, contents, incident); }));
    CORDON_CHECK(addCustody(sheet, clock, contents, only));
    if (!verdict.text.empty()) {
        sheet.heading(1, "Verification of the record");
        sheet.lines(verdict.text);
    }
    sheet.end();
    return {};
}

} // namespace cordon::exports
