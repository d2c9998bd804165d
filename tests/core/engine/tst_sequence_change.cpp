#include "core/plan/sequence_edit.h"
#include "tests/core/engine/signed_orders.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";

/// The small attack, contained as far as it goes without people.
struct Sequence
{
    CaseFixture fixture;
    CaseFixture::Held held;

    Sequence() : held(fixture.run()) {}

    Result<void> order(const std::string& what, Value args) { return give(*held, fixture, analyst, what, std::move(args)); }
    [[nodiscard]] Step* step(const std::string& verb, const std::string& target = {}) { return CaseFixture::step(*held, verb, target); }
    [[nodiscard]] const Plan& plan(const Step& of) const { return held->fileOfStep(of.id)->plan; }
    [[nodiscard]] std::string incident(const Step& of) const { return of.id.substr(0, of.id.find('/')); }
    /// Two steps that nobody has done yet, the second after the first in the list.
    [[nodiscard]] std::pair<Step*, Step*> openPair()
    {
        for (auto& [id, file] : held->files()) {
            std::vector<const Step*> open;
            for (const Step& one : file.plan.steps) {
                if (plan::isOpenToChange(one) && findVerb(one.action.type)->changes)
                    open.push_back(&one);
            }
            if (open.size() >= 2)
                return {held->fileOfStep(open[0]->id)->step(open[0]->id), held->fileOfStep(open.back()->id)->step(open.back()->id)};
        }
        return {nullptr, nullptr};
    }
};

} // namespace

/// What people change in a proposed sequence is kept, judged like any other step, and survives.
class TestSequenceChange : public QObject
{
    Q_OBJECT

private slots:
    void aMoveIsTheirsInTheLedgerAndHoldsAfterReopening()
    {
        Sequence c;
        const auto pair = c.openPair();
        QVERIFY(pair.first && pair.second);
        const std::string first = pair.first->id;
        const std::string last = pair.second->id;
        const std::string blocker = [&] { // the one right before the last
            const Plan& plan = c.plan(*pair.second);
            return plan.steps[static_cast<std::size_t>(pair.second->ordinal) - 2].id;
        }();
        const auto done = c.order("step-move", Value::Object{{"step", last}, {"before", blocker}, {"why", "the key first"}});
        if (!done && done.error().detail.starts_with("order_kept")) // through a third step: that one is moved first
            QSKIP(done.error().detail.c_str());
        VERIFY_DONE(done);
        const auto entries = c.fixture.ledger("step.moved");
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries[0].actor.id, std::string(analyst));
        QCOMPARE(entries[0].data["why"].asString(), std::string("the key first"));
        QCOMPARE(entries[0].data["first"].asString(), last);
        const auto orderOf = [](const Plan& plan) {
            std::string all;
            for (const Step& one : plan.steps)
                all += one.id + " ";
            return all;
        };
        const std::string before = orderOf(c.held->fileOfStep(last)->plan);
        QVERIFY(before.find(last) < before.find(blocker));
        c.held.reset();
        c.held = c.fixture.wake();
        QCOMPARE(orderOf(c.held->fileOfStep(last)->plan), before);
        CaseFixture::must(c.held->finish());
        c.held.reset();
        QVERIFY2(c.fixture.verdict().exitStatus() == 0, c.fixture.verdict().toText().c_str());
    }

    void evidenceFirstIsKeptWhoeverAsks()
    {
        Sequence c;
        const auto pair = c.openPair();
        QVERIFY(pair.first);
        const auto evidence = plan::evidenceBefore(c.plan(*pair.first), *pair.first);
        QVERIFY(!evidence.empty());
        const auto done = c.order("step-move", Value::Object{{"step", pair.first->id}, {"before", evidence.front()}, {"why", "hurry"}});
        QVERIFY(!done);
        QVERIFY2(done.error().detail.find("already_done") != std::string::npos || done.error().detail.find("evidence_first") != std::string::npos,
                 done.error().detail.c_str());
        QVERIFY(c.fixture.ledger("step.moved").empty());
    }

    void anAddedStepIsJudgedAndItsAuthorDoesNotApproveIt()
    {
        Sequence c;
        const Step* some = c.step("policy.detach");
        QVERIFY(some);
        const std::string target = std::string("account:") + SmallAttack::userArn;
        const std::string id = c.incident(*some);
        const std::size_t decisions = c.fixture.ledger("decision").size();
        const auto done = c.order("step-add", Value::Object{{"incident", id}, {"verb", "account.suspend"}, {"target", target}, {"why", "stop it whole"}});
        VERIFY_DONE(done);
        const Step* added = c.step("account.suspend", SmallAttack::userArn);
        QVERIFY(added);
        QCOMPARE(added->editedBy, std::string(analyst));
        QVERIFY(c.fixture.ledger("decision").size() > decisions);
        const LedgerEntry decision = c.fixture.ledger("decision").back();
        QCOMPARE(decision.data["proposed_by"].asString(), std::string(analyst));
        QVERIFY(added->decision); // by the same gate, under the same mandate
        if (added->state == StepState::AwaitingApproval) {
            const auto given = c.fixture.answer(*c.held, added->request, analyst);
            QVERIFY(!given.reply.empty() ? !c.held->apply(engine::SubmitReply{given.reply}, {}) : true);
        }
        const std::string step = added->id;
        c.held.reset();
        c.held = c.fixture.wake(); // the index is not believed: the ledger says it again
        const Step* again = c.held->fileOfStep(step)->step(step);
        QVERIFY(again);
        QCOMPARE(again->editedBy, std::string(analyst));
        QCOMPARE(again->action.targets.front().id, std::string(SmallAttack::userArn));
        CaseFixture::must(c.held->finish());
        c.held.reset();
        QVERIFY2(c.fixture.verdict().exitStatus() == 0, c.fixture.verdict().toText().c_str());
    }

    void whatWasTakenBackCanBeContainedAgain()
    {
        Sequence c;
        const Step* detach = c.step("policy.detach");
        QVERIFY(detach);
        const std::string first = detach->id;
        const std::string incident = c.incident(*detach);
        const EntityRef target = detach->action.targets.front();
        const Value again = Value::Object{{"incident", incident}, {"verb", "policy.detach"}, {"target", target.key()},
                                          {"params", detach->action.params}, {"why", "taken back too early"}};
        const auto approve = [&](const std::string& id) {
            const auto given = c.fixture.answer(*c.held, c.held->fileOfStep(id)->step(id)->request, "user:commander-a");
            QVERIFY(!given.reply.empty());
            VERIFY_DONE(c.held->apply(engine::SubmitReply{given.reply}, {}));
            COMPARE_STATE(c.held->fileOfStep(id)->step(id), StepState::Verified);
        };
        approve(first);
        QVERIFY(!c.order("step-add", again)); // it stands
        VERIFY_DONE(c.order("undo", Value::Object{{"step", first}, {"overwrite_drift", false}}));
        COMPARE_STATE(c.held->fileOfStep(first)->step(first), StepState::Reverted);
        VERIFY_DONE(c.order("step-add", again));
        QVERIFY(!c.order("step-add", again)); // once
        const auto& steps = c.held->fileOfStep(first)->plan.steps;
        const auto second = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
            return step.id != first && step.action.type == "policy.detach" && step.action.targets.front() == target;
        });
        QVERIFY(second != steps.end());
        const std::string id = second->id;
        COMPARE_STATE(&*second, StepState::AwaitingApproval);
        approve(id);
        COMPARE_STATE(c.held->fileOfStep(first)->step(first), StepState::Reverted);
        VERIFY_DONE(c.held->finish());
        c.held.reset();
        c.held = c.fixture.wake();
        COMPARE_STATE(c.held->fileOfStep(id)->step(id), StepState::Verified);
        COMPARE_STATE(c.held->fileOfStep(first)->step(first), StepState::Reverted);
        VERIFY_DONE(c.held->finish());
        c.held.reset();
        QVERIFY2(c.fixture.verdict().exitStatus() == 0, c.fixture.verdict().toText().c_str());
    }

    void whatIsNothingOfTheIncidentIsNoTarget()
    {
        Sequence c;
        const Step* some = c.step("policy.detach");
        const std::string foreign = "account:arn:aws:iam::111122223333:user/somebody-else";
        const auto done = c.order("step-add", Value::Object{{"incident", c.incident(*some)}, {"verb", "account.suspend"}, {"target", foreign}, {"why", "I do not like them"}});
        QVERIFY(!done && done.error().detail.starts_with("target_foreign"));
        QVERIFY(!c.step("account.suspend", "arn:aws:iam::111122223333:user/somebody-else"));
        const auto edited = c.order("step-edit", Value::Object{{"step", some->id}, {"target", foreign}, {"why", "nor here"}});
        QVERIFY(!edited && edited.error().detail.starts_with("target_foreign"));
        QVERIFY(c.fixture.ledger("step.added").empty() && c.fixture.ledger("step.changed").empty());
    }

    void aStepThatDoesNotSayWhatIsMeantIsRefused()
    {
        Sequence c;
        const Step* some = c.step("policy.detach");
        const std::string target = std::string("account:") + SmallAttack::userArn;
        const auto order = [&](Value params) {
            Value args = Value::Object{{"incident", c.incident(*some)}, {"verb", "policy.detach"}, {"target", target}, {"why", "it too"}};
            if (params.isObject())
                args.set("params", std::move(params));
            return c.order("step-add", std::move(args));
        };
        const auto none = order({});
        QVERIFY(!none && none.error().detail.starts_with("params_missing: policy.detach needs policy, policy_name"));
        const auto other = order(Value::Object{{"region", "eu-central-1"}});
        QVERIFY(!other && other.error().detail.starts_with("params_missing"));
        VERIFY_DONE(order(Value::Object{{"policy", "arn:aws:iam::aws:policy/ReadOnlyAccess"}}));
    }

    void aChangedStepIsAskedAnew()
    {
        Sequence c;
        Step* detach = c.step("policy.detach");
        QVERIFY(detach);
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        const std::string id = detach->id;
        const std::string request = detach->request;
        VERIFY_DONE(c.order("step-edit", Value::Object{{"step", id}, {"params", Value::Object{{"policy", "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}, {"why", "the other one"}}));
        const Step* now = c.held->fileOfStep(id)->step(id);
        QCOMPARE(now->action.params["policy"].asString(), std::string("arn:aws:iam::aws:policy/ReadOnlyAccess"));
        QVERIFY(now->request != request || now->state != StepState::AwaitingApproval);
        const auto old = c.fixture.answer(*c.held, request, "user:commander-a");
        QVERIFY(old.reply.empty() || !c.held->apply(engine::SubmitReply{old.reply}, {})); // what was asked before is void
        QCOMPARE(c.fixture.ledger("step.changed").size(), std::size_t(1));
        QVERIFY(!c.order("step-edit", Value::Object{{"step", id}, {"params", Value::Object{{"colour", "red"}}}, {"why", "no"}})); // not a parameter of the verb
    }

    void whoChangedOnlyTheLeaseIsAnAuthorToo_data()
    {
        QTest::addColumn<bool>("isChanged");
        QTest::newRow("as it was") << false;
        QTest::newRow("for another time") << true;
    }
    void whoChangedOnlyTheLeaseIsAnAuthorToo()
    {
        QFETCH(bool, isChanged);
        Sequence c;
        const std::string id = c.step("policy.detach")->id;
        if (isChanged)
            VERIFY_DONE(c.order("step-edit", Value::Object{{"step", id}, {"lease", "2h"}, {"why", "not for long"}}));
        VERIFY_DONE(c.order("skip", Value::Object{{"step", id}, {"why", "not now"}}));
        VERIFY_DONE(c.order("step-restore", Value::Object{{"step", id}, {"why", "after all"}}));
        COMPARE_STATE(c.held->fileOfStep(id)->step(id), StepState::AwaitingApproval);
        const auto given = c.fixture.answer(*c.held, c.held->fileOfStep(id)->step(id)->request, analyst);
        const bool isTaken = !given.reply.empty() && c.held->apply(engine::SubmitReply{given.reply}, {}).has_value();
        QCOMPARE(isTaken, !isChanged);
    }

    void aChangedLeaseIsAskedAnewAndTheStepStays()
    {
        Sequence c;
        const std::string id = c.step("policy.detach")->id;
        const std::string request = c.step("policy.detach")->request;
        VERIFY_DONE(c.order("step-edit", Value::Object{{"step", id}, {"lease", "2h"}, {"why", "not for long"}}));
        QCOMPARE(c.held->approvals().find(request)->why, std::string("facts_changed"));
        for (int opening = 0; opening < 2; ++opening) { // the second has only what the first kept
            VERIFY_DONE(c.held->finish());
            c.held.reset();
            c.held = c.fixture.wake();
            engine::IncidentFile* file = c.held->fileOfStep(id);
            QVERIFY(file);
            const Step* step = file->step(id);
            QVERIFY(step && step->lease == Duration(std::chrono::hours(2)));
            QCOMPARE(step->editedBy, std::string(analyst));
            COMPARE_STATE(step, StepState::AwaitingApproval);
            QVERIFY(step->request != request);
            QVERIFY(c.held->approvals().find(step->request)->state == govern::RequestState::Pending);
        }
        const auto given = c.fixture.answer(*c.held, c.held->fileOfStep(id)->step(id)->request, "user:commander-a");
        QVERIFY(!given.reply.empty());
        VERIFY_DONE(c.held->apply(engine::SubmitReply{given.reply}, {}));
        COMPARE_STATE(c.held->fileOfStep(id)->step(id), StepState::Verified);
    }

    void whatSomebodyLeftOutComesBack()
    {
        Sequence c;
        Step* detach = c.step("policy.detach");
        const std::string id = detach->id;
        const std::string request = detach->request;
        QVERIFY(!c.order("step-restore", Value::Object{{"step", id}, {"why", "it is there"}}));
        VERIFY_DONE(c.order("skip", Value::Object{{"step", id}, {"why", "not now"}}));
        COMPARE_STATE(c.held->fileOfStep(id)->step(id), StepState::Skipped);
        QCOMPARE(c.held->approvals().find(request)->why, std::string("step_settled")); // nobody approves it by the old request
        VERIFY_DONE(c.order("step-restore", Value::Object{{"step", id}, {"why", "after all"}}));
        QVERIFY(c.held->fileOfStep(id)->step(id)->state != StepState::Skipped);
        c.held.reset();
        c.held = c.fixture.wake();
        QVERIFY(c.held->fileOfStep(id)->step(id)->state != StepState::Skipped);
    }

    void whatIsNoChangeIsRefused()
    {
        Sequence c;
        const std::string id = c.step("policy.detach")->id;
        const std::string incident = id.substr(0, id.find('/'));
        QVERIFY(!c.order("step-move", Value::Object{{"step", id}, {"why", "x"}}));
        QVERIFY(!c.order("step-move", Value::Object{{"step", id}, {"before", id}, {"why", "x"}}));
        QVERIFY(!c.order("step-move", Value::Object{{"step", incident + "/S99"}, {"before", id}, {"why", "x"}}));
        QVERIFY(!c.order("step-add", Value::Object{{"incident", "INC-0099"}, {"verb", "account.suspend"}, {"target", "account:x"}, {"why", "x"}}));
        QVERIFY(!c.order("step-add", Value::Object{{"incident", incident}, {"verb", "account.explode"}, {"target", "account:x"}, {"why", "x"}}));
        QVERIFY(!c.order("step-add", Value::Object{{"incident", incident}, {"verb", "account.suspend"}, {"target", "x"}, {"why", "x"}}));
        QVERIFY(!c.order("step-add", Value::Object{{"incident", incident}, {"verb", "account.suspend"}, {"target", "account:x"}, {"why", ""}}));
        QVERIFY(!c.held->applySigned("nobody signed this", {}));
        for (const char* type : {"step.moved", "step.added", "step.changed", "step.restored"})
            QVERIFY(c.fixture.ledger(type).empty());
    }
};

QTEST_GUILESS_MAIN(TestSequenceChange)
#include "tst_sequence_change.moc"
