#include "core/engine/supply.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/own_resources.h"

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;

namespace {

constexpr const char* trail = "  - {id: S1, source: aws.cloudtrail, window: 90d}\n";
constexpr const char* anySource = "  - {id: S5, source: \"*\", window: 90d}";
constexpr const char* inventoryClause = "  - {id: S4, source: inventory, window: 90d}\n";

/// The small attack under a mandate of the test's own.
struct Under
{
    CaseFixture fixture;
    OwnResources resources;

    void change(const std::string& from, const std::string& to)
    {
        if (!resources.changeMandate(from, to))
            qFatal("the exercise's mandate has no '%s'", from.c_str());
    }
    [[nodiscard]] CaseFixture::Held run()
    {
        engine::EngineOptions options = fixture.options();
        options.resources = resources.folder();
        CaseFixture::must(engine::acceptSupply(options.resources, options.home, {"mandates/exercise.yaml"}));
        return fixture.run(options);
    }
    [[nodiscard]] int changesMade() const
    {
        int changes = 0;
        for (const LedgerEntry& entry : fixture.ledger("action.intended"))
            changes += entry.data["tier"].asString() == "T0" ? 0 : 1;
        return changes;
    }
};

const engine::IncidentFile& only(const CaseFixture::Held& held)
{
    return held->files().begin()->second;
}

bool tells(const engine::IncidentFile& file, const std::string& code)
{
    return std::any_of(file.brief.story.begin(), file.brief.story.end(),
                       [&](const Finding& finding) { return finding.text.code == code; });
}

} // namespace

/// `see` and `decide` hold where the agent reads and where it concludes, and people still see everything.
class TestAgentView : public QObject
{
    Q_OBJECT

private slots:
    void whatTheMandateShowsIsReadWholeAndSaidSo()
    {
        Under under;
        const auto held = under.run();
        QVERIFY(only(held).view.isWhole());
        QCOMPARE(under.changesMade() > 0, true);
        const auto views = under.fixture.ledger("agent.view");
        QVERIFY(!views.empty());
        QCOMPARE(views.back().data["unseen"].asInt(), 0);
        QCOMPARE(views.back().data["clauses"].asArray().front().asString(), std::string("S1"));
        QVERIFY(!views.back().data["accountable"].asString().empty());
    }

    void aSourceThatNoClauseNamesIsNotReadAndNothingIsDone()
    {
        Under under;
        under.change(trail, "  - {id: S1, source: aws.config, window: 90d}\n");
        under.change(anySource, "  #");
        const auto held = under.run();
        const engine::IncidentFile& file = only(held);
        QCOMPARE(under.changesMade(), 0);
        QVERIFY(under.fixture.ledger("action.intended").empty());
        QVERIFY(file.plan.steps.empty());
        QCOMPARE(file.plan.note.code, std::string("plan.nothing_seen"));
        QVERIFY(file.view.unseen.contains("aws.cloudtrail"));
        // People see the incident, its members and its story as ever, and what the agent did not read.
        QVERIFY(!file.incident.members.empty() && !file.brief.identityChanges.empty());
        QVERIFY(tells(file, "story.agent_unseen"));
        const auto views = under.fixture.ledger("agent.view");
        QVERIFY(!views.empty() && views.back().data["unseen"].asInt() > 0);
        QVERIFY(views.back().data["clauses"].asArray().empty());
    }

    void aWindowEndsWhatIsRead()
    {
        Under under;
        under.change(trail, "  - {id: S1, source: aws.cloudtrail, window: 5m}\n");
        const auto held = under.run();
        const engine::IncidentFile& file = only(held);
        // The three days in which the account worked as usual lie outside: nothing is measured against them.
        QVERIFY(file.view.unseen.contains("aws.cloudtrail") && file.view.unseen.at("aws.cloudtrail") >= 72);
        for (const auto& [entity, own] : file.view.signs)
            QVERIFY2(!own.hasRarity, entity.key().c_str());
        QVERIFY(tells(file, "story.agent_unseen"));
        QVERIFY(!file.brief.rarities.empty()); // people still get it
    }

    void withoutAClauseOnTheInventoryNoConnectorIsAsked()
    {
        Under under;
        under.change(inventoryClause, "");
        const auto held = under.run();
        QCOMPARE(under.changesMade(), 0);
        for (const IncidentMember& member : only(held).incident.members)
            QVERIFY2(!member.isVerified, member.entity.key().c_str());
        for (const LedgerEntry& entry : under.fixture.ledger("scope.asked")) {
            for (const Value& asked : entry.data["asked"].asArray())
                QVERIFY2(asked["error"].asString().find("is not allowed") != std::string::npos,
                         asked["error"].asString().c_str());
        }
    }

    void theViewSurvivesReopening()
    {
        Under under;
        under.change(trail, "  - {id: S1, source: aws.cloudtrail, window: 5m}\n");
        const AgentView before = only(under.run()).view;
        const auto held = under.fixture.wake();
        QVERIFY(only(held).view == before);
    }

    void correlatingThatIsLeftToPeopleWaitsForThem_data()
    {
        QTest::addColumn<QString>("autonomy");
        QTest::addColumn<bool>("canBeTakenOn");
        QTest::newRow("approve") << "autonomy: approve, approvers: 1" << true;
        QTest::newRow("never") << "autonomy: never" << false;
        QTest::newRow("no clause") << QString() << false;
    }

    void correlatingThatIsLeftToPeopleWaitsForThem()
    {
        QFETCH(QString, autonomy);
        QFETCH(bool, canBeTakenOn);
        Under under;
        const std::string clause = "  - {id: D1, decision: correlate, autonomy: auto}\n";
        under.change(clause, autonomy.isEmpty()
                                 ? ""
                                 : "  - {id: D1, decision: correlate, " + autonomy.toStdString() + "}\n");
        const auto held = under.run();
        QVERIFY(under.fixture.ledger("action.intended").empty());
        QVERIFY(under.fixture.ledger("session.open").empty());
        QVERIFY(!only(held).plan.steps.empty()); // proposed to people
        for (const Step& step : only(held).plan.steps)
            QVERIFY2(!step.note.code.empty(), step.id.c_str());
        const auto views = under.fixture.ledger("agent.view");
        QCOMPARE(views.back().data["conclusions"].asArray().front()["effect"].asString(),
                 std::string(canBeTakenOn ? "hold" : "deny"));
        VERIFY_DONE(held->apply(engine::Assign{only(held).incident.id, "user:ana", "user:ana"}, {}));
        QCOMPARE(under.changesMade() > 0, canBeTakenOn);
    }

    void anIncidentIsClosedByTheAgentOnlyWhereTheMandateSaysSo_data()
    {
        QTest::addColumn<QString>("autonomy");
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("never") << "never" << false;
        QTest::newRow("auto") << "auto" << true;
    }

    void anIncidentIsClosedByTheAgentOnlyWhereTheMandateSaysSo()
    {
        QFETCH(QString, autonomy);
        QFETCH(bool, isClosed);
        Under under;
        under.change("decision: close_incident, autonomy: never",
                     "decision: close_incident, autonomy: " + autonomy.toStdString());
        const auto held = under.run();
        const auto isWaiting = [](const Step& step) {
            return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval;
        };
        for (int rounds = 0; rounds < 50; ++rounds) { // what is skipped lets others run
            const auto& steps = only(held).plan.steps;
            const auto waiting = std::find_if(steps.begin(), steps.end(), isWaiting);
            if (waiting == steps.end())
                break;
            VERIFY_DONE(held->apply(engine::SkipStep{waiting->id, "user:ana", "done with"}, {}));
        }
        QVERIFY(only(held).incident.status == (isClosed ? IncidentStatus::Closed : IncidentStatus::Contained));
        QCOMPARE(under.fixture.ledger("incident.closed").size(), std::size_t(isClosed ? 1 : 0));
    }
};

QTEST_GUILESS_MAIN(TestAgentView)
#include "tst_agent_view.moc"
