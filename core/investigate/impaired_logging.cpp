#include "core/investigate/impaired_logging.h"

#include <algorithm>
#include <array>

namespace cordon::investigate {
namespace {

/// Of clouds: their rules look at calls, of which not all are about logs.
constexpr std::array<std::string_view, 2> cloudLogs{"T1562.008", "T1685.002"};
constexpr std::array<std::string_view, 10> otherLogs{"T1070.001", "T1070.002", "T1562.002", "T1562.003", "T1562.012",
                                                     "T1685.001", "T1685.004", "T1685.005", "T1685.006", "T1690"};

template<std::size_t Size>
bool isOneOf(const std::array<std::string_view, Size>& all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// What the call does, without the service: `stoplogging`, `updatesink`, `delete`.
std::string verbOf(const std::string& action)
{
    return action.substr(action.find_last_of(":./") + 1);
}

bool namesLog(std::string action)
{
    for (auto login = action.find("login"); login != std::string::npos; login = action.find("login"))
        action.erase(login, 5);
    static constexpr std::array<std::string_view, 8> words{
        "log",         "trail",             "audit",          "sink",
        "eventselect", "diagnosticsetting", "eventdatastore", "operationalinsights/workspaces"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return action.find(word) != std::string::npos; });
}

} // namespace

bool isAgainstLogs(std::string_view technique)
{
    return isOneOf(cloudLogs, technique) || isOneOf(otherLogs, technique);
}

bool LoggingWatch::isWeakenedBy(const Event& event, const std::vector<const Alert*>& alerts)
{
    const std::string action = lowered(event.action);
    const auto hasTechnique = [&](const auto& isMeant) {
        return std::any_of(alerts.begin(), alerts.end(), [&](const Alert* alert) {
            return std::any_of(alert->rule.techniques.begin(), alert->rule.techniques.end(), isMeant);
        });
    };
    const std::string verb = verbOf(action);
    if (verb == "stoplogging" || verb == "deletetrail" || verb == "deleteflowlogs")
        return true;
    if (event.isReadOnly)
        return false;
    if (hasTechnique([](const std::string& id) { return isOneOf(otherLogs, id); }))
        return true;
    if (!hasTechnique([](const std::string& id) { return isOneOf(cloudLogs, id); }))
        return false;
    // A rule that is about logs alone has looked at what the call did; one about other defences too, only at which it was.
    const bool isOfLogsAlone = std::any_of(alerts.begin(), alerts.end(), [](const Alert* alert) {
        const std::vector<std::string>& all = alert->rule.techniques;
        return !all.empty() && std::all_of(all.begin(), all.end(), isAgainstLogs);
    });
    if (!isOfLogsAlone && !namesLog(action))
        return false;
    // Settings may be changed for the better.
    return !verb.starts_with("update") || switchesOff(event);
}

/// Something that the call sets is off or empty.
bool LoggingWatch::switchesOff(const Event& event)
{
    constexpr int mostRead = 100;
    if (!m_inquiry.records || ++m_read > mostRead)
        return false;
    const auto record = m_inquiry.records(event);
    if (!record)
        return false;
    const std::vector<ToldValue> told = toldValuesIn(*record);
    return std::any_of(told.begin(), told.end(), [](const ToldValue& value) {
        return value.isParameter && (value.after == Value(false) || value.after == Value("") ||
                                     lowered(value.after.asString()) == "false");
    });
}

} // namespace cordon::investigate
