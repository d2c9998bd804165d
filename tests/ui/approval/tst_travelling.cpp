#include "tests/support/software_key.h"
#include "tests/ui/approval/form_fixture.h"
#include "ui/approval/paste_dialog.h"
#include "ui/approval/qr_view.h"
#include "ui/approval/reply_dialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QPlainTextEdit>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

/// Approving somewhere else, and with a security key.
class TestTravelling : public FormFixture
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

    void aReplyCanBeCopiedAndScanned()
    {
        const QString text = QString(3000, QLatin1Char('r'));
        ui::approval::ReplyDialog dialog(text);
        dialog.show();
        QCOMPARE(dialog.findChild<QPlainTextEdit*>(QStringLiteral("reply"))->toPlainText(), text);
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("copy")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        auto* codes = dialog.findChild<ui::approval::QrView*>();
        QCOMPARE(codes->count(), 5);
        auto* picture = dialog.findChild<QLabel*>(QStringLiteral("qrPicture"));
        QVERIFY(!picture->pixmap().isNull());
        QCOMPARE(picture->accessibleName(), QStringLiteral("QR code 1 of 5"));
        const QImage first = picture->pixmap().toImage();
        QTest::mouseClick(codes->findChildren<QPushButton*>().last(), Qt::LeftButton);
        QCOMPARE(picture->accessibleName(), QStringLiteral("QR code 2 of 5"));
        QVERIFY(picture->pixmap().toImage() != first);
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("done")), Qt::LeftButton);
        QVERIFY(!dialog.isVisible());
    }

    void aRequestIsPastedWholeOrInPieces()
    {
        const std::string text = "cordon.approval-request.v1\n" + std::string(2000, 'q');
        const auto pieces = factor::piecesForQr(text);
        for (const std::string& pasted : {text, pieces[3] + '\n' + pieces[1] + '\n' + pieces[0] + '\n' + pieces[2]}) {
            ui::approval::PasteDialog dialog;
            dialog.show();
            dialog.findChild<QPlainTextEdit*>(QStringLiteral("request"))->setPlainText(QString::fromStdString(pasted));
            QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("open")), Qt::LeftButton);
            QCOMPARE(dialog.result(), int(QDialog::Accepted));
            QCOMPARE(dialog.text(), QString::fromStdString(text));
        }
        ui::approval::PasteDialog dialog;
        dialog.show();
        dialog.findChild<QPlainTextEdit*>(QStringLiteral("request"))->setPlainText(QString::fromStdString(pieces[0]));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("open")), Qt::LeftButton);
        QVERIFY(dialog.isVisible() && dialog.text().isEmpty());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("problem"))->text().contains(QStringLiteral("missing")));
    }
};

QTEST_MAIN(TestTravelling)
#include "tst_travelling.moc"
