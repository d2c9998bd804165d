#pragma once

#include "core/base/id.h"
#include "core/engine/turn.h"

#include <deque>
#include <functional>
#include <map>
#include <stop_token>
#include <thread>

namespace cordon::engine {

/// Works on several incidents side by side. Each incident's jobs run one after the other on a thread of its own, and all
/// of them take turns with the engine's loop: only what a job waits for lets another go on. Until `share` is called
/// there are no threads: a job runs at once and to its end, so that the same input gives the same case.
/// Whoever calls has the turn.
class WorkTable
{
public:
    using Job = std::function<void(const std::stop_token&)>;

    WorkTable() = default;
    /// Ends the jobs that wait and waits for those that run; gives the turn away for it.
    ~WorkTable();
    WorkTable(const WorkTable&) = delete;
    WorkTable& operator=(const WorkTable&) = delete;

    /// From now on jobs run beside the caller, who has the turn.
    void share();
    /// Every job is over (those that wait are dropped), and what comes later runs at once again.
    void stopSharing();
    [[nodiscard]] bool isShared() const { return m_isShared; }

    /// @param stop  for a job that runs at once; the others get one that ends with the table
    void add(IncidentId incident, Job job, const std::stop_token& stop);
    /// True while a job of that incident runs or waits: its file is that job's.
    [[nodiscard]] bool isBusy(IncidentId incident) const { return m_jobs.contains(incident); }
    [[nodiscard]] bool isIdle() const { return m_jobs.empty(); }
    /// Forgets threads that have ended. Now and then, by the engine's loop.
    void tidy();

    /// Lets others have the turn as long as it lives. Does nothing while nothing is shared.
    class Rest
    {
    public:
        explicit Rest(WorkTable& table) : m_turn(table.m_isShared ? &table.m_turn : nullptr)
        {
            if (m_turn)
                m_turn->give();
        }
        ~Rest()
        {
            if (m_turn)
                m_turn->take();
        }
        Rest(const Rest&) = delete;
        Rest& operator=(const Rest&) = delete;

    private:
        Turn* m_turn;
    };

private:
    struct Worker
    {
        std::jthread thread;
        bool hasEnded = false;
    };
    void work(IncidentId incident, Worker& worker, const std::stop_token& stop);

    Turn m_turn;
    bool m_isShared = false;
    bool m_isEnding = false; ///< what is added now is dropped
    std::map<IncidentId, std::deque<Job>> m_jobs; ///< of busy incidents; the first is running
    std::deque<Worker> m_workers;                 ///< last: joined before what they use goes away
};

} // namespace cordon::engine
