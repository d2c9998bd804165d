#include "core/govern/gate_json.h"
#include "core/value/json.h"
#include "govern_fixture.h"

#include <QTest>

#include <functional>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

using Change = std::function<void(GateRequest&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(std::string)

namespace {

bool has(const std::vector<std::string>& list, const std::string& item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

std::string describe(const Decision& decision)
{
    return json::writePretty(decisionToValue(decision));
}

std::shared_ptr<const Mandate> mandateWith(const std::function<void(Mandate&)>& change)
{
    auto mandate = std::make_shared<Mandate>(*exerciseMandate());
    change(*mandate);
    return mandate;
}

} // namespace

class TestGate : public QObject
{
    Q_OBJECT
private slots:
    void allowsALowTierActionAndGivesAPermit();
    void denies_data();
    void denies();
    void holds_data();
    void holds();
    void raisesTheTier_data();
    void raisesTheTier();
    void boolIfExistsAMissingTagStillForbids();
    void allowsADestructiveActionWithTwoPeople();
    void countsNoOneWhoMayNotApprove_data();
    void countsNoOneWhoMayNotApprove();
    void noApprovalOverridesAForbid();
    void aDenialIsFinal();
    void limitsHoldOrRaise();
    void recheckSeesWhatChanged();
    void whatASimulationConfirmsCountsOnlyInAnExercise();
    void undoAsksOnlyWhatItMust();
    void undoByItselfAsksForClockAndKey();
    void readsAndWritesRequests();
};

void TestGate::allowsALowTierActionAndGivesAPermit()
{
    const GateRequest request = anAllowedRequest();
    const Ruling ruling = Gate().rule(request);
    QVERIFY2(ruling.decision.effect == Effect::Allow, describe(ruling.decision).c_str());
    QCOMPARE(ruling.decision.clauses, std::vector<std::string>{"C2"});
    QVERIFY(ruling.decision.tier == Tier::T1);
    QVERIFY(ruling.permit.has_value());
    const Digest digest = *actionDigest(request.action);
    QVERIFY(ruling.permit->fits(digest, "exercise", noon()));
    QVERIFY(!ruling.permit->fits(digest, "aws", noon()));
    QVERIFY(!ruling.permit->fits(digest, "exercise", noon() + 5min));
    // P1: the same request gives the same answer.
    QCOMPARE(describe(Gate().rule(request).decision), describe(ruling.decision));

    GateRequest read = anAllowedRequest("inventory.read");
    read.facts.clear();
    QVERIFY(Gate().rule(read).decision.effect == Effect::Allow);
    QVERIFY(Gate().rule(read).decision.tier == Tier::T0);
    GateRequest withoutSerial = anAllowedRequest();
    withoutSerial.permitSerial.clear();
    QVERIFY(!Gate().rule(withoutSerial).permit.has_value());
}

void TestGate::denies_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::string>("clause");
    const auto row = [](const char* name, const char* clause, Change change) {
        QTest::newRow(name) << std::move(change) << std::string(clause);
    };
    row("GOV-EMPTY: no mandate", "G1", [](GateRequest& r) { r.mandate.reset(); });
    row("unsigned mandate", "G1", [](GateRequest& r) { r.mandateStatus.isSigned = Truth::False; });
    row("signature unknown", "G1", [](GateRequest& r) { r.mandateStatus.isSigned = Truth::Unknown; });
    row("last moment of the mandate has passed", "G2", [](GateRequest& r) { r.now = r.mandate->validUntil; });
    row("mandate not yet valid", "G2", [](GateRequest& r) { r.now = r.mandate->validFrom - 1us; });
    row("older revision", "G3", [](GateRequest& r) { r.mandateStatus.newestSeenRevision = 2; });
    row("AP-02: action of another mandate", "G3", [](GateRequest& r) { r.action.mandate = std::string(64, 'b'); });
    row("NHI8: real connector under an exercise mandate", "G4", [](GateRequest& r) { r.connector.isExercise = false; });
    row("connector in another environment", "G4", [](GateRequest& r) { r.connector.environment = "prod"; });
    row("target in another environment", "G4", [](GateRequest& r) { r.facts[0].environment = "prod"; });
    row("target in an unknown environment", "G4", [](GateRequest& r) { r.facts[0].environment.reset(); });
    row("session closed", "G5", [](GateRequest& r) { r.session.isOpen = Truth::False; });
    row("session unknown", "G5", [](GateRequest& r) { r.session.isOpen = Truth::Unknown; });
    row("no heartbeat", "G5", [](GateRequest& r) { r.session.hasHeartbeat = Truth::Unknown; });
    row("session too old", "G5", [](GateRequest& r) { r.session.opened = r.now - 12h; });
    row("session from the future", "G5", [](GateRequest& r) { r.session.opened = r.now + 1s; });
    row("session idle", "G5", [](GateRequest& r) { r.session.lastActive = r.now - 2h; });
    row("too many sessions", "G5", [](GateRequest& r) { r.session.openSessions = 26; });
    row("AP-02: action of another incident", "G5", [](GateRequest& r) { r.action.incident = "INC-0002"; });
    row("AP-02: action of another session", "G5", [](GateRequest& r) { r.action.session = "s-2"; });
    row("halted", "G6", [](GateRequest& r) { r.stops = StopState::Halted; });
    row("kill switch unreadable", "G6", [](GateRequest& r) { r.stops = StopState::Unreadable; });
    row("one person resumed: changes stay stopped", "G6", [](GateRequest& r) { r.stops = StopState::ObserveOnly; });
    row("clock insane", "G7", [](GateRequest& r) { r.isClockSane = Truth::False; });
    row("clock unknown", "G7", [](GateRequest& r) { r.isClockSane = Truth::Unknown; });
    row("AP-06: rebooted, nobody signed in", "G7", [](GateRequest& r) { r.needsReauthentication = true; });
    row("ledger closed", "G8", [](GateRequest& r) { r.ledger.isOpen = Truth::False; });
    row("ledger not verified", "G8", [](GateRequest& r) { r.ledger.isVerified = Truth::Unknown; });
    row("ledger cannot be written", "G8", [](GateRequest& r) { r.ledger.isWritable = Truth::False; });
    row("self-test failed", "G9", [](GateRequest& r) { r.hasPassedSelfTest = Truth::Unknown; });
    row("another agent", "G10", [](GateRequest& r) { r.agentId = "nhi:other"; });
    row("another agent key", "G10", [](GateRequest& r) { r.agentKey = keyOf(8).publicKey().toString(); });
    row("unknown verb", "N1", [](GateRequest& r) { r.action.type = "credential.explode"; });
    row("unknown parameter", "N2", [](GateRequest& r) { r.action.params.set("force", true); });
    row("parameter of the wrong type", "N2", [](GateRequest& r) { r.action.params.set("user", 1); });
    row("verb on the wrong kind", "N2", [](GateRequest& r) { r.action.type = "account.suspend"; });
    row("rollback that is none", "N2", [](GateRequest& r) { r.action.rollback = "account.resume"; });
    row("right-to-left override in a target", "N3", [](GateRequest& r) { r.action.targets[0].id = "AKIA\u202E1"; });
    row("zero-width in a parameter", "N3", [](GateRequest& r) { r.action.params.set("user", "svc\u200B-ci"); });
    row("homoglyph", "N3", [](GateRequest& r) { r.action.targets[0].id = "\u0410KIA1"; });
    row("not normalised", "N3", [](GateRequest& r) { r.action.targets[0].id = "caf\u0065\u0301"; });
    row("glob in a target", "N3", [](GateRequest& r) { r.action.targets[0].id = "AKIA*"; });
    row("NUL in a target", "N3", [](GateRequest& r) { r.action.targets[0].id = std::string("AKIA\0x", 6); });
    row("target unresolved", "N4", [](GateRequest& r) { r.facts.clear(); });
    row("target resolves twice", "N4", [](GateRequest& r) { r.facts.push_back(r.facts[0]); });
    row("target gone", "N4", [](GateRequest& r) { r.facts[0].exists = false; });
    row("facts too old", "N5", [](GateRequest& r) { r.facts[0].asked = r.now - 30min - 1us; });
    row("facts from the future", "N5", [](GateRequest& r) { r.facts[0].asked = r.now + 1us; });
    row("another connector", "N6", [](GateRequest& r) { r.action.connector = "aws"; });
    row("another tenant", "N6", [](GateRequest& r) { r.action.tenant = "prod"; });
    row("no target", "N7", [](GateRequest& r) { r.action.targets.clear(); });
    row("the same target twice", "N7", [](GateRequest& r) { r.action.targets.push_back(r.action.targets[0]); });
    row("26 targets", "N7", [](GateRequest& r) {
        for (int i = 0; i < 25; ++i)
            r.action.targets.push_back({EntityKind::Credential, "AKIA" + std::to_string(i), {}, {}});
    });
    row("two kinds", "N7", [](GateRequest& r) { r.action.targets.push_back(aServiceAccount()); });
    row("no expected state", "N8", [](GateRequest& r) { r.action.expectedState.clear(); });
    row("not of the incident", "S-member", [](GateRequest& r) { r.members.clear(); });
    row("P9: named by a log, no member", "S-member", [](GateRequest& r) { r.members[0].isMember = false; });
    row("scope too large", "S-size", [](GateRequest& r) { r.incident.verifiedScopeSize = 201; });
    row("itself", "B1", [](GateRequest& r) { r.selfIds = {r.action.targets[0].id}; });
    row("its own account's key", "B1", [](GateRequest& r) { r.facts[0].owner = "svc-cordon"; });
    row("itself in a parameter", "B1", [](GateRequest& r) { r.action.params.set("user", "svc-cordon"); });
    row("nobody knows who the agent is", "B1", [](GateRequest& r) {
        r.selfIds.clear();
        r.agentId.clear();
    });
    row("evidence overwritten", "B2", [](GateRequest& r) { r.action.type = "evidence.delete"; });
    row("the ledger in a parameter", "B3",
        [](GateRequest& r) { r.action.params.set("region", "cordon.local/ledger/1"); });
    row("break-glass", "F1", [](GateRequest& r) { r.facts[0].tags = std::vector<std::string>{"break-glass"}; });
    row("a break-glass user's key", "F1",
        [](GateRequest& r) { r.facts[0].ownerTags = std::vector<std::string>{"break-glass"}; });
    row("owner's tags unknown", "F1", [](GateRequest& r) { r.facts[0].ownerTags.reset(); });
    row("nobody knows the owner", "F1", [](GateRequest& r) {
        r.facts[0].ownerTags.reset();
        r.facts[0].owner.reset();
    });
    row("a parameter nobody knows", "F1", [](GateRequest& r) { r.action.params.set("user", "somebody"); });
    row("domain controller", "F2",
        [](GateRequest& r) { r.facts[0].tags = std::vector<std::string>{"domain-controller"}; });
    row("not permitted", "default", [](GateRequest& r) { r.action.type = "token.destroy"; });
    row("type unknown: the permit does not match", "default", [](GateRequest& r) { r.facts[0].target.type.clear(); });
    row("never", "C2",
        [](GateRequest& r) { r.mandate = mandateWith([](Mandate& m) { m.change[2].tier = Tier::T4; }); });
    row("no rule for the tier", "tier",
        [](GateRequest& r) { r.mandate = mandateWith([](Mandate& m) { m.tiers.erase(Tier::T1); }); });
    row("sequence: not before evidence", "F9", [](GateRequest& r) {
        r.mandate = mandateWith([](Mandate& m) {
            m.forbid.push_back({"F9", {"credential.*"}, {}, {}, {"evidence.collect"}, ""});
        });
    });
}

void TestGate::denies()
{
    QFETCH(Change, change);
    QFETCH(std::string, clause);
    GateRequest request = anAllowedRequest();
    change(request);
    const Ruling ruling = Gate().rule(request);
    QVERIFY2(ruling.decision.effect == Effect::Deny, describe(ruling.decision).c_str());
    QVERIFY2(has(ruling.decision.clauses, clause), describe(ruling.decision).c_str());
    QVERIFY(!ruling.permit.has_value());
    QVERIFY(!ruling.decision.reasons.empty());
}

void TestGate::holds_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::string>("missing");
    const auto row = [](const char* name, const char* missing, Change change) {
        QTest::newRow(name) << std::move(change) << std::string(missing);
    };
    row("not verified: judged as T2", "approval", [](GateRequest& r) { r.members[0].independentSources = 1; });
    row("confirmed by a person only: still T2", "approval", [](GateRequest& r) {
        r.members[0].independentSources = 0;
        r.members[0].isConfirmedByPerson = true;
    });
    row("evidence not preserved", "precheck:evidence_preserved",
        [](GateRequest& r) { r.prechecks["evidence_preserved"] = Truth::False; });
    row("nobody knows about the evidence", "precheck:evidence_preserved",
        [](GateRequest& r) { r.prechecks.erase("evidence_preserved"); });
    row("no dry run", "precheck:rollback_dry_run",
        [](GateRequest& r) { r.prechecks["rollback_dry_run"] = Truth::Unknown; });
    row("a person has not confirmed", "human_confirmation",
        [](GateRequest& r) { r.members[0].independentSources = 1; });
    row("session budget used", "limit:session", [](GateRequest& r) { r.session.actionsUsed = 200; });
}

void TestGate::holds()
{
    QFETCH(Change, change);
    QFETCH(std::string, missing);
    GateRequest request = anAllowedRequest();
    change(request);
    const Decision decision = Gate().rule(request).decision;
    QVERIFY2(decision.effect == Effect::Hold, describe(decision).c_str());
    QVERIFY2(has(decision.missing, missing), describe(decision).c_str());
    // Deny beats hold, whatever else is missing.
    request.stops = StopState::Halted;
    QVERIFY(Gate().rule(request).decision.effect == Effect::Deny);
    QVERIFY(has(Gate().rule(request).decision.missing, missing));
}

void TestGate::raisesTheTier_data()
{
    QTest::addColumn<std::string>("verb");
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("tier");
    const auto row = [](const char* name, const char* verb, EntityKind kind, const char* type, int tier,
                        Change change) {
        QTest::newRow(name) << std::string(verb) << static_cast<int>(kind) << std::string(type) << std::move(change)
                            << tier;
    };
    using enum EntityKind;
    const Change nothing = [](GateRequest&) {};
    row("deactivate a key", "credential.deactivate", Credential, "access_key", 1, nothing);
    row("of high criticality", "credential.deactivate", Credential, "access_key", 2,
        [](GateRequest& r) { r.facts[0].criticality = Criticality::High; });
    row("of unknown criticality", "credential.deactivate", Credential, "access_key", 2,
        [](GateRequest& r) { r.facts[0].criticality.reset(); });
    row("with a dependent", "credential.deactivate", Credential, "access_key", 2, [](GateRequest& r) {
        r.facts[0].dependents->push_back({Workload, "w", {}, {}});
    });
    row("with unknown dependents", "credential.deactivate", Credential, "access_key", 2,
        [](GateRequest& r) { r.facts[0].dependents.reset(); });
    row("one technique only", "credential.deactivate", Credential, "access_key", 2,
        [](GateRequest& r) { r.incident.distinctTechniques = 1; });
    row("one technique and a rarity", "credential.deactivate", Credential, "access_key", 1, [](GateRequest& r) {
        r.incident = {1, true, noon(), 3};
    });
    row("several reasons raise once", "credential.deactivate", Credential, "access_key", 2, [](GateRequest& r) {
        r.facts[0].criticality = Criticality::High;
        r.facts[0].dependents.reset();
        r.incident.distinctTechniques = 0;
        r.members[0].independentSources = 0;
    });
    row("suspend a service account", "account.suspend", Account, "service", 1, nothing);
    row("suspend one with dependents", "account.suspend", Account, "service", 2, [](GateRequest& r) {
        r.facts[0].dependents->push_back({Workload, "w", {}, {}});
    });
    row("isolate one workload", "workload.isolate", Workload, "instance", 1, nothing);
    row("isolate an important one", "workload.isolate", Workload, "instance", 2,
        [](GateRequest& r) { r.facts[0].criticality = Criticality::High; });
    row("techniques do not matter for a workload", "workload.isolate", Workload, "instance", 1,
        [](GateRequest& r) { r.incident.distinctTechniques = 0; });
    row("revoke a session", "session.revoke", Credential, "session", 1, nothing);
    row("revoke a role: the table's raise is not another", "session.revoke", Role, "", 2, nothing);
    row("replace a key", "credential.replace", Credential, "access_key", 2, nothing);
    row("replace an important key", "credential.replace", Credential, "access_key", 3,
        [](GateRequest& r) { r.facts[0].criticality = Criticality::High; });
    row("never past T3", "credential.delete", Credential, "access_key", 3,
        [](GateRequest& r) { r.facts[0].criticality = Criticality::High; });
    row("observing stays T0", "evidence.collect", Credential, "access_key", 0,
        [](GateRequest& r) { r.facts[0].criticality = Criticality::High; });
    row("no way back is destructive", "credential.deactivate", Credential, "access_key", 3,
        [](GateRequest& r) { r.mandate = mandateWith([](Mandate& m) { m.change[2].rollback = "none"; }); });
    row("another way back than the catalogue's is none", "credential.deactivate", Credential, "access_key", 3,
        [](GateRequest& r) { r.mandate = mandateWith([](Mandate& m) { m.change[2].rollback = "snapshot"; }); });
}

void TestGate::raisesTheTier()
{
    QFETCH(std::string, verb);
    QFETCH(int, kind);
    QFETCH(std::string, type);
    QFETCH(Change, change);
    QFETCH(int, tier);
    GateRequest request = anAllowedRequest(verb, {static_cast<EntityKind>(kind), "target-1", type, "target-1"});
    request.facts[0].ownerTags.emplace();
    change(request);
    const Decision decision = Gate().rule(request).decision;
    QVERIFY2(decision.effect != Effect::Deny, describe(decision).c_str());
    QVERIFY2(static_cast<int>(decision.tier) == tier, describe(decision).c_str());
    QVERIFY(decision.effect == (tier <= 1 ? Effect::Allow : Effect::Hold));
    if (tier >= 2)
        QCOMPARE(decision.needs.approvers, tier == 3 ? 2 : 1);
}

// Named after the cloud policy operator that a deny forgets: a missing key must not switch a forbid off.
void TestGate::boolIfExistsAMissingTagStillForbids()
{
    GateRequest known = anAllowedRequest();
    QVERIFY(Gate().rule(known).decision.effect == Effect::Allow);
    GateRequest unknown = anAllowedRequest();
    unknown.facts[0].tags.reset();
    const Decision decision = Gate().rule(unknown).decision;
    QVERIFY(decision.effect == Effect::Deny);
    // All forbids are judged, none hides another.
    QVERIFY(has(decision.clauses, "F1"));
    QVERIFY(has(decision.clauses, "F2"));
}

void TestGate::allowsADestructiveActionWithTwoPeople()
{
    const GateRequest request = anApprovedDeletion();
    const Ruling ruling = Gate().rule(request);
    QVERIFY2(ruling.decision.effect == Effect::Allow, describe(ruling.decision).c_str());
    QCOMPARE(ruling.decision.clauses, std::vector<std::string>{"C10"});
    // execute_within counts from the last needed signature, a minute ago.
    QCOMPARE(ruling.permit->expires().micros(), (noon() + 4min).micros());
    // P3: with fewer people asked for, a newer signature than the first is no later than with more.
    GateRequest newer = anAllowedRequest("credential.replace");
    newer.approvals = {anApproval(newer, "user:analyst-a", 21, {"analyst"}),
                       anApproval(newer, "user:commander-b", 22, {"commander"})};
    newer.approvals[0].signedAt = noon() - 5min;
    QVERIFY(Gate().rule(newer).decision.effect == Effect::Allow);
    GateRequest late = request;
    for (AcceptedApproval& approval : late.approvals)
        approval.signedAt = noon() - 5min;
    QVERIFY(Gate().rule(late).decision.effect == Effect::Hold);
}

void TestGate::countsNoOneWhoMayNotApprove_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << std::move(change); };
    row("only one", [](GateRequest& r) { r.approvals.pop_back(); });
    row("AP-07: the same person twice", [](GateRequest& r) { r.approvals[1].approver = r.approvals[0].approver; });
    row("AP-07: one account, two keys", [](GateRequest& r) {
        r.approvals.push_back(r.approvals[0]);
        r.approvals.back().key = keyOf(29).publicKey().toString();
    });
    row("AP-07: two accounts, one key", [](GateRequest& r) { r.approvals[1].key = r.approvals[0].key; });
    row("AP-07: the requester", [](GateRequest& r) { r.requester = "user:analyst-a"; });
    row("AP-08: the agent", [](GateRequest& r) { r.approvals[0].approver = r.agentId; });
    row("AP-08: the agent's key", [](GateRequest& r) { r.approvals[0].key = r.agentKey; });
    row("an editor of the playbook", [](GateRequest& r) { r.excludedApprovers = {"user:commander-b"}; });
    row("no commander", [](GateRequest& r) { r.approvals[1].roles = {"analyst"}; });
    row("no role", [](GateRequest& r) { r.approvals[0].roles = {"reviewer"}; });
    row("AP-03: another digest",
        [](GateRequest& r) { r.approvals[0].actionDigest[0] = r.approvals[0].actionDigest[0] == '0' ? '1' : '0'; });
    row("given for a lower tier", [](GateRequest& r) { r.approvals[0].tier = Tier::T2; });
    row("without a factor", [](GateRequest& r) { r.approvals[0].factors = {"key", "pin"}; });
    row("from the future", [](GateRequest& r) { r.approvals[0].signedAt = r.now + 1us; });
}

void TestGate::countsNoOneWhoMayNotApprove()
{
    QFETCH(Change, change);
    GateRequest request = anApprovedDeletion();
    change(request);
    const Decision decision = Gate().rule(request).decision;
    QVERIFY2(decision.effect == Effect::Hold, describe(decision).c_str());
    QVERIFY(has(decision.missing, "approval"));
}

void TestGate::noApprovalOverridesAForbid()
{
    for (const std::string_view tag : {"break-glass", "domain-controller"}) {
        GateRequest request = anApprovedDeletion();
        request.facts[0].tags = std::vector<std::string>{std::string(tag)};
        QVERIFY(Gate().rule(request).decision.effect == Effect::Deny);
    }
}

void TestGate::aDenialIsFinal()
{
    GateRequest request = anApprovedDeletion();
    AcceptedApproval denial = anApproval(request, "user:analyst-c", 23, {"analyst"});
    denial.isApproved = false;
    request.approvals.push_back(denial);
    const Decision decision = Gate().rule(request).decision;
    QVERIFY(decision.effect == Effect::Deny);
    QVERIFY(has(decision.clauses, "A-denied"));
}

void TestGate::limitsHoldOrRaise()
{
    // GOV-ASI02: N allowed, N + 1 refused.
    GateRequest request = anAllowedRequest();
    for (int i = 0; i < 39; ++i)
        (void)request.usage.reserve(
            {std::to_string(i), "d", "credential.deactivate", "exercise", {}, {}, noon() - 1min});
    QVERIFY(Gate().rule(request).decision.effect == Effect::Allow);
    (void)request.usage.reserve({"40", "d", "credential.deactivate", "exercise", {}, {}, noon() - 1min});
    QVERIFY(has(Gate().rule(request).decision.missing, "limit:L1"));
    request.now = noon() + 9min + 1us;
    request.facts[0].asked = request.now;
    QVERIFY(Gate().rule(request).decision.effect == Effect::Allow);

    GateRequest failing = anAllowedRequest();
    for (const char* serial : {"a", "b"}) {
        (void)failing.usage.reserve({serial, "d", "credential.deactivate", "exercise", {}, {}, noon()});
        (void)failing.usage.finish(serial, OutcomeState::Unknown);
    }
    QVERIFY(has(Gate().rule(failing).decision.missing, "limit:L4"));

    GateRequest isolating = anAllowedRequest("workload.isolate", {EntityKind::Workload, "w-6", "instance", "w-6"});
    for (int i = 0; i < 5; ++i)
        (void)isolating.usage.reserve({std::to_string(i),
                                       "d",
                                       "workload.isolate",
                                       "exercise",
                                       {{EntityKind::Workload, "w-" + std::to_string(i), {}, {}}},
                                       {},
                                       noon()});
    const Decision raised = Gate().rule(isolating).decision;
    QVERIFY(raised.effect == Effect::Hold);
    QVERIFY(raised.tier == Tier::T3);
    QCOMPARE(raised.needs.approvers, 2);

    GateRequest asking = anAllowedRequest("credential.delete");
    for (int i = 0; i < 60; ++i)
        (void)asking.usage.dialogOpened(noon() - 1min);
    QVERIFY(has(Gate().rule(asking).decision.missing, "limit:L5"));
    asking.isDialogOpen = true;
    QVERIFY(!has(Gate().rule(asking).decision.missing, "limit:L5"));
}

void TestGate::recheckSeesWhatChanged()
{
    GateRequest request = anAllowedRequest();
    const std::string serial(32, '0');
    const std::string state = request.action.expectedState;
    const std::string digest = actionDigest(request.action)->hex();
    QVERIFY(has(Gate().recheck(request, Tier::T1, serial, state).clauses, "X-reservation"));
    (void)request.usage.reserve({serial, digest, request.action.type, "exercise", request.action.targets, {}, noon()});
    QVERIFY(Gate().recheck(request, Tier::T1, serial, state).effect == Effect::Allow);
    // AP-04: what changed between the ruling and the use.
    QVERIFY(has(Gate().recheck(request, Tier::T1, serial, std::string(64, 'c')).clauses, "X-drift"));
    GateRequest halted = request;
    halted.stops = StopState::Halted;
    QVERIFY(has(Gate().recheck(halted, Tier::T1, serial, state).clauses, "G6"));
    GateRequest tagged = request;
    tagged.facts[0].tags = std::vector<std::string>{"break-glass"};
    QVERIFY(has(Gate().recheck(tagged, Tier::T1, serial, state).clauses, "F1"));
    GateRequest unverified = request;
    unverified.members[0].independentSources = 0;
    QVERIFY(has(Gate().recheck(unverified, Tier::T1, serial, state).clauses, "S-verified"));
    (void)request.usage.finish(serial, OutcomeState::Verified);
    QVERIFY(has(Gate().recheck(request, Tier::T1, serial, state).clauses, "X-reservation"));
}

void TestGate::whatASimulationConfirmsCountsOnlyInAnExercise()
{
    GateRequest request = anAllowedRequest();
    request.mandate = mandateWith([](Mandate& m) { m.environment = "prod"; });
    request.connector.environment = "prod";
    request.connector.isExercise = false;
    request.facts[0].environment = "prod";
    request.members[0].isSimulated = false;
    QVERIFY(Gate().rule(request).decision.effect == Effect::Allow);
    request.members[0].isSimulated = true;
    QVERIFY(Gate().rule(request).decision.tier == Tier::T2);
    // An old log: a real connector proposes, an exercise acts.
    request.members[0].isSimulated = false;
    request.incident.newestSupportingEvent = request.session.opened - 30min - 1us;
    QVERIFY(has(Gate().rule(request).decision.missing, "scope_freshness"));
    GateRequest exercise = anAllowedRequest();
    exercise.incident.newestSupportingEvent.reset();
    QVERIFY(Gate().rule(exercise).decision.effect == Effect::Allow);
}

void TestGate::undoAsksOnlyWhatItMust()
{
    GateRequest request = anAllowedRequest();
    request.facts[0].tags = std::vector<std::string>{"break-glass"};
    request.members.clear();
    request.session.isOpen = Truth::False;
    QVERIFY(Gate().ruleUndo(request, true).decision.effect == Effect::Allow);
    QVERIFY(Gate().ruleUndo(request, true).permit.has_value());
    request.stops = StopState::Halted;
    QVERIFY(Gate().ruleUndo(request, true).decision.effect == Effect::Allow);
    QVERIFY(Gate().ruleUndo(request, false).decision.effect == Effect::Deny);
    request.ledger.isWritable = Truth::False;
    QVERIFY(Gate().ruleUndo(request, true).decision.effect == Effect::Deny);
    GateRequest destroyed = anApprovedDeletion();
    QVERIFY(has(Gate().ruleUndo(destroyed, true).decision.clauses, "N1"));
}

// R8: after a restart the agent observes, and gives nothing back by itself either
void TestGate::undoByItselfAsksForClockAndKey()
{
    GateRequest request = anAllowedRequest();
    QVERIFY(Gate().ruleUndo(request, false).permit.has_value());
    request.needsReauthentication = true;
    QVERIFY(Gate().ruleUndo(request, true).permit.has_value());
    QCOMPARE(Gate().ruleUndo(request, false).decision.clauses, (std::vector<std::string>{"G7"}));
    request.needsReauthentication = false;
    request.agentKey = "another";
    QVERIFY(Gate().ruleUndo(request, true).permit.has_value());
    QCOMPARE(Gate().ruleUndo(request, false).decision.clauses, (std::vector<std::string>{"G10"}));
}

void TestGate::readsAndWritesRequests()
{
    const GateRequest request = anApprovedDeletion();
    const Value written = gateRequestToValue(request);
    auto read = gateRequestFromValue(*json::parse(json::write(written)));
    QVERIFY2(read.has_value(), read ? "" : read.error().detail.c_str());
    read->mandate = request.mandate;
    QCOMPARE(describe(Gate().rule(*read).decision), describe(Gate().rule(request).decision));
    Value more = written;
    more.set("surprise", 1);
    QVERIFY(!gateRequestFromValue(more).has_value());
    // What is left out stays unknown, and unknown denies.
    auto bare = gateRequestFromValue(Value::Object{{"v", 1}, {"action", request.action.toValue()}});
    QVERIFY(bare.has_value());
    bare->mandate = request.mandate;
    QVERIFY(Gate().rule(*bare).decision.effect == Effect::Deny);
    const Value decision = decisionToValue(Gate().rule(request).decision);
    QCOMPARE(decision["effect"].asString(), std::string("allow"));
    QCOMPARE(decision["digest"].asString().size(), std::size_t(64));
}

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
