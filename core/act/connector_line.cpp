#include "core/act/connector_line.h"

namespace cordon::act {

ConnectorLine::ConnectorLine(Connector& connector, Patience& patience)
    : m_connector(connector)
    , m_patience(patience)
    , m_name(connector.name())
    , m_tenant(connector.tenant())
    , m_environment(connector.environment())
    , m_isExercise(connector.isExercise())
    , m_capabilities(connector.capabilities())
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{}

ConnectorLine::~ConnectorLine()
{
    m_thread.request_stop();
    m_tasks.close();
}

void ConnectorLine::work(const std::stop_token& stop)
{
    // No stop token here: what waits is still popped, and told that it was not begun.
    while (auto task = m_tasks.pop())
        (*task)(stop);
}

bool ConnectorLine::begin(const std::shared_ptr<PendingCall>& call)
{
    const std::lock_guard lock(m_mutex);
    if (!call->begin())
        return false;
    m_running = call;
    return true;
}

void ConnectorLine::end(PendingCall& call)
{
    {
        const std::lock_guard lock(m_mutex);
        m_running.reset();
    }
    call.finish();
}

void ConnectorLine::note(const Error* problem)
{
    if (problem && problem->code == ErrorCode::Unsupported)
        return; // what the connector does not know how to ask says nothing of its system
    const Timestamp now = MachineClock().now();
    const std::lock_guard lock(m_mutex);
    if (!problem) {
        m_newest.answered = now;
        return;
    }
    m_newest.failed = now;
    m_newest.problem = problem->detail;
}

ConnectorLine::Look ConnectorLine::look() const
{
    const std::lock_guard lock(m_mutex);
    Look look = m_newest;
    look.waiting = m_waiting.load();
    look.isAsked = m_running != nullptr;
    look.isStuck = m_running && m_running->isLeft();
    return look;
}

bool ConnectorLine::isStuck() const
{
    const std::lock_guard lock(m_mutex);
    return m_running && m_running->isLeft();
}

} // namespace cordon::act
