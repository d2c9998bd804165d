#include "core/act/connector_settings.h"

#include <QTest>

using namespace cordon;
using namespace cordon::act;

class TestConnectorSettings : public QObject
{
    Q_OBJECT

private:
    static std::string problemOf(const std::string& text)
    {
        const auto parsed = ConnectorSettings::parse(text, "systems.yaml");
        return parsed ? std::string() : parsed.error().detail;
    }
    static std::string with(const std::string& line)
    {
        return "connectors: cordon/v1\nsystems:\n  - name: aws-prod\n    kind: aws\n    tenant: \"123456789012\"\n    environment: prod\n" + line;
    }

private slots:
    void aFileIsReadWhole()
    {
        const auto parsed = ConnectorSettings::parse(with("    holds: [\"arn:aws:\", AKIA]\n    options: {region: eu-central-1}\n"), "f");
        QVERIFY2(parsed, parsed ? "" : parsed.error().detail.c_str());
        QCOMPARE(parsed->size(), std::size_t(1));
        const ConnectorSettings& one = parsed->front();
        QCOMPARE(one.name, std::string("aws-prod"));
        QCOMPARE(one.holds.size(), std::size_t(2));
        QCOMPARE(one.options["region"].asString(), std::string("eu-central-1"));
        const auto again = ConnectorSettings::fromValue(one.toValue());
        QVERIFY(again && again->toValue() == one.toValue());
    }

    void whatDoesNotFitIsNamedWithItsLine()
    {
        QVERIFY(problemOf(with("    colour: red\n")).find("line 7") != std::string::npos);
        QVERIFY(problemOf(with("    colour: red\n")).find("systems.yaml") != std::string::npos);
        QVERIFY(problemOf("{}").find("cordon/v1") != std::string::npos);
        QVERIFY(!problemOf("connectors: cordon/v1\nsystems:\n  - {name: A, kind: aws, tenant: t, environment: prod}\n").empty());
        QVERIFY(!problemOf("connectors: cordon/v1\nsystems:\n  - {name: a, kind: aws, environment: prod}\n").empty());
    }

    void twoOfOneNameAreRefused()
    {
        const std::string one = "  - {name: a, kind: aws, tenant: t, environment: prod}\n";
        QVERIFY(problemOf("connectors: cordon/v1\nsystems:\n" + one + one).find("two systems") != std::string::npos);
    }

    void aRealSystemIsNoExercise()
    {
        QVERIFY(problemOf("connectors: cordon/v1\nsystems:\n  - {name: a, kind: aws, tenant: t, environment: exercise}\n").find("exercise") != std::string::npos);
    }

    void secretsAreSentToTheVault()
    {
        QVERIFY(problemOf(with("    options: {region: r, inner: {client_secret: x}}\n")).find("vault") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestConnectorSettings)
#include "tst_connector_settings.moc"
