#include "core/engine/report.h"

#include "core/base/display_escape.h"
#include "core/engine/codec.h"
#include "core/words/attack.h"
#include "core/words/counted.h"

namespace cordon::engine {
namespace {

const std::string& english(const Value& text)
{
    return text["text"].asString();
}

/// Text that came from logs, safe for a terminal or Markdown line.
std::string shown(const std::string& text)
{
    return escapedForDisplay(text);
}

std::string tierWord(const std::string& tier)
{
    if (tier == "T0")
        return "Observe";
    if (tier == "T1")
        return "Low";
    if (tier == "T2")
        return "Disruptive";
    return tier == "T3" ? "Destructive" : "Never";
}

std::string backWord(const std::string& back)
{
    if (back == "reversible")
        return "\u21ba reversible";
    return back == "partly" ? "\u25d0 partly" : "\u2715 no undo";
}

std::string clock(const std::string& time)
{
    if (time == Timestamp().toString()) // of records that tell none
        return "unknown time";
    return time.size() >= 19 ? time.substr(0, 10) + " " + time.substr(11, 8) + " UTC" : time;
}

std::string counted(const Value& list, const char* one)
{
    return words::counted(static_cast<std::int64_t>(list.asArray().size()), one);
}

/// Who or what a step waits for, or how it ended.
std::string stateLine(const Value& step)
{
    const std::string& state = step["state"].asString();
    const std::string& by = step["done_by"].asString();
    if (state == "awaiting_approval") {
        const Value& needs = step["approval"]["needs"];
        const std::int64_t people = needs["approvers"].asInt();
        std::string line = "waits for " + words::counted(people, "approver");
        if (needs["commander"].asBool())
            line += " (a commander among them)";
        return line + ", request " + step["approval"]["request"].asString() + " until " +
               clock(step["approval"]["approve_by"].asString());
    }
    std::string line = state;
    for (char& c : line)
        c = c == '_' ? ' ' : c;
    if (state == "proposed" && !step["after"].asArray().empty()) {
        line += ", after";
        for (const Value& before : step["after"].asArray()) {
            const std::string& id = before.asString();
            line += " " + id.substr(id.rfind('S') + 1);
        }
    }
    if (!by.empty())
        line += " by " + shown(by);
    if (step["lease_until"].isString() && state == "verified")
        line += ", lease until " + clock(step["lease_until"].asString());
    if (!step["note"].asString().empty())
        line += " (" + shown(step["note"].asString()) + ")";
    return line;
}

std::string clausesOf(const Value& step)
{
    std::string line;
    for (const Value& clause : step["decision"]["clauses"].asArray())
        line += (line.empty() ? "" : " ") + clause.asString();
    return line;
}

void addStep(std::string& out, const Value& step, const char* indent)
{
    const std::string number = std::to_string(step["ordinal"].asInt());
    out += indent + number + ". " + shown(english(step["title"])) + "  [" + tierWord(step["tier"].asString()) + ", " +
           backWord(step["back"].asString()) + "]\n";
    out += std::string(indent) + "   " + shown(step["target"]["name"].asString()) + ": " + stateLine(step);
    if (const std::string clauses = clausesOf(step); !clauses.empty())
        out += "  \u00b7 clause " + clauses;
    out += "\n";
}

std::string entitiesLine(const Value& incident, bool inScope)
{
    std::string line;
    for (const Value& entity : incident["entities"].asArray()) {
        const std::string& role = entity["role"].asString();
        if (entity["in_scope"].asBool() != inScope || (role != "attacker" && role != "victim" && !inScope))
            continue;
        line += (line.empty() ? "" : ", ") + entity["kind"].asString() + " " + shown(entity["name"].asString());
    }
    return line;
}

void addIncidentText(std::string& out, const Value& incident)
{
    out += "\n" + incident["id"].asString() + "  " + incident["severity"].asString() + " " +
           std::to_string(incident["risk"].asInt()) + "  " + shown(english(incident["title"])) + "\n";
    out += "  " + clock(incident["first_seen"].asString()) + " to " + clock(incident["last_seen"].asString()) + ", " +
           counted(incident["alerts"], "alert") + "\n";
    for (const Value& technique : incident["techniques"].asArray())
        out += "  " + shown(words::attack().line(technique.asString())) + "\n";
    if (const std::string scope = entitiesLine(incident, true); !scope.empty())
        out += "  verified scope: " + scope + "\n";
    if (const std::string others = entitiesLine(incident, false); !others.empty())
        out += "  outside the verified scope: " + others + "\n";
    for (const Value& finding : incident["story"].asArray())
        out += "  - " + shown(english(finding["text"])) + " [" + std::to_string(finding["cites"].asArray().size()) +
               " cited]\n";
    for (const Value& residual : incident["residual_access"].asArray())
        out += "  residual access: " + shown(english(residual["text"])) + "\n";
    const Value& steps = incident["plan"]["steps"];
    if (steps.asArray().empty()) {
        out += "  no sequence: " + shown(english(incident["plan"]["note"])) + "\n";
        return;
    }
    out += "  containment sequence (" + shown(english(incident["plan"]["playbook_name"])) + "):\n";
    for (const Value& step : steps.asArray())
        addStep(out, step, "    ");
}

std::string countsLine(const Value& report)
{
    return words::counted(report["events"].asInt(), "event") + ", " + std::to_string(report["rejected"].asInt()) +
           " rejected, " + counted(report["alerts"], "alert") + ", " + counted(report["incidents"], "incident");
}

std::string waitingLines(const Value& report)
{
    std::string out;
    for (const Value& incident : report["incidents"].asArray()) {
        for (const Value& step : incident["plan"]["steps"].asArray()) {
            if (step["state"].asString() != "awaiting_approval")
                continue;
            out += "  " + step["approval"]["request"].asString() + "  " + incident["id"].asString() + "  " +
                   shown(english(step["title"])) + " " + shown(step["target"]["name"].asString()) + ": " +
                   stateLine(step) + "\n";
        }
    }
    return out;
}

/// `times of fw.log: without a zone are in Europe/Berlin, -90 s added to all`
/// @param files  how many files the same was said of
std::string clockLine(const Value& clock, std::int64_t files)
{
    std::string line = "times of " + (files > 1 ? words::counted(files, "file") : shown(clock["file"].asString())) + ":";
    const std::string& zone = clock["zone"].asString();
    const std::int64_t offset = clock["clock_offset_us"].asInt();
    if (!zone.empty())
        line += " without a zone are in " + shown(zone);
    if (offset != 0)
        line += (zone.empty() ? " " : ", ") + std::to_string(offset / 1'000'000) + " s added to all";
    return line;
}

/// What was told of the files' times, once for all that it was told of.
std::string clockLines(const Value::Array& clocks)
{
    std::string out;
    for (std::size_t at = 0; at < clocks.size();) {
        const auto isAlike = [&](const Value& other) {
            return other["zone"].asString() == clocks[at]["zone"].asString() &&
                   other["clock_offset_us"].asInt() == clocks[at]["clock_offset_us"].asInt();
        };
        std::size_t end = at + 1;
        while (end < clocks.size() && isAlike(clocks[end]))
            ++end;
        out += clockLine(clocks[at], static_cast<std::int64_t>(end - at)) + "\n";
        at = end;
    }
    return out;
}

} // namespace

Value reportValue(const ReportParts& parts)
{
    Value::Array alerts;
    for (const Alert& alert : parts.alerts)
        alerts.push_back(codec::toValue(alert));
    Value::Array rejected;
    for (const RejectedRecord& record : parts.rejected) {
        rejected.push_back(Value::Object{{"file", record.file},
                                         {"offset", static_cast<std::int64_t>(record.offset)},
                                         {"length", static_cast<std::int64_t>(record.length)},
                                         {"reason", record.reason}});
    }
    Value::Array clocks;
    for (const ReportParts::Clock& clock : parts.clocks)
        clocks.push_back(Value::Object{
            {"file", clock.file}, {"zone", clock.zone}, {"clock_offset_us", std::int64_t{clock.offset.count()}}});
    Value::Object seconds;
    for (const auto& [stage, duration] : parts.seconds)
        seconds.emplace(stage, duration);
    return Value::Object{
        {"case", parts.caseName},
        {"exercise", parts.isExercise},
        {"events", parts.events},
        {"duplicates", parts.duplicates},
        {"rejected", parts.rejectedCount},
        {"rejected_records", std::move(rejected)},
        {"clocks", std::move(clocks)},
        {"alerts", std::move(alerts)},
        {"incidents", Value::Array(parts.incidents.begin(), parts.incidents.end())},
        {"ledger", Value::Object{{"entries", parts.ledgerEntries},
                                 {"root", parts.ledgerRoot},
                                 {"checkpoints", parts.checkpoints}}},
        {"seconds", std::move(seconds)},
    };
}

std::string reportText(const Value& report)
{
    std::string out;
    if (report["exercise"].asBool())
        out += "EXERCISE: nothing outside this case is touched.\n";
    out += "case " + report["case"].asString() + ": " + countsLine(report) + "\n";
    out += clockLines(report["clocks"].asArray());
    for (const Value& incident : report["incidents"].asArray())
        addIncidentText(out, incident);
    if (report["incidents"].asArray().empty())
        out += "no incident: no rule matched, so nothing is proposed.\n";
    constexpr std::size_t mostRejected = 20;
    const Value::Array& rejected = report["rejected_records"].asArray();
    for (std::size_t i = 0; i < rejected.size() && i < mostRejected; ++i)
        out += (i == 0 ? "\nrejected:\n  " : "  ") + shown(rejected[i]["file"].asString()) + " at " +
               std::to_string(rejected[i]["offset"].asInt()) + ": " + shown(rejected[i]["reason"].asString()) + "\n";
    if (rejected.size() > mostRejected)
        out += "  and " + std::to_string(report["rejected"].asInt() - static_cast<std::int64_t>(mostRejected)) +
               " more (--json lists them)\n";
    if (const std::string waiting = waitingLines(report); !waiting.empty())
        out += "\nwaiting for people:\n" + waiting;
    out += "\nledger: " + words::counted(report["ledger"]["entries"].asInt(), "entry", "entries") + ", root " +
           report["ledger"]["root"].asString().substr(0, 16) + "\n";
    return out;
}

std::string reportMarkdown(const Value& report)
{
    std::string out = "# Case " + shown(report["case"].asString()) + "\n\n";
    if (report["exercise"].asBool())
        out += "**EXERCISE**: nothing outside this case was touched.\n\n";
    out += countsLine(report) + ". Times are UTC.\n";
    for (const Value& incident : report["incidents"].asArray()) {
        out += "\n## " + incident["id"].asString() + ": " + shown(english(incident["title"])) + "\n\n";
        out += "Severity " + incident["severity"].asString() + ", risk " + std::to_string(incident["risk"].asInt()) +
               ", " + clock(incident["first_seen"].asString()) + " to " + clock(incident["last_seen"].asString()) +
               ".\n\n";
        for (const Value& finding : incident["story"].asArray())
            out += "- " + shown(english(finding["text"])) + "\n";
        out += "\n### Residual access\n\n";
        for (const Value& residual : incident["residual_access"].asArray())
            out += "- " + shown(english(residual["text"])) + "\n";
        out += "\n### Containment sequence\n\n";
        for (const Value& step : incident["plan"]["steps"].asArray())
            addStep(out, step, "");
    }
    if (const std::string waiting = waitingLines(report); !waiting.empty())
        out += "\n## Waiting for people\n\n" + waiting;
    return out;
}

} // namespace cordon::engine
