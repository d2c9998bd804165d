#include "core/platform/process_runner.h"

#include "core/platform/spawn_setup.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::platform {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr std::size_t mostOutput = 4U << 20U;
constexpr int pollMillis = 20;

tl::unexpected<Error> failure(int number, const Path& program)
{
    const ErrorCode code = number == ENOENT   ? ErrorCode::NotFound
                           : number == EACCES ? ErrorCode::Denied
                                              : ErrorCode::Io;
    return fail(code, program.string() + ": " + std::generic_category().message(number));
}

/// One child and its pipes.
class RunningProcess
{
public:
    explicit RunningProcess(const ProcessRequest& request)
        : m_request(request)
    {}
    RunningProcess(const RunningProcess&) = delete;
    RunningProcess& operator=(const RunningProcess&) = delete;
    ~RunningProcess()
    {
        if (m_pid > 0 && !m_hasEnded)
            killAndWait();
    }

    Result<void> start()
    {
        // A socket for its input: writing to it can leave out SIGPIPE, a pipe cannot.
        int input[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0)
            return failure(errno, m_request.program);
        m_input.set(input[0]);
        const Descriptor childInput(input[1]);
        int output[2];
        if (::pipe2(output, O_CLOEXEC) != 0)
            return failure(errno, m_request.program);
        m_output.set(output[0]);
        const Descriptor childOutput(output[1]);
        ::fcntl(m_output.number(), F_SETFL, O_NONBLOCK);

        SpawnSetup setup;
        setup.give(childInput.number(), STDIN_FILENO);
        setup.give(childOutput.number(), STDOUT_FILENO);
        setup.keepOnly(m_request.inheritedDescriptors, m_request.inheritsTerminal);
        CORDON_TRY(m_pid, setup.start(m_request.program, m_request.arguments, environ));
        return {};
    }

    Result<ProcessReply> wait(const std::stop_token& stop)
    {
        const auto start = steady_clock::now();
        ProcessReply reply;
        for (;;) {
            exchange(reply);
            if (hasEnded()) {
                takeOutput(reply);
                reply.exitStatus = WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1;
                return reply;
            }
            if (stop.stop_requested()) {
                killAndWait();
                return fail(ErrorCode::Cancelled, m_request.program.string() + ": stopped");
            }
            if (m_request.timeLimit > 0ms && steady_clock::now() - start >= m_request.timeLimit) {
                killAndWait();
                takeOutput(reply);
                return reply;
            }
        }
    }

private:
    void exchange(ProcessReply& reply)
    {
        if (m_input.isOpen() && m_written == m_request.input.size())
            m_input.close();
        pollfd ends[2] = {{m_output.number(), POLLIN, 0}, {m_input.number(), POLLOUT, 0}}; // -1 is passed over
        if (::poll(ends, 2, pollMillis) <= 0)
            return;
        if (ends[0].revents != 0)
            takeOutput(reply);
        if (ends[1].revents != 0)
            giveInput();
    }

    void giveInput()
    {
        const std::string_view rest = std::string_view(m_request.input).substr(m_written);
        const ssize_t count = ::send(m_input.number(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0)
            m_written += static_cast<std::size_t>(count);
        else if (errno != EINTR && errno != EAGAIN)
            m_input.close(); // the child does not want more
    }

    void takeOutput(ProcessReply& reply)
    {
        char block[16384];
        while (m_output.isOpen()) {
            const ssize_t count = ::read(m_output.number(), block, sizeof block);
            if (count > 0) {
                const std::size_t room = mostOutput - reply.output.size();
                reply.output.append(block, std::min(room, static_cast<std::size_t>(count)));
            } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
                m_output.close();
            } else if (errno == EAGAIN) {
                return;
            }
        }
    }

    bool hasEnded()
    {
        if (m_hasEnded)
            return true;
        const pid_t answer = ::waitpid(m_pid, &m_status, WNOHANG);
        if (answer < 0 && errno == ECHILD)
            m_status = SIGKILL; // somebody else took its status: it counts as not having succeeded
        m_hasEnded = answer == m_pid || (answer < 0 && errno == ECHILD);
        return m_hasEnded;
    }

    void killAndWait()
    {
        ::kill(m_request.inheritsTerminal ? m_pid : -m_pid, SIGKILL);
        ::kill(m_pid, SIGKILL);
        while (::waitpid(m_pid, &m_status, 0) < 0 && errno == EINTR) {
        }
        m_hasEnded = true;
    }

    const ProcessRequest& m_request;
    Descriptor m_input;
    Descriptor m_output;
    std::size_t m_written = 0;
    pid_t m_pid = -1;
    int m_status = 0;
    bool m_hasEnded = false;
};

} // namespace

Result<ProcessReply> runProcess(const ProcessRequest& request, const std::stop_token& stop)
{
    if (!request.program.is_absolute())
        return fail(ErrorCode::Invalid, request.program.string() + ": not an absolute path");
    RunningProcess process(request);
    CORDON_CHECK(process.start());
    return process.wait(stop);
}

} // namespace cordon::platform
