#include "core/crypto/foreign_signature.h"

#include <QTest>

using namespace cordon;

/// Signatures over "the message" by the openssl program, with keys that were thrown away.
class TestForeignSignature : public QObject
{
    Q_OBJECT

private slots:
    void whatAnotherProgramSignedVerifiesAndNothingElseDoes_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("signature");
        const auto row = [](const char* algorithm, const char* key, const char* signature) {
            QTest::newRow(algorithm) << key << signature;
        };
        row("RS256",
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0YwyC5sxAvaaKm+LFMUUjXY75XMTRHrRZg9zaXZqsAF4lNAUI0IeAOyR"
            "WfddOyUR5k5X65ZqYfMkyN5FXETW06b3vfrAHhkXJ+wsep74rV3k0DS3ybPPe6zy1lEs/+eTYh5ozqv8FX1no5wfJ7qEcl79Eyhd"
            "+WcrLktvy98fQpKMA88H2u0TX2xv25RCkXrS1ivMLt8T/sQErnC5gCdG/PCOi5DyqTZsIonrPORo2nMliwe6Kgud1F7Gr/Q1ZRBF"
            "Re4CY7Px0yiDrf9CXaxMJfgqo1HjwnPfpUvpnnUPnknqzBdi+nGSLhLQzTG9zNuxF8X9EeEueuhog9BliGpKZwIDAQAB",
            "ETjcdZeiPUkbbYvgn0yX7lKxpcN9KDNFgVCp2VaSvxxg8lrPKWAEgWPW/4mL9ITd6iiIKsmYfAV8759j2wri/oqWYvcwLLbShXUV"
            "WmDEY4+JOM8XYZocsQniRFg+12iHln9VucUAXtW1IAWm4dk2hfypraPZCaZtQrJ61TxxtMD9oyt0UP9cxt5HZNW2vmdFyjJMEzz8"
            "j71XaGpyN/0gFJQPYcrKjNO/L/2UPDgDqeUBosnXBvh/H5AW5LnIX1CHKfl8UMWbuk2tItJmVEr0J0fnzjN5njofpZ/+SDYqnICy"
            "ph5KTK4+k1JbSimi8rGLChyOfQg3kSBgZZW74wkw7Q==");
        row("PS512",
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0YwyC5sxAvaaKm+LFMUUjXY75XMTRHrRZg9zaXZqsAF4lNAUI0IeAOyR"
            "WfddOyUR5k5X65ZqYfMkyN5FXETW06b3vfrAHhkXJ+wsep74rV3k0DS3ybPPe6zy1lEs/+eTYh5ozqv8FX1no5wfJ7qEcl79Eyhd"
            "+WcrLktvy98fQpKMA88H2u0TX2xv25RCkXrS1ivMLt8T/sQErnC5gCdG/PCOi5DyqTZsIonrPORo2nMliwe6Kgud1F7Gr/Q1ZRBF"
            "Re4CY7Px0yiDrf9CXaxMJfgqo1HjwnPfpUvpnnUPnknqzBdi+nGSLhLQzTG9zNuxF8X9EeEueuhog9BliGpKZwIDAQAB",
            "BqcmHTRSj1MKbTblVjBC8ehnpMllCeeOZz3TiXbXKJVaJJW2P4HKbTzqh0WeA7qhIVnx/nBd94CkmzN+EqBtiPk4ufedkimhOyvW"
            "zEFg20KE/ryD7BE8kSOZaWZCOeQeSFKJQ1RQ3gI6ayoK8y3N06IFT3L2u5MpX/Gp9bMkHxlRMoL7u1ECOtSQlM6wsKtZX7bRx13z"
            "719wt+vnk7nMtFBQKR6MBPRz+SUQNo0PZxdzX1/vNjuioneBnn5UxZmg9qlZ8/J7slzy6livPYhi8VhRl5H/DO8Ct/eYikmrFHgg"
            "7LH7St+HvFbYI/Ospg+DIFEty5DpYMWGBuEHlWRiDg==");
        row("ES256",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk8mbuNdkLl65igUeaxhNJQceGg+HioCYepUTL8Z2ajis+ijAPSa8YVvqmZpRew/5"
            "bCWfwtwzTZGsjMwF3CEvqQ==",
            "TyPgd9oZ/l9HPDaUxZk2rPYDMmJ622apDq2V9OL6djc9Ob/rWfhC6HrvhuqWn5D3qFTaTWlCnmWV/8U3uQSrAA==");
        row("ES384",
            "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEGCDx/RtZ7h1Nb8FDBuCoY+laJXJqQtiSEaylAVxrpWn5oq8Lk0HDJHgUc6ERaO9TSWRC"
            "3leFIzH35tOvbUXQPmyaLBLCcRMGU2hqZOtfKe+d3DZIR+zofsCb1XNkw1HG",
            "IbFvFyAgpwLtBaQDAt/IajDNRgXDM/V+RHyndwSEBsz5K7hz6cVNZED8IARWVNvxOXskG/TtBcD4eAYsxfc6VptoKjZkVTx3fCTK"
            "fe3t+7kdtjQjh8PNBupzgveiRbDw");
        row("ES512",
            "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBI13UC5+byLMeut3LV4hDkVcQ16A8pXkTUYaIQ0hA0mMzuAIeirsWOTBF4vF33WUb"
            "g/Xt8RIcgWqEajFzPYBzBVQAfAwznhbg7r0GQlbWELdpKrCNJuI1QSlVwo6YsEurj4y28qwKyzfVflqzQl6w3aBLN13mqHnl7BDe"
            "nD8Q7sZzlCs=",
            "AGby39OmF5mQ1jOLp5JRUckuOE6j7xaE/w5KqiIfIaG2jLtiJkeMFnPT37s4pcJJaIAISB3R7y0KDtGKIfzCl3vzAAGH+qER78n5"
            "f0Wz4bp7BsRYO1j/JPGFghxfYKrX71Ts0b9dDko3XNAOYnp/poRCiLWoLAEPdqJiouD071B5wEb0");
        row("Ed25519",
            "MCowBQYDK2VwAyEAOP3//N1SB9ojbobmmDePwX/WXhjVLEyVifnDzNQ4vb8=",
            "dXkOrh1Pw7SR2xvAL0cnfxgiF88KuwdeZM1jVRwllkYUkOU5drmSlNeMIacRxYsVsGFCIf+4vCbbRS/l1CUNAQ==");
        row("Ed448",
            "MEMwBQYDK2VxAzoAECEObSWaRZzC759qY1vtri6NfJILpAvMDn3DW7x5YQkjTeCUA44w3pRw6F54jtb3XN3dc8oB4EAA",
            "zZ5D0btTr6FWEFToJJuccIcmv1ZeGwi7EpuuUduE7AxzYfZhlDULJVLe0k1lfTAZ5Kuloj81L4uAlP0LL+Z168GYNzmqF2RZ+Jp3"
            "Q96bv1Si5olv6bKjLGO3yF8ols8UO0wbRfBP7WSy1z0E835x+BUA");
    }
    void whatAnotherProgramSignedVerifiesAndNothingElseDoes()
    {
        QFETCH(QString, key);
        QFETCH(QString, signature);
        const std::string algorithm = QTest::currentDataTag();
        const std::string der = *fromBase64(key.toStdString());
        std::string bytes = *fromBase64(signature.toStdString());
        const auto good = crypto::verifiesForeign(algorithm, "the message", bytes, der);
        QVERIFY2(good, good ? "" : good.error().detail.c_str());
        QVERIFY(*good);
        QVERIFY(!*crypto::verifiesForeign(algorithm, "the massage", bytes, der));
        for (const std::size_t at : {std::size_t(0), bytes.size() / 2, bytes.size() - 1}) {
            std::string bent = bytes;
            bent[at] = static_cast<char>(bent[at] ^ 1);
            QVERIFY(!*crypto::verifiesForeign(algorithm, "the message", bent, der));
        }
        QVERIFY(!*crypto::verifiesForeign(algorithm, "the message", bytes.substr(1), der));
        QVERIFY(!*crypto::verifiesForeign(algorithm, "the message", "", der));
        for (const char* other : {"RS256", "PS256", "ES256", "ES384", "ES512", "Ed25519", "Ed448"}) {
            const auto wrong = crypto::verifiesForeign(other, "the message", bytes, der);
            QVERIFY(algorithm == other || !wrong || !*wrong);
        }
    }

    void whatIsNoKeyAndWhatIsNoAlgorithmIsSaid()
    {
        QVERIFY(crypto::verifiesForeign("HS256", "m", "s", "k").error().code == ErrorCode::Unsupported);
        QVERIFY(crypto::verifiesForeign("LMS_SHA256_M32_H5", "m", "s", "k").error().code == ErrorCode::Unsupported);
        QVERIFY(crypto::verifiesForeign("RS256", "m", "s", "no key").error().code == ErrorCode::Invalid);
        QVERIFY(crypto::verifiesForeign("Ed25519", "m", "s", "").error().code == ErrorCode::Invalid);
        QVERIFY(crypto::digestByName("md5", "m").error().code == ErrorCode::Unsupported);
        QCOMPARE(crypto::digestByName("sha-512", "m")->size(), std::size_t(64));
    }

    void aCertificateHasItsKey()
    {
        const std::string certificate = *fromBase64(
            "MIIBczCCARmgAwIBAgIUFGhczjK+ZIfwTBifsxhbT9GIKAwwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEZGVzazAeFw0yNjExMjMx"
            "NTI0MzdaFw0yNjExMjQxNTI0MzdaMA8xDTALBgNVBAMMBGRlc2swWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASTyZu412QuXrmK"
            "BR5rGE0lBx4aD4eKgJh6lRMvxnZqOKz6KMA9JrxhW+qZmlF7D/lsJZ/C3DNNkayMzAXcIS+po1MwUTAdBgNVHQ4EFgQUztymBg7V"
            "+TPaikexg/mRW2KabA4wHwYDVR0jBBgwFoAUztymBg7V+TPaikexg/mRW2KabA4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD"
            "AgNIADBFAiEAoQwDxmUbEF4Der3E0gcGkVBcf0tu+q5hqVuOqfnBx4UCIAKJiFRfVZ0cxlbSa9SXqF9ngGldGc0HJbMhCzcLlkCv");
        const std::string key = *fromBase64(
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk8mbuNdkLl65igUeaxhNJQceGg+HioCYepUTL8Z2ajis+ijAPSa8YVvqmZpRew/5"
            "bCWfwtwzTZGsjMwF3CEvqQ==");
        QCOMPARE(toHex(bytesOf(*crypto::publicKeyOfCertificate(certificate))), toHex(bytesOf(key)));
        QVERIFY(!crypto::publicKeyOfCertificate(certificate.substr(0, 40)));
        QVERIFY(!crypto::publicKeyOfCertificate(""));
        const std::string pem = "-----BEGIN PUBLIC KEY-----\n" + toBase64(bytesOf(key)) + "\n-----END PUBLIC KEY-----\n";
        QCOMPARE(toHex(bytesOf(*crypto::publicKeyOfPem(pem))), toHex(bytesOf(key)));
        QVERIFY(!crypto::publicKeyOfPem("-----BEGIN PUBLIC KEY-----"));
    }
};

QTEST_GUILESS_MAIN(TestForeignSignature)
#include "tst_foreign_signature.moc"
