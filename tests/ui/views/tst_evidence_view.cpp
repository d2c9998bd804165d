#include "tests/ui/support/fake_queries.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/dialogs/transfer_dialog.h"
#include "ui/views/evidence_view.h"

#include <QComboBox>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryFile>
#include <QTest>
#include <QToolTip>

using namespace cordon;
using namespace cordon::ui;

/// The Evidence screen under a person's hands: choosing, holding, lifting, adding.
class TestEvidenceView : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<bridge::CaseQueries> m_queries;
    std::unique_ptr<bridge::Commander> m_commander;
    std::unique_ptr<views::EvidenceView> m_view;
    QTableView* m_table = nullptr;

    [[nodiscard]] QPushButton* button(const char* name) const { return m_view->findChild<QPushButton*>(QString::fromLatin1(name)); }
    [[nodiscard]] QString receipt() const { return m_view->findChild<QPlainTextEdit*>(QStringLiteral("receipt"))->toPlainText(); }
    void click(int row)
    {
        const QRect cell = m_table->visualRect(m_table->model()->index(row, 1));
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, cell.center());
    }
    /// What a person writes into the dialog that is open, and its last button.
    void answer(const QString& words)
    {
        auto* dialog = m_view->findChild<dialogs::ReasonDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QPushButton* accept = dialog->findChildren<QPushButton*>().last();
        QVERIFY(!accept->isEnabled()); // not without a reason
        QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(), words);
        QVERIFY(accept->isEnabled());
        QTest::mouseClick(accept, Qt::LeftButton);
    }

    [[nodiscard]] static engine::PersonRow person(const char* id, const char* role)
    {
        engine::PersonRow row;
        row.id = id;
        row.roles = {role};
        return row;
    }

private slots:
    void init()
    {
        m_queries = std::make_unique<bridge::CaseQueries>(test::openFakeCase());
        m_commander = std::make_unique<bridge::Commander>([](engine::Command) {});
        m_view = std::make_unique<views::EvidenceView>(*m_queries, *m_commander, nullptr);
        m_view->resize(1060, 640); // what is left of 1280x800 for a screen
        m_view->show();
        m_view->caseChanged(test::FakeCase::notice());
        m_table = m_view->findChild<QTableView*>();
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
    }
    void cleanup()
    {
        m_view.reset();
        m_commander.reset();
        m_queries.reset();
    }

    void anItemThatIsChosenShowsItsChainOfCustody()
    {
        QVERIFY(!button("hold")->isEnabled() && !button("copy")->isEnabled()); // nothing is chosen yet
        click(0);
        QVERIFY(receipt().contains("chain of custody"));
        QVERIFY(button("hold")->isEnabled() && button("copy")->isEnabled());
        QCOMPARE(button("hold")->text(), QStringLiteral("Legal hold…"));
        click(1);
        QVERIFY(receipt().startsWith("EXHIBIT EX-0001"));
        QCOMPARE(button("hold")->text(), QStringLiteral("Lift legal hold…"));
    }

    void aHoldIsPutUnderTheKeyOfASittingAndLiftedUnderThePersonsOwn()
    {
        QSignalSpy signIn(m_commander.get(), &bridge::Commander::signInNeeded);
        QSignalSpy factors(m_commander.get(), &bridge::Commander::factorsNeeded);
        click(0);
        QTest::mouseClick(button("hold"), Qt::LeftButton);
        answer(QStringLiteral("order of the court"));
        QCOMPARE(signIn.size(), 1); // it waits for somebody at the desk
        QCOMPARE(factors.size(), 0);
        QTRY_VERIFY(!m_view->findChild<dialogs::ReasonDialog*>() || !m_view->findChild<dialogs::ReasonDialog*>()->isVisible());
        delete m_view->findChild<dialogs::ReasonDialog*>();
        click(1);
        QTest::mouseClick(button("hold"), Qt::LeftButton);
        answer(QStringLiteral("the case is closed"));
        QCOMPARE(factors.size(), 1);
        const QString order = factors.at(0).at(0).toString();
        QVERIFY2(order.contains("evidence-release") && order.contains(QString(64, 'e')) && order.contains("the case is closed"),
                 qPrintable(order));
    }

    void whatIsMarkedIsHandedOverUnderThePersonsOwnSignature()
    {
        QSignalSpy factors(m_commander.get(), &bridge::Commander::factorsNeeded);
        QSignalSpy said(m_view.get(), &views::CaseView::said);
        QVERIFY(!button("give")->isEnabled());
        click(1);
        QTest::mouseClick(button("give"), Qt::LeftButton);
        QCOMPARE(said.size(), 1); // nobody else is known here
        m_commander->setPeople({person("user:analyst-a", "analyst"), person("user:commander-b", "commander"),
                                person("user:reviewer-a", "reviewer")});
        m_commander->choose(QStringLiteral("user:analyst-a"));
        const QRect last = m_table->visualRect(m_table->model()->index(3, 1));
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, Qt::ControlModifier, last.center());
        QTest::mouseClick(button("give"), Qt::LeftButton);
        auto* dialog = m_view->findChild<dialogs::TransferDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* to = dialog->findChild<QComboBox*>(QStringLiteral("to"));
        QCOMPARE(to->count(), 1); // not to oneself, nor to somebody who could not sign for it
        QPushButton* accept = dialog->findChildren<QPushButton*>().last();
        QVERIFY(!accept->isEnabled());
        QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(), QStringLiteral("for the laboratory"));
        QTest::mouseClick(accept, Qt::LeftButton);
        QCOMPARE(factors.size(), 1);
        const QString order = factors.at(0).at(0).toString();
        QVERIFY2(order.contains("evidence-transfer") && order.contains(QString(64, 'e')) && order.contains(QString(64, 'd')) &&
                     !order.contains(QString(64, 'f')) && order.contains("user:commander-b") && order.contains("for the laboratory"),
                 qPrintable(order));
    }

    void whatIsOnItsWayIsTakenOverByItsNumber()
    {
        QSignalSpy factors(m_commander.get(), &bridge::Commander::factorsNeeded);
        click(2);
        QCOMPARE(button("give")->text(), QStringLiteral("Take over TR-0001…"));
        QTest::mouseClick(button("give"), Qt::LeftButton);
        answer(QStringLiteral("seal unbroken"));
        QCOMPARE(factors.size(), 1);
        const QString order = factors.at(0).at(0).toString();
        QVERIFY2(order.contains("evidence-receive") && order.contains("TR-0001") && order.contains("seal unbroken"), qPrintable(order));
    }

    void onlyWhatIsEncryptedAndFreeIsErasedAndTheReasonIsToldOtherwise()
    {
        QSignalSpy factors(m_commander.get(), &bridge::Commander::factorsNeeded);
        QPushButton* erase = button("erase");
        QVERIFY(!erase->isEnabled() && !erase->toolTip().isEmpty());
        for (const int row : {0, 1, 2}) { // as it is, under hold, on its way
            click(row);
            QVERIFY2(!erase->isEnabled() && !erase->toolTip().isEmpty(), qPrintable(QString::number(row)));
        }
        click(3);
        QVERIFY(erase->isEnabled());
        QTest::mouseClick(erase, Qt::LeftButton);
        answer(QStringLiteral("order 12 of the court"));
        QCOMPARE(factors.size(), 1);
        const QString order = factors.at(0).at(0).toString();
        QVERIFY2(order.contains("evidence-erase") && order.contains(QString(64, 'd')) && order.contains("order 12"), qPrintable(order));
    }

    void aFileIsAddedWithWordsAndASignature()
    {
        QTemporaryFile file;
        QVERIFY(file.open() && file.write("a picture") > 0 && file.flush());
        QSignalSpy signIn(m_commander.get(), &bridge::Commander::signInNeeded);
        m_view->addExhibit(file.fileName());
        answer(QStringLiteral("from the desk"));
        QTRY_COMPARE(signIn.size(), 1); // sealed by then, and only a person's signature brings it into the case
    }

    /// At 1280x800 no column is out of sight, and what is cut is cut in the middle with the whole in a tool tip.
    void everyColumnIsInSightAndWhatIsCutIsToldWhole()
    {
        const QHeaderView* header = m_table->horizontalHeader();
        QVERIFY2(header->length() <= m_table->viewport()->width(),
                 qPrintable(QString("%1 of %2").arg(header->length()).arg(m_table->viewport()->width())));
        for (int column = 0; column < header->count(); ++column)
            QVERIFY2(header->sectionSize(column) >= 60, qPrintable(QString::number(column)));
        QVERIFY(m_table->textElideMode() == Qt::ElideMiddle);
        m_view->resize(700, 500);
        const QRect cell = m_table->visualRect(m_table->model()->index(0, 1));
        QHelpEvent help(QEvent::ToolTip, cell.center(), m_table->viewport()->mapToGlobal(cell.center()));
        QApplication::sendEvent(m_table->viewport(), &help);
        QVERIFY2(QToolTip::text().contains("cloudtrail-2026-11-21.json.gz"), qPrintable(QToolTip::text()));
    }
};

QTEST_MAIN(TestEvidenceView)
#include "tst_evidence_view.moc"
