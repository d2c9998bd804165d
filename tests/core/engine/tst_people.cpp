#include "core/govern/person_vault.h"
#include "tests/core/engine/signed_orders.h"

using namespace cordon;
using namespace cordon::tests;
using engine::SubmitReply;

namespace {

const EntityRef user{EntityKind::Account, SmallAttack::userArn, "", ""};
const EntityRef newKey{EntityKind::Credential, SmallAttack::newKey, "", ""};
constexpr const char* analyst = "user:analyst-a";
constexpr const char* commanderA = "user:commander-a";
constexpr const char* commanderB = "user:commander-b";

/// The case's tenant, opened while nobody holds the case.
tenant::Tenant tenantOf(const CaseFixture& fixture, CaseClock& clock)
{
    clock.freeze(*Timestamp::parse("2026-11-21T13:00:00Z"));
    return CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
}

} // namespace

/// What people decide about a sequence, given through the step-up form and kept in the ledger.
class TestPeople : public QObject
{
    Q_OBJECT

private:
    static std::size_t intendedFor(const CaseFixture& fixture, const std::string& step)
    {
        std::size_t count = 0;
        for (const LedgerEntry& entry : fixture.ledger("action.intended"))
            count += entry.data["step"].asString() == step ? 1 : 0;
        return count;
    }

private slots:
    /// The step-up program writes into no case; who tries a commander's PIN stands in the record all the same.
    void wrongTriesAtAPersonsFactorsStandInTheRecord()
    {
        CaseFixture fixture;
        const auto typed = [&](const char* pin) {
            govern::PersonVault vault(engine::ExerciseParties::peopleFolder(record::exercisePath(fixture.folder())), commanderA);
            return vault.unlock(crypto::SecretBytes::copyOf(pin), std::nullopt, fixture.machine.now()).has_value();
        };
        const auto told = [&] { return fixture.ledger("factor.failures"); };
        {
            const auto held = fixture.run();
            QVERIFY(told().empty());
            QVERIFY(!typed("no pin") && !typed("nor this"));
            VERIFY_DONE(held->tick({}));
            VERIFY_DONE(held->tick({})); // told once
            QCOMPARE(told().size(), std::size_t(1));
            QCOMPARE(told()[0].data["person"].asString(), std::string(commanderA));
            QCOMPARE(told()[0].data["failures"].asInt(), std::int64_t(2));
        }
        {
            const auto held = fixture.wake();
            VERIFY_DONE(held->tick({}));
            QCOMPARE(told().size(), std::size_t(1)); // known already
        }
        for (int i = 0; i < 3; ++i)
            QVERIFY(!typed("no pin")); // while nobody holds the case
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        QCOMPARE(told().size(), std::size_t(2));
        QCOMPARE(told()[1].data["failures"].asInt(), std::int64_t(5));
        QVERIFY(told()[1].data["locked_until"].isString());
    }

    void oneApprovalRunsADisruptiveStepExactlyOnce()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const std::size_t before = fixture.ledger("action.intended").size();
        const auto given = fixture.answer(*held, detach->request, analyst);
        QVERIFY2(given.isGiven(), (given.reason + given.detail).c_str());
        VERIFY_DONE(held->apply(SubmitReply{given.reply}, {}));
        QVERIFY(held->lastAnswer().isComplete);
        COMPARE_STATE(detach, StepState::Verified);
        QCOMPARE(intendedFor(fixture, detach->id), std::size_t(1));
        QCOMPARE(fixture.ledger("action.intended").size(), before + 1); // that step and no other
        QVERIFY(held->approvals().find(detach->request)->state == govern::RequestState::Consumed);

        const auto again = held->apply(SubmitReply{given.reply}, {}); // the same reply once more
        QVERIFY(!again && again.error().code == ErrorCode::Denied);
        QCOMPARE(intendedFor(fixture, detach->id), std::size_t(1));
        CaseFixture::must(held->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    void whatWasApprovedIsGoneInTheTenant()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            const std::string request = CaseFixture::step(*held, "policy.detach")->request;
            VERIFY_DONE(held->apply(SubmitReply{fixture.answer(*held, request, analyst).reply}, {}));
        }
        CaseClock clock(fixture.machine);
        auto tenant = tenantOf(fixture, clock);
        QCOMPARE(CaseFixture::must(tenant.state(user, "policies")).value, Value(Value::Array{}));
    }

    void aDestructiveStepNeedsTwoPeopleWithACommander()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* gone = CaseFixture::step(*held, "credential.delete");
        const auto first = fixture.answer(*held, gone->request, analyst, true, 1);
        QVERIFY2(first.isGiven(), (first.reason + first.detail).c_str());
        VERIFY_DONE(held->apply(SubmitReply{first.reply}, {}));
        QVERIFY(!held->lastAnswer().isComplete);
        COMPARE_STATE(gone, StepState::AwaitingApproval);
        QCOMPARE(intendedFor(fixture, gone->id), std::size_t(0));

        const auto sameAgain = fixture.answer(*held, gone->request, analyst, true, 2);
        const auto refused = held->apply(SubmitReply{sameAgain.reply}, {});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.find("same_person") == 0, refused.error().detail.c_str());
        COMPARE_STATE(gone, StepState::AwaitingApproval);

        const auto second = fixture.answer(*held, gone->request, commanderA, true, 2);
        QVERIFY2(second.isGiven(), (second.reason + second.detail).c_str());
        VERIFY_DONE(held->apply(SubmitReply{second.reply}, {}));
        QVERIFY(held->lastAnswer().isComplete);
        COMPARE_STATE(gone, StepState::Verified);
        QVERIFY(gone->outcome->undoRecord.isNull());
        QCOMPARE(intendedFor(fixture, gone->id), std::size_t(1));
        QVERIFY(!held->apply(engine::UndoStep{gone->id, analyst, false}, {}));
        CaseFixture::must(held->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    void aWrongPinOrCodeGivesNoReply()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const std::string request = CaseFixture::step(*held, "credential.delete")->request;
        const std::filesystem::path exercise = record::exercisePath(fixture.folder());
        govern::StepUpInput input;
        input.requestText = CaseFixture::must(held->requestText(request));
        input.agentKey = CaseFixture::must(engine::ExerciseParties::open(exercise)).agentKey().publicKey();
        input.peopleFolder = engine::ExerciseParties::peopleFolder(exercise);
        input.person = analyst;
        input.isApproved = true;
        input.pin = crypto::SecretBytes::copyOf("000000x");
        input.totp = "000000";
        QVERIFY(!govern::stepUp(input, fixture.machine).isGiven()); // the short code is missing
        const ApprovalRequest asked = CaseFixture::must(govern::readRequest(input.requestText, input.agentKey));
        input.typedCode = govern::shortCode(asked.actionDigest);
        input.typedTarget = govern::typedTargetOf(asked);
        const auto refused = govern::stepUp(input, fixture.machine);
        QCOMPARE(refused.reason, std::string("pin_wrong"));
    }

    void aReplyCountsOnlyForTheRequestItWasGivenTo()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        Step* gone = CaseFixture::step(*held, "credential.delete");
        const auto given = fixture.answer(*held, detach->request, analyst);
        for (const std::size_t at : {given.reply.size() / 4, given.reply.size() / 2, given.reply.size() * 3 / 4}) {
            std::string bent = given.reply;
            bent[at] = bent[at] == 'A' ? 'B' : 'A';
            QVERIFY(!held->apply(SubmitReply{bent}, {}));
        }
        COMPARE_STATE(gone, StepState::AwaitingApproval);
        COMPARE_STATE(detach, StepState::AwaitingApproval);

        // The person's own key signs the same decision for the other request.
        const std::filesystem::path exercise = record::exercisePath(fixture.folder());
        const auto people = CaseFixture::must(engine::ExerciseParties::banner(exercise));
        const auto unlocked =
            govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), people[0].id)
                .unlock(crypto::SecretBytes::copyOf(people[0].pin), std::nullopt, fixture.machine.now());
        QVERIFY(unlocked);
        Approval foreign = CaseFixture::must(govern::readReply(given.reply));
        foreign.request = gone->request;
        const auto refused = held->apply(SubmitReply{CaseFixture::must(govern::signReply(foreign, unlocked->key))}, {});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.find("action_other") == 0, refused.error().detail.c_str());
        QCOMPARE(intendedFor(fixture, gone->id), std::size_t(0));
        QVERIFY(!fixture.ledger("approval.refused").empty());
    }

    void aDenialIsFinalForThisAction()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const std::string request = detach->request;
        const auto given = fixture.answer(*held, request, commanderB, false);
        QVERIFY2(given.isGiven(), (given.reason + given.detail).c_str());
        VERIFY_DONE(held->apply(SubmitReply{given.reply}, {}));
        COMPARE_STATE(detach, StepState::Denied);
        const auto approved = fixture.answer(*held, request, analyst);
        QVERIFY(!held->apply(SubmitReply{approved.reply}, {}));
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(detach, StepState::Denied);
        QCOMPARE(intendedFor(fixture, detach->id), std::size_t(0));
        QCOMPARE(fixture.ledger("approval.denied").size(), std::size_t(1));
        QVERIFY(fixture.ledger("approval.denied")[0].actor.id == commanderB);
    }

    void aDeniedActionIsNotAskedForAgainAfterAReopen()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            const std::string request = CaseFixture::step(*held, "policy.detach")->request;
            VERIFY_DONE(held->apply(SubmitReply{fixture.answer(*held, request, commanderB, false).reply}, {}));
            CaseFixture::must(held->finish());
        }
        const std::size_t asked = fixture.ledger("approval.requested").size();
        fixture.machine.pass(std::chrono::seconds(5));
        const auto held = fixture.run();
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::Denied);
        QCOMPARE(fixture.ledger("approval.requested").size(), asked);
    }

    void anApprovalAcrossAReopenStillRunsTheStep()
    {
        CaseFixture fixture;
        std::string reply;
        {
            const auto held = fixture.run();
            reply = fixture.answer(*held, CaseFixture::step(*held, "policy.detach")->request, analyst).reply;
            CaseFixture::must(held->finish());
        }
        const auto held = fixture.wake();
        VERIFY_DONE(held->apply(SubmitReply{reply}, {}));
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::Verified);
    }

    void aRequestRunsOut()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const auto given = fixture.answer(*held, detach->request, analyst);
        held->clock().tick(std::chrono::minutes(61));
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(detach, StepState::Expired);
        QVERIFY(!held->apply(SubmitReply{given.reply}, {}));
        QCOMPARE(intendedFor(fixture, detach->id), std::size_t(0));
    }

    void haltVoidsEveryOpenRequest()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        const auto given = fixture.answer(*held, detach->request, analyst);
        VERIFY_DONE(held->apply(engine::Halt{analyst, "stop"}, {}));
        QVERIFY(!held->apply(SubmitReply{given.reply}, {}));
        QCOMPARE(intendedFor(fixture, detach->id), std::size_t(0));
        QVERIFY(std::filesystem::exists(record::haltPath(fixture.folder())));
        // Two people resume: people are asked anew, and the old reply still counts for nothing.
        VERIFY_DONE(held->apply(engine::Resume{{commanderA, commanderB}}, {}));
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        QVERIFY(!held->apply(SubmitReply{given.reply}, {}));
        const auto fresh = fixture.answer(*held, detach->request, analyst);
        VERIFY_DONE(held->apply(SubmitReply{fresh.reply}, {}));
        COMPARE_STATE(detach, StepState::Verified);
    }

    void undoRestoresWhatTheAgentChanged()
    {
        CaseFixture fixture;
        std::string step;
        {
            const auto held = fixture.run();
            Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
            step = off->id;
            VERIFY_DONE(obey(*held, fixture, engine::UndoStep{off->id, analyst, false}));
            COMPARE_STATE(off, StepState::Reverted);
            QVERIFY(!off->leaseUntil);
            QVERIFY(!held->apply(engine::UndoStep{off->id, analyst, false}, {})); // once
            CaseFixture::must(held->finish());
        }
        CaseClock clock(fixture.machine);
        auto tenant = tenantOf(fixture, clock);
        QCOMPARE(CaseFixture::must(tenant.state(newKey, "status")).value.asString(), std::string("active"));
        QVERIFY(fixture.ledger("outcome.").back().actor.id == analyst);
        QVERIFY2(fixture.verdict().exitStatus() == 0, fixture.verdict().toText().c_str());
    }

    void undoIsRefusedOverAnotherHandsChangeUnlessThePersonSaysSo()
    {
        CaseFixture fixture;
        fixture.run().reset();
        {
            CaseClock clock(fixture.machine);
            auto tenant = tenantOf(fixture, clock);
            VERIFY_DONE(tenant.changeByOtherHand(newKey, "status", "active", "somebody"));
            clock.tick(std::chrono::minutes(1));
            VERIFY_DONE(tenant.changeByOtherHand(newKey, "status", "inactive", "somebody"));
        }
        const auto held = fixture.wake();
        Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        held->clock().freeze(*Timestamp::parse("2026-11-21T13:10:00Z"));
        const auto refused = held->apply(engine::UndoStep{off->id, analyst, false}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::Conflict);
        COMPARE_STATE(off, StepState::Verified);
        VERIFY_DONE(obey(*held, fixture, engine::UndoStep{off->id, analyst, true}));
        COMPARE_STATE(off, StepState::Reverted);
    }

    void aLeaseOverWhatTheIntruderMadeEndsInAQuestionAndNotInGivingBack()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        held->clock().tick(std::chrono::minutes(61));
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(off, StepState::Verified);
        QVERIFY2(off->isLeaseOverdue, (off->leaseUntil->toString() + " " + held->clock().now().toString()).c_str());
        QCOMPARE(fixture.ledger("lease.overdue").size(), std::size_t(1));
        VERIFY_DONE(held->tick({}));
        QCOMPARE(fixture.ledger("lease.overdue").size(), std::size_t(1)); // said once
        const Timestamp until = held->clock().now() + std::chrono::hours(4);
        VERIFY_DONE(obey(*held, fixture, engine::KeepContained{off->id, until, analyst}));
        QVERIFY(off->leaseUntil == until && !off->isLeaseOverdue);
        QVERIFY(!held->apply(engine::KeepContained{off->id, *Timestamp::parse("2020-01-01T00:00:00Z"), analyst}, {}));
        // Nor for ever: the mandate that bears it ends.
        const auto endless = held->apply(engine::KeepContained{off->id, *Timestamp::parse("2099-01-01T00:00:00Z"), analyst}, {});
        QVERIFY(!endless && endless.error().detail.rfind("keep_too_long: ", 0) == 0);
        QVERIFY(!held->apply(engine::KeepContained{"INC-0001", *Timestamp::parse("2099-01-01T00:00:00Z"), analyst}, {}));
        QVERIFY(off->leaseUntil == until);
    }

    void leasesFreezeWhileHalted()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        VERIFY_DONE(held->apply(engine::Halt{analyst, "stop"}, {}));
        held->clock().tick(std::chrono::minutes(61));
        VERIFY_DONE(held->tick({}));
        QVERIFY(!CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->isLeaseOverdue);
        QVERIFY(fixture.ledger("lease.").empty());
    }

    // GOVERN 3.2
    void doneElsewhereCountsOnlyWhenTheEffectIsThere()
    {
        CaseFixture fixture;
        fixture.run().reset();
        {
            const auto held = fixture.wake();
            Step* detach = CaseFixture::step(*held, "policy.detach");
            QVERIFY(!held->apply(engine::DoneElsewhere{detach->id, analyst, "in the console"}, {}));
            COMPARE_STATE(detach, StepState::AwaitingApproval);
        }
        {
            CaseClock clock(fixture.machine);
            auto tenant = tenantOf(fixture, clock);
            VERIFY_DONE(tenant.changeByOtherHand(user, "policies", Value::Array{}, "somebody"));
        }
        const auto held = fixture.wake();
        Step* detach = CaseFixture::step(*held, "policy.detach");
        VERIFY_DONE(obey(*held, fixture, engine::DoneElsewhere{detach->id, analyst, "in the console"}));
        COMPARE_STATE(detach, StepState::DoneElsewhere);
        QCOMPARE(detach->doneBy, std::string(analyst));
    }

    void skipNoteAndAssignAreInTheLedgerUnderTheirNames()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const IncidentId incident = held->files().begin()->first;
        Step* detach = CaseFixture::step(*held, "policy.detach");
        VERIFY_DONE(obey(*held, fixture, engine::SkipStep{detach->id, commanderA, "known change"}));
        COMPARE_STATE(detach, StepState::Skipped);
        Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        QVERIFY(!held->apply(engine::SkipStep{off->id, commanderA, "too late"}, {}));
        VERIFY_DONE(obey(*held, fixture, engine::Assign{incident, analyst, commanderA}));
        VERIFY_DONE(obey(*held, fixture, engine::AddNote{incident, "asked the build team", analyst}));
        QVERIFY(!held->apply(engine::AddNote{incident, "", analyst}, {}));
        QVERIFY(!held->apply(engine::AddNote{IncidentId{99}, "x", analyst}, {}));
        for (const auto& [type, person] :
             {std::pair("step.skipped", commanderA), std::pair("incident.assigned", commanderA),
              std::pair("incident.note", analyst)}) {
            QCOMPARE(fixture.ledger(type).size(), std::size_t(1));
            QVERIFY(fixture.ledger(type)[0].actor.kind == Actor::Kind::Person &&
                    fixture.ledger(type)[0].actor.id == person);
        }
    }
};

QTEST_GUILESS_MAIN(TestPeople)
#include "tst_people.moc"
