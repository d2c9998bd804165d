#pragma once

#include "core/platform/message_socket.h"

#include <memory>

namespace cordon::platform {

/// A program that runs beside this one and is spoken to over a socket, which it finds as its standard input. It starts with
/// an empty environment, no terminal and no other open file, and dies with this object. Belongs to one thread.
class ChildProcess
{
public:
    /// @param program  absolute; never looked up in PATH, never a shell
    /// ErrorCode::Invalid for a path that is not absolute, NotFound, Denied or Io when it cannot be started.
    [[nodiscard]] static Result<ChildProcess> start(const Path& program, const std::vector<std::string>& arguments = {});
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    [[nodiscard]] MessageSocket& socket() { return m_socket; }
    [[nodiscard]] bool isRunning();
    [[nodiscard]] pid_t id() const { return m_id; }
    /// Whether a child of this program still runs; takes nothing away from who waits for it. Safe from any thread.
    [[nodiscard]] static bool runs(pid_t child);

private:
    ChildProcess(MessageSocket socket, pid_t id)
        : m_socket(std::move(socket))
        , m_id(id)
    {}
    MessageSocket m_socket;
    pid_t m_id; ///< -1 when it ended or was moved away
};

} // namespace cordon::platform
