#include "core/act/connector_registry.h"

#include "tests/support/scripted_connector.h"

#include <QtTest>

using namespace cordon;
using cordon::act::ConnectorRegistry;
using cordon::test::ScriptedConnector;

class TestConnectorRegistry : public QObject
{
    Q_OBJECT

private slots:
    void anExerciseRefusesARealConnector();
    void aRealCaseRefusesAnExerciseTenant();
    void findsByNameAndOnlyByName();
    void aNameIsTakenOnce();
};

void TestConnectorRegistry::anExerciseRefusesARealConnector()
{
    ConnectorRegistry registry(true);
    const auto added = registry.add(std::make_unique<ScriptedConnector>("aws", false));
    QVERIFY(!added);
    QVERIFY(added.error().code == ErrorCode::Denied);
    QVERIFY(registry.all().empty());
    QVERIFY(!registry.find("aws"));
}

void TestConnectorRegistry::aRealCaseRefusesAnExerciseTenant()
{
    ConnectorRegistry registry(false);
    QVERIFY(!registry.add(std::make_unique<ScriptedConnector>("exercise", true)));
    QVERIFY(registry.add(std::make_unique<ScriptedConnector>("aws", false)));
    QCOMPARE(registry.all().size(), std::size_t{1});
}

void TestConnectorRegistry::findsByNameAndOnlyByName()
{
    ConnectorRegistry registry(true);
    QVERIFY(registry.add(std::make_unique<ScriptedConnector>("one")));
    QCOMPARE((*registry.find("one"))->name(), std::string("one"));
    QVERIFY(registry.find("on").error().code == ErrorCode::NotFound);
}

void TestConnectorRegistry::aNameIsTakenOnce()
{
    ConnectorRegistry registry(true);
    QVERIFY(registry.add(std::make_unique<ScriptedConnector>("one")));
    QVERIFY(registry.add(std::make_unique<ScriptedConnector>("one")).error().code == ErrorCode::Conflict);
    QVERIFY(registry.add(nullptr).error().code == ErrorCode::Invalid);
    QVERIFY(registry.add(std::make_unique<ScriptedConnector>("")).error().code == ErrorCode::Invalid);
}

QTEST_GUILESS_MAIN(TestConnectorRegistry)
#include "tst_connector_registry.moc"
