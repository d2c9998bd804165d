#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>
#include <random>
#include <set>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

using Parts = std::set<std::set<std::int64_t>>;

/// Alert `id` by somebody, `minutes` after noon.
Alert by(std::int64_t id, const std::string& name, int minutes)
{
    const Event event = EventBuilder(id, "iam:CreateUser", std::chrono::minutes(minutes)).by(user(name)).from("");
    return alertOn(id, {event}, Severity::Medium, "persistence", "T1136");
}

AlertAnchor on(std::int64_t id)
{
    return {"persistence/T1136/iam:CreateUser", EventId{id}};
}

Parts partsOf(const IncidentBuilder& builder)
{
    Parts parts;
    for (const Incident& incident : builder.incidents()) {
        std::set<std::int64_t> part;
        for (const AlertId alert : incident.alerts)
            part.insert(alert.value);
        parts.insert(std::move(part));
    }
    return parts;
}

} // namespace

/// What people order about which alerts belong together.
class TestHandOrders : public QObject
{
    Q_OBJECT

private slots:
    void whatIsMergedStaysTogetherAndItsNumberIsTheLower();
    void whatIsSplitStaysApartWhenMoreComes();
    void whatIsMovedLeavesTheRestWhereItWas();
    void aLaterOrderWins();
    void anOrderTakenBackLeavesNoTrace();
    void deliveryInAnyOrderObeysTheSame();
};

void TestHandOrders::whatIsMergedStaysTogetherAndItsNumberIsTheLower()
{
    IncidentBuilder builder;
    for (const Alert& alert : {by(1, "a", 0), by(2, "b", 1), by(3, "a", 2)})
        builder.add(alert);
    QVERIFY(partsOf(builder) == (Parts{{1, 3}, {2}}));
    builder.setOrders({{"ORD-0001", {{on(1), on(2)}}}});
    QVERIFY(partsOf(builder) == (Parts{{1, 2, 3}}));
    QCOMPARE(builder.incidentOf({2})->value, 1);
    builder.add(by(4, "b", 3));
    QVERIFY(partsOf(builder) == (Parts{{1, 2, 3, 4}}));
}

void TestHandOrders::whatIsSplitStaysApartWhenMoreComes()
{
    IncidentBuilder builder;
    for (int i = 1; i <= 4; ++i)
        builder.add(by(i, "a", i));
    builder.setOrders({{"ORD-0001", {{on(4)}, {on(1), on(2), on(3)}}}});
    QVERIFY(partsOf(builder) == (Parts{{1, 2, 3}, {4}}));
    QCOMPARE(builder.incidentOf({1})->value, 1);
    builder.add(by(5, "a", 5)); // would tie both
    const Parts parts = partsOf(builder);
    QCOMPARE(parts.size(), std::size_t{2});
    QVERIFY(parts.contains({4, 5})); // beside the nearest
}

void TestHandOrders::whatIsMovedLeavesTheRestWhereItWas()
{
    IncidentBuilder builder;
    for (const Alert& alert : {by(1, "a", 0), by(2, "a", 1), by(3, "a", 2), by(4, "b", 3)})
        builder.add(alert);
    builder.setOrders({{"ORD-0001", {{on(2), on(4)}, {on(1), on(3)}}}});
    QVERIFY(partsOf(builder) == (Parts{{1, 3}, {2, 4}}));
}

void TestHandOrders::aLaterOrderWins()
{
    IncidentBuilder builder;
    for (int i = 1; i <= 3; ++i)
        builder.add(by(i, "a", i));
    const HandOrder split{"ORD-0001", {{on(3)}, {on(1), on(2)}}};
    const HandOrder merge{"ORD-0002", {{on(1), on(2), on(3)}}};
    builder.setOrders({split, merge});
    QVERIFY(partsOf(builder) == (Parts{{1, 2, 3}}));
    builder.setOrders({merge, split});
    QVERIFY(partsOf(builder) == (Parts{{1, 2}, {3}}));
}

void TestHandOrders::anOrderTakenBackLeavesNoTrace()
{
    IncidentBuilder builder;
    for (const Alert& alert : {by(1, "a", 0), by(2, "b", 1), by(3, "a", 2)})
        builder.add(alert);
    builder.setOrders({{"ORD-0001", {{on(1), on(2)}}}});
    builder.setOrders({});
    QVERIFY(partsOf(builder) == (Parts{{1, 3}, {2}}));
    builder.setOrders({{"ORD-0002", {{on(1)}, {on(3)}}}});
    QVERIFY(partsOf(builder) == (Parts{{1}, {2}, {3}}));
    builder.setOrders({});
    QVERIFY(partsOf(builder) == (Parts{{1, 3}, {2}}));
}

void TestHandOrders::deliveryInAnyOrderObeysTheSame()
{
    std::vector<Alert> alerts;
    for (int i = 1; i <= 12; ++i)
        alerts.push_back(by(i, i % 3 == 0 ? "b" : "a", i * 7));
    const std::vector<HandOrder> orders{{"ORD-0001", {{on(4), on(5)}, {on(1), on(2), on(8)}}},
                                        {"ORD-0002", {{on(3), on(7)}}}};
    Parts expected;
    for (unsigned seed = 0; seed < 40; ++seed) {
        std::mt19937 random(seed);
        if (seed > 0)
            std::shuffle(alerts.begin(), alerts.end(), random);
        IncidentBuilder builder;
        if (seed % 2 == 0)
            builder.setOrders(orders);
        for (const Alert& alert : alerts)
            builder.add(alert);
        if (seed % 2 == 1)
            builder.setOrders(orders);
        if (seed == 0)
            expected = partsOf(builder);
        QVERIFY2(partsOf(builder) == expected, ("seed " + std::to_string(seed)).c_str());
    }
    QVERIFY(expected.size() > 1);
}

QTEST_GUILESS_MAIN(TestHandOrders)
#include "tst_hand_orders.moc"
