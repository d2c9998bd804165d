#include "core/platform/message_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace cordon::platform {
namespace {

using std::chrono::steady_clock;

constexpr int pollMillis = 20; ///< how soon a stop is seen

tl::unexpected<Error> lastFailure()
{
    if (errno == EPIPE || errno == ECONNRESET)
        return fail(ErrorCode::Incomplete, "the other end went away");
    return fail(ErrorCode::Io, std::generic_category().message(errno));
}

/// Waits until something can be read or written.
Result<void> await(int socket, short what, steady_clock::time_point until, const std::stop_token& stop)
{
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "asked to stop");
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now()).count();
        if (left <= 0)
            return fail(ErrorCode::TimedOut, "no answer in time");
        pollfd end{socket, what, 0};
        const int count = ::poll(&end, 1, static_cast<int>(std::min<long long>(left, pollMillis)));
        if (count > 0)
            return {};
        if (count < 0 && errno != EINTR)
            return lastFailure();
    }
}

Result<void> sendAll(int socket, const char* bytes, std::size_t size, steady_clock::time_point until,
                     const std::stop_token& stop)
{
    while (size > 0) {
        CORDON_CHECK(await(socket, POLLOUT, until, stop));
        const ssize_t count = ::send(socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return lastFailure();
        if (count > 0) {
            bytes += count;
            size -= static_cast<std::size_t>(count);
        }
    }
    return {};
}

Result<void> receiveAll(int socket, unsigned char* bytes, std::size_t size, steady_clock::time_point until,
                        const std::stop_token& stop)
{
    while (size > 0) {
        CORDON_CHECK(await(socket, POLLIN, until, stop));
        const ssize_t count = ::recv(socket, bytes, size, MSG_DONTWAIT);
        if (count == 0)
            return fail(ErrorCode::Incomplete, "the other end went away");
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return lastFailure();
        if (count > 0) {
            bytes += count;
            size -= static_cast<std::size_t>(count);
        }
    }
    return {};
}

} // namespace

Result<std::pair<MessageSocket, MessageSocket>> MessageSocket::pair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return lastFailure();
    return std::pair(MessageSocket(ends[0]), MessageSocket(ends[1]));
}

Result<void> MessageSocket::send(std::string_view message, Milliseconds timeLimit, const std::stop_token& stop)
{
    if (message.size() > mostBytes)
        return fail(ErrorCode::Invalid, "a message is too long");
    const auto until = steady_clock::now() + timeLimit;
    const auto size = static_cast<std::uint32_t>(message.size());
    const std::array<char, 4> head{static_cast<char>(size >> 24U), static_cast<char>(size >> 16U),
                                   static_cast<char>(size >> 8U), static_cast<char>(size)};
    CORDON_CHECK(sendAll(descriptor(), head.data(), head.size(), until, stop));
    return sendAll(descriptor(), message.data(), message.size(), until, stop);
}

Result<std::size_t> MessageSocket::receiveInto(const std::function<unsigned char*(std::size_t)>& place,
                                               Milliseconds timeLimit, const std::stop_token& stop)
{
    const auto until = steady_clock::now() + timeLimit;
    std::array<unsigned char, 4> head{};
    CORDON_CHECK(receiveAll(descriptor(), head.data(), head.size(), until, stop));
    const std::size_t size = std::size_t(head[0]) << 24U | std::size_t(head[1]) << 16U | std::size_t(head[2]) << 8U |
                             std::size_t(head[3]);
    if (size > mostBytes)
        return fail(ErrorCode::Invalid, "a message is too long");
    CORDON_CHECK(receiveAll(descriptor(), place(size), size, until, stop));
    return size;
}

Result<std::string> MessageSocket::receive(Milliseconds timeLimit, const std::stop_token& stop)
{
    std::string message;
    CORDON_CHECK(receiveInto(
        [&message](std::size_t size) {
            message.resize(size);
            return reinterpret_cast<unsigned char*>(message.data());
        },
        timeLimit, stop));
    return message;
}

} // namespace cordon::platform
