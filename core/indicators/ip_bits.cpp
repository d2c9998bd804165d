#include "core/indicators/ip_bits.h"

#include <vector>

namespace cordon::indicators {
namespace {

bool readV4(std::string_view text, std::uint8_t* to)
{
    for (int part = 0; part < 4; ++part) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 4)
            value = value * 10 + (text[digits++] - '0');
        if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text.front() == '0'))
            return false;
        to[part] = static_cast<std::uint8_t>(value);
        text.remove_prefix(digits);
        if (part < 3) {
            if (text.empty() || text.front() != '.')
                return false;
            text.remove_prefix(1);
        }
    }
    return text.empty();
}

std::optional<int> hexDigit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    const char lower = static_cast<char>(letter | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

/// Groups of a side of `::`, as bytes. False when it is none.
bool readGroups(std::string_view text, std::vector<std::uint8_t>& bytes)
{
    while (!text.empty()) {
        if (text.find(':') == std::string_view::npos && text.find('.') != std::string_view::npos) {
            std::array<std::uint8_t, 4> tail{};
            if (!readV4(text, tail.data()))
                return false;
            bytes.insert(bytes.end(), tail.begin(), tail.end());
            return bytes.size() <= 16;
        }
        int value = 0;
        std::size_t digits = 0;
        for (; digits < text.size() && digits < 5; ++digits) {
            const auto digit = hexDigit(text[digits]);
            if (!digit)
                break;
            value = value * 16 + *digit;
        }
        if (digits == 0 || digits > 4)
            return false;
        bytes.push_back(static_cast<std::uint8_t>(value >> 8));
        bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
        text.remove_prefix(digits);
        if (text.empty())
            break;
        if (text.front() != ':' || text.size() == 1)
            return false;
        text.remove_prefix(1);
        if (bytes.size() >= 16)
            return false;
    }
    return bytes.size() <= 16;
}

} // namespace

IpBits IpBits::prefix(int length) const
{
    IpBits cut = *this;
    for (int bit = 0; bit < 16; ++bit) {
        const int left = length - bit * 8;
        if (left <= 0)
            cut.bytes[static_cast<std::size_t>(bit)] = 0;
        else if (left < 8)
            cut.bytes[static_cast<std::size_t>(bit)] &= static_cast<std::uint8_t>(0xFF00 >> left);
    }
    return cut;
}

std::optional<IpBits> readIp(std::string_view text)
{
    IpBits ip;
    if (text.empty() || text.size() > 45)
        return std::nullopt;
    if (text.find(':') == std::string_view::npos) {
        ip.isV4 = true;
        ip.bytes[10] = ip.bytes[11] = 0xFF;
        return readV4(text, &ip.bytes[12]) ? std::optional(ip) : std::nullopt;
    }
    const std::size_t gap = text.find("::");
    std::vector<std::uint8_t> front;
    std::vector<std::uint8_t> back;
    if (gap == std::string_view::npos) {
        if (!readGroups(text, front) || front.size() != 16)
            return std::nullopt;
    } else if (!readGroups(text.substr(0, gap), front) || !readGroups(text.substr(gap + 2), back) ||
               front.size() + back.size() > 14) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < front.size(); ++i)
        ip.bytes[i] = front[i];
    for (std::size_t i = 0; i < back.size(); ++i)
        ip.bytes[16 - back.size() + i] = back[i];
    return ip;
}

} // namespace cordon::indicators
