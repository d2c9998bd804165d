#include "core/base/secret_shapes.h"

#include <QTest>

using namespace cordon;

namespace {

const std::string hidden(hiddenSecret);
/// Put together here so that no scanner of sources takes the example for a leak.
const std::string tail = "Ab3dEf6hIj9kLm2nOp5q";

} // namespace

class TestSecretShapes : public QObject
{
    Q_OBJECT

private slots:
    void tokensOfKnownMakersAreTakenOut_data()
    {
        QTest::addColumn<QString>("token");
        for (const char* start : {"ghp_", "github_pat_", "glpat-", "xoxb-", "sk_live_", "AIza", "npm_", "hvs."})
            QTest::newRow(start) << QString(start) + QString::fromStdString(tail);
        QTest::newRow("web token") << QString("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.") + QString::fromStdString(tail);
        QTest::newRow("private key") << QString("-----BEGIN EC PRIVATE ") + "KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----";
    }

    void tokensOfKnownMakersAreTakenOut()
    {
        QFETCH(QString, token);
        const std::string text = "before " + token.toStdString() + ", after";
        QCOMPARE(withoutSecrets(text), "before " + hidden + ", after");
        QCOMPARE(withoutKnownTokens(text), "before " + hidden + ", after");
    }

    void valuesAfterTheirNamesAreTakenOut()
    {
        QCOMPARE(withoutSecrets("password=hunter22 x"), "password=" + hidden + " x");
        QCOMPARE(withoutSecrets("{\"secretAccessKey\": \"abcdefgh\"}"), "{\"secretAccessKey\": \"" + hidden + "\"}");
        QCOMPARE(withoutSecrets("newPassword='correct-horse'"), "newPassword='" + hidden + "'");
        QCOMPARE(withoutSecrets("AWS_SECRET_ACCESS_KEY=" + tail), "AWS_SECRET_ACCESS_KEY=" + hidden);
        QCOMPARE(withoutSecrets(tail + tail), hidden); // forty mixed letters, as AWS makes them
    }

    void namesIdsAndDigestsStay_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"AKIAEXAMPLEBUILD0001", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/orders-db-pL20vT",
                                 "secretsmanager:GetSecretValue", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                                 "the password was changed", "aws-cli/2.17.40 md/Botocore#1.34.11 ua/2.0 os/linux#6.1",
                                 "arn:aws:iam::111122223333:role/OrganizationAccountAccessRole", "svc-build", ""})
            QTest::newRow(text) << text;
    }

    void namesIdsAndDigestsStay()
    {
        QFETCH(QString, text);
        QCOMPARE(withoutSecrets(text.toStdString()), text.toStdString());
        QCOMPARE(withoutKnownTokens(text.toStdString()), text.toStdString());
    }

    void longTextsCostLittle()
    {
        const std::string text(200'000, 'e');
        QCOMPARE(withoutSecrets(text).size(), text.size());
        std::string starts;
        for (int i = 0; i < 2000; ++i)
            starts += "-----BEGIN password= eyJ ";
        QVERIFY(!withoutSecrets(starts).empty());
    }
};

QTEST_GUILESS_MAIN(TestSecretShapes)
#include "tst_secret_shapes.moc"
