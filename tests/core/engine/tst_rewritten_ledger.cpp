#include "tests/core/engine/forged_case.h"
#include "tests/core/engine/rewritten_ledger.h"

using namespace cordon;
using namespace cordon::tests;

/// Whoever has the log key writes entries of its epoch anew, beside what people genuinely signed.
class TestRewrittenLedger : public QObject, private ForgedCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_whole = std::make_unique<CaseFixture>();
        const auto held = m_whole->run();
        const auto given = m_whole->answer(*held, CaseFixture::step(*held, "policy.detach")->request, commander);
        QVERIFY2(given.isGiven(), given.reason.c_str());
        VERIFY_DONE(held->apply(engine::SubmitReply{given.reply}, {}));
        QVERIFY(!m_whole->ledger("approval.granted").empty());
        VERIFY_DONE(held->finish());
        compareVerdicts(*m_whole, 0);
    }

    // AP-19, MAESTRO L5
    void approvalsWitnessTheEntriesBeforeThem()
    {
        const auto made = copy();
        const std::size_t asked = made->ledger("approval.requested").size();
        rewriteLedger(*made, [isFirst = true](LedgerEntry& entry) mutable {
            if (entry.type == "agent.view" && std::exchange(isFirst, false))
                entry.data.set("unseen", 99);
        });
        compareVerdicts(*made, 1, "names another head than the ledger had");
        QCOMPARE(CaseFixture::must(engine::findUnprovenActs(made->folder(), made->home())).size(), asked);
        const auto held = made->wake();
        for (const auto& [id, request] : held->approvals().all()) // what the agent opening it asked itself
            QVERIFY2(request.request.ledgerSize > made->ledger("approval.granted").back().seq, id.c_str());
    }

    void aRewrittenApprovalIsNotWhatItsPersonSigned_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* member, const char* words) { QTest::newRow(member) << QByteArray(member) << QByteArray(words); };
        row("reason", "gives in two ways");
        row("reply", "that says something else than its person signed");
        row("step", "another step");
        row("accountable", "whom the mandate does not name");
        row("roles", "a role that its person had not");
        row("key", "under another key than the entry gives");
        row("at", "came in at another time");
        row("block", "without the reply that its person signed");
    }
    // AP-19, MAESTRO L5
    void aRewrittenApprovalIsNotWhatItsPersonSigned()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, words);
        const auto made = copy();
        rewriteLedger(*made, [&](LedgerEntry& entry) {
            if (entry.type != "approval.granted")
                return;
            Value desk = entry.data["desk"];
            Value reply = desk["reply"];
            if (member == "roles")
                desk.set("roles", Value::Array{"analyst", "commander", "owner"});
            else if (member == "key")
                desk.set("key", crypto::SigningKey::generate().publicKey().toString());
            else if (member == "at")
                desk.set("at", "2036-01-01T00:00:00Z");
            else if (member != "reply")
                entry.data.set(member.toStdString(), "another");
            if (member == "reply") {
                entry.data.set("reason", "another");
                desk.set("reply", reply.set("reason", "another"));
            }
            entry.data.set("desk", desk);
        });
        compareVerdicts(*made, 1, words.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestRewrittenLedger)
#include "tst_rewritten_ledger.moc"
