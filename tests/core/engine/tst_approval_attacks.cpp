#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "tests/core/engine/signed_orders.h"

#include <algorithm>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;
using engine::IncidentFile;
using engine::SubmitReply;

namespace {

const EntityRef user{EntityKind::Account, SmallAttack::userArn, "", ""};
constexpr const char* analyst = "user:analyst-a";
constexpr const char* commanderA = "user:commander-a";
constexpr const char* commanderB = "user:commander-b";

/// The case's tenant while nobody holds the case, at a moment that lies behind the case clock.
tenant::Tenant tenantOf(const CaseFixture& fixture, CaseClock& clock)
{
    clock.freeze(*Timestamp::parse("2026-11-21T12:00:00Z"));
    return CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
}

std::size_t begun(const CaseFixture& fixture, const std::string& step)
{
    std::size_t count = 0;
    for (const LedgerEntry& entry : fixture.ledger("action.intended"))
        count += entry.data["step"].asString() == step ? 1 : 0;
    return count;
}

/// What somebody who holds a person's vault and PIN could sign.
crypto::SigningKey keyOf(const CaseFixture& fixture, const std::string& person)
{
    const std::filesystem::path exercise = record::exercisePath(fixture.folder());
    for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
        if (row.id != person)
            continue;
        auto unlocked = govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), person)
                            .unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, fixture.machine.now());
        if (unlocked)
            return std::move(unlocked->key);
    }
    qFatal("no such person");
}

} // namespace

/// Attacks of governance C3 on a whole case: no actuator call, one ledger entry, the right reason.
class TestApprovalAttacks : public QObject
{
    Q_OBJECT

    /// Hands a reply in and sees that it is refused for that reason, once, and that nothing began.
    static void refusedOnce(const CaseFixture& fixture, engine::Pipeline& held, const std::string& reply,
                            const std::string& reason)
    {
        const std::size_t entries = fixture.ledger().size();
        const std::size_t acts = fixture.ledger("action.intended").size();
        const auto refused = held.apply(SubmitReply{reply}, {});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.starts_with(reason), refused.error().detail.c_str());
        QCOMPARE(fixture.ledger().size(), entries + 1);
        QCOMPARE(fixture.ledger().back().type, std::string("approval.refused"));
        QCOMPARE(fixture.ledger().back().data["reason"].asString(), reason);
        QCOMPARE(fixture.ledger("action.intended").size(), acts);
    }

    static void refusedAfterVoid(const CaseFixture& fixture, engine::Pipeline& held, const std::string& reply,
                                 const std::string& request, const std::string& why)
    {
        QVERIFY(!held.apply(SubmitReply{reply}, {}));
        QCOMPARE(fixture.ledger().back().data["reason"].asString(), std::string("request_void"));
        QCOMPARE(held.approvals().find(request)->why, why);
        QVERIFY(!fixture.ledger("approval.ended").empty());
    }

private slots:
    // AP-01 AP-02 AP-08 AP-19 AP-20
    void everyForgedReplyEndsInOneEntryAndNoAct()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const auto given = fixture.answer(*held, detach->request, analyst);
        const crypto::SigningKey key = keyOf(fixture, analyst);
        const Approval honest = CaseFixture::must(govern::readReply(given.reply));
        const auto forge = [&](const std::function<void(Approval&)>& change) {
            Approval forged = honest;
            change(forged);
            return CaseFixture::must(govern::signReply(forged, key));
        };
        const std::string other = CaseFixture::step(*held, "credential.delete")->request;
        refusedOnce(fixture, *held, forge([&](Approval& a) { a.request = other; }), "action_other");
        refusedOnce(fixture, *held, forge([](Approval& a) { a.session = "s-other"; }), "session_other");
        refusedOnce(fixture, *held, forge([](Approval& a) { a.renderDigest = std::string(64, '0'); }), "render_other");
        refusedOnce(fixture, *held, forge([](Approval& a) { a.ledgerRoot = std::string(64, '0'); }), "ledger_other");
        refusedOnce(fixture, *held, forge([](Approval& a) { a.nonce = std::string(32, '0'); }), "nonce_unknown");
        const auto agent = CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(fixture.folder())));
        Approval byAgent = honest;
        refusedOnce(fixture, *held, CaseFixture::must(govern::signReply(byAgent, agent.agentKey())), "signature_bad");
        byAgent.approver = agent.mandate().agent.id;
        refusedOnce(fixture, *held, CaseFixture::must(govern::signReply(byAgent, agent.agentKey())), "agent_key");
        QCOMPARE(begun(fixture, detach->id), std::size_t(0));

        VERIFY_DONE(held->apply(SubmitReply{given.reply}, {}));
        QCOMPARE(begun(fixture, detach->id), std::size_t(1));
        refusedOnce(fixture, *held, given.reply, "nonce_used");
        QCOMPARE(begun(fixture, detach->id), std::size_t(1));
    }

    // AP-04
    void ap04ATargetThatChangedAfterItWasShownIsNotActedUpon()
    {
        for (const bool isGone : {false, true}) {
            CaseFixture fixture;
            std::string reply;
            std::string step;
            {
                const auto held = fixture.run();
                Step* detach = CaseFixture::step(*held, "policy.detach");
                step = detach->id;
                reply = fixture.answer(*held, detach->request, analyst).reply;
                CaseFixture::must(held->finish());
            }
            {
                CaseClock clock(fixture.machine);
                auto tenant = tenantOf(fixture, clock);
                if (isGone)
                    VERIFY_DONE(tenant.removeByOtherHand(user, "somebody"));
                else
                    VERIFY_DONE(tenant.changeByOtherHand(
                        user, "policies", Value::Array{Value(SmallAttack::policy), Value("arn:aws:iam::aws:policy/X")},
                        "somebody"));
            }
            const auto held = fixture.wake();
            const std::size_t asked = fixture.ledger("approval.requested").size();
            (void)held->apply(SubmitReply{reply}, {});
            QVERIFY2(begun(fixture, step) == 0, isGone ? "gone" : "changed");
            const Step* detach = CaseFixture::step(*held, "policy.detach");
            QVERIFY2(detach->state != StepState::Verified && detach->state != StepState::Executing,
                     stateName(detach).c_str());
            // What is there now is another action: people are asked anew, about exactly that.
            if (!isGone)
                QCOMPARE(fixture.ledger("approval.requested").size(), asked + 1);
        }
    }

    /// R7: what is known of the target belongs to what people decide on; what happens elsewhere voids nothing.
    void whatChangesAboutTheTargetIsAskedAnewAndNothingElseIs_data()
    {
        QTest::addColumn<bool>("isChanged");
        QTest::newRow("its policies") << true;
        QTest::newRow("nothing") << false;
    }

    void whatChangesAboutTheTargetIsAskedAnewAndNothingElseIs()
    {
        QFETCH(bool, isChanged);
        CaseFixture fixture;
        std::string request;
        {
            const auto held = fixture.run();
            request = CaseFixture::step(*held, "policy.detach")->request;
            const ApprovalRequest& asked = held->approvals().find(request)->request;
            const std::string line = "\nAs of: " + asked.issued.toString() + ", ledger entry " +
                                     std::to_string(asked.ledgerSize - 1) + ";";
            QVERIFY2(asked.render.find(line) != std::string::npos, asked.render.c_str());
            CaseFixture::must(held->finish());
        }
        if (isChanged) {
            CaseClock clock(fixture.machine);
            VERIFY_DONE(tenantOf(fixture, clock).changeByOtherHand(
                user, "policies", Value::Array{Value(SmallAttack::policy), Value("arn:aws:iam::aws:policy/X")}, "somebody"));
        }
        const auto held = fixture.wake();
        // Something else is decided, so that the incident is looked at again.
        VERIFY_DONE(obey(*held, fixture, engine::SkipStep{CaseFixture::step(*held, "credential.delete")->id, analyst, "later"}));
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        QCOMPARE(detach->request != request, isChanged);
        QCOMPARE(held->approvals().find(request)->why, std::string(isChanged ? "facts_changed" : ""));
    }

    /// AP-04 for what people saw of the target beside its state: its owner, tags, criticality.
    void ap04WhatWasShownOfTheTargetIsComparedBeforeItIsUsed_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"nothing", "owner", "tags", "criticality"})
            QTest::newRow(what) << QString(what);
    }

    // AP-04
    void ap04WhatWasShownOfTheTargetIsComparedBeforeItIsUsed()
    {
        QFETCH(QString, what);
        CaseFixture fixture;
        std::string reply;
        std::string request;
        std::string step;
        {
            const auto held = fixture.run();
            const Step* detach = CaseFixture::step(*held, "policy.detach");
            step = detach->id;
            request = detach->request;
            reply = fixture.answer(*held, request, analyst).reply;
            CaseFixture::must(held->finish());
        }
        {
            CaseClock clock(fixture.machine);
            auto tenant = tenantOf(fixture, clock);
            tenant::EntityRecord record;
            record.ref = user;
            if (what == "owner")
                record.owner = EntityRef{EntityKind::Account, "arn:aws:iam::111122223333:user/somebody-else", "human", ""};
            if (what == "tags")
                record.tags = {"team=payments"};
            if (what == "criticality")
                record.criticality = Criticality::High;
            VERIFY_DONE(tenant.put(record, "somebody", tenant.now()));
        }
        const auto held = fixture.wake();
        (void)held->apply(SubmitReply{reply}, {}); // the first look at the incident since
        const bool isChanged = what != "nothing";
        QCOMPARE(begun(fixture, step), std::size_t(isChanged ? 0 : 1));
        QCOMPARE(held->approvals().find(request)->why, std::string(isChanged ? "facts_changed" : ""));
        int asked = 0;
        for (const LedgerEntry& entry : fixture.ledger("approval.requested"))
            asked += entry.data["step"].asString() == step ? 1 : 0;
        QCOMPARE(asked, isChanged ? 2 : 1);
    }

    // AP-06
    void ap06AfterARestartOnlyObservingGoesOnUntilSomebodySigns()
    {
        CaseFixture fixture;
        std::string reply;
        std::string step;
        {
            const auto held = fixture.run();
            Step* detach = CaseFixture::step(*held, "policy.detach");
            step = detach->id;
            reply = fixture.answer(*held, detach->request, analyst).reply;
            CaseFixture::must(held->finish());
        }
        fixture.machine.boot = std::string(32, 'c');
        const auto held = fixture.wake();
        QCOMPARE(fixture.ledger("clock.distrusted").size(), std::size_t(1));
        QCOMPARE(fixture.ledger("clock.distrusted")[0].data["why"].asString(), std::string("boot_changed"));
        QVERIFY(!fixture.ledger("approval.ended").empty());
        refusedOnce(fixture, *held, reply, "request_void");
        VERIFY_DONE(held->tick({}));
        Step* detach = CaseFixture::step(*held, "policy.detach");
        COMPARE_STATE(detach, StepState::Expired);
        VERIFY_DONE(held->apply(engine::AskAgain{step, analyst}, {}));
        QVERIFY2(detach->state == StepState::Proposed && detach->note.code == "step.waits.sign_in",
                 stateName(detach).c_str());
        QVERIFY(held->approvals().openFor(detach->decision->digest) == nullptr);

        // Somebody signs: what became void is asked anew, and the old reply counts for nothing.
        govern::Command command{"present", Value::Object{}, commanderA, fixture.machine.now(), std::string(32, 'a'),
                                held->folder().ledger().origin()};
        VERIFY_DONE(held->applySigned(CaseFixture::must(govern::signCommand(command, keyOf(fixture, commanderA))), {}));
        QCOMPARE(fixture.ledger("clock.trusted").size(), std::size_t(1));
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        refusedOnce(fixture, *held, reply, "request_void");
        QCOMPARE(begun(fixture, step), std::size_t(0));
        const auto fresh = fixture.answer(*held, detach->request, commanderB);
        VERIFY_DONE(held->apply(SubmitReply{fresh.reply}, {}));
        COMPARE_STATE(detach, StepState::Verified);
    }

    // AP-06
    void ap06AClockThatGoesBackVoidsWhatIsOpenAndStaysDistrustedThroughARestart()
    {
        CaseFixture fixture;
        std::string reply;
        {
            const auto held = fixture.run();
            reply = fixture.answer(*held, CaseFixture::step(*held, "policy.detach")->request, analyst).reply;
            VERIFY_DONE(held->tick({}));
            fixture.machine.pass(-std::chrono::hours(1));
            VERIFY_DONE(held->tick({}));
            QCOMPARE(fixture.ledger("clock.distrusted").size(), std::size_t(1));
            refusedOnce(fixture, *held, reply, "request_void");
            VERIFY_DONE(held->tick({}));
            QCOMPARE(fixture.ledger("clock.distrusted").size(), std::size_t(1)); // said once
        }
        fixture.machine.pass(std::chrono::hours(2)); // right again: nobody has signed yet
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        Step* detach = CaseFixture::step(*held, "policy.detach");
        VERIFY_DONE(held->apply(engine::AskAgain{detach->id, analyst}, {}));
        COMPARE_STATE(detach, StepState::Proposed);
        VERIFY_DONE(obey(*held, fixture, engine::Present{commanderA}));
        COMPARE_STATE(detach, StepState::AwaitingApproval);
    }

    // AP-06
    void ap06ARestoredSnapshotDoesNotActTwice()
    {
        CaseFixture fixture;
        std::string reply;
        std::string step;
        {
            const auto held = fixture.run();
            Step* detach = CaseFixture::step(*held, "policy.detach");
            step = detach->id;
            reply = fixture.answer(*held, detach->request, analyst).reply;
            CaseFixture::must(held->finish());
        }
        const std::filesystem::path saved = fixture.path("saved");
        std::filesystem::create_directories(saved);
        const auto everything = std::filesystem::copy_options::recursive;
        std::filesystem::copy(fixture.folder(), saved / "case", everything);
        std::filesystem::copy(fixture.home(), saved / "home", everything);
        {
            const auto held = fixture.wake();
            VERIFY_DONE(held->apply(SubmitReply{reply}, {}));
            COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::Verified);
        }
        // The machine is set back to the snapshot; the provider is not.
        std::filesystem::copy(record::tenantPath(fixture.folder()), saved / "tenant.db");
        std::filesystem::remove_all(fixture.folder());
        std::filesystem::remove_all(fixture.home());
        std::filesystem::copy(saved / "case", fixture.folder(), everything);
        std::filesystem::copy(saved / "home", fixture.home(), everything);
        for (const char* extra : {"-wal", "-shm"})
            std::filesystem::remove(record::tenantPath(fixture.folder()).string() + extra);
        std::filesystem::copy_file(saved / "tenant.db", record::tenantPath(fixture.folder()),
                                   std::filesystem::copy_options::overwrite_existing);
        const auto held = fixture.wake();
        (void)held->apply(SubmitReply{reply}, {});
        QCOMPARE(begun(fixture, step), std::size_t(0)); // in the ledger that was set back
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        QVERIFY2(detach->state != StepState::Verified, stateName(detach).c_str());
    }

    // AP-14
    void ap14DyingAtAnyMomentActsAtMostOnce()
    {
        int moments = 0;
        for (int at = 1; at < 60; ++at) { // every one: what was begun and not closed is one of them
            CaseFixture fixture;
            std::string reply;
            std::string step;
            {
                const auto held = fixture.run();
                Step* detach = CaseFixture::step(*held, "policy.detach");
                step = detach->id;
                reply = fixture.answer(*held, detach->request, analyst).reply;
                CaseFixture::must(held->finish());
            }
            const pid_t child = ::fork();
            if (child == 0) {
                int heard = 0;
                bool isArmed = false;
                engine::EngineOptions bare = fixture.options("");
                bare.logs.clear();
                bare.replay = engine::ReplayMode::None;
                auto made = engine::Pipeline::open(bare, fixture.machine, [&](const engine::Notice&) {
                    if (isArmed && ++heard == at)
                        ::_exit(9);
                });
                if (!made || !(*made)->wake())
                    ::_exit(1);
                isArmed = true;
                ::_exit((*made)->apply(SubmitReply{reply}, {}) ? 0 : 1);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) != 1);
            {
                const auto held = fixture.wake();
                (void)held->apply(SubmitReply{reply}, {}); // whoever gave it sends it again
                CaseFixture::must(held->finish());
                const Step* detach = CaseFixture::step(*held, "policy.detach");
                const bool isUntried = detach->state == StepState::Proposed; // approved, and judged at the next work
                QVERIFY2(isUntried || detach->state == StepState::Verified || detach->state == StepState::Unknown ||
                             detach->state == StepState::Failed,
                         stateName(detach).c_str());
            }
            QVERIFY2(begun(fixture, step) <= 1, std::to_string(at).c_str());
            int outcomes = 0;
            for (const LedgerEntry& entry : fixture.ledger("outcome."))
                outcomes += entry.data["step"].asString() == step ? 1 : 0;
            QCOMPARE(static_cast<std::size_t>(outcomes), begun(fixture, step)); // each is closed, unknown ones told
            QVERIFY(fixture.verdict().verdict == record::VerifyReport::Verdict::Ok);
            QVERIFY(fixture.verdict().ledger.cosignatures >= 1); // who approved witnessed the head that they saw
            if (WEXITSTATUS(status) == 0)
                break; // it outlived every notice
            ++moments;
        }
        QVERIFY2(moments >= 2, QByteArray::number(moments));
    }

    // AP-17
    void whatATargetsLeavingMakesVoidIsToldAndNotActedUpon()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const auto given = fixture.answer(*held, detach->request, analyst);
        IncidentFile* file = held->fileOfStep(detach->id);
        std::erase_if(file->incident.members,
                      [&](const IncidentMember& member) { return member.entity == detach->action.targets.front(); });
        refusedAfterVoid(fixture, *held, given.reply, detach->request, "membership_changed");
        QCOMPARE(begun(fixture, detach->id), std::size_t(0));
    }

    // AP-16
    void ap16ADenialStandsThroughFiftyTries()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        VERIFY_DONE(held->apply(SubmitReply{fixture.answer(*held, detach->request, commanderB, false).reply}, {}));
        const std::size_t asked = fixture.ledger("approval.requested").size();
        for (int i = 0; i < 50; ++i) {
            fixture.machine.pass(std::chrono::seconds(5));
            VERIFY_DONE(held->tick({}));
            const auto again = held->apply(engine::AskAgain{detach->id, analyst}, {});
            QVERIFY(!again && again.error().code == ErrorCode::Invalid);
        }
        QCOMPARE(fixture.ledger("approval.requested").size(), asked);
        QCOMPARE(begun(fixture, detach->id), std::size_t(0));
        COMPARE_STATE(detach, StepState::Denied);
    }

    // AP-07
    void whatRanOutIsAskedAgainAndWhoAskedDoesNotApprove()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const std::string first = detach->request;
        QVERIFY(!held->apply(engine::AskAgain{detach->id, analyst}, {})); // it still waits
        held->clock().tick(std::chrono::minutes(61));
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(detach, StepState::Expired);
        QVERIFY(!held->apply(engine::AskAgain{detach->id, "user:stranger"}, {}));
        VERIFY_DONE(obey(*held, fixture, engine::AskAgain{detach->id, analyst}));
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        QVERIFY(detach->request != first);
        QVERIFY(held->approvals().find(first) != nullptr); // history is kept
        QCOMPARE(held->approvals().find(detach->request)->request.requester, std::string(analyst));
        QCOMPARE(fixture.answer(*held, detach->request, analyst).reason, std::string("is_requester"));
        // Nor when somebody else asks after them.
        held->clock().tick(std::chrono::minutes(61));
        VERIFY_DONE(held->tick({}));
        VERIFY_DONE(obey(*held, fixture, engine::AskAgain{detach->id, "user:commander-a"}));
        QCOMPARE(held->approvals().find(detach->request)->request.requester, std::string("user:commander-a"));
        QVERIFY(fixture.answer(*held, detach->request, analyst).reply.empty() ||
                !held->apply(SubmitReply{fixture.answer(*held, detach->request, analyst).reply}, {}));
        VERIFY_DONE(held->apply(SubmitReply{fixture.answer(*held, detach->request, commanderB).reply}, {}));
        COMPARE_STATE(detach, StepState::Verified);
        QCOMPARE(fixture.ledger("approval.asked_again").size(), std::size_t(2));
    }

    void whatWaitsTooLongGoesUpOnceEach()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        std::vector<std::string> told;
        for (int minute = 0; minute < 59; ++minute) {
            held->clock().tick(std::chrono::minutes(1));
            VERIFY_DONE(held->tick({}));
        }
        const std::string request = CaseFixture::step(*held, "policy.detach")->request;
        for (const LedgerEntry& entry : fixture.ledger("approval.escalated")) {
            if (entry.data["request"].asString() == request)
                told.push_back(entry.data["to"].asString());
        }
        QVERIFY2(told.size() >= 2, std::to_string(told.size()).c_str());
        QCOMPARE(told[0], std::string("commander"));
        QVERIFY(told[1].starts_with("user:") && std::adjacent_find(told.begin(), told.end()) == told.end());
    }

    void onePersonKeepsAWholeIncidentContained()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const std::string incident = toString(held->files().begin()->first);
        const Timestamp until = held->clock().now() + std::chrono::hours(6);
        VERIFY_DONE(obey(*held, fixture, engine::KeepContained{incident, until, analyst}));
        int leases = 0;
        for (const Step& step : held->files().begin()->second.plan.steps) {
            if (step.state == StepState::Verified && step.leaseUntil) {
                ++leases;
                QVERIFY(*step.leaseUntil == until);
            }
        }
        QVERIFY(leases > 0);
        QCOMPARE(fixture.ledger("lease.extended").size(), static_cast<std::size_t>(leases));
        QVERIFY(!held->apply(engine::KeepContained{incident, until, analyst}, {}));
    }
};

QTEST_GUILESS_MAIN(TestApprovalAttacks)
#include "tst_approval_attacks.moc"
