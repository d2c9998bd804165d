#include "core/value/json.h"
#include "govern_fixture.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

class TestUsageCounters : public QObject
{
    Q_OBJECT
private slots:
    void countsInASlidingWindow();
    void keepsTheBudgetSpentWhenNothingCameOfIt();
    void isTheSameAfterARestart();
    void refusesEventsItDoesNotKnow();
    void findsTheAccountBehindAKey();
};

void TestUsageCounters::countsInASlidingWindow()
{
    UsageCounters usage;
    (void)usage.reserve({"1", "d", "credential.deactivate", "aws", {}, {}, noon()});
    (void)usage.reserve({"2", "d", "credential.deactivate", "aws", {}, {}, noon() + 5min});
    QCOMPARE(usage.actionsWithin(10min, noon() + 5min), 2);
    QCOMPARE(usage.actionsWithin(10min, noon() + 10min), 1);
    QCOMPARE(usage.actionsWithin(10min, noon() + 15min), 0);
    // A clock set back frees nothing.
    QCOMPARE(usage.actionsWithin(10min, noon() - 24h), 2);
    QCOMPARE(usage.actionsTotal(), 2);
}

void TestUsageCounters::keepsTheBudgetSpentWhenNothingCameOfIt()
{
    UsageCounters usage;
    const EntityRef workload{EntityKind::Workload, "w-1", {}, {}};
    (void)usage.reserve({"1", "d", "workload.isolate", "aws", {workload}, {"a-1"}, noon()});
    QVERIFY(usage.isReserved("1", "d"));
    QVERIFY(!usage.isReserved("1", "e"));
    QCOMPARE(usage.isolatedWorkloads().size(), std::size_t(1));
    (void)usage.finish("1", OutcomeState::Unknown);
    QVERIFY(!usage.isReserved("1", "d"));
    QCOMPARE(usage.consecutiveFailures("aws"), 1);
    QCOMPARE(usage.isolatedWorkloads().size(), std::size_t(1)); // nobody knows: it may be isolated
    (void)usage.finish("1", OutcomeState::Verified);
    QCOMPARE(usage.consecutiveFailures("aws"), 1); // a second outcome of one action counts for nothing
    UsageCounters again = usage;
    const Value undone = usage.undone("workload.isolate", {workload}); // under a permit of its own
    QVERIFY(usage.isolatedWorkloads().empty());
    QVERIFY(again.applyEvent(undone));
    QVERIFY(again.isolatedWorkloads().empty());
    QCOMPARE(usage.actionsTotal(), 1);
}

void TestUsageCounters::isTheSameAfterARestart()
{
    UsageCounters usage;
    const EntityRef workload{EntityKind::Workload, "w-1", {}, {}};
    std::vector<Value> events{usage.reserve({"1", "d", "workload.isolate", "aws", {workload}, {"a-1", "a-2"}, noon()}),
                              usage.reserve({"2", "e", "account.suspend", "okta", {}, {"a-2"}, noon()}),
                              usage.finish("2", OutcomeState::Failed), usage.dialogOpened(noon())};
    UsageCounters again;
    for (const Value& event : events) {
        LedgerEntry entry;
        entry.data = *json::parse(*json::canonical(Value::Object{{"usage", event}, {"more", 1}}));
        QVERIFY(again.apply(entry).has_value());
    }
    QVERIFY(again.isReserved("1", "d"));
    QVERIFY(!again.isReserved("2", "e"));
    QCOMPARE(again.consecutiveFailures("okta"), 1);
    QCOMPARE(again.touchedAccounts(), (std::set<std::string>{"a-1", "a-2"}));
    QCOMPARE(again.dialogsWithin(1h, noon()), 1);
    QCOMPARE(again.isolatedWorkloads(), (std::set<std::string>{"workload:w-1"}));
}

void TestUsageCounters::refusesEventsItDoesNotKnow()
{
    UsageCounters usage;
    QVERIFY(!usage.applyEvent(Value::Object{{"event", "gift"}}).has_value());
    QVERIFY(!usage.applyEvent(Value::Object{{"event", "dialog"}, {"at", "soon"}}).has_value());
    QVERIFY(usage.apply(LedgerEntry()).has_value());
}

void TestUsageCounters::findsTheAccountBehindAKey()
{
    const auto accounts = accountsTouched(anAction("credential.deactivate", anAccessKey()), {factsFor(anAccessKey())});
    QCOMPARE(accounts, (std::vector<std::string>{aServiceAccount().id}));
}

QTEST_GUILESS_MAIN(TestUsageCounters)
#include "tst_usage_counters.moc"
