#include "core/engine/work_table.h"

namespace cordon::engine {

WorkTable::~WorkTable()
{
    stopSharing();
}

void WorkTable::share()
{
    if (m_isShared)
        return;
    m_turn.take();
    m_isShared = true;
}

void WorkTable::stopSharing()
{
    if (!m_isShared)
        return;
    m_isEnding = true;
    for (Worker& worker : m_workers)
        worker.thread.request_stop();
    m_turn.give();
    for (Worker& worker : m_workers)
        worker.thread.join();
    m_workers.clear();
    m_isShared = false;
    m_isEnding = false;
}

void WorkTable::add(IncidentId incident, Job job, const std::stop_token& stop)
{
    if (!m_isShared) {
        job(stop);
        return;
    }
    if (m_isEnding)
        return;
    auto& jobs = m_jobs[incident];
    jobs.push_back(std::move(job));
    if (jobs.size() > 1)
        return;
    Worker& worker = m_workers.emplace_back();
    worker.thread = std::jthread([this, incident, &worker](const std::stop_token& ending) {
        m_turn.take();
        work(incident, worker, ending);
        m_turn.give();
    });
}

void WorkTable::work(IncidentId incident, Worker& worker, const std::stop_token& stop)
{
    auto& jobs = m_jobs[incident];
    while (!jobs.empty()) {
        if (!stop.stop_requested())
            jobs.front()(stop);
        jobs.pop_front();
    }
    m_jobs.erase(incident);
    worker.hasEnded = true;
}

void WorkTable::tidy()
{
    // In order: a worker in the middle keeps its place, because references to it must stay good.
    while (!m_workers.empty() && m_workers.front().hasEnded) {
        m_workers.front().thread.join();
        m_workers.pop_front();
    }
}

} // namespace cordon::engine
