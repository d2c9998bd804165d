#include "core/detect/baseline.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace cordon;
using namespace cordon::detect;

namespace {

Timestamp hour(int number, int minute = 0)
{
    return *Timestamp::parse("2026-03-01T00:00:00Z") + std::chrono::hours(number) + std::chrono::minutes(minute);
}

Event call(std::int64_t id, Timestamp time, const std::string& action, const std::string& address = "192.0.2.10",
           const std::string& client = "aws-cli/2.1 Python/3")
{
    Event event;
    event.id = EventId{id};
    event.time = time;
    event.actor = EntityRef{EntityKind::Role, "arn:aws:iam::111122223333:role/app", {}, "app"};
    event.action = action;
    event.address = address;
    event.userAgent = client;
    event.region = "eu-central-1";
    event.outcome = EventOutcome::Success;
    return event;
}

/// Two calls an hour, always the same two, for `days` days.
std::vector<Event> settledPast(int days)
{
    std::vector<Event> events;
    for (int at = 0; at < days * 24; ++at) {
        events.push_back(call(2 * at + 1, hour(at, 5), "s3:GetObject"));
        events.push_back(call(2 * at + 2, hour(at, 35), "s3:ListBucket"));
    }
    return events;
}

std::vector<std::string> namesOf(const BaselineFacts& facts)
{
    std::vector<std::string> names;
    for (const auto& fresh : facts.fresh)
        names.emplace_back(toString(fresh.trait));
    return names;
}

} // namespace

class TestBaseline : public QObject
{
    Q_OBJECT
private slots:
    void aNewActionOfASettledIdentityStandsOutWithItsFigures();
    void theSameActionAgainDoesNot();
    void nothingStandsOutWithoutALongPast();
    void whoeverAlwaysDoesNewThingsIsNotRare();
    void orderOfDeliveryChangesNothing();
    void anotherCasesEventsCountAsPast();
    void neighboursInANetworkAreOnePlace();
    void aTraitWithTooManyValuesIsJudgedNoMoreAndTheOthersStay();
    void ambientActorsHaveNoPast();
};

void TestBaseline::aNewActionOfASettledIdentityStandsOutWithItsFigures()
{
    Baseline baseline;
    for (const Event& event : settledPast(10))
        baseline.observe(event);
    const Event odd = call(9000, hour(240, 10), "iam:CreateAccessKey", "198.51.100.7", "curl/8.0");
    QVERIFY(baseline.observe(odd));
    const auto facts = baseline.factsOf(odd);
    QVERIFY(facts.has_value());
    QCOMPARE(namesOf(*facts), (std::vector<std::string>{"action", "service", "network", "client"}));
    QCOMPARE(facts->fresh[0].value, std::string("iam:CreateAccessKey"));
    QCOMPARE(facts->fresh[2].value, std::string("198.51.100.0/24"));
    QCOMPARE(facts->pastEvents, std::uint64_t{480});
    QVERIFY(std::abs(facts->pastDays - 10) < 0.01);
    QVERIFY2(facts->fresh[0].rarity > 0 && facts->fresh[0].rarity < 0.005,
             std::to_string(facts->fresh[0].rarity).c_str());
}

void TestBaseline::theSameActionAgainDoesNot()
{
    Baseline baseline;
    for (const Event& event : settledPast(10))
        baseline.observe(event);
    baseline.observe(call(9000, hour(240), "iam:CreateAccessKey"));
    const Event again = call(9001, hour(241), "iam:CreateAccessKey");
    QVERIFY(!baseline.observe(again));
    QVERIFY(!baseline.factsOf(again));
}

void TestBaseline::nothingStandsOutWithoutALongPast()
{
    Baseline young;
    for (const Event& event : settledPast(10)) {
        if (event.time < hour(20))
            young.observe(event);
    }
    const Event early = call(9000, hour(23), "iam:CreateAccessKey");
    young.observe(early);
    QVERIFY2(!young.factsOf(early), "less than a day");
    Baseline quiet;
    for (int day = 0; day < 20; ++day)
        quiet.observe(call(day + 1, hour(day * 24), "s3:GetObject"));
    const Event late = call(9000, hour(20 * 24), "iam:CreateAccessKey");
    quiet.observe(late);
    QVERIFY2(!quiet.factsOf(late), "fewer than fifty events");
}

void TestBaseline::whoeverAlwaysDoesNewThingsIsNotRare()
{
    Baseline baseline;
    std::int64_t id = 0;
    for (int at = 0; at < 240; ++at) {
        baseline.observe(call(++id, hour(at), "s3:GetObject"));
        baseline.observe(call(++id, hour(at, 1), "svc:Call" + std::to_string(at)));
    }
    const Event another = call(++id, hour(240), "svc:CallAgainNew");
    baseline.observe(another);
    const auto facts = baseline.factsOf(another);
    QVERIFY(facts.has_value());
    QCOMPARE(namesOf(*facts), (std::vector<std::string>{"action"}));
    QVERIFY(facts->fresh[0].rarity > 0.4);
}

void TestBaseline::orderOfDeliveryChangesNothing()
{
    std::vector<Event> events = settledPast(10);
    events.push_back(call(9000, hour(240), "iam:CreateAccessKey"));
    events.push_back(call(9001, hour(241), "iam:CreateAccessKey"));
    Baseline ordered;
    for (const Event& event : events)
        ordered.observe(event);
    const auto expected = ordered.factsOf(events[480]);
    QVERIFY(expected.has_value());
    std::mt19937 random(7);
    for (int round = 0; round < 20; ++round) {
        std::vector<Event> mixed = events;
        std::shuffle(mixed.begin(), mixed.end(), random);
        Baseline baseline;
        for (const Event& event : mixed)
            baseline.observe(event);
        const auto facts = baseline.factsOf(events[480]);
        QVERIFY(facts.has_value());
        QCOMPARE(facts->fresh.size(), expected->fresh.size());
        QCOMPARE(facts->fresh[0].rarity, expected->fresh[0].rarity);
        QCOMPARE(facts->pastEvents, expected->pastEvents);
        QVERIFY(!baseline.factsOf(events[481]));
    }
}

void TestBaseline::anotherCasesEventsCountAsPast()
{
    Baseline baseline;
    for (Event event : settledPast(10))
        baseline.learn(event);
    const Event usual = call(1, hour(300), "s3:GetObject");
    const Event odd = call(2, hour(300), "iam:CreateAccessKey");
    baseline.observe(usual);
    baseline.observe(odd);
    QVERIFY(!baseline.factsOf(usual));
    QVERIFY(baseline.factsOf(odd).has_value());
}

void TestBaseline::neighboursInANetworkAreOnePlace()
{
    Baseline baseline;
    for (const Event& event : settledPast(10))
        baseline.observe(event);
    const Event neighbour = call(9000, hour(240), "s3:GetObject", "192.0.2.99");
    QVERIFY(!baseline.observe(neighbour));
    const Event sixth = call(9001, hour(241), "s3:GetObject", "2001:db8:5::1");
    const Event sixthAgain = call(9002, hour(242), "s3:GetObject", "2001:0db8:0005:9::2");
    QVERIFY(baseline.observe(sixth));
    QVERIFY(!baseline.observe(sixthAgain));
}

void TestBaseline::aTraitWithTooManyValuesIsJudgedNoMoreAndTheOthersStay()
{
    Baseline baseline;
    for (const Event& event : settledPast(10))
        baseline.observe(event);
    // Whoever floods one trait to hide in it hides nothing else.
    for (int at = 0; at < 6000; ++at)
        baseline.observe(call(10'000 + at, hour(239, 1), "s3:GetObject", "192.0.2.10", "client" + std::to_string(at)));
    QCOMPARE(baseline.fullCount(), std::size_t{1});
    const Event odd = call(90'000, hour(240), "iam:CreateAccessKey", "198.51.100.7", "curl/8.0");
    QVERIFY(baseline.observe(odd));
    const auto facts = baseline.factsOf(odd);
    QVERIFY(facts.has_value());
    QCOMPARE(namesOf(*facts), (std::vector<std::string>{"action", "service", "network"}));
}

void TestBaseline::ambientActorsHaveNoPast()
{
    Baseline baseline;
    for (Event event : settledPast(10)) {
        event.actor = EntityRef{EntityKind::Account, "ec2.amazonaws.com", "service", "ec2.amazonaws.com"};
        QVERIFY(!baseline.observe(event));
    }
}

QTEST_GUILESS_MAIN(TestBaseline)
#include "tst_baseline.moc"
