#pragma once

#include "core/value/value.h"

#include <map>
#include <string>
#include <vector>

/// What reports for people say of one thing each, out of the report's own JSON. Texts from logs are as they came unless a
/// name here says otherwise. Source: docs/formats/report.md
namespace cordon::engine::report {

[[nodiscard]] const std::string& english(const Value& text);
/// Safe for a terminal or a line of Markdown.
[[nodiscard]] std::string shown(const std::string& text);
/// The same with everything that Markdown or HTML would take for more than text.
[[nodiscard]] std::string marked(const std::string& text);
[[nodiscard]] std::string clock(const std::string& time);
[[nodiscard]] std::string counted(const Value& list, const char* one);

/// One line for each alert by its id, as they are told before their incidents.
using AlertLines = std::map<std::string, std::string>;
[[nodiscard]] std::string alertLine(const Value& alert);
/// Alerts of an incident with their numbers, at most 100 and how many more there are.
[[nodiscard]] std::vector<std::string> alertLines(const Value& incident, const AlertLines& known);
/// Why they belong together, likewise.
[[nodiscard]] std::vector<std::string> linkLines(const Value& incident);

/// For a sequence whose steps only look and keep; "" for others.
[[nodiscard]] std::string containsNothingLine(const Value& sequence);
/// Who or what a step waits for, or how it ended. @param sequence  all steps, in whose order the places count
[[nodiscard]] std::string stateLine(const Value& step, const Value& sequence);
struct StepLines
{
    std::string head;
    std::string below;
};
[[nodiscard]] StepLines linesOf(const Value& step, const Value& sequence);

} // namespace cordon::engine::report
