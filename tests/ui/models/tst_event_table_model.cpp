#include "tests/ui/support/fake_queries.h"
#include "ui/models/cell_roles.h"
#include "ui/models/event_table_model.h"
#include "ui/models/ledger_table_model.h"
#include "ui/models/rejected_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;
using models::EventTableModel;

class TestEventTableModel : public QObject
{
    Q_OBJECT

private slots:
    void answersDotsUntilThePageIsThere();
    void keepsItsRulesWhileItGrowsAndShrinks();
    void namesWhoIsSuspected();
    void aFilterAsksAgain();
    void ledgerRowsComeNewestFirst();
    void rejectedRowsNameFileAndReason();

private:
    bridge::CaseQueries m_queries{test::openFakeCase()};
};

void TestEventTableModel::answersDotsUntilThePageIsThere()
{
    EventTableModel model(m_queries, nullptr);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 5000);
    QCOMPARE(model.index(4000, EventTableModel::Time).data().toString(), QStringLiteral("…"));
    QTRY_VERIFY(model.index(4000, EventTableModel::Time).data().toString().contains(QLatin1String(" 12:05:")));
    QVERIFY(model.index(4000, EventTableModel::Time).data(models::MonoRole).toBool());
    QCOMPARE(model.eventAt(4000).value, 4001);
}

void TestEventTableModel::keepsItsRulesWhileItGrowsAndShrinks()
{
    EventTableModel model(m_queries, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 5000);
    engine::EventFilter narrow;
    narrow.incident = IncidentId{7};
    model.setFilter(narrow);
    QTRY_COMPARE(model.rowCount(), 231);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 5000);
}

void TestEventTableModel::namesWhoIsSuspected()
{
    EventTableModel model(m_queries, nullptr);
    model.setContext({test::FakeCase::newKey().key()}, {{EventId{1}, QStringLiteral("Key made for itself")}});
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 5000);
    (void)model.index(0, 0).data();
    QTRY_COMPARE(model.index(0, EventTableModel::Who).data().toString(), QStringLiteral("suspected"));
    QCOMPARE(model.index(0, EventTableModel::Who).data(models::ToneRole).toString(), QStringLiteral("attacker"));
    QCOMPARE(model.index(0, EventTableModel::Why).data().toString(), QStringLiteral("Key made for itself"));
    QCOMPARE(model.index(3, EventTableModel::Who).data().toString(), QStringLiteral("other"));
}

void TestEventTableModel::aFilterAsksAgain()
{
    EventTableModel model(m_queries, nullptr);
    QSignalSpy counted(&model, &EventTableModel::counted);
    engine::EventFilter filter;
    filter.text = "StopLogging";
    model.setFilter({});
    model.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), 3);
    QCOMPARE(counted.count(), 1);
}

void TestEventTableModel::ledgerRowsComeNewestFirst()
{
    models::LedgerTableModel model(m_queries, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 1284);
    (void)model.index(0, 0).data();
    QTRY_COMPARE(model.seqAt(0), 1284);
    QTRY_COMPARE(model.index(4, models::LedgerTableModel::Actor).data(models::ToneRole).toString(), QStringLiteral("people"));
}

void TestEventTableModel::rejectedRowsNameFileAndReason()
{
    models::RejectedTableModel model(m_queries, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTotal(2);
    (void)model.index(0, 0).data();
    QTRY_COMPARE(model.index(0, models::RejectedTableModel::Reason).data().toString(), QStringLiteral("line 9: no eventTime"));
    QCOMPARE(model.index(1, models::RejectedTableModel::Length).data().toString(), QStringLiteral("whole file"));
}

QTEST_MAIN(TestEventTableModel)
#include "tst_event_table_model.moc"
