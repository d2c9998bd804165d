#include "tests/ui/approval/form_fixture.h"

#include <QClipboard>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

/// Ways to get an approval out of somebody by accident or by force (docs/formats/approval.md).
class TestApprovalFormAttacks : public FormFixture
{
    Q_OBJECT

    static void post(QWidget* to, QEvent::Type type)
    {
        const QPointF inside = to->rect().center();
        const bool isPress = type == QEvent::MouseButtonPress;
        QCoreApplication::postEvent(to, new QMouseEvent(type, inside, to->mapToGlobal(inside), Qt::LeftButton,
                                                        isPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier));
    }

    /// How often each attack is tried: a few times, or as often as AP-10 asks with CORDON_LONG set.
    static int runs() { return qEnvironmentVariableIsSet("CORDON_LONG") ? 1000 : 10; }

private slots:
    void initTestCase() { prepare(); }
    void init() { reset(); }
    void cleanup() { close(); }

    void enterAndSpaceDoNothing();
    void ap10NoWayOfClickingGivesMoreThanOneReply();
    void ap10WhatWasClickedBeforeItOpensIsLost();
    void ap10AFocusThiefStartsTheDelayAgain();
    void ap10WhatWasClickedBeforeItOpensIsLostEachTime();
    void ap10HeldKeysGiveNothingEachTime();
    void ap10AFocusThiefWinsNothingEachTime();
    void ap10TheKeysAreAsClosedAsTheButton();
    void ap10HeldKeysApproveNothing();
    void ap10WhatChangedBetweenTwoTicksIsAskedAtTheClick();
    void ap10WhileItIsCheckedItDoesNotOpenAgain();
    void ap10WhoIsDenyingDoesNotApprove();
    void ap09ALockedScreenStartsTheDelayAgain();
    void movingOrResizingStartsTheDelayAgain();
    void everythingMustHaveBeenInView();
    void theCodeCannotBePasted();
    void ap15HiddenCharactersAreSpelledOut();
    void aWrongPinIsToldAndTakenAway();
    void tooManyWrongPinsLockAndSayUntilWhen();
};

// AP-10
void TestApprovalFormAttacks::enterAndSpaceDoNothing()
{
    openReady();
    const auto hold = [](QWidget* where, int key) {
        for (int i = 0; i < 20; ++i) {
            QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, QString(), i > 0);
            QCoreApplication::sendEvent(where, &press);
        }
        QKeyEvent release(QEvent::KeyRelease, key, Qt::NoModifier);
        QCoreApplication::sendEvent(where, &release);
    };
    QList<QWidget*> places{m_form.get(), button("approve"), field("code"),
                           field("pin"), field("totp"),     field("reason")};
    for (QWidget* place : places) {
        place->setFocus();
        for (const int key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Select})
            hold(place, key);
    }
    button("approve")->setFocus();
    hold(button("approve"), Qt::Key_Space);
    hold(m_form.get(), Qt::Key_Space);
    QCoreApplication::processEvents();
    QVERIFY(m_replies.isEmpty());
    QCOMPARE(m_notNow, 0);
    QVERIFY(m_form->isVisible());
    QVERIFY2(button("approve")->isEnabled(), "it could have been given all the time");
}

// AP-10
void TestApprovalFormAttacks::ap10NoWayOfClickingGivesMoreThanOneReply()
{
    for (int run = 0; run < runs(); ++run) {
        reset();
        openReady();
        QPushButton* approve = button("approve");
        // A synthetic click, a double click, and clicks while the factors are checked.
        QTest::mouseDClick(approve, Qt::LeftButton);
        for (int i = 0; i < 5; ++i)
            QTest::mouseClick(approve, Qt::LeftButton);
        QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::mouseClick(button("denyAndPause"), Qt::LeftButton);
        QTest::keyClick(m_form.get(), Qt::Key_Escape);
        QTRY_COMPARE(m_replies.size(), 1);
        QTest::mouseClick(approve, Qt::LeftButton);
        m_form->reject();
        QCoreApplication::processEvents();
        QCOMPARE(m_replies.size(), 1);
        QCOMPARE(m_notNow, 0);
        close();
    }
}

// AP-10
void TestApprovalFormAttacks::ap10WhatWasClickedBeforeItOpensIsLostEachTime()
{
    for (int run = 0; run < runs(); ++run) {
        reset();
        open();
        readAll();
        fill();
        QPushButton* approve = button("approve");
        QTest::mouseClick(approve, Qt::LeftButton); // at t = 0
        QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        post(approve, QEvent::MouseButtonPress);
        post(approve, QEvent::MouseButtonRelease);
        m_reading += 3s;
        letItTick(1); // the first tick that finds all in place: the queue is not delivered yet
        QVERIFY(!approve->isEnabled());
        QCoreApplication::processEvents();
        letItTick(1);
        QVERIFY(m_replies.isEmpty());
        QVERIFY(approve->isEnabled());
        close();
    }
}

// AP-10
void TestApprovalFormAttacks::ap10HeldKeysGiveNothingEachTime()
{
    for (int run = 0; run < runs(); ++run) {
        reset();
        openReady();
        for (const int key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
            for (int i = 0; i < 20; ++i) {
                QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, QString(), i > 0);
                QCoreApplication::sendEvent(i % 2 == 0 ? static_cast<QWidget*>(button("approve")) : m_form.get(), &press);
            }
        }
        QCoreApplication::processEvents();
        QVERIFY(m_replies.isEmpty());
        close();
    }
}

// AP-10
void TestApprovalFormAttacks::ap10AFocusThiefWinsNothingEachTime()
{
    for (int run = 0; run < runs(); ++run) {
        reset();
        openReady();
        QEvent away(QEvent::WindowDeactivate);
        QCoreApplication::sendEvent(m_form.get(), &away); // the thief comes between press and release
        QTest::mouseClick(button("approve"), Qt::LeftButton);
        QEvent back(QEvent::WindowActivate);
        QCoreApplication::sendEvent(m_form.get(), &back);
        QTest::mouseClick(button("approve"), Qt::LeftButton);
        letItTick(3);
        QTest::mouseClick(button("approve"), Qt::LeftButton);
        QCoreApplication::processEvents();
        QVERIFY(m_replies.isEmpty());
        close();
    }
}

// AP-10
void TestApprovalFormAttacks::ap10TheKeysAreAsClosedAsTheButton()
{
    open();
    readAll();
    fill();
    m_reading += 3s;
    letItTick(1); // all is in place, but what was typed before may still be on its way
    QVERIFY(!button("approve")->isEnabled());
    QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY2(!field("pin")->text().isEmpty(), "nothing was sent to be checked");
    letItTick(1);
    QVERIFY(button("approve")->isEnabled());
    QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_replies.size(), 1);
}

// AP-10
void TestApprovalFormAttacks::ap10HeldKeysApproveNothing()
{
    openReady();
    for (int i = 0; i < 20; ++i)
        QTest::simulateEvent(m_form.get(), true, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier, {}, true);
    QVERIFY2(!field("pin")->text().isEmpty(), "nothing was sent to be checked");
    QVERIFY(button("approve")->isEnabled());
}

// AP-10
void TestApprovalFormAttacks::ap10WhatChangedBetweenTwoTicksIsAskedAtTheClick()
{
    openReady();
    m_clock.pass(24h); // it ran out, and no tick has seen that yet
    QVERIFY(button("approve")->isEnabled());
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QVERIFY2(!field("pin")->text().isEmpty(), "nothing was sent to be checked");
    letItTick(1);
    QVERIFY(!button("approve")->isEnabled());
}

// AP-10
void TestApprovalFormAttacks::ap10WhileItIsCheckedItDoesNotOpenAgain()
{
    openReady();
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    field("pin")->setText(QString::fromLatin1(goodPin)); // by a program: the fields are closed for people
    m_reading += 3s;
    letItTick(3);
    QVERIFY(!button("approve")->isEnabled());
    QTRY_COMPARE(m_replies.size(), 1);
}

// AP-10
void TestApprovalFormAttacks::ap10WhoIsDenyingDoesNotApprove()
{
    openReady();
    QTest::mouseClick(button("deny"), Qt::LeftButton);
    m_reading += 3s;
    letItTick(3);
    QVERIFY(!button("approve")->isEnabled());
    QTest::keyClick(m_form.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY2(!field("pin")->text().isEmpty(), "nothing was sent to be checked");
}

// AP-10
void TestApprovalFormAttacks::ap10WhatWasClickedBeforeItOpensIsLost()
{
    open();
    readAll();
    fill();
    QPushButton* approve = button("approve");
    QTest::mouseClick(approve, Qt::LeftButton); // at t = 0
    post(approve, QEvent::MouseButtonPress);
    post(approve, QEvent::MouseButtonRelease);
    m_reading += 3s;
    QTRY_VERIFY(approve->isEnabled()); // through the real timer: what is queued comes first
    QVERIFY(m_replies.isEmpty());

    // Pressed while closed, released when open.
    m_form->resize(m_form->width(), m_form->height() + 1);
    QTRY_VERIFY(!approve->isEnabled());
    QTest::mousePress(approve, Qt::LeftButton);
    m_reading += 3s;
    letItTick();
    QVERIFY(approve->isEnabled());
    QTest::mouseRelease(approve, Qt::LeftButton);
    // Pressed inside, released outside.
    QTest::mousePress(approve, Qt::LeftButton);
    QTest::mouseMove(approve, QPoint(-40, -40));
    QTest::mouseRelease(approve, Qt::LeftButton, Qt::NoModifier, QPoint(-40, -40));
    QCoreApplication::processEvents();
    QVERIFY(m_replies.isEmpty());
    QVERIFY(m_form->isVisible());
}

// AP-10
void TestApprovalFormAttacks::ap10AFocusThiefStartsTheDelayAgain()
{
    openReady();
    QWidget thief;
    thief.show();
    thief.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&thief));
    QVERIFY(!button("approve")->isEnabled());
    m_reading += 10s;
    letItTick(5);
    QVERIFY2(!button("approve")->isEnabled(), "not while another window is in front");
    thief.close();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    letItTick(5);
    QVERIFY2(!button("approve")->isEnabled(), "the delay starts when it comes to the front");
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QVERIFY(m_replies.isEmpty());
    m_reading += 3s;
    letItTick();
    QVERIFY(button("approve")->isEnabled());
}

// AP-09
void TestApprovalFormAttacks::ap09ALockedScreenStartsTheDelayAgain()
{
    openReady();
    emit qGuiApp->applicationStateChanged(Qt::ApplicationInactive); // what a screen lock does to a program
    QVERIFY(!button("approve")->isEnabled());
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    emit qGuiApp->applicationStateChanged(Qt::ApplicationActive);
    letItTick(5);
    QVERIFY(!button("approve")->isEnabled());
    m_reading += 3s;
    letItTick();
    QVERIFY(button("approve")->isEnabled());
    QVERIFY(m_replies.isEmpty());
}

void TestApprovalFormAttacks::movingOrResizingStartsTheDelayAgain()
{
    openReady();
    m_form->move(m_form->pos() + QPoint(7, 7));
    QTRY_VERIFY(!button("approve")->isEnabled());
    m_reading += 3s;
    QTRY_VERIFY(button("approve")->isEnabled());
    button("exactBytesLink")->click();
    QVERIFY(!button("approve")->isEnabled());
    letItTick(5);
    QVERIFY(!button("approve")->isEnabled());
}

void TestApprovalFormAttacks::everythingMustHaveBeenInView()
{
    Asked asked;
    asked.extraEvents = 39; // 50 travel
    open(asked);
    m_form->resize(m_form->width(), 420);
    auto* facts = part<QScrollArea>("facts");
    QScrollBar* bar = facts->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    fill();
    m_reading += 3s;
    letItTick();
    QVERIFY(!button("approve")->isEnabled());
    QVERIFY(bar->maximum() > 2 * facts->viewport()->height());
    bar->setValue(bar->maximum());
    letItTick();
    QVERIFY2(!button("approve")->isEnabled(), "a jump to the end is not reading");
    bar->setValue(0);
    m_form->setFocus();
    readAll();
    letItTick();
    QVERIFY2(button("approve")->isEnabled(), qPrintable(status()));
}

void TestApprovalFormAttacks::theCodeCannotBePasted()
{
    open();
    QLineEdit* edit = field("code");
    QGuiApplication::clipboard()->setText(code());
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Insert, Qt::ShiftModifier);
    QCOMPARE(edit->text(), QString());
    edit->paste();
    QCOMPARE(edit->text(), QString());
    edit->insert(code());
    QCOMPARE(edit->text(), QString());
    QTest::keyClicks(edit, QStringLiteral("ZZ-ZZ-ZZ"));
    edit->selectAll();
    edit->paste();
    QCOMPARE(edit->text(), QStringLiteral("ZZ-ZZ-ZZ"));
    QCOMPARE(edit->contextMenuPolicy(), Qt::NoContextMenu);
    QVERIFY(!edit->acceptDrops());
    QCOMPARE(part<QLabel>("shownCode")->textInteractionFlags(), Qt::TextInteractionFlags(Qt::NoTextInteraction));
}

// AP-15
void TestApprovalFormAttacks::ap15HiddenCharactersAreSpelledOut()
{
    Asked asked;
    asked.targetId = "AKIA\u202e"
                     "DCBA\u200b"
                     "7QXD";
    asked.targetName = "svc\u2066-deploy\u2069\nApproved by commander-a" + std::string(5000, 'x');
    open(asked);
    const auto* target = part<QWidget>("fact.target");
    QVERIFY(target);
    QVERIFY2(target->accessibleName().contains(QStringLiteral("AKIA\\u{202e}DCBA\\u{200b}7QXD")),
             qPrintable(target->accessibleName()));
    QVERIFY(target->accessibleName().contains(QStringLiteral("\\u{2066}-deploy\\u{2069}\\u{a}")));
    button("exactBytesLink")->click();
    QVERIFY(part<QPlainTextEdit>("exactBytes")->toPlainText().contains(QStringLiteral("AKIA\\u{202e}DCBA")));
    for (const QWidget* widget : m_form->findChildren<QWidget*>()) {
        QString shown = widget->accessibleName();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            shown += label->text();
            QVERIFY2(label->textFormat() == Qt::PlainText, "no markup is read from facts");
        }
        for (const QChar hidden : {QChar(0x202e), QChar(0x200b), QChar(0x2066), QChar(0x2069)})
            QVERIFY2(!shown.contains(hidden), qPrintable(widget->objectName()));
    }
}

void TestApprovalFormAttacks::aWrongPinIsToldAndTakenAway()
{
    open();
    readAll();
    QTest::keyClicks(field("code"), code());
    QTest::keyClicks(field("pin"), QStringLiteral("0000"));
    QTest::keyClicks(field("totp"), totp());
    m_reading += 3s;
    letItTick();
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QTRY_VERIFY(!m_form->message().isEmpty());
    QVERIFY(m_form->message().startsWith(QStringLiteral("Wrong PIN")));
    QVERIFY(m_form->message().contains(QStringLiteral("15 minutes")));
    QVERIFY(field("pin")->text().isEmpty());
    QVERIFY(field("pin")->isEnabled());
    QVERIFY(m_form->isVisible());
    QVERIFY(m_replies.isEmpty());

    // The same form still serves.
    QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
    m_reading += 3s;
    letItTick();
    QTest::mouseClick(button("approve"), Qt::LeftButton);
    QTRY_COMPARE(m_replies.size(), 1);
}

void TestApprovalFormAttacks::tooManyWrongPinsLockAndSayUntilWhen()
{
    open();
    QTest::keyClicks(field("reason"), QStringLiteral("trying"));
    QTest::mouseClick(button("deny"), Qt::LeftButton);
    for (int i = 0; i < 6; ++i) {
        QTest::keyClicks(field("pin"), QStringLiteral("0000"));
        QTest::mouseClick(button("confirmDenial"), Qt::LeftButton);
        QTRY_VERIFY(field("pin")->isEnabled() && !m_form->message().isEmpty());
    }
    QVERIFY2(m_form->message().startsWith(QStringLiteral("Locked until 20")), qPrintable(m_form->message()));
    QVERIFY(m_replies.isEmpty());
    QVERIFY(m_form->isVisible());
    close();
    QVERIFY(govern::PersonVault(m_people.path().toStdString(), person).clearLock().has_value());
}

QTEST_MAIN(TestApprovalFormAttacks)
#include "tst_approval_form_attacks.moc"
