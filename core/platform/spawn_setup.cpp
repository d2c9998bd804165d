#include "core/platform/spawn_setup.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace cordon::platform {

void Descriptor::set(int number)
{
    close();
    m_number = number;
}

void Descriptor::close()
{
    if (m_number >= 0)
        ::close(m_number);
    m_number = -1;
}

SpawnSetup::SpawnSetup()
{
    posix_spawn_file_actions_init(&m_actions);
    posix_spawnattr_init(&m_attributes);
}

SpawnSetup::~SpawnSetup()
{
    posix_spawn_file_actions_destroy(&m_actions);
    posix_spawnattr_destroy(&m_attributes);
}

void SpawnSetup::give(int own, int number)
{
    posix_spawn_file_actions_adddup2(&m_actions, own, number);
}

void SpawnSetup::keepOnly(const std::vector<int>& kept, bool inheritsTerminal)
{
    if (!inheritsTerminal)
        posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int first = STDERR_FILENO + 1;
    for (const int number : kept)
        first = std::max(first, number + 1);
    for (int number = STDERR_FILENO + 1; number < first; ++number) {
        if (std::find(kept.begin(), kept.end(), number) == kept.end())
            posix_spawn_file_actions_addclose(&m_actions, number);
        else
            posix_spawn_file_actions_adddup2(&m_actions, number, number); // clears close-on-exec
    }
    posix_spawn_file_actions_addclosefrom_np(&m_actions, first);

    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&m_attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&m_attributes, &signals);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    // A program that talks to the terminal must stay in the foreground group.
    if (!inheritsTerminal)
        flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setflags(&m_attributes, static_cast<short>(flags));
    posix_spawnattr_setpgroup(&m_attributes, 0);
}

Result<pid_t> SpawnSetup::start(const Path& program, const std::vector<std::string>& arguments, char* const* environment)
{
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t child = -1;
    const int number = ::posix_spawn(&child, program.c_str(), &m_actions, &m_attributes, pointers.data(), environment);
    if (number == 0)
        return child;
    const ErrorCode code = number == ENOENT   ? ErrorCode::NotFound
                           : number == EACCES ? ErrorCode::Denied
                                              : ErrorCode::Io;
    return fail(code, program.string() + ": " + std::generic_category().message(number));
}

} // namespace cordon::platform
