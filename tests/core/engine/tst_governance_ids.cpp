#include "core/act/permit_check.h"
#include "core/govern/mandate_note.h"
#include "core/govern/signed_command.h"
#include "tests/core/govern/desk_fixture.h"
#include "tests/core/govern/hostile_plans.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

namespace {

bool has(const std::vector<std::string>& list, const std::string& item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

Decision ask(const GateRequest& request)
{
    return Gate().rule(request).decision;
}

/// True when the mandate with one text changed is refused under that rule.
bool isRefused(const std::string& from, const std::string& to, const std::string& rule)
{
    std::string text = exerciseYaml();
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        qFatal("not in the mandate: %s", from.c_str());
    text.replace(at, from.size(), to);
    const MandateReading reading = readMandate(text);
    return !reading.mandate && std::any_of(reading.problems.begin(), reading.problems.end(),
                                           [&](const MandateProblem& problem) { return problem.rule == rule; });
}

bool isLoaded(const std::string& from, const std::string& to)
{
    std::string text = exerciseYaml();
    const std::size_t at = text.find(from);
    return at != std::string::npos && readMandate(text.replace(at, from.size(), to)).mandate.has_value();
}

constexpr const char* starIsPermitted =
    "- {id: C30, action: \"*\", target: \"*\", tier: T3, rollback: none}\n  - {id: C11,";

} // namespace

/// One test per demand of the frameworks that docs/threat-model.md lists, named by its id.
class TestGovernanceIds : public QObject
{
    Q_OBJECT
private slots:
    void govAsi02HostilePlansReachNoConnector();
    void govAsi02TheLastOfTheBudgetIsAllowedTheNextIsNot();
    void govAsi03TheOperatorsRightsDoNotCount();
    void govAsi03APermitIsForOneActionOnceAndShort();
    void govEmptyAMandateThatIsNoneDeniesEverything();
    void govSeqNothingBeforeItsEvidence();
    void nhi4OnlySignedFreshMessagesOfAKnownAlgorithmCount();
    void nhi5AWildcardOverWildcardDoesNotLoad();
    void nhi6EveryClaimOfAnActionIsChecked();
    void nhi7NothingLivesLong();
    void nhi8AMandateIsForOneEnvironment();
    void nhi10PeopleAndAgentDoNotActAsEachOther();
    void t10OfTwoHundredProposalsInAMinuteSixAskPeople();
    void govern21ADutyHasANamedOwnerAndADeputy();
    void govern22TheUntrainedDoNotApprove();
    void govern23DestructivePermitsNeedTwoOwners();
};

// GOV-ASI02, T2
void TestGovernanceIds::govAsi02HostilePlansReachNoConnector()
{
    hostile::Range range(7);
    for (int i = 0; i < 2000; ++i)
        QCOMPARE(range.next(), std::string());
    QVERIFY(range.isSpread());
    QVERIFY(range.doneCount() > 0);
}

// GOV-ASI02, T2, T4
void TestGovernanceIds::govAsi02TheLastOfTheBudgetIsAllowedTheNextIsNot()
{
    GateRequest request = anAllowedRequest();
    const int most = request.mandate->limits[0].max;
    for (int i = 0; i + 1 < most; ++i)
        (void)request.usage.reserve({std::to_string(i), "d", "credential.deactivate", "exercise", {}, {}, noon()});
    QVERIFY(ask(request).effect == Effect::Allow);
    (void)request.usage.reserve({"last", "d", "credential.deactivate", "exercise", {}, {}, noon()});
    QVERIFY(ask(request).effect == Effect::Hold && has(ask(request).clauses, "L1"));
}

// GOV-ASI03, T3
void TestGovernanceIds::govAsi03TheOperatorsRightsDoNotCount()
{
    GateRequest request = anAllowedRequest("token.destroy");
    request.requester = "user:domain-admin";
    request.approvals = {anApproval(request, "user:domain-admin", 21, {"analyst", "commander", "owner"}),
                         anApproval(request, "user:commander-b", 22, {"commander"})};
    QVERIFY(ask(request).effect == Effect::Deny);
    QCOMPARE(ask(request).clauses, std::vector<std::string>{"default"});
}

// GOV-ASI03, T3, MAESTRO L7
void TestGovernanceIds::govAsi03APermitIsForOneActionOnceAndShort()
{
    const GateRequest request = anAllowedRequest();
    Ruling ruling = Gate().rule(request);
    QVERIFY(ruling.permit.has_value());
    const Permit& permit = *ruling.permit;
    QVERIFY(act::checkPermit(permit, request.action, "exercise", noon()).has_value());
    Action other = request.action;
    other.params.set("region", "elsewhere");
    QVERIFY(act::checkPermit(permit, other, "exercise", noon()).error().code == ErrorCode::Denied);
    QVERIFY(!act::checkPermit(permit, request.action, "aws", noon()).has_value());
    QVERIFY(!act::checkPermit(permit, request.action, "exercise", permit.expires()).has_value());
    QVERIFY(permit.expires() <= noon() + 5min);
    const Permit used = std::move(*ruling.permit);
    QVERIFY(act::checkPermit(used, request.action, "exercise", noon()).has_value());
    QVERIFY(!act::checkPermit(*ruling.permit, request.action, "exercise", noon()).has_value());
}

// GOV-EMPTY
void TestGovernanceIds::govEmptyAMandateThatIsNoneDeniesEverything()
{
    for (const std::string& bytes : {std::string(), std::string("\n"), std::string(1, '\0'), std::string("{}"),
                                     std::string("default: allow\n"), std::string("mandate: cordon/v1\n")})
        QVERIFY(!readMandate(bytes).mandate.has_value());
    for (const Verb& verb : verbCatalogue()) {
        GateRequest request = anAllowedRequest(std::string(verb.name));
        request.approvals = {anApproval(request, "user:analyst-a", 21, {"analyst"}),
                             anApproval(request, "user:commander-b", 22, {"commander"})};
        request.mandate.reset();
        QVERIFY(ask(request).effect == Effect::Deny && has(ask(request).clauses, "G1"));
        request.mandate = std::make_shared<Mandate>();
        request.action.mandate.clear();
        QVERIFY(ask(request).effect == Effect::Deny);
        auto bare = std::make_shared<Mandate>(*exerciseMandate());
        bare->change.clear();
        request = anAllowedRequest(std::string(verb.name));
        request.mandate = bare;
        QVERIFY(ask(request).effect == Effect::Deny && has(ask(request).clauses, "default"));
    }
}

// GOV-SEQ
void TestGovernanceIds::govSeqNothingBeforeItsEvidence()
{
    auto mandate = std::make_shared<Mandate>(*exerciseMandate());
    mandate->forbid.push_back({"F9", {"credential.*"}, {}, {}, {"evidence.collect", "evidence.snapshot"}, ""});
    GateRequest request = anAllowedRequest();
    request.mandate = mandate;
    const EntityRef target = request.action.targets[0];
    QVERIFY(has(ask(request).clauses, "F9"));
    request.done = {{"evidence.collect", target}};
    QVERIFY(has(ask(request).clauses, "F9")); // both are asked for
    request.done.push_back({"evidence.snapshot", {EntityKind::Credential, "another", {}, {}}});
    QVERIFY(has(ask(request).clauses, "F9")); // on this very thing
    request.done.push_back({"evidence.snapshot", target});
    QVERIFY(ask(request).effect == Effect::Allow);
}

// NHI4
void TestGovernanceIds::nhi4OnlySignedFreshMessagesOfAKnownAlgorithmCount()
{
    for (const char* key : {"", "none:", "rsa:AAAA", "sha1:AAAA", "hs256:AAAA", "ed25519:", "ed25519:AAAA"})
        QVERIFY(!crypto::PublicKey::parse(key).has_value());
    // A mandate whose note is unsigned, or signed under another kind of signature than the key's, is signed by nobody.
    const Mandate& mandate = *exerciseMandate();
    const std::vector<OwnerKey> owners{{"user:owner-a", keyOf(11).publicKey()}};
    const std::string good = *signMandate(mandate, "", "user:owner-a", keyOf(11));
    QCOMPARE(mandateSigners(mandate, good, owners).size(), std::size_t(1));
    QVERIFY(mandateSigners(mandate, mandateNoteText(mandate), owners).empty());
    crypto::SignedNote note = *crypto::SignedNote::parse(good);
    note.signatures[0].keyId = crypto::noteKeyId("user:owner-a", keyOf(11).publicKey(), 2);
    QVERIFY(mandateSigners(mandate, note.toString(), owners).empty());
    note = *crypto::SignedNote::parse(good);
    note.signatures[0].bytes.resize(20, '\0'); // as long as a SHA-1
    QVERIFY(mandateSigners(mandate, note.toString(), owners).empty());
    // A command: unsigned, by somebody else's key, too old, of the future, and the same once more.
    Command command{"halt", Value::Object{}, "user:analyst-a", noon(), std::string(32, '1'), "case-1"};
    const std::string signedText = *signCommand(command, keyOf(21));
    SeenCommands seen;
    const auto open = [&](const std::string& text, Timestamp wall) {
        return verifyCommand(text, somePeople(), "case-1", wall, 10min, seen).has_value();
    };
    QVERIFY(!open(*signCommand(command, keyOf(22)), noon()));
    QVERIFY(!open(signedText, noon() + 10min + 1us));
    QVERIFY(!open(signedText, noon() - 10min - 1us));
    QVERIFY(!open("halt", noon()));
    QVERIFY(open(signedText, noon() + 9min));
    QVERIFY(!open(signedText, noon() + 9min));
}

// NHI5. What is permitted and never used is listed by `cordonctl mandate usage` (app/tst_cordonctl_mandates).
void TestGovernanceIds::nhi5AWildcardOverWildcardDoesNotLoad()
{
    QVERIFY(isRefused("- {id: C11,", starIsPermitted, "wildcard"));
    QVERIFY(
        isRefused("target: role, tier: T2, rollback: partly", "target: self, tier: T2, rollback: partly", "built_in"));
}

// NHI6: no tokens of others are taken in this version; what an action claims is what the gate knows, or it is denied.
void TestGovernanceIds::nhi6EveryClaimOfAnActionIsChecked()
{
    QVERIFY(ask(anAllowedRequest()).effect == Effect::Allow);
    const auto denies = [](const std::string& clause, const std::function<void(GateRequest&)>& change) {
        GateRequest request = anAllowedRequest();
        change(request);
        return ask(request).effect == Effect::Deny && has(ask(request).clauses, clause);
    };
    QVERIFY(denies("N6", [](GateRequest& r) { r.action.connector = "aws"; }));          // audience
    QVERIFY(denies("N6", [](GateRequest& r) { r.action.connector = "exercise "; }));    // not nearly
    QVERIFY(denies("N6", [](GateRequest& r) { r.action.tenant = "Exercise"; }));        // nor in another case
    QVERIFY(denies("G10", [](GateRequest& r) { r.agentId = "nhi:cordon-exercise2"; })); // issuer
    QVERIFY(denies("G10", [](GateRequest& r) { r.agentKey += " "; }));
    QVERIFY(denies("G4", [](GateRequest& r) { r.connector.environment = "Exercise"; })); // environment
    QVERIFY(denies("G4", [](GateRequest& r) { r.connector.environment.clear(); }));
    QVERIFY(denies("G3", [](GateRequest& r) { r.action.mandate[0] ^= 1; }));
    QVERIFY(denies("G5", [](GateRequest& r) { r.action.session += "0"; }));
    QVERIFY(denies("G5", [](GateRequest& r) { r.action.incident = "INC-00010"; }));
}

// NHI7
void TestGovernanceIds::nhi7NothingLivesLong()
{
    QVERIFY(isRefused("ttl: 12h", "ttl: 43201s", "session_ttl"));
    QVERIFY(isLoaded("ttl: 12h", "ttl: 43200s"));
    const std::string until = (noon() + 24h * 30).toString();
    QVERIFY(isRefused(until, (noon() - 24h + 24h * 92 + 1us).toString(), "valid"));
    QVERIFY(isLoaded(until, (noon() - 24h + 24h * 92).toString()));
    const std::string times = "approve_within: 60m, execute_within: 5m";
    QVERIFY(isRefused(times, "approve_within: 60m, execute_within: 301s", "execute_within"));
    QVERIFY(isLoaded(times, "approve_within: 60m, execute_within: 300s"));
    // A mandate that was made by hand past the loader gives no longer leave either.
    auto mandate = std::make_shared<Mandate>(*exerciseMandate());
    for (auto& [tier, rule] : mandate->tiers)
        rule.executeWithin = 24h;
    for (GateRequest request : {anAllowedRequest(), anApprovedDeletion()}) {
        request.mandate = mandate;
        const Ruling ruling = Gate().rule(request);
        QVERIFY(ruling.permit && ruling.permit->expires() <= noon() + 5min);
    }
    GateRequest undone = anAllowedRequest();
    undone.mandate = mandate;
    const Ruling back = Gate().ruleUndo(undone, true);
    QVERIFY(back.permit && back.permit->expires() <= noon() + 5min);
}

// NHI8
void TestGovernanceIds::nhi8AMandateIsForOneEnvironment()
{
    GateRequest inExercise = anAllowedRequest();
    inExercise.facts[0].environment = "prod";
    QVERIFY(has(ask(inExercise).clauses, "G4"));
    auto real = std::make_shared<Mandate>(*exerciseMandate());
    real->environment = "prod";
    GateRequest inProduction = anAllowedRequest();
    inProduction.mandate = real;
    inProduction.connector = {"exercise", "exercise", "prod", false};
    inProduction.members[0].isSimulated = false;
    inProduction.facts[0].environment = "prod";
    QVERIFY(ask(inProduction).effect == Effect::Allow);
    inProduction.facts[0].environment = "test";
    QVERIFY(has(ask(inProduction).clauses, "G4"));
    inProduction.facts[0].environment.reset();
    QVERIFY(has(ask(inProduction).clauses, "G4"));
    inProduction.facts[0].environment = "prod";
    inProduction.connector.isExercise = true;
    QVERIFY(has(ask(inProduction).clauses, "G4"));
}

// NHI10
void TestGovernanceIds::nhi10PeopleAndAgentDoNotActAsEachOther()
{
    GateRequest byAPerson = anAllowedRequest();
    byAPerson.agentId = "user:analyst-a";
    byAPerson.agentKey = keyOf(21).publicKey().toString();
    QVERIFY(has(ask(byAPerson).clauses, "G10"));
    GateRequest approvedByTheAgent = anApprovedDeletion();
    approvedByTheAgent.approvals[0].key = approvedByTheAgent.agentKey;
    QVERIFY(ask(approvedByTheAgent).effect == Effect::Hold);
    approvedByTheAgent = anApprovedDeletion();
    approvedByTheAgent.approvals[0].approver = approvedByTheAgent.agentId;
    QVERIFY(ask(approvedByTheAgent).effect == Effect::Hold);
    QVERIFY(!isPersonId("nhi:cordon-exercise"));
    const auto refused = signMandate(*exerciseMandate(), "", "user:owner-a", keyOf(7));
    QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
    QVERIFY(isRefused("id: \"nhi:cordon-exercise\"", "id: \"user:analyst-a\"", "agent"));
}

// T10. That the engine then asks nobody: tst_one_leave_each.
void TestGovernanceIds::t10OfTwoHundredProposalsInAMinuteSixAskPeople()
{
    std::string text = exerciseYaml();
    const std::string limit = "count: approval_dialogs, max: 60";
    text.replace(text.find(limit), limit.size(), "count: approval_dialogs, max: 6");
    const auto mandate = std::make_shared<const Mandate>(*parseMandate(text, "six.yaml"));
    UsageCounters usage;
    const auto propose = [&](int i, Timestamp now) {
        const std::string id = "AKIAEXAMPLE000000" + std::to_string(100 + i);
        GateRequest request = anAllowedRequest("credential.delete", {EntityKind::Credential, id, "access_key", id});
        request.mandate = mandate;
        request.action.mandate = mandate->digest;
        request.now = now;
        request.usage = usage;
        return ask(request);
    };
    int asked = 0;
    for (int i = 0; i < 200; ++i) {
        const Timestamp now = noon() + 300ms * i;
        const Decision decision = propose(i, now);
        QVERIFY(decision.effect == Effect::Hold && has(decision.missing, "approval"));
        if (has(decision.missing, "limit:L5")) {
            QVERIFY(has(decision.clauses, "L5"));
            continue;
        }
        ++asked;
        (void)usage.dialogOpened(now);
    }
    QCOMPARE(asked, 6);
    QVERIFY(has(propose(0, noon() + 20min).missing, "limit:L5"));
}

// GOVERN 2.1. That decisions in the ledger carry the accountable owner: core/record/tst_governance_audit.
void TestGovernanceIds::govern21ADutyHasANamedOwnerAndADeputy()
{
    QVERIFY(isRefused("deputy: \"user:owner-b\", ", "", "missing_key"));
    QVERIFY(isRefused("accountable: \"user:owner-a\", ", "", "missing_key"));
    QVERIFY(isRefused("deputy: \"user:owner-b\"", "deputy: \"user:owner-a\"", "owner"));
    QVERIFY(isRefused("accountable: \"user:owner-a\"", "accountable: \"team-security\"", "owner"));
}

// GOVERN 2.2
void TestGovernanceIds::govern22TheUntrainedDoNotApprove()
{
    const auto answerAt = [](std::optional<Timestamp> trainedUntil) {
        ApprovalDesk desk("nhi:cordon-exercise", keyOf(7).publicKey());
        GateRequest asked = anAllowedRequest("credential.delete");
        const auto request = desk.ask(askFor(asked), contextAt(noon()));
        PeopleDirectory people;
        (void)people.add({"user:commander-b", "B", {"commander"}, keyOf(22).publicKey(), trainedUntil, false});
        const std::string reply = *signReply(approvalFor(request->request, "user:commander-b", 0), keyOf(22));
        return desk.accept(reply, people, contextAt(noon() + 2min)).reason;
    };
    QCOMPARE(answerAt(noon() + 2min + 1us), std::string());
    QCOMPARE(answerAt(noon() + 2min), std::string("training_expired"));
    QCOMPARE(answerAt(std::nullopt), std::string("training_expired"));
}

// GOVERN 2.3
void TestGovernanceIds::govern23DestructivePermitsNeedTwoOwners()
{
    QVERIFY(isRefused("signatures_to_load: 2", "signatures_to_load: 1", "owner"));
    const Mandate& mandate = *exerciseMandate();
    const std::string one = *signMandate(mandate, "", "user:owner-a", keyOf(11));
    const std::vector<OwnerKey> owners{{"user:owner-a", keyOf(11).publicKey()},
                                       {"user:owner-b", keyOf(11).publicKey()}};
    QVERIFY(static_cast<int>(mandateSigners(mandate, one, owners).size()) < mandate.owner.signaturesToLoad);
}

QTEST_GUILESS_MAIN(TestGovernanceIds)
#include "tst_governance_ids.moc"
