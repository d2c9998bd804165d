#include "tests/core/record/heard_entries.h"

using namespace cordon;
using namespace cordon::record;

/// A clock that is said to be set back makes no old order fresh and nobody somebody again; one that was makes lawful acts none of the
/// unlawful.
class TestClockSetBack : public QObject, private test::HeardEntries
{
    Q_OBJECT

private:
    static constexpr const char* person = "user:commander-a";
    const Value m_note = Value::Object{{"incident", "INC-0001"}, {"text", "x"}};

    /// An hour passes, and the clock is set back to where it was.
    void setBackByAnHour()
    {
        m_time = now() + std::chrono::hours(1);
        add("note", Value::Object{}, Actor::Kind::Engine);
        const Timestamp from = m_time;
        m_time = now();
        setBack(from);
        add("clock.distrusted", Value::Object{{"why", "clock_back"}}, Actor::Kind::Engine);
    }
    static Value naming(Value args, Timestamp clock) { return args.set("clock", clock.toString()); }

private slots:
    void init() { begin(); }
    void anOldOrderStaysOld();
    void whoVouchesNamesTheTimeThatTheLedgerHadReached();
    void aStepOfSecondsTakesNobodysWord();
    void anOrderIsNotGivenAnotherDay();
    void anOldOrderToJoinStaysOld();
    void afterwardsPeopleAreJudgedByTheClockThatWasVouchedFor();
};

// AP-06, MAESTRO L5
void TestClockSetBack::anOldOrderStaysOld()
{
    setBackByAnHour();
    take(person, "note", m_note); // signed at that time, and never delivered
    QVERIFY(onlyProblem().find("at another time than it was taken") != std::string::npos);
    addBy(person, "incident.note", Value::Object{{"text", "x"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
    addBy(person, "clock.trusted", Value::Object{}); // nor does it vouch for the clock
    QCOMPARE(m_audit.problems().size(), std::size_t{3});
}

void TestClockSetBack::whoVouchesNamesTheTimeThatTheLedgerHadReached()
{
    const Timestamp reached = now() + std::chrono::hours(1);
    setBackByAnHour();
    take(person, "present", naming(Value::Object{}, reached + Duration(1)));
    QVERIFY(onlyProblem().find("at another time") != std::string::npos);
    take(person, "note", naming(m_note, reached));
    addBy(person, "clock.trusted", Value::Object{{"clock", reached.toString()}});
    addBy(person, "incident.note", Value::Object{{"text", "x"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{1});
    take(person, "note", m_note); // from here on the clock counts
    addBy(person, "incident.note", Value::Object{{"text", "x"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{1});
    addBy(person, "clock.trusted", Value::Object{{"clock", (reached + Duration(1)).toString()}}); // that nobody named
    QCOMPARE(m_audit.problems().size(), std::size_t{2});
}

void TestClockSetBack::aStepOfSecondsTakesNobodysWord()
{
    m_time = now() + std::chrono::minutes(9);
    add("note", Value::Object{}, Actor::Kind::Engine);
    m_time = now();
    setBack(now() + std::chrono::minutes(9));
    take(person, "note", m_note);
    addBy(person, "incident.note", Value::Object{{"text", "x"}});
    QCOMPARE(m_audit.problems().size(), std::size_t{0});
}

// MAESTRO L5
void TestClockSetBack::anOrderIsNotGivenAnotherDay()
{
    constexpr std::int64_t hour = 3600LL * 1'000'000'000;
    m_mono = 100 * hour;
    take(person, "note", m_note);
    m_mono += 20 * hour;
    add("note", Value::Object{}, Actor::Kind::Engine);
    m_mono -= 20 * hour; // as a snapshot of the machine would
    setBack(now());
    m_mono += 5 * hour;
    addBy(person, "incident.note", Value::Object{{"text", "x"}});
    QVERIFY(onlyProblem().find("no order of theirs") != std::string::npos);
}

void TestClockSetBack::anOldOrderToJoinStaysOld()
{
    m_keys.emplace(newcomer, crypto::SigningKey::generate());
    setBackByAnHour();
    join(newcomer);
    QCOMPARE(onlyProblem(), "somebody joined without their own signature: " + newcomer);
}

// R7
void TestClockSetBack::afterwardsPeopleAreJudgedByTheClockThatWasVouchedFor()
{
    const crypto::SigningKey root = crypto::SigningKey::generate();
    const crypto::PublicKey own = m_keys.at(person).publicKey();
    const Timestamp leapt = now() + std::chrono::hours(24 * 30);
    const Timestamp retired = now() + std::chrono::hours(24 * 365);
    const auto hear = [&](bool isVouched) {
        KnownPeople known{root.publicKey(), {}};
        known.isTheirs = [&, isVouched](const std::string&, const crypto::PublicKey& key, Timestamp at) {
            return key == own && at < (isVouched ? retired : leapt);
        };
        known.keysOf = [own](const std::string&, Timestamp) { return std::vector<crypto::PublicKey>{own}; };
        known.hasRole = [](const std::string&, const std::string& role, Timestamp) { return role == "analyst"; };
        m_audit = GovernanceAudit({}, known);
        m_time = now();
        add("ledger.genesis", Value::Object{{"origin", ""}, {"exercise", false}, {"public_key", root.publicKey().toString()}}, Actor::Kind::Engine);
        m_time = leapt;
        add("note", Value::Object{}, Actor::Kind::Engine);
        m_time = now();
        setBack(leapt);
        m_takenKey = own.toString();
        take(person, "present", naming(Value::Object{}, leapt));
        addBy(person, "clock.trusted", Value::Object{{"clock", leapt.toString()}});
        take(person, "note", m_note);
        addBy(person, "incident.note", Value::Object{{"text", "x"}});
    };
    hear(true);
    QVERIFY2(m_audit.problems().empty(), m_audit.problems().empty() ? "" : m_audit.problems().front().what.c_str());
    hear(false); // who was nobody any more when the clock was set back vouches for none
    QVERIFY(!m_audit.problems().empty());
    QVERIFY(m_audit.problems().front().what.find("a key that was not that person's at the time") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestClockSetBack)
#include "tst_clock_set_back.moc"
