#include "gate_properties.h"

#include <QTest>

#include <functional>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using namespace cordon::govern::properties;

namespace {

constexpr int cases = 6'000;
constexpr std::uint64_t seed = 20261122;

} // namespace

/// A short form of `tools/soak govern`.
class TestGateProperties : public QObject
{
    Q_OBJECT
private:
    using Check = std::function<std::string(const GateRequest&, const Ruling&, RandomRequests&)>;

    static void each(int count, const Check& check)
    {
        RandomRequests random(seed);
        for (int i = 0; i < count; ++i) {
            const GateRequest request = random.next();
            const Ruling ruling = Gate().rule(request);
            const std::string problem = check(request, ruling, random);
            if (!problem.empty())
                QFAIL(("seed " + std::to_string(seed) + ", case " + std::to_string(i) + ": " + problem + '\n' +
                       shown(request))
                          .c_str());
        }
    }

private slots:
    void twoEvaluatorsAgree();
    void p1TheSameRequestGivesTheSameAnswer();
    void p2OrderDoesNotMatter();
    void p3StricterNeverAllowsMore();
    void p4KnowingLessNeverAllowsMore();
    void p5AnyBytesGiveADecision();
    void p6TheDecidingForbidsAreTheReason();
    void p7WithoutAForceOfMandateNothingIsAllowed();
    void p8NoApprovalChangesAForbid();
    void p9OneSourceNeverLetsAChangeThrough();
    void p10NothingStaleIsActedOn();
};

// MAESTRO L3
void TestGateProperties::twoEvaluatorsAgree()
{
    int effects[3] = {0, 0, 0};
    int tiers[5] = {0, 0, 0, 0, 0};
    each(3 * cases, [&](const GateRequest& request, const Ruling& ruling, RandomRequests&) {
        ++effects[static_cast<int>(ruling.decision.effect)];
        ++tiers[static_cast<int>(ruling.decision.tier)];
        return agreement(request, ruling);
    });
    qInfo("allow %d, hold %d, deny %d; T0 %d, T1 %d, T2 %d, T3 %d, T4 %d", effects[0], effects[1], effects[2], tiers[0],
          tiers[1], tiers[2], tiers[3], tiers[4]);
    // The generator must reach every answer often enough to mean something.
    for (const int count : effects)
        QVERIFY(count > cases / 20);
}

// P1
void TestGateProperties::p1TheSameRequestGivesTheSameAnswer()
{
    each(cases, [](const auto& request, const auto& ruling, auto&) { return deterministic(request, ruling.decision); });
}

// P2
void TestGateProperties::p2OrderDoesNotMatter()
{
    each(cases, [](const auto& request, const auto& ruling, auto&) { return orderFree(request, ruling.decision); });
}

// P3
void TestGateProperties::p3StricterNeverAllowsMore()
{
    each(cases, [](const auto& request, const auto& ruling, auto& random) {
        return monotone(request, ruling.decision, random);
    });
}

// P4
void TestGateProperties::p4KnowingLessNeverAllowsMore()
{
    each(cases, [](const auto& request, const auto& ruling, auto& random) {
        return knowingLess(request, ruling.decision, random);
    });
}

// P5
void TestGateProperties::p5AnyBytesGiveADecision()
{
    RandomRequests random(seed);
    const std::string good = json::write(gateRequestToValue(anApprovedDeletion()));
    int read = 0;
    for (int i = 0; i < cases / 2; ++i)
        QCOMPARE(anyBytes(good, random, read), std::string());
    QVERIFY(read > 100);
}

// P6
void TestGateProperties::p6TheDecidingForbidsAreTheReason()
{
    each(cases,
         [](const auto& request, const auto& ruling, auto&) { return soundExplanation(request, ruling.decision); });
}

// P7
void TestGateProperties::p7WithoutAForceOfMandateNothingIsAllowed()
{
    each(cases, [](const auto& request, const auto&, auto& random) { return noForceNoLeave(request, random); });
}

// P8
void TestGateProperties::p8NoApprovalChangesAForbid()
{
    each(cases, [](const auto& request, const auto& ruling, auto&) {
        return noApprovalLiftsAForbid(request, ruling.decision);
    });
    // And each forbid of the mandate in turn, on an action that two people approved.
    for (const ForbidClause& forbid : exerciseMandate()->forbid) {
        GateRequest request = anApprovedDeletion();
        if (forbid.target.kind == Selector::Kind::Tag)
            request.facts[0].ownerTags = std::vector<std::string>{forbid.target.tag};
        else if (forbid.target.kind == Selector::Kind::Self)
            request.facts[0].owner = "svc-cordon";
        else
            request.action.type = "evidence.delete";
        for (AcceptedApproval& approval : request.approvals)
            approval.actionDigest = actionDigest(request.action)->hex();
        QVERIFY(Gate().rule(request).decision.effect == Effect::Deny);
    }
}

// P9
void TestGateProperties::p9OneSourceNeverLetsAChangeThrough()
{
    each(cases, [](const auto& request, const auto&, auto&) { return oneSourceIsNotEnough(request); });
}

// P10
void TestGateProperties::p10NothingStaleIsActedOn()
{
    each(cases, noStaleDecision);
}

QTEST_GUILESS_MAIN(TestGateProperties)
#include "tst_gate_properties.moc"
