#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef dev{EntityKind::Account, "dev@corp.example", "human", "dev@corp.example"};
const EntityRef admin{EntityKind::Account, "admin@corp.example", "human", "admin@corp.example"};
const EntityRef eve{EntityKind::Account, "eve@evil.example", "human", "eve@evil.example"};
const EntityRef owner{EntityKind::Role, "roles/owner", "", "owner"};
const EntityRef first{EntityKind::Resource, "projects/prod-1", "", "prod-1"};
const EntityRef second{EntityKind::Resource, "projects/prod-2", "", "prod-2"};

Event given(std::int64_t id, const EntityRef& place, std::chrono::seconds after)
{
    return EventBuilder(id, "SetIamPolicy", after)
        .by(dev)
        .on(place, "updated")
        .on(eve, "granted")
        .on(owner, "attached")
        .changingIdentity();
}

Event taken(std::int64_t id, const EntityRef& place, std::chrono::seconds after)
{
    return EventBuilder(id, "SetIamPolicy", after)
        .by(admin)
        .on(place, "updated")
        .on(eve, "detached")
        .on(owner, "detached")
        .changingIdentity();
}

EntityRef binding(const std::string& id)
{
    return {EntityKind::Policy, id, "", id};
}

Event bound(std::int64_t id, const std::string& name, std::chrono::seconds after)
{
    return EventBuilder(id, "rolebindings:create", after)
        .by(dev)
        .on(binding(name), "created")
        .on(owner, "attached")
        .on(eve, "granted")
        .changingIdentity();
}

Event unbound(std::int64_t id, const std::string& name, std::chrono::seconds after)
{
    return EventBuilder(id, "rolebindings:delete", after).by(admin).on(binding(name), "deleted").changingIdentity();
}

std::vector<std::string> residualOf(const std::vector<Event>& log)
{
    std::vector<std::int64_t> alerted;
    for (const Event& event : log) {
        if (event.actor == dev)
            alerted.push_back(event.id.value);
    }
    return Inquest(log, alerted).suspect(dev).residual();
}

using Lines = std::vector<std::string>;

} // namespace

class TestResidualPlaces : public QObject
{
    Q_OBJECT

private slots:
    void aRightTakenBackInOneProjectStandsInTheOther();
    void oneBindingOfTwoIsGone();
    void aBindingSaysWhereItHolds();
    void aBindingMadeAgainStands();
    void whatIsTakenWithoutAPlaceIsTakenEverywhere();
    void aRightThatWasGivenTwiceInOnePlaceIsListedOnce();
};

void TestResidualPlaces::aRightTakenBackInOneProjectStandsInTheOther()
{
    const Event one = given(1, first, 0s);
    const Event other = given(2, second, 60s);
    const Lines onFirst{"grant_in eve@evil.example owner prod-1"};
    const Lines onSecond{"grant_in eve@evil.example owner prod-2"};
    QCOMPARE(residualOf({one, other}), (Lines{onFirst.front(), onSecond.front()}));
    QCOMPARE(residualOf({one, other, taken(3, second, 7200s)}), onFirst);
    QCOMPARE(residualOf({one, other, taken(3, first, 7200s)}), onSecond);
    QCOMPARE(residualOf({one, other, taken(3, first, 7200s), taken(4, second, 7300s)}), Lines());
}

void TestResidualPlaces::oneBindingOfTwoIsGone()
{
    const Event shop = bound(1, "shop/rolebindings/x", 0s);
    const Event pay = bound(2, "pay/rolebindings/x", 60s);
    QCOMPARE(residualOf({shop, pay, unbound(3, "shop/rolebindings/x", 7200s)}),
             Lines{"grant_in eve@evil.example owner pay"});
    QCOMPARE(residualOf({shop, pay, unbound(3, "pay/rolebindings/x", 7200s)}),
             Lines{"grant_in eve@evil.example owner shop"});
    // Two of one place give the right twice: it is one line, and gone with both only.
    const Event again = bound(3, "shop/rolebindings/y", 90s);
    QCOMPARE(residualOf({shop, again}), Lines{"grant_in eve@evil.example owner shop"});
    QCOMPARE(residualOf({shop, again, unbound(4, "shop/rolebindings/x", 7200s)}),
             Lines{"grant_in eve@evil.example owner shop"});
}

void TestResidualPlaces::aBindingSaysWhereItHolds()
{
    const auto placeOf = [](const std::string& id) { return residualOf({bound(1, id, 0s)}); };
    QCOMPARE(placeOf("/subscriptions/s1/providers/microsoft.authorization/roleassignments/a"),
             Lines{"grant_in eve@evil.example owner /subscriptions/s1"});
    QCOMPARE(placeOf("/providers/microsoft.authorization/roleassignments/a"), Lines{"grant eve@evil.example owner"});
    QCOMPARE(placeOf("clusterrolebindings/door"), Lines{"grant eve@evil.example owner"});
}

void TestResidualPlaces::aBindingMadeAgainStands()
{
    const Event made = bound(1, "shop/rolebindings/x", 0s);
    const Event gone = unbound(2, "shop/rolebindings/x", 60s);
    const Event again = bound(3, "shop/rolebindings/x", 120s);
    QCOMPARE(residualOf({made, gone}), Lines());
    QCOMPARE(residualOf({made, gone, again}), Lines{"grant_in eve@evil.example owner shop"});
}

void TestResidualPlaces::whatIsTakenWithoutAPlaceIsTakenEverywhere()
{
    Event everywhere = taken(3, first, 7200s);
    everywhere.targets.erase(everywhere.targets.begin());
    QCOMPARE(residualOf({given(1, first, 0s), given(2, second, 60s), everywhere}), Lines());
    // A right whose place is not told is taken back wherever that happens.
    Event placeless = given(1, first, 0s);
    placeless.targets.erase(placeless.targets.begin());
    QCOMPARE(residualOf({placeless}), Lines{"grant eve@evil.example owner"});
    QCOMPARE(residualOf({placeless, taken(3, second, 7200s)}), Lines());
}

void TestResidualPlaces::aRightThatWasGivenTwiceInOnePlaceIsListedOnce()
{
    const Lines line{"grant_in eve@evil.example owner prod-1"};
    QCOMPARE(residualOf({given(1, first, 0s), given(2, first, 60s)}), line);
    QCOMPARE(residualOf({given(1, first, 0s), taken(2, first, 30s), given(3, first, 60s)}), line);
}

QTEST_GUILESS_MAIN(TestResidualPlaces)
#include "tst_residual_places.moc"
