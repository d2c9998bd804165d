#include "core/act/permit_check.h"
#include "core/engine/supply.h"
#include "tests/core/engine/three_attacks.h"
#include "tests/support/own_resources.h"

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

/// A connector in somebody else's hands: it does with a permit what the test says, and may answer anything.
class Captured : public act::Connector
{
public:
    using Execute = std::function<Result<act::ExecuteReply>(act::Connector& real, Permit permit, const Action& action)>;
    using Verify = std::function<Result<Outcome>(act::Connector& real, const Action& action)>;
    using Look = std::function<void(TargetFacts& facts)>; ///< changes what is answered

    Captured(std::unique_ptr<act::Connector> real, Execute execute, Verify verify, Look look)
        : m_own(std::move(real))
        , m_execute(std::move(execute))
        , m_verify(std::move(verify))
        , m_look(std::move(look))
    {
    }
    [[nodiscard]] std::string name() const override { return m_own->name(); }
    [[nodiscard]] std::string tenant() const override { return m_own->tenant(); }
    [[nodiscard]] std::string environment() const override { return m_own->environment(); }
    [[nodiscard]] bool isExercise() const override { return m_own->isExercise(); }
    [[nodiscard]] std::vector<act::Capability> capabilities() const override { return m_own->capabilities(); }
    [[nodiscard]] bool holds(const EntityRef& entity) const override { return m_own->holds(entity); }
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override
    {
        auto facts = m_own->inspect(target, stop);
        if (facts && m_look)
            m_look(*facts);
        return facts;
    }
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override
    {
        return m_own->preview(action, stop);
    }
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action& action, const std::stop_token&) override
    {
        return m_execute(*m_own, std::move(permit), action);
    }
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override
    {
        return m_verify ? m_verify(*m_own, action) : m_own->verify(action, stop);
    }

    [[nodiscard]] Result<act::ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                                 bool overwritesDrift, const std::stop_token& stop) override
    {
        return m_own->undo(std::move(permit), action, undoRecord, overwritesDrift, stop);
    }

private:
    std::unique_ptr<act::Connector> m_own;
    Execute m_execute;
    Verify m_verify;
    Look m_look;
};

Result<act::ExecuteReply> honest(act::Connector& real, Permit permit, const Action& action)
{
    return real.execute(std::move(permit), action, {});
}

engine::EngineOptions optionsWith(const CaseFixture& fixture, const Captured::Execute& execute,
                                  const Captured::Verify& verify = {}, const Captured::Look& look = {})
{
    engine::EngineOptions options = fixture.options();
    options.watchConnector = [=](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
        return std::make_unique<Captured>(std::move(real), execute, verify, look);
    };
    return options;
}

/// The outcome of each action that was begun, by permit. "" for none, "twice" for more than one.
std::map<std::string, std::string> outcomes(const CaseFixture& fixture)
{
    std::map<std::string, std::string> found;
    for (const LedgerEntry& entry : fixture.ledger()) {
        if (entry.type == "action.intended")
            found[entry.data["permit"].asString()] = "";
        if (entry.type.rfind("outcome.", 0) == 0) {
            std::string& one = found[entry.data["permit"].asString()];
            one = one.empty() ? entry.type.substr(8) : "twice";
        }
    }
    return found;
}

std::string outcomeOf(const CaseFixture& fixture, const std::string& verb)
{
    for (const LedgerEntry& entry : fixture.ledger("action.intended")) {
        if (entry.data["action"]["type"].asString() == verb)
            return outcomes(fixture)[entry.data["permit"].asString()];
    }
    return "none";
}

} // namespace

/// What a connector gets for one action, and what is believed of its answer.
class TestOneLeaveEach : public QObject
{
    Q_OBJECT

private slots:
    /// What is kept of one thing says nothing of another: each that a step would change has its own.
    void evidenceOfOneTargetIsNoneOfTheOthers()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options("scenario-1");
        options.logs.clear();
        const auto held = fixture.run(options);
        std::map<std::string, std::int64_t> kept; ///< things with the entry that kept their state first
        for (const LedgerEntry& entry : fixture.ledger("evidence.sealed"))
            kept.emplace(entry.data["target"].asString(), entry.seq);
        std::set<std::string> verbs;
        for (const LedgerEntry& entry : fixture.ledger("decision")) {
            const Action action = CaseFixture::must(Action::fromValue(entry.data["action"]));
            const Verb* verb = findVerb(action.type);
            if (!verb->changes || entry.data["prechecks"]["evidence_preserved"].asString() != "true")
                continue;
            verbs.insert(action.type);
            for (const EntityRef& target : action.targets)
                QVERIFY2(kept.contains(target.key()) && kept.at(target.key()) < entry.seq, target.key().c_str());
        }
        QVERIFY(verbs.contains("session.revoke")); // of a role that no step of the sequence looks at before
    }

    // GOV-OUTCOME, T7
    void govOutcomeWhatAConnectorClaimsIsReadBackAndNotBelieved()
    {
        CaseFixture fixture;
        const auto lie = [](act::Connector& real, Permit permit, const Action& action) -> Result<act::ExecuteReply> {
            if (!findVerb(action.type)->changes)
                return honest(real, std::move(permit), action);
            return act::ExecuteReply{Value::Object{{"was", "active"}}, "done, all is well"};
        };
        const auto held = fixture.run(optionsWith(fixture, lie));
        QCOMPARE(outcomeOf(fixture, "credential.deactivate"), std::string("failed"));
        QCOMPARE(outcomeOf(fixture, "evidence.snapshot"), std::string("verified"));
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Failed);
        for (const auto& [permit, outcome] : outcomes(fixture))
            QVERIFY2(outcome == "verified" || outcome == "failed", (permit + " " + outcome).c_str());
    }

    // GOV-OUTCOME
    void govOutcomeWhatNobodyCanReadBackIsUnknownAndEveryActionHasOneOutcome()
    {
        CaseFixture fixture;
        const auto blind = [](act::Connector& real, const Action& action) -> Result<Outcome> {
            if (action.type == "credential.deactivate")
                return fail(ErrorCode::Io, "no answer");
            return real.verify(action, {});
        };
        const auto held = fixture.run(optionsWith(fixture, honest, blind));
        QCOMPARE(outcomeOf(fixture, "credential.deactivate"), std::string("unknown"));
        const auto all = outcomes(fixture);
        QVERIFY(all.size() >= 4);
        for (const auto& [permit, outcome] : all)
            QVERIFY2(outcome == "verified" || outcome == "failed" || outcome == "unknown", (permit + " " + outcome).c_str());
    }

    // GOV-CRED, NHI3
    void govCredAConnectorHoldsOneShortLeaveForOneActionAndNoOther()
    {
        CaseFixture fixture;
        std::vector<std::pair<Permit, Action>> stolen;
        std::vector<std::pair<std::string, Timestamp>> given;
        std::set<std::string> unread;
        std::size_t most = 0;
        act::Connector* inside = nullptr;
        engine::EngineOptions options = optionsWith(
            fixture,
            [&](act::Connector& real, Permit permit, const Action& action) -> Result<act::ExecuteReply> {
                inside = &real;
                given.emplace_back(permit.serial(), permit.expires());
                unread.insert(action.type + action.targets.front().id);
                most = std::max(most, unread.size());
                if (action.type != "credential.deactivate")
                    return honest(real, std::move(permit), action);
                stolen.emplace_back(std::move(permit), action); // kept instead of used
                return act::ExecuteReply{};
            },
            [&](act::Connector& real, const Action& action) -> Result<Outcome> {
                unread.erase(action.type + action.targets.front().id);
                return real.verify(action, {});
            });
        options.replay = engine::ReplayMode::None;
        const Timestamp start = fixture.machine.now();
        const auto held = fixture.run(options);
        QCOMPARE(most, std::size_t(1)); // nothing else was in its hands while one action was open
        QVERIFY(stolen.size() == 1 && given.size() > 3);
        std::set<std::string> serials;
        for (const auto& [serial, expires] : given) {
            QVERIFY(serials.insert(serial).second);
            QVERIFY(expires > start && expires <= fixture.machine.now() + 5min);
        }

        // The one that was kept opens nothing else, and soon nothing at all.
        auto& [permit, action] = stolen.front();
        Action other = action;
        other.targets.front().id = SmallAttack::oldKey;
        QVERIFY(!act::checkPermit(permit, other, "exercise", fixture.machine.now()));
        other = action;
        other.type = "credential.delete";
        QVERIFY(!act::checkPermit(permit, other, "exercise", fixture.machine.now()));
        QVERIFY(!act::checkPermit(permit, action, "elsewhere", fixture.machine.now()));
        fixture.machine.pass(5min);
        const auto late = inside->execute(std::move(permit), action, {});
        QVERIFY(!late && late.error().code == ErrorCode::Denied);
        QCOMPARE(outcomeOf(fixture, "credential.deactivate"), std::string("failed"));
    }

    // AP-04
    void ap04WhatChangesBetweenTheDecisionAndTheCallIsSeenAtTheCall()
    {
        for (const bool isChanged : {false, true}) {
            CaseFixture fixture;
            const auto isIntended = [&] {
                const auto begun = fixture.ledger("action.intended");
                return std::any_of(begun.begin(), begun.end(), [](const LedgerEntry& entry) {
                    return entry.data["action"]["type"].asString() == "policy.detach";
                });
            };
            int calls = 0;
            const auto count = [&](act::Connector& real, Permit permit, const Action& action) {
                calls += action.type == "policy.detach" ? 1 : 0;
                return honest(real, std::move(permit), action);
            };
            const auto held = fixture.run(optionsWith(fixture, count, {}, [&](TargetFacts& facts) {
                if (isChanged && facts.target.id == SmallAttack::userArn && isIntended())
                    facts.owner = "somebody else";
            }));
            const std::string request = CaseFixture::step(*held, "policy.detach")->request;
            VERIFY_DONE(held->apply(engine::SubmitReply{fixture.answer(*held, request, "user:analyst-a").reply}, {}));
            QVERIFY(isIntended());
            QCOMPARE(calls, isChanged ? 0 : 1);
            QCOMPARE(outcomeOf(fixture, "policy.detach"), std::string(isChanged ? "failed" : "verified"));
        }
    }

    // T10
    void t10PeopleAreAskedNoMoreOftenThanTheMandateSays()
    {
        CaseFixture fixture;
        const test::OwnResources resources;
        ThreeAttacks::write(fixture.path("three.json"));
        QVERIFY(resources.changeMandate("max: 60, per: 1h", "max: 2, per: 1h"));
        engine::EngineOptions options = fixture.options();
        options.logs = {fixture.path("three.json")};
        options.replay = engine::ReplayMode::None;
        options.resources = resources.folder();
        VERIFY_DONE(engine::acceptSupply(options.resources, options.home, {"mandates/exercise.yaml"}));
        const auto held = fixture.run(options);
        const auto asked = [&] { return fixture.ledger("approval.requested").size(); };
        QCOMPARE(asked(), std::size_t(2));
        int waiting = 0;
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps)
                waiting += step.state == StepState::Proposed && words::english(step.note).find("limit:L5") != std::string::npos ? 1 : 0;
        }
        QVERIFY2(waiting >= 2, std::to_string(waiting).c_str());
        VERIFY_DONE(held->tick({}));
        QCOMPARE(asked(), std::size_t(2));
        fixture.machine.pass(61min); // the next hour has room for two more
        VERIFY_DONE(held->tick({}));
        QCOMPARE(asked(), std::size_t(4));
    }
};

QTEST_GUILESS_MAIN(TestOneLeaveEach)
#include "tst_one_leave_each.moc"
