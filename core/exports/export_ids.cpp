#include "core/exports/export_ids.h"

#include "core/crypto/sha256.h"

namespace cordon::exports {

std::string exportId(std::string_view type, std::string_view name)
{
    std::string hex = crypto::sha256(std::string(type) + "\n" + std::string(name)).hex();
    hex[12] = '4';
    hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
    return std::string(type) + "--" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
           hex.substr(16, 4) + "-" + hex.substr(20, 12);
}

std::string millisOf(const std::string& time)
{
    const std::size_t dot = time.find('.');
    if (dot == std::string::npos || time.size() < dot + 5 || !time.ends_with('Z'))
        return time;
    return time.substr(0, dot + 4) + "Z";
}

} // namespace cordon::exports
