#include "tests/ui/support/fake_queries.h"
#include "ui/shell/bands.h"
#include "ui/shell/case_opening.h"
#include "ui/shell/exercise_code.h"
#include "ui/shell/foot_bar.h"
#include "ui/shell/idle_watch.h"
#include "ui/shell/workspace.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"
#include "ui/views/step_card.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/elided_line.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;
using shell::Workspace;

class TestWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void haltWorksAtOnceOnEveryScreen();
    void theHaltShortcutAsksNothing();
    void everyControlHasAName();
    void anExerciseSaysSoOnEveryScreen();
    void readingShowsProgressAndCancel();
    void someoneOfTheExerciseIsSignedIn();
    void exerciseCodesFollowTheStandard();
    void aBadSecretGivesNoCode();
    void logsGoIntoAFreshCase();
    void bothThemesPaintEveryScreen();
    void aLockedConsoleShowsNothingOfTheCaseAndStillHalts();
    void whoTouchesNothingIsLockedOut();
    void aFollowedCaseSaysWhoHoldsIt();
    void aSealedCaseHasNoControlThatChangesIt();
    void aMessageMovesNoControl();

private:
    [[nodiscard]] QPushButton* haltButton() const;
    std::vector<engine::Command> m_sent;
    std::unique_ptr<bridge::EngineBridge> m_notices;
    std::unique_ptr<bridge::CaseQueries> m_queries;
    std::unique_ptr<bridge::Commander> m_commander;
    std::unique_ptr<Workspace> m_workspace;
};

void TestWorkspace::initTestCase()
{
    QVERIFY(theme::loadFonts());
    theme::apply(*qApp, theme::Mode::Dark);
}

void TestWorkspace::init()
{
    m_sent.clear();
    m_notices = std::make_unique<bridge::EngineBridge>();
    m_queries = std::make_unique<bridge::CaseQueries>(test::openFakeCase());
    m_commander = std::make_unique<bridge::Commander>([this](engine::Command command) { m_sent.push_back(std::move(command)); });
    m_workspace = std::make_unique<Workspace>(
        shell::CaseLinks{*m_notices, *m_queries, *m_commander, QStringLiteral("scenario-1.cordon"), true}, nullptr);
    m_workspace->resize(1280, 800);
    m_workspace->show();
    m_notices->onNotice(test::FakeCase::notice());
    QTRY_COMPARE(m_workspace->findChildren<views::StepCard*>().size(), 6);
}

void TestWorkspace::cleanup()
{
    m_workspace.reset();
    m_commander.reset();
    m_queries.reset();
    m_notices.reset();
}

QPushButton* TestWorkspace::haltButton() const
{
    for (QPushButton* button : m_workspace->findChildren<QPushButton*>()) {
        if (button->accessibleName() == QLatin1String("Halt agent"))
            return button;
    }
    return nullptr;
}

void TestWorkspace::haltWorksAtOnceOnEveryScreen()
{
    for (int screen = Workspace::Triage; screen <= Workspace::Sources; ++screen) {
        m_workspace->go(screen);
        m_sent.clear();
        m_notices->onNotice(test::FakeCase::notice());
        QTRY_VERIFY(haltButton()->isVisible());
        QTest::mouseClick(haltButton(), Qt::LeftButton);
        QCOMPARE(m_sent.size(), 1U); // before any event loop ran
        QVERIFY(std::holds_alternative<engine::Halt>(m_sent[0]));
        QVERIFY(!QApplication::activeModalWidget());
    }
}

void TestWorkspace::aLockedConsoleShowsNothingOfTheCaseAndStillHalts()
{
    QTRY_COMPARE(m_commander->person(), QStringLiteral("user:analyst-a"));
    auto* dialog = new QDialog(m_workspace.get()); // whatever is open goes
    dialog->open();
    m_workspace->lock();
    QVERIFY(m_workspace->isLocked() && dialog->isHidden());
    for (const QLabel* label : m_workspace->findChildren<QLabel*>()) {
        QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("Nobody touched")), "it was locked on purpose");
        if (label->isVisible() && label->text().startsWith(QStringLiteral("The case is hidden")))
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), "a line is cut");
    }
    QStringList shown;
    for (const QLabel* label : m_workspace->findChildren<QLabel*>()) {
        if (label->isVisible())
            shown += label->text();
    }
    for (const QString& secret : {QStringLiteral("scenario-1"), QStringLiteral("dev-c"), QStringLiteral("AKIA"), QStringLiteral("INC-")})
        QVERIFY2(shown.filter(secret).isEmpty(), qPrintable(shown.join(QLatin1Char('|'))));
    QVERIFY2(shown.contains(QStringLiteral("Exercise"), Qt::CaseInsensitive), "a locked exercise says that it is one");
    // No shortcut leads to what is hidden, but one that stops the agent.
    m_workspace->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_workspace.get()));
    m_sent.clear();
    QTest::keyClick(m_workspace.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClick(m_workspace.get(), Qt::Key_O, Qt::ControlModifier);
    QVERIFY(!QApplication::activeModalWidget());
    QTest::keyClick(m_workspace.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_sent.size(), 1U);
    QVERIFY(std::holds_alternative<engine::Halt>(m_sent[0]));
    m_workspace->lock();
    QVERIFY(m_workspace->isLocked());
}

void TestWorkspace::whoTouchesNothingIsLockedOut()
{
    QTRY_COMPARE(m_commander->person(), QStringLiteral("user:analyst-a"));
    auto* watch = m_workspace->findChild<shell::IdleWatch*>();
    QVERIFY(watch->time() > std::chrono::milliseconds(0) && watch->time() <= std::chrono::minutes(15));
    watch->setTime(std::chrono::milliseconds(1));
    QTRY_VERIFY(m_workspace->isLocked());
}

void TestWorkspace::aFollowedCaseSaysWhoHoldsIt()
{
    auto* band = m_workspace->findChild<shell::FollowBand*>();
    QVERIFY(!band->isVisible());
    engine::Notice notice = test::FakeCase::notice();
    notice.isFollowed = true;
    notice.holder = "4711";
    m_notices->onNotice(notice);
    QTRY_VERIFY(band->isVisible());
    auto* takeOver = band->findChild<QPushButton*>();
    QVERIFY(band->accessibleName().contains(QStringLiteral("4711")) && !takeOver->isEnabled());
    notice.holder.clear();
    ++notice.revision;
    m_notices->onNotice(notice);
    QTRY_VERIFY(takeOver->isEnabled());
    m_sent.clear();
    takeOver->click();
    QVERIFY(std::holds_alternative<engine::TakeOver>(m_sent.at(0)));
}

void TestWorkspace::aSealedCaseHasNoControlThatChangesIt()
{
    const auto changing = [](const QWidget& within) {
        QStringList names;
        for (QWidget* control : within.findChildren<QWidget*>()) {
            if (control->isVisibleTo(&within) && control->property(widgets::changingProperty).toBool())
                names += control->accessibleName();
        }
        return names;
    };
    QTRY_VERIFY(changing(*m_workspace).size() > 3); // of the open case: the check can see them
    QVERIFY(!m_workspace->findChild<shell::SealedBand*>()->isVisible());
    shell::CaseLinks links{*m_notices, *m_queries, *m_commander, QStringLiteral("scenario-1.cordonz"), true};
    links.place = QStringLiteral("/nowhere/scenario-1.cordonz");
    Workspace sealed(links, nullptr);
    sealed.resize(1280, 800);
    sealed.show();
    m_notices->onNotice(test::FakeCase::notice());
    QTRY_COMPARE(sealed.findChildren<views::StepCard*>().size(), 6);
    QVERIFY(sealed.findChild<shell::SealedBand*>()->isVisible());
    // Nobody is at its desk, and nothing in it waits for anybody.
    for (const QComboBox* box : sealed.findChildren<QComboBox*>())
        QVERIFY(!(box->isVisible() && box->accessibleName() == QLatin1String("Signed in as")));
    for (const QLabel* label : sealed.findChildren<QLabel*>())
        QVERIFY2(!label->isVisible() || (!label->text().startsWith(QLatin1String("needs"), Qt::CaseInsensitive) && label->text() != QLatin1String("At the desk:")),
                 qPrintable(label->text()));
    m_sent.clear();
    for (int screen = Workspace::Triage; screen <= Workspace::Sources; ++screen) {
        sealed.go(screen);
        QTest::qWait(30);
        QVERIFY2(changing(sealed).isEmpty(), qPrintable(QString::number(screen) + ": " + changing(sealed).join(", ")));
    }
    QTest::keyClick(&sealed, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_sent.empty());
    auto* verdict = sealed.findChild<QLabel*>(QStringLiteral("verdict")); // verified without being asked
    QTRY_VERIFY(!verdict->text().isEmpty());
}

void TestWorkspace::theHaltShortcutAsksNothing()
{
    m_workspace->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_workspace.get()));
    QTest::keyClick(m_workspace.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_sent.size(), 1U);
    QVERIFY(std::holds_alternative<engine::Halt>(m_sent[0]));
}

void TestWorkspace::everyControlHasAName()
{
    for (int screen = Workspace::Triage; screen <= Workspace::Sources; ++screen)
        m_workspace->go(screen);
    QStringList nameless;
    for (QWidget* widget : m_workspace->findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget)
                               || qobject_cast<QPlainTextEdit*>(widget) || qobject_cast<QAbstractItemView*>(widget);
        const bool isInner = widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<QAbstractItemView*>(widget->parentWidget())
                             || widget->inherits("QHeaderView") || widget->inherits("QComboBoxListView")
                             || widget->inherits("QTableCornerButton") || widget->inherits("QLineEditIconButton");
        if (!isControl || isInner)
            continue;
        auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool isScroller = button && widget->parentWidget() && widget->parentWidget()->inherits("QTabBar");
        if (widget->accessibleName().isEmpty() && !isScroller)
            nameless += QString::fromLatin1(widget->metaObject()->className()) + (button ? button->text() : QString());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
}

void TestWorkspace::anExerciseSaysSoOnEveryScreen()
{
    auto* band = m_workspace->findChild<shell::ExerciseBand*>();
    for (int screen = Workspace::Triage; screen <= Workspace::Sources; ++screen) {
        m_workspace->go(screen);
        QVERIFY(band->isVisible());
    }
}

void TestWorkspace::readingShowsProgressAndCancel()
{
    auto* band = m_workspace->findChild<shell::ReadingBand*>();
    QVERIFY(!band->isVisible());
    engine::Notice notice = test::FakeCase::notice();
    notice.phase = engine::Phase::Ingesting;
    notice.bytesRead = 250'000'000;
    notice.bytesTotal = 1'000'000'000;
    notice.bytesPerSecond = 50e6;
    m_notices->onNotice(notice);
    QTRY_VERIFY(band->isVisible());
    QTest::mouseClick(band->findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(m_sent.size(), 1U);
    QVERIFY(std::holds_alternative<engine::CancelReading>(m_sent[0]));
}

void TestWorkspace::someoneOfTheExerciseIsSignedIn()
{
    QTRY_COMPARE(m_commander->person(), QStringLiteral("user:analyst-a"));
}

void TestWorkspace::exerciseCodesFollowTheStandard()
{
    // RFC 6238, appendix B, SHA-1: the last six of the eight digits at 59 s and at 1111111109 s.
    const QString secret = QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    QCOMPARE(shell::exerciseCode(secret, 59), QStringLiteral("287082"));
    QCOMPARE(shell::exerciseCode(secret, 1111111109), QStringLiteral("081804"));
}

void TestWorkspace::aBadSecretGivesNoCode()
{
    QVERIFY(shell::exerciseCode(QStringLiteral("not base32!"), 59).isEmpty());
    QVERIFY(shell::exerciseCode({}, 59).isEmpty());
}

void TestWorkspace::logsGoIntoAFreshCase()
{
    const QTemporaryDir home;
    shell::CaseWish wish;
    wish.logs = {QStringLiteral("logs/trail one.json")};
    wish.exercise = QStringLiteral("from-log");
    const engine::EngineOptions options = shell::optionsFor(wish, {home.path(), QStringLiteral("resources")});
    QCOMPARE(options.replay, engine::ReplayMode::Batch);
    const QString folder = QString::fromStdString(options.folder.string());
    QVERIFY(folder.startsWith(home.path() + QStringLiteral("/cases/trail-one-")));
    QVERIFY(folder.endsWith(QLatin1String(".cordon")));
}

void TestWorkspace::bothThemesPaintEveryScreen()
{
    for (const theme::Mode mode : {theme::Mode::Light, theme::Mode::Dark}) {
        theme::apply(*qApp, mode);
        for (int screen = Workspace::Triage; screen <= Workspace::Sources; ++screen) {
            m_workspace->go(screen);
            const QImage image = m_workspace->grab().toImage();
            // The rail's ground is the panel colour of the theme in force.
            QCOMPARE(image.pixelColor(3, image.height() - 60), theme::tokensFor(mode).panel);
        }
    }
}

// A control that moves while a hand is on its way is missed, or another is hit.
void TestWorkspace::aMessageMovesNoControl()
{
    auto* foot = m_workspace->findChild<shell::FootBar*>();
    QVERIFY(foot);
    const auto* people = foot->findChild<QComboBox*>();
    QVERIFY(people && !people->isHidden());
    QTest::qWait(10);
    const QRect before = people->geometry();
    const int least = foot->minimumSizeHint().width();
    const QString line = QStringLiteral("The new key could not be deactivated: ") + QString(400, QLatin1Char('w'));
    foot->say(line);
    QTest::qWait(10);
    QCOMPARE(people->geometry(), before);
    QCOMPARE(foot->minimumSizeHint().width(), least);
    const auto* message = foot->findChild<widgets::ElidedLine*>();
    QVERIFY(message);
    QCOMPARE(message->accessibleName(), line);
    QVERIFY(message->text().size() > 5);
    QVERIFY(message->text().size() < line.size());
    QVERIFY(message->fontMetrics().horizontalAdvance(message->text()) <= message->width());
    foot->say(QStringLiteral("Done"));
    QCOMPARE(message->text(), QStringLiteral("Done"));
}

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
