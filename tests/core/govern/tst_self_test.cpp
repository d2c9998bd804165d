#include "core/govern/gate.h"
#include "core/govern/self_test.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;

class TestSelfTest : public QObject
{
    Q_OBJECT
private slots:
    void theGatePasses();
    void aBrokenGateFails_data();
    void aBrokenGateFails();
};

void TestSelfTest::theGatePasses()
{
    QCOMPARE(selfTestProblem(), std::string());
}

void TestSelfTest::aBrokenGateFails_data()
{
    QTest::addColumn<QString>("way");
    for (const char* way : {"allows", "denies", "holds", "forgets forbids", "forgets signatures", "names nothing"})
        QTest::newRow(way) << QString(way);
}

void TestSelfTest::aBrokenGateFails()
{
    QFETCH(QString, way);
    const std::string problem = selfTestProblem([&](const GateRequest& request) {
        GateRequest turned = request;
        if (way == "forgets forbids" && turned.mandate) {
            auto mandate = std::make_shared<Mandate>(*turned.mandate);
            mandate->forbid.clear();
            turned.mandate = mandate;
            turned.action.mandate = mandate->digest;
        }
        if (way == "forgets signatures")
            turned.mandateStatus.isSigned = Truth::True;
        Decision decision = Gate().rule(turned).decision;
        if (way == "allows")
            decision.effect = Effect::Allow;
        if (way == "denies")
            decision.effect = Effect::Deny;
        if (way == "holds")
            decision.effect = Effect::Hold;
        if (way == "names nothing") {
            decision.clauses.clear();
            decision.missing.clear();
        }
        return decision;
    });
    QVERIFY2(!problem.empty(), "the self-test passed a broken gate");
}

QTEST_GUILESS_MAIN(TestSelfTest)
#include "tst_self_test.moc"
