#include "core/ingest/readers/audit_event.h"

#include "core/ingest/readers/audit_record.h"
#include "core/ingest/readers/audit_socket.h"
#include "core/ingest/readers/audit_syscalls.h"
#include "core/ingest/readers/json_object.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

namespace cordon::ingest {
namespace {

constexpr const char* derived = "cordon";
constexpr std::size_t mostValues = 64;     ///< different ones of one field
constexpr std::size_t mostArguments = 512; ///< given by name; the command line has them all


bool isAbsent(std::string_view text)
{
    return text.empty() || text == "?" || text == "(null)" || text == "(none)" || text == "unset";
}

bool isUnsetId(std::string_view text)
{
    return isAbsent(text) || text == "4294967295" || text == "-1";
}

/// Records about an account that logs in: it is the one that acts.
bool isAboutLogin(std::string_view type)
{
    constexpr std::array<std::string_view, 11> types{"USER_LOGIN", "USER_AUTH", "USER_ACCT", "USER_START",
                                                     "USER_END",   "USER_ERR",  "CRED_ACQ",  "CRED_DISP",
                                                     "CRED_REFR",  "USER_LOGOUT", "ANOM_LOGIN_FAILURES"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

/// `a3` and `a3[1]` are argument 3; nothing else is one.
bool isArgument(std::string_view key, std::size_t& number)
{
    if (key.size() < 2 || key.front() != 'a')
        return false;
    const char* end = key.data() + key.size();
    const auto [stop, error] = std::from_chars(key.data() + 1, end, number);
    return error == std::errc() && number < 10'000 && (stop == end || *stop == '[');
}

class AuditEvent
{
public:
    explicit AuditEvent(std::string_view lines)
    {
        m_isExec = lines.find("type=EXECVE ") != lines.npos || lines.find("type=1309 ") != lines.npos;
        while (!lines.empty()) {
            const std::size_t end = std::min(lines.find('\n'), lines.size());
            if (const auto head = parseAuditHead(lines.substr(0, end)))
                addRecord(*head);
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
    }

    void write(std::string& json)
    {
        finish();
        JsonObject out(json);
        for (const auto& [name, values] : m_fields)
            out.add(name, values);
        out.open(derived);
        out.add("format", "auditd");
        // what comes later of an event, or in another piece of a followed file, is no duplicate of what came before
        out.add("id", m_id + ' ' + m_firstType + '+' + std::to_string(m_records - 1));
        out.add("time", m_time.toString());
        out.add("time_text", m_timeText);
        out.addSome("host", first("node"));
        out.addSome("action", action());
        out.add("outcome", outcome());
        out.addSome("category", category());
        writePeople(out);
        out.addSome("command_line", m_commandLine);
        out.add("created", m_created);
        out.add("deleted", m_deleted);
        if (!m_socket.address.empty()) {
            out.add("socket_address", m_socket.address);
            out.add("socket_port", static_cast<std::int64_t>(m_socket.port));
            out.add("initiated", first("SYSCALL") == "connect" ? "true" : "false");
        }
        out.addSome("socket_path", m_socket.path);
        if (const std::string_view address = first("addr"); !isAbsent(address))
            out.add("address", address);
        out.close();
        out.close();
    }

private:
    void addRecord(const AuditHead& head)
    {
        ++m_records;
        if (m_firstType.empty()) {
            m_firstType = head.type;
            m_time = head.moment();
            m_timeText = head.time;
            m_id = (head.node.empty() ? std::string() : std::string(head.node) + '/') + std::string(head.time) + ':' +
                   std::string(head.serial);
            if (!head.node.empty())
                add("node", std::string(head.node));
        }
        add("type", std::string(head.type));
        std::string name;
        std::string nameType;
        std::string arch;
        for (AuditField& field : parseAuditFields(head.type, head.body)) {
            std::size_t number = 0;
            if ((head.type == "EXECVE" || (head.type == "SYSCALL" && m_isExec)) && isArgument(field.first, number)) {
                // of a program start the texts count, not the registers
                if (head.type == "EXECVE")
                    m_arguments[number] += field.second;
                continue;
            }
            if (head.type == "PATH" && field.first == "name")
                name = field.second;
            else if (head.type == "PATH" && (field.first == "nametype" || field.first == "objtype"))
                nameType = field.second;
            else if (field.first == "saddr")
                addSocket(field.second);
            else if (field.first == "arch")
                arch = field.second;
            else if (field.first == "syscall" && !arch.empty())
                addSyscallName(arch, field.second);
            addSplit(field);
        }
        if (nameType == "CREATE" && !isAbsent(name))
            m_created.push_back(std::move(name));
        else if (nameType == "DELETE" && !isAbsent(name))
            m_deleted.push_back(std::move(name));
    }

    /// A rule's several keys stand in one field, a title's arguments end with zero bytes.
    void addSplit(AuditField& field)
    {
        if (field.first == "proctitle")
            std::replace(field.second.begin(), field.second.end(), '\0', ' ');
        if (field.first != "key" || field.second.find('\1') == std::string::npos)
            return add(field.first, std::move(field.second));
        std::string_view keys = field.second;
        while (!keys.empty()) {
            const std::size_t end = std::min(keys.find('\1'), keys.size());
            add("key", std::string(keys.substr(0, end)));
            keys.remove_prefix(std::min(end + 1, keys.size()));
        }
    }

    void addSocket(std::string_view hex)
    {
        const auto socket = parseAuditSocket(hex);
        if (!socket)
            return;
        m_socket = *socket;
        add("saddr_fam", socket->family);
    }

    void addSyscallName(std::string_view arch, std::string_view number)
    {
        if (const std::string_view name = auditArchName(arch); !name.empty())
            add("ARCH", std::string(name));
        if (const std::string_view name = auditSyscallName(arch, number); !name.empty())
            add("SYSCALL", std::string(name));
    }

    void add(const std::string& name, std::string value)
    {
        if (name == derived)
            return; // no log may pretend it
        const auto [place, isNew] = m_places.try_emplace(name, m_fields.size());
        if (isNew)
            m_fields.emplace_back(name, std::vector<std::string>());
        std::vector<std::string>& values = m_fields[place->second].second;
        if (values.size() < mostValues && std::find(values.begin(), values.end(), value) == values.end())
            values.push_back(std::move(value));
    }

    void finish()
    {
        for (const auto& [number, text] : m_arguments) {
            m_commandLine += (m_commandLine.empty() ? "" : " ") + text;
            if (number < mostArguments)
                add('a' + std::to_string(number), text);
        }
        if (m_commandLine.empty() && m_isExec)
            m_commandLine = first("proctitle");
        const std::string_view folder = first("cwd");
        for (auto* paths : {&m_created, &m_deleted}) {
            for (std::string& path : *paths) {
                if (path.front() != '/' && !isAbsent(folder))
                    path = std::string(folder) + (folder.back() == '/' ? "" : "/") + path;
            }
        }
    }

    [[nodiscard]] std::string_view first(const std::string& name) const
    {
        const auto place = m_places.find(name);
        return place == m_places.end() ? std::string_view() : m_fields[place->second].second.front();
    }

    [[nodiscard]] std::string_view action() const
    {
        const std::string_view call = first("SYSCALL");
        return m_firstType == "SYSCALL" && !call.empty() ? call : std::string_view(m_firstType);
    }

    [[nodiscard]] std::string_view outcome() const
    {
        if (first("seresult") == "denied" || first("apparmor") == "DENIED")
            return "failure";
        for (const char* name : {"success", "res", "result"}) {
            const std::string_view text = first(name);
            if (text == "yes" || text == "success" || text == "1")
                return "success";
            if (text == "no" || text == "failed" || text == "0")
                return "failure";
        }
        return "unknown";
    }

    /// Sigma's category of what the event shows.
    [[nodiscard]] std::string_view category() const
    {
        const std::string_view call = first("SYSCALL");
        if (m_isExec || call == "execve" || call == "execveat")
            return outcome() == "failure" ? "" : "process_creation";
        if (!m_created.empty())
            return "file_event";
        if (!m_deleted.empty())
            return "file_delete";
        return call == "connect" && !m_socket.address.empty() ? "network_connection" : "";
    }

    /// Who acted, and about whom a record of account keeping is.
    void writePeople(JsonObject& out) const
    {
        const std::string_view account = isAbsent(first("acct")) ? first("ID") : first("acct");
        const bool isNamed = !isAbsent(account) && account.front() != '(';
        std::string actor;
        if (isAboutLogin(m_firstType))
            actor = isNamed ? std::string(account) : std::string();
        else
            actor = loginName();
        if (actor.empty() && !isAboutLogin(m_firstType))
            actor = userName();
        if (!actor.empty()) {
            out.add("actor", withHost(actor));
            out.add("actor_name", actor);
        }
        if (isNamed && actor != account) {
            out.add("subject", withHost(std::string(account)));
            out.add("subject_name", account);
        }
    }

    /// The account of the login session, which stays when rights change.
    [[nodiscard]] std::string loginName() const
    {
        if (const std::string_view name = first("AUID"); !isAbsent(name))
            return std::string(name);
        return isUnsetId(first("auid")) ? std::string() : numbered(first("auid"));
    }

    [[nodiscard]] std::string userName() const
    {
        if (const std::string_view name = first("UID"); !isAbsent(name))
            return std::string(name);
        return isUnsetId(first("uid")) ? std::string() : numbered(first("uid"));
    }

    static std::string numbered(std::string_view id)
    {
        return id == "0" ? "root" : "uid " + std::string(id);
    }

    [[nodiscard]] std::string withHost(const std::string& name) const
    {
        const std::string_view host = first("node");
        return host.empty() ? name : std::string(host) + '/' + name;
    }

    std::string m_firstType;
    std::string m_id;
    std::size_t m_records = 0;
    Timestamp m_time;
    std::string m_timeText;
    bool m_isExec = false;
    std::vector<std::pair<std::string, std::vector<std::string>>> m_fields; ///< in the order of the log
    std::unordered_map<std::string, std::size_t> m_places;                  ///< of a name in `m_fields`
    std::map<std::size_t, std::string> m_arguments;
    std::string m_commandLine;
    std::vector<std::string> m_created;
    std::vector<std::string> m_deleted;
    AuditSocket m_socket;
};

} // namespace

void writeAuditEvent(std::string_view lines, std::string& json)
{
    AuditEvent(lines).write(json);
}

} // namespace cordon::ingest
