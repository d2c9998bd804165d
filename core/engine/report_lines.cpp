#include "core/engine/report_lines.h"

#include "core/base/display_escape.h"
#include "core/base/time.h"
#include "core/words/counted.h"

namespace cordon::engine::report {
namespace {

constexpr std::size_t mostLines = 100; ///< of alerts and of links; the rest is counted

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

std::string approversOf(const Value& step)
{
    std::string line;
    for (const Value& person : step["approved_by"].asArray())
        line += (line.empty() ? "" : ", ") + person.asString();
    return line;
}

std::string clausesOf(const Value& step)
{
    std::string line;
    for (const Value& clause : step["decision"]["clauses"].asArray())
        line += (line.empty() ? "" : " ") + clause.asString();
    return line;
}

/// The number beside a step on screen and in reports: its place, which a person may have changed, not its name.
std::string placeOf(const std::string& id, const Value& sequence)
{
    for (const Value& step : sequence.asArray()) {
        if (step["id"].asString() == id)
            return std::to_string(step["ordinal"].asInt());
    }
    return id;
}

std::string nameOf(const Value& entity)
{
    return entity["name"].asString().empty() ? entity["id"].asString() : entity["name"].asString();
}

void endLines(std::vector<std::string>& lines, std::size_t all, const char* what)
{
    if (all > mostLines)
        lines.push_back("and " + std::to_string(all - mostLines) + " more " + what + ", listed in the JSON report");
}

} // namespace

const std::string& english(const Value& text)
{
    return text["text"].asString();
}

std::string shown(const std::string& text)
{
    return escapedForDisplay(text);
}

std::string marked(const std::string& text)
{
    constexpr std::string_view special = "\\`*_{}[]<>()#!|&~@";
    const std::string plain = shown(text);
    std::string out;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const bool isLink = (plain[i] == ':' && plain.compare(i, 3, "://") == 0) ||
                            (plain[i] == '.' && i >= 3 && plain.compare(i - 3, 3, "www") == 0);
        if (isLink || special.find(plain[i]) != std::string_view::npos)
            out += '\\';
        out += plain[i];
    }
    return out;
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

std::string stateLine(const Value& step, const Value& sequence)
{
    const std::string& state = step["state"].asString();
    const std::string& by = step["done_by"].asString();
    if (state == "awaiting_approval") {
        const Value& needs = step["approval"]["needs"];
        const std::int64_t people = needs["approvers"].asInt();
        std::string line = "waits for " + words::counted(people, "approver");
        if (needs["commander"].asBool())
            line += " (a commander among them)";
        if (const std::string given = approversOf(step); !given.empty())
            line += ", approved so far by " + given;
        return line + ", request " + step["approval"]["request"].asString() + " until " +
               clock(step["approval"]["approve_by"].asString());
    }
    std::string line = state;
    for (char& c : line)
        c = c == '_' ? ' ' : c;
    if (state == "proposed" && !step["after"].asArray().empty()) {
        line += ", after";
        for (const Value& before : step["after"].asArray()) {
            line += ' ' + placeOf(before.asString(), sequence);
        }
    }
    if (!by.empty())
        line += " by " + by;
    if (const std::string given = approversOf(step); !given.empty())
        line += ", approved by " + given;
    if (step["lease_until"].isString() && state == "verified")
        line += ", lease until " + clock(step["lease_until"].asString());
    if (!step["note"].asString().empty())
        line += " (" + step["note"].asString() + ")";
    return line;
}

StepLines linesOf(const Value& step, const Value& sequence)
{
    StepLines lines{english(step["title"]) + "  [" + tierWord(step["tier"].asString()) + ", " + backWord(step["back"].asString()) + "]  " +
                        step["id"].asString(),
                    step["target"]["name"].asString() + ": " + stateLine(step, sequence)};
    if (const std::string clauses = clausesOf(step); !clauses.empty())
        lines.below += "  \u00b7 clause " + clauses;
    return lines;
}

std::string containsNothingLine(const Value& sequence)
{
    for (const Value& step : sequence.asArray()) {
        if (step["floor"].asString() != "T0")
            return {};
    }
    if (sequence.asArray().empty())
        return {};
    return "nothing in this sequence contains anything: its steps only look and keep";
}

std::string alertLine(const Value& alert)
{
    const std::string& level = alert["level"].asString();
    return alert["id"].asString() + "  " + clock(alert["time"].asString()) + "  " + (level.empty() ? "" : level + "  ") + alert["title"].asString();
}

std::vector<std::string> alertLines(const Value& incident, const AlertLines& known)
{
    std::vector<std::string> lines;
    const Value::Array& ids = incident["alerts"].asArray();
    for (std::size_t i = 0; i < ids.size() && i < mostLines; ++i) {
        const auto line = known.find(ids[i].asString());
        lines.push_back(line == known.end() ? ids[i].asString() : line->second);
    }
    endLines(lines, ids.size(), "alerts");
    return lines;
}

std::vector<std::string> linkLines(const Value& incident)
{
    std::vector<std::string> lines;
    const Value::Array& links = incident["links"].asArray();
    for (std::size_t i = 0; i < links.size() && i < mostLines; ++i)
        lines.push_back(nameOf(links[i]["from"]) + " - " + nameOf(links[i]["to"]) + ": " + english(links[i]["reason"]) + " [" +
                        counted(links[i]["events"], "event") + "]");
    endLines(lines, links.size(), "reasons");
    return lines;
}

} // namespace cordon::engine::report
