#include "core/engine/entity_names.h"

#include <QtTest>

using namespace cordon;

/// The shipped rules by which a thing is known under another name. Every rule has its rows here.
class TestEntityNames : public QObject
{
    Q_OBJECT

private slots:
    void aNameIsKnownUnderAnother_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("other"); ///< "" for none
        const auto row = [](const char* what, const char* name, const char* other) {
            QTest::newRow(what) << "account" << QString(name) << QString(other);
        };
        row("a user and its host account", "alice@corp.example", "corp\\alice");
        row("in any case of letters", "Alice@CORP.Example.com", "corp\\alice");
        row("a host account has no further name", "corp\\alice", "");
        row("a name without a domain", "alice@corp", "");
        row("nothing before the sign", "@corp.example", "");
        row("a person who signs in at AWS by SAML", "Ukh1i4+ExamplexL/jEvs=:Alice@corp.example", "corp\\alice");
        row("by a name that is no address", "Ukh1i4+ExamplexL/jEvs=:alice", "");
        row("a service account of a cluster in AWS",
            "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0F1E:sts.amazonaws.com:"
            "system:serviceaccount:pay:worker",
            "system:serviceaccount:pay:worker");
        row("a service account of a cluster in GCP", "shop-1.svc.id.goog[pay/worker]", "system:serviceaccount:pay:worker");
        row("and as a principal there",
            "principal://iam.googleapis.com/projects/12345/locations/global/workloadIdentityPools/shop-1.svc.id.goog/"
            "subject/ns/pay/sa/worker",
            "system:serviceaccount:pay:worker");
        row("an ARN is spelled by its reader", "arn:aws:iam::111122223333:user/alice", "");
        QTest::newRow("a host is no account") << "host" << "alice@corp.example" << "";
    }

    void aNameIsKnownUnderAnother()
    {
        QFETCH(QString, kind);
        QFETCH(QString, name);
        QFETCH(QString, other);
        const auto rules = engine::readEntityNames(CORDON_SOURCE_DIR "/resources");
        QVERIFY2(rules, rules ? "" : rules.error().detail.c_str());
        const auto found = (*rules)->canonicalOf({*entityKindFrom(kind.toStdString()), name.toStdString(), {}, {}});
        QCOMPARE(found ? QString::fromStdString(found->id) : QString(), other);
    }

    void aBrokenRuleIsToldWithItsLine()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath("entity_names.yml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("forms:\n  - {id: x, kind: account, from: '{a}{b}', as: '{a}'}\n");
        file.close();
        const auto rules = engine::readEntityNames(dir.path().toStdString());
        QVERIFY(!rules);
        QVERIFY2(rules.error().detail.find("line 2") != std::string::npos, rules.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestEntityNames)
#include "tst_entity_names.moc"
