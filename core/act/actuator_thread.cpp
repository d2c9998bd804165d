#include "core/act/actuator_thread.h"

namespace cordon::act {

ActuatorThread::ActuatorThread(Actuator& actuator)
    : m_actuator(actuator)
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{}

ActuatorThread::~ActuatorThread()
{
    m_thread.request_stop();
    m_tasks.close();
}

/// Wraps a call so that `done` gets its result, or Cancelled when the program is stopping.
template<class T, class Call>
void ActuatorThread::submit(Done<T> done, Call call)
{
    auto shared = std::make_shared<Done<T>>(std::move(done)); // the task and the refusal below both need it
    Task task([shared, call = std::move(call)](const std::stop_token& stop) mutable {
        if (stop.stop_requested())
            (*shared)(fail(ErrorCode::Cancelled, "the program is stopping"));
        else
            (*shared)(call(stop));
    });
    if (!m_tasks.push(std::move(task)))
        (*shared)(fail(ErrorCode::Cancelled, "the program is stopping"));
}

void ActuatorThread::run(Permit permit, Action action, Done<Outcome> done)
{
    submit<Outcome>(std::move(done), [this, permit = std::move(permit),
                                      action = std::move(action)](const std::stop_token& stop) mutable {
        return m_actuator.run(std::move(permit), action, stop);
    });
}

void ActuatorThread::undo(Permit permit, Action action, Value undoRecord, bool overwritesDrift, Done<Outcome> done)
{
    submit<Outcome>(std::move(done),
                    [this, permit = std::move(permit), action = std::move(action), record = std::move(undoRecord),
                     overwritesDrift](const std::stop_token& stop) mutable {
                        return m_actuator.undo(std::move(permit), action, record, overwritesDrift, stop);
                    });
}

void ActuatorThread::inspect(EntityRef target, Done<TargetFacts> done)
{
    submit<TargetFacts>(std::move(done), [this, target = std::move(target)](const std::stop_token& stop) {
        return m_actuator.inspect(target, stop);
    });
}

void ActuatorThread::inspectAll(Action action, Done<std::vector<TargetFacts>> done)
{
    submit<std::vector<TargetFacts>>(std::move(done), [this, action = std::move(action)](const std::stop_token& stop) {
        return m_actuator.inspectAll(action, stop);
    });
}

void ActuatorThread::preview(Action action, Done<Preview> done)
{
    submit<Preview>(std::move(done), [this, action = std::move(action)](const std::stop_token& stop) {
        return m_actuator.preview(action, stop);
    });
}

void ActuatorThread::work(const std::stop_token& stop)
{
    // No stop token here: what waits is still popped, so that each `done` is called.
    while (auto task = m_tasks.pop())
        (*task)(stop);
}

} // namespace cordon::act
