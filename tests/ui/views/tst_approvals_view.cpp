#include "tests/ui/support/fake_queries.h"
#include "ui/travel/paste_dialog.h"
#include "ui/travel/text_dialog.h"
#include "ui/views/approvals_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestApprovalsView : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_queries = std::make_unique<bridge::CaseQueries>(test::openFakeCase());
        m_commander = std::make_unique<bridge::Commander>([](engine::Command) {});
        m_view = std::make_unique<views::ApprovalsView>(*m_queries, *m_commander, nullptr);
        m_view->resize(1280, 800);
        m_view->show();
        m_view->caseChanged(test::FakeCase::notice());
        m_requests = m_view->findChildren<QTableView*>().at(0);
        m_acts = m_view->findChildren<QTableView*>().at(1);
        if (!m_requests->accessibleName().startsWith(QLatin1String("Requests")))
            std::swap(m_requests, m_acts);
        QTRY_COMPARE(m_requests->model()->rowCount(), 3);
    }
    void cleanup()
    {
        m_view.reset();
        m_commander.reset();
        m_queries.reset();
    }

    void whoMayNotDecideReadsWhoMay()
    {
        auto* review = m_view->findChild<QPushButton*>(QStringLiteral("review"));
        QVERIFY(review->isEnabled());
        m_commander->setPeople(*test::FakeCase().people());
        m_commander->choose(QStringLiteral("user:reviewer-a"));
        QVERIFY(!review->isEnabled());
        QCOMPARE(review->toolTip(), QStringLiteral("Takes an analyst or a commander. reviewer-a at the desk is reviewer."));
        QCOMPARE(review->accessibleDescription(), review->toolTip());
        QSignalSpy asked(m_view.get(), &views::CaseView::reviewRequested);
        emit m_requests->activated(m_requests->model()->index(0, 0)); // nor by the keyboard
        QCOMPARE(asked.size(), 0);
        QVERIFY(m_view->findChild<QPushButton*>(QStringLiteral("copyRequest"))->isEnabled()); // it decides nothing
        m_commander->choose(QStringLiteral("user:commander-a"));
        QVERIFY(review->isEnabled() && review->toolTip().isEmpty());
    }

    void aRequestGoesElsewhereAndItsReplyComesBack()
    {
        QGuiApplication::clipboard()->clear();
        m_view->findChild<QPushButton*>(QStringLiteral("copyRequest"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("request"));
        auto* shown = m_view->findChild<travel::TextDialog*>();
        QVERIFY(shown && shown->isVisible());
        shown->close();
        QSignalSpy brought(m_view.get(), &views::ApprovalsView::replyBrought);
        const QString reply = QStringLiteral("cordon.approval-reply.v1\nYWJj\n");
        QGuiApplication::clipboard()->setText(reply);
        m_view->findChild<QPushButton*>(QStringLiteral("pasteReply"))->click();
        auto* paste = m_view->findChild<travel::PasteDialog*>();
        QVERIFY(paste);
        QCOMPARE(brought.size(), 0); // not before the person says so
        paste->findChild<QPushButton*>(QStringLiteral("open"))->click();
        QCOMPARE(brought.size(), 1);
        QCOMPARE(brought.at(0).at(0).toString(), reply);
    }

    void openRequestsStandFirstAndCanBeReviewed()
    {
        QCOMPARE(cell(0, 4), QStringLiteral("waiting"));
        QCOMPARE(cell(2, 0), QStringLiteral("AR-0012"));
        auto* review = m_view->findChild<QPushButton*>(QStringLiteral("review"));
        QVERIFY(review->isEnabled());
        QSignalSpy asked(m_view.get(), &views::CaseView::reviewRequested);
        review->click();
        QCOMPARE(asked.at(0).at(0).toString(), cell(0, 0));
        m_requests->selectRow(2);
        QVERIFY(!review->isEnabled());
        emit m_requests->activated(m_requests->model()->index(2, 0));
        QCOMPARE(asked.size(), 1);
    }

    void aPastRequestTellsWhoWhenHowAndWhy()
    {
        QCOMPARE(cell(2, 8), QStringLiteral("4 min"));
        QCOMPARE(cell(2, 9), QStringLiteral("commander-a"));
        QCOMPARE(cell(2, 10), QStringLiteral("lamp-otter"));
        m_requests->selectRow(2);
        QCOMPARE(m_acts->model()->rowCount(), 4);
        const auto act = [&](int column) { return m_acts->model()->index(2, column).data().toString(); };
        QCOMPARE(act(1), QStringLiteral("approved"));
        QCOMPARE(act(2), QStringLiteral("commander-a"));
        QCOMPARE(act(3), QStringLiteral("key, pin"));
        QCOMPARE(act(4), QStringLiteral("12.5 s"));
        QCOMPARE(act(6), QStringLiteral("agreed with the owner"));
        QSignalSpy opened(m_view.get(), &views::ApprovalsView::ledgerEntryRequested);
        emit m_acts->activated(m_acts->model()->index(2, 0));
        QCOMPARE(opened.at(0).at(0).toLongLong(), 36);
    }

    void theFilterFindsPeopleCodesAndStates()
    {
        auto* filter = m_view->findChild<QLineEdit*>();
        filter->setText(QStringLiteral("OTTER"));
        QCOMPARE(m_requests->model()->rowCount(), 1);
        filter->setText(QStringLiteral("commander-a"));
        QCOMPARE(m_requests->model()->rowCount(), 1);
        filter->setText(QStringLiteral("nobody"));
        QCOMPARE(m_requests->model()->rowCount(), 0);
        filter->clear();
        m_view->findChild<QComboBox*>()->setCurrentIndex(1);
        QCOMPARE(m_requests->model()->rowCount(), 2);
    }

private:
    [[nodiscard]] QString cell(int row, int column) const { return m_requests->model()->index(row, column).data().toString(); }

    std::unique_ptr<bridge::CaseQueries> m_queries;
    std::unique_ptr<bridge::Commander> m_commander;
    std::unique_ptr<views::ApprovalsView> m_view;
    QTableView* m_requests = nullptr;
    QTableView* m_acts = nullptr;
};

QTEST_MAIN(TestApprovalsView)
#include "tst_approvals_view.moc"
