#include "core/connectors/hide_credential.h"

#include "core/base/digest.h"
#include "core/value/json.h"

#include <QTest>
#include <cstring>

using namespace cordon;

class TestHideCredential : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* password = "p+ss/w rd=7";

    static std::string cleaned(const std::string& answer, const Value& credential)
    {
        const auto secret = crypto::SecretBytes::copyOf(json::write(credential));
        return connectors::withoutCredential(fail(ErrorCode::Denied, answer), secret).error().detail;
    }

private slots:
    // NHI2
    void nhi2EveryFormOfACredentialIsTakenOut_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("sure"); ///< what depends on the secret alone
        const auto base64 = [](const std::string& text) { return QString::fromStdString(toBase64(bytesOf(text))); };
        const std::string word = password;
        QTest::newRow("as it is") << QString("bad: ") + password << password;
        // Of eleven bytes behind n others, characters ceil(8n/6) to floor(8(n+11)/6).
        for (const char* user : {"responder", "ada", "a"}) {
            const int before = static_cast<int>(std::strlen(user)) + 1;
            const QString form = base64(user + (':' + word));
            const int from = (before * 8 + 5) / 6;
            QTest::addRow("Basic, RFC 7617, user %s", user) << "Basic " + form << form.mid(from, (before + 11) * 8 / 6 - from);
        }
        QTest::newRow("Base64, something behind it") << base64(word + "\n and more") << base64(word).left(14);
        QString forAddresses = base64("a:" + word);
        forAddresses.replace('+', '-').replace('/', '_').remove('=');
        QTest::newRow("Base64 for addresses") << "token=" + forAddresses << forAddresses.mid(3, 14);
        QTest::newRow("percent-encoded") << "password=p%2Bss%2Fw%20rd%3D7&grant_type=x" << "p%2Bss%2Fw%20rd%3D7";
        QTest::newRow("percent-encoded in lower case") << "p%2bss%2fw%20rd%3d7" << "p%2bss%2fw%20rd%3d7";
    }
    void nhi2EveryFormOfACredentialIsTakenOut()
    {
        QFETCH(QString, said);
        QFETCH(QString, sure);
        QVERIFY(said.contains(sure));
        const std::string left = cleaned(said.toStdString(), Value::Object{{"user", "responder"}, {"password", password}});
        QVERIFY2(left.find("[secret hidden]") != std::string::npos, left.c_str());
        QVERIFY2(left.find(sure.toStdString()) == std::string::npos, left.c_str());
    }

    void aShortSecretGoesWhereItStandsAlone()
    {
        const Value credential = Value::Object{{"user", "ada"}, {"password", "role"}};
        QCOMPARE(cleaned("password 'role' is wrong for roles", credential), std::string("password '[secret hidden]' is wrong for roles"));
        QCOMPARE(cleaned("role", credential), std::string("[secret hidden]"));
        QCOMPARE(cleaned("parole, role-based, controle", credential), std::string("parole, [secret hidden]-based, controle"));
    }
    void threeCharactersAreTooFewToBeLookedFor()
    {
        QCOMPARE(cleaned("the key is bad", Value::Object{{"password", "key"}}), std::string("the key is bad"));
    }

    void namesStay()
    {
        QCOMPARE(cleaned("user responder-1 may not", Value::Object{{"user", "responder-1"}, {"password", password}}), std::string("user responder-1 may not"));
    }
    void valuesKeptForLaterAreSecretsToo()
    {
        const Value credential = Value::Object{{"token", "first-secret-token"}, {"new_values", Value::Object{{"vault/kv/shop", "the next value"}}}};
        QCOMPARE(cleaned("set vault/kv/shop to the next value", credential), std::string("set vault/kv/shop to [secret hidden]"));
    }
    void goodAnswersAreCleanedInEveryPart()
    {
        const auto secret = crypto::SecretBytes::copyOf("{\"token\":\"first-secret-token\"}");
        const auto answer = connectors::withoutCredential(Value(Value::Object{{"a", Value::Array{"x first-secret-token y", 7}}}), secret);
        QCOMPARE(json::write(*answer), std::string("{\"a\":[\"x [secret hidden] y\",7]}"));
    }
    void aSecretWithEscapesIsFoundInItsParts()
    {
        const auto secret = crypto::SecretBytes::copyOf("{\"private_key\":\"-----BEGIN KEY-----\\nMIIEvQIBADANBgkqhkiG9w0\\n\"}");
        const auto left = connectors::withoutCredential(fail(ErrorCode::Denied, "bad key MIIEvQIBADANBgkqhkiG9w0!"), secret);
        QCOMPARE(left.error().detail, std::string("bad key [secret hidden]!"));
    }
};

QTEST_GUILESS_MAIN(TestHideCredential)
#include "tst_hide_credential.moc"
