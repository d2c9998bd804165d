#include "core/ingest/readers/syslog_reader.h"

#include "core/ingest/readers/event_xml.h"
#include "core/ingest/readers/json_object.h"
#include "core/ingest/readers/syslog_message.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostCountDigits = 7;
/// A clock may be ahead of the machine that wrote the file.
constexpr Duration tolerance = std::chrono::hours(24);
constexpr int leapCycle = 8; ///< years within which 29 February comes again

/// Sigma's category of a Sysmon event. Source: Sysmon's event ids, Sigma's taxonomy for linux
std::string_view sysmonCategory(std::string_view eventId)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> categories{
        {{"1", "process_creation"}, {"3", "network_connection"}, {"11", "file_event"}, {"23", "file_delete"}}};
    for (const auto& [id, category] : categories) {
        if (id == eventId)
            return category;
    }
    return {};
}

std::string withHost(std::string_view host, std::string_view name)
{
    return host.empty() ? std::string(name) : std::string(host) + '/' + std::string(name);
}

void writeDeed(JsonObject& out, const SyslogLine& line, const SyslogDeed& deed)
{
    out.add("action", std::string(line.program.empty() ? "syslog" : line.program) + ':' +
                          std::string(deed.action.empty() ? "message" : deed.action));
    out.add("outcome", deed.outcome.empty() ? "unknown" : deed.outcome);
    if (!deed.actor.empty()) {
        out.add("actor", withHost(line.host, deed.actor));
        out.add("actor_name", deed.actor);
    }
    if (!deed.subject.empty() && deed.subject != deed.actor) {
        out.add("subject", withHost(line.host, deed.subject));
        out.add("subject_name", deed.subject);
    }
    out.addSome("group", deed.group.empty() ? std::string() : withHost(line.host, deed.group));
    out.addSome("address", deed.address);
    out.addSome("port", deed.port);
    out.addSome("method", deed.method);
    out.addSome("command", deed.command);
}

/// What Sigma's rules for sudo call the parts of its message.
void writeSudo(JsonObject& out, const SyslogDeed& deed)
{
    out.addSome("TTY", deed.terminal);
    out.addSome("PWD", deed.folder);
    out.addSome("USER", deed.runAs);
    out.addSome("COMMAND", deed.command);
}

void writeData(JsonObject& out, const SyslogLine& line)
{
    if (line.data.empty())
        return;
    out.open("structured_data");
    for (const SyslogLine::Element& element : line.data) {
        out.open(element.id);
        for (const auto& [name, value] : element.parameters)
            out.add(name, value);
        out.close();
    }
    out.close();
}

} // namespace

bool SyslogReader::step()
{
    if (const auto counted = stepCounted())
        return *counted;
    const auto line = nextLine();
    if (!line)
        return false;
    if (line->text.find_first_not_of(" \t") != line->text.npos)
        takeMessage(*line);
    return true;
}

/// A message after its length in octets. Nothing when none stands here; false when more bytes are needed.
std::optional<bool> SyslogReader::stepCounted()
{
    if (isPassingOver())
        return std::nullopt;
    const std::string_view text = held();
    std::size_t digits = 0;
    std::size_t count = 0;
    while (digits < text.size() && digits < mostCountDigits && text[digits] >= '0' && text[digits] <= '9')
        count = count * 10 + static_cast<std::size_t>(text[digits++] - '0');
    const bool mayGoOn = digits + 2 > text.size() && !isFinished();
    if (mayGoOn && digits > 0)
        return false;
    if (digits == 0 || text.substr(digits, 2) != " <" || count == 0 || count > longestLine)
        return std::nullopt;
    const std::size_t whole = digits + 1 + count;
    if (whole > text.size()) {
        if (!isFinished())
            return false;
        setCutShort();
        reject(offset(), text.size(), "file ends inside a message");
        drop(text.size());
        return true;
    }
    std::string_view message = text.substr(digits + 1, count);
    const Piece piece{message, offset() + digits + 1, count};
    drop(whole);
    if (!message.empty() && message.back() == '\n')
        takeMessage({message.substr(0, count - 1), piece.offset, count - 1});
    else
        takeMessage(piece);
    return true;
}

void SyslogReader::takeMessage(const Piece& piece)
{
    const auto line = parseSyslogLine(piece.text);
    if (!line)
        return reject(piece.offset, piece.length, "not a syslog message");
    const std::string_view facility = syslogFacility(line->priority);
    const SyslogDeed deed = readSyslogDeed(line->program, line->message);
    std::string time = line->time ? dateOf(*line->time) : std::string();
    std::string timeText(line->time ? line->time->text : std::string_view());

    std::string& json = newText();
    JsonObject out(json);
    out.addSome("facility", facility);
    out.addSome("severity", syslogSeverity(line->priority));
    out.addSome("host", line->host);
    out.addSome("program", line->program);
    out.addSome("process", line->process);
    out.addSome("message_id", line->messageId);
    out.add("message", line->message);
    writeData(out, *line);
    if (line->program == "sudo")
        writeSudo(out, deed);
    std::string_view service = syslogService(line->program, facility);
    std::string_view category;
    const std::size_t xml = line->message.find("<Event>");
    const auto fields = xml == 0 ? readEventXml(line->message) : std::vector<std::pair<std::string, std::string>>();
    if (!fields.empty())
        out.open("sysmon");
    for (const auto& [name, value] : fields) {
        if (name == "TimeCreated") {
            time = value;
            timeText = value;
        } else if (name == "EventID") {
            service = "sysmon";
            category = sysmonCategory(value);
        }
        out.add(name, value);
    }
    if (!fields.empty())
        out.close();
    out.open("cordon");
    out.add("format", "syslog");
    out.addSome("time", time);
    out.addSome("time_text", timeText);
    out.add("service", service);
    out.addSome("host", line->host);
    out.addSome("category", category);
    writeDeed(out, *line, deed);
    out.close();
    out.close();
    give(piece.offset, piece.length, piece.text, json);
}

/// Date and clock as RFC 3339 but for a zone that the log does not tell; "" when the year cannot be known.
std::string SyslogReader::dateOf(const SyslogTime& time)
{
    using namespace std::chrono;
    std::string clock(time.clock);
    std::replace(clock.begin(), clock.end(), ',', '.');
    const std::string rest = "T" + clock + std::string(time.zone);
    if (time.date.size() > 5)
        return time.date + rest;
    if (m_year.first != 0) {
        constexpr int halfYear = 6;
        const auto monthOf = [](const std::string& day) { return std::stoi(day.substr(0, 2)); };
        if (!m_lastDay.empty() && monthOf(m_lastDay) - monthOf(time.date) > halfYear)
            ++m_year.first;
        m_lastDay = time.date;
        return std::to_string(m_year.first) + '-' + time.date + rest;
    }
    if (m_year.notAfter == Timestamp())
        return {};
    const Timestamp latest = m_year.notAfter + tolerance;
    const int year = std::stoi(latest.toString().substr(0, 4));
    for (int back = 0; back <= leapCycle; ++back) {
        const std::string whole = std::to_string(year - back) + '-' + time.date + rest;
        const auto moment = Timestamp::parse(whole);
        if (moment && *moment <= latest)
            return whole;
    }
    return {};
}

} // namespace cordon::ingest
