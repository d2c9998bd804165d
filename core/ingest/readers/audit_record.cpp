#include "core/ingest/readers/audit_record.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cordon::ingest {
namespace {

constexpr char enrichedMark = '\x1d';
constexpr std::size_t mostFields = 4096; ///< of one record; the rest can be seen in the evidence
constexpr std::size_t deepestNesting = 4;

/// Fields whose texts the kernel or a program writes in hexadecimal when they hold blanks, quotes or control bytes.
constexpr std::array<std::string_view, 19> encodedFields{
    "proctitle", "name", "cwd", "exe",  "comm", "ocomm", "cmd",  "acct",   "key",    "data",
    "path",      "dir",  "file", "unit", "grp",  "watch", "device", "old-disk", "new-disk"};

/// Kernel numbers seen where a transport wrote them instead of names. Source: linux/audit.h
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> typeNumbers{{
    {"1100", "USER_AUTH"},  {"1101", "USER_ACCT"},     {"1103", "CRED_ACQ"},    {"1104", "CRED_DISP"},
    {"1105", "USER_START"}, {"1106", "USER_END"},      {"1110", "CRED_REFR"},   {"1112", "USER_LOGIN"},
    {"1123", "USER_CMD"},   {"1130", "SERVICE_START"}, {"1131", "SERVICE_STOP"}, {"1300", "SYSCALL"},
    {"1302", "PATH"},       {"1303", "IPC"},           {"1305", "CONFIG_CHANGE"}, {"1306", "SOCKADDR"},
    {"1307", "CWD"},        {"1309", "EXECVE"},        {"1320", "EOE"},         {"1326", "SECCOMP"},
    {"1327", "PROCTITLE"},  {"1400", "AVC"},           {"1325", "NETFILTER_CFG"}, {"1006", "LOGIN"},
}};

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isTypeChar(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '[' || c == ']';
}

bool isKeyChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '[' || c == ']';
}

/// `a0` to `a9999`, also in pieces: `a1[0]`.
bool isArgument(std::string_view key)
{
    if (key.size() < 2 || key.front() != 'a')
        return false;
    const std::string_view number = key.substr(1, key.find('[') - 1);
    return number.size() <= 4 && isDigits(number);
}

bool isEncoded(std::string_view type, std::string_view key)
{
    if (type == "EXECVE" && isArgument(key))
        return true;
    return std::find(encodedFields.begin(), encodedFields.end(), key) != encodedFields.end();
}

class FieldParser
{
public:
    FieldParser(std::string_view type, std::vector<AuditField>& into)
        : m_type(type)
        , m_into(into)
    {}

    void parse(std::string_view text, std::size_t depth = 0)
    {
        std::string_view before; // a word that stood before: "old auid=1 new auid=2", "avc: denied"
        while (!text.empty() && m_into.size() < mostFields) {
            if (!isKeyChar(text.front())) {
                if (text.front() == '{')
                    takePermissions(text);
                else
                    text.remove_prefix(1);
                continue;
            }
            std::size_t end = 0;
            while (end < text.size() && isKeyChar(text[end]))
                ++end;
            const std::string_view word = text.substr(0, end);
            text.remove_prefix(end);
            if (text.empty() || text.front() != '=') {
                if (word == "denied" || word == "granted")
                    m_into.emplace_back("seresult", word);
                before = word;
                continue;
            }
            text.remove_prefix(1);
            takeValue(before == "old" ? "old-" + std::string(word) : std::string(word), text, depth);
            before = {};
        }
    }

private:
    void takePermissions(std::string_view& text)
    {
        const std::size_t close = std::min(text.find('}'), text.size());
        std::string_view inside = text.substr(1, close - 1);
        text.remove_prefix(std::min(close + 1, text.size()));
        while (!inside.empty()) {
            const std::size_t end = std::min(inside.find(' '), inside.size());
            if (end > 0)
                m_into.emplace_back("seperms", inside.substr(0, end));
            inside.remove_prefix(std::min(end + 1, inside.size()));
        }
    }

    void takeValue(std::string key, std::string_view& text, std::size_t depth)
    {
        const char first = text.empty() ? ' ' : text.front();
        if (first == '"' || first == '\'' || first == '{') {
            const char closer = first == '{' ? '}' : first;
            const std::size_t close = std::min(text.find(closer, 1), text.size());
            const std::string_view inside = text.substr(1, close - 1);
            text.remove_prefix(std::min(close + 1, text.size()));
            if (first == '"' || depth >= deepestNesting)
                m_into.emplace_back(std::move(key), inside);
            else
                parse(inside, depth + 1);
            return;
        }
        std::size_t end = 0;
        while (end < text.size() && text[end] != ' ' && text[end] != enrichedMark && text[end] != '\n')
            ++end;
        std::string_view value = text.substr(0, end);
        text.remove_prefix(end);
        while (!value.empty() && (value.back() == ',' || (value.back() == ')' && value.find('(') == value.npos)))
            value.remove_suffix(1);
        if (!isEncoded(m_type, key)) {
            m_into.emplace_back(std::move(key), value);
            return;
        }
        auto decoded = decodeAuditHex(value);
        m_into.emplace_back(std::move(key), decoded ? std::move(*decoded) : std::string(value));
    }

    const std::string_view m_type;
    std::vector<AuditField>& m_into;
};

} // namespace

Timestamp AuditHead::moment() const
{
    std::int64_t seconds = 0;
    const std::size_t dot = std::min(time.find('.'), time.size());
    std::from_chars(time.data(), time.data() + dot, seconds);
    std::int64_t micros = 0;
    std::int64_t unit = 100'000;
    for (std::size_t at = dot + 1; at < time.size() && unit > 0; ++at, unit /= 10)
        micros += (time[at] - '0') * unit;
    return Timestamp::fromMicros(seconds * 1'000'000 + micros);
}

std::optional<AuditHead> parseAuditHead(std::string_view line)
{
    constexpr std::string_view typeWord = "type=";
    constexpr std::string_view idWord = "audit(";
    constexpr std::size_t mostSecondDigits = 11; // far beyond any clock, and no overflow
    for (std::size_t at = line.find(typeWord); at != line.npos; at = line.find(typeWord, at + 1)) {
        AuditHead head;
        std::string_view rest = line.substr(at + typeWord.size());
        std::size_t end = 0;
        while (end < rest.size() && isTypeChar(rest[end]))
            ++end;
        head.type = rest.substr(0, end);
        rest.remove_prefix(end);
        if (head.type.empty() || rest.empty() || rest.front() != ' ')
            continue;
        rest.remove_prefix(1);
        if (rest.substr(0, 4) == "msg=")
            rest.remove_prefix(4);
        if (rest.substr(0, idWord.size()) != idWord)
            continue;
        rest.remove_prefix(idWord.size());
        const std::size_t colon = rest.find(':');
        const std::size_t close = rest.find(')');
        if (close == rest.npos || colon > close)
            continue;
        head.time = rest.substr(0, colon);
        head.serial = rest.substr(colon + 1, close - colon - 1);
        const std::size_t dot = std::min(head.time.find('.'), head.time.size());
        if (dot > mostSecondDigits || !isDigits(head.time.substr(0, dot)) || !isDigits(head.serial) ||
            (dot < head.time.size() && !isDigits(head.time.substr(dot + 1))))
            continue;
        head.body = rest.substr(close + 1);
        if (!head.body.empty() && head.body.front() == ':')
            head.body.remove_prefix(1);
        const std::size_t node = line.substr(0, at).rfind("node=");
        if (node != line.npos)
            head.node = line.substr(node + 5, line.find(' ', node) - node - 5);
        const auto known = std::find_if(typeNumbers.begin(), typeNumbers.end(),
                                        [&head](const auto& pair) { return pair.first == head.type; });
        if (known != typeNumbers.end())
            head.type = known->second;
        return head;
    }
    return std::nullopt;
}

std::vector<AuditField> parseAuditFields(std::string_view type, std::string_view body)
{
    std::vector<AuditField> fields;
    FieldParser(type, fields).parse(body);
    return fields;
}

std::optional<std::string> decodeAuditHex(std::string_view text)
{
    if (text.empty() || text.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const int high = hexValue(text[at]);
        const int low = hexValue(text[at + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

} // namespace cordon::ingest
