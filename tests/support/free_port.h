#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cordon::test {

inline sockaddr_in loopback(int port)
{
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    made.sin_port = htons(static_cast<std::uint16_t>(port));
    return made;
}

/// A port of 127.0.0.1 that nobody listened at a moment ago.
inline int freePort()
{
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in there = loopback(0);
    socklen_t size = sizeof there;
    ::bind(listening, reinterpret_cast<sockaddr*>(&there), size);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&there), &size);
    ::close(listening);
    return ntohs(there.sin_port);
}

/// Whether somebody listens at that port of 127.0.0.1.
inline bool isListening(int port)
{
    const int trial = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in there = loopback(port);
    const bool isThere = ::connect(trial, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
    ::close(trial);
    return isThere;
}

} // namespace cordon::test
