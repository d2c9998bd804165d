#include "core/cacao/variable_values.h"

#include "core/cacao/text_forms.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <charconv>
#include <string>

namespace cordon::cacao {
namespace {

bool areHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

template<class T>
bool isNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool isAddress(int family, std::string_view text)
{
    const auto slash = text.find('/');
    unsigned char bytes[16];
    if (inet_pton(family, std::string(text.substr(0, slash)).c_str(), bytes) != 1)
        return false;
    return slash == std::string_view::npos || isNumber<unsigned char>(text.substr(slash + 1));
}

} // namespace

bool isOfType(std::string_view type, std::string_view text)
{
    if (type == "bool")
        return text == "true" || text == "false";
    if (type == "integer" || type == "long")
        return isNumber<long>(text);
    if (type == "float")
        return isNumber<double>(text);
    if (type == "hexstring")
        return areHex(text);
    if (type == "ipv4-addr")
        return isAddress(AF_INET, text);
    if (type == "ipv6-addr")
        return isAddress(AF_INET6, text);
    if (type == "mac-addr")
        return isMacAddress(text);
    if (type == "md5-hash" || type == "sha256-hash")
        return text.size() == (type == "md5-hash" ? 32 : 64) && areHex(text);
    if (type == "uuid")
        return text.size() == 36 && isIdentifierOf("any", "any--" + std::string(text));
    return true;
}

} // namespace cordon::cacao
