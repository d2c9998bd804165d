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
    void whatWasRefusedOrIsOverIsNotDoneLater_data();
    void whatWasRefusedOrIsOverIsNotDoneLater();
    void whatWasDoneWithEvidenceFollowsACommandToo();
    void anEntryThatIsDatedBackIsSeen_data();
    void anEntryThatIsDatedBackIsSeen();
    void aClockThatWasNotSetBackIsSeen();
    void aClockIsVouchedForUnderASignature();
    void aDrillInAPersonsNameWasOrderedByThem();
    void logsComeUnsignedInTheNameOfNobodyWhoCouldSign();
    void aCommandThatThePersonDidNotSignIsAProblem();
    void aCommandTakesTheRoleForIt();
    void whoJoinedMayApproveUntilTheyLeave();
    void aJoinThatThePersonDidNotSignMakesNobody_data();
    void aJoinThatThePersonDidNotSignMakesNobody();
    void nobodyJoinsInThePlaceOfSomebodyElse();
    void anOrderToJoinIsForThisCaseNowAndOnce();
    void whoJoinsIsWhoTheInstallationKnows();
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
    row("step-move", "{'before':'INC-0001/S1','step':'INC-0001/S2','why':'w'}", "step.moved",
        "{'before':'INC-0001/S1','first':'INC-0001/S2','second':'INC-0001/S1','step':'INC-0001/S2','why':'w'}",
        "{'before':'INC-0001/S1','first':'INC-0001/S1','second':'INC-0001/S2','step':'INC-0001/S2','why':'w'}");
    row("step-move", "{'after':'INC-0001/S1','step':'INC-0001/S2','why':'w'}", "step.moved",
        "{'after':'INC-0001/S1','first':'INC-0001/S1','second':'INC-0001/S2','step':'INC-0001/S2','why':'w'}",
        "{'after':'INC-0001/S1','first':'INC-0001/S2','second':'INC-0001/S1','step':'INC-0001/S2','why':'w'}");
    const char* added = "{'incident':'INC-0001','target':'account:x','verb':'account.suspend','why':'w'}";
    const auto adding = [](const char* id, const char* verb) {
        return QByteArray("{'entity':{'id':'") + id + "','kind':'account','name':'n'},'step':'INC-0001/S9','target':'account:x','title':{'args':{'target':'n','verb':'" +
               verb + "'},'code':'step.by_person'},'verb':'account.suspend','why':'w'}";
    };
    row("step-add", added, "step.added", adding("x", "account.suspend").constData(), adding("y", "account.suspend").constData());
    row("step-add", added, "step.added", adding("x", "account.suspend").constData(), adding("x", "evidence.collect").constData());
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

void TestSignedActs::whatWasRefusedOrIsOverIsNotDoneLater_data()
{
    QTest::addColumn<QString>("how");
    for (const char* how : {"refused", "closed", "restart", "day"})
        QTest::newRow(how) << how;
}

// MAESTRO L5
void TestSignedActs::whatWasRefusedOrIsOverIsNotDoneLater()
{
    QFETCH(QString, how);
    const std::string person = "user:commander-a";
    take(person, "keep", Value::Object{{"step", "INC-0001"}, {"until", "2026-11-22T00:00:00Z"}});
    const std::string nonce = "c" + std::to_string(m_seq - 1);
    addBy(person, "lease.extended", Value::Object{{"step", "INC-0001/S1"}, {"until", "2026-11-22T00:00:00Z"}});
    m_mono += 23LL * 3600 * 1'000'000'000;
    addBy(person, "lease.extended", Value::Object{{"step", "INC-0001/S2"}, {"until", "2026-11-22T00:00:00Z"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    if (how == "refused" || how == "closed")
        add("command." + how.toStdString(), Value::Object{{"command", "keep"}, {"nonce", nonce}, {"why", "w"}}, Actor::Kind::Engine);
    else if (how == "restart")
        m_boot = std::string(32, 'c');
    else
        m_mono += 2LL * 3600 * 1'000'000'000;
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    addBy(person, "lease.extended", Value::Object{{"step", "INC-0001/S3"}, {"until", "2026-11-22T00:00:00Z"}});
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
    add("command.refused", Value::Object{{"command", "keep"}, {"nonce", "nobody's"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().back().what, std::string("the end of a command that was not taken"));
}

void TestSignedActs::whatWasDoneWithEvidenceFollowsACommandToo()
{
    const std::string person = "user:commander-a";
    const std::string digest(64, 'd');
    add("evidence.sealed", Value::Object{{"kind", "log"}, {"digest", digest}}, Actor::Kind::Engine);
    take(person, "evidence-hold", Value::Object{{"item", digest}, {"purpose", "p"}});
    const Value held = Value::Object{{"digest", digest}, {"purpose", "p"}, {"order", m_order}};
    add("command.refused", Value::Object{{"nonce", "c" + std::to_string(m_seq - 1)}}, Actor::Kind::Engine);
    addBy(person, "evidence.held", held);
    QVERIFY(onlyProblem().find("an order that was not taken, or was over") != std::string::npos);
    take(person, "evidence-hold", Value::Object{{"item", digest}, {"purpose", "p"}});
    Value again = held;
    addBy(person, "evidence.held", again.set("order", m_order));
    QCOMPARE(m_audit.problems().size(), std::size_t{1});
}

void TestSignedActs::anEntryThatIsDatedBackIsSeen_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<qint64>("running"); // of the machine, seconds
    QTest::addColumn<bool>("isTold");
    QTest::addColumn<bool>("isSeen");
    QTest::newRow("by an hour") << qint64(-3600) << qint64(0) << false << true;
    QTest::newRow("little by little") << qint64(-1) << qint64(0) << false << false;
    QTest::newRow("with a machine that ran for less") << qint64(5) << qint64(-1) << false << true;
    QTest::newRow("after the clock was set back") << qint64(-3600) << qint64(0) << true << false;
}

// MAESTRO L5
void TestSignedActs::anEntryThatIsDatedBackIsSeen()
{
    QFETCH(qint64, seconds);
    QFETCH(qint64, running);
    QFETCH(bool, isTold);
    QFETCH(bool, isSeen);
    m_mono = 10'000'000'000;
    add("note", Value::Object{}, Actor::Kind::Engine);
    m_time = m_time + std::chrono::seconds(seconds);
    m_mono += running * 1'000'000'000;
    if (isTold)
        setBack(now());
    add("note", Value::Object{}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), isSeen ? std::size_t{1} : std::size_t{0});
    if (isSeen)
        QCOMPARE(onlyProblem(), std::string("an entry whose time lies before that of an entry before it"));
}

// MAESTRO L5
void TestSignedActs::aClockThatWasNotSetBackIsSeen()
{
    m_mono = 10'000'000'000;
    add("note", Value::Object{}, Actor::Kind::Engine);
    m_time = m_time + std::chrono::hours(24 * 365);
    setBack(now());
    QCOMPARE(onlyProblem(), std::string("a clock that is said to be set back, and was not"));
    m_time = now() - std::chrono::hours(1);
    setBack(now() + std::chrono::hours(1)); // from a time that nobody told
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    add("clock.set_back", Value::Object{{"from", now().toString()}, {"to", now().toString()}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
    setBack(now());
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

void TestSignedActs::aDrillInAPersonsNameWasOrderedByThem()
{
    addBy("user:commander-a", "halt.drill", Value::Object{{"state", "halted"}});
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
    take("user:commander-a", "halt", Value::Object{{"why", "w"}});
    addBy("user:commander-a", "halt.drill", Value::Object{{"state", "halted"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    take("user:commander-a", "halt", Value::Object{{"why", "w"}, {"drill", true}});
    addBy("user:commander-a", "halt.drill", Value::Object{{"state", "halted"}});
    add("halt.drill", Value::Object{{"by", "user:commander-a"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
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
    m_joinNonce = "n2";
    join(newcomer);
    QCOMPARE(onlyProblem(), "somebody joined who was among the people already: " + newcomer);
    add("person.left", Value::Object{{"person", "user:commander-a"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().back().what, std::string("somebody left who had not joined: user:commander-a"));
}

void TestSignedActs::anOrderToJoinIsForThisCaseNowAndOnce()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    m_joinCase = "another";
    join(newcomer);
    QCOMPARE(onlyProblem(), "somebody joined without their own signature: " + newcomer);
    m_joinCase.clear();
    m_time = m_time + std::chrono::minutes(11);
    join(newcomer);
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    begin();
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    m_time = now() + std::chrono::minutes(5);
    join(newcomer);
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(m_audit.counts().unknownSigners, 1); // elsewhere only the entry says who it is
    add("person.left", Value::Object{{"person", newcomer}}, Actor::Kind::Engine);
    join(newcomer);
    QCOMPARE(onlyProblem(), "an order to join that was used before: " + newcomer);
}

// MAESTRO L5
void TestSignedActs::whoJoinsIsWhoTheInstallationKnows()
{
    const crypto::SigningKey root = crypto::SigningKey::generate();
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    const crypto::PublicKey own = m_keys.at(newcomer).publicKey();
    KnownPeople known{root.publicKey(), {}};
    const auto hear = [&] {
        m_audit = GovernanceAudit({}, known);
        add("ledger.genesis", Value::Object{{"origin", ""}, {"exercise", true}, {"public_key", root.publicKey().toString()}}, Actor::Kind::Engine);
        m_joinNonce += "x";
        join(newcomer);
    };
    hear(); // nobody is enrolled there
    QVERIFY(onlyProblem().find("does not know by that key") != std::string::npos);
    known.isTheirs = [&](const std::string& person, const crypto::PublicKey& key, Timestamp) { return person == newcomer && key == own; };
    known.hasRole = [](const std::string&, const std::string& role, Timestamp) { return role == "analyst"; };
    hear();
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
    QCOMPARE(m_audit.counts().unknownSigners, 0);
    m_joinRoles = Value::Array{"analyst", "commander"};
    hear();
    QVERIFY(onlyProblem().find("a role that they had not") != std::string::npos);
    m_joinRoles = Value::Array{"analyst"};
    m_keys.at(newcomer) = crypto::SigningKey::generate();
    hear();
    QVERIFY(onlyProblem().find("does not know by that key") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSignedActs)
#include "tst_signed_acts.moc"
