#include "tests/core/record/case_index.h"

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

class TestCaseStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<CaseIndex>(); }

    void anEventGoesThereAndBack();
    void aDuplicateIsCountedOnceAndHasNoId();
    void theSameIdOfAnotherSourceIsNoDuplicate();
    void eventsWithoutAnIdAreNeverDuplicates();
    void aRolledBackBatchLeavesNothingBehind();
    void citationsAppearWhenTheSourceIsSealed();
    void anUnusualTimeTextIsKept();
    void aNameThatComesLaterIsKept();
    void rejectedRecordsAreListed();
    void alertsAndIncidentsAreReplaced();
    void documentsAndMetaAreKept();
    void ledgerEntriesAreFiltered();

private:
    std::unique_ptr<CaseIndex> m_case;
};

void TestCaseStore::anEventGoesThereAndBack()
{
    Event event = anEvent(5, "ana", "iam:CreateAccessKey");
    event.via = key("AKIA0");
    event.targets = {{key("AKIA1"), "created"}, {account("bob"), ""}};
    event.userAgent = "aws-cli/2";
    event.region = "eu-central-1";
    event.outcome = EventOutcome::Failure;
    event.error = "AccessDenied";
    event.isIdentityChange = true;
    event.isReadOnly = true;
    std::vector<Event> events{event};
    QCOMPARE(m_case->store->addEvents(m_case->source, events).value(), std::size_t{1});
    QVERIFY(m_case->store->sealSource(m_case->source, sealedWith("x")));
    const auto read = m_case->store->queries().event(events[0].id);
    QVERIFY(read);
    QVERIFY(read->id == events[0].id);
    QVERIFY(read->time == event.time);
    QCOMPARE(read->timeText, event.timeText);
    QCOMPARE(read->source, event.source);
    QCOMPARE(read->tenant, event.tenant);
    QVERIFY(read->actor == event.actor);
    QCOMPARE(read->actor->name, std::string("ana name"));
    QCOMPARE(read->actor->type, std::string("human"));
    QVERIFY(read->via == event.via);
    QCOMPARE(read->action, event.action);
    QVERIFY(read->targets == event.targets);
    QCOMPARE(read->address, event.address);
    QCOMPARE(read->userAgent, event.userAgent);
    QCOMPARE(read->region, event.region);
    QVERIFY(read->outcome == event.outcome);
    QCOMPARE(read->error, event.error);
    QCOMPARE(read->externalId, event.externalId);
    QVERIFY(read->isIdentityChange && read->isReadOnly);
    QCOMPARE(read->cite.evidence, crypto::sha256(std::string_view("x")));
    QCOMPARE(read->cite.offset, event.cite.offset);
    QCOMPARE(read->cite.length, event.cite.length);
    QVERIFY(m_case->store->queries().event(EventId{99}).error().code == ErrorCode::NotFound);
}

void TestCaseStore::aDuplicateIsCountedOnceAndHasNoId()
{
    std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(1, "ana", "a"), anEvent(2, "ana", "b")};
    QCOMPARE(m_case->store->addEvents(m_case->source, events).value(), std::size_t{2});
    QVERIFY(events[0].id.isSet());
    QVERIFY(!events[1].id.isSet());
    const SourceId other = m_case->store->addSource("logs/b.json", "aws.cloudtrail").value();
    QCOMPARE(m_case->store->addEvents(other, events).value(), std::size_t{0});
    QCOMPARE(m_case->store->queries().countEvents({}).value(), std::int64_t{2});
    const auto sources = m_case->store->queries().sources().value();
    QCOMPARE(sources[0].events, std::int64_t{2});
    QCOMPARE(sources[0].duplicates, std::int64_t{1});
    QCOMPARE(sources[1].events, std::int64_t{0});
    QCOMPARE(sources[1].duplicates, std::int64_t{3});
    QVERIFY(sources[0].first == at(1) && sources[0].last == at(2));
    QCOMPARE(m_case->store->lookup().naming(account("ana"), at(0), at(9), 10)->size(), std::size_t{2});
}

void TestCaseStore::theSameIdOfAnotherSourceIsNoDuplicate()
{
    std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(1, "ana", "a")};
    events[1].source = "okta.system";
    QCOMPARE(m_case->store->addEvents(m_case->source, events).value(), std::size_t{2});
}

void TestCaseStore::eventsWithoutAnIdAreNeverDuplicates()
{
    std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(1, "ana", "a")};
    events[0].externalId = events[1].externalId = "";
    events[1].cite.offset = 777;
    QCOMPARE(m_case->store->addEvents(m_case->source, events).value(), std::size_t{2});
}

void TestCaseStore::aRolledBackBatchLeavesNothingBehind()
{
    std::vector<Event> events{anEvent(1, "new-person", "new:Action")};
    const auto written = m_case->store->write([&]() -> Result<void> {
        CORDON_CHECK(m_case->store->addEvents(m_case->source, events));
        return fail(ErrorCode::Cancelled, "stop");
    });
    QVERIFY(written.error().code == ErrorCode::Cancelled);
    QCOMPARE(m_case->store->queries().countEvents({}).value(), std::int64_t{0});
    // The names must be written again, not remembered from what was taken back.
    QCOMPARE(m_case->store->addEvents(m_case->source, events).value(), std::size_t{1});
    auto fresh = CaseIndexReader::open(m_case->file());
    QVERIFY(fresh);
    const auto read = (*fresh)->queries().event(events[0].id);
    QVERIFY2(read, read ? "" : read.error().detail.c_str());
    QCOMPARE(read->action, std::string("new:Action"));
}

void TestCaseStore::citationsAppearWhenTheSourceIsSealed()
{
    m_case->addSome();
    QVERIFY(m_case->store->queries().event(EventId{1})->cite.evidence == Digest{});
    QVERIFY(m_case->store->sealSource(m_case->source, sealedWith("content")));
    QCOMPARE(m_case->store->queries().event(EventId{1})->cite.evidence, crypto::sha256(std::string_view("content")));
}

void TestCaseStore::anUnusualTimeTextIsKept()
{
    std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(2, "ana", "b")};
    events[0].timeText = "10/Jul/2023 14:00:01 +0200";
    events[1].timeText = "";
    QVERIFY(m_case->store->addEvents(m_case->source, events));
    QCOMPARE(m_case->store->queries().event(events[0].id)->timeText, events[0].timeText);
    QCOMPARE(m_case->store->queries().event(events[1].id)->timeText, std::string());
}

void TestCaseStore::aNameThatComesLaterIsKept()
{
    std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(2, "ana", "b")};
    events[0].actor = EntityRef{EntityKind::Account, "arn:1", "", ""};
    events[1].actor = EntityRef{EntityKind::Account, "arn:1", "service", "deploy"};
    QVERIFY(m_case->store->addEvents(m_case->source, events));
    const auto read = m_case->store->queries().event(events[0].id);
    QCOMPARE(read->actor->name, std::string("deploy"));
    QCOMPARE(read->actor->type, std::string("service"));
}

void TestCaseStore::rejectedRecordsAreListed()
{
    const std::vector<RejectedRecord> records{{"logs/a.json", 10, 20, "no time"}, {"logs/a.json", 40, 0, "cut off"}};
    QVERIFY(m_case->store->addRejected(m_case->source, records));
    QVERIFY(m_case->store->addRejected({}, std::vector<RejectedRecord>{{"logs/c.json", 0, 0, "no read permission"}}));
    QCOMPARE(m_case->store->queries().countRejected().value(), std::int64_t{3});
    const auto page = m_case->store->queries().rejected(1, 2).value();
    QCOMPARE(page.size(), std::size_t{2});
    QCOMPARE(page[0].offset, std::uint64_t{40});
    QCOMPARE(page[1].reason, std::string("no read permission"));
    QCOMPARE(m_case->store->queries().sources()->front().rejected, std::int64_t{2});
}

void TestCaseStore::alertsAndIncidentsAreReplaced()
{
    StoredAlert alert;
    alert.id = AlertId{7};
    alert.rule = "r1";
    alert.severity = Severity::High;
    alert.first = at(1);
    alert.last = at(2);
    alert.body = "{}";
    QVERIFY(m_case->store->putAlert(alert).value() == AlertId{7});
    StoredIncident incident;
    incident.id = IncidentId{1};
    incident.risk = 40;
    incident.alerts = {AlertId{7}};
    incident.body = "{\"v\":1}";
    QVERIFY(m_case->store->putIncident(incident).value() == IncidentId{1});
    alert.title = "changed";
    QVERIFY(m_case->store->putAlert(alert)); // without naming its incident: it stays there
    const auto read = m_case->store->queries().alert(AlertId{7}).value();
    QCOMPARE(read.title, std::string("changed"));
    QVERIFY(read.severity == Severity::High);
    QVERIFY(read.incident == IncidentId{1});

    StoredIncident worse;
    worse.id = IncidentId{2};
    worse.risk = 90;
    worse.status = IncidentStatus::Contained;
    worse.assignee = "user:analyst-a";
    QVERIFY(m_case->store->putIncident(worse));
    incident.body = "{\"v\":2}";
    QVERIFY(m_case->store->putIncident(incident));
    const auto queue = m_case->store->queries().incidents().value();
    QCOMPARE(queue.size(), std::size_t{2});
    QVERIFY(queue[0].id == IncidentId{2});
    QVERIFY(queue[0].status == IncidentStatus::Contained);
    QCOMPARE(queue[0].assignee, std::string("user:analyst-a"));
    QCOMPARE(m_case->store->queries().incident(IncidentId{1})->body, std::string("{\"v\":2}"));
    QVERIFY(m_case->store->removeIncident(IncidentId{2}));
    QVERIFY(m_case->store->queries().incident(IncidentId{2}).error().code == ErrorCode::NotFound);
    QCOMPARE(m_case->store->queries().countAlerts().value(), std::int64_t{1});
}

void TestCaseStore::documentsAndMetaAreKept()
{
    QVERIFY(m_case->store->putDocument("plan", "INC-0001", "{}"));
    QVERIFY(m_case->store->putDocument("plan", "INC-0001", "{\"a\":1}"));
    QVERIFY(m_case->store->putDocument("plan", "INC-0002", "{}"));
    QCOMPARE(m_case->store->queries().document("plan", "INC-0001").value(), std::string("{\"a\":1}"));
    QVERIFY(m_case->store->removeDocument("plan", "INC-0002"));
    QVERIFY(m_case->store->queries().document("plan", "INC-0002").error().code == ErrorCode::NotFound);
    QCOMPARE(m_case->store->queries().documents("plan")->size(), std::size_t{1});
    QCOMPARE(m_case->store->queries().meta("clock.offset").value(), std::string());
    QVERIFY(m_case->store->setMeta("clock.offset", "12"));
    QCOMPARE(m_case->store->queries().meta("clock.offset").value(), std::string("12"));
}

void TestCaseStore::ledgerEntriesAreFiltered()
{
    for (int i = 0; i < 6; ++i) {
        LedgerEntry entry;
        entry.seq = i;
        entry.ts = at(i);
        entry.type = i % 2 == 0 ? "decision" : "outcome";
        entry.incident = i < 3 ? "INC-0001" : "";
        entry.data = Value::Object{{"n", i}};
        QVERIFY(m_case->store->indexEntry(entry));
        QVERIFY(m_case->store->indexEntry(entry)); // twice is once
    }
    CaseQueries& queries = m_case->store->queries();
    QCOMPARE(queries.countLedger().value(), std::int64_t{6});
    QCOMPARE(queries.ledger(1, 2)->front().seq, std::int64_t{4});
    QCOMPARE(queries.ledgerEntries("decision", "")->size(), std::size_t{3});
    QCOMPARE(queries.ledgerEntries("decision", "INC-0001")->size(), std::size_t{2});
    QCOMPARE(queries.ledgerEntries("", "INC-0001")->size(), std::size_t{3});
    QCOMPARE(queries.newestOf("dec", "INC-0001").value(), std::string("decision"));
    QCOMPARE(queries.newestOf("outcome", "INC-0001").value(), std::string("outcome")); // older, behind others
    QCOMPARE(queries.newestOf("session.", "INC-0001").value(), std::string());
    QCOMPARE(queries.newestOf("dec", "INC-0002").value(), std::string());
    QCOMPARE(queries.ledgerEntry(5)->data, std::string("{\"n\":5}"));
}

QTEST_GUILESS_MAIN(TestCaseStore)
#include "tst_case_store.moc"
