#include "app/generate/evtx_log.h"

#include <array>
#include <random>

namespace cordon::generate {
namespace {

constexpr std::array<std::string_view, 6> programs{"svchost.exe",  "powershell.exe", "cmd.exe",
                                                   "msedge.exe",   "backgroundTaskHost.exe", "conhost.exe"};
constexpr std::array<std::string_view, 6> people{"ana", "ben", "cleo", "dmitri", "edda", "farid"};

/// The events of one kind: the template of its `EventData`, and how its values are made.
class EventLog
{
public:
    explicit EventLog(std::uint64_t seed)
        : m_dice(seed)
    {
        const EvtxElement provider{"Provider", {{"Name", {"", 8, 0x01}}, {"Guid", {"", 9, 0x0f}}}, {}, {}};
        const EvtxElement created{"TimeCreated", {{"SystemTime", {"", 4, 0x11}}}, {}, {}};
        const EvtxElement execution{
            "Execution", {{"ProcessID", {"", 5, 0x08}}, {"ThreadID", {"", 6, 0x08}}}, {}, {}};
        const auto plain = [](const char* name, int slot, std::uint8_t type) {
            return EvtxElement{name, {}, {{"", slot, type}}, {}};
        };
        EvtxElement system{"System", {}, {}, {}};
        system.children = {provider,           plain("EventID", 0, 0x06),       plain("Version", 1, 0x04),
                           plain("Level", 2, 0x04), plain("Keywords", 3, 0x15), created,
                           plain("EventRecordID", 7, 0x0a), execution,          plain("Channel", 10, 0x01),
                           plain("Computer", 11, 0x01)};
        // what a provider adds hangs below the event as a fragment, as Windows writes it
        EvtxElement event{"Event", {{"xmlns", {"http://schemas.microsoft.com/win/2004/08/events/event", -1, 0}}}, {{"", 12, 0x21}}, {system}};
        m_event = m_writer.addTemplate(event);
        m_process = addData({"RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "FileVersion", "Description",
                             "Product", "Company", "OriginalFileName", "CommandLine", "CurrentDirectory", "User",
                             "LogonId", "IntegrityLevel", "Hashes", "ParentProcessGuid", "ParentProcessId",
                             "ParentImage", "ParentCommandLine", "ParentUser"});
        m_connection = addData({"UtcTime", "ProcessGuid", "Image", "User", "Protocol", "Initiated", "SourceIp",
                                "SourcePort", "DestinationIp", "DestinationPort"});
        m_logon = addData({"SubjectUserSid", "SubjectUserName", "SubjectDomainName", "TargetUserName",
                           "TargetDomainName", "TargetLogonId", "LogonType", "LogonProcessName", "WorkstationName",
                           "IpAddress", "IpPort"});
    }

    EvtxWriter& writer() { return m_writer; }

    void append(std::uint64_t number)
    {
        m_time += 10'000 * (1 + below(90'000));
        switch (below(4)) {
        case 0:
            return write(number, 3, true, m_connection, connection());
        case 1:
            return write(number, 4624, false, m_logon, logon());
        default:
            return write(number, 1, true, m_process, process());
        }
    }

private:
    using Values = std::vector<EvtxValue>;

    int addData(const std::vector<std::string>& names)
    {
        EvtxElement data{"EventData", {}, {}, {}};
        for (std::size_t i = 0; i < names.size(); ++i)
            data.children.push_back({"Data", {{"Name", {names[i], -1, 0}}}, {{"", static_cast<int>(i), 0x01}}, {}});
        return m_writer.addTemplate(data);
    }

    std::uint64_t below(std::uint64_t limit) { return m_dice() % limit; }
    std::string number(std::uint64_t limit) { return std::to_string(below(limit)); }
    std::string program() { return "C:\\Windows\\System32\\" + std::string(programs.at(below(programs.size()))); }
    std::string person() { return "CORP\\" + std::string(people.at(below(people.size()))); }
    EvtxValue guid()
    {
        EvtxValue value{0x0f, {}, -1, {}};
        for (int i = 0; i < 16; ++i)
            value.bytes += static_cast<char>(below(256));
        return value;
    }
    static EvtxValue text(const std::string& text) { return EvtxValue::text(text); }
    EvtxValue word() { return EvtxValue::number(0x08, static_cast<std::uint32_t>(below(20'000))); }

    Values process()
    {
        const std::string image = program();
        return {text("-"), text("2026-03-01 10:00:00.123"), guid(), word(), text(image), text("10.0.19041.1 (WinBuild.160101.0800)"),
                text("Host Process for Windows Services"), text("Microsoft Windows Operating System"), text("Microsoft Corporation"),
                text(image.substr(20)), text("\"" + image + "\" -k netsvcs -p -s task" + number(100'000)), text("C:\\Windows\\system32\\"),
                text(person()), EvtxValue::number(0x15, below(1U << 20U)), text("Medium"),
                text("SHA1=8D5FC6D3C9499F8712FA6398554C10D389" + number(100'000) + ",MD5=27EAC9BA127C20BEEBF0BE4179ECC380"),
                guid(), word(), text(program()), text(program() + " -n " + number(1000)), text(person())};
    }

    Values connection()
    {
        return {text("2026-03-01 10:00:00.123"), guid(), text(program()), text(person()), text("tcp"),
                EvtxValue::number(0x0d, static_cast<std::uint32_t>(below(2))), text("10.1.4." + number(256)), word(),
                text("10.2." + number(256) + "." + number(256)), EvtxValue::number(0x06, std::uint16_t{443})};
    }

    Values logon()
    {
        return {text("S-1-5-18"), text("WS" + number(500) + "$"), text("CORP"), text(std::string(people.at(below(people.size())))),
                text("CORP"), EvtxValue::number(0x15, below(1U << 20U)), EvtxValue::number(0x08, std::uint32_t{3}),
                text("Kerberos"), text("WS" + number(500)), text("10.1.4." + number(256)), text(number(60'000))};
    }

    void write(std::uint64_t record, std::uint16_t id, bool isSysmon, int data, Values values)
    {
        const Values all{EvtxValue::number(0x06, id),
                         EvtxValue::number(0x04, std::uint8_t{5}),
                         EvtxValue::number(0x04, std::uint8_t{4}),
                         EvtxValue::number(0x15, 0x8000000000000000U),
                         EvtxValue::number(0x11, m_time),
                         EvtxValue::number(0x08, std::uint32_t{3308}),
                         EvtxValue::number(0x08, std::uint32_t{4008}),
                         EvtxValue::number(0x0a, record + 1),
                         text(isSysmon ? "Microsoft-Windows-Sysmon" : "Microsoft-Windows-Security-Auditing"),
                         EvtxValue{0x0f, std::string(16, isSysmon ? 'S' : 'A'), -1, {}},
                         text(isSysmon ? "Microsoft-Windows-Sysmon/Operational" : "Security"),
                         text("WS1.corp.example"),
                         EvtxValue::fragment(data, std::move(values))};
        m_writer.append(m_event, all, m_time);
    }

    std::mt19937_64 m_dice;
    EvtxWriter m_writer;
    std::uint64_t m_time = 134'171'136'000'000'000; ///< 2026-03-03
    int m_event = 0;
    int m_process = 0;
    int m_connection = 0;
    int m_logon = 0;
};

} // namespace

bool writeEvtxLog(std::uint64_t events, std::uint64_t seed,
                  const std::function<bool(const std::string&, bool isHeader)>& write)
{
    EventLog log(seed);
    if (!write(std::string(4096, '\0'), false)) // its header is known at last
        return false;
    for (std::uint64_t number = 0; number < events; ++number) {
        log.append(number);
        if (number % 1000 == 999 && !write(log.writer().takeChunks(), false))
            return false;
    }
    return write(log.writer().finish(), false) && write(log.writer().header(), true);
}

} // namespace cordon::generate
