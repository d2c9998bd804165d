#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace cordon::act {

/// A call that a connector's thread works on while somebody waits for it. It is begun at most once, and never after
/// the one who waits has left. Safe from any thread.
class PendingCall
{
public:
    enum class End {
        Finished,    ///< the answer is there
        NotBegun,    ///< left before it began: it never will
        LeftRunning, ///< left while it ran: nobody knows what becomes of it
    };

    /// @return false when nobody waits any more: do not begin
    [[nodiscard]] bool begin();
    void finish();
    /// The one who waited goes; a call that runs sees its stop token.
    [[nodiscard]] End leave();
    /// Waits at most `time`. @return whether the answer is there
    [[nodiscard]] bool isFinishedWithin(std::chrono::milliseconds time, const std::stop_token& stop);
    [[nodiscard]] bool hasBegun() const;
    /// True when it runs, or ran, for nobody.
    [[nodiscard]] bool isLeft() const;

    [[nodiscard]] std::stop_token stopToken() const { return m_stop.get_token(); }
    void requestStop() { m_stop.request_stop(); }

private:
    enum class State { Waiting, Running, Finished, Left };

    mutable std::mutex m_mutex;
    std::condition_variable_any m_hasFinished;
    State m_state = State::Waiting; ///< guarded
    std::stop_source m_stop;
};

/// How the one who asked waits for a connector's answer: handed in by the engine, which lets other work go on meanwhile.
class Patience
{
public:
    Patience() = default;
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    virtual ~Patience() = default;
    /// Returns when the call is finished, its time is over, or `stop` was asked for.
    virtual void await(PendingCall& call, const std::stop_token& stop) = 0;
};

} // namespace cordon::act
