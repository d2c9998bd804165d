#include "core/govern/gate_json.h"
#include "core/value/json.h"
#include "naive_gate.h"

#include <QTest>

#include <random>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

// QVERIFY2 would make the long text for every case that passes.
#define CHECK_CASE(statement, text)                                                                                    \
    do {                                                                                                               \
        if (!(statement))                                                                                              \
            QFAIL(text);                                                                                               \
    } while (false)

namespace {

constexpr int cases = 60'000;
constexpr unsigned seed = 20261122;

/// Random requests around the edge of what is allowed: most members are good, some are turned.
class Generator
{
public:
    explicit Generator(unsigned from)
        : m_random(from)
    {}

    int below(int n) { return static_cast<int>(m_random() % static_cast<unsigned>(n)); }
    bool once(int in) { return below(in) == 0; }

    GateRequest request()
    {
        static const std::vector<std::pair<std::string, EntityKind>> verbs{
            {"credential.deactivate", EntityKind::Credential},
            {"credential.deactivate", EntityKind::Credential},
            {"session.revoke", EntityKind::Credential},
            {"session.revoke", EntityKind::Role},
            {"account.suspend", EntityKind::Account},
            {"workload.isolate", EntityKind::Workload},
            {"workload.release", EntityKind::Workload},
            {"credential.delete", EntityKind::Credential},
            {"account.delete", EntityKind::Account},
            {"evidence.collect", EntityKind::Credential},
            {"inventory.read", EntityKind::Account},
            {"activity.watch", EntityKind::Host},
            {"policy.detach", EntityKind::Account},
            {"secret.add_version", EntityKind::Secret},
            {"token.destroy", EntityKind::Credential},
            {"credential.explode", EntityKind::Credential}};
        const auto& [verb, kind] = verbs[static_cast<std::size_t>(below(static_cast<int>(verbs.size())))];
        GateRequest r = anAllowedRequest(verb, {kind, "target-1", typeFor(kind), ""});
        // Known to have no owner, or owned by somebody whose tags are known.
        if (kind == EntityKind::Credential || once(3)) {
            r.facts[0].owner = aServiceAccount().id;
            r.facts[0].ownerTags.emplace();
        }
        turnFacts(r);
        turnMembers(r);
        turnMachine(r);
        turnMandate(r);
        turnApprovals(r);
        return r;
    }

private:
    std::string typeFor(EntityKind kind)
    {
        if (once(20))
            return {};
        if (kind == EntityKind::Credential)
            return once(3) ? "session" : "access_key";
        return kind == EntityKind::Account ? (once(4) ? "human" : "service") : "instance";
    }

    std::vector<std::string> someTags()
    {
        static const std::vector<std::string> tags{"web", "break-glass", "domain-controller", "ci"};
        std::vector<std::string> chosen;
        for (const std::string& tag : tags) {
            if (once(tag.size() > 4 ? 12 : 3))
                chosen.push_back(tag);
        }
        return chosen;
    }

    void turnFacts(GateRequest& r)
    {
        TargetFacts& facts = r.facts[0];
        facts.tags = someTags();
        if (facts.ownerTags)
            facts.ownerTags = someTags();
        if (once(12))
            facts.tags.reset();
        if (once(12))
            facts.ownerTags.reset();
        if (once(10))
            facts.owner.reset();
        if (once(20))
            facts.owner = "svc-cordon";
        if (once(6))
            facts.criticality = Criticality::High;
        if (once(12))
            facts.criticality.reset();
        if (once(8))
            facts.dependents->push_back({EntityKind::Workload, "w", {}, {}});
        if (once(12))
            facts.dependents.reset();
        if (once(30))
            facts.environment = "prod";
        if (once(30))
            facts.environment.reset();
        if (once(30))
            facts.exists = false;
        if (once(30))
            facts.asked = r.now - Duration(below(4'000'000) * 1000LL);
        if (once(40))
            r.facts.clear();
    }

    void turnMembers(GateRequest& r)
    {
        r.members[0].independentSources = once(4) ? below(2) : 2;
        r.members[0].isConfirmedByPerson = once(3);
        r.members[0].isMember = !once(25);
        if (once(40))
            r.members.clear();
        r.incident.distinctTechniques = below(4);
        r.incident.hasMeasuredRarity = once(3);
        r.incident.verifiedScopeSize = once(30) ? 201 : 3;
    }

    void turnMachine(GateRequest& r)
    {
        if (once(40))
            r.stops = static_cast<StopState>(below(4));
        if (once(40))
            r.ledger.isVerified = static_cast<Truth>(below(3));
        if (once(40))
            r.isClockSane = static_cast<Truth>(below(3));
        if (once(40))
            r.needsReauthentication = true;
        if (once(40))
            r.session.lastActive = r.now - Duration(below(9000) * 1'000'000LL);
        if (once(40))
            r.session.actionsUsed = 199 + below(3);
        if (once(8)) {
            const int used = 37 + below(5);
            for (int i = 0; i < used; ++i)
                (void)r.usage.reserve(
                    {std::to_string(i), "d", "credential.deactivate", "exercise", {}, {}, r.now - 1min});
        }
        if (once(20)) {
            for (int i = 0; i < below(4); ++i) {
                (void)r.usage.reserve(
                    {"f" + std::to_string(i), "d", "credential.deactivate", "exercise", {}, {}, r.now});
                (void)r.usage.finish("f" + std::to_string(i), OutcomeState::Failed);
            }
        }
        for (const char* check : {"evidence_preserved", "rollback_dry_run", "blast_radius", "change_record"}) {
            if (once(12))
                r.prechecks[check] = static_cast<Truth>(below(3));
        }
    }

    void turnMandate(GateRequest& r)
    {
        if (once(60))
            r.mandate.reset();
        if (once(60))
            r.mandateStatus.isSigned = static_cast<Truth>(below(3));
        if (!r.mandate || !once(3))
            return;
        auto mandate = std::make_shared<Mandate>(*r.mandate);
        if (once(3))
            mandate->change.erase(mandate->change.begin() + below(static_cast<int>(mandate->change.size())));
        if (once(4))
            mandate->change[static_cast<std::size_t>(below(static_cast<int>(mandate->change.size())))].rollback =
                "none";
        if (once(4))
            mandate->forbid.push_back(
                {"F7", {"credential.*"}, *Selector::parse("credential[type=session,tag=ci]"), {}, {}, ""});
        if (once(4))
            mandate->limits[0].onExceed = static_cast<OnExceed>(below(4));
        r.mandate = std::move(mandate);
    }

    void turnApprovals(GateRequest& r)
    {
        const int count = once(2) ? 2 : below(4);
        static const std::vector<std::pair<std::string, std::string>> people{
            {"user:analyst-a", "analyst"}, {"user:commander-b", "commander"}, {"user:analyst-c", "analyst"}};
        for (int i = 0; i < count && i < 3; ++i) {
            const auto& [person, role] = people[static_cast<std::size_t>(i)];
            AcceptedApproval approval =
                anApproval(r, person, static_cast<unsigned char>(21 + i), {once(15) ? "reviewer" : role});
            if (once(15))
                approval.tier = Tier::T2;
            if (once(15))
                approval.factors = {"key", "pin"};
            if (once(20))
                approval.signedAt = r.now - 6min;
            if (once(40))
                approval.isApproved = false;
            if (once(20))
                approval.actionDigest[0] = 'x';
            r.approvals.push_back(std::move(approval));
        }
        if (once(15))
            r.requester = "user:analyst-a";
    }

    std::mt19937 m_random;
};

/// The decision first: Qt cuts long messages.
std::string shown(const GateRequest& request, int number)
{
    return "seed " + std::to_string(seed) + ", case " + std::to_string(number) + "\n" +
           json::write(decisionToValue(Gate().rule(request).decision)) + '\n' +
           json::write(gateRequestToValue(request)) + '\n';
}

std::shared_ptr<Mandate> copyOf(const std::shared_ptr<const Mandate>& mandate)
{
    return std::make_shared<Mandate>(*mandate);
}

} // namespace

class TestGateProperties : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qInfo("seed %u, %d cases", seed, cases); }
    void twoEvaluatorsAgree();
    void p1TheSameRequestGivesTheSameAnswer();
    void p2OrderDoesNotMatter();
    void p3StricterNeverAllowsMore();
    void p4KnowingLessNeverAllowsMore();
    void p5AnyBytesGiveADecision();
    void p6TheDecidingForbidsAreTheReason();
    void p7WithoutAForceOfMandateNothingIsAllowed();
    void p8NoApprovalChangesAForbid();
};

void TestGateProperties::twoEvaluatorsAgree()
{
    Generator generator(seed);
    int counts[3] = {0, 0, 0};
    int tiers[5] = {0, 0, 0, 0, 0};
    for (int i = 0; i < cases; ++i) {
        const GateRequest request = generator.request();
        const Ruling ruling = Gate().rule(request);
        const naive::Verdict verdict = naive::judge(request);
        CHECK_CASE(
            ruling.decision.effect == verdict.effect,
            ("the second judge says " + std::string(toString(verdict.effect)) + '\n' + shown(request, i)).c_str());
        if (verdict.tier && verdict.effect != Effect::Deny)
            CHECK_CASE(ruling.decision.tier == *verdict.tier, shown(request, i).c_str());
        QCOMPARE(ruling.permit.has_value(), ruling.decision.effect == Effect::Allow);
        QVERIFY(ruling.decision.effect == Effect::Allow || !ruling.decision.reasons.empty());
        ++counts[static_cast<int>(ruling.decision.effect)];
        ++tiers[static_cast<int>(ruling.decision.tier)];
    }
    qInfo("allow %d, hold %d, deny %d; T0 %d, T1 %d, T2 %d, T3 %d, T4 %d", counts[0], counts[1], counts[2], tiers[0],
          tiers[1], tiers[2], tiers[3], tiers[4]);
    // The generator must reach every answer often enough to mean something.
    for (const int count : counts)
        QVERIFY(count > cases / 20);
}

void TestGateProperties::p1TheSameRequestGivesTheSameAnswer()
{
    Generator generator(seed + 1);
    for (int i = 0; i < cases / 10; ++i) {
        const GateRequest request = generator.request();
        QCOMPARE(json::write(decisionToValue(Gate().rule(request).decision)),
                 json::write(decisionToValue(Gate().rule(request).decision)));
    }
}

void TestGateProperties::p2OrderDoesNotMatter()
{
    Generator generator(seed + 2);
    for (int i = 0; i < cases / 10; ++i) {
        GateRequest request = generator.request();
        const EntityRef second{request.action.targets[0].kind, "target-2", {}, {}};
        TargetFacts facts =
            factsFor({second.kind, second.id, request.facts.empty() ? "service" : request.facts[0].target.type, ""});
        facts.ownerTags.emplace();
        request.action.targets.push_back(second);
        request.facts.push_back(facts);
        request.members.push_back({second, true, 2, true, true});
        GateRequest turned = request;
        std::reverse(turned.action.targets.begin(), turned.action.targets.end());
        std::reverse(turned.facts.begin(), turned.facts.end());
        std::reverse(turned.members.begin(), turned.members.end());
        std::reverse(turned.approvals.begin(), turned.approvals.end());
        // Another order of targets is another action to people, so its approvals follow it.
        const std::string oldDigest = actionDigest(request.action)->hex();
        const std::string newDigest = actionDigest(turned.action)->hex();
        for (AcceptedApproval& approval : request.approvals)
            approval.actionDigest = oldDigest;
        for (AcceptedApproval& approval : turned.approvals)
            approval.actionDigest = newDigest;
        if (turned.mandate) {
            auto mandate = copyOf(turned.mandate);
            std::reverse(mandate->change.begin(), mandate->change.end());
            std::reverse(mandate->forbid.begin(), mandate->forbid.end());
            std::reverse(mandate->limits.begin(), mandate->limits.end());
            turned.mandate = mandate;
        }
        const Decision a = Gate().rule(request).decision;
        const Decision b = Gate().rule(turned).decision;
        CHECK_CASE(a.effect == b.effect && a.tier == b.tier, shown(request, i).c_str());
        QCOMPARE(std::set<std::string>(a.clauses.begin(), a.clauses.end()),
                 std::set<std::string>(b.clauses.begin(), b.clauses.end()));
    }
}

void TestGateProperties::p3StricterNeverAllowsMore()
{
    Generator generator(seed + 3);
    for (int i = 0; i < cases / 3; ++i) {
        const GateRequest request = generator.request();
        if (!request.mandate || Gate().rule(request).decision.effect == Effect::Allow)
            continue;
        GateRequest stricter = request;
        auto mandate = copyOf(request.mandate);
        switch (generator.below(4)) {
        case 0:
            mandate->change.erase(mandate->change.begin() + generator.below(static_cast<int>(mandate->change.size())));
            break;
        case 1:
            mandate->forbid.push_back({"F8", {"*"}, *Selector::parse("tag:ci"), {}, {}, ""});
            break;
        case 2:
            mandate->limits[static_cast<std::size_t>(generator.below(4))].max = generator.below(3);
            break;
        default:
            mandate->session.maxActions = generator.below(2);
            break;
        }
        stricter.mandate = mandate;
        CHECK_CASE(Gate().rule(stricter).decision.effect != Effect::Allow, shown(stricter, i).c_str());
    }
}

void TestGateProperties::p4KnowingLessNeverAllowsMore()
{
    Generator generator(seed + 4);
    for (int i = 0; i < cases / 8; ++i) {
        const GateRequest request = generator.request();
        if (request.facts.empty() || Gate().rule(request).decision.effect != Effect::Deny)
            continue;
        for (int dropped = 0; dropped < 12; ++dropped) {
            GateRequest less = request;
            TargetFacts& facts = less.facts[0];
            switch (dropped) {
            case 0:
                facts.tags.reset();
                break;
            case 1:
                facts.ownerTags.reset();
                break;
            case 2: // who owns it is one question: name and tags go together, but for a credential, which has an owner
                    // anyway
                facts.owner.reset();
                if (facts.target.kind != EntityKind::Credential)
                    facts.ownerTags.reset();
                break;
            case 3:
                facts.criticality.reset();
                break;
            case 4:
                facts.environment.reset();
                break;
            case 5:
                facts.dependents.reset();
                break;
            case 6:
                facts.target.type.clear();
                break;
            case 7:
                less.prechecks.clear();
                break;
            case 8:
                less.members.clear();
                break;
            case 9:
                less.stops = StopState::Unreadable;
                break;
            case 10:
                less.ledger.isVerified = Truth::Unknown;
                break;
            default: // everything about the target at once
                facts.tags.reset();
                facts.ownerTags.reset();
                facts.owner.reset();
                facts.criticality.reset();
                facts.dependents.reset();
                break;
            }
            // A wrong environment that is no longer known still stops a change; a read of it was never a secret.
            const bool isReadOfAPlace =
                dropped == 4 && findVerb(less.action.type) && !findVerb(less.action.type)->changes;
            if (!isReadOfAPlace)
                CHECK_CASE(Gate().rule(less).decision.effect != Effect::Allow,
                           (std::to_string(dropped) + shown(less, i)).c_str());
        }
    }
}

void TestGateProperties::p5AnyBytesGiveADecision()
{
    Generator generator(seed + 5);
    const std::string good = json::write(gateRequestToValue(anApprovedDeletion()));
    int read = 0;
    for (int i = 0; i < cases / 6; ++i) {
        std::string bytes = good;
        for (int turn = generator.below(4); turn >= 0; --turn)
            bytes[static_cast<std::size_t>(generator.below(static_cast<int>(bytes.size())))] =
                static_cast<char>(generator.below(256));
        const auto value = json::parse(bytes);
        auto request = value ? gateRequestFromValue(*value) : Result<GateRequest>(fail(ErrorCode::Invalid, "no JSON"));
        if (!request)
            continue;
        ++read;
        request->mandate = exerciseMandate();
        const Decision decision = Gate().rule(*request).decision;
        QVERIFY(decision.effect != Effect::Deny || !decision.clauses.empty());
    }
    QVERIFY(read > 100);
}

void TestGateProperties::p6TheDecidingForbidsAreTheReason()
{
    Generator generator(seed + 6);
    int seen = 0;
    for (int i = 0; i < cases / 3; ++i) {
        const GateRequest request = generator.request();
        const Decision decision = Gate().rule(request).decision;
        if (decision.effect != Effect::Deny || !request.mandate)
            continue;
        std::vector<std::string> forbids;
        for (const std::string& clause : decision.clauses) {
            if (clause[0] == 'F')
                forbids.push_back(clause);
        }
        if (forbids.empty())
            continue;
        ++seen;
        GateRequest without = request;
        auto mandate = copyOf(request.mandate);
        std::erase_if(mandate->forbid, [&](const ForbidClause& forbid) { return naive::contains(forbids, forbid.id); });
        without.mandate = mandate;
        const Decision after = Gate().rule(without).decision;
        // None of them is named any more, no new one appears, and what else denied still does.
        for (const std::string& clause : after.clauses)
            QVERIFY(!naive::contains(forbids, clause));
        if (forbids.size() == decision.clauses.size())
            CHECK_CASE(after.effect != Effect::Deny, shown(without, i).c_str());
        // The deciding forbids alone, with every other taken away, deny as well.
        GateRequest only = request;
        auto alone = copyOf(request.mandate);
        std::erase_if(alone->forbid, [&](const ForbidClause& forbid) { return !naive::contains(forbids, forbid.id); });
        only.mandate = alone;
        QVERIFY(Gate().rule(only).decision.effect == Effect::Deny);
    }
    QVERIFY(seen > 500);
}

void TestGateProperties::p7WithoutAForceOfMandateNothingIsAllowed()
{
    Generator generator(seed + 7);
    for (int i = 0; i < cases / 6; ++i) {
        GateRequest request = generator.request();
        switch (generator.below(4)) {
        case 0:
            request.mandate.reset();
            break;
        case 1:
            request.mandate = std::make_shared<Mandate>();
            break;
        case 2:
            request.mandateStatus.isSigned = generator.once(2) ? Truth::False : Truth::Unknown;
            break;
        default:
            request.now = exerciseMandate()->validUntil + Duration(generator.below(1000));
            break;
        }
        CHECK_CASE(Gate().rule(request).decision.effect == Effect::Deny, shown(request, i).c_str());
    }
}

void TestGateProperties::p8NoApprovalChangesAForbid()
{
    Generator generator(seed + 8);
    const GateRequest good = anApprovedDeletion();
    for (const ForbidClause& forbid : exerciseMandate()->forbid) {
        for (int i = 0; i < 200; ++i) {
            GateRequest request = good;
            TargetFacts& facts = request.facts[0];
            if (forbid.target.kind == Selector::Kind::Tag)
                (generator.once(2) ? facts.tags : facts.ownerTags) = std::vector<std::string>{forbid.target.tag};
            else if (forbid.target.kind == Selector::Kind::Self)
                facts.owner = "svc-cordon";
            else
                request.action.type = "evidence.delete";
            for (AcceptedApproval& approval : request.approvals) {
                approval.actionDigest = actionDigest(request.action)->hex();
                approval.signedAt = request.now - Duration(generator.below(200'000'000));
            }
            request.approvals.push_back(anApproval(request, "user:owner-" + std::to_string(i),
                                                   static_cast<unsigned char>(30 + i % 100), {"commander", "owner"}));
            QVERIFY(Gate().rule(request).decision.effect == Effect::Deny);
        }
    }
}

QTEST_GUILESS_MAIN(TestGateProperties)
#include "tst_gate_properties.moc"
