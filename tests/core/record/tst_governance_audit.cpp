#include "core/record/governance_audit.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/value/json.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::record;

class TestGovernanceAudit : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void aDecidedAndClosedActionIsCounted();
    void anApprovedActionIsBoundToItsApprovals();
    void anUndoByAPersonNeedsNoApproval();
    void anUndoOfNothingIsAProblem();
    void anUndosLeaveIsNoLeaveToAct();
    void oneLeaveIsForOneAct();
    void aTierThatIsSaidLowerIsAProblem();
    void aVerbHasItsOwnTier_data();
    void aVerbHasItsOwnTier();
    void anActionThatIsNotShownIsAProblem();
    void oneKeyUnderTwoNamesIsOneApprover();
    void whoAskedDoesNotApprove();
    void anApprovalOutsideTheRequestsTimeIsAProblem();
    void aRequestThatEndedGivesNoApprovals();
    void aCommanderIsAmongThem();
    void whoJoinsSigns();
    void nobodyActsWithoutACommandOfTheirs();
    void anActSaysWhatThePersonSigned_data();
    void anActSaysWhatThePersonSigned();
    void nobodyElseDoesWhatPeopleDo();
    void aClockIsVouchedForUnderASignature();
    void logsComeUnsignedInTheNameOfNobodyWhoCouldSign();
    void aCommandThatThePersonDidNotSignIsAProblem();
    void aCommandTakesTheRoleForIt();
    void anActionWithoutADecisionIsAProblem();
    void theLastDecisionCounts();
    void anActionThatIsNotItsDigestIsAProblem();
    void aT2ActionWithoutApprovalsIsAProblem();
    void approvalsForAnotherActionAreAProblem();
    void tooFewApproversAreAProblem();
    void theSamePersonTwiceIsOneApprover();
    void aDeniedApprovalIsNoApproval();
    void aNonceGivenTwiceIsAProblem();
    void aNonceThatWasNotAskedForIsAProblem();
    void approvalsUsedTwiceAreAProblem();
    void aPermitUsedTwiceIsAProblem();
    void aForgedSignatureIsAProblem();
    void aStrangersApprovalIsAProblem();
    void aRevokedPersonsApprovalIsAProblem();
    void whoJoinedMayApproveUntilTheyLeave();
    void aJoinThatThePersonDidNotSignMakesNobody_data();
    void aJoinThatThePersonDidNotSignMakesNobody();
    void nobodyJoinsInThePlaceOfSomebodyElse();
    void aRequestOfAnotherAgentIsAProblem();
    void aRenderThatWasChangedIsAProblem();
    void anOutcomeWithoutAnActionIsAProblem();
    void anOpenActionIsListed();
    void anUnknownOutcomeIsListed();

private:
    void add(const std::string& type, Value data, Actor::Kind kind = Actor::Kind::Agent)
    {
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = type;
        made.actor = {kind, kind == Actor::Kind::Person ? "user:commander-a" : "someone"};
        made.ts = now();
        made.data = std::move(data);
        m_audit.add(made);
    }
    /// The entry of somebody who joins; the order signed by `signer`, for `command` and `person`.
    void join(const std::string& signer, const std::string& command = "join", const std::string& person = newcomer)
    {
        const Value order = Value::Object{{"command", command}, {"nonce", "n"}, {"person", person}};
        crypto::SignedNote note;
        note.text = "cordon.command.v1\n" + toBase64(bytesOf(json::canonical(order).value())) + "\n";
        note.sign(newcomer, m_keys.at(signer));
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = "person.joined";
        made.actor = {Actor::Kind::Person, newcomer};
        made.ts = now();
        made.data = Value::Object{
            {"key", m_keys.at(newcomer).publicKey().toString()}, {"nonce", "n"}, {"block", note.toString()}};
        m_audit.add(made);
    }
    static Timestamp now() { return *Timestamp::parse("2026-11-21T12:00:00Z"); }
    static std::string action(const std::string& target) { return "{\"target\":\"" + target + "\",\"type\":\"credential.deactivate\"}"; }
    static std::string digest(const std::string& target)
    {
        return crypto::sha256("cordon.action.v1\n" + action(target)).hex();
    }
    void inForce(bool isRevoked = false)
    {
        Value::Array people;
        for (const auto& [id, key] : m_keys) {
            people.push_back(Value::Object{
                {"id", id}, {"key", key.publicKey().toString()}, {"roles", Value::Array{m_role}}, {"revoked", isRevoked && id == "user:commander-a"}});
        }
        m_audit = GovernanceAudit();
        add("mandate.in_force", Value::Object{{"agent_key", m_agent.publicKey().toString()},
                                              {"people", Value::Object{{"people", std::move(people)}}}});
    }
    void decide(const std::string& target, const std::string& effect, const std::string& tier = "T1", bool isUndo = false)
    {
        const Value decision = Value::Object{
            {"digest", digest(target)}, {"effect", effect}, {"tier", tier}, {"clauses", Value::Array{"C2"}}};
        if (isUndo)
            take("user:commander-a", "undo", Value::Object{{"step", target}});
        add("decision", Value::Object{{"decision", decision}, {"undo", isUndo}, {"step", target}},
            isUndo ? Actor::Kind::Person : Actor::Kind::Agent);
    }
    void takeBack(const std::string& target)
    {
        add("action.intended",
            Value::Object{{"digest", digest(target)}, {"action", action(target)}, {"permit", "u"}, {"undo", true}},
            Actor::Kind::Person);
    }
    /// A command that was taken of a person; signed by them unless another signer is named.
    void take(const std::string& person, const std::string& command, const Value& args = Value::Object{},
              const std::string& signer = "", const std::string& signedCommand = "", const std::string& issued = "2026-11-21T12:00:00Z")
    {
        const std::string nonce = "c" + std::to_string(m_seq);
        const Value order = Value::Object{{"case", ""}, {"command", signedCommand.empty() ? command : signedCommand}, {"args", args},
                                          {"issued", issued}, {"nonce", nonce}, {"person", person}};
        crypto::SignedNote note;
        note.text = "cordon.command.v1\n" + toBase64(bytesOf(json::canonical(order).value())) + "\n";
        note.sign(person, m_keys.at(signer.empty() ? person : signer));
        addBy(person, "command.taken", Value::Object{{"command", command}, {"nonce", nonce}, {"order", note.toString()}});
    }
    void addBy(const std::string& person, const std::string& type, Value data)
    {
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = type;
        made.actor = {Actor::Kind::Person, person};
        made.ts = now();
        made.incident = "INC-0001";
        made.data = std::move(data);
        m_audit.add(made);
    }
    void intend(const std::string& target, const std::string& tier = "T1", const std::string& request = "")
    {
        Value data = Value::Object{{"digest", digest(target)},
                                   {"action", action(target)},
                                   {"permit", "p" + std::to_string(m_seq)},
                                   {"tier", tier}};
        if (!request.empty())
            data.set("desk", Value::Object{{"request", request}});
        add("action.intended", std::move(data));
    }
    void close(const std::string& target, const std::string& state)
    {
        add("outcome." + state, Value::Object{{"digest", digest(target)}});
    }
    void ask(const std::string& target, int approvers, const std::string& render = "Delete it\n",
             const crypto::SigningKey* signer = nullptr)
    {
        const Value content = Value::Object{{"request", "AR-0001"},
                                            {"agent", "nhi:agent"},
                                            {"action", action(target)},
                                            {"action_digest", digest(target)},
                                            {"render", render},
                                            {"render_digest", renderDigest()},
                                            {"nonces", Value::Array{"n1", "n2"}},
                                            {"tier", "T3"},
                                            {"requester", m_requester},
                                            {"issued", "2026-11-21T12:00:00Z"},
                                            {"approve_by", "2026-11-21T13:00:00Z"},
                                            {"needs", Value::Object{{"approvers", approvers}, {"commander", m_needsCommander}}}};
        crypto::SignedNote note;
        const std::string encoded = toBase64(bytesOf(json::canonical(content).value()));
        note.text = "request\n" + encoded.substr(0, 40) + "\n" + encoded.substr(40) + "\n";
        note.sign("nhi:agent", signer ? *signer : m_agent);
        add("approval.requested", Value::Object{{"request", "AR-0001"}, {"text", note.toString()}});
    }
    static std::string renderDigest() { return crypto::sha256(std::string("Delete it\n")).hex(); }
    void approve(const std::string& target, const std::string& nonce, const std::string& person = "user:commander-a",
                 const std::string& decision = "approve", const std::string& signer = "")
    {
        const Value approval = Value::Object{{"action_digest", digest(target)},
                                             {"render_digest", renderDigest()},
                                             {"approver", person},
                                             {"decision", decision},
                                             {"issued", m_approvedAt},
                                             {"nonce", nonce}};
        const auto& key = m_keys.at(signer.empty() ? person : signer);
        const auto signature = key.sign("cordon.approval.v1\n" + json::canonical(approval).value());
        add(decision == "approve" ? "approval.granted" : "approval.denied",
            Value::Object{{"request", "AR-0001"}, {"approval", approval}, {"signature", toHex(ByteView(signature))}});
    }
    [[nodiscard]] std::string onlyProblem() const
    {
        return m_audit.problems().size() == 1 ? m_audit.problems().front().what
                                              : std::to_string(m_audit.problems().size()) + " problems";
    }

    inline static const std::string newcomer = "user:newcomer";
    GovernanceAudit m_audit;
    std::int64_t m_seq = 0;
    std::string m_requester;
    std::string m_approvedAt = "2026-11-21T12:10:00Z";
    std::string m_role = "analyst";
    bool m_needsCommander = false;
    crypto::SigningKey m_agent = crypto::SigningKey::generate();
    std::map<std::string, crypto::SigningKey> m_keys;
};

void TestGovernanceAudit::init()
{
    m_audit = GovernanceAudit();
    m_seq = 0;
    m_requester.clear();
    m_role = "analyst";
    m_approvedAt = "2026-11-21T12:10:00Z";
    m_needsCommander = false;
    m_keys.clear();
    m_keys.emplace("user:commander-a", crypto::SigningKey::generate());
    m_keys.emplace("user:commander-b", crypto::SigningKey::generate());
    inForce();
}

void TestGovernanceAudit::aDecidedAndClosedActionIsCounted()
{
    decide("a", "allow");
    intend("a");
    close("a", "verified");
    decide("b", "hold");
    decide("c", "deny");
    add("decision", Value::Object{{"decision", Value::Object{{"effect", "deny"}}}});
    const auto counts = m_audit.counts();
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(counts.decisions, 4);
    QCOMPARE(counts.autonomous, 1);
    QCOMPARE(counts.approved, 0);
    QCOMPARE(counts.held, 1);
    QCOMPARE(counts.denied, 2);
    QCOMPARE(counts.unexplained, 1);
    QCOMPARE(counts.intended, 1);
    QCOMPARE(counts.verified, 1);
    QVERIFY(counts.open.empty());
}

void TestGovernanceAudit::anApprovedActionIsBoundToItsApprovals()
{
    decide("a", "hold");
    ask("a", 2);
    approve("a", "n1");
    approve("a", "n2", "user:commander-b");
    decide("a", "allow", "T3");
    intend("a", "T3", "AR-0001");
    close("a", "verified");
    const auto counts = m_audit.counts();
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(counts.approved, 1);
    QCOMPARE(counts.approvals, 2);
    QCOMPARE(counts.approvalsUsed, 2);
    QCOMPARE(counts.approvalsBound, 2);
    QCOMPARE(counts.signaturesChecked, 3);
    QCOMPARE(counts.rendersReproduced, 1);
}

void TestGovernanceAudit::anUndoByAPersonNeedsNoApproval()
{
    decide("a", "allow");
    intend("a");
    close("a", "verified");
    decide("a", "allow", "T1", true);
    takeBack("a");
    close("a", "verified");
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(m_audit.counts().approved, 1);
    QVERIFY(m_audit.counts().open.empty());
}

/// An entry that calls itself an undo needs something that was done, once.
void TestGovernanceAudit::anUndoOfNothingIsAProblem()
{
    decide("a", "allow", "T3", true);
    takeBack("a");
    close("a", "verified");
    QCOMPARE(onlyProblem(), std::string("an undo of something that was not done"));
    decide("b", "allow");
    intend("b");
    close("b", "verified");
    decide("b", "allow", "T1", true);
    takeBack("b");
    close("b", "verified");
    decide("b", "allow", "T1", true);
    takeBack("b");
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    QCOMPARE(m_audit.problems().back().what, std::string("an undo of something that was not done"));
}

/// A leave to take something back is none to do it.
void TestGovernanceAudit::anUndosLeaveIsNoLeaveToAct()
{
    decide("a", "allow", "T1", true);
    intend("a");
    QCOMPARE(onlyProblem(), std::string("an action without a decision that allows it"));
}

void TestGovernanceAudit::oneLeaveIsForOneAct()
{
    decide("a", "allow");
    intend("a");
    close("a", "failed");
    intend("a");
    QCOMPARE(onlyProblem(), std::string("an action without a decision that allows it"));
}

/// What an entry says of its own tier takes nothing away from the decision's, nor from the verb's.
void TestGovernanceAudit::aTierThatIsSaidLowerIsAProblem()
{
    decide("a", "allow", "T3");
    intend("a", "T1");
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    QCOMPARE(m_audit.problems().front().what, std::string("an action of another tier than was decided"));
    QCOMPARE(m_audit.problems().back().what, std::string("an action of tier T3 without approvals"));
}

void TestGovernanceAudit::aVerbHasItsOwnTier_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("tier");
    QTest::newRow("deleting") << "{\"type\":\"credential.delete\"}" << "T3";
    QTest::newRow("detaching") << "{\"type\":\"policy.detach\"}" << "T2";
    QTest::newRow("a verb that is none") << "{\"type\":\"credential.forget\"}" << "T3";
    QTest::newRow("no verb") << "{}" << "T3";
}

void TestGovernanceAudit::aVerbHasItsOwnTier()
{
    QFETCH(QString, action);
    QFETCH(QString, tier);
    const std::string bytes = action.toStdString();
    const std::string named = crypto::sha256("cordon.action.v1\n" + bytes).hex();
    add("decision", Value::Object{{"decision", Value::Object{{"digest", named}, {"effect", "allow"}, {"tier", "T1"},
                                                             {"clauses", Value::Array{"C2"}}}}});
    add("action.intended", Value::Object{{"digest", named}, {"action", bytes}, {"permit", "p"}, {"tier", "T1"}});
    QCOMPARE(onlyProblem(), "an action of tier " + tier.toStdString() + " without approvals");
}

void TestGovernanceAudit::anActionThatIsNotShownIsAProblem()
{
    decide("a", "allow");
    add("action.intended", Value::Object{{"digest", digest("a")}, {"permit", "p"}});
    QVERIFY(!m_audit.problems().empty());
    QCOMPARE(m_audit.problems().front().what, std::string("an action that the entry does not show"));
    QVERIFY(m_audit.counts().unapproved == 1); // and counts as one of the gravest
}

void TestGovernanceAudit::oneKeyUnderTwoNamesIsOneApprover()
{
    m_keys.emplace("user:twin", *crypto::SigningKey::fromSeed(m_keys.at("user:commander-a").seed()));
    inForce();
    ask("a", 2);
    approve("a", "n1");
    approve("a", "n2", "user:twin");
    decide("a", "allow", "T3");
    intend("a", "T3", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("an action with fewer approvers than were asked for"));
}

void TestGovernanceAudit::whoAskedDoesNotApprove()
{
    m_requester = "user:commander-a";
    ask("a", 1);
    approve("a", "n1");
    QCOMPARE(onlyProblem(), std::string("an approval by the person who asked for it: user:commander-a"));
}

void TestGovernanceAudit::anApprovalOutsideTheRequestsTimeIsAProblem()
{
    ask("a", 2);
    m_approvedAt = "2026-11-21T13:00:00Z";
    approve("a", "n1");
    QCOMPARE(onlyProblem(), std::string("an approval that was not signed in the request's time"));
    m_approvedAt = "2026-11-21T11:54:59Z";
    approve("a", "n2", "user:commander-b");
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
}

void TestGovernanceAudit::aRequestThatEndedGivesNoApprovals()
{
    ask("a", 1);
    approve("a", "n1");
    add("approval.void", Value::Object{{"desk", Value::Object{{"request", "AR-0001"}}}}, Actor::Kind::Engine);
    decide("a", "allow", "T2");
    intend("a", "T2", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("approvals of a request that had ended"));
}

void TestGovernanceAudit::aCommanderIsAmongThem()
{
    m_needsCommander = true;
    ask("a", 1);
    approve("a", "n1");
    decide("a", "allow", "T2");
    intend("a", "T2", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("an action that no commander approved"));
}

void TestGovernanceAudit::whoJoinsSigns()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    addBy(newcomer, "person.joined", Value::Object{{"key", m_keys.at(newcomer).publicKey().toString()}, {"nonce", "n"}});
    QCOMPARE(onlyProblem(), "somebody joined without their own signature: " + newcomer);
}

/// Notes, assignments and the end of a halt stand for what a person signed.
void TestGovernanceAudit::nobodyActsWithoutACommandOfTheirs()
{
    const Value note = Value::Object{{"incident", "INC-0001"}, {"text", "x"}};
    take("user:commander-a", "note", note);
    addBy("user:commander-a", "incident.note", Value::Object{{"text", "x"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    addBy("user:commander-a", "incident.note", Value::Object{{"text", "x"}}); // once
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
    take("user:commander-a", "note", note);
    addBy("user:commander-b", "incident.note", Value::Object{{"text", "x"}});
    addBy("user:commander-a", "agent.resumed", Value::Object{{"state", "running"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

// MAESTRO L5
void TestGovernanceAudit::anActSaysWhatThePersonSigned_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("args");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("other"); // what the entry says instead
    const auto row = [](const char* command, const char* args, const char* type, const char* data, const char* other) {
        QTest::addRow("%s %s", command, other) << QByteArray(command) << QByteArray(args) << QByteArray(type) << QByteArray(data) << QByteArray(other);
    };
    row("note", "{'incident':'INC-0001','text':'x'}", "incident.note", "{'text':'x'}", "{'text':'y'}");
    row("note", "{'incident':'INC-0002','text':'x'}", "incident.note", "", "{'text':'x'}");
    row("assign", "{'incident':'INC-0001','to':'user:a'}", "incident.assigned", "{'to':'user:a'}", "{'to':'user:b'}");
    row("close", "{'incident':'INC-0001','reason':'r','verdict':'benign'}", "incident.closed", "{'reason':'r','verdict':'benign'}",
        "{'reason':'r','verdict':'false_positive'}");
    row("reopen", "{'incident':'INC-0001','reason':'r'}", "incident.reopened", "{'reason':'r'}", "{'reason':'s'}");
    row("merge", "{'incident':'INC-0001','others':['INC-0002'],'why':'w'}", "incident.merged",
        "{'alerts':[],'others':['INC-0002'],'why':'w'}", "{'alerts':[],'others':['INC-0003'],'why':'w'}");
    row("split", "{'alerts':['A-0001'],'incident':'INC-0001','why':'w'}", "incident.split",
        "{'alerts':['A-0001'],'others':[],'why':'w'}", "{'alerts':['A-0002'],'others':[],'why':'w'}");
    row("move", "{'alerts':['A-0001'],'incident':'INC-0001','others':['INC-0002'],'why':'w'}", "incident.moved",
        "{'alerts':['A-0001'],'others':['INC-0002'],'why':'w'}", "{'alerts':['A-0001'],'others':['INC-0002'],'why':'v'}");
    row("undo-arrangement", "{'order':'ORD-0001','why':'w'}", "incident.arrangement_undone", "{'order':'ORD-0001','why':'w'}",
        "{'order':'ORD-0002','why':'w'}");
    row("continue", "{'incident':'INC-0001'}", "session.continued", "{'connector':'c'}", "");
    row("continue", "{'incident':'INC-0002'}", "session.continued", "", "{'connector':'c'}");
    row("skip", "{'step':'INC-0001/S1','why':'w'}", "step.skipped", "{'step':'INC-0001/S1','why':'w'}", "{'step':'INC-0001/S2','why':'w'}");
    row("done-elsewhere", "{'note':'n','step':'INC-0001/S1'}", "step.done_elsewhere", "{'note':'n','step':'INC-0001/S1'}",
        "{'note':'m','step':'INC-0001/S1'}");
    row("keep", "{'step':'INC-0001','until':'2026-11-22T00:00:00Z'}", "lease.extended",
        "{'step':'INC-0001/S1','until':'2026-11-22T00:00:00Z'}", "{'step':'INC-0001/S1','until':'2027-11-22T00:00:00Z'}");
    row("ask-again", "{'step':'INC-0001/S1'}", "approval.asked_again", "{'step':'INC-0001/S1'}", "{'step':'INC-0001/S2'}");
    row("undo", "{'step':'INC-0001/S1'}", "decision", "{'step':'INC-0001/S1','undo':true}", "{'step':'INC-0001/S2','undo':true}");
    row("add-sources", "{'paths':['/a','/b']}", "source.added", "{'source':'/b'}", "{'source':'/c'}");
}

void TestGovernanceAudit::anActSaysWhatThePersonSigned()
{
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, args);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, other);
    const auto valueOf = [](QByteArray text) { return json::parse(text.replace('\'', '"').toStdString()).value(); };
    const std::string person = "user:commander-a";
    if (!data.isEmpty()) { // as it was signed, once
        take(person, command.toStdString(), valueOf(args));
        addBy(person, type.toStdString(), valueOf(data));
        QCOMPARE(m_audit.problems().size(), std::size_t{0});
        addBy(person, type.toStdString(), valueOf(data));
        QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
    }
    const std::size_t before = m_audit.problems().size();
    take(person, command.toStdString(), valueOf(args));
    addBy("user:commander-b", type.toStdString(), valueOf(data.isEmpty() ? other : data)); // in another's name
    QCOMPARE(m_audit.problems().size(), before + 1);
    if (!other.isEmpty())
        addBy(person, type.toStdString(), valueOf(other));
    QCOMPARE(m_audit.problems().size(), before + (other.isEmpty() ? 1 : 2));
}

/// What only people do is no act of an agent or engine either.
void TestGovernanceAudit::nobodyElseDoesWhatPeopleDo()
{
    add("incident.merged", Value::Object{{"order", "ORD-0001"}}, Actor::Kind::Engine);
    add("incident.closed", Value::Object{{"verdict", "benign"}}, Actor::Kind::Agent);
    add("inventory.imported", Value::Object{{"name", "x"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
    add("incident.closed", Value::Object{{"clause", "D1"}}, Actor::Kind::Agent);
    add("incident.reopened", Value::Object{{"alerts", 3}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

void TestGovernanceAudit::aClockIsVouchedForUnderASignature()
{
    take("user:commander-a", "present");
    add("clock.distrusted", Value::Object{{"why", "boot_changed"}}, Actor::Kind::Engine);
    addBy("user:commander-a", "clock.trusted", Value::Object{}); // what was signed before the doubt says nothing of it
    QVERIFY(onlyProblem().find("nobody vouched") != std::string::npos);
    take("user:commander-a", "present");
    addBy("user:commander-a", "clock.trusted", Value::Object{});
    QCOMPARE(m_audit.problems().size(), std::size_t{1});
}

/// Where nobody could sign, whoever runs the program brings logs.
void TestGovernanceAudit::logsComeUnsignedInTheNameOfNobodyWhoCouldSign()
{
    addBy("user:local", "source.followed", Value::Object{{"source", "/logs"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    addBy("user:commander-a", "source.followed", Value::Object{{"source", "/logs"}});
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
}

void TestGovernanceAudit::aCommandThatThePersonDidNotSignIsAProblem()
{
    take("user:commander-a", "resume", Value::Object{}, "user:commander-b");
    QVERIFY(onlyProblem().find("signature does not verify") != std::string::npos);
    take("user:commander-a", "resume", Value::Object{}, "", "note");
    QCOMPARE(m_audit.problems().back().what, std::string("a command other than the person signed"));
    take("user:commander-a", "resume", Value::Object{}, "", "", "2026-11-21T11:49:00Z"); // kept back, or never taken
    QVERIFY(m_audit.problems().back().what.find("at another time") != std::string::npos);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

void TestGovernanceAudit::aCommandTakesTheRoleForIt()
{
    m_role = "reviewer";
    inForce();
    take("user:commander-a", "resume");
    QVERIFY(onlyProblem().find("has not the role") != std::string::npos);
}

void TestGovernanceAudit::anActionWithoutADecisionIsAProblem()
{
    intend("a");
    QCOMPARE(m_audit.counts().outOfMandate, 1);
    QCOMPARE(onlyProblem(), std::string("an action without a decision that allows it"));
    QCOMPARE(m_audit.problems().front().seq, std::int64_t{1});
}

void TestGovernanceAudit::theLastDecisionCounts()
{
    decide("a", "allow");
    decide("a", "hold");
    intend("a");
    QCOMPARE(m_audit.counts().outOfMandate, 1);
}

void TestGovernanceAudit::anActionThatIsNotItsDigestIsAProblem()
{
    decide("a", "allow");
    add("action.intended", Value::Object{{"digest", digest("a")}, {"action", action("b")}, {"tier", "T1"}});
    QCOMPARE(onlyProblem(), std::string("the action does not have the digest that the entry gives it"));
}

void TestGovernanceAudit::aT2ActionWithoutApprovalsIsAProblem()
{
    decide("a", "allow", "T2");
    intend("a", "T2");
    QCOMPARE(onlyProblem(), std::string("an action of tier T2 without approvals"));
    QCOMPARE(m_audit.counts().unapproved, 1);
}

void TestGovernanceAudit::approvalsForAnotherActionAreAProblem()
{
    ask("a", 1);
    approve("a", "n1");
    decide("b", "allow", "T2");
    intend("b", "T2", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("approvals that were given for another action"));
    QCOMPARE(m_audit.counts().approvalsBound, 0);
}

void TestGovernanceAudit::tooFewApproversAreAProblem()
{
    ask("a", 2);
    approve("a", "n1");
    decide("a", "allow", "T3");
    intend("a", "T3", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("an action with fewer approvers than were asked for"));
}

void TestGovernanceAudit::theSamePersonTwiceIsOneApprover()
{
    ask("a", 2);
    approve("a", "n1");
    approve("a", "n2");
    decide("a", "allow", "T3");
    intend("a", "T3", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("an action with fewer approvers than were asked for"));
}

void TestGovernanceAudit::aDeniedApprovalIsNoApproval()
{
    ask("a", 1);
    approve("a", "n1", "user:commander-a", "deny");
    decide("a", "allow", "T2");
    intend("a", "T2", "AR-0001");
    QCOMPARE(m_audit.counts().autonomous, 1);
    QCOMPARE(m_audit.counts().unapproved, 1);
}

void TestGovernanceAudit::aNonceGivenTwiceIsAProblem()
{
    ask("a", 2);
    approve("a", "n1");
    approve("a", "n1", "user:commander-b");
    QCOMPARE(m_audit.counts().nonceReuse, 1);
    QCOMPARE(onlyProblem(), std::string("an approval's nonce was given before"));
}

void TestGovernanceAudit::aNonceThatWasNotAskedForIsAProblem()
{
    ask("a", 1);
    approve("a", "n9");
    QCOMPARE(onlyProblem(), std::string("an approval of something other than was asked"));
}

void TestGovernanceAudit::approvalsUsedTwiceAreAProblem()
{
    ask("a", 1);
    approve("a", "n1");
    decide("a", "allow", "T2");
    intend("a", "T2", "AR-0001");
    close("a", "failed");
    decide("a", "allow", "T2");
    intend("a", "T2", "AR-0001");
    QCOMPARE(onlyProblem(), std::string("approvals that were used before"));
}

void TestGovernanceAudit::aPermitUsedTwiceIsAProblem()
{
    for (int i = 0; i < 2; ++i) {
        decide("a", "allow");
        add("action.intended",
            Value::Object{{"digest", digest("a")}, {"action", action("a")}, {"permit", "p"}, {"tier", "T1"}});
    }
    QCOMPARE(onlyProblem(), std::string("a permit that was used before"));
}

void TestGovernanceAudit::aForgedSignatureIsAProblem()
{
    ask("a", 1);
    approve("a", "n1", "user:commander-a", "approve", "user:commander-b");
    QCOMPARE(onlyProblem(), std::string("the approval's signature does not verify"));
}

void TestGovernanceAudit::aStrangersApprovalIsAProblem()
{
    ask("a", 1);
    m_keys.emplace("user:stranger", crypto::SigningKey::generate());
    approve("a", "n1", "user:stranger");
    QCOMPARE(onlyProblem(), std::string("an approval by somebody who is not among the people: user:stranger"));
}

void TestGovernanceAudit::aRevokedPersonsApprovalIsAProblem()
{
    inForce(true);
    ask("a", 1);
    approve("a", "n1");
    QVERIFY(onlyProblem().find("not among the people") != std::string::npos);
}

void TestGovernanceAudit::whoJoinedMayApproveUntilTheyLeave()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    ask("a", 1);
    join(newcomer);
    approve("a", "n1", newcomer);
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(m_audit.counts().signaturesChecked, 3);
    add("person.left", Value::Object{{"person", newcomer}}, Actor::Kind::Engine);
    approve("a", "n2", newcomer);
    QCOMPARE(onlyProblem(), "an approval by somebody who is not among the people: " + newcomer);
}

void TestGovernanceAudit::aJoinThatThePersonDidNotSignMakesNobody_data()
{
    QTest::addColumn<QString>("signer");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("person");
    QTest::newRow("another's signature") << "user:commander-a" << "join" << "user:newcomer";
    QTest::newRow("another order") << "user:newcomer" << "note" << "user:newcomer";
    QTest::newRow("another person's order") << "user:newcomer" << "join" << "user:commander-a";
}

void TestGovernanceAudit::aJoinThatThePersonDidNotSignMakesNobody()
{
    QFETCH(QString, signer);
    QFETCH(QString, command);
    QFETCH(QString, person);
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    join(signer.toStdString(), command.toStdString(), person.toStdString());
    QCOMPARE(onlyProblem(), "somebody joined without their own signature: " + newcomer);
    ask("a", 1);
    approve("a", "n1", newcomer);
    QCOMPARE(m_audit.problems().back().what, "an approval by somebody who is not among the people: " + newcomer);
}

void TestGovernanceAudit::nobodyJoinsInThePlaceOfSomebodyElse()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    join(newcomer);
    m_keys.at(newcomer) = crypto::SigningKey::generate();
    join(newcomer);
    QCOMPARE(onlyProblem(), "somebody joined who was among the people already: " + newcomer);
    add("person.left", Value::Object{{"person", "user:commander-a"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().back().what, std::string("somebody left who had not joined: user:commander-a"));
}

void TestGovernanceAudit::aRequestOfAnotherAgentIsAProblem()
{
    const auto other = crypto::SigningKey::generate();
    ask("a", 1, "Delete it\n", &other);
    QCOMPARE(onlyProblem(), std::string("the request is not signed by the agent"));
}

void TestGovernanceAudit::aRenderThatWasChangedIsAProblem()
{
    ask("a", 1, "Keep it\n");
    QCOMPARE(m_audit.counts().renders, 1);
    QCOMPARE(m_audit.counts().rendersReproduced, 0);
    QCOMPARE(onlyProblem(), std::string("the text shown to approvers does not have the digest that they sign"));
}

void TestGovernanceAudit::anOutcomeWithoutAnActionIsAProblem()
{
    close("a", "verified");
    QCOMPARE(onlyProblem(), std::string("an outcome without an action"));
}

void TestGovernanceAudit::anOpenActionIsListed()
{
    decide("a", "allow");
    intend("a");
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(m_audit.counts().open, std::vector<std::int64_t>{2});
}

void TestGovernanceAudit::anUnknownOutcomeIsListed()
{
    decide("a", "allow");
    intend("a");
    close("a", "unknown");
    QCOMPARE(m_audit.counts().unknownAt, std::vector<std::int64_t>{3});
}

QTEST_GUILESS_MAIN(TestGovernanceAudit)
#include "tst_governance_audit.moc"
