#include "tests/ui/support/fake_queries.h"
#include "ui/views/approvals_view.h"

#include <QComboBox>
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
        m_view = std::make_unique<views::ApprovalsView>(*m_queries, nullptr);
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
        m_queries.reset();
    }

    void openRequestsStandFirstAndCanBeReviewed()
    {
        QCOMPARE(cell(0, 4), QStringLiteral("waiting"));
        QCOMPARE(cell(2, 0), QStringLiteral("AR-0012"));
        auto* review = m_view->findChild<QPushButton*>();
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
    std::unique_ptr<views::ApprovalsView> m_view;
    QTableView* m_requests = nullptr;
    QTableView* m_acts = nullptr;
};

QTEST_MAIN(TestApprovalsView)
#include "tst_approvals_view.moc"
