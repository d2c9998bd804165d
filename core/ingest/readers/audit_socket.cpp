#include "core/ingest/readers/audit_socket.h"

#include "core/ingest/readers/audit_record.h"

#include <array>
#include <cstdio>

namespace cordon::ingest {
namespace {

constexpr unsigned localFamily = 1;
constexpr unsigned inetFamily = 2;
constexpr unsigned inet6Family = 10;
constexpr unsigned netlinkFamily = 16;

unsigned byteAt(const std::string& bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

std::string inetText(const std::string& bytes, std::size_t at)
{
    std::string text = std::to_string(byteAt(bytes, at));
    for (std::size_t i = 1; i < 4; ++i)
        text += '.' + std::to_string(byteAt(bytes, at + i));
    return text;
}

/// The short form of RFC 5952: lower case, no leading zeros, the first longest run of zeros as `::`.
std::string inet6Text(const std::string& bytes, std::size_t at)
{
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = byteAt(bytes, at + 2 * i) << 8U | byteAt(bytes, at + 2 * i + 1);
    std::size_t runAt = groups.size();
    std::size_t runLength = 1;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t length = 0;
        while (i + length < groups.size() && groups[i + length] == 0)
            ++length;
        if (length > runLength) {
            runAt = i;
            runLength = length;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == runAt) {
            text += "::";
            i += runLength - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text += ':';
        std::array<char, 8> digits{};
        std::snprintf(digits.data(), digits.size(), "%x", groups[i]);
        text += digits.data();
    }
    return text;
}

} // namespace

std::optional<AuditSocket> parseAuditSocket(std::string_view hex)
{
    const auto decoded = decodeAuditHex(hex);
    if (!decoded || decoded->size() < 2)
        return std::nullopt;
    const std::string& bytes = *decoded;
    const unsigned family = byteAt(bytes, 0) | byteAt(bytes, 1) << 8U;
    AuditSocket socket;
    switch (family) {
    case localFamily:
        socket.family = "local";
        // an abstract name starts with a zero byte and is shown with @ in its place
        socket.path = bytes.size() > 2 && bytes[2] == '\0' ? "@" + bytes.substr(3) : bytes.substr(2);
        if (const std::size_t end = socket.path.find('\0'); end != std::string::npos)
            socket.path.resize(end);
        if (socket.path == "@")
            socket.path.clear();
        return socket;
    case inetFamily:
        if (bytes.size() < 8)
            return std::nullopt;
        socket.family = "inet";
        socket.port = static_cast<int>(byteAt(bytes, 2) << 8U | byteAt(bytes, 3));
        socket.address = inetText(bytes, 4);
        return socket;
    case inet6Family:
        if (bytes.size() < 24)
            return std::nullopt;
        socket.family = "inet6";
        socket.port = static_cast<int>(byteAt(bytes, 2) << 8U | byteAt(bytes, 3));
        socket.address = inet6Text(bytes, 8);
        return socket;
    case netlinkFamily:
        socket.family = "netlink";
        return socket;
    default:
        socket.family = std::to_string(family);
        return socket;
    }
}

} // namespace cordon::ingest
