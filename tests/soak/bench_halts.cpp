// Measures how long after a halt a call that changes something may still begin, in each phase of the work on a small case
// (GOV-ASI10), and prints it. Run by tools/bench govern.
#include "tests/core/engine/three_attacks.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <random>
#include <thread>

using namespace cordon;
using namespace cordon::tests;

namespace {

using Steady = std::chrono::steady_clock;
using Micros = std::chrono::microseconds;

constexpr const char* person = "user:analyst-a";

struct Sample
{
    double lateMillis = 0; ///< from the begin of the halt to the begin of the last call after it; 0: none began
    double haltMillis = 0; ///< until the halt was durable
    bool hasLateCall = false;
};

/// A case that is halted once, from another thread, at a moment of its own.
class Round
{
public:
    Round(engine::ReplayMode replay, bool isElsewhere, Micros delay) : m_isElsewhere(isElsewhere), m_delay(delay)
    {
        engine::EngineOptions options = fixture.options();
        options.replay = replay;
        options.watchConnector = [this](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<WatchedConnector>(
                std::move(real), [this](const std::string& call, const Action* action) { watch(call, action); });
        };
        held = fixture.open(options);
    }
    void halt()
    {
        if (m_halter.joinable())
            return;
        m_halter = std::thread([this] {
            std::this_thread::sleep_for(m_delay);
            m_begun = Steady::now();
            govern::KillSwitch another(fixture.home() / "halt");
            (void)(m_isElsewhere ? another : held->killSwitch()).halt(person, "measured", fixture.machine.now());
            m_durable = Steady::now();
        });
    }
    [[nodiscard]] bool isExecuting() const
    {
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps) {
                if (step.state == StepState::Executing && findVerb(step.action.type)->changes)
                    return true;
            }
        }
        return false;
    }
    [[nodiscard]] Sample end()
    {
        halt(); // where the phase was over before it came to it
        m_halter.join();
        const auto millis = [](Steady::duration time) { return std::chrono::duration<double, std::milli>(time).count(); };
        Sample sample;
        sample.haltMillis = millis(m_durable - m_begun);
        const std::lock_guard guard(m_mutex);
        for (const Steady::time_point call : m_calls) {
            if (call > m_begun) {
                sample.hasLateCall = true;
                sample.lateMillis = std::max(sample.lateMillis, millis(call - m_begun));
            }
        }
        return sample;
    }

    CaseFixture fixture;
    std::function<void(const std::string& call)> atCall;
    std::unique_ptr<engine::Pipeline> held;

private:
    void watch(const std::string& call, const Action* action)
    {
        if (call == "undo" || (call == "execute" && findVerb(action->type)->changes)) {
            const std::lock_guard guard(m_mutex);
            m_calls.push_back(Steady::now());
        }
        if (atCall)
            atCall(call);
    }

    bool m_isElsewhere;
    Micros m_delay;
    std::mutex m_mutex;
    std::vector<Steady::time_point> m_calls; ///< begins of what changes something; guarded
    Steady::time_point m_begun;
    Steady::time_point m_durable;
    std::thread m_halter;
};

struct Phase
{
    const char* name;
    engine::ReplayMode replay;
    Micros longest; ///< delay of the halt, so that it meets the whole of the phase
    std::function<void(Round&)> play;
};

std::vector<Phase> phases()
{
    using namespace std::chrono_literals;
    const auto run = [](Round& round) { (void)round.held->run({}); };
    return {{"while it is judged", engine::ReplayMode::Batch, 20ms,
             [run](Round& round) {
                 round.atCall = [&round](const std::string& call) {
                     if (call == "inspect")
                         round.halt();
                 };
                 run(round);
             }},
            {"while people are asked", engine::ReplayMode::Batch, 10ms,
             [run](Round& round) {
                 run(round);
                 const Step* asked = CaseFixture::step(*round.held, "policy.detach");
                 const auto given = round.fixture.answer(*round.held, asked->request, person);
                 round.halt();
                 (void)round.held->apply(engine::SubmitReply{given.reply}, {});
             }},
            {"between permit and call", engine::ReplayMode::Batch, 2ms,
             [run](Round& round) {
                 round.atCall = [&round](const std::string& call) {
                     if (call == "inspect" && round.isExecuting())
                         round.halt();
                 };
                 run(round);
             }},
            {"while it is rolled back", engine::ReplayMode::None, 10ms, [run](Round& round) {
                 run(round);
                 Step* off = CaseFixture::step(*round.held, "credential.deactivate", SmallAttack::newKey);
                 off->isTargetMadeByIncident = false; // else its lease never gives back
                 round.fixture.machine.pass(61min);
                 round.halt();
                 (void)round.held->tick({});
             }}};
}

double at(std::vector<double> sorted, double share)
{
    std::sort(sorted.begin(), sorted.end());
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
}

} // namespace

int main(int argc, char** argv)
{
    int rounds = 100;
    if (argc == 3 && std::strcmp(argv[1], "--rounds") == 0)
        std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), rounds);
    if (rounds < 1 || (argc != 1 && argc != 3)) {
        std::fprintf(stderr, "usage: bench_halts [--rounds N]\n");
        return 64;
    }
    std::mt19937 random(1);
    std::printf("halts, %d each, milliseconds from the begin of the halt; a call is one that changes something\n", rounds);
    std::printf("%-26s %-16s %12s %12s %12s %12s %12s\n", "phase", "halted from", "calls after", "last p99", "last worst",
                "durable p99", "worst");
    for (const Phase& phase : phases()) {
        for (const bool isElsewhere : {false, true}) {
            std::vector<double> late;
            std::vector<double> durable;
            int after = 0;
            for (int i = 0; i < rounds; ++i) {
                std::uniform_int_distribution<int> delay(0, static_cast<int>(phase.longest.count()));
                Round round(phase.replay, isElsewhere, Micros(delay(random)));
                phase.play(round);
                const Sample sample = round.end();
                after += sample.hasLateCall ? 1 : 0;
                late.push_back(sample.lateMillis);
                durable.push_back(sample.haltMillis);
            }
            std::printf("%-26s %-16s %12d %12.3f %12.3f %12.3f %12.3f\n", phase.name,
                        isElsewhere ? "another process" : "this process", after, at(late, 0.99), at(late, 1.0),
                        at(durable, 0.99), at(durable, 1.0));
            std::fflush(stdout);
        }
    }
    return 0;
}
