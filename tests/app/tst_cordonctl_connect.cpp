#include "core/act/credential_vault.h"
#include "core/domain/action.h"
#include "tests/app/ctl_runner.h"
#include "tests/support/aws_fake.h"

#include <QDirIterator>

using namespace cordon;
using namespace cordon::tests;

/// Real systems by hand: credentials go into the vault and out again, systems are tried, rights are told.
class TestCordonctlConnect : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* passphrase = "a long enough passphrase";

    static std::string credential(const test::AwsFake& fake, const std::string& secret)
    {
        return "{\"access_key_id\":\"" + fake.accessKeyId + "\",\"secret_access_key\":\"" + secret + "\"}";
    }
    static Ran keep(const CtlRunner& ctl, const QString& name, const std::string& text, const std::vector<std::string>& words)
    {
        std::string lines;
        for (const std::string& word : words)
            lines += (lines.empty() ? "" : "\n") + word;
        return ctl.run({"connect", "keep", name, "--credential-fd", "3", "--passphrase-fd", "4"}, {text, lines});
    }
    static QString settings(const CtlRunner& ctl, const std::string& endpoint, const std::string& more = {})
    {
        const QString file = ctl.path("systems.yaml");
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly))
            qFatal("no settings");
        out.write(QByteArray::fromStdString("connectors: cordon/v1\nsystems:\n  - name: aws-prod\n    kind: aws\n    tenant: \"123456789012\"\n"
                                            "    environment: prod\n    options: {region: eu-central-1, endpoint: \"" + endpoint + "\"}\n" + more));
        return file;
    }
    static Ran check(const CtlRunner& ctl, const QString& file, const std::string& word, const QStringList& more = {})
    {
        return ctl.run(QStringList{"--json", "connect", "check", file} + more + QStringList{"--passphrase-fd", "3"}, {word});
    }

    static void nothingLiesOpen(const CtlRunner& ctl, const char* secret)
    {
        QDirIterator files(ctl.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY(!bytes.contains(secret) && !bytes.contains(passphrase));
            QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
            ++count;
        }
        QVERIFY(count >= 2);
    }

private slots:
    // NHI2, NHI3
    void aCredentialIsKeptTriedAndForgotten()
    {
        test::AwsFake fake;
        const test::HttpPeer peer(fake.answer());
        const CtlRunner ctl;
        const Ran kept = keep(ctl, "aws-prod", credential(fake, fake.secret), {passphrase, passphrase});
        VERIFY_STATUS(kept, 0);
        QVERIFY(!kept.told().contains(fake.secret.c_str()));
        nothingLiesOpen(ctl, fake.secret.c_str());
        VERIFY_STATUS(keep(ctl, "aws-other", credential(fake, "another"), {passphrase}), 0); // the vault is there: once is enough
        const Ran listed = ctl.run({"connect", "list"});
        QCOMPARE(listed.out, QByteArray("aws-other\naws-prod\n"));

        const QString file = settings(ctl, peer.url());
        const Ran tried = check(ctl, file, passphrase);
        VERIFY_STATUS(tried, 0);
        const Value said = tried.json()["systems"];
        QCOMPARE(said.asArray().size(), std::size_t(1));
        QVERIFY(said.asArray().front()["ok"].asBool());
        QCOMPARE(said.asArray().front()["said"]["tenant"].asString(), std::string("123456789012"));
        QVERIFY(fake.done.empty()); // nothing was changed

        VERIFY_STATUS(ctl.run({"connect", "forget", "aws-prod"}), 0);
        VERIFY_STATUS(ctl.run({"connect", "forget", "aws-prod"}), 1);
        const Ran without = check(ctl, file, passphrase);
        VERIFY_STATUS(without, 1);
        QVERIFY(!without.json()["systems"].asArray().front()["ok"].asBool());
    }

    void whatDoesNotWorkIsToldWithItsReason()
    {
        test::AwsFake fake;
        const test::HttpPeer peer(fake.answer());
        const CtlRunner ctl;
        VERIFY_STATUS(keep(ctl, "aws-prod", credential(fake, "another"), {passphrase, passphrase}), 0);
        const QString file = settings(ctl, peer.url(), "  - {name: gone, kind: aws, tenant: \"123456789012\", environment: prod, options: {region: eu-central-1}}\n");
        const Ran both = check(ctl, file, passphrase);
        VERIFY_STATUS(both, 1);
        QCOMPARE(both.json()["systems"].asArray().size(), std::size_t(2));
        QVERIFY(both.json()["systems"].asArray().front()["problem"].asString().find("SignatureDoesNotMatch") != std::string::npos);
        QCOMPARE(check(ctl, file, passphrase, {"aws-prod"}).json()["systems"].asArray().size(), std::size_t(1));
        VERIFY_STATUS(check(ctl, file, passphrase, {"nobody"}), 1);
        VERIFY_STATUS(check(ctl, file, "another passphrase"), 1);
        VERIFY_STATUS(ctl.run({"connect", "check", file}), 64);
    }

    // NHI2
    void aValueThatASystemMadeIsGivenToWhoeverOpensTheVault()
    {
        const CtlRunner ctl;
        VERIFY_STATUS(keep(ctl, "entra-prod", "{\"client_id\":\"a\",\"client_secret\":\"b\"}", {passphrase, passphrase}), 0);
        const auto vault = act::CredentialVault::open(ctl.home().toStdString(), crypto::SecretBytes::copyOf(passphrase));
        QVERIFY(vault && (*vault)->keepMade("prod/secrets/app", crypto::SecretBytes::copyOf("THE-MADE-WORD")));
        nothingLiesOpen(ctl, "THE-MADE-WORD");
        const auto take = [&ctl](const char* id, const std::string& word, const QStringList& more = {}) {
            return ctl.run(QStringList{"connect", "take", id, "--to-fd", "1", "--passphrase-fd", "3"} + more, {word});
        };
        VERIFY_STATUS(take("prod/secrets/app", "another passphrase"), 1);
        VERIFY_STATUS(take("prod/secrets/other", passphrase), 1);
        QCOMPARE(take("prod/secrets/app", passphrase).out, QByteArray("THE-MADE-WORD"));
        QCOMPARE(take("prod/secrets/app", passphrase, {"--forget"}).out, QByteArray("THE-MADE-WORD"));
        VERIFY_STATUS(take("prod/secrets/app", passphrase), 1);
    }

    void whatIsNoCredentialIsNotKept()
    {
        const CtlRunner ctl;
        VERIFY_STATUS(keep(ctl, "aws-prod", "{}", {passphrase, "another passphrase"}), 1); // the two differ: no vault
        QVERIFY(!QFile::exists(ctl.home() + "/connectors/vault.json"));
        VERIFY_STATUS(keep(ctl, "aws-prod", "{}", {"short", "short"}), 1);
        VERIFY_STATUS(keep(ctl, "aws-prod", "no object", {passphrase, passphrase}), 1);
        VERIFY_STATUS(keep(ctl, "../aws", "{}", {passphrase}), 1);
        QCOMPARE(ctl.run({"--json", "connect", "list"}).json()["kept"].asArray().size(), std::size_t(0));
    }

    void everyKindTellsWhatItCanDoAndWhichRightsItWants_data()
    {
        QTest::addColumn<QString>("tenant");
        QTest::addColumn<QString>("options");
        QTest::newRow("aws") << "123456789012" << "region: eu-central-1";
        QTest::newRow("change") << "acme" << "endpoint: \"https://acme.example\", template: servicenow";
        QTest::newRow("entra") << "11111111-1111-1111-1111-111111111111" << "";
        QTest::newRow("github") << "acme" << "";
        QTest::newRow("kubernetes") << "uid" << "endpoint: \"https://cluster.acme.example\"";
        QTest::newRow("ldap") << "dc=acme,dc=example" << "host: ldap.acme.example";
        QTest::newRow("nftables") << "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" << "host: fw.acme.example, forensic: 192.0.2.1";
        QTest::newRow("oauth") << "https://id.acme.example" << "endpoint: \"https://id.acme.example\"";
        QTest::newRow("okta") << "00oacme" << "endpoint: \"https://acme.okta.com\"";
        QTest::newRow("postgres") << "4711" << "host: db.acme.example";
        QTest::newRow("vault") << "cluster" << "endpoint: \"https://vault.acme.example\"";
    }
    void everyKindTellsWhatItCanDoAndWhichRightsItWants()
    {
        QFETCH(QString, tenant);
        QFETCH(QString, options);
        const CtlRunner ctl;
        const auto written = [&](const QString& given) {
            return settings(ctl, "x", ("  - {name: one, kind: " + QString(QTest::currentDataTag()) + ", tenant: \"" + tenant + "\", environment: prod, options: {" + given + "}}\n").toStdString());
        };
        const Ran can = ctl.run({"--json", "connect", "can", written(options), "one"});
        VERIFY_STATUS(can, 0);
        const Value abilities = can.json()["abilities"];
        QVERIFY(abilities.asArray().size() > 3);
        for (const Value& one : abilities.asArray()) {
            QVERIFY2(findVerb(one["verb"].asString()) != nullptr, one["verb"].asString().c_str());
            QVERIFY(one["tier"].asString().starts_with("T"));
        }
        const Ran rights = ctl.run({"connect", "policy", written(options), "one"});
        VERIFY_STATUS(rights, 0);
        QVERIFY(!rights.json().asObject().empty());
        const Ran refused = ctl.run({"connect", "can", written(options + (options.isEmpty() ? "" : ", ") + "colour: red"), "one"});
        VERIFY_STATUS(refused, 1);
        QVERIFY(refused.err.contains("colour"));
    }

    void theLeastRightsAreToldWithoutACredential()
    {
        const CtlRunner ctl;
        const Ran told = ctl.run({"connect", "policy", settings(ctl, "https://127.0.0.1:9"), "aws-prod"});
        VERIFY_STATUS(told, 0);
        QCOMPARE(told.json()["Version"].asString(), std::string("2012-10-17"));
        VERIFY_STATUS(ctl.run({"connect", "policy", settings(ctl, "x"), "nobody"}), 1);
        const QString file = settings(ctl, "x", "  - {name: odd, kind: mainframe, tenant: a, environment: prod}\n");
        const Ran odd = ctl.run({"connect", "policy", file, "odd"});
        VERIFY_STATUS(odd, 1);
        QVERIFY(odd.err.contains("mainframe"));
    }
};

QTEST_GUILESS_MAIN(TestCordonctlConnect)
#include "tst_cordonctl_connect.moc"
