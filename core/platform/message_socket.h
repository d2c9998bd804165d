#pragma once

#include "core/platform/spawn_setup.h"

#include <chrono>
#include <functional>
#include <stop_token>

namespace cordon::platform {

/// One end of a stream socket that carries messages: four bytes of length, most significant first, then that many bytes.
/// After an error the stream is out of step and good for nothing more. Belongs to one thread.
/// Errors: ErrorCode::Incomplete the other end went away, TimedOut it did not move in time, Cancelled `stop` was asked for,
/// Invalid a message longer than `mostBytes`, Io anything else.
class MessageSocket
{
public:
    static constexpr std::size_t mostBytes = 16U << 20U;
    using Milliseconds = std::chrono::milliseconds;

    /// Two ends that are each other's: one for this process, one to give to a child. Both close on exec.
    [[nodiscard]] static Result<std::pair<MessageSocket, MessageSocket>> pair();
    /// Takes an open stream socket, such as one that a parent gave.
    explicit MessageSocket(int descriptor) : m_descriptor(std::make_unique<Descriptor>(descriptor)) {}

    [[nodiscard]] Result<void> send(std::string_view message, Milliseconds timeLimit, const std::stop_token& stop = {});
    [[nodiscard]] Result<std::string> receive(Milliseconds timeLimit, const std::stop_token& stop = {});
    /// The next message into memory that `place` gives for its size, so that a secret is never anywhere else.
    [[nodiscard]] Result<std::size_t> receiveInto(const std::function<unsigned char*(std::size_t)>& place,
                                                  Milliseconds timeLimit, const std::stop_token& stop = {});
    [[nodiscard]] int descriptor() const { return m_descriptor->number(); }
    void close() { m_descriptor->close(); }

private:
    std::unique_ptr<Descriptor> m_descriptor; ///< never null but in a moved-from socket
};

} // namespace cordon::platform
