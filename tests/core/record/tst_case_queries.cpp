#include "tests/core/record/case_index.h"

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

class TestCaseQueries : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<CaseIndex>(); }

    void pagesComeInTimeOrder();
    void queriesNarrow_data();
    void queriesNarrow();
    void anIncidentNarrowsToItsAlertsAndMembers();
    void theHistogramCountsEachSpan();
    void searchTakesWildcardsLiterally();

private:
    std::unique_ptr<CaseIndex> m_case;
};

void TestCaseQueries::pagesComeInTimeOrder()
{
    std::vector<Event> events;
    for (int i = 50; i > 0; --i)
        events.push_back(anEvent(i, "ana", "a" + std::to_string(i)));
    QVERIFY(m_case->store->addEvents(m_case->source, events));
    const auto page = m_case->store->queries().events({}, 10, 5).value();
    QCOMPARE(page.size(), std::size_t{5});
    for (std::size_t i = 0; i < page.size(); ++i)
        QVERIFY(page[i].time == at(static_cast<int>(11 + i)));
    QCOMPARE(m_case->store->queries().events({}, 48, 5)->size(), std::size_t{2});
    QVERIFY(m_case->store->queries().span().value() == std::pair(at(1), at(50)));
}

void TestCaseQueries::queriesNarrow_data()
{
    QTest::addColumn<EventQuery>("query");
    QTest::addColumn<std::vector<std::string>>("actions");
    using Actions = std::vector<std::string>;
    const std::string create = "iam:CreateAccessKey";
    const std::string remove = "iam:DeleteUser";
    const std::string whoAmI = "sts:GetCallerIdentity";
    const std::string get = "s3:GetObject";
    QTest::newRow("everything") << EventQuery{} << Actions{create, remove, whoAmI, get};
    EventQuery query;
    query.from = at(10);
    query.to = at(30);
    QTest::newRow("a window") << query << Actions{remove, whoAmI};
    query = {};
    query.entity = "account:ana";
    QTest::newRow("an actor") << query << Actions{create, get};
    query.from = at(2);
    QTest::newRow("an actor in a window") << query << Actions{get};
    query = {};
    query.entity = "credential:AKIA1";
    QTest::newRow("a credential, made and used") << query << Actions{create, whoAmI};
    query.entity = "address:198.51.100.7";
    QTest::newRow("an address") << query << Actions{whoAmI};
    query.entity = "account:nobody";
    QTest::newRow("an unknown entity") << query << Actions{};
    query = {};
    query.onlyFailures = true;
    QTest::newRow("failures") << query << Actions{remove};
    query = {};
    query.onlyIdentityChanges = true;
    QTest::newRow("identity changes") << query << Actions{create};
    query = {};
    query.text = "IAM:";
    QTest::newRow("text of the action") << query << Actions{create, remove};
    query.text = "eve n";
    QTest::newRow("text of the actor's name") << query << Actions{whoAmI};
    query.text = "51.100";
    QTest::newRow("text of the address") << query << Actions{whoAmI};
    query.text = "iam:";
    query.onlyFailures = true;
    QTest::newRow("text and failures") << query << Actions{remove};
}

void TestCaseQueries::queriesNarrow()
{
    QFETCH(EventQuery, query);
    QFETCH(std::vector<std::string>, actions);
    m_case->addSome();
    QCOMPARE(m_case->actionsOf(query), actions);
    QCOMPARE(m_case->store->queries().countEvents(query).value(), static_cast<std::int64_t>(actions.size()));
}

void TestCaseQueries::anIncidentNarrowsToItsAlertsAndMembers()
{
    m_case->addSome();
    const auto all = m_case->store->queries().events({}, 0, 10).value();
    StoredAlert alert;
    alert.events = {all[1].id};
    const AlertId alertId = m_case->store->putAlert(alert).value();
    StoredIncident incident;
    incident.firstSeen = at(0);
    incident.lastSeen = at(25);
    incident.members = {account("eve"), account("ana")};
    incident.alerts = {alertId};
    const IncidentId id = m_case->store->putIncident(incident).value();
    EventQuery query;
    query.incident = id;
    // bob's failure through the alert, eve's and ana's own within the span; ana's last lies beyond it
    QCOMPARE(m_case->actionsOf(query),
             (std::vector<std::string>{"iam:CreateAccessKey", "iam:DeleteUser", "sts:GetCallerIdentity"}));
    QVERIFY(m_case->store->queries().alert(alertId)->incident == id);
    QCOMPARE(m_case->store->queries().alerts(id, 0, 10)->size(), std::size_t{1});
}

void TestCaseQueries::theHistogramCountsEachSpan()
{
    m_case->addSome();
    const std::vector<std::int64_t> expected{1, 1, 1, 1};
    QCOMPARE(m_case->store->queries().histogram({}, at(0), at(40), 4).value(), expected);
    EventQuery failures;
    failures.onlyFailures = true;
    const std::vector<std::int64_t> failed{0, 1, 0, 0};
    QCOMPARE(m_case->store->queries().histogram(failures, at(0), at(40), 4).value(), failed);
    const std::vector<std::int64_t> uneven{2, 1, 1};
    QCOMPARE(m_case->store->queries().histogram({}, at(0), at(31), 3).value(), uneven);
    QVERIFY(m_case->store->queries().histogram({}, at(1), at(1), 3).error().code == ErrorCode::Invalid);
}

void TestCaseQueries::searchTakesWildcardsLiterally()
{
    std::vector<Event> events{anEvent(1, "ana", "do_it"), anEvent(2, "ana", "doXit"), anEvent(3, "ana", "100%")};
    QVERIFY(m_case->store->addEvents(m_case->source, events));
    EventQuery query;
    query.text = "o_i";
    QCOMPARE(m_case->actionsOf(query), std::vector<std::string>{"do_it"});
    query.text = "0%";
    QCOMPARE(m_case->actionsOf(query), std::vector<std::string>{"100%"});
}

QTEST_GUILESS_MAIN(TestCaseQueries)
#include "tst_case_queries.moc"
