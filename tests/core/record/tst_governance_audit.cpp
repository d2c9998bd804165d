#include "tests/core/record/heard_entries.h"

using namespace cordon;
using namespace cordon::record;

/// Acts of the agent, held against decisions, permits, approvals and outcomes.
class TestGovernanceAudit : public QObject, private test::HeardEntries
{
    Q_OBJECT

private slots:
    void init() { begin(); }
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
    void anEntryCallsAnApprovalWhatWasSigned();
    void onlyTheSignedRequestAsks();
    void anApprovalOutsideTheRequestsTimeIsAProblem();
    void aRequestThatEndedGivesNoApprovals();
    void aCommanderIsAmongThem();
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
    void aRequestOfAnotherAgentIsAProblem();
    void aRenderThatWasChangedIsAProblem();
    void anOutcomeWithoutAnActionIsAProblem();
    void anOpenActionIsListed();
    void anUnknownOutcomeIsListed();
};

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

void TestGovernanceAudit::anEntryCallsAnApprovalWhatWasSigned()
{
    const std::string other = "an approval or denial that the entry calls another, or another person's";
    ask("a", 2);
    approve("a", "n1", "user:commander-a", "deny", "", "approval.granted");
    QCOMPARE(onlyProblem(), other);
    approve("a", "n2", "user:commander-a", "approve", "", "", "user:commander-b");
    QCOMPARE(m_audit.problems().size(), std::size_t(2));
    QCOMPARE(m_audit.problems().back().what, other);
    QCOMPARE(m_audit.counts().denials, std::int64_t{0});
}

void TestGovernanceAudit::onlyTheSignedRequestAsks()
{
    add("load.pinned", Value::Object{{"desk", Value::Object{{"event", "asked"}, {"request", Value::Object{{"request", "AR-0001"}}}}}}, Actor::Kind::Engine);
    QCOMPARE(onlyProblem(), std::string("only the agent's signed request asks for approvals"));
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
    QCOMPARE(onlyProblem(), std::string("an approval of something other than was asked: nonce"));
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
