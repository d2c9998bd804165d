#include "core/govern/signed_command.h"
#include "people_fixture.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using namespace std::chrono_literals;

namespace {
const std::string analyst = PeopleMaker::analyst;
const std::string ownerA = PeopleMaker::ownerA;
} // namespace

/// What the key of a sitting may sign, and for how long.
class TestPresence : public QObject
{
    Q_OBJECT

    PeopleMaker m_maker;
    PeopleDirectory m_people;
    SeenCommands m_seen;
    crypto::SigningKey m_sitting = crypto::SigningKey::generate();
    Presence m_presence;
    Timestamp m_now;

    std::string presenceBlock() { return *signPresence(m_presence, m_maker.key(m_presence.person)); }
    Command command(const std::string& what) const
    {
        Command made;
        made.command = what;
        made.person = m_presence.person;
        made.issued = m_now;
        made.nonce = crypto::randomHex(16);
        made.caseOrigin = "a.cordon";
        return made;
    }
    std::string bySitting(const Command& made) { return *signForPresence(made, m_sitting, presenceBlock()); }
    /// "" when it was taken, else the reason code.
    std::string why(const std::string& text, const std::string& caseOrigin = "a.cordon")
    {
        const auto taken = verifyCommand(text, m_people, caseOrigin, m_now, 10min, m_seen);
        return taken ? std::string() : taken.error().detail.substr(0, taken.error().detail.find(':'));
    }

private slots:
    void init()
    {
        m_maker = PeopleMaker();
        m_maker.fill();
        m_people = m_maker.roll.people();
        m_seen = {};
        m_now = Timestamp::fromMicros(1'790'000'000'000'000);
        m_presence = {analyst, m_sitting.publicKey(), "a.cordon", m_now, crypto::randomHex(16)};
    }

    void signsWhatIsOfNoConsequence_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("reason");
        for (const char* free : {"note", "assign", "skip", "ask-again", "sign-in", "sign-out", "add-sources", "follow", "stop-following"})
            QTest::newRow(free) << free << "";
        for (const char* grave : {"undo", "keep", "resume", "done-elsewhere", "halt", "continue"})
            QTest::newRow(grave) << grave << "factors_needed";
    }
    void signsWhatIsOfNoConsequence()
    {
        QFETCH(QString, what);
        QFETCH(QString, reason);
        QCOMPARE(why(bySitting(command(what.toStdString()))), reason.toStdString());
    }

    void endsAfterTwelveHoursAndWithItsSignOut()
    {
        m_now = m_presence.issued + 12h;
        QCOMPARE(why(bySitting(command("note"))), std::string());
        m_now = m_presence.issued + 12h + 1s;
        QCOMPARE(why(bySitting(command("note"))), std::string("presence_ended"));
        m_now = m_presence.issued - 2min; // a clock set back does not make it last longer
        QCOMPARE(why(bySitting(command("note"))), std::string("presence_ended"));
        m_now = m_presence.issued + 1h;
        QCOMPARE(why(bySitting(command("sign-out"))), std::string());
        QCOMPARE(why(bySitting(command("note"))), std::string("presence_ended"));
        m_presence.nonce = crypto::randomHex(16); // a new sign-in
        QCOMPARE(why(bySitting(command("note"))), std::string());
    }

    /// Whoever chose a sitting's number as that of a command would end it.
    void aCommandsNonceEndsNobodysSitting()
    {
        Command made = command("note");
        made.nonce = m_presence.nonce;
        QCOMPARE(why(*signCommand(made, m_maker.key(analyst))), std::string());
        QCOMPARE(why(bySitting(command("note"))), std::string());
    }

    void aSittingBeginsOnce()
    {
        QCOMPARE(why(bySitting(command("sign-in"))), std::string());
        QCOMPARE(why(bySitting(command("sign-in"))), std::string("presence_used"));
        QCOMPARE(why(bySitting(command("note"))), std::string());
    }

    void isForOnePersonOneCaseOneKey()
    {
        const std::string good = presenceBlock();
        const auto text = [&](const Command& made, const crypto::SigningKey& key) {
            return *signForPresence(made, key, good);
        };
        Command made = command("note");
        made.person = ownerA; // the sitting of one, the name of another
        QCOMPARE(why(text(made, m_sitting)), std::string("presence_other"));
        QCOMPARE(why(text(command("note"), crypto::SigningKey::generate())), std::string("signature_bad"));
        QCOMPARE(why(text(command("note"), m_sitting), "b.cordon"), std::string("case_other"));
        made = command("note");
        made.caseOrigin = "b.cordon";
        QCOMPARE(why(text(made, m_sitting)), std::string("case_other"));
        QCOMPARE(why(*signCommand(command("note"), m_sitting)), std::string("signature_bad")); // without the presence
        const std::string forged = *signPresence(m_presence, m_sitting);                      // vouching for itself
        QCOMPARE(why(*signForPresence(command("note"), m_sitting, forged)), std::string("signature_bad"));
        const std::string once = text(command("note"), m_sitting);
        QCOMPARE(why(once), std::string());
        QCOMPARE(why(once), std::string("nonce_used"));
    }

    void ofWhoIsRetiredCountsNoMore()
    {
        const std::string block = bySitting(command("note"));
        QVERIFY(m_people.revoke(analyst));
        QCOMPARE(why(block), std::string("key_revoked"));
    }

    void whoHasNoSuchRoleOnlyLooks()
    {
        m_presence.person = ownerA; // an owner, and nothing else
        QCOMPARE(why(bySitting(command("sign-in"))), std::string());
        QCOMPARE(why(bySitting(command("note"))), std::string("role_missing"));
        QCOMPARE(why(bySitting(command("skip"))), std::string("role_missing"));
    }
};

QTEST_GUILESS_MAIN(TestPresence)
#include "tst_presence.moc"
