#include "core/ingest/readers/syslog_line.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

constexpr std::array<std::string_view, 24> facilities{
    "kern", "user", "mail",  "daemon", "auth",   "syslog", "lpr",    "news",   "uucp",   "cron",   "authpriv", "ftp",
    "ntp",  "audit", "alert", "clock",  "local0", "local1", "local2", "local3", "local4", "local5", "local6",   "local7"};
constexpr std::array<std::string_view, 8> severities{"emerg",   "alert",  "crit", "err",
                                                     "warning", "notice", "info", "debug"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t mostElements = 64;
constexpr std::size_t mostParameters = 256;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether `text` starts with the pattern, in which 9 stands for a digit.
bool fits(std::string_view text, std::string_view pattern)
{
    return text.size() >= pattern.size() &&
           std::equal(pattern.begin(), pattern.end(), text.begin(),
                      [](char wanted, char c) { return wanted == '9' ? isDigit(c) : wanted == c; });
}

bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

std::string_view takeWord(std::string_view& text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::string_view present(std::string_view word)
{
    return word == "-" ? std::string_view() : word;
}

/// `<134>`: one to three digits, at most 191.
int takePriority(std::string_view& text)
{
    if (text.empty() || text.front() != '<')
        return -1;
    const std::size_t close = text.find('>');
    if (close < 2 || close > 4)
        return -1;
    int value = 0;
    for (const char c : text.substr(1, close - 1)) {
        if (!isDigit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    if (value > 191)
        return -1;
    text.remove_prefix(close + 1);
    return value;
}

/// The clock at the front, with its fraction.
std::string_view takeClock(std::string_view& text)
{
    if (!fits(text, "99:99:99"))
        return {};
    std::size_t end = 8;
    if (end < text.size() && (text[end] == '.' || text[end] == ',')) {
        ++end;
        while (end < text.size() && isDigit(text[end]))
            ++end;
    }
    const std::string_view clock = text.substr(0, end);
    text.remove_prefix(end);
    return clock;
}

std::optional<SyslogTime> takeIsoTime(std::string_view& text)
{
    if (!fits(text, "9999-99-99") || text.size() < 19 || (text[10] != 'T' && text[10] != ' '))
        return std::nullopt;
    std::string_view rest = text.substr(11);
    SyslogTime time;
    time.clock = takeClock(rest);
    if (time.clock.empty())
        return std::nullopt;
    time.date = text.substr(0, 10);
    const std::string_view zone = rest;
    if (!take(rest, 'Z') && (fits(rest, "+99:99") || fits(rest, "-99:99")))
        rest.remove_prefix(6);
    time.zone = zone.substr(0, zone.size() - rest.size());
    time.text = text.substr(0, text.size() - rest.size());
    text = rest;
    return time;
}

/// `Nov  2 12:06:42`, `Nov 02 2026 12:06:42`.
std::optional<SyslogTime> takeOldTime(std::string_view& text)
{
    const auto month = std::find(months.begin(), months.end(), text.substr(0, 3));
    if (month == months.end() || text.size() < 15 || text[3] != ' ')
        return std::nullopt;
    std::string_view rest = text.substr(4);
    take(rest, ' ');
    std::string day;
    while (!rest.empty() && isDigit(rest.front()) && day.size() < 2) {
        day += rest.front();
        rest.remove_prefix(1);
    }
    if (day.empty() || !take(rest, ' '))
        return std::nullopt;
    SyslogTime time;
    const auto number = static_cast<int>(month - months.begin()) + 1;
    time.date = (number < 10 ? "0" : "") + std::to_string(number) + '-' + (day.size() == 1 ? "0" + day : day);
    if (fits(rest, "9999 ")) {
        time.date = std::string(rest.substr(0, 4)) + '-' + time.date;
        rest.remove_prefix(5);
    }
    time.clock = takeClock(rest);
    if (time.clock.empty())
        return std::nullopt;
    time.text = text.substr(0, text.size() - rest.size());
    text = rest;
    return time;
}

/// `[id name="value" …]…`; false when it is malformed.
bool takeData(std::string_view& text, std::vector<SyslogLine::Element>& data)
{
    if (take(text, '-'))
        return true;
    while (take(text, '[')) {
        SyslogLine::Element element;
        const std::size_t idEnd = text.find_first_of(" ]");
        if (idEnd == text.npos || idEnd == 0)
            return false;
        element.id = text.substr(0, idEnd);
        text.remove_prefix(idEnd);
        while (take(text, ' ')) {
            const std::size_t nameEnd = text.find_first_of("=] \"");
            if (nameEnd == text.npos || nameEnd == 0 || text.substr(nameEnd, 2) != "=\"")
                return false;
            const std::string_view name = text.substr(0, nameEnd);
            text.remove_prefix(nameEnd + 2);
            std::string value;
            while (!text.empty() && text.front() != '"') {
                if (text.front() == '\\' && text.size() > 1 && (text[1] == '"' || text[1] == '\\' || text[1] == ']'))
                    text.remove_prefix(1);
                value += text.front();
                text.remove_prefix(1);
            }
            if (!take(text, '"'))
                return false;
            if (element.parameters.size() < mostParameters)
                element.parameters.emplace_back(name, std::move(value));
        }
        if (!take(text, ']'))
            return false;
        if (data.size() < mostElements)
            data.push_back(std::move(element));
    }
    return !data.empty();
}

bool readNew(std::string_view text, SyslogLine& line)
{
    if (text.substr(0, 2) != "1 ")
        return false;
    text.remove_prefix(2);
    if (!take(text, '-')) {
        line.time = takeIsoTime(text);
        if (!line.time)
            return false;
    }
    if (!take(text, ' '))
        return false;
    line.host = present(takeWord(text));
    line.program = present(takeWord(text));
    line.process = present(takeWord(text));
    line.messageId = present(takeWord(text));
    if (!takeData(text, line.data))
        return false;
    take(text, ' ');
    if (text.substr(0, 3) == "\xef\xbb\xbf")
        text.remove_prefix(3);
    line.message = text;
    return true;
}

/// A tag ends with a colon, or with its process in brackets and a colon; anything else is the message.
void readTag(std::string_view text, SyslogLine& line)
{
    line.message = text;
    const std::size_t end = text.find_first_of(" :[");
    if (end == text.npos || end == 0 || text[end] == ' ')
        return;
    std::string_view rest = text.substr(end);
    std::string_view process;
    if (take(rest, '[')) {
        const std::size_t close = rest.find(']');
        if (close == rest.npos || close > 64)
            return;
        process = rest.substr(0, close);
        rest.remove_prefix(close + 1);
    }
    if (!take(rest, ':'))
        return;
    take(rest, ' ');
    line.program = text.substr(0, end);
    if (const std::size_t slash = line.program.rfind('/'); slash != line.program.npos && slash + 1 < line.program.size())
        line.program.remove_prefix(slash + 1);
    line.process = process;
    line.message = rest;
}

bool readOld(std::string_view text, SyslogLine& line)
{
    line.time = takeIsoTime(text);
    if (!line.time)
        line.time = takeOldTime(text);
    if (!line.time || !take(text, ' '))
        return false;
    const std::string_view word = text.substr(0, text.find(' '));
    const bool isTag = word.empty() || word.back() == ':' || word.find('[') != word.npos;
    if (!isTag)
        line.host = takeWord(text);
    readTag(text, line);
    return true;
}

} // namespace

std::optional<SyslogLine> parseSyslogLine(std::string_view text)
{
    SyslogLine line;
    line.priority = takePriority(text);
    if (line.priority >= 0 && readNew(text, line))
        return line;
    line.data.clear();
    if (readOld(text, line))
        return line;
    return std::nullopt;
}

std::string_view syslogFacility(int priority)
{
    return priority < 0 ? std::string_view() : facilities[static_cast<std::size_t>(priority / 8) % facilities.size()];
}

std::string_view syslogSeverity(int priority)
{
    return priority < 0 ? std::string_view() : severities[static_cast<std::size_t>(priority % 8)];
}

} // namespace cordon::ingest
