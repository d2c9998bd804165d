#include "core/act/credential_vault.h"

#include "core/platform/file.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::act;

class TestCredentialVault : public QObject
{
    Q_OBJECT

private:
    static constexpr crypto::ScryptCost m_cheap{1U << 10U, 8, 1};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_home;
    const crypto::SecretBytes m_passphrase = crypto::SecretBytes::copyOf("correct horse battery");

    std::unique_ptr<CredentialVault> open() { return CredentialVault::open(m_home, m_passphrase).value(); }
    static crypto::SecretBytes secret(const char* text) { return crypto::SecretBytes::copyOf(text); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home = m_folder->path().toStdString();
        QVERIFY(CredentialVault::make(m_home, m_passphrase, m_cheap));
    }

    void whatIsKeptComesBackUnderItsNameOnly()
    {
        QVERIFY(open()->keep("aws-prod", secret("{\"access_key_id\":\"AKIA\"}")));
        QCOMPARE(std::string(open()->credentialOf("aws-prod")->text()), std::string("{\"access_key_id\":\"AKIA\"}"));
        QVERIFY(open()->credentialOf("okta").error().code == ErrorCode::NotFound);
        QCOMPARE(CredentialVault::names(m_home), (std::vector<std::string>{"aws-prod"}));
        std::filesystem::copy(m_home / "connectors/aws-prod.credential", m_home / "connectors/okta.credential");
        QVERIFY(open()->credentialOf("okta").error().code == ErrorCode::Corrupt);
    }

    void nothingOfItStandsOnDiskInPlain()
    {
        QVERIFY(open()->keep("aws-prod", secret("{\"secret_access_key\":\"THE-SECRET-WORD\"}")));
        for (const auto& entry : std::filesystem::directory_iterator(m_home / "connectors")) {
            QVERIFY(platform::readFile(entry.path())->find("THE-SECRET-WORD") == std::string::npos);
            QVERIFY((entry.status().permissions() & std::filesystem::perms(077)) == std::filesystem::perms::none);
        }
    }

    void aValueThatWasMadeComesBackForItsThingOnly()
    {
        const auto vault = open();
        QVERIFY(vault->madeFor("prod/secrets/app")->isEmpty());
        QVERIFY(vault->keepMade("prod/secrets/app", secret("THE-MADE-WORD")) && vault->keepMade("prod/secrets/app", secret("THE-NEXT-WORD")));
        QCOMPARE(std::string(open()->madeFor("prod/secrets/app")->text()), std::string("THE-NEXT-WORD"));
        QVERIFY(vault->madeFor("prod/secrets/other")->isEmpty());
        QVERIFY(vault->keepMade("x", secret("")).error().code == ErrorCode::Invalid);
        QVERIFY(vault->keepMade("other", secret("ANOTHER-WORD")));
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(m_home / "connectors")) {
            QVERIFY(platform::readFile(entry.path())->find("-WORD") == std::string::npos);
            if (entry.path().extension() == ".made")
                files.push_back(entry.path());
        }
        QCOMPARE(files.size(), std::size_t(2));
        // What is put under another thing's name does not open.
        std::filesystem::copy_file(files[0], files[1], std::filesystem::copy_options::overwrite_existing);
        QVERIFY(vault->madeFor("other").has_value() != vault->madeFor("prod/secrets/app").has_value());
        QVERIFY(vault->forgetMade("prod/secrets/app") && vault->madeFor("prod/secrets/app")->isEmpty());
        QCOMPARE(CredentialVault::names(m_home), std::vector<std::string>());
    }

    void aWrongPassphraseOpensNothing()
    {
        QVERIFY(CredentialVault::open(m_home, secret("another passphrase")).error().code == ErrorCode::Denied);
        QVERIFY(CredentialVault::open(m_home / "nowhere", m_passphrase).error().code == ErrorCode::NotFound);
        QVERIFY(CredentialVault::make(m_home, m_passphrase, m_cheap).error().code == ErrorCode::Conflict);
        QVERIFY(CredentialVault::make(m_home / "other", secret("short"), m_cheap).error().code == ErrorCode::Invalid);
    }

    void everyChangedByteIsSeen()
    {
        QVERIFY(open()->keep("aws-prod", secret("{}")));
        const auto file = m_home / "connectors/aws-prod.credential";
        const std::string whole = platform::readFile(file).value();
        const auto vault = open();
        for (std::size_t i = 0; i < whole.size(); ++i) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            QVERIFY(platform::writeFileAtomically(file, changed));
            QVERIFY(vault->credentialOf("aws-prod").error().code == ErrorCode::Corrupt);
        }
    }

    void namesAndTextsThatAreNoneAreRefused()
    {
        const auto vault = open();
        for (const char* name : {"", "../x", "A", "a/b", "-a"})
            QVERIFY2(vault->keep(name, secret("{}")).error().code == ErrorCode::Invalid, name);
        QVERIFY(vault->keep("a", secret("no json")).error().code == ErrorCode::Invalid);
        QVERIFY(vault->credentialOf("../vault").error().code == ErrorCode::NotFound);
    }

    void whatIsForgottenIsGone()
    {
        QVERIFY(open()->keep("aws-prod", secret("{}")));
        QVERIFY(open()->forget("aws-prod"));
        QVERIFY(open()->credentialOf("aws-prod").error().code == ErrorCode::NotFound);
        QVERIFY(open()->forget("aws-prod"));
    }
};

QTEST_GUILESS_MAIN(TestCredentialVault)
#include "tst_credential_vault.moc"
