#include "tests/core/record/heard_entries.h"

using namespace cordon;
using namespace cordon::record;

/// What the ledger says that people did, held against what they signed.
class TestSignedActs : public QObject, private test::HeardEntries
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void whoJoinsSigns();
    void nobodyActsWithoutACommandOfTheirs();
    void anActSaysWhatThePersonSigned_data();
    void anActSaysWhatThePersonSigned();
    void nobodyElseDoesWhatPeopleDo();
    void aClockIsVouchedForUnderASignature();
    void logsComeUnsignedInTheNameOfNobodyWhoCouldSign();
    void aCommandThatThePersonDidNotSignIsAProblem();
    void aCommandTakesTheRoleForIt();
    void whoJoinedMayApproveUntilTheyLeave();
    void aJoinThatThePersonDidNotSignMakesNobody_data();
    void aJoinThatThePersonDidNotSignMakesNobody();
    void nobodyJoinsInThePlaceOfSomebodyElse();
};

void TestSignedActs::whoJoinsSigns()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    addBy(newcomer, "person.joined", Value::Object{{"key", m_keys.at(newcomer).publicKey().toString()}, {"nonce", "n"}});
    QCOMPARE(onlyProblem(), "somebody joined without their own signature: " + newcomer);
}

/// Notes, assignments and the end of a halt stand for what a person signed.
void TestSignedActs::nobodyActsWithoutACommandOfTheirs()
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
void TestSignedActs::anActSaysWhatThePersonSigned_data()
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

void TestSignedActs::anActSaysWhatThePersonSigned()
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
void TestSignedActs::nobodyElseDoesWhatPeopleDo()
{
    add("incident.merged", Value::Object{{"order", "ORD-0001"}}, Actor::Kind::Engine);
    add("incident.closed", Value::Object{{"verdict", "benign"}}, Actor::Kind::Agent);
    add("inventory.imported", Value::Object{{"name", "x"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
    add("incident.closed", Value::Object{{"clause", "D1"}}, Actor::Kind::Agent);
    add("incident.reopened", Value::Object{{"alerts", 3}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

void TestSignedActs::aClockIsVouchedForUnderASignature()
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
void TestSignedActs::logsComeUnsignedInTheNameOfNobodyWhoCouldSign()
{
    addBy("user:local", "source.followed", Value::Object{{"source", "/logs"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    addBy("user:commander-a", "source.followed", Value::Object{{"source", "/logs"}});
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
}

void TestSignedActs::aCommandThatThePersonDidNotSignIsAProblem()
{
    take("user:commander-a", "resume", Value::Object{}, "user:commander-b");
    QVERIFY(onlyProblem().find("signature does not verify") != std::string::npos);
    take("user:commander-a", "resume", Value::Object{}, "", "note");
    QCOMPARE(m_audit.problems().back().what, std::string("a command other than the person signed"));
    take("user:commander-a", "resume", Value::Object{}, "", "", "2026-11-21T11:49:00Z"); // kept back, or never taken
    QVERIFY(m_audit.problems().back().what.find("at another time") != std::string::npos);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

void TestSignedActs::aCommandTakesTheRoleForIt()
{
    m_role = "reviewer";
    inForce();
    take("user:commander-a", "resume");
    QVERIFY(onlyProblem().find("has not the role") != std::string::npos);
}

void TestSignedActs::whoJoinedMayApproveUntilTheyLeave()
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

void TestSignedActs::aJoinThatThePersonDidNotSignMakesNobody_data()
{
    QTest::addColumn<QString>("signer");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("person");
    QTest::newRow("another's signature") << "user:commander-a" << "join" << "user:newcomer";
    QTest::newRow("another order") << "user:newcomer" << "note" << "user:newcomer";
    QTest::newRow("another person's order") << "user:newcomer" << "join" << "user:commander-a";
}

void TestSignedActs::aJoinThatThePersonDidNotSignMakesNobody()
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

void TestSignedActs::nobodyJoinsInThePlaceOfSomebodyElse()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    join(newcomer);
    m_keys.at(newcomer) = crypto::SigningKey::generate();
    join(newcomer);
    QCOMPARE(onlyProblem(), "somebody joined who was among the people already: " + newcomer);
    add("person.left", Value::Object{{"person", "user:commander-a"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().back().what, std::string("somebody left who had not joined: user:commander-a"));
}

QTEST_GUILESS_MAIN(TestSignedActs)
#include "tst_signed_acts.moc"
