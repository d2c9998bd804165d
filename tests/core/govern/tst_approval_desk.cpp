#include "core/value/json.h"
#include "desk_fixture.h"

#include <QTest>

#include <functional>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

using Forge = std::function<void(Approval&, DeskContext&, PeopleDirectory&)>;
Q_DECLARE_METATYPE(Forge)
Q_DECLARE_METATYPE(std::string)

class TestApprovalDesk : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void takesTwoPeopleForADestructiveAction();
    void refusesForgedReplies_data();
    void refusesForgedReplies();
    void ap01ReplayOfTheSameApprovalIsRefused();
    void ap02AnApprovalOfAnotherRequestIsRefused();
    void ap03EveryFlippedBitOfTheActionIsRefused();
    void ap07RequesterAndSecondAccountsAreRefused();
    void ap08TheAgentsKeyCannotApprove();
    void ap13OneNonceHasOneWinner();
    void ap16ADenialIsFinalAndBlocksTheSameProposal();
    void ap17ARevokedKeyVoidsWhatItApproved();
    void ap20ApprovalsOverAnotherRenderAreRefused();
    void anApprovalIsUsedUpOnce();
    void runsOutOnTheCaseClockAndOnTheMachine();
    void voidsWhenMachineOrTargetChanged();
    void isTheSameAfterARestart();
    void onlyWhatTheAgentSignedWasAsked();
    void theRequestTextSurvivesAChatButNoChange();

private:
    [[nodiscard]] std::string replyOf(const std::string& person, unsigned char seed, std::size_t slot,
                                      bool isApproved = true) const
    {
        return *signReply(approvalFor(m_request, person, slot, isApproved), keyOf(seed));
    }
    [[nodiscard]] DeskAnswer give(const std::string& person, unsigned char seed, std::size_t slot,
                                  bool isApproved = true)
    {
        return m_desk.accept(replyOf(person, seed, slot, isApproved), m_people, contextAt(noon() + 2min));
    }

    GateRequest m_gateRequest;
    PeopleDirectory m_people;
    ApprovalDesk m_desk{"nhi:cordon-exercise", keyOf(7).publicKey()};
    ApprovalRequest m_request;
    std::vector<Value> m_events;
};

void TestApprovalDesk::init()
{
    m_desk = ApprovalDesk("nhi:cordon-exercise", keyOf(7).publicKey());
    m_people = somePeople();
    m_gateRequest = anAllowedRequest("credential.delete");
    auto asked = m_desk.ask(askFor(m_gateRequest), contextAt(noon()));
    QVERIFY2(asked.has_value(), asked ? "" : asked.error().detail.c_str());
    m_request = asked->request;
    m_events = {asked->event};
    QCOMPARE(m_request.nonces.size(), std::size_t(2));
    QVERIFY(m_request.nonces[0] != m_request.nonces[1]);
    QCOMPARE(m_request.id, std::string("AR-0001"));
}

void TestApprovalDesk::takesTwoPeopleForADestructiveAction()
{
    const DeskAnswer first = give("user:analyst-a", 21, 0);
    QVERIFY2(first.isAccepted, first.reason.c_str());
    QVERIFY(!first.isComplete);
    const DeskAnswer second = give("user:commander-b", 22, 1);
    QVERIFY2(second.isAccepted, second.reason.c_str());
    QVERIFY(second.isComplete);
    m_gateRequest.approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
    m_gateRequest.now = noon() + 3min;
    QCOMPARE(m_gateRequest.approvals.size(), std::size_t(2));
    QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Allow);
}

void TestApprovalDesk::refusesForgedReplies_data()
{
    QTest::addColumn<Forge>("forge");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, const char* reason, Forge forge) {
        QTest::newRow(name) << std::move(forge) << std::string(reason);
    };
    row("unknown request", "request_unknown",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.request = "AR-0009"; });
    row("unknown person", "person_unknown",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.approver = "user:stranger"; });
    row("another person's name", "signature_bad",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.approver = "user:commander-b"; });
    row("AP-17: key revoked", "key_revoked",
        [](Approval&, DeskContext&, PeopleDirectory& p) { (void)p.revoke("user:analyst-a"); });
    row("another digest", "action_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.actionDigest = std::string(64, '0'); });
    row("AP-20: another render", "render_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.renderDigest = std::string(64, '0'); });
    row("a lower tier", "tier_other", [](Approval& a, DeskContext&, PeopleDirectory&) { a.tier = Tier::T2; });
    row("AP-02: another session", "session_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.session = "s-2"; });
    row("another requester", "requester_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.requester = "user:x"; });
    row("a later end", "approve_by_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.approveBy = a.approveBy + 1s; });
    row("another boot", "boot_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.bootId = std::string(32, 'c'); });
    row("another boot time", "boot_other", [](Approval& a, DeskContext&, PeopleDirectory&) { a.monoIssued += 1; });
    row("AP-19: another ledger root", "ledger_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.ledgerRoot = std::string(64, 'e'); });
    row("AP-19: another ledger size", "ledger_other",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.ledgerSize += 1; });
    row("signed before it was asked", "issued_outside",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.issued = noon() - 10min; });
    row("signed after its end", "issued_outside",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.issued = a.approveBy; });
    row("no nonce", "nonce_unknown", [](Approval& a, DeskContext&, PeopleDirectory&) { a.nonce.clear(); });
    row("a nonce of its own", "nonce_unknown",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.nonce = std::string(32, '1'); });
    row("without the authenticator", "factor_missing", [](Approval& a, DeskContext&, PeopleDirectory&) {
        a.factors = {"key", "pin"};
    });
    row("too late", "expired", [](Approval&, DeskContext& c, PeopleDirectory&) { c.now = noon() + 60min; });
    row("AP-06: the machine was restarted", "boot_changed",
        [](Approval&, DeskContext& c, PeopleDirectory&) { c.bootId = std::string(32, 'c'); });
    row("AP-06: the clock went back", "clock_back",
        [](Approval&, DeskContext& c, PeopleDirectory&) { c.lastLedgerTime = c.wall + 3s; });
    row("the ledger was rolled back", "ledger_rolled_back",
        [](Approval&, DeskContext& c, PeopleDirectory&) { c.ledgerSize = 11; });
    row("training ended", "training_expired",
        [](Approval&, DeskContext& c, PeopleDirectory&) { c.wall = noon() + 24h * 30; });
    row("a denial without a reason", "reason_missing",
        [](Approval& a, DeskContext&, PeopleDirectory&) { a.isApproved = false; });
}

void TestApprovalDesk::refusesForgedReplies()
{
    QFETCH(Forge, forge);
    QFETCH(std::string, reason);
    Approval approval = approvalFor(m_request, "user:analyst-a", 0);
    DeskContext context = contextAt(noon() + 2min);
    forge(approval, context, m_people);
    const DeskAnswer answer = m_desk.accept(*signReply(approval, keyOf(21)), m_people, context);
    QCOMPARE(answer.reason, reason);
    QVERIFY(!answer.isAccepted);
    QVERIFY(answer.event.isNull());
    QVERIFY(m_desk.find("AR-0001")->accepted.empty());
    // The same person's honest reply is still taken: a forgery uses nothing up.
    m_people = somePeople();
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
}

// AP-01
void TestApprovalDesk::ap01ReplayOfTheSameApprovalIsRefused()
{
    const std::string reply = replyOf("user:analyst-a", 21, 0);
    QVERIFY(m_desk.accept(reply, m_people, contextAt(noon() + 1min)).isAccepted);
    QCOMPARE(m_desk.accept(reply, m_people, contextAt(noon() + 1min)).reason, std::string("nonce_used"));
    QCOMPARE(m_desk.find("AR-0001")->accepted.size(), std::size_t(1));
}

// AP-02
void TestApprovalDesk::ap02AnApprovalOfAnotherRequestIsRefused()
{
    GateRequest other =
        anAllowedRequest("credential.delete", {EntityKind::Credential, "AKIAEXAMPLE000000002", "access_key", "k2"});
    const auto asked = m_desk.ask(askFor(other), contextAt(noon()));
    QVERIFY(asked.has_value());
    Approval approval = approvalFor(m_request, "user:analyst-a", 0);
    approval.request = asked->request.id;
    QCOMPARE(m_desk.accept(*signReply(approval, keyOf(21)), m_people, contextAt(noon() + 1min)).reason,
             std::string("action_other"));
}

// AP-03, MAESTRO L7
void TestApprovalDesk::ap03EveryFlippedBitOfTheActionIsRefused()
{
    // The approver's program, the desk and the gate each take the digest from the bytes: whichever bit is turned, the
    // approval given for the true bytes fits nothing.
    std::size_t count = 0;
    for (std::size_t at = 0; at < m_request.actionBytes.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            ApprovalRequest forged = m_request;
            forged.actionBytes[at] =
                static_cast<char>(static_cast<unsigned char>(forged.actionBytes[at]) ^ (1U << bit));
            QVERIFY(!checkRequest(forged).has_value());
            const auto digest = actionDigest(std::string_view(forged.actionBytes));
            QVERIFY(!digest || digest->hex() != m_request.actionDigest);
            ++count;
        }
    }
    QCOMPARE(count, m_request.actionBytes.size() * 8);
    QVERIFY(checkRequest(m_request).has_value());
}

// AP-07, T14
void TestApprovalDesk::ap07RequesterAndSecondAccountsAreRefused()
{
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    QCOMPARE(give("user:analyst-a", 21, 1).reason, std::string("same_person"));
    // Two accounts with one key cannot even be in one directory; a directory changed in between does not help either.
    PeopleDirectory doubled;
    QVERIFY(doubled.add({"user:analyst-z", "", {"commander"}, keyOf(21).publicKey(), noon() + 24h, false}).has_value());
    QVERIFY(
        !doubled.add({"user:analyst-y", "", {"commander"}, keyOf(21).publicKey(), noon() + 24h, false}).has_value());
    QCOMPARE(m_desk.accept(replyOf("user:analyst-z", 21, 1), doubled, contextAt(noon() + 2min)).reason,
             std::string("same_key"));
    QCOMPARE(give("user:analyst-c", 23, 1).reason, std::string("commander_missing"));
    QCOMPARE(give("user:reviewer-d", 24, 1).reason, std::string("role_missing"));
    QVERIFY(give("user:commander-b", 22, 1).isComplete);

    ApprovalDesk desk("nhi:cordon-exercise", keyOf(7).publicKey());
    AskInput input = askFor(m_gateRequest);
    input.requester = "user:analyst-a";
    input.excludedApprovers = {"user:commander-b"};
    const auto asked = desk.ask(input, contextAt(noon()));
    m_request = asked->request;
    QCOMPARE(desk.accept(replyOf("user:analyst-a", 21, 0), m_people, contextAt(noon() + 1min)).reason,
             std::string("is_requester"));
    QCOMPARE(desk.accept(replyOf("user:commander-b", 22, 0), m_people, contextAt(noon() + 1min)).reason,
             std::string("is_excluded"));
}

// AP-08, T9
void TestApprovalDesk::ap08TheAgentsKeyCannotApprove()
{
    QCOMPARE(give("nhi:cordon-exercise", 7, 0).reason, std::string("agent_key"));
    QVERIFY(
        m_people.add({"user:agent-friend", "", {"commander"}, keyOf(7).publicKey(), noon() + 24h, false}).has_value());
    QCOMPARE(give("user:agent-friend", 7, 0).reason, std::string("agent_key"));
}

// AP-13
void TestApprovalDesk::ap13OneNonceHasOneWinner()
{
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    for (const auto& [person, seed] :
         {std::pair{"user:commander-b", 22}, std::pair{"user:analyst-c", 23}, std::pair{"user:analyst-a", 21}})
        QCOMPARE(give(person, static_cast<unsigned char>(seed), 0).reason, std::string("nonce_used"));
    QCOMPARE(m_desk.find("AR-0001")->accepted.size(), std::size_t(1));
}

// AP-16
void TestApprovalDesk::ap16ADenialIsFinalAndBlocksTheSameProposal()
{
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    const DeskAnswer denial = give("user:commander-b", 22, 1, false);
    QVERIFY(denial.isAccepted);
    QVERIFY(denial.isDenied);
    QCOMPARE(give("user:analyst-c", 23, 1).reason, std::string("nonce_used"));
    for (int i = 0; i < 50; ++i)
        QVERIFY(m_desk.ask(askFor(m_gateRequest), contextAt(noon() + 3min)).error().detail.starts_with("denied_final"));
    // Another digest for the same verb and target is blocked for a quarter of an hour from the denial.
    AskInput other = askFor(m_gateRequest);
    other.action.expectedState = std::string(64, 'b');
    other.decision.digest = actionDigest(other.action)->hex();
    QVERIFY(m_desk.ask(other, contextAt(noon() + 17min - 1us)).error().detail.starts_with("denied_recently"));
    other.hasNewEvidence = true;
    QVERIFY(m_desk.ask(other, contextAt(noon() + 3min)).has_value());
    other.action.expectedState = std::string(64, 'c');
    other.decision.digest = actionDigest(other.action)->hex();
    other.hasNewEvidence = false;
    QVERIFY(m_desk.ask(other, contextAt(noon() + 17min)).has_value());
    // The gate hears of the denial too.
    m_gateRequest.approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
    QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Deny);
}

// AP-17, T9
void TestApprovalDesk::ap17ARevokedKeyVoidsWhatItApproved()
{
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    QVERIFY(m_desk.voidPerson("user:analyst-c", "key_revoked", noon()).empty());
    QCOMPARE(m_desk.voidPerson("user:analyst-a", "key_revoked", noon()).size(), std::size_t(1));
    QCOMPARE(give("user:commander-b", 22, 1).reason, std::string("request_void"));
    QVERIFY(m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 1min)).empty());
}

// AP-20
void TestApprovalDesk::ap20ApprovalsOverAnotherRenderAreRefused()
{
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    ApprovalRequest other = m_request;
    other.facts.set("because", Value::Array{Value("nothing to see")});
    other.render = *renderRequest(other);
    other.renderDigest = crypto::sha256(other.render).hex();
    QVERIFY(other.renderDigest != m_request.renderDigest);
    const std::string reply = *signReply(approvalFor(other, "user:commander-b", 1), keyOf(22));
    QCOMPARE(m_desk.accept(reply, m_people, contextAt(noon() + 2min)).reason, std::string("render_other"));
    // A text that is not the one of these bytes is no request, though its digest fits it.
    ApprovalRequest spoofed = m_request;
    spoofed.render = "Nothing will happen\n";
    QVERIFY(!checkRequest(spoofed).has_value());
    spoofed.renderDigest = crypto::sha256(spoofed.render).hex();
    QVERIFY(!checkRequest(spoofed).has_value());
}

void TestApprovalDesk::anApprovalIsUsedUpOnce()
{
    QVERIFY(m_desk.consume(m_request.actionDigest, noon()).isNull());
    QVERIFY(give("user:analyst-a", 21, 0).isAccepted);
    QVERIFY(give("user:commander-b", 22, 1).isComplete);
    QVERIFY(!m_desk.consume(m_request.actionDigest, noon() + 3min).isNull());
    QVERIFY(m_desk.consume(m_request.actionDigest, noon() + 3min).isNull());
    QVERIFY(m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min)).empty());
}

void TestApprovalDesk::runsOutOnTheCaseClockAndOnTheMachine()
{
    DeskContext standing = contextAt(noon() + 1min);
    standing.monoNanos = m_request.monoIssued + std::int64_t(3600) * 1'000'000'000;
    QCOMPARE(m_desk.accept(replyOf("user:analyst-a", 21, 0), m_people, standing).reason, std::string("expired"));
    QVERIFY(m_desk.sweep(contextAt(noon() + 59min)).empty());
    QCOMPARE(m_desk.sweep(contextAt(noon() + 60min)).size(), std::size_t(1));
    QVERIFY(m_desk.find("AR-0001")->state == RequestState::Expired);
    // It may be asked for again, as another request.
    QCOMPARE(m_desk.ask(askFor(m_gateRequest), contextAt(noon() + 60min))->request.id, std::string("AR-0002"));
}

void TestApprovalDesk::voidsWhenMachineOrTargetChanged()
{
    DeskContext rebooted = contextAt(noon() + 1min);
    rebooted.bootId = std::string(32, 'c');
    QCOMPARE(m_desk.sweep(rebooted).size(), std::size_t(1));
    QCOMPARE(m_desk.find("AR-0001")->why, std::string("boot_changed"));
    QVERIFY(m_desk.ask(askFor(m_gateRequest), contextAt(noon() + 2min)).has_value());
    QVERIFY(m_desk.voidTarget(aServiceAccount(), "membership_changed", noon()).empty());
    QCOMPARE(m_desk.voidTarget(anAccessKey(), "membership_changed", noon()).size(), std::size_t(1));
    QVERIFY(m_desk.ask(askFor(m_gateRequest), contextAt(noon() + 3min)).has_value());
    QCOMPARE(m_desk.voidAll("mandate_changed", noon()).size(), std::size_t(1));
}

void TestApprovalDesk::isTheSameAfterARestart()
{
    m_events.push_back(give("user:analyst-a", 21, 0).event);
    ApprovalDesk again("nhi:cordon-exercise", keyOf(7).publicKey());
    for (const Value& event : m_events) {
        LedgerEntry entry;
        entry.type = event["event"].asString() == "asked" ? "approval.requested" : "approval.granted";
        entry.data = *json::parse(*json::canonical(
            Value::Object{{"desk", event}, {"text", *signRequest(m_request, "nhi:cordon-exercise", keyOf(7))}}));
        QVERIFY(again.apply(entry).has_value());
    }
    QVERIFY(again.apply(LedgerEntry()).has_value());
    QCOMPARE(again.accept(replyOf("user:commander-b", 22, 0), m_people, contextAt(noon() + 3min)).reason,
             std::string("nonce_used"));
    QCOMPARE(again.accept(replyOf("user:analyst-a", 21, 1), m_people, contextAt(noon() + 3min)).reason,
             std::string("same_person"));
    QVERIFY(again.accept(replyOf("user:commander-b", 22, 1), m_people, contextAt(noon() + 3min)).isComplete);
    QVERIFY(!again.consume(m_request.actionDigest, noon() + 3min).isNull());
    QVERIFY(again.ask(askFor(m_gateRequest), contextAt(noon() + 4min))->request.id == "AR-0002");
}

void TestApprovalDesk::onlyWhatTheAgentSignedWasAsked()
{
    Value easier = m_events.front(); // one person fewer, nobody excluded
    Value request = easier["request"];
    Value needs = request["needs"];
    needs.set("approvers", std::int64_t{1});
    needs.set("commander", false);
    request.set("needs", needs);
    easier.set("request", request);
    const std::string text = *signRequest(m_request, "nhi:cordon-exercise", keyOf(7));
    const std::string forged = *signRequest(m_request, "nhi:cordon-exercise", keyOf(8));
    const auto applied = [&](const char* type, const Value& event, const std::string& signedText, bool comesSecond) {
        ApprovalDesk again("nhi:cordon-exercise", keyOf(7).publicKey());
        LedgerEntry entry;
        entry.type = "approval.requested";
        entry.data = Value::Object{{"desk", m_events.front()}, {"text", text}};
        if (comesSecond && !again.apply(entry))
            return -1;
        entry.type = type;
        entry.data = Value::Object{{"desk", event}, {"text", signedText}};
        if (!again.apply(entry))
            return -1;
        const DeskRequest* held = again.find("AR-0001");
        return held ? held->request.needs.approvers : 0;
    };
    const int asked = m_request.needs.approvers;
    QVERIFY(asked > 1);
    QCOMPARE(applied("approval.requested", m_events.front(), text, false), asked);
    QCOMPARE(applied("approval.requested", m_events.front(), forged, false), 0);
    QCOMPARE(applied("approval.requested", easier, text, false), 0);
    QCOMPARE(applied("load.pinned", m_events.front(), text, false), 0);
    for (const char* type : {"approval.requested", "load.pinned"}) // over an open one
        QCOMPARE(applied(type, easier, text, true), asked);
}

void TestApprovalDesk::theRequestTextSurvivesAChatButNoChange()
{
    const std::string text = *signRequest(m_request, "nhi:cordon-exercise", keyOf(7), 2);
    const auto read = readRequest(text, keyOf(7).publicKey());
    QVERIFY2(read.has_value(), read ? "" : read.error().detail.c_str());
    QCOMPARE(read->actionDigest, m_request.actionDigest);
    QVERIFY(read->nonces[0].empty());
    QCOMPARE(read->nonces[1], m_request.nonces[1]);
    std::string quoted = "here it is:\r\n\r\n> ";
    for (const char c : text)
        quoted += c == '\n' ? std::string("\r\n> ") : std::string(1, c);
    QVERIFY(readRequest(quoted, keyOf(7).publicKey()).has_value());
    QVERIFY(readRequest(text, keyOf(8).publicKey()).error().code == ErrorCode::Untrusted);
    for (std::size_t at = 0; at < text.size(); at += 3) {
        std::string changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        QVERIFY(!readRequest(changed, keyOf(7).publicKey()).has_value());
    }
}

QTEST_GUILESS_MAIN(TestApprovalDesk)
#include "tst_approval_desk.moc"
