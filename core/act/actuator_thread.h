#pragma once

#include "core/act/actuator.h"
#include "core/base/bounded_queue.h"

#include <functional>
#include <future>
#include <memory>
#include <thread>

namespace cordon::act {

/// One thread for one connector: calls run one at a time in the order they were asked for, so that a hung provider
/// holds up nobody else. Every call's `done` is called exactly once, on this thread; it hands its value on (to the
/// engine's queue) and returns. The functions are safe from any thread.
/// Destruction stops: the call that runs sees its stop token, those that wait end with ErrorCode::Cancelled.
class ActuatorThread
{
public:
    template<class T>
    using Done = std::function<void(Result<T>)>;

    /// @param actuator  borrowed, outlives this; used by no other thread from now on
    explicit ActuatorThread(Actuator& actuator);
    ~ActuatorThread();
    ActuatorThread(const ActuatorThread&) = delete;
    ActuatorThread& operator=(const ActuatorThread&) = delete;

    void run(Permit permit, Action action, Done<Outcome> done);
    void undo(Permit permit, Action action, Value undoRecord, bool overwritesDrift, Done<Outcome> done);
    void inspect(EntityRef target, Done<TargetFacts> done);
    /// All targets of the action.
    void inspectAll(Action action, Done<std::vector<TargetFacts>> done);
    void preview(Action action, Done<Preview> done);

private:
    using Task = std::packaged_task<void(const std::stop_token&)>;
    template<class T, class Call>
    void submit(Done<T> done, Call call);
    void work(const std::stop_token& stop);

    static constexpr std::size_t places = 1024; ///< far above what the mandate's limits let wait at once

    Actuator& m_actuator;
    BoundedQueue<Task> m_tasks{places};
    std::jthread m_thread; ///< last member: joined before what it uses goes away
};

} // namespace cordon::act
