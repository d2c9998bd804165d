#include "core/engine/alert_folder.h"

#include <QTest>

using namespace cordon;
using namespace std::chrono_literals;
using engine::RuleHit;

namespace {

const Timestamp noon = *Timestamp::parse("2026-11-21T12:00:00Z");

Event eventAt(int id, Duration after, const char* who = "ci", const char* address = "203.0.113.44")
{
    Event made;
    made.id = EventId{id};
    made.time = noon + after;
    made.actor = EntityRef{EntityKind::Account, who, "service", who};
    made.via = EntityRef{EntityKind::Credential, std::string("AKIA-") + who, "access_key", ""};
    made.action = "iam:ListUsers";
    made.address = address;
    made.outcome = EventOutcome::Success;
    made.cite.offset = static_cast<std::uint64_t>(id);
    return made;
}

RuleHit hit(const Event& one, const char* rule = "r1")
{
    return {rule, {one}};
}

RuleInfo rule(const char* id, const char* title)
{
    RuleInfo info;
    info.id = id;
    info.title = title;
    return info;
}

/// A version of another product's finding, told `after` noon.
RuleHit finding(int event, Duration after, const char* id, const char* status, Severity level = Severity::High)
{
    RuleHit made = hit(eventAt(event, after), "external:watch:x");
    made.events.front().isFinding = true;
    Alert& alert = made.finding.emplace();
    alert.rule = rule("external:watch:x", status);
    alert.rule.level = level;
    alert.first = noon - 600s;
    alert.last = noon - 300s;
    ExternalOrigin& origin = alert.external.emplace();
    origin.product = "watch";
    origin.id = id;
    origin.status = status;
    origin.updated = noon + after;
    return made;
}

const std::map<std::string, RuleInfo> rules{{"r1", rule("r1", "One")}, {"r2", rule("r2", "Two")}};

/// All at once.
std::vector<Alert> alertsOf(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& known, std::int64_t firstNumber = 1)
{
    return engine::AlertFolder(firstNumber).add(std::move(hits), known);
}

} // namespace

class TestAlertMaker : public QObject
{
    Q_OBJECT

private slots:
    void aBurstThatArrivesInPiecesIsStillOneAlert()
    {
        engine::AlertFolder folder;
        QCOMPARE(folder.add({hit(eventAt(1, 0s))}, rules).size(), std::size_t(1));
        const auto grown = folder.add({hit(eventAt(2, 10s)), hit(eventAt(3, 400s))}, rules);
        QCOMPARE(grown.size(), std::size_t(2));
        QVERIFY(grown[0].id == AlertId{1} && grown[1].id == AlertId{2});
        QCOMPARE(grown[0].events.size(), std::size_t(2));
        QVERIFY(folder.add({}, rules).empty());
        const auto late = folder.add({hit(eventAt(4, 5s))}, rules); // belongs to neither any more
        QVERIFY(late.size() == 1 && late[0].id == AlertId{3});
    }

    void anAlertAboutSomethingElseNamesThatAlone()
    {
        const EntityRef log{EntityKind::Resource, "log:a", "log", "a"};
        RuleHit quiet = hit(eventAt(1, 0s));
        quiet.about = RuleHit::About{log, noon + 1h};
        const auto alerts = alertsOf({quiet}, rules);
        QCOMPARE(alerts.size(), std::size_t(1));
        QVERIFY(alerts[0].last == noon + 1h);
        QCOMPARE(alerts[0].entities.size(), std::size_t(1));
        QVERIFY(alerts[0].entities[0].entity == log);
        QVERIFY(alerts[0].events == std::vector<EventId>{EventId{1}});
    }

    void aBurstIsOneAlertWithAllItsEvents()
    {
        std::vector<RuleHit> hits;
        for (int i = 0; i < 5; ++i)
            hits.push_back(hit(eventAt(i + 1, 50s * i)));
        const auto alerts = alertsOf(hits, rules);
        QCOMPARE(alerts.size(), std::size_t(1));
        QCOMPARE(alerts[0].events.size(), std::size_t(5));
        QCOMPARE(alerts[0].cites.size(), std::size_t(5));
        QVERIFY(alerts[0].first == noon && alerts[0].last == noon + 200s);
        QCOMPARE(alerts[0].rule.title, std::string("One"));
    }

    void aPauseOrALongSpanBeginsAnotherAlert()
    {
        QCOMPARE(alertsOf({hit(eventAt(1, 0s)), hit(eventAt(2, 60s))}, rules).size(), std::size_t(1));
        QCOMPARE(alertsOf({hit(eventAt(1, 0s)), hit(eventAt(2, 61s))}, rules).size(), std::size_t(2));
        std::vector<RuleHit> hits;
        for (int i = 0; i <= 6; ++i)
            hits.push_back(hit(eventAt(i + 1, 55s * i)));
        QCOMPARE(alertsOf(hits, rules).size(), std::size_t(2)); // 330 s is more than five minutes
    }

    void othersDoNotFoldTogether()
    {
        Event failed = eventAt(4, 3s);
        failed.outcome = EventOutcome::Failure;
        Event otherKey = eventAt(5, 4s);
        otherKey.via->id = "AKIA-other";
        const auto alerts = alertsOf({hit(eventAt(1, 0s)), hit(eventAt(2, 1s, "dev")),
                                                hit(eventAt(3, 2s, "ci", "198.51.100.1")), hit(failed), hit(otherKey),
                                                hit(eventAt(6, 5s), "r2")},
                                               rules);
        QCOMPARE(alerts.size(), std::size_t(6));
        QVERIFY(!alerts[3].hasSucceeded && alerts[0].hasSucceeded);
    }

    void numbersFollowTimeWhateverTheOrderOfTheHits()
    {
        const auto alerts =
            alertsOf({hit(eventAt(9, 500s)), hit(eventAt(1, 0s)), hit(eventAt(5, 200s))}, rules, 10);
        QCOMPARE(alerts.size(), std::size_t(3));
        for (std::size_t i = 0; i < alerts.size(); ++i)
            QVERIFY(alerts[i].id == AlertId{10 + static_cast<std::int64_t>(i)});
        QVERIFY(alerts[0].events[0] == EventId{1} && alerts[2].events[0] == EventId{9});
    }

    void theSameEventCountsOnce()
    {
        const auto alerts =
            alertsOf({{"r1", {eventAt(1, 0s), eventAt(2, 1s)}}, {"r1", {eventAt(1, 0s)}}}, rules);
        QCOMPARE(alerts.size(), std::size_t(1));
        QCOMPARE(alerts[0].events.size(), std::size_t(2));
    }

    void aRuleThatIsNotKnownRaisesNothing()
    {
        QVERIFY(alertsOf({hit(eventAt(1, 0s), "gone")}, rules).empty());
    }

    void anUpdateReplacesAFindingAndKeepsItsHistory()
    {
        const auto alerts = alertsOf(
            {finding(1, 0s, "f", "new"), finding(2, 600s, "f", "done", Severity::Low), finding(3, 0s, "g", "new")}, rules);
        QCOMPARE(alerts.size(), std::size_t(2));
        QCOMPARE(alerts[0].rule.title, std::string("done"));
        QVERIFY(alerts[0].rule.level == Severity::High); // the highest that any version had
        QCOMPARE(alerts[0].events.size(), std::size_t(2));
        QCOMPARE(alerts[0].cites.size(), std::size_t(2));
        const ExternalOrigin& origin = *alerts[0].external;
        QCOMPARE(origin.status, std::string("done"));
        QCOMPARE(origin.history.size(), std::size_t(2));
        QCOMPARE(origin.history[0].status, std::string("new"));
        QVERIFY(origin.history[0].event == EventId{1} && origin.history[1].event == EventId{2});
        QVERIFY(engine::dueAt(alerts[0]) == noon + 600s);
    }

    /// Nobody vouches for an update: a made-up one must not hide a real alert, whenever it comes.
    void noUpdateLowersTheLevel()
    {
        const RuleHit real = finding(1, 0s, "f", "new");
        const RuleHit forged = finding(2, 2000000000s, "f", "harmless", Severity::Informational);
        for (const std::vector<RuleHit>& order :
             {std::vector<RuleHit>{real, forged}, std::vector<RuleHit>{forged, real}}) {
            engine::AlertFolder folder;
            std::vector<Alert> alerts;
            for (const RuleHit& one : order)
                alerts = folder.add({one}, rules);
            QCOMPARE(alerts.size(), std::size_t(1));
            QVERIFY(alerts[0].rule.level == Severity::High);
            QCOMPARE(alerts[0].external->status, std::string("harmless"));
        }
    }

    void anUpdateThatComesLateChangesHistoryOnly()
    {
        engine::AlertFolder folder;
        QCOMPARE(folder.add({finding(1, 600s, "f", "done")}, rules).size(), std::size_t(1));
        const auto alerts = folder.add({finding(2, 0s, "f", "new")}, rules);
        QCOMPARE(alerts.size(), std::size_t(1));
        QVERIFY(alerts[0].id == AlertId{1});
        QCOMPARE(alerts[0].external->status, std::string("done"));
        QCOMPARE(alerts[0].external->history.front().status, std::string("new"));
        QVERIFY(alerts[0].events.front() == EventId{2});
    }

    void findingsWithoutAnIdStandAlone()
    {
        QCOMPARE(alertsOf({finding(1, 0s, "", "new"), finding(2, 1s, "", "new")}, rules).size(),
                 std::size_t(2));
    }

    // T4
    void updatesWithoutEndAreBounded()
    {
        std::vector<RuleHit> hits;
        for (int i = 0; i < 1000; ++i)
            hits.push_back(finding(i + 1, 1s * i, "f", "new"));
        const auto alerts = alertsOf(std::move(hits), rules);
        QCOMPARE(alerts[0].events.size(), std::size_t(256));
        QCOMPARE(alerts[0].external->history.size(), std::size_t(256));
        QVERIFY(alerts[0].events.front() == EventId{1} && alerts[0].events.back() == EventId{1000});
    }

    void aRecordThatNamesThousandsIsBounded()
    {
        Event hostile = eventAt(1, 0s);
        for (int i = 0; i < 5000; ++i)
            hostile.targets.push_back({{EntityKind::Resource, "r" + std::to_string(i), "", ""}, "read"});
        const auto alerts = alertsOf({hit(hostile)}, rules);
        QCOMPARE(alerts[0].entities.size(), engine::mostAlertEntities);
        QCOMPARE(alerts[0].entities[0].part, std::string("actor"));
    }
};

QTEST_GUILESS_MAIN(TestAlertMaker)
#include "tst_alert_maker.moc"
