#include "tests/support/software_key.h"
#include "tests/ui/approval/form_fixture.h"

#include <QCheckBox>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

/// Approving with a security key.
class TestSecurityKeyForm : public FormFixture
{
    Q_OBJECT

    SoftwareKey m_key;

private slots:
    void initTestCase()
    {
        prepare();
        const std::filesystem::path folder = m_people.path().toStdString();
        auto people = govern::PeopleDirectory::load(folder);
        QVERIFY(people && people->addSecurityKey(person, m_key.publicHalf()) && people->save(folder));
    }
    void init() { reset(); }
    void cleanup()
    {
        close();
        m_authenticator = nullptr;
    }

    void aSecurityKeyStandsInForTheAuthenticatorCode()
    {
        m_authenticator = &m_key;
        open();
        readAll();
        QTest::keyClicks(field("code"), code());
        QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
        m_reading += 3s;
        letItTick();
        QVERIFY2(!button("approve")->isEnabled(), "the authenticator code is missing");
        QVERIFY(!field("keyPin")->isEnabled());
        part<QCheckBox>("useSecurityKey")->click();
        QVERIFY(field("keyPin")->isEnabled() && !field("totp")->isEnabled());
        QTest::keyClicks(field("keyPin"), QString::fromStdString(m_key.pin));
        m_reading += 3s;
        letItTick();
        QVERIFY2(button("approve")->isEnabled(), qPrintable(status()));
        QTest::mouseClick(button("approve"), Qt::LeftButton);
        QTRY_COMPARE(m_replies.size(), 1);
        const auto reply = govern::readReply(m_replies[0].toStdString());
        QVERIFY(reply && reply->assertion);
        QCOMPARE(reply->factors, (std::vector<std::string>{"key", "pin", "security_key"}));
        QVERIFY(reply->decidedAfterMillis >= 0);
    }

    void aWrongKeyPinIsTold()
    {
        m_authenticator = &m_key;
        open();
        readAll();
        QTest::keyClicks(field("code"), code());
        QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
        part<QCheckBox>("useSecurityKey")->click();
        QTest::keyClicks(field("keyPin"), QStringLiteral("0000"));
        m_reading += 3s;
        letItTick();
        QTest::mouseClick(button("approve"), Qt::LeftButton);
        QTRY_VERIFY(m_form->message().contains(QStringLiteral("security key refused")));
        QVERIFY(m_replies.isEmpty());
    }

    void whoHasNoKeyIsNotOfferedOne()
    {
        open();
        QVERIFY(!part<QCheckBox>("useSecurityKey") && !field("keyPin"));
    }
};

QTEST_MAIN(TestSecurityKeyForm)
#include "tst_security_key_form.moc"
