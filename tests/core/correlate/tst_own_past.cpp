#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef admin{EntityKind::Policy, "arn:aws:iam::111122223333:policy/Admin", "", "Admin"};

Event newKey(std::int64_t id, const std::string& by, const EntityRef& with, const std::string& forWhom, const std::string& address, std::chrono::seconds when)
{
    return EventBuilder(id, "iam:CreateAccessKey", when).by(user(by)).with(with).on(key("AKIANEW" + std::to_string(id)), "created").on(user(forWhom), "granted").from(address);
}

Event rights(std::int64_t id, const std::string& by, const EntityRef& with, const std::string& to, const std::string& address, std::chrono::seconds when)
{
    return EventBuilder(id, "iam:AttachUserPolicy", when).by(user(by)).with(with).on(admin, "attached").on(user(to), "granted").from(address);
}

const std::string office = "192.0.2.10";
const std::string outside = "198.51.100.7";

IncidentBuilder built(std::vector<Event> events, bool isLate = false)
{
    if (isLate)
        std::reverse(events.begin(), events.end());
    IncidentBuilder builder;
    for (const Event& event : events) {
        builder.observe(event);
        builder.add(alertOn(event.id.value, {event}, Severity::High, "persistence", "T1098.001"));
    }
    builder.settle();
    return builder;
}

bool areTogether(const IncidentBuilder& builder, std::int64_t one, std::int64_t other)
{
    return builder.incidentOf({one}) == builder.incidentOf({other});
}

} // namespace

/// Whoever is given rights by an intruder, or whose key the intruder made, may know nothing of it: what they did before is
/// theirs, what is done as them afterwards is suspected.
class TestOwnPast : public QObject
{
    Q_OBJECT
private slots:
    void whatSomebodyDidBeforeTheyWereGivenRightsIsTheirs_data() { late(); }
    void whatSomebodyDidBeforeTheyWereGivenRightsIsTheirs();
    void whatAnAccountDidBeforeAKeyOfItWasMadeIsItsOwn_data() { late(); }
    void whatAnAccountDidBeforeAKeyOfItWasMadeIsItsOwn();
    void whoGivesItselfRightsStaysOneHand_data() { late(); }
    void whoGivesItselfRightsStaysOneHand();
    void thePastFromWhereTheGiverWasIsTheGivers();
    void theOrderOfDeliveryChangesNothing();

private:
    static void late()
    {
        QTest::addColumn<bool>("isLate");
        QTest::newRow("in order") << false;
        QTest::newRow("the last first") << true;
    }
};

void TestOwnPast::whatSomebodyDidBeforeTheyWereGivenRightsIsTheirs()
{
    QFETCH(bool, isLate);
    const EntityRef own = key("AKIATIM");
    const EntityRef stolen = key("AKIAOPS");
    const IncidentBuilder builder = built({newKey(1, "tim", own, "bot", office, 0s), newKey(2, "tim", own, "bot", office, 10min),
                                           newKey(3, "ops", stolen, "svc", outside, 1h), rights(4, "ops", stolen, "tim", outside, 1h + 5min),
                                           newKey(5, "tim", own, "bot2", outside, 1h + 30min)},
                                          isLate);
    QCOMPARE(builder.incidents().size(), std::size_t{2});
    QVERIFY(areTogether(builder, 1, 2));
    QVERIFY(areTogether(builder, 3, 4));
    QVERIFY(areTogether(builder, 4, 5));
    QVERIFY(!areTogether(builder, 2, 5));
    for (const Incident& incident : builder.incidents())
        QVERIFY(!(incident.member(user("ops")) && incident.member(key("AKIANEW1"))));
}

void TestOwnPast::whatAnAccountDidBeforeAKeyOfItWasMadeIsItsOwn()
{
    QFETCH(bool, isLate);
    const IncidentBuilder builder = built({newKey(1, "svc", key("AKIASVC"), "bot", office, -1h), newKey(2, "ops", key("AKIAOPS"), "svc", outside, 1h),
                                           rights(3, "svc", key("AKIANEW2"), "x", outside, 1h + 5min)},
                                          isLate);
    QVERIFY(areTogether(builder, 2, 3));
    QVERIFY(!areTogether(builder, 1, 3));
}

/// An intruder who gets rights on the way through a role is the same as before.
void TestOwnPast::whoGivesItselfRightsStaysOneHand()
{
    QFETCH(bool, isLate);
    const EntityRef opened = session("ASIA1");
    IncidentBuilder builder;
    std::vector<Event> events{newKey(1, "dev", key("AKIADEV"), "bot", office, 0s),
                              EventBuilder(2, "sts:AssumeRole", 20min).by(user("dev")).with(key("AKIADEV")).on(role("ci"), "assumed").on(opened, "created").from(outside),
                              EventBuilder(3, "iam:AttachUserPolicy", 30min).by(role("ci")).with(opened).on(admin, "attached").on(user("dev"), "granted").from(outside),
                              rights(4, "dev", key("AKIADEV"), "x", outside, 40min)};
    if (isLate)
        std::reverse(events.begin(), events.end());
    for (const Event& event : events) {
        builder.observe(event);
        if (event.id.value != 2)
            builder.add(alertOn(event.id.value, {event}, Severity::High, "persistence", "T1098.001"));
    }
    builder.settle();
    QCOMPARE(builder.incidents().size(), std::size_t{1});
}

void TestOwnPast::thePastFromWhereTheGiverWasIsTheGivers()
{
    const IncidentBuilder builder = built({newKey(1, "svc", key("AKIASVC"), "bot", outside, 0s), rights(2, "ops", key("AKIAOPS"), "svc", outside, 30min),
                                           rights(3, "svc", key("AKIASVC"), "x", outside, 40min)});
    QCOMPARE(builder.incidents().size(), std::size_t{1});
}

void TestOwnPast::theOrderOfDeliveryChangesNothing()
{
    const EntityRef own = key("AKIATIM");
    const EntityRef stolen = key("AKIAOPS");
    std::vector<Event> events{newKey(1, "tim", own, "bot", office, 40min), newKey(2, "ops", stolen, "svc", outside, 50min),
                              rights(3, "ops", stolen, "tim", outside, 1h), newKey(4, "tim", own, "bot2", outside, 1h + 5min),
                              newKey(5, "tim", own, "bot3", outside, 1h + 9min)};
    const auto isEarlier = [](const Event& a, const Event& b) { return a.id < b.id; };
    do {
        const IncidentBuilder builder = built(events);
        QCOMPARE(builder.incidents().size(), std::size_t{2});
        for (const std::int64_t id : {3, 4, 5})
            QVERIFY(areTogether(builder, 2, id));
    } while (std::next_permutation(events.begin(), events.end(), isEarlier));
}

QTEST_GUILESS_MAIN(TestOwnPast)
#include "tst_own_past.moc"
