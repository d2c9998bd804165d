#pragma once

#include "core/base/time.h"
#include "core/govern/gate_request.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace cordon::govern {

/// How many different people lift a halt, by the mandate's `killswitch.resume`.
struct ResumeRule
{
    int observe = 1; ///< T0 goes on
    int act = 2;     ///< everything does
};

/// Who halted the agent, when and why.
struct HaltRecord
{
    std::string id; ///< 32 hex digits
    std::string who;
    std::string why;
    Timestamp at;                       ///< wall clock
    bool isDrill = false;               ///< halted to practise it; it halts all the same
    std::vector<std::string> resumedBy; ///< different people so far
    ResumeRule needs;                   ///< the strictest of those under which somebody resumed
};

/// Stops all acting at once: one atomic for this process and one file for the installation, so that it survives a
/// restart and reaches other processes. What cannot be read counts as halted. Safe from any thread, and beside other
/// processes: a halt that comes while somebody lifts another one stands.
/// Source: docs/formats/mandate.md, "killswitch"
class KillSwitch
{
public:
    /// Writes a small file durably, as `writeSmallFile`, which it is but in tests.
    using Write = std::function<Result<void>(const std::filesystem::path&, std::string_view)>;

    /// @param file  $CORDON_HOME/halt; its folder must exist, else the switch is unreadable
    explicit KillSwitch(std::filesystem::path file, Write write = {});
    /// A switch of one case, `file`, which the installation's stops too. It halts and resumes the case alone.
    KillSwitch(std::filesystem::path file, std::filesystem::path installation);

    /// Looks at the atomic and at the file now, and at the installation's: the stricter counts. Takes microseconds.
    [[nodiscard]] StopState state() const;
    /// The same without the installation's, where this is a case's.
    [[nodiscard]] StopState ownState() const;
    /// The installation's switch: this one unless it is a case's.
    [[nodiscard]] KillSwitch& installation() { return m_installation ? *m_installation : *this; }
    [[nodiscard]] const KillSwitch& installation() const { return m_installation ? *m_installation : *this; }
    /// Works at once in this process, whatever becomes of the file; the error says that it may not survive a restart.
    Result<void> halt(const std::string& who, const std::string& why, Timestamp at, bool isDrill = false);
    /// As many distinct persons (together or one after the other) as the rule asks for: only T0 goes on, or everything
    /// does. ErrorCode::NotFound when nothing is halted, Denied without a person, Conflict when a halt came meanwhile:
    /// that one stands, and nobody has decided over it.
    [[nodiscard]] Result<StopState> resume(const std::vector<std::string>& persons, Timestamp at,
                                           const ResumeRule& rule = {});
    /// The record of the case names a halt that nobody took back: a file that went away since lifts nothing. The trace
    /// of a resume of that halt, or of a later one, does; a case's own is lifted by whoever holds the case alone.
    /// @param noted  when it was written down
    void recall(const std::string& halt, Timestamp noted);
    /// What the file says, if it can be read; the stricter one's where there are two.
    [[nodiscard]] std::optional<HaltRecord> record() const;
    /// When the newest halt began that people lifted, here or in the installation. Nothing: none, or it cannot be read.
    [[nodiscard]] std::optional<Timestamp> lastLifted() const;
    /// When halting was last practised on this installation. Nothing: never, or the note of it cannot be read.
    [[nodiscard]] std::optional<Timestamp> lastDrill() const;

private:
    [[nodiscard]] std::filesystem::path liftedFile() const;
    [[nodiscard]] std::filesystem::path drillFile() const;
    [[nodiscard]] std::filesystem::path lockFile() const;

    std::filesystem::path m_file;
    Write m_write;
    std::unique_ptr<KillSwitch> m_installation; ///< of a case's switch
    mutable std::atomic<bool> m_isHalted{false};
    std::atomic<bool> m_isOnlyHere{false}; ///< halted, but the file does not say so (yet)
    mutable std::mutex m_mutex;
    mutable std::string m_haltId; ///< of the halt that this process knows; guarded
    std::uint64_t m_halts = 0;    ///< how often this process halted; guarded
};

/// Whether halting has been practised lately. A warning for people, never a reason to refuse anything (MANAGE 2.4).
enum class DrillState { Fine, DueSoon, Overdue };
constexpr Duration drillEvery = std::chrono::hours(24) * 90;
constexpr Duration drillWarning = std::chrono::hours(24) * 14;
/// @param last  nothing: it was never practised
[[nodiscard]] DrillState drillState(std::optional<Timestamp> last, Timestamp now);

} // namespace cordon::govern
