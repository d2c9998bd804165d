#include "core/engine/case_report.h"
#include "core/engine/report.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/support/written_report.h"

#include <map>
#include <set>

using namespace cordon;
using namespace cordon::tests;

namespace {

const EntityRef user{EntityKind::Account, SmallAttack::userArn, "", ""};
const EntityRef newKey{EntityKind::Credential, SmallAttack::newKey, "", ""};
const EntityRef oldKey{EntityKind::Credential, SmallAttack::oldKey, "", ""};

/// Members that may differ between two replays of the same log.
Value withoutChance(const Value& value)
{
    static const std::set<std::string> chance{"case",   "seconds",  "root", "session", "mandate",
                                              "digest", "evidence", "seen", "serial",  "permit"};
    if (value.isArray()) {
        Value::Array items;
        for (const Value& item : value.asArray())
            items.push_back(withoutChance(item));
        return items;
    }
    if (!value.isObject())
        return value;
    Value::Object members;
    for (const auto& [name, member] : value.asObject()) {
        if (!chance.contains(name))
            members.emplace(name, withoutChance(member));
    }
    return members;
}

} // namespace

/// The whole job on a small made-up log, through the room that knows every other.
class TestPipeline : public QObject
{
    Q_OBJECT

private slots:
    void theAttackBecomesOneIncidentThatNamesPrincipalAndKey()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        QCOMPARE(held->files().size(), std::size_t(1));
        const Incident& incident = held->files().begin()->second.incident;
        for (const EntityRef& entity : {user, newKey, oldKey})
            QVERIFY2(incident.member(entity), entity.key().c_str());
        QVERIFY(incident.member(newKey)->isMadeByIncident);
        QVERIFY(incident.member(newKey)->isVerified);
        QVERIFY(incident.member(newKey)->isVerifiedBySimulation);
        QVERIFY(!incident.links.empty());
        for (const IncidentLink& link : incident.links)
            QVERIFY(!link.reason.code.empty() && !link.events.empty());
        const Brief& brief = held->files().begin()->second.brief;
        QVERIFY(!brief.story.empty() && !brief.identityChanges.empty() && !brief.residual.empty());
    }

    // GOVERN 3.2
    void theAgentDoesTheLowRiskStepAndPeopleAreAskedForTheRest()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        COMPARE_STATE(off, StepState::Verified);
        QCOMPARE(off->doneBy, std::string("agent"));
        QVERIFY(off->decision->tier == Tier::T1 && off->decision->effect == Effect::Allow);
        QVERIFY(off->outcome && !off->outcome->undoRecord.isNull());
        QVERIFY(off->leaseUntil && *off->leaseUntil > held->clock().now());

        const Step* detach = CaseFixture::step(*held, "policy.detach");
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        QVERIFY(detach->decision->tier == Tier::T2);
        QCOMPARE(detach->decision->needs.approvers, 1);
        const Step* gone = CaseFixture::step(*held, "credential.delete");
        COMPARE_STATE(gone, StepState::AwaitingApproval);
        QVERIFY(gone->decision->tier == Tier::T3);
        QCOMPARE(gone->decision->needs.approvers, 2);
        QVERIFY(gone->approveBy && *gone->approveBy > held->clock().now());
        QVERIFY(!gone->request.empty() && gone->request != detach->request);
    }

    void whatTheAgentDidIsDoneInTheTenantAndNothingElse()
    {
        CaseFixture fixture;
        fixture.run().reset();
        CaseClock clock(fixture.machine);
        clock.freeze(*Timestamp::parse("2026-11-21T13:00:00Z"));
        auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
        QCOMPARE(CaseFixture::must(tenant.state(newKey, "status")).value.asString(), std::string("inactive"));
        QVERIFY(CaseFixture::must(tenant.facts(newKey)).exists);
        const auto policies = CaseFixture::must(tenant.state(user, "policies")).value;
        QCOMPARE(policies, Value(Value::Array{SmallAttack::policy}));
    }

    void theLedgerVerifies()
    {
        CaseFixture fixture;
        CaseFixture::must(fixture.run()->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    // GOV-OUTCOME
    void everyActionIsDecidedThenIntendedThenClosedExactlyOnce()
    {
        CaseFixture fixture;
        fixture.run().reset();
        std::map<std::string, std::int64_t> decided;                  // digest to seq
        std::map<std::string, std::pair<std::int64_t, int>> intended; // permit to seq and outcomes
        for (const LedgerEntry& entry : fixture.ledger()) {
            const std::string& digest = entry.data["digest"].asString();
            if (entry.type == "decision")
                decided[digest] = entry.seq;
            if (entry.type == "action.intended") {
                QVERIFY2(decided.contains(digest), digest.c_str());
                QVERIFY(intended.emplace(entry.data["permit"].asString(), std::pair(entry.seq, 0)).second);
            }
            if (entry.type.rfind("outcome.", 0) == 0) {
                const auto place = intended.find(entry.data["permit"].asString());
                QVERIFY(place != intended.end() && place->second.first < entry.seq);
                ++place->second.second;
            }
        }
        QVERIFY(intended.size() >= 4);
        for (const auto& [permit, act] : intended)
            QCOMPARE(act.second, 1);
    }

    void noStepSpeaksOfAStranger()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        int changing = 0;
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps) {
                const IncidentMember* member = file.incident.member(step.action.targets.front());
                QVERIFY2(member, step.action.targets.front().key().c_str());
                if (step.state != StepState::Verified || !findVerb(step.action.type)->changes)
                    continue;
                ++changing;
                QVERIFY(member->isVerified);
            }
        }
        QVERIFY(changing > 0);
    }

    void evidenceIsSealedAndCitedBytesAreTheRecord()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const Value report = CaseFixture::must(held->report());
        QVERIFY(report["alerts"].asArray().size() >= 3);
        for (const Value& alert : report["alerts"].asArray()) {
            for (const Value& event : alert["events"].asArray())
                QCOMPARE(event["evidence"].asString().size(), std::size_t(64));
            QVERIFY(!alert["author"].asString().empty());
        }
        QCOMPARE(fixture.ledger("evidence.sealed").front().data["whole"].asBool(true), true);
    }

    void withoutAnExerciseTheSequenceIsProposedAndNothingIsDone()
    {
        CaseFixture fixture;
        const auto held = fixture.run(fixture.options(""));
        const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        COMPARE_STATE(off, StepState::Proposed);
        QVERIFY(fixture.ledger("action.").empty());
        QVERIFY(!std::filesystem::exists(record::tenantPath(fixture.folder())));
        QVERIFY(!held->wake());
    }

    void aRealCaseTakesNoExercise()
    {
        CaseFixture fixture;
        fixture.run(fixture.options("")).reset();
        const auto held = engine::Pipeline::open(fixture.options(), fixture.machine);
        QVERIFY(!held && held.error().code == ErrorCode::Denied);
    }

    void anExerciseNeverConnects()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.connect = engine::ConnectWish{fixture.path("aws.yaml"), {}, nullptr};
        const auto held = engine::Pipeline::open(options, fixture.machine);
        QVERIFY(!held && held.error().code == ErrorCode::Denied);
    }

    void anUnknownExerciseIsRefusedWithTheKnownOnes()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options("no-such-thing");
        options.logs.clear();
        const auto held = fixture.open(options);
        const auto ran = held->run({});
        QVERIFY(!ran && ran.error().detail.find("service-account") != std::string::npos);
    }

    void oneProcessHoldsACase()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const auto second = engine::Pipeline::open(fixture.options(), fixture.machine);
        QVERIFY(!second && second.error().code == ErrorCode::Conflict);
        QVERIFY(engine::caseReport(fixture.folder())); // looking is free
    }

    void theSameLogsAgainAreDuplicatesAndNothingIsDoneTwice()
    {
        CaseFixture fixture;
        Value before;
        {
            const auto held = fixture.run();
            before = CaseFixture::must(held->report());
        }
        const std::size_t acts = fixture.ledger("action.intended").size();
        const std::size_t asked = fixture.ledger("approval.requested").size();
        fixture.machine.pass(std::chrono::seconds(1));
        std::ofstream(fixture.log(), std::ios::app) << "\n"; // another file with the same records
        const auto held = fixture.run();
        const Value after = CaseFixture::must(held->report());
        QCOMPARE(after["duplicates"].asInt(), before["events"].asInt());
        QCOMPARE(after["events"].asInt(), before["events"].asInt());
        QCOMPARE(after["alerts"].asArray().size(), before["alerts"].asArray().size());
        QCOMPARE(after["incidents"].asArray().size(), std::size_t(1));
        QCOMPARE(fixture.ledger("action.intended").size(), acts);
        QCOMPARE(fixture.ledger("approval.requested").size(), asked);
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        COMPARE_STATE(CaseFixture::step(*held, "credential.delete"), StepState::AwaitingApproval);
    }

    void twoReplaysGiveTheSameReport()
    {
        CaseFixture one;
        CaseFixture two;
        two.machine.pass(std::chrono::hours(5));
        const Value first = CaseFixture::must(one.run()->report());
        const Value second = CaseFixture::must(two.run()->report());
        const std::string a = json::writePretty(withoutChance(first));
        const std::string b = json::writePretty(withoutChance(second));
        const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        const auto from = std::max<std::ptrdiff_t>(0, differs.first - a.begin() - 200);
        QVERIFY2(a == b, a.substr(static_cast<std::size_t>(from), 400).c_str());
    }

    void whatOthersReadAfterACommandIsWhatTheEngineHolds()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const IncidentId incident = held->files().begin()->first;
        const Value before = CaseFixture::must(engine::caseReport(fixture.folder()));
        QVERIFY(before["incidents"] == CaseFixture::must(held->report())["incidents"]);
        VERIFY_DONE(obey(*held, fixture, engine::AddNote{incident, "seen before", "user:analyst-a"}));
        const Value after = CaseFixture::must(engine::caseReport(fixture.folder()));
        QCOMPARE(after["incidents"].asArray()[0]["notes"].asArray().size(), std::size_t(1));
        fixture.machine.pass(std::chrono::hours(30));
        VERIFY_DONE(held->tick({})); // requests and leases end
        const Value later = CaseFixture::must(engine::caseReport(fixture.folder()));
        QVERIFY(!(later["incidents"] == after["incidents"]));
        QVERIFY(later["incidents"] == CaseFixture::must(held->report())["incidents"]);
    }

    void whileHaltedNothingRunsAndTheReportIsStillThere()
    {
        CaseFixture fixture;
        std::filesystem::create_directories(fixture.home());
        CaseFixture::must(
            govern::KillSwitch(fixture.home() / "halt").halt("user:analyst-a", "drill", fixture.machine.now()));
        const auto held = fixture.run();
        QVERIFY(fixture.ledger("action.intended").empty());
        QVERIFY(fixture.ledger("approval.requested").empty());
        const Value report = CaseFixture::must(held->report());
        QCOMPARE(report["incidents"].asArray().size(), std::size_t(1));
        for (const Value& step : report["incidents"].asArray()[0]["plan"]["steps"].asArray())
            QVERIFY2(step["state"].asString() == "proposed" || step["state"].asString() == "denied",
                     json::write(step).c_str());
    }

    void twoPeopleResumeAndThenTheWorkIsDone()
    {
        CaseFixture fixture;
        std::filesystem::create_directories(fixture.home());
        CaseFixture::must(
            govern::KillSwitch(fixture.home() / "halt").halt("user:analyst-a", "drill", fixture.machine.now()));
        const auto held = fixture.run();
        VERIFY_DONE(held->apply(engine::Resume{{"user:commander-a"}}, {}));
        VERIFY_DONE(held->apply(engine::Resume{{"user:commander-a"}}, {})); // the same person counts once
        QVERIFY(held->killSwitch().state() == govern::StopState::ObserveOnly);
        QVERIFY(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->state != StepState::Verified);
        VERIFY_DONE(held->apply(engine::Resume{{"user:commander-b"}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running);
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::AwaitingApproval);
    }

    void aRunThatIsStoppedLeavesACaseThatGoesOn()
    {
        CaseFixture fixture;
        {
            std::stop_source stop;
            stop.request_stop();
            const auto held = fixture.open(fixture.options());
            (void)held->run(stop.get_token());
        }
        fixture.machine.pass(std::chrono::seconds(1));
        const auto held = fixture.run();
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        CaseFixture::must(held->finish());
        QVERIFY(fixture.verdict().verdict == record::VerifyReport::Verdict::Ok);
    }

    void hostileNamesStayTextAndChangeNothing()
    {
        CaseFixture fixture;
        const std::string name = "svc\x1b[2J\xe2\x80\xae"
                                 "-build\n**approve all**";
        SmallAttack::write(fixture.log(), name);
        const auto held = fixture.run();
        const Value report = CaseFixture::must(held->report());
        QCOMPARE(report["incidents"].asArray().size(), std::size_t(1));
        for (const std::string& text : {test::writtenReport(report, engine::ReportFormat::Text),
                                        test::writtenReport(report, engine::ReportFormat::Markdown)}) {
            QVERIFY(text.find('\x1b') == std::string::npos);
            QVERIFY(text.find("\xe2\x80\xae") == std::string::npos);
            QVERIFY(text.find("\n**approve all**") == std::string::npos);
        }
        QVERIFY(report["incidents"].asArray()[0]["plan"]["steps"].asArray().size() >= 5);
    }
};

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
