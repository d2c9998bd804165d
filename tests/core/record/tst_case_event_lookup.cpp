#include "tests/core/record/case_index.h"

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

class TestCaseEventLookup : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<CaseIndex>(); }

    void lookupAnswersByRoleAndWindow();
    void lookupOrdersByTimeEvidenceAndOffset();
    void everyEventIsVisitedUntilTold();

private:
    std::unique_ptr<CaseIndex> m_case;
};

void TestCaseEventLookup::lookupAnswersByRoleAndWindow()
{
    m_case->addSome();
    const EventLookup& lookup = m_case->store->lookup();
    QCOMPARE(lookup.naming(account("bob"), at(0), at(60), 10)->size(), std::size_t{2});
    QCOMPARE(lookup.doneBy(account("bob"), at(0), at(60), 10)->size(), std::size_t{1});
    QCOMPARE(lookup.doneBy(key("AKIA1"), at(0), at(60), 10)->front().action, std::string("sts:GetCallerIdentity"));
    QCOMPARE(lookup.identityChangesOf(account("bob"), at(0), at(60), 10)->size(), std::size_t{1});
    QCOMPARE(lookup.identityChangesOf(account("eve"), at(0), at(60), 10)->size(), std::size_t{0});
    QCOMPARE(lookup.naming(account("ana"), at(1), at(30), 10)->size(), std::size_t{1}); // [from, to)
    QCOMPARE(lookup.naming(account("ana"), at(0), at(60), 1)->front().action, std::string("iam:CreateAccessKey"));
    QVERIFY(lookup.naming(account("nobody"), at(0), at(60), 10)->empty());
    QVERIFY(lookup.span().value() == std::pair(at(1), at(30)));
    QVERIFY(lookup.event(EventId{1}));
}

void TestCaseEventLookup::lookupOrdersByTimeEvidenceAndOffset()
{
    // Two sources whose digests order the other way round than their numbers.
    std::string first = "b";
    std::string second = "a";
    if (crypto::sha256(first) < crypto::sha256(second))
        std::swap(first, second);
    const SourceId other = m_case->store->addSource("logs/b.json", "aws.cloudtrail").value();
    std::vector<Event> inFirst{anEvent(1, "ana", "late"), anEvent(1, "ana", "later")};
    std::vector<Event> inSecond{anEvent(1, "ana", "second"), anEvent(1, "ana", "first")};
    inFirst[1].externalId = "x";
    inFirst[1].cite.offset = 5000;
    inSecond[0].externalId = "y";
    inSecond[0].cite.offset = 900;
    inSecond[1].externalId = "z";
    inSecond[1].cite.offset = 10;
    QVERIFY(m_case->store->addEvents(m_case->source, inFirst));
    QVERIFY(m_case->store->addEvents(other, inSecond));
    QVERIFY(m_case->store->sealSource(m_case->source, sealedWith(first)));
    QVERIFY(m_case->store->sealSource(other, sealedWith(second)));
    std::vector<std::string> order;
    const auto named = m_case->store->lookup().naming(account("ana"), at(0), at(9), 10).value();
    for (const Event& event : named)
        order.push_back(event.action);
    QCOMPARE(order, (std::vector<std::string>{"first", "second", "late", "later"}));
    std::vector<std::string> each;
    QVERIFY(m_case->store->lookup().each([&](const Event& event) {
        each.push_back(event.action);
        return true;
    }));
    QCOMPARE(each, order);
}

void TestCaseEventLookup::everyEventIsVisitedUntilTold()
{
    m_case->addSome();
    int visited = 0;
    QVERIFY(m_case->store->lookup().each([&](const Event&) { return ++visited < 3; }));
    QCOMPARE(visited, 3);
}

QTEST_GUILESS_MAIN(TestCaseEventLookup)
#include "tst_case_event_lookup.moc"
