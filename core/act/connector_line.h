#pragma once

#include "core/act/connector.h"
#include "core/act/pending_call.h"
#include "core/base/bounded_queue.h"
#include "core/base/clock.h"

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace cordon::act {

/// One connector with a queue and a thread of its own: its calls run one at a time in the order they were asked for, so
/// that a hung provider holds up nobody else. Safe from any thread.
class ConnectorLine
{
public:
    /// Asked on the line's thread right before a call begins. An error means that it does not begin.
    using MayBegin = std::function<Result<void>()>;

    /// @param connector, patience  borrowed; they outlive the line. Only the line's thread calls the connector
    ConnectorLine(Connector& connector, Patience& patience);
    /// The call that runs sees its stop token; those that wait never begin.
    ~ConnectorLine();
    ConnectorLine(const ConnectorLine&) = delete;
    ConnectorLine& operator=(const ConnectorLine&) = delete;

    // Said by the connector when the line was made.
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::string& tenant() const { return m_tenant; }
    [[nodiscard]] const std::string& environment() const { return m_environment; }
    [[nodiscard]] bool isExercise() const { return m_isExercise; }
    [[nodiscard]] const std::vector<Capability>& capabilities() const { return m_capabilities; }
    [[nodiscard]] bool holds(const EntityRef& entity) const { return m_connector.holds(entity); }

    /// How it goes with its system, for people who look at it. Times are the machine's.
    struct Look
    {
        int waiting = 0;       ///< calls that stand in its queue
        bool isAsked = false;  ///< a call is under way
        bool isStuck = false;  ///< one that nobody waits for any more still runs
        std::optional<Timestamp> answered; ///< newest call that ended well
        std::optional<Timestamp> failed;   ///< newest one that did not
        std::string problem;               ///< of that one
    };
    [[nodiscard]] Look look() const;

    /// Puts a call into the queue and waits for it. ErrorCode::Cancelled when it was not begun (another call that nobody
    /// waits for any more still runs, `mayBegin` said no, the program stops), TimedOut when it was left running.
    template<class T, class Call>
    [[nodiscard]] Result<T> ask(const MayBegin& mayBegin, const std::stop_token& stop, Call call)
    {
        auto pending = std::make_shared<PendingCall>();
        auto answer = std::make_shared<Result<T>>(fail(ErrorCode::Cancelled, m_name + ": not begun"));
        Task task([this, pending, answer, mayBegin, call = std::move(call)](const std::stop_token& ending) mutable {
            --m_waiting;
            if (!begin(pending))
                return;
            const std::stop_callback onEnd(ending, [&pending] { pending->requestStop(); });
            const Result<void> allowed = ending.stop_requested() ? fail(ErrorCode::Cancelled, "the program is stopping")
                                         : mayBegin              ? leave(mayBegin, pending->stopToken())
                                                                 : Result<void>();
            *answer = allowed ? begun(call(m_connector, pending->stopToken())) : Result<T>(fail(allowed.error()));
            if (allowed)
                note(*answer ? nullptr : &answer->error());
            end(*pending);
        });
        if (isStuck())
            return fail(ErrorCode::Cancelled, m_name + " does not answer: an earlier call still runs");
        ++m_waiting;
        if (!m_tasks.push(std::move(task))) {
            --m_waiting;
            return fail(ErrorCode::Cancelled, "the program is stopping");
        }
        m_patience.await(*pending, stop);
        switch (pending->leave()) {
        case PendingCall::End::Finished: return std::move(*answer);
        case PendingCall::End::NotBegun: return fail(ErrorCode::Cancelled, m_name + ": busy, not begun in time");
        case PendingCall::End::LeftRunning: break;
        }
        return fail(ErrorCode::TimedOut, m_name + ": no answer in time");
    }

private:
    using Task = std::packaged_task<void(const std::stop_token&)>;
    /// The connector is ready before leave is asked for: the stop switch is read last. One that does not get ready did not
    /// begin, which is more than nobody knowing what it did.
    [[nodiscard]] Result<void> leave(const MayBegin& mayBegin, const std::stop_token& stop)
    {
        if (const auto ready = m_connector.prepare(stop); !ready)
            return fail(ErrorCode::Cancelled, m_name + ": not begun: " + ready.error().detail);
        return mayBegin();
    }
    /// A call that began and says that it was stopped may have been done all the same.
    template<class T>
    [[nodiscard]] Result<T> begun(Result<T> answer) const
    {
        if (!answer && answer.error().code == ErrorCode::Cancelled)
            return fail(ErrorCode::TimedOut, m_name + ": stopped in the middle: " + answer.error().detail);
        return answer;
    }
    void work(const std::stop_token& stop);
    [[nodiscard]] bool begin(const std::shared_ptr<PendingCall>& call);
    void end(PendingCall& call);
    void note(const Error* problem); ///< null: the call ended well
    [[nodiscard]] bool isStuck() const; ///< a call that nobody waits for any more still runs

    static constexpr std::size_t places = 1024; ///< far above what the mandate's limits let wait at once

    Connector& m_connector;
    Patience& m_patience;
    std::string m_name;
    std::string m_tenant;
    std::string m_environment;
    bool m_isExercise;
    std::vector<Capability> m_capabilities;
    mutable std::mutex m_mutex;
    std::shared_ptr<PendingCall> m_running; ///< guarded
    Look m_newest;                          ///< guarded; what became of the newest calls
    std::atomic<int> m_waiting{0};
    BoundedQueue<Task> m_tasks{places};
    std::jthread m_thread; ///< last member: joined before what it uses goes away
};

} // namespace cordon::act
