#include "core/platform/child_process.h"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace cordon::platform {

Result<ChildProcess> ChildProcess::start(const Path& program, const std::vector<std::string>& arguments)
{
    if (!program.is_absolute())
        return fail(ErrorCode::Invalid, program.string() + ": not an absolute path");
    CORDON_TRY(auto ends, MessageSocket::pair());
    SpawnSetup setup;
    setup.give(ends.second.descriptor(), STDIN_FILENO);
    setup.give(ends.second.descriptor(), STDOUT_FILENO);
    setup.keepOnly({}, false);
    char* const nothing[] = {nullptr};
    CORDON_TRY(const pid_t id, setup.start(program, arguments, nothing));
    return ChildProcess(std::move(ends.first), id);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_socket(std::move(other.m_socket))
    , m_id(std::exchange(other.m_id, -1))
{}

ChildProcess::~ChildProcess()
{
    if (m_id < 0)
        return;
    ::kill(m_id, SIGKILL);
    while (::waitpid(m_id, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool ChildProcess::runs(pid_t child)
{
    if (child <= 0)
        return false;
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
}

bool ChildProcess::isRunning()
{
    if (m_id < 0)
        return false;
    const pid_t answer = ::waitpid(m_id, nullptr, WNOHANG);
    if (answer == m_id || (answer < 0 && errno == ECHILD))
        m_id = -1;
    return m_id >= 0;
}

} // namespace cordon::platform
