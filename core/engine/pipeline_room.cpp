// A full disk pauses the agent and loses nothing: what was acknowledged is in the ledger, what could not be written did
// not happen, and reading goes on. Once there is room again the case is taken up as after a crash, without one.
#include "core/base/log.h"
#include "core/engine/pipeline.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::int64_t lookEvery = 1'000'000'000; // ns
constexpr std::size_t enough = 1U << 20U;

/// Whether so much can be written and made durable. File systems keep back some of what they call free, and quotas are not
/// asked for, so a trial tells.
bool hasRoom(const std::filesystem::path& folder)
{
    const std::filesystem::path trial = folder / "room.trial";
    std::error_code ignored;
    std::filesystem::remove(trial, ignored);
    auto file = platform::File::createExclusively(trial);
    const bool isWritten = file && file->write(std::string(enough, '\0')) && file->sync();
    std::filesystem::remove(trial, ignored);
    return isWritten;
}

} // namespace

void Pipeline::pauseForRoom(const Error& error)
{
    m_roomLookedAt = m_machine.monotonicNanos();
    if (std::exchange(m_isDiskFull, true))
        return;
    logError("no room to write the case: " + error.detail);
    m_fullSince = m_journal->lastTime(); // nothing was written down after it
    m_desk.permits->revokeAgents(); // nothing begins that could not be written down
    tell(Text{"engine.disk_full", {{"why", error.detail}}}, true);
}

Result<void> Pipeline::tick(const std::stop_token& stop)
{
    CORDON_TRY(const bool canWrite, awaitRoom(stop));
    if (!canWrite)
        return {};
    auto ticked = tickOnce(stop);
    if (ticked || ticked.error().code != ErrorCode::DiskFull)
        return ticked;
    pauseForRoom(ticked.error());
    return {};
}

/// @return false while nothing can be written
Result<bool> Pipeline::awaitRoom(const std::stop_token& stop)
{
    if (!m_isDiskFull)
        return true;
    const std::int64_t now = m_machine.monotonicNanos();
    if (now - m_roomLookedAt < lookEvery || !m_work.isIdle())
        return false;
    m_roomLookedAt = now;
    if (!hasRoom(m_folder->path()) || !hasRoom(m_options.home)) // heads and marks go to the home
        return false;
    LedgerDraft draft;
    draft.type = "case.room_again";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"why", "the disk was full; the agent was paused until there was room"}};
    if (auto written = m_journal->write(std::move(draft)); !written)
        return written.error().code == ErrorCode::DiskFull ? Result<bool>(false) : fail(written.error());
    m_isDiskFull = false;
    auto goneOn = goOnWithRoom(stop);
    if (!goneOn && goneOn.error().code == ErrorCode::DiskFull) {
        pauseForRoom(goneOn.error());
        return false;
    }
    if (!goneOn)
        return fail(goneOn.error());
    notify(Text{"engine.disk_has_room", {}});
    return true;
}

/// What memory holds beyond the ledger (an approval used up, a place reserved for an action that never began) is dropped.
Result<void> Pipeline::goOnWithRoom(const std::stop_token& stop)
{
    CORDON_CHECK(m_folder->bringIndexUp());
    if (m_desk.canAct()) {
        m_desk.forgetPast();
        m_desk.approvals = std::make_unique<govern::ApprovalDesk>(m_desk.agentId, m_desk.agentKey->publicKey());
        CORDON_TRY(const LedgerPast past, recallLedger());
        CORDON_CHECK(writeDesk(m_desk.approvals->voidUnproven(m_desk.people, m_clock.now()), "approval.void"));
        CORDON_CHECK(noteHaltsSince(m_fullSince));
        if (m_killSwitch->ownState() == govern::StopState::Halted && !m_killSwitch->record()) // its file found no room
            (void)m_killSwitch->halt("unknown", "halted while the disk was full", m_machine.now());
        CORDON_CHECK(noteStops(stop));
        CORDON_CHECK(settleOpen(past));
    }
    CORDON_CHECK(m_incidents->lineUp());
    std::vector<IncidentId> all;
    for (const auto& [id, file] : m_files) {
        all.push_back(id);
        m_unsaved.insert(id);
    }
    saveChanged();
    const Timestamp reached = m_clock.isFrozen() ? m_clock.now() : m_notice.logReaches;
    while (const auto due = nextAlert()) {
        if (stop.stop_requested() || (m_clock.isFrozen() && *due > reached))
            break;
        CORDON_CHECK(advance(std::max(*due, reached), stop));
    }
    for (const IncidentId id : all) {
        if (m_files.contains(id))
            CORDON_CHECK(onIncident(
                id, [this](IncidentFile& file, const std::stop_token& ends) { return workAlone(file, ends); }, stop));
    }
    return {};
}

} // namespace cordon::engine
