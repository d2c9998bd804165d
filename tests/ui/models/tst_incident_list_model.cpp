#include "tests/ui/support/fake_case.h"
#include "ui/models/agent_rows.h"
#include "ui/models/case_rows.h"
#include "ui/models/cell_roles.h"
#include "ui/models/incident_list_model.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;
using models::IncidentListModel;

class TestIncidentListModel : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatNeedsPeopleFirst();
    void keepsSelectionWhenTheOrderStays();
    void aLongQueueIsShownPageByPage();
    void countsOpenAndNeedy();
    void whatAHaltMadeVoidSaysSo();
    void saysTheDayWhenTheQueueIsNotAllOfToday();
    void namesTheProductsOnALineOfTheirOwn();
    void alertTimesSayTheirDay();
    void smallTablesHaveACellPerHeader();
    void aCellTableKeepsItsRules();

private:
    test::FakeCase m_case;
};

void TestIncidentListModel::saysWhatNeedsPeopleFirst()
{
    IncidentListModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<engine::IncidentRow> rows = *m_case.incidents();
    model.setRows(rows);
    QCOMPARE(model.index(0).data(IncidentListModel::StateRole).toString(), QStringLiteral("approval needed"));
    QCOMPARE(model.index(0).data(IncidentListModel::StateToneRole).toString(), QStringLiteral("people"));
    QCOMPARE(model.index(1).data(IncidentListModel::StateRole).toString(), QStringLiteral("partly contained by agent")); // steps are undecided
    rows[1].status = IncidentStatus::Contained;
    model.setRows(rows);
    QCOMPARE(model.index(1).data(IncidentListModel::StateRole).toString(), QStringLiteral("contained by agent"));
    QCOMPARE(model.index(0).data(IncidentListModel::SeverityRole).toString(), QStringLiteral("Critical 92"));
    QCOMPARE(model.index(0).data(IncidentListModel::NamesRole).toStringList(),
             QStringList({QStringLiteral("svc-deploy-ci"), QStringLiteral("AKIA…7QXD")}));
    model.setPerson(QStringLiteral("user:analyst-a"));
    QCOMPARE(model.index(3).data(IncidentListModel::StateRole).toString(), QStringLiteral("assigned to me"));
    model.setPerson(QStringLiteral("user:commander-a"));
    QCOMPARE(model.index(3).data(IncidentListModel::StateRole).toString(), QStringLiteral("assigned to analyst-a"));
}

void TestIncidentListModel::keepsSelectionWhenTheOrderStays()
{
    IncidentListModel model(nullptr);
    model.setRows(*m_case.incidents());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRows(*m_case.incidents());
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 0); // nothing is laid out anew where nothing changed
    auto turned = *m_case.incidents();
    turned[0].risk += 1;
    model.setRows(turned);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 1);
    std::swap(turned[0], turned[1]);
    model.setRows(turned);
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rowOf(IncidentId{7}), 1);
}

void TestIncidentListModel::aLongQueueIsShownPageByPage()
{
    IncidentListModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // it would fetch all of it
    constexpr int count = 3 * IncidentListModel::page + 7;
    std::vector<engine::IncidentRow> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back(m_case.incidents()->front());
        rows.back().id = IncidentId{i + 1};
    }
    model.setRows(rows);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QCOMPARE(model.rowCount(), IncidentListModel::page);
    QCOMPARE(model.open(), count); // counted are all
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 2 * IncidentListModel::page);
    QCOMPARE(model.rowOf(IncidentId{count}), count - 1);
    rows.back().risk += 1; // of what is not shown nothing is laid out
    model.setRows(rows);
    QCOMPARE(reset.count() + changed.count(), qsizetype{0});
    QCOMPARE(model.rowCount(), 2 * IncidentListModel::page);
    model.showUpTo(count - 1);
    QCOMPARE(model.rowCount(), count);
    QVERIFY(!model.canFetchMore({}));
    QVERIFY(model.idAt(count - 1) == IncidentId{count});
    rows.erase(rows.begin() + 3, rows.end());
    model.setRows(rows);
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rowCount(), 3);
    model.setRows(std::vector<engine::IncidentRow>());
    QCOMPARE(model.rowCount(), 0);
}

void TestIncidentListModel::countsOpenAndNeedy()
{
    IncidentListModel model(nullptr);
    auto rows = *m_case.incidents();
    rows[4].status = IncidentStatus::Closed;
    model.setRows(rows);
    QCOMPARE(model.open(), 4);
    QCOMPARE(model.needYou(), 1);
    QVERIFY(!model.idAt(99).isSet());
}

void TestIncidentListModel::whatAHaltMadeVoidSaysSo()
{
    IncidentListModel model(nullptr);
    model.setRows(*m_case.incidents());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setHalted(true);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.index(0).data(IncidentListModel::StateRole).toString(), QStringLiteral("halted · to ask again"));
    QCOMPARE(model.index(0).data(IncidentListModel::StateToneRole).toString(), QStringLiteral("people"));
    model.setHalted(false);
    QCOMPARE(model.index(0).data(IncidentListModel::StateRole).toString(), QStringLiteral("approval needed"));
}

void TestIncidentListModel::saysTheDayWhenTheQueueIsNotAllOfToday()
{
    IncidentListModel model(nullptr);
    auto rows = *m_case.incidents();
    const Timestamp today = Timestamp::fromMicros(QDateTime::currentMSecsSinceEpoch() * 1000);
    for (auto& row : rows)
        row.firstSeen = row.lastSeen = today;
    model.setRows(rows);
    QCOMPARE(model.index(0).data(IncidentListModel::WhenRole).toString().size(), qsizetype{5});
    rows[1].firstSeen = rows[1].lastSeen = *Timestamp::parse("2021-03-02T09:15:03Z");
    model.setRows(rows);
    QCOMPARE(model.index(1).data(IncidentListModel::WhenRole).toString(), QStringLiteral("2 Mar 2021 09:15"));
    QVERIFY(model.index(0).data(IncidentListModel::WhenRole).toString().size() > 5);
}

void TestIncidentListModel::namesTheProductsOnALineOfTheirOwn()
{
    IncidentListModel model(nullptr);
    auto rows = *m_case.incidents();
    rows[0].alerts = 1;
    rows[0].products = {"Some Sensor"};
    rows[1].products = {"Some Sensor"};
    model.setRows(rows);
    QCOMPARE(model.index(0).data(IncidentListModel::SourcesRole).toString(), QStringLiteral("from Some Sensor"));
    QCOMPARE(model.index(1).data(IncidentListModel::SourcesRole).toString(), QStringLiteral("other products: Some Sensor"));
    QVERIFY(model.index(2).data(IncidentListModel::SourcesRole).toString().isEmpty());
    QVERIFY(!model.index(0).data(IncidentListModel::AlertsRole).toString().contains(QLatin1String("Some Sensor")));
}

void TestIncidentListModel::alertTimesSayTheirDay()
{
    auto alerts = m_case.incident(IncidentId{7})->alerts;
    alerts.front().first = *Timestamp::parse("2021-03-02T09:15:03.112Z");
    const auto rows = models::alertRows(alerts);
    QCOMPARE(rows.front().cells.front().text, QStringLiteral("2021-03-02 09:15:03.112"));
    QCOMPARE(rows.back().cells.front().text.size(), qsizetype{23});
}

void TestIncidentListModel::smallTablesHaveACellPerHeader()
{
    const auto fits = [](const QStringList& headers, const std::vector<models::CellRow>& rows) {
        for (const models::CellRow& row : rows) {
            if (row.cells.size() != static_cast<std::size_t>(headers.size()))
                return false;
        }
        return !rows.empty();
    };
    QVERIFY(fits(models::alertHeaders(), models::alertRows(m_case.incident(IncidentId{7})->alerts)));
    QVERIFY(fits(models::historyHeaders(), models::historyRows(*m_case.approvals())));
    QVERIFY(fits(models::decisionHeaders(), models::decisionRows(m_case.agent()->decisions)));
    QVERIFY(fits(models::sourceHeaders(), models::sourceRows(*m_case.followed(), *m_case.sources())));
    QVERIFY(fits(models::evidenceHeaders(), models::evidenceRows(*m_case.evidence())));
    QVERIFY(fits(models::markHeaders(), models::markRows(*m_case.marks(std::nullopt))));
    QVERIFY(fits(models::boardHeaders(), models::boardRows(*m_case.incidents())));
}

void TestIncidentListModel::aCellTableKeepsItsRules()
{
    models::CellTableModel model(models::historyHeaders(), nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(models::historyRows(*m_case.approvals()));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.keyAt(0).toString(), QStringLiteral("AR-0018"));
    QCOMPARE(model.rowOf(QStringLiteral("AR-0012")), 2);
    QCOMPARE(model.index(0, 4).data(models::ToneRole).toString(), QStringLiteral("people"));
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestIncidentListModel)
#include "tst_incident_list_model.moc"
