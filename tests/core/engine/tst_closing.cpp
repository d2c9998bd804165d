#include "core/engine/inbox_command.h"
#include "core/govern/presence.h"
#include "tests/core/engine/signed_orders.h"

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

const std::string analyst = "user:analyst-a";
constexpr IncidentId first{1};

const engine::IncidentFile& fileOf(const engine::Pipeline& held)
{
    return held.files().at(first);
}

engine::IncidentDetail shown(const CaseFixture& fixture)
{
    return CaseFixture::must(CaseFixture::must(engine::CaseReader::open(fixture.folder()))->incident(first));
}

engine::CloseIncident closing(Verdict verdict)
{
    return {first, verdict, "the build team tested a recovery", analyst};
}

int countOf(const CaseFixture& fixture, const std::string& type)
{
    return static_cast<int>(fixture.ledger(type).size());
}

} // namespace

/// How people close an incident with a verdict, and what that ends.
class TestClosing : public QObject
{
    Q_OBJECT

private slots:
    void aVerdictEndsTheSessionAndWhatWaited()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::None;
        const auto held = fixture.run(options);
        const std::string request = CaseFixture::step(*held, "policy.detach")->request;
        const int begun = countOf(fixture, "action.intended");
        VERIFY_DONE(obey(*held, fixture, closing(Verdict::Benign)));

        const auto entries = fixture.ledger("incident.closed");
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries[0].actor.id, analyst);
        QCOMPARE(entries[0].incident, std::string("INC-0001"));
        QCOMPARE(entries[0].data["verdict"].asString(), std::string("benign"));
        QCOMPARE(entries[0].data["reason"].asString(), std::string("the build team tested a recovery"));
        QVERIFY(!entries[0].data["leases"].asArray().empty()); // the intruder's key is off for an hour
        QVERIFY(entries[0].data["undo_offered"].isNull());
        QVERIFY(!fileOf(*held).session.isOpen);
        QVERIFY(held->approvals().find(request)->state == govern::RequestState::Void);
        const engine::IncidentDetail detail = shown(fixture);
        QVERIFY(detail.incident.status == IncidentStatus::Closed && detail.closing);
        QVERIFY(detail.closing->verdict == Verdict::Benign && detail.closing->by == analyst);

        // Nothing goes on, whoever answers and however often it is looked at.
        const int asked = countOf(fixture, "approval.requested");
        QVERIFY(!held->apply(engine::SubmitReply{fixture.answer(*held, request, analyst).reply}, {}));
        fixture.machine.pass(5min);
        VERIFY_DONE(held->tick({}));
        QCOMPARE(countOf(fixture, "action.intended"), begun);
        QCOMPARE(countOf(fixture, "approval.requested"), asked);
        VERIFY_DONE(obey(*held, fixture, engine::SkipStep{CaseFixture::step(*held, "credential.delete")->id, analyst, "no need"}));
        VERIFY_DONE(obey(*held, fixture, engine::Assign{first, analyst, analyst}));
        QVERIFY(!fileOf(*held).session.isOpen && !fileOf(*held).session.isWaiting);
        QCOMPARE(countOf(fixture, "action.intended"), begun);
        QCOMPARE(countOf(fixture, "approval.requested"), asked);
    }

    void itStaysClosedAcrossARestartUntilAPersonOpensItAgain()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            VERIFY_DONE(obey(*held, fixture, closing(Verdict::TruePositive)));
            VERIFY_DONE(held->finish());
        }
        const auto held = fixture.wake();
        QVERIFY(fileOf(*held).incident.status == IncidentStatus::Closed);
        QVERIFY(!fileOf(*held).session.isOpen);
        const int asked = countOf(fixture, "approval.requested");
        VERIFY_DONE(obey(*held, fixture, engine::ReopenIncident{first, "there is more", analyst}));
        QVERIFY(fileOf(*held).incident.status != IncidentStatus::Closed && fileOf(*held).session.isOpen);
        QVERIFY(countOf(fixture, "approval.requested") > asked);
        QVERIFY(!shown(fixture).closing);
        QCOMPARE(fixture.ledger("incident.reopened")[0].data["reason"].asString(), std::string("there is more"));
    }

    /// A page that was not written after the entry is made up for.
    void theLedgerSaysItWhereThePageDoesNot()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            VERIFY_DONE(obey(*held, fixture, closing(Verdict::FalsePositive)));
            VERIFY_DONE(held->finish());
        }
        std::filesystem::remove(fixture.folder() / "case.db");
        const auto held = fixture.wake();
        QVERIFY(fileOf(*held).incident.status == IncidentStatus::Closed);
        QVERIFY(fileOf(*held).closing && fileOf(*held).closing->verdict == Verdict::FalsePositive);
    }

    /// The program died between the entry and the page.
    void aPageFromBeforeTheVerdictIsMadeUpFor()
    {
        CaseFixture fixture;
        CaseFixture::must(fixture.run()->finish());
        const auto keep = [&](const std::filesystem::path& from, const std::filesystem::path& to) {
            std::filesystem::create_directories(to);
            for (const auto& item : std::filesystem::directory_iterator(from)) {
                if (item.path().filename().string().starts_with("case.db"))
                    std::filesystem::copy(item.path(), to / item.path().filename(),
                                          std::filesystem::copy_options::overwrite_existing);
            }
        };
        keep(fixture.folder(), fixture.path("before"));
        {
            const auto held = fixture.wake();
            VERIFY_DONE(obey(*held, fixture, closing(Verdict::Benign)));
            VERIFY_DONE(held->finish());
        }
        keep(fixture.path("before"), fixture.folder());
        const auto held = fixture.wake();
        QVERIFY(fileOf(*held).incident.status == IncidentStatus::Closed);
        QVERIFY(fileOf(*held).closing && fileOf(*held).closing->verdict == Verdict::Benign);
    }

    void aFalsePositiveOffersTheUndosAndTakesNothingBackItself()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        COMPARE_STATE(off, StepState::Verified);
        VERIFY_DONE(obey(*held, fixture, closing(Verdict::FalsePositive)));
        const Value offered = fixture.ledger("incident.closed")[0].data["undo_offered"];
        const auto& list = offered.asArray();
        QVERIFY(std::any_of(list.begin(), list.end(), [&](const Value& id) { return id.asString() == off->id; }));
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        VERIFY_DONE(obey(*held, fixture, engine::UndoStep{off->id, analyst})); // the ordinary one, while it is closed
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Reverted);
        QVERIFY(fileOf(*held).incident.status == IncidentStatus::Closed);
    }

    void whatSaysNothingClosesNothing()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        QVERIFY(!held->apply(engine::CloseIncident{first, Verdict::Benign, "", analyst}, {}));
        QVERIFY(!held->apply(engine::CloseIncident{first, Verdict::Benign, std::string(8001, 'x'), analyst}, {}));
        QVERIFY(!held->apply(engine::CloseIncident{IncidentId{9}, Verdict::Benign, "why", analyst}, {}));
        QVERIFY(!held->apply(engine::ReopenIncident{first, "why", analyst}, {}));
        QCOMPARE(countOf(fixture, "incident."), 0);
        VERIFY_DONE(obey(*held, fixture, closing(Verdict::Benign)));
        QVERIFY(!held->apply(closing(Verdict::TruePositive), {}));
        QCOMPARE(countOf(fixture, "incident."), 1);
    }

    void newAlertsOpenItAgain()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        VERIFY_DONE(obey(*held, fixture, closing(Verdict::FalsePositive)));
        {
            tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
            tenant::LogCaller intruder{tenant::LogCaller::Kind::User, SmallAttack::user, SmallAttack::newKey, {}, {},
                                       "203.0.113.44", "Boto3/1.34.11"};
            log.add(*Timestamp::parse("2026-11-21T12:40:00Z"), intruder, "iam:CreateAccessKey",
                    Value::Object{{"userName", SmallAttack::user}});
            writeRecords(fixture.path("more.json"), log);
        }
        VERIFY_DONE(held->apply(engine::AddSources{{fixture.path("more.json")}}, {}));
        const auto opened = fixture.ledger("incident.reopened");
        QCOMPARE(opened.size(), std::size_t(1));
        QVERIFY(opened[0].actor.kind == Actor::Kind::Engine);
        QVERIFY(opened[0].data["alerts"].asInt() > opened[0].data["alerts_before"].asInt());
        QVERIFY(fileOf(*held).incident.status != IncidentStatus::Closed && !fileOf(*held).closing);
    }

    void asACommandOfASitting()
    {
        govern::Command order;
        order.person = analyst;
        order.command = "close";
        order.args = Value::Object{{"incident", "INC-0007"}, {"verdict", "false_positive"}, {"reason", "a test"}};
        const auto command = CaseFixture::must(engine::commandFrom(order));
        const auto& close = std::get<engine::CloseIncident>(command);
        QVERIFY(close.incident == IncidentId{7} && close.verdict == Verdict::FalsePositive);
        QVERIFY(close.reason == "a test" && close.by == analyst);
        QVERIFY(engine::needsSignature(command));
        order.args.set("verdict", "false positive");
        QVERIFY(!engine::commandFrom(order));
        order.command = "reopen";
        QVERIFY(std::holds_alternative<engine::ReopenIncident>(CaseFixture::must(engine::commandFrom(order))));
        QVERIFY(govern::isForPresence("close") && govern::isForPresence("reopen"));
    }
};

QTEST_GUILESS_MAIN(TestClosing)
#include "tst_closing.moc"
