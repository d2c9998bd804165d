#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cordon::ingest {

/// A socket address as a kernel holds it.
struct AuditSocket
{
    std::string family;  ///< inet, inet6, local, netlink, or the number
    std::string address; ///< of inet and inet6
    int port = -1;       ///< of inet and inet6
    std::string path;    ///< of local
};

/// Reads the hexadecimal `saddr` of a SOCKADDR record (little-endian family, as all of Linux's current machines but
/// s390 write it). Nothing when it is no socket address. Source: struct sockaddr_in, sockaddr_in6, sockaddr_un
[[nodiscard]] std::optional<AuditSocket> parseAuditSocket(std::string_view hex);

} // namespace cordon::ingest
