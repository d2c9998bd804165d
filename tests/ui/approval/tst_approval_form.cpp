#include "tests/ui/approval/form_fixture.h"
#include "ui/text/times.h"

#include <QPlainTextEdit>
#include <QSet>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

/// What the step-up form asks for, shows and gives.
class TestApprovalForm : public FormFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void init() { reset(); }
    void cleanup() { close(); }

    void approveOpensOnlyWhenNothingIsMissing();
    void aReplyIsSignedByThePersonForExactlyThisAction();
    void aWrongCodeKeepsApproveClosed();
    void theTargetMustBeTypedWhereItIsAskedFor();
    void theKeyboardApprovesWithItsOwnKeysOnceReady();
    void aDenialNeedsAReasonAndThePin();
    void denyingCanPauseTheAgent();
    void escapeAndClosingMeanNotNow();
    void aDisruptiveStepAsksForPinAlone();
    void aRequestThatRanOutCannotBeApproved();
    void aRequestEndsByTheCaseClockToo();
    void theBytesToBeCarriedOutCanBeRead();
    void everyControlHasAnAccessibleName();
};

void TestApprovalForm::approveOpensOnlyWhenNothingIsMissing()
{
    open();
    QPushButton* approve = button("approve");
    QCOMPARE(approve->text(), QStringLiteral("Approve, one of 2"));
    const QRect factsPlace = part<QScrollArea>("facts")->geometry();
    QVERIFY2(m_form->hasFocus(), "no field and no button is chosen beforehand");
    for (const QPushButton* each : m_form->findChildren<QPushButton*>())
        QVERIFY(!each->isDefault() && !each->autoDefault());
    readAll();
    fill();
    letItTick(5);
    QVERIFY2(!approve->isEnabled(), "the delay is not over");
    m_reading += 2999ms;
    letItTick(5);
    QVERIFY(!approve->isEnabled());
    m_reading += 1ms;
    letItTick(1);
    QVERIFY2(!approve->isEnabled(), "one tick is not enough");
    letItTick(1);
    QVERIFY(approve->isEnabled());

    for (const char* name : {"code", "pin", "totp"}) {
        QLineEdit* edit = field(name);
        const QString before = edit->text();
        QTest::keyClick(edit, Qt::Key_Backspace);
        QVERIFY2(!approve->isEnabled(), name);
        letItTick(5);
        QVERIFY2(!approve->isEnabled(), name);
        QTest::keyClick(edit, before.back().toLatin1());
        letItTick();
        QVERIFY2(approve->isEnabled(), name);
    }
    QVERIFY(m_replies.isEmpty());
    QCoreApplication::processEvents();
    QVERIFY2(part<QScrollArea>("facts")->geometry() == factsPlace, "changing words must not move what is read");
}

void TestApprovalForm::aReplyIsSignedByThePersonForExactlyThisAction()
{
    openReady();
    QTest::keyClicks(field("reason"), QStringLiteral("key made by an intruder"));
    letItTick();
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QVERIFY2(field("pin")->text().isEmpty(), "the PIN leaves the field at once");
    QTRY_COMPARE(m_replies.size(), 1);
    QCOMPARE(m_answers, QList<bool>{true});
    const std::string reply = m_replies.first().toStdString();
    const auto approval = govern::readReply(reply);
    QVERIFY(approval.has_value());
    QVERIFY(govern::isReplySignedBy(reply, *approval, m_key));
    QVERIFY(approval->isApproved);
    QCOMPARE(approval->approver, std::string(person));
    QCOMPARE(approval->actionDigest, m_request.actionDigest);
    QCOMPARE(approval->renderDigest, m_request.renderDigest);
    QCOMPARE(approval->nonce, m_request.nonces.front());
    QCOMPARE(approval->factors, (std::vector<std::string>{"key", "pin", "totp"}));
    QCOMPARE(approval->reason, std::string("key made by an intruder"));
    QVERIFY(!m_form->isVisible());
    QCOMPARE(m_notNow, 0);
}

void TestApprovalForm::aWrongCodeKeepsApproveClosed()
{
    open();
    readAll();
    QTest::keyClicks(field("code"), QStringLiteral("00-00-00"));
    QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
    QTest::keyClicks(field("totp"), totp());
    m_reading += 10s;
    letItTick(5);
    QVERIFY(!button("approve")->isEnabled());
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QVERIFY(m_replies.isEmpty());
    QVERIFY(m_form->isVisible());
}

void TestApprovalForm::theTargetMustBeTypedWhereItIsAskedFor()
{
    Asked asked;
    asked.isTypedTarget = true;
    asked.targetName = "svc-ci";
    open(asked);
    readAll();
    fill();
    m_reading += 3s;
    letItTick();
    QVERIFY(!button("approve")->isEnabled());
    QTest::keyClicks(field("typedTarget"), QStringLiteral("svc-cd"));
    letItTick();
    QVERIFY(!button("approve")->isEnabled());
    QTest::keyClick(field("typedTarget"), Qt::Key_Backspace);
    QTest::keyClick(field("typedTarget"), 'i');
    letItTick();
    QVERIFY(button("approve")->isEnabled());
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QTRY_COMPARE(m_replies.size(), 1);
}

void TestApprovalForm::theKeyboardApprovesWithItsOwnKeysOnceReady()
{
    open();
    readAll();
    fill();
    QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    letItTick();
    QTest::keyClick(field("totp"), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_replies.isEmpty());
    m_reading += 3s;
    letItTick();
    QVERIFY(status().contains(QStringLiteral("Ctrl+Shift+Enter")));
    QTest::keyClick(field("totp"), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_replies.size(), 1);
}

void TestApprovalForm::aDenialNeedsAReasonAndThePin()
{
    open();
    QVERIFY(button("deny")->isEnabled());
    QTest::mouseClick(button("deny"), Qt::LeftButton);
    QVERIFY(button("confirmDenial")->isVisible());
    QTest::mouseClick(button("confirmDenial"), Qt::LeftButton);
    QVERIFY(m_form->message().contains(QStringLiteral("reason")));
    QTest::keyClicks(field("reason"), QStringLiteral("the key is ours"));
    QTest::mouseClick(button("confirmDenial"), Qt::LeftButton);
    QVERIFY(m_form->message().contains(QStringLiteral("PIN")));
    QVERIFY(m_replies.isEmpty());
    QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
    QTest::mouseClick(button("confirmDenial"), Qt::LeftButton);
    QTRY_COMPARE(m_replies.size(), 1);
    QCOMPARE(m_answers, QList<bool>{false});
    const auto denial = govern::readReply(m_replies.first().toStdString());
    QVERIFY(denial.has_value());
    QVERIFY(!denial->isApproved);
    QVERIFY(!denial->isAgentPaused);
    QCOMPARE(denial->reason, std::string("the key is ours"));
    QVERIFY(govern::isReplySignedBy(m_replies.first().toStdString(), *denial, m_key));
}

void TestApprovalForm::denyingCanPauseTheAgent()
{
    open();
    QTest::keyClicks(field("reason"), QStringLiteral("the agent is wrong here"));
    QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
    QTest::mouseClick(button("denyAndPause"), Qt::LeftButton); // one click when all is there
    QTRY_COMPARE(m_replies.size(), 1);
    const auto denial = govern::readReply(m_replies.first().toStdString());
    QVERIFY(denial.has_value());
    QVERIFY(!denial->isApproved);
    QVERIFY(denial->isAgentPaused);
}

void TestApprovalForm::escapeAndClosingMeanNotNow()
{
    openReady();
    QTest::keyClick(field("pin"), Qt::Key_Escape);
    QCOMPARE(m_notNow, 1);
    QVERIFY(!m_form->isVisible());
    QVERIFY(field("pin")->text().isEmpty());

    open();
    m_form->close();
    QCOMPARE(m_notNow, 2);

    open();
    QTest::mouseClick(button("notNow"), Qt::LeftButton);
    QCOMPARE(m_notNow, 3);

    open();
    QTest::mouseClick(button("deny"), Qt::LeftButton);
    QTest::mouseClick(button("back"), Qt::LeftButton);
    QVERIFY(button("approve")->isVisible());
    QTest::mouseClick(button("deny"), Qt::LeftButton);
    QTest::mouseClick(button("notNowEither"), Qt::LeftButton);
    QCOMPARE(m_notNow, 4);
    QVERIFY(m_replies.isEmpty());
}

void TestApprovalForm::aDisruptiveStepAsksForPinAlone()
{
    Asked asked;
    asked.tier = Tier::T2;
    asked.factors = {"key", "pin"};
    asked.approvers = 1;
    asked.isExercise = false;
    open(asked);
    readAll();
    QVERIFY(!field("totp"));
    QVERIFY(!field("code"));
    QVERIFY(!m_form->findChild<QWidget*>(QStringLiteral("exerciseBand")));
    QCOMPARE(button("approve")->text(), QStringLiteral("Approve"));
    QCOMPARE(part<QLabel>("tier")->text(), QStringLiteral("DISRUPTIVE · REVERSIBLE"));
    QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
    m_reading += 1499ms;
    letItTick(5);
    QVERIFY(!button("approve")->isEnabled());
    m_reading += 1ms;
    letItTick();
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QTRY_COMPARE(m_replies.size(), 1);
}

void TestApprovalForm::aRequestThatRanOutCannotBeApproved()
{
    openReady();
    m_clock.pass(10min);
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    letItTick();
    QVERIFY(m_replies.isEmpty());
    QVERIFY(!button("approve")->isEnabled());
    QCOMPARE(part<QLabel>("countdown")->text(), QStringLiteral("has run out"));
    QVERIFY(button("notNow")->isEnabled());
}

/// A replayed exercise runs faster than the machine: what the console's clock says counts where it ends sooner.
void TestApprovalForm::aRequestEndsByTheCaseClockToo()
{
    Asked asked;
    asked.caseNow = m_clock.now() + 2min;
    open(asked);
    const Duration left = m_request.approveBy - *asked.caseNow;
    letItTick();
    QCOMPARE(part<QLabel>("countdown")->text(), ui::text::countdown(left));
    m_clock.pass(left);
    letItTick();
    QCOMPARE(part<QLabel>("countdown")->text(), QStringLiteral("has run out"));
}

void TestApprovalForm::theBytesToBeCarriedOutCanBeRead()
{
    open();
    auto* bytes = part<QPlainTextEdit>("exactBytes");
    QVERIFY(!bytes->isVisible());
    QTest::mouseClick(button("exactBytesLink"), Qt::LeftButton);
    QVERIFY(bytes->isVisible());
    QVERIFY(bytes->isReadOnly());
    QVERIFY(bytes->toPlainText().startsWith(QString::fromStdString(m_request.actionBytes)));
    QVERIFY(bytes->toPlainText().contains(QString::fromStdString(m_request.render).section(QLatin1Char('\n'), 0, 0)));
    QTest::mouseClick(button("exactBytesLink"), Qt::LeftButton);
    QVERIFY(!bytes->isVisible());
}

void TestApprovalForm::everyControlHasAnAccessibleName()
{
    open();
    const auto check = [](const QWidget* widget) {
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    };
    for (const QPushButton* each : m_form->findChildren<QPushButton*>())
        check(each);
    for (const QLineEdit* each : m_form->findChildren<QLineEdit*>())
        check(each);
    check(part<QPlainTextEdit>("exactBytes"));
    check(part<QScrollArea>("facts"));
    check(m_form.get());
    for (const QWidget* each : m_form->findChildren<QWidget*>()) {
        if (each->objectName().startsWith(QLatin1String("fact.")))
            check(each);
    }
    // And each of them is reached by Tab, Approve too once it is open.
    readAll();
    fill();
    m_reading += 3s;
    letItTick();
    QSet<QString> reached;
    m_form->setFocus();
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(m_form->focusWidget() ? m_form->focusWidget() : m_form.get(), Qt::Key_Tab);
        if (m_form->focusWidget())
            reached.insert(m_form->focusWidget()->objectName());
    }
    for (const char* name :
         {"exactBytesLink", "code", "pin", "totp", "reason", "deny", "denyAndPause", "notNow", "approve"})
        QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
}

QTEST_MAIN(TestApprovalForm)
#include "tst_approval_form.moc"
