#include "tests/core/record/heard_entries.h"

using namespace cordon;
using namespace cordon::record;

/// What a person signed is what they were asked, and what the entry says of it is what they signed.
class TestApprovalMatch : public QObject, private test::HeardEntries
{
    Q_OBJECT

private:
    /// The one problem that is left when an approval comes in.
    std::string cameIn(const char* person = "user:commander-a")
    {
        ask("a", 2);
        approve("a", "n1", person);
        return m_audit.problems().empty() ? "" : onlyProblem();
    }

private slots:
    void init() { begin(); }
    void whatWasSignedIsWhatWasAsked_data();
    void whatWasSignedIsWhatWasAsked();
    void anApprovalHasTheMembersOfOne();
    void theFactorsThatWereAskedForAreGiven();
    void theEntrySaysWhatWasSigned_data();
    void theEntrySaysWhatWasSigned();
    void whoHadAPartInItDoesNotApprove();
    void theReasonIsUnderThePersonsSignature();
    void whoIsAccountableTheMandateSays();
};

void TestApprovalMatch::whatWasSignedIsWhatWasAsked_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* value) { QTest::newRow(name) << QByteArray(name) << QByteArray(value); };
    row("tier", "\"T2\"");
    row("session", "\"another\"");
    row("requester", "\"user:commander-b\"");
    row("approve_by", "\"2026-11-22T13:00:00Z\"");
    row("boot_id", "\"another\"");
    row("mono_issued", "5");
    row("ledger_size", "2");
    row("ledger_root", "\"00\"");
    row("render_digest", "\"00\"");
    row("v", "2");
}

// AP-02, AP-19, MAESTRO L5
void TestApprovalMatch::whatWasSignedIsWhatWasAsked()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    m_signedOtherwise.emplace(name.toStdString(), json::parse(value.toStdString()).value());
    QCOMPARE(cameIn(), "an approval of something other than was asked: " + name.toStdString());
    decide("a", "allow", "T3");
    intend("a", "T3", "AR-0001");
    QCOMPARE(m_audit.counts().approvalsUsed, 0);
}

void TestApprovalMatch::anApprovalHasTheMembersOfOne()
{
    m_signedOtherwise.emplace("more", 1);
    QCOMPARE(cameIn(), std::string("an approval that has not the members of one"));
}

void TestApprovalMatch::theFactorsThatWereAskedForAreGiven()
{
    m_neededFactors = Value::Array{"pin", "totp"};
    m_signedOtherwise["factors"] = Value::Array{"pin"};
    QCOMPARE(cameIn(), std::string("an approval without a factor that was asked for"));
    begin();
    m_neededFactors = Value::Array{"pin", "totp"};
    m_signedOtherwise["factors"] = Value::Array{"pin", "security_key"};
    QCOMPARE(cameIn(), std::string());
}

void TestApprovalMatch::theEntrySaysWhatWasSigned_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* what, const char* name, const char* value, const char* words) {
        QTest::newRow(what) << QByteArray(name) << QByteArray(value) << QByteArray(words);
    };
    row("the reason", "reason", "\"another\"", "gives in two ways");
    row("the signature", "signature", "\"00\"", "signature does not verify");
    row("the step", "step", "\"INC-0001/S9\"", "another step");
    row("no reply", "desk", "{}", "gives in two ways");
}

// MAESTRO L5
void TestApprovalMatch::theEntrySaysWhatWasSigned()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, words);
    m_toldOtherwise.emplace(name.toStdString(), json::parse(value.toStdString()).value());
    (void)cameIn();
    QVERIFY(!m_audit.problems().empty());
    QVERIFY2(m_audit.problems().front().what.find(words.toStdString()) != std::string::npos, m_audit.problems().front().what.c_str());
}

void TestApprovalMatch::whoHadAPartInItDoesNotApprove()
{
    m_excluded = Value::Array{"user:commander-b"};
    QCOMPARE(cameIn("user:commander-b"), std::string("an approval by somebody who had a part in what was asked: user:commander-b"));
    approve("a", "n2");
    QCOMPARE(m_audit.problems().size(), std::size_t(1));
}

// MAESTRO L5
void TestApprovalMatch::theReasonIsUnderThePersonsSignature()
{
    m_excluded = Value::Array{};
    QCOMPARE(cameIn(), std::string());
    begin();
    m_excluded = Value::Array{};
    m_toldOtherwise.emplace("block", "");
    QCOMPARE(cameIn(), std::string("an approval without the reply that its person signed: user:commander-a"));
    begin();
    m_excluded = Value::Array{};
    m_toldOtherwise.emplace("block", replyBlock("user:commander-a", "user:commander-b", Value::Object{}));
    QCOMPARE(cameIn(), std::string("an approval without the reply that its person signed: user:commander-a"));
    begin();
    m_excluded = Value::Array{};
    m_toldOtherwise.emplace("block", replyBlock("user:commander-a", "user:commander-a", Value::Object{{"reason", "another"}}));
    QCOMPARE(cameIn(), std::string("an approval that says something else than its person signed: user:commander-a"));
}

void TestApprovalMatch::whoIsAccountableTheMandateSays()
{
    LedgerEntry entry;
    entry.type = "mandate.in_force";
    entry.data = Value::Object{{"digest", "m"}, {"accountable", "user:owner-a"}};
    m_audit = GovernanceAudit();
    m_audit.add(entry);
    entry.type = "agent.view";
    entry.mandate = "m";
    entry.data = Value::Object{{"accountable", "user:owner-a"}};
    m_audit.add(entry);
    QVERIFY(m_audit.problems().empty());
    entry.data = Value::Object{{"accountable", "user:nobody"}};
    m_audit.add(entry);
    QCOMPARE(onlyProblem(), std::string("somebody is said to be accountable whom the mandate does not name"));
}

QTEST_GUILESS_MAIN(TestApprovalMatch)
#include "tst_approval_match.moc"
