#pragma once

#include "core/tenant/exercise_connector.h"
#include "tests/core/engine/fault_checks.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"

#include <map>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::tests {

/// Plays an exercise to its end, with people who approve whatever they are asked, while one step meets one trouble.
class FaultPlay
{
public:
    static constexpr const char* analyst = "user:analyst-a";
    static constexpr int died = 9;

    /// @param exercise  "from-log" for the small attack, else a shipped one
    FaultPlay(std::string exercise, StepName name, Mishap mishap)
        : m_exercise(std::move(exercise)), m_name(std::move(name)), m_trouble(mishap.trouble), m_isInUndo(mishap.isInUndo)
    {
    }

    /// The steps of an exercise that come to be done when nothing goes wrong, and whether a person can take them back then.
    [[nodiscard]] static std::vector<StepName> stepsOf(const std::string& exercise)
    {
        FaultPlay play(exercise, {}, {});
        auto held = play.begin();
        play.goOn(*held);
        std::vector<StepName> names;
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps) {
                if (step.state == StepState::Verified)
                    names.push_back({step.action.type, step.action.targets.front().id, step.outcome && !step.outcome->undoRecord.isNull()});
            }
        }
        for (StepName& name : names)
            name.canBeTakenBack = name.canBeTakenBack && FaultPlay(exercise, name, {}).isTakenBackWhenNothingGoesWrong();
        return names;
    }

    [[nodiscard]] FaultCell run()
    {
        if (m_trouble == Trouble::ConsoleBefore || m_trouble == Trouble::ConsoleAfter) {
            if (!playAndDie())
                m_cell.problems.push_back("the console did not die");
            m_hasStruck = true;
            // Time went by there, too, which this process's clock did not see.
            const Duration ahead = m_fixture.ledger().back().ts - m_fixture.machine.now();
            m_fixture.machine.pass(std::max(ahead, Duration::zero()) + std::chrono::minutes(20));
        }
        std::string last;
        {
            const bool wasDead = m_hasStruck;
            const auto held = begin(wasDead ? engine::ReplayMode::None : engine::ReplayMode::Batch);
            goOn(*held);
            if (m_isInUndo && !wasDead) {
                (void)takeBack(*held);
                goOn(*held);
            }
            if (m_trouble == Trouble::LeaseEnd)
                endLease(*held);
            if (!m_hasStruck)
                m_cell.problems.push_back("the trouble never came");
            look(*held);
            takeBackWhatIsThere(*held);
            const Step* step = find(*held);
            last = step ? stateOf(*step) : "gone";
            CaseFixture::must(held->finish());
        }
        checkRecord();
        const auto again = m_fixture.wake();
        const Step* step = find(*again);
        const std::string after = step ? stateOf(*step) : "gone";
        if (after != last)
            m_cell.problems.push_back("after opening it again: " + after + ", and it was " + last);
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
            const auto real = [&] { return m_real->execute(std::move(permit), action, stop); };
            return m_play.isNow(action, false) ? m_play.strike(m_isDead, action.type, real) : real();
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
            const auto real = [&] { return m_real->undo(std::move(permit), action, record, overwritesDrift, stop); };
            if (!m_play.isNow(action, true))
                return real();
            m_play.beforeUndo(action);
            return m_play.strike(m_isDead, "undo", real);
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
        constexpr int mostRounds = 40;
        constexpr int roundsOfRest = 3; // what is unknown is looked at, and what turns out not done is judged anew, a minute later each
        int rest = 0;
        takeOn(held);
        for (int round = 0; round < mostRounds; ++round) {
            CaseFixture::must(held.tick({}));
            if (m_isHalted)
                resume(held);
            const Step* step = find(held);
            const bool isWanted = !step || step->state == StepState::Proposed || step->state == StepState::AwaitingApproval;
            // Nobody need approve what comes after the step.
            const auto open = isWanted ? openRequests(held) : std::vector<std::pair<std::string, int>>();
            const bool isForTime = open.empty() && isWanted && waitsForACheck(held, step);
            rest = open.empty() && !isForTime ? rest + 1 : 0;
            if (rest > roundsOfRest)
                return;
            for (const auto& [request, approvers] : open)
                approve(held, request, approvers);
            const Duration time = isForTime ? Duration(std::chrono::minutes(31)) : Duration(std::chrono::seconds(61));
            held.clock().tick(time); // what is unknown is looked at once a minute
            m_fixture.machine.pass(time);
        }
    }

    /// Where people have to take an incident on before the agent begins, somebody takes what the assistant wrote.
    void takeOn(engine::Pipeline& held)
    {
        const auto proposal = std::filesystem::path(CORDON_SOURCE_DIR) / "resources" / "scenarios" / "scenario-3" / "proposal.json";
        std::vector<std::string> waiting;
        for (const auto& [id, file] : held.files()) {
            const bool waits = std::any_of(file.plan.steps.begin(), file.plan.steps.end(),
                                           [](const Step& step) { return step.note.code == "step.waits.people"; });
            if (waits)
                waiting.push_back(toString(id));
        }
        for (const std::string& incident : waiting) // it speaks of one of them, and is refused for the others
            (void)give(held, m_fixture, analyst, "sequence-accept",
                       Value::Object{{"incident", incident},
                                     {"proposal", CaseFixture::must(platform::readFile(proposal, 1U << 20U))},
                                     {"why", "it reads right"}});
    }
    void resume(engine::Pipeline& held)
    {
        m_isHalted = false;
        for (const char* person : {analyst, "user:commander-b"}) {
            m_fixture.machine.pass(std::chrono::seconds(1));
            CaseFixture::must(obey(held, m_fixture, engine::Resume{{person}}));
        }
    }
    [[nodiscard]] static std::vector<std::pair<std::string, int>> openRequests(const engine::Pipeline& held)
    {
        std::vector<std::pair<std::string, int>> open;
        for (const auto& [id, file] : held.files()) {
            for (const Step& one : file.plan.steps) {
                if (one.state == StepState::AwaitingApproval)
                    open.emplace_back(one.request, one.decision->needs.approvers);
            }
        }
        return open;
    }
    void approve(engine::Pipeline& held, const std::string& request, int approvers)
    {
        static constexpr std::array<const char*, 2> people{"user:commander-a", "user:commander-b"};
        for (int slot = 0; slot < approvers && slot < 2; ++slot) {
            const auto given = m_fixture.answer(held, request, people[static_cast<std::size_t>(slot)], true, slot + 1);
            (void)held.apply(engine::SubmitReply{given.reply}, {});
        }
    }
    /// Time alone lets it go on. @param only  null: any step of the case
    [[nodiscard]] static bool waitsForACheck(const engine::Pipeline& held, const Step* only)
    {
        const auto waits = [](const Step& step) {
            return step.state == StepState::Proposed && step.decision &&
                   std::any_of(step.decision->missing.begin(), step.decision->missing.end(),
                               [](const std::string& missing) { return missing.starts_with("check:"); });
        };
        if (only && waits(*only))
            return true;
        for (const auto& [id, file] : held.files()) {
            if (std::any_of(file.plan.steps.begin(), file.plan.steps.end(), waits))
                return true; // what the step waits for may itself wait
        }
        return false;
    }
    Result<void> takeBack(engine::Pipeline& held, bool overwritesDrift = false)
    {
        return obey(held, m_fixture, engine::UndoStep{find(held)->id, analyst, overwritesDrift});
    }
    [[nodiscard]] bool isTakenBackWhenNothingGoesWrong()
    {
        m_hasStruck = true;
        auto held = begin();
        goOn(*held);
        return takeBack(*held) && find(*held)->state == StepState::Reverted;
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

    /// What an undo left standing can still be taken back, and of what was done in part all that is there.
    void takeBackWhatIsThere(engine::Pipeline& held)
    {
        const bool isUndoneLater = m_isInUndo && m_cell.state == "verified";
        const bool isPart = !m_isInUndo && m_cell.state == "failed" && m_cell.canBeUndone &&
                            (m_trouble == Trouble::HalfDone || m_trouble == Trouble::BrokenOff);
        if (!isUndoneLater && !isPart)
            return;
        const bool isExposing = m_name.verb == "secret.retire_version"; // refused unless the person says so
        const auto done = takeBack(held, m_isInUndo || isExposing); // a person has looked at what another hand, or half an undo, changed
        if (isUndoneLater && find(held)->state != StepState::Reverted)
            m_cell.problems.push_back("could not be taken back later: " + (done ? stateOf(*find(held)) : done.error().detail));
        if (isPart && tenantPicture(tenantBeside(), m_name) != m_before)
            m_cell.problems.push_back("what was done in part was not taken back: " + (done ? std::string("said to be") : done.error().detail));
        m_hasUndoneTwice = isUndoneLater;
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
    [[nodiscard]] bool isNow(const Action& action, bool isUndo) const
    {
        return !m_hasStruck && isUndo == m_isInUndo && m_name.isOf(action);
    }
    [[nodiscard]] tenant::Tenant tenantBeside() const
    {
        return CaseFixture::must(tenant::Tenant::open(record::tenantPath(m_fixture.folder()), m_held->clock()));
    }
    void beforeInspect()
    {
        const Step* step = m_held && !m_hasStruck && !m_isInUndo ? find(*m_held) : nullptr;
        if (step && step->state == StepState::Executing)
            comeBetween(step->action);
    }
    void beforeUndo(const Action& action) { comeBetween(action); }
    void comeBetween(const Action& action)
    {
        if (m_trouble != Trouble::Drift && m_trouble != Trouble::Halt)
            return;
        m_hasStruck = true;
        if (m_trouble == Trouble::Halt) {
            m_isHalted = true;
            CaseFixture::must(m_held->killSwitch().halt(analyst, "now", m_fixture.machine.now()));
            return;
        }
        auto tenant = tenantBeside();
        if (const auto made = m_isInUndo ? madeFor(tenant) : std::nullopt) { // that is what the step changed
            CaseFixture::must(tenant.changeByOtherHand(*made, "status", "inactive", "dev-a"));
            return;
        }
        const auto* changed = act::attributesChangedBy(m_name.verb);
        for (const std::string_view attribute : changed ? *changed : std::vector<std::string_view>()) {
            const EntityRef& target = action.targets.front();
            const Value was = CaseFixture::must(tenant.state(target, std::string(attribute))).value;
            if (was.isNull())
                continue; // worked out of other things
            CaseFixture::must(tenant.changeByOtherHand(target, std::string(attribute), drifted(was), "dev-a"));
            return;
        }
        if (changed && !changed->empty()) // nothing of it was set yet
            CaseFixture::must(tenant.changeByOtherHand(action.targets.front(), std::string(changed->front()), drifted(Value("")), "dev-a"));
    }
    /// The credential that was made in place of the step's target.
    [[nodiscard]] std::optional<EntityRef> madeFor(tenant::Tenant& tenant) const
    {
        auto find = CaseFixture::must(tenant.database().prepare("SELECT e.kind, e.ref FROM current_state s JOIN entity e ON e.id = s.entity"
                                                                " WHERE s.attribute = 'replaces' AND s.value = ?1 AND e.gone_at IS NULL"));
        find.bind(1, json::write(Value(m_name.target)));
        if (m_name.verb != "credential.replace" || !CaseFixture::must(find.step()))
            return std::nullopt;
        return EntityRef{*entityKindFrom(find.text(0)), find.text(1), {}, {}};
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

    template<class Call>
    [[nodiscard]] Result<act::ExecuteReply> strike(bool& isDead, const std::string& verb, const Call& real)
    {
        static const std::map<Trouble, tenant::Fault> faults{
            {Trouble::Timeout, tenant::Fault::Timeout},   {Trouble::Hang, tenant::Fault::Hang},
            {Trouble::ServerError, tenant::Fault::ServerError}, {Trouble::Throttle, tenant::Fault::Throttle},
            {Trouble::Refusal, tenant::Fault::Refuse},    {Trouble::HalfDone, tenant::Fault::HalfDone},
            {Trouble::BrokenOff, tenant::Fault::BrokenOff}, {Trouble::Lie, tenant::Fault::Lie}};
        const bool isConsole = m_trouble == Trouble::ConsoleBefore || m_trouble == Trouble::ConsoleAfter;
        const bool isConnector = m_trouble == Trouble::ConnectorBefore || m_trouble == Trouble::ConnectorAfter;
        const auto fault = faults.find(m_trouble);
        if (fault == faults.end() && !isConsole && !isConnector)
            return real();
        m_hasStruck = true;
        m_before = tenantPicture(tenantBeside(), m_name);
        if (fault != faults.end()) {
            CaseFixture::must(tenantBeside().failNext(verb, fault->second));
            return real();
        }
        if (m_trouble == Trouble::ConsoleBefore)
            ::_exit(died);
        if (m_trouble == Trouble::ConsoleAfter || m_trouble == Trouble::ConnectorAfter)
            (void)real();
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
            if (m_isInUndo)
                (void)takeBack(*held);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == died;
    }

    void checkRecord()
    {
        ActsOfStep acts(m_name);
        for (const LedgerEntry& entry : m_fixture.ledger())
            acts.add(entry);
        acts.finish();
        m_cell.attempts = acts.attempts;
        note(acts.problems);
        if (const auto verdict = m_fixture.verdict(); verdict.verdict != record::VerifyReport::Verdict::Ok)
            note({"the ledger does not verify: " + verdict.toText()});
        const CaseClock clock(m_fixture.machine);
        auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(m_fixture.folder()), clock));
        note(doneTwice(tenant, m_hasUndoneTwice));
    }
    void note(const std::vector<std::string>& problems)
    {
        m_cell.problems.insert(m_cell.problems.end(), problems.begin(), problems.end());
    }

    std::string m_exercise;
    StepName m_name;
    Trouble m_trouble;
    bool m_isInUndo;
    CaseFixture m_fixture;
    engine::Pipeline* m_held = nullptr; ///< while it plays
    std::atomic<bool> m_hasStruck{false};
    std::atomic<bool> m_isHalted{false};
    std::string m_before; ///< the tenant right before the trouble
    bool m_hasUndoneTwice = false;
    FaultCell m_cell;
};

} // namespace cordon::tests
