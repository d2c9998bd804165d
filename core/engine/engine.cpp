#include "core/engine/engine.h"

#include "core/base/bounded_queue.h"
#include "core/base/log.h"
#include "core/engine/followed_case.h"
#include "core/engine/pipeline.h"
#include "core/engine/sealed_look.h"
#include "core/platform/file.h"
#include "core/record/sealed_case.h"

#include <mutex>
#include <thread>

namespace cordon::engine {

using namespace std::chrono_literals;

struct Engine::State
{
    State(EngineOptions given, Listener& hears) : options(std::move(given)), listener(hears) {}

    void work(const std::stop_token& stop);
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> haltEarly(const Halt& halt) const;
    /// Looks on while another process holds the case. @return once this one holds it, or is to stop
    [[nodiscard]] Result<void> lookOn(const std::stop_token& stop);
    /// Shows a sealed case and answers every command with what it is.
    [[nodiscard]] Result<void> lookAtSealed(const std::stop_token& stop);
    [[nodiscard]] Result<void> load(const std::stop_token& stop);
    [[nodiscard]] Result<void> replayBatch(const std::stop_token& stop);
    [[nodiscard]] Result<void> replayPaced(const std::stop_token& stop);
    [[nodiscard]] Result<void> live(const std::stop_token& stop);
    /// Looks after followed folders when something moved, and every few seconds all the same.
    [[nodiscard]] Result<void> followOn(const std::stop_token& stop);
    /// Takes what people asked for, waiting at most `time` for the first.
    void takeCommands(std::chrono::milliseconds time, const std::stop_token& stop);
    void tell(const Error& error);

    static constexpr std::size_t places = 256;
    static constexpr auto beat = 100ms;
    static constexpr int beatsBetweenLooks = 20; ///< where the system tells of no change

    EngineOptions options;
    const bool isSealed = record::isSealedCase(options.folder);
    Listener& listener;
    MachineClock machine;
    BoundedQueue<Command> commands{places};
    std::mutex mutex;
    std::unique_ptr<Pipeline> pipeline; ///< guarded for `submit`; made and used by the thread
    std::optional<Halt> earlyHalt;      ///< given before there was a pipeline; guarded
    bool isEarlyHaltWritten = false;    ///< into its file; guarded
    int beatsUntilLook = 0;
    std::jthread thread;                ///< last: joined before what it uses goes away
};

Result<void> Engine::State::open()
{
    CORDON_TRY(auto made,
               Pipeline::open(options, machine, [this](const Notice& notice) { listener.onNotice(notice); }));
    const std::lock_guard lock(mutex);
    pipeline = std::move(made);
    if (earlyHalt && !pipeline->killSwitch().halt(earlyHalt->by, earlyHalt->why, machine.now(), earlyHalt->isDrill))
        logError("halt may not survive a restart");
    return {};
}

/// While there is no pipeline: an exercise halts itself alone, one that has no folder yet as soon as it has.
Result<void> Engine::State::haltEarly(const Halt& halt) const
{
    const bool isCase = record::isCase(options.folder);
    if (!isCase && !options.exercise.empty())
        return {};
    // By what its ledger began as: a folder that somebody made inside it says nothing.
    const auto origin = isCase ? record::caseOrigin(options.folder) : Result<std::string>(std::string());
    const bool isExercise = origin && record::isExerciseOrigin(*origin);
    CORDON_CHECK(platform::makeFolders(options.home));
    govern::KillSwitch killSwitch(isExercise ? record::haltPath(options.folder) : options.home / "halt");
    return killSwitch.halt(halt.by, halt.why, machine.now(), halt.isDrill);
}

void Engine::State::tell(const Error& error)
{
    Notice notice;
    notice.phase = Phase::Closed;
    notice.message = Text{"engine.problem", {{"why", error.detail}}};
    notice.isProblem = true;
    logError(error.detail);
    if (pipeline)
        pipeline->notify(notice.message, true);
    else
        listener.onNotice(notice);
}

Result<void> Engine::State::lookOn(const std::stop_token& stop)
{
    CORDON_TRY(const auto followed,
               FollowedCase::open(options, machine, [this](const Notice& notice) { listener.onNotice(notice); }));
    while (!stop.stop_requested()) {
        for (auto command = commands.popWithin(3 * beat, stop); command; command = commands.tryPop()) {
            if (std::holds_alternative<TakeOver>(*command)) {
                {
                    const std::lock_guard lock(mutex);
                    if (isEarlyHaltWritten)
                        earlyHalt.reset(); // the halt file says what is in force
                }
                auto opened = open();
                if (opened || opened.error().code != ErrorCode::Conflict)
                    return opened;
                followed->say(Text{"engine.still_held", {}}, true);
            } else if (auto left = followed->submit(*command); !left) {
                followed->say(Text{"engine.command_refused", {{"why", left.error().detail}}}, true);
            }
        }
        if (auto looked = followed->look(); !looked)
            logWarning(looked.error().detail);
    }
    return {};
}

Result<void> Engine::State::lookAtSealed(const std::stop_token& stop)
{
    CORDON_TRY(const auto reader, CaseReader::open(options.folder));
    CORDON_TRY(Notice notice, sealedNotice(*reader));
    listener.onNotice(notice);
    while (!stop.stop_requested()) {
        if (!commands.popWithin(3 * beat, stop))
            continue;
        notice.changed.clear();
        notice.message = Text{"engine.sealed", {}};
        notice.isProblem = true;
        listener.onNotice(notice);
    }
    return {};
}

void Engine::State::takeCommands(std::chrono::milliseconds time, const std::stop_token& stop)
{
    const auto first = [&] {
        const WorkTable::Rest rest(pipeline->work());
        return commands.popWithin(time, stop);
    };
    for (auto command = first(); command; command = commands.tryPop()) {
        if (needsSignature(*command) || (bringsLogs(*command) && pipeline->hasSigners())) { // a name is no person
            pipeline->notify(Text{"engine.unsigned", {}}, true);
            continue;
        }
        auto done = pipeline->apply(*command, stop);
        if (!done && done.error().code == ErrorCode::DiskFull)
            pipeline->pauseForRoom(done.error());
        else if (!done)
            logWarning(done.error().detail);
    }
}

Result<void> Engine::State::load(const std::stop_token& stop)
{
    CORDON_TRY(const auto logs, pipeline->logsToRead());
    CORDON_CHECK(pipeline->read(logs, stop));
    CORDON_CHECK(pipeline->prepare(stop));
    CORDON_CHECK(pipeline->openFollowing(true));
    for (const auto& root : options.follow)
        CORDON_CHECK(pipeline->apply(Follow{{root}, options.operatorId}, stop));
    return {};
}

Result<void> Engine::State::followOn(const std::stop_token& stop)
{
    if (!pipeline->isFollowing())
        return {};
    const bool hasChanged = pipeline->awaitsChange(0ms);
    if (!hasChanged && !pipeline->isStillLooking() && --beatsUntilLook > 0)
        return {};
    beatsUntilLook = beatsBetweenLooks;
    CORDON_TRY([[maybe_unused]] const bool hasRead, pipeline->followSome(stop));
    return {};
}

Result<void> Engine::State::replayBatch(const std::stop_token& stop)
{
    while (const auto due = pipeline->nextAlert()) {
        if (stop.stop_requested())
            return {};
        auto advanced = pipeline->advance(std::max(*due, pipeline->logReaches()), stop);
        if (!advanced && advanced.error().code == ErrorCode::DiskFull) {
            pipeline->pauseForRoom(advanced.error());
            break; // what is left is worked on once there is room
        }
        CORDON_CHECK(std::move(advanced));
        takeCommands(0ms, stop);
    }
    pipeline->clock().follow(pipeline->clock().offset());
    return {};
}

Result<void> Engine::State::replayPaced(const std::stop_token& stop)
{
    pipeline->share();
    auto last = std::chrono::steady_clock::now();
    while ((pipeline->nextAlert() || pipeline->clock().now() < pipeline->logReaches()) && !stop.stop_requested()) {
        takeCommands(beat, stop);
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double, std::micro> gone = now - last;
        last = now;
        pipeline->clock().tick(Duration(static_cast<std::int64_t>(gone.count() * pipeline->pace())));
        auto advanced = pipeline->isPausedForRoom() ? Result<void>() : pipeline->advance(pipeline->clock().now(), stop);
        if (!advanced && advanced.error().code == ErrorCode::DiskFull) {
            pipeline->pauseForRoom(advanced.error());
            advanced = {};
        }
        CORDON_CHECK(std::move(advanced));
        CORDON_CHECK(pipeline->tick(stop));
    }
    if (!pipeline->isPausedForRoom())
        CORDON_CHECK(pipeline->settle(pipeline->logReaches(), stop));
    pipeline->clock().follow(pipeline->clock().offset());
    return {};
}

Result<void> Engine::State::live(const std::stop_token& stop)
{
    pipeline->share();
    pipeline->warnOfDrill();
    int beats = 0;
    std::string told;
    while (!stop.stop_requested()) {
        takeCommands(pipeline->isStillLooking() ? 0ms : beat, stop);
        auto ticked = pipeline->tick(stop);
        if (ticked && !pipeline->isPausedForRoom())
            ticked = followOn(stop);
        if (!ticked) {
            if (!pipeline->folder().ledger().isHealthy())
                return ticked;
            if (told != ticked.error().detail) // said once; the next beat tries again
                tell(ticked.error());
            told = ticked.error().detail;
        }
        if (++beats % 10 == 0)
            pipeline->notify(); // clocks on screen
    }
    return {};
}

void Engine::State::work(const std::stop_token& stop)
{
    if (isSealed) {
        if (auto looked = lookAtSealed(stop); !looked)
            tell(looked.error());
        return;
    }
    Result<void> done = open();
    if (!done && done.error().code == ErrorCode::Conflict && record::isCase(options.folder)) {
        done = lookOn(stop);
        if (done && !pipeline)
            return;
    }
    if (done && options.connect)
        pipeline->share(); // what one real system answers late holds up nobody else's incidents
    if (done)
        done = load(stop);
    if (done)
        done = options.replay == ReplayMode::Paced ? replayPaced(stop) : replayBatch(stop);
    if (done)
        done = live(stop);
    if (!done)
        tell(done.error());
    if (!pipeline)
        return;
    pipeline->stopSharing();
    if (auto finished = pipeline->finish(); !finished)
        logError(finished.error().detail);
    while (!done && !stop.stop_requested()) // stays open for reading; people can still halt
        takeCommands(beat, stop);
}

Engine::Engine(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options, Listener& listener)
{
    auto state = std::make_unique<State>(std::move(options), listener);
    State* raw = state.get();
    std::unique_ptr<Engine> engine(new Engine(std::move(state)));
    raw->thread = std::jthread([raw](const std::stop_token& stop) { raw->work(stop); });
    return engine;
}

Engine::~Engine() = default;

void Engine::submit(Command command)
{
    if (const Halt* halt = std::get_if<Halt>(&command); halt && !m_state->isSealed) {
        const std::lock_guard lock(m_state->mutex);
        Result<void> halted;
        if (m_state->pipeline) {
            halted = m_state->pipeline->killSwitch().halt(halt->by, halt->why, m_state->machine.now(), halt->isDrill);
        } else {
            m_state->earlyHalt = *halt;
            halted = m_state->haltEarly(*halt);
            m_state->isEarlyHaltWritten = halted && record::isCase(m_state->options.folder);
        }
        if (!halted)
            logError("halt may not survive a restart: " + halted.error().detail);
    }
    if (std::holds_alternative<CancelReading>(command)) {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->pipeline)
            m_state->pipeline->cancelReading();
        return;
    }
    m_state->commands.push(std::move(command));
}

} // namespace cordon::engine
