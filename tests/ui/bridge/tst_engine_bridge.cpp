#include "tests/ui/support/fake_queries.h"
#include "ui/bridge/commander.h"
#include "ui/bridge/engine_bridge.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <thread>

using namespace cordon;
using namespace cordon::ui::bridge;

class TestEngineBridge : public QObject
{
    Q_OBJECT

private slots:
    void foldsABurstIntoOneSignal();
    void losesNoMessage();
    void answersComeToTheAskingThread();
    void anAnswerForSomebodyGoneIsDropped();
    void aCaseThatDoesNotOpenSaysWhy();
    void commandsCarryWhoIsSignedIn();
};

void TestEngineBridge::foldsABurstIntoOneSignal()
{
    EngineBridge bridge;
    QSignalSpy changed(&bridge, &EngineBridge::changed);
    std::thread engine([&bridge] {
        for (int i = 1; i <= 1000; ++i) {
            engine::Notice notice;
            notice.revision = static_cast<std::uint64_t>(i);
            notice.changed = {IncidentId{i % 3 + 1}};
            bridge.onNotice(notice);
        }
    });
    engine.join();
    QTRY_COMPARE(bridge.latest().revision, 1000U);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(bridge.latest().changed.size(), 3U);
}

void TestEngineBridge::losesNoMessage()
{
    EngineBridge bridge;
    QSignalSpy arrived(&bridge, &EngineBridge::messageArrived);
    for (int i = 0; i < 5; ++i) {
        engine::Notice notice;
        notice.message = Text{"message", {{"n", std::to_string(i)}}};
        notice.isProblem = i == 4;
        bridge.onNotice(notice);
    }
    QTRY_COMPARE(arrived.count(), 5);
    QVERIFY(arrived.last().at(1).toBool());
}

void TestEngineBridge::answersComeToTheAskingThread()
{
    CaseQueries queries(test::openFakeCase());
    QThread* askedOn = nullptr;
    QThread* answeredOn = nullptr;
    queries.ask<std::int64_t>(
        this,
        [&askedOn](CaseSource& source) {
            askedOn = QThread::currentThread();
            return source.countLedger();
        },
        [&answeredOn](const Result<std::int64_t>& count) {
            QCOMPARE(*count, 1284);
            answeredOn = QThread::currentThread();
        });
    QTRY_COMPARE(answeredOn, QThread::currentThread());
    QVERIFY(askedOn != answeredOn);
}

void TestEngineBridge::anAnswerForSomebodyGoneIsDropped()
{
    CaseQueries queries(test::openFakeCase());
    int answers = 0;
    const auto question = [](CaseSource& source) { return source.countLedger(); };
    auto* gone = new QObject;
    queries.ask<std::int64_t>(gone, question, [&answers](const Result<std::int64_t>&) { answers += 100; });
    delete gone;
    queries.ask<std::int64_t>(this, question, [&answers](const Result<std::int64_t>&) { ++answers; });
    QTRY_COMPARE(answers, 1);
}

void TestEngineBridge::aCaseThatDoesNotOpenSaysWhy()
{
    CaseQueries queries([]() -> Result<std::unique_ptr<CaseSource>> { return fail(ErrorCode::NotFound, "no case there"); });
    std::string why;
    queries.ask<std::int64_t>(
        this, [](CaseSource& source) { return source.countLedger(); },
        [&why](const Result<std::int64_t>& count) { why = count ? "" : count.error().detail; });
    QTRY_COMPARE(why, std::string("no case there"));
}

void TestEngineBridge::commandsCarryWhoIsSignedIn()
{
    std::vector<engine::Command> sent;
    Commander commander([&sent](engine::Command command) { sent.push_back(std::move(command)); });
    commander.choose(QStringLiteral("user:commander-a"));
    commander.halt(); // asks nobody for anything
    QCOMPARE(sent.size(), 1U);
    QCOMPARE(std::get<engine::Halt>(sent[0]).by, std::string("user:commander-a"));
    int signIns = 0;
    QStringList orders;
    connect(&commander, &Commander::signInNeeded, this, [&signIns] { ++signIns; });
    connect(&commander, &Commander::factorsNeeded, this, [&orders](const QString& order) { orders += order; });
    commander.skip(QStringLiteral("INC-0001/S3"), QStringLiteral("not ours"));
    commander.undo(QStringLiteral("INC-0001/S2"), true);
    commander.resume();
    QCOMPARE(sent.size(), 1U); // nothing went out under a mere name
    QCOMPARE(signIns, 1);
    QCOMPARE(orders.size(), 2);
    QVERIFY(orders[0].contains(QStringLiteral("\"undo\"")) && orders[0].contains(QStringLiteral("\"overwrite_drift\":true")));
    QVERIFY(!commander.beginSitting(QStringLiteral("anything"), {}, {}));
    commander.submitSigned(QStringLiteral("block"), QStringLiteral("done"));
    QCOMPARE(std::get<engine::Signed>(sent.back()).text, std::string("block"));
}

QTEST_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
