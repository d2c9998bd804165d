#include "core/engine/report_stream.h"

#include "core/engine/report_lines.h"
#include "core/value/json.h"
#include "core/words/attack.h"
#include "core/words/counted.h"

#include <utility>

namespace cordon::engine {
namespace {

using namespace report;

void addStep(std::string& out, const Value& step, const Value& sequence, const char* indent)
{
    const StepLines lines = linesOf(step, sequence);
    out += indent + std::to_string(step["ordinal"].asInt()) + ". " + shown(lines.head) + "\n";
    out += std::string(indent) + "   " + shown(lines.below) + "\n";
}

void addMarkedStep(std::string& out, const Value& step, const Value& sequence)
{
    const StepLines lines = linesOf(step, sequence);
    out += std::to_string(step["ordinal"].asInt()) + ". " + marked(lines.head) + "\n   " + marked(lines.below) + "\n";
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

void addIncidentText(std::string& out, const Value& incident, const AlertLines& known)
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
    for (const auto& [title, lines] : {std::pair("alerts", alertLines(incident, known)), std::pair("why they belong together", linkLines(incident))}) {
        out += lines.empty() ? "" : std::string("  ") + title + ":\n";
        for (const std::string& line : lines)
            out += "    " + shown(line) + "\n";
    }
    const Value& steps = incident["plan"]["steps"];
    if (steps.asArray().empty()) {
        out += "  no sequence: " + shown(english(incident["plan"]["note"])) + "\n";
        return;
    }
    out += "  containment sequence (" + shown(english(incident["plan"]["playbook_name"])) + "):\n";
    for (const Value& step : steps.asArray())
        addStep(out, step, steps, "    ");
    if (const std::string line = containsNothingLine(steps); !line.empty())
        out += "    " + line + "\n";
}

std::string countsLine(const Value& head, std::int64_t alerts, std::int64_t incidents)
{
    const std::int64_t again = head["duplicates"].asInt();
    return words::counted(head["events"].asInt(), "event") + ", " + std::to_string(head["rejected"].asInt()) + " rejected, " +
           (again > 0 ? words::counted(again, "record") + " dropped as duplicates, " : std::string()) + words::counted(alerts, "alert") + ", " + words::counted(incidents, "incident");
}

std::string waitingLines(const Value& incident, bool isMarked)
{
    std::string out;
    for (const Value& step : incident["plan"]["steps"].asArray()) {
        const std::string title = english(step["title"]);
        const std::string& name = step["target"]["name"].asString();
        if (step["state"].asString() != "awaiting_approval")
            continue;
        const std::string line = step["approval"]["request"].asString() + "  " + incident["id"].asString() + "  " + title +
                                 (title.find(name) == std::string::npos ? " " + name : "") + ": " + stateLine(step, incident["plan"]["steps"]);
        out += (isMarked ? "- " + marked(line) : "  " + shown(line)) + "\n";
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

/// `The agent is halted since 2026-11-21 12:10:00 UTC by user:ann: drill. No step runs and no reply counts until people resume.`
std::string stopLine(const Value& stop)
{
    const bool isObserving = stop["state"].asString() == "observe_only";
    std::string line = isObserving ? "The agent only observes" : "The agent is halted";
    if (stop["since"].isString())
        line += " since " + clock(stop["since"].asString()) + " by " + stop["by"].asString();
    return line + ": " + stop["why"].asString() +
           (isObserving ? ". No step that changes anything runs until another person resumes."
                        : ". No step runs and no reply counts until people resume.");
}

std::string markdownOf(const Value& incident, const AlertLines& known)
{
    std::string out = "\n## " + incident["id"].asString() + ": " + marked(english(incident["title"])) + "\n\n";
    out += "Severity " + incident["severity"].asString() + ", risk " + std::to_string(incident["risk"].asInt()) + ", " +
           clock(incident["first_seen"].asString()) + " to " + clock(incident["last_seen"].asString()) + ".\n\n";
    for (const Value& finding : incident["story"].asArray())
        out += "- " + marked(english(finding["text"])) + "\n";
    if (!incident["residual_access"].asArray().empty())
        out += "\n### Residual access\n\n";
    for (const Value& residual : incident["residual_access"].asArray())
        out += "- " + marked(english(residual["text"])) + "\n";
    for (const auto& [title, lines] : {std::pair("Alerts", alertLines(incident, known)), std::pair("Why they belong together", linkLines(incident))}) {
        out += lines.empty() ? "" : std::string("\n### ") + title + "\n\n";
        for (const std::string& line : lines)
            out += "- " + marked(line) + "\n";
    }
    out += "\n### Containment sequence\n\n";
    if (incident["plan"]["steps"].asArray().empty())
        out += "No sequence: " + marked(english(incident["plan"]["note"])) + "\n";
    for (const Value& step : incident["plan"]["steps"].asArray())
        addMarkedStep(out, step, incident["plan"]["steps"]);
    if (const std::string line = containsNothingLine(incident["plan"]["steps"]); !line.empty())
        out += "\n" + line + "\n";
    return out;
}

std::string rejectedLines(const Value& head)
{
    constexpr std::size_t mostRejected = 20;
    std::string out;
    const Value::Array& rejected = head["rejected_records"].asArray();
    for (std::size_t i = 0; i < rejected.size() && i < mostRejected; ++i)
        out += (i == 0 ? "\nrejected:\n  " : "  ") + shown(rejected[i]["file"].asString()) + " at " +
               std::to_string(rejected[i]["offset"].asInt()) + ": " + shown(rejected[i]["reason"].asString()) + "\n";
    if (rejected.size() > mostRejected)
        out += "  and " + std::to_string(head["rejected"].asInt() - static_cast<std::int64_t>(mostRejected)) +
               " more (--json lists them)\n";
    return out;
}

} // namespace

void ReportStream::begin(Value head, std::int64_t alerts, std::int64_t incidents)
{
    m_head = std::move(head);
    m_incidents = incidents;
    const bool isExercise = m_head["exercise"].asBool();
    switch (m_format) {
    case ReportFormat::Json: m_out << "{\"alerts\":["; return;
    case ReportFormat::Text:
        m_out << (isExercise ? "EXERCISE: nothing outside this case is touched.\n" : "") << "case "
              << shown(m_head["case"].asString()) << ": " << countsLine(m_head, alerts, incidents) << "\n"
              << clockLines(m_head["clocks"].asArray());
        if (m_head.has("agent_stopped"))
            m_out << shown(stopLine(m_head["agent_stopped"])) << "\n";
        return;
    case ReportFormat::Markdown:
        m_out << "# Case " << marked(m_head["case"].asString()) << "\n\n"
              << (isExercise ? "**EXERCISE**: nothing outside this case was touched.\n\n" : "")
              << countsLine(m_head, alerts, incidents) << ". Times are UTC.\n";
        if (m_head.has("agent_stopped"))
            m_out << "\n" << marked(stopLine(m_head["agent_stopped"])) << "\n";
        return;
    }
}

void ReportStream::add(const Value& alert)
{
    if (m_format != ReportFormat::Json) { // these formats tell them with their incidents
        m_alerts[alert["id"].asString()] = alertLine(alert);
        return;
    }
    m_out << (m_hasAlert ? "," : "") << json::write(alert);
    m_hasAlert = true;
}

/// Members in the order of their names, as in every JSON that Cordon writes.
void ReportStream::writeMembers(bool isBeforeIncidents)
{
    for (const auto& [name, value] : m_head.asObject()) {
        if ((name < "incidents") == isBeforeIncidents)
            m_out << "," << json::write(Value(name)) << ":" << json::write(value);
    }
}

void ReportStream::endAlerts()
{
    if (std::exchange(m_areAlertsOver, true) || m_format != ReportFormat::Json)
        return;
    m_out << "]";
    writeMembers(true);
    m_out << ",\"incidents\":[";
}

void ReportStream::addIncident(const Value& incident)
{
    endAlerts();
    if (m_format == ReportFormat::Json) {
        m_out << (m_hasIncident ? "," : "") << json::write(incident);
    } else if (m_format == ReportFormat::Text) {
        std::string text;
        addIncidentText(text, incident, m_alerts);
        m_out << text;
    } else {
        m_out << markdownOf(incident, m_alerts);
    }
    if (m_format != ReportFormat::Json)
        m_waiting += waitingLines(incident, m_format == ReportFormat::Markdown);
    m_hasIncident = true;
}

void ReportStream::end()
{
    endAlerts();
    switch (m_format) {
    case ReportFormat::Json:
        m_out << "]";
        writeMembers(false);
        m_out << "}";
        return;
    case ReportFormat::Text:
        if (m_incidents == 0)
            m_out << "no incident: no rule matched, so nothing is proposed.\n";
        m_out << rejectedLines(m_head) << (m_waiting.empty() ? "" : "\nwaiting for people:\n") << m_waiting
              << "\nledger: " << words::counted(m_head["ledger"]["entries"].asInt(), "entry", "entries") << ", root "
              << m_head["ledger"]["root"].asString().substr(0, 16) << "\n";
        return;
    case ReportFormat::Markdown:
        m_out << (m_waiting.empty() ? "" : "\n## Waiting for people\n\n") << m_waiting;
        return;
    }
}

} // namespace cordon::engine
