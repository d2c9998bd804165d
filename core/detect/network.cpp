#include "core/detect/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace cordon::detect {
namespace {

constexpr std::size_t longestAddress = INET6_ADDRSTRLEN;

/// Bytes of the address in IPv6 form. @return 4 or 6, or 0 when it is no address
int readAddress(std::string_view text, std::array<unsigned char, 16>& bytes)
{
    std::array<char, longestAddress + 1> zeroEnded{};
    if (text.empty() || text.size() > longestAddress)
        return 0;
    std::copy(text.begin(), text.end(), zeroEnded.begin());
    if (inet_pton(AF_INET6, zeroEnded.data(), bytes.data()) == 1)
        return 6;
    bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return inet_pton(AF_INET, zeroEnded.data(), bytes.data() + 12) == 1 ? 4 : 0;
}

} // namespace

Result<Network> Network::parse(std::string_view text)
{
    Network network;
    const std::size_t slash = text.find('/');
    const int family = readAddress(text.substr(0, slash), network.m_bytes);
    const unsigned longest = family == 4 ? 32 : 128;
    unsigned prefix = longest;
    bool isFine = family != 0;
    if (slash != std::string_view::npos) {
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + slash + 1, end, prefix);
        isFine = isFine && read.ec == std::errc() && read.ptr == end && prefix <= longest;
    }
    if (!isFine)
        return fail(ErrorCode::Invalid, "not a network: '" + std::string(text.substr(0, 60)) + "'");
    network.m_prefix = family == 4 ? prefix + 96 : prefix;
    return network;
}

bool Network::contains(std::string_view address) const
{
    std::array<unsigned char, 16> bytes{};
    if (readAddress(address, bytes) == 0)
        return false;
    const std::size_t whole = m_prefix / 8;
    if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole), m_bytes.begin()))
        return false;
    const unsigned rest = m_prefix % 8;
    const auto mask = static_cast<unsigned char>(0xFFU << (8 - rest));
    return rest == 0 || (bytes[whole] & mask) == (m_bytes[whole] & mask);
}

std::string surroundingNetwork(std::string_view address)
{
    std::array<unsigned char, 16> bytes{};
    const int family = readAddress(address, bytes);
    if (family == 0)
        return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool isV4 = family == 4;
    bytes[15] = 0;
    if (!isV4)
        std::fill(bytes.begin() + 6, bytes.end(), 0);
    inet_ntop(isV4 ? AF_INET : AF_INET6, bytes.data() + (isV4 ? 12 : 0), text.data(), text.size());
    return std::string(text.data()) + (isV4 ? "/24" : "/48");
}

} // namespace cordon::detect
