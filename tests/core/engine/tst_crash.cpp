#include "core/record/log_keys.h"
#include "core/words/words.h"
#include "tests/core/engine/case_fixture.h"

#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr int died = 9;

/// Runs the whole job in another process, which dies as by `kill -9` when `isTime` says so after a notice.
/// @return false when the run came to its end instead
bool runAndDie(const CaseFixture& fixture, const std::function<bool(engine::Pipeline*)>& isTime)
{
    const pid_t child = ::fork();
    if (child == 0) {
        engine::Pipeline* running = nullptr;
        auto made = engine::Pipeline::open(fixture.options(), fixture.machine, [&](const engine::Notice&) {
            if (isTime(running))
                ::_exit(died);
        });
        running = made ? made->get() : nullptr;
        ::_exit(made && (*made)->run({}) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 1)
        qFatal("the run in the other process failed");
    return WEXITSTATUS(status) == died;
}

/// Dies as soon as the ledger says that this step is begun.
bool dieWhileExecuting(const CaseFixture& fixture, const std::string& verb, const std::string& target)
{
    return runAndDie(fixture, [&](engine::Pipeline* running) {
        const Step* step = running ? CaseFixture::step(*running, verb, target) : nullptr;
        return step && step->state == StepState::Executing;
    });
}

crypto::SigningKey ledgerKey(const CaseFixture& fixture)
{
    const std::string origin = CaseFixture::must(record::caseOrigin(fixture.folder()));
    return CaseFixture::must(record::LogKeys(fixture.home()).caseKey(origin));
}

} // namespace

/// Whatever the moment at which the process dies: the case opens, verifies, and nothing is done twice.
class TestCrash : public QObject
{
    Q_OBJECT

private:
    static void checkOnce(const CaseFixture& fixture)
    {
        std::map<std::string, int> outcomes; ///< by permit
        std::map<std::string, int> changes;  ///< by verb and target, of what changed something
        for (const LedgerEntry& entry : fixture.ledger()) {
            const std::string& permit = entry.data["permit"].asString();
            if (entry.type == "action.intended") {
                const Action action = CaseFixture::must(Action::fromValue(entry.data["action"]));
                QVERIFY(outcomes.emplace(permit, 0).second);
                if (findVerb(action.type)->changes)
                    QVERIFY2(++changes[action.type + action.targets.front().id] == 1, action.type.c_str());
            } else if (entry.type.rfind("outcome.", 0) == 0) {
                ++outcomes[permit];
            }
        }
        for (const auto& [permit, count] : outcomes)
            QCOMPARE(count, 1);
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

private slots:
    void theCaseGoesOnFromAnyNotice()
    {
        const int stride = qEnvironmentVariableIsSet("CORDON_LONG") ? 1 : 4;
        int moments = 0;
        for (int at = 1; at < 1000; at += stride) {
            CaseFixture fixture;
            int heard = 0;
            if (!runAndDie(fixture, [&](engine::Pipeline*) { return ++heard == at; }))
                break;
            ++moments;
            fixture.machine.pass(std::chrono::seconds(1));
            {
                const auto held = fixture.run();
                QCOMPARE(held->files().size(), std::size_t(1));
                const Step* detach = CaseFixture::step(*held, "policy.detach");
                QVERIFY2(detach && detach->state == StepState::AwaitingApproval,
                         (stateName(detach) + " after notice " + std::to_string(at)).c_str());
                CaseFixture::must(held->finish());
            }
            checkOnce(fixture);
        }
        QVERIFY2(moments >= 5, QByteArray::number(moments));
    }

    void anActionThatWasBegunIsLookedAtAndNotRepeated()
    {
        CaseFixture fixture;
        QVERIFY(dieWhileExecuting(fixture, "credential.deactivate", SmallAttack::newKey));
        const std::size_t begun = fixture.ledger("action.intended").size();
        QVERIFY(fixture.ledger("action.intended").back().seq > fixture.ledger("outcome.").back().seq);
        for (int i = 0; i < 2; ++i) { // the second opening finds it settled
            const auto held = fixture.wake();
            const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
            QVERIFY2(off->state == StepState::Failed || off->state == StepState::Unknown, stateName(off).c_str());
            QVERIFY(words::english(off->note).find("after a restart") != std::string::npos);
            CaseFixture::must(held->finish());
            QCOMPARE(fixture.ledger("action.intended").size(), begun);
        }
        const LedgerEntry closed = fixture.ledger("outcome.").back();
        QVERIFY(closed.data["settled_after_restart"].asBool());
        QCOMPARE(closed.data["permit"].asString(), fixture.ledger("action.intended").back().data["permit"].asString());
        checkOnce(fixture);
    }

    void anActionThatTookEffectBeforeTheCrashCountsAsDone()
    {
        CaseFixture fixture;
        QVERIFY(dieWhileExecuting(fixture, "credential.deactivate", SmallAttack::newKey));
        {
            CaseClock clock(fixture.machine);
            clock.freeze(*Timestamp::parse("2026-11-21T12:10:00Z"));
            auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
            const std::string permit = fixture.ledger("action.intended").back().data["permit"].asString();
            VERIFY_DONE(tenant.setState({EntityKind::Credential, SmallAttack::newKey, "", ""}, "status", "inactive",
                                        "cordon:" + permit));
        }
        const auto held = fixture.wake();
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        CaseFixture::must(held->finish());
        checkOnce(fixture);
    }

    void aSavedIncidentThatLagsBehindTheLedgerFollowsTheLedger()
    {
        CaseFixture fixture;
        std::string step;
        {
            const auto held = fixture.run();
            step = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->id;
            engine::IncidentFile lagging = held->files().begin()->second;
            Step* off = lagging.step(step);
            off->state = StepState::Executing;
            off->outcome.reset();
            off->executedAt.reset();
            VERIFY_DONE(engine::saveIncident(held->folder().store(), lagging, ledgerKey(fixture)));
        }
        const std::size_t entries = fixture.ledger("action.intended").size();
        const auto held = fixture.wake();
        const Step* off = held->fileOfStep(step)->step(step);
        COMPARE_STATE(off, StepState::Verified);
        QVERIFY(off->outcome && !off->outcome->undoRecord.isNull());
        QCOMPARE(fixture.ledger("action.intended").size(), entries);
    }

    void aSavedIncidentFromAnotherHandIsRefused()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            engine::IncidentFile edited = held->files().begin()->second;
            edited.isConfirmedByPerson = true;
            VERIFY_DONE(engine::saveIncident(held->folder().store(), edited, crypto::SigningKey::generate()));
        }
        const auto held = engine::Pipeline::open(fixture.options(), fixture.machine);
        QVERIFY(!held && held.error().code == ErrorCode::Untrusted);
    }

    void openSessionsAreCountedAcrossAReopen()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const auto opened = fixture.ledger("session.open").size();
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        QCOMPARE(fixture.ledger("session.open").size(), opened);
        QVERIFY(held->files().begin()->second.session.isOpen);
    }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
