#pragma once

#include "core/platform/file.h"

#include <spawn.h>
#include <sys/types.h>
#include <vector>

namespace cordon::platform {

/// A descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number = -1)
        : m_number(number)
    {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    void set(int number);
    void close();
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

/// What a child starts with: the descriptors it is given, all others closed, default signals. The one place in core that
/// starts processes.
class SpawnSetup
{
public:
    SpawnSetup();
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;
    ~SpawnSetup();

    /// The child finds the open descriptor `own` at `number`.
    void give(int own, int number);
    /// Everything above standard error is closed but `kept`. Standard error goes nowhere, unless the child has the terminal;
    /// without it the child gets a process group of its own.
    void keepOnly(const std::vector<int>& kept, bool inheritsTerminal);
    /// @param environment  as `environ`: pointers to NAME=value, the last one null
    /// @return the child's process id. ErrorCode::NotFound, Denied or Io, naming the program
    [[nodiscard]] Result<pid_t> start(const Path& program, const std::vector<std::string>& arguments,
                                      char* const* environment);

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

} // namespace cordon::platform
