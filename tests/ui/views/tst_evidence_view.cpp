#include "tests/ui/support/fake_queries.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/views/evidence_view.h"

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
        QTRY_COMPARE(m_table->model()->rowCount(), 2);
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
