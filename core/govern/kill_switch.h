#pragma once

#include "core/base/time.h"
#include "core/govern/gate_request.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace cordon::govern {

/// Who halted the agent, when and why.
struct HaltRecord
{
    std::string id; ///< 32 hex digits
    std::string who;
    std::string why;
    Timestamp at;                       ///< wall clock
    std::vector<std::string> resumedBy; ///< one person: T0 goes on; two lift the halt
};

/// Stops all acting at once: one atomic for this process and one file for the installation, so that it survives a
/// restart and reaches other processes. What cannot be read counts as halted. Safe from any thread.
/// Source: docs/formats/mandate.md, "killswitch"
class KillSwitch
{
public:
    /// @param file  $CORDON_HOME/halt; its folder must exist, else the switch is unreadable
    explicit KillSwitch(std::filesystem::path file);

    /// Looks at the atomic and at the file now. Takes microseconds.
    [[nodiscard]] StopState state() const;
    /// Works at once in this process, whatever becomes of the file; the error says that it may not survive a restart.
    Result<void> halt(const std::string& who, const std::string& why, Timestamp at);
    /// One distinct person: only T0 goes on. Two distinct persons (together or one after the other): everything does.
    /// ErrorCode::NotFound when nothing is halted, Denied without a person.
    [[nodiscard]] Result<StopState> resume(const std::vector<std::string>& persons, Timestamp at);
    /// What the file says, if it can be read.
    [[nodiscard]] std::optional<HaltRecord> record() const;

private:
    [[nodiscard]] std::filesystem::path liftedFile() const;

    std::filesystem::path m_file;
    mutable std::atomic<bool> m_isHalted{false};
    std::atomic<bool> m_isOnlyHere{false}; ///< halted, but the file does not say so (yet)
    mutable std::mutex m_mutex;
    mutable std::string m_haltId; ///< of the halt that this process knows; guarded
};

} // namespace cordon::govern
