#pragma once

#include "core/act/expected_state.h"
#include "core/tenant/exercise_connector.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"

#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::tests {

/// One thing that goes wrong, once, while one step of a sequence is done.
enum class Trouble {
    Timeout,        ///< it was done, and nobody answers
    Hang,           ///< no answer within the time of a call; nothing was done
    ServerError,    ///< 5xx; nothing was done
    Throttle,       ///< "too many requests"; nothing was done
    Refusal,        ///< the provider says no
    HalfDone,       ///< says done; half of it is
    Lie,            ///< says done; nothing is
    ConsoleBefore,  ///< the console dies before the call
    ConsoleAfter,   ///< the console dies after the call, before it is written down
    ConnectorBefore, ///< the connector dies before it did anything, and has to be started anew
    ConnectorAfter, ///< the connector dies after it did it, and has to be started anew
    Drift,          ///< somebody else changes the target between decision and call
    Halt,           ///< people halt between permit and call, and resume
    LeaseEnd,       ///< all goes well, and the lease ends
};

struct TroubleRow
{
    Trouble trouble;
    const char* name;
};
inline constexpr std::array<TroubleRow, 14> allTroubles{{{Trouble::Timeout, "timeout"},
                                                         {Trouble::Hang, "hang"},
                                                         {Trouble::ServerError, "5xx"},
                                                         {Trouble::Throttle, "throttle"},
                                                         {Trouble::Refusal, "refusal"},
                                                         {Trouble::HalfDone, "half-done"},
                                                         {Trouble::Lie, "lie"},
                                                         {Trouble::ConsoleBefore, "console dies before"},
                                                         {Trouble::ConsoleAfter, "console dies after"},
                                                         {Trouble::ConnectorBefore, "connector dies before"},
                                                         {Trouble::ConnectorAfter, "connector dies after"},
                                                         {Trouble::Drift, "drift"},
                                                         {Trouble::Halt, "halt"},
                                                         {Trouble::LeaseEnd, "lease end"}}};

/// A step of an exercise by what it does to what.
struct StepName
{
    std::string verb;
    std::string target; ///< id
    [[nodiscard]] bool isOf(const Action& action) const
    {
        return action.type == verb && !action.targets.empty() && action.targets.front().id == target;
    }
};

/// How one step stood in the end, and what was wrong with that.
struct FaultCell
{
    std::string state;                 ///< "verified", "failed"…, with "lease kept" and the like behind it
    std::string why;                   ///< as the step's card says it
    bool canBeUndone = false;
    int attempts = 0;                  ///< acts begun
    std::vector<std::string> problems; ///< what must not be
};

/// Plays an exercise to its end, with people who approve whatever they are asked, while one step meets one trouble.
class FaultPlay
{
public:
    static constexpr const char* analyst = "user:analyst-a";
    static constexpr int died = 9;

    /// @param exercise  "from-log" for the small attack, else a shipped one
    FaultPlay(std::string exercise, StepName name, Trouble trouble)
        : m_exercise(std::move(exercise)), m_name(std::move(name)), m_trouble(trouble)
    {
    }

    /// The steps of an exercise that come to be done when nothing goes wrong.
    [[nodiscard]] static std::vector<StepName> stepsOf(const std::string& exercise)
    {
        FaultPlay play(exercise, {}, Trouble::LeaseEnd);
        auto held = play.begin();
        play.goOn(*held);
        std::vector<StepName> names;
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps) {
                if (step.state == StepState::Verified)
                    names.push_back({step.action.type, step.action.targets.front().id});
            }
        }
        return names;
    }

    [[nodiscard]] FaultCell run()
    {
        if (m_trouble == Trouble::ConsoleBefore || m_trouble == Trouble::ConsoleAfter) {
            if (!playAndDie())
                m_cell.problems.push_back("the console did not die");
            m_hasStruck = true;
            m_fixture.machine.pass(std::chrono::minutes(20));
        }
        std::string before;
        {
            const auto held = begin(m_hasStruck ? engine::ReplayMode::None : engine::ReplayMode::Batch);
            goOn(*held);
            if (m_trouble == Trouble::LeaseEnd)
                endLease(*held);
            if (!m_hasStruck)
                m_cell.problems.push_back("the trouble never came");
            look(*held);
            before = m_cell.state;
            CaseFixture::must(held->finish());
        }
        checkLedger();
        checkTenant();
        m_hasStruck = true;
        const auto again = m_fixture.wake();
        const Step* step = find(*again);
        const std::string after = step ? stateOf(*step) : "gone";
        if (after != before)
            m_cell.problems.push_back("after opening it again: " + after);
        return std::move(m_cell);
    }

private:
    /// Stands before the exercise's connector and makes the trouble.
    class Troublemaker final : public act::Connector
    {
    public:
        Troublemaker(std::unique_ptr<act::Connector> real, FaultPlay& play) : m_real(std::move(real)), m_play(play) {}

        [[nodiscard]] std::string name() const override { return m_real->name(); }
        [[nodiscard]] std::string tenant() const override { return m_real->tenant(); }
        [[nodiscard]] std::string environment() const override { return m_real->environment(); }
        [[nodiscard]] bool isExercise() const override { return m_real->isExercise(); }
        [[nodiscard]] std::vector<act::Capability> capabilities() const override { return m_real->capabilities(); }
        [[nodiscard]] bool holds(const EntityRef& entity) const override { return m_real->holds(entity); }
        [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override
        {
            m_play.beforeInspect();
            CORDON_CHECK(start());
            return m_real->inspect(target, stop);
        }
        [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override
        {
            CORDON_CHECK(start());
            return m_real->preview(action, stop);
        }
        [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action& action, const std::stop_token& stop) override
        {
            CORDON_CHECK(start());
            if (!m_play.isNow(action))
                return m_real->execute(std::move(permit), action, stop);
            return m_play.strike(*m_real, m_isDead, std::move(permit), action, stop);
        }
        [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override
        {
            CORDON_CHECK(start());
            return m_real->verify(action, stop);
        }
        [[nodiscard]] Result<act::ExecuteReply> undo(Permit permit, const Action& action, const Value& record,
                                                     bool overwritesDrift, const std::stop_token& stop) override
        {
            CORDON_CHECK(start());
            return m_real->undo(std::move(permit), action, record, overwritesDrift, stop);
        }

    private:
        /// A process that died is started by the next call, which finds that out.
        Result<void> start()
        {
            if (!std::exchange(m_isDead, false))
                return {};
            return fail(ErrorCode::Io, "the connector's process is gone");
        }

        std::unique_ptr<act::Connector> m_real;
        FaultPlay& m_play;
        bool m_isDead = false;
    };

    [[nodiscard]] engine::EngineOptions options()
    {
        engine::EngineOptions options = m_fixture.options(m_exercise.c_str());
        if (m_exercise != "from-log")
            options.logs.clear();
        options.watchConnector = [this](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<Troublemaker>(std::move(real), *this);
        };
        return options;
    }

    /// @param replay  None: time passed since the console died
    [[nodiscard]] CaseFixture::Held begin(engine::ReplayMode replay = engine::ReplayMode::Batch)
    {
        engine::EngineOptions options = this->options();
        options.replay = replay;
        auto held = m_fixture.open(options);
        m_held = held.get();
        CaseFixture::must(held->run({}));
        return held;
    }

    /// Approves what waits until nothing does any more.
    void goOn(engine::Pipeline& held)
    {
        constexpr int mostRounds = 12;
        for (int round = 0; round < mostRounds; ++round) {
            CaseFixture::must(held.tick({}));
            if (m_isHalted) {
                m_isHalted = false;
                for (const char* person : {analyst, "user:commander-b"}) {
                    m_fixture.machine.pass(std::chrono::seconds(1));
                    CaseFixture::must(obey(held, m_fixture, engine::Resume{{person}}));
                }
            }
            std::vector<std::pair<std::string, int>> open;
            const Step* step = find(held);
            const bool isWanted = !step || step->state == StepState::Proposed || step->state == StepState::AwaitingApproval;
            for (const auto& [id, file] : held.files()) {
                if (!isWanted)
                    break; // nobody need approve what comes after
                for (const Step& one : file.plan.steps) {
                    if (one.state == StepState::AwaitingApproval)
                        open.emplace_back(one.request, one.decision->needs.approvers);
                }
            }
            if (open.empty() && round > 2)
                return;
            for (const auto& [request, approvers] : open) {
                static constexpr std::array<const char*, 2> people{"user:commander-a", "user:commander-b"};
                for (int slot = 0; slot < approvers && slot < 2; ++slot) {
                    const auto given = m_fixture.answer(held, request, people[static_cast<std::size_t>(slot)], true, slot + 1);
                    (void)held.apply(engine::SubmitReply{given.reply}, {});
                }
            }
            held.clock().tick(std::chrono::seconds(61)); // what is unknown is looked at once a minute
            m_fixture.machine.pass(std::chrono::seconds(61));
        }
    }

    /// Null when the play is of no step.
    [[nodiscard]] Step* find(engine::Pipeline& held) const
    {
        return m_name.verb.empty() ? nullptr : CaseFixture::step(held, m_name.verb, m_name.target);
    }

    [[nodiscard]] static std::string stateOf(const Step& step)
    {
        return std::string(toString(step.state)) + (step.isLeaseOverdue ? ", kept" : "");
    }

    void look(engine::Pipeline& held)
    {
        const Step* step = find(held);
        if (!step) {
            m_cell.problems.push_back("no such step");
            return;
        }
        m_cell.state = stateOf(*step);
        m_cell.why = words::english(step->note);
        m_cell.canBeUndone = step->outcome && !step->outcome->undoRecord.isNull();
        if (step->state == StepState::Executing || step->state == StepState::Unknown)
            m_cell.problems.push_back("not settled: " + stateName(step));
        if (step->state == StepState::Verified && step->back == Back::Reversible && !m_cell.canBeUndone)
            m_cell.problems.push_back("done, and nobody can take it back");
        if (step->state != StepState::Verified && step->state != StepState::Reverted && step->note.code.empty())
            m_cell.problems.push_back("does not say why it is " + m_cell.state);
    }

    /// Past the lease of the step, with nobody having confirmed anything and nothing more seen.
    void endLease(engine::Pipeline& held)
    {
        m_hasStruck = true;
        Step* step = find(held);
        if (!step || !step->leaseUntil)
            return;
        held.clock().tick(*step->leaseUntil - held.clock().now() + std::chrono::seconds(1));
        CaseFixture::must(held.tick({}));
        const bool isDecided = step->state == StepState::Reverted || step->isLeaseOverdue;
        if (!isDecided)
            m_cell.problems.push_back("its lease ended and nobody decided");
    }

    // Called on the connector's thread while the engine waits.
    [[nodiscard]] bool isNow(const Action& action) const { return !m_hasStruck && m_name.isOf(action); }
    [[nodiscard]] tenant::Tenant tenantBeside() const
    {
        return CaseFixture::must(tenant::Tenant::open(record::tenantPath(m_fixture.folder()), m_held->clock()));
    }
    void beforeInspect()
    {
        const Step* step = m_held && !m_hasStruck ? find(*m_held) : nullptr;
        if (!step || step->state != StepState::Executing || (m_trouble != Trouble::Drift && m_trouble != Trouble::Halt))
            return;
        m_hasStruck = true;
        if (m_trouble == Trouble::Halt) {
            m_isHalted = true;
            CaseFixture::must(m_held->killSwitch().halt(analyst, "now", m_fixture.machine.now()));
            return;
        }
        auto tenant = tenantBeside();
        const auto* changed = act::attributesChangedBy(m_name.verb);
        for (const std::string_view attribute : changed ? *changed : std::vector<std::string_view>()) {
            const EntityRef& target = step->action.targets.front();
            const Value was = CaseFixture::must(tenant.state(target, std::string(attribute))).value;
            CaseFixture::must(tenant.changeByOtherHand(target, std::string(attribute), drifted(was), "dev-a"));
            return;
        }
    }
    static Value drifted(const Value& was)
    {
        if (was.isArray()) {
            Value longer = was;
            longer.append("arn:aws:iam::111122223333:policy/of-somebody-else");
            return longer;
        }
        if (was.isBool())
            return !was.asBool();
        return was.isString() && was.asString() == "active" ? Value("expired") : Value("2026-11-20T00:00:00Z");
    }

    [[nodiscard]] Result<act::ExecuteReply> strike(act::Connector& real, bool& isDead, Permit permit, const Action& action,
                                                   const std::stop_token& stop)
    {
        static const std::map<Trouble, tenant::Fault> faults{
            {Trouble::Timeout, tenant::Fault::Timeout},   {Trouble::Hang, tenant::Fault::Hang},
            {Trouble::ServerError, tenant::Fault::ServerError}, {Trouble::Throttle, tenant::Fault::Throttle},
            {Trouble::Refusal, tenant::Fault::Refuse},    {Trouble::HalfDone, tenant::Fault::HalfDone},
            {Trouble::Lie, tenant::Fault::Lie}};
        const bool isConsole = m_trouble == Trouble::ConsoleBefore || m_trouble == Trouble::ConsoleAfter;
        const bool isConnector = m_trouble == Trouble::ConnectorBefore || m_trouble == Trouble::ConnectorAfter;
        const auto fault = faults.find(m_trouble);
        if (fault == faults.end() && !isConsole && !isConnector)
            return real.execute(std::move(permit), action, stop);
        m_hasStruck = true;
        if (fault != faults.end()) {
            CaseFixture::must(tenantBeside().failNext(action.type, fault->second));
            return real.execute(std::move(permit), action, stop);
        }
        if (m_trouble == Trouble::ConsoleBefore)
            ::_exit(died);
        if (m_trouble == Trouble::ConsoleAfter || m_trouble == Trouble::ConnectorAfter)
            (void)real.execute(std::move(permit), action, stop);
        if (m_trouble == Trouble::ConsoleAfter)
            ::_exit(died);
        isDead = true;
        return fail(ErrorCode::Io, "the connector's process ended in the middle");
    }

    /// The same play in another process, which dies at the step.
    [[nodiscard]] bool playAndDie()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto held = begin();
            goOn(*held);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == died;
    }

    /// Every act has one outcome, and none was begun again once it may have been done.
    void checkLedger()
    {
        std::map<std::string, int> outcomes;
        bool mayBeDone = false;
        for (const LedgerEntry& entry : m_fixture.ledger()) {
            const std::string& permit = entry.data["permit"].asString();
            if (entry.type == "action.intended") {
                if (!outcomes.emplace(permit, 0).second)
                    m_cell.problems.push_back("a permit was used twice");
                const auto action = Action::fromValue(entry.data["action"]);
                const bool isIt = action && m_name.isOf(*action) && !entry.data["undo"].asBool();
                m_cell.attempts += isIt ? 1 : 0;
                if (isIt && mayBeDone)
                    m_cell.problems.push_back("begun again after it may have been done");
            } else if (entry.type == "step.settled") {
                const auto action = Action::fromValue(entry.data["action"]);
                if (action && m_name.isOf(*action))
                    mayBeDone = entry.data["outcome"]["state"].asString() == "verified";
            } else if (entry.type.starts_with("outcome.")) {
                ++outcomes[permit];
                const auto action = Action::fromValue(entry.data["action"]);
                const bool isLeftOpen = entry.type != "outcome.failed" && !entry.data["undo"].asBool();
                const bool isReading = findVerb(m_name.verb) && !findVerb(m_name.verb)->changes && !m_name.verb.starts_with("change.");
                mayBeDone = mayBeDone || (action && m_name.isOf(*action) && isLeftOpen && !isReading);
            }
        }
        for (const auto& [permit, count] : outcomes) {
            if (count != 1)
                m_cell.problems.push_back(permit + " has " + std::to_string(count) + " outcomes");
        }
        if (const auto verdict = m_fixture.verdict(); verdict.verdict != record::VerifyReport::Verdict::Ok)
            m_cell.problems.push_back("the ledger does not verify: " + verdict.toText());
    }

    /// Nothing was done twice at the tenant: one deed for each act, one change record for each incident.
    void checkTenant()
    {
        const CaseClock clock(m_fixture.machine);
        auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(m_fixture.folder()), clock));
        const auto none = [&](const char* query, const char* problem) {
            auto find = CaseFixture::must(tenant.database().prepare(query));
            if (CaseFixture::must(find.step()))
                m_cell.problems.push_back(problem + (": " + find.text(0)));
        };
        none("SELECT incident FROM change_record GROUP BY incident HAVING count(*) > 1", "two change records");
        none("SELECT digest FROM deed WHERE NOT is_undone AND verb NOT LIKE 'evidence.%' AND verb <> 'activity.watch'"
             " AND verb <> 'inventory.read' GROUP BY digest HAVING count(*) > 1",
             "one action was done twice");
        none("SELECT e.ref || ' ' || s.attribute FROM state s JOIN entity e ON e.id = s.entity WHERE s.hand LIKE 'cordon:%'"
             " GROUP BY s.entity, s.attribute, s.value HAVING count(DISTINCT s.hand) > 1",
             "the same was set twice");
    }

    std::string m_exercise;
    StepName m_name;
    Trouble m_trouble;
    CaseFixture m_fixture;
    engine::Pipeline* m_held = nullptr; ///< while it plays
    std::atomic<bool> m_hasStruck{false};
    std::atomic<bool> m_isHalted{false};
    FaultCell m_cell;
};

/// How a step may stand after a trouble. What was not done must not be told as done, and the other way round.
/// Source: docs/reliability.md, "What goes wrong with one step"
inline std::string wrongEnd(const StepName& name, Trouble trouble, const FaultCell& cell)
{
    const Verb* verb = findVerb(name.verb);
    const bool isReading = !verb->changes && !name.verb.starts_with("change.");
    const bool isNoted = name.verb.starts_with("change.");
    std::set<std::string> good;
    switch (trouble) {
    case Trouble::Timeout:
    case Trouble::ConsoleAfter:
    case Trouble::ConnectorAfter:
    case Trouble::Halt: good = {"verified"}; break;
    case Trouble::Hang:
    case Trouble::ServerError:
    case Trouble::ConsoleBefore:
    case Trouble::ConnectorBefore:
        // What changes nothing, and what surely was not done of a change record, is done anew.
        good = {isReading || isNoted ? "verified" : "failed"};
        break;
    case Trouble::Throttle:
    case Trouble::Refusal:
    case Trouble::HalfDone:
    case Trouble::Lie: good = {isReading || isNoted ? "verified" : "failed"}; break;
    case Trouble::Drift: good = {act::attributesChangedBy(name.verb)->empty() ? "verified" : "failed"}; break;
    case Trouble::LeaseEnd: good = {"verified", "verified, kept", "reverted"}; break;
    }
    if (good.contains(cell.state))
        return {};
    return "stands as " + cell.state + " (" + cell.why + "), and " + *good.begin() + " would be right";
}

} // namespace cordon::tests
