#include <QTest>

#include "core/factor/assertion_check.h"
#include "tests/support/software_key.h"

using namespace cordon;
using namespace cordon::test;

Q_DECLARE_METATYPE(cordon::SecurityKey::Algorithm)

/// What a security key signed, checked by libfido2.
class TestAssertionCheck : public QObject
{
    Q_OBJECT

    Digest m_digest = crypto::sha256("the approval");

    static void algorithms()
    {
        QTest::addColumn<SecurityKey::Algorithm>("algorithm");
        QTest::newRow("ES256") << SecurityKey::Algorithm::Es256;
        QTest::newRow("EdDSA") << SecurityKey::Algorithm::EdDsa;
    }

private slots:
    void anHonestAssertionHoldsAndTellsTheCounter_data() { algorithms(); }
    void anHonestAssertionHoldsAndTellsTheCounter()
    {
        QFETCH(SecurityKey::Algorithm, algorithm);
        SoftwareKey key(algorithm);
        key.counter = 0x01020304;
        const auto counter = factor::checkAssertion(key.signedOver(m_digest), key.publicHalf(), m_digest);
        QVERIFY2(counter.has_value(), counter ? "" : counter.error().detail.c_str());
        QCOMPARE(*counter, 0x01020304U);
    }

    void anotherDigestPartyOrPersonIsRefused_data() { algorithms(); }
    void anotherDigestPartyOrPersonIsRefused()
    {
        QFETCH(SecurityKey::Algorithm, algorithm);
        SoftwareKey key(algorithm);
        const SecurityKey known = key.publicHalf();
        QVERIFY(!factor::checkAssertion(key.signedOver(crypto::sha256("another approval")), known, m_digest));
        key.party = "example.org";
        QVERIFY(!factor::checkAssertion(key.signedOver(m_digest), known, m_digest));
        key.party = factor::keyParty;
        key.isUserVerified = false;
        QVERIFY(!factor::checkAssertion(key.signedOver(m_digest), known, m_digest));
        key.isUserVerified = true;
        key.isUserPresent = false;
        QVERIFY(!factor::checkAssertion(key.signedOver(m_digest), known, m_digest));
        key.isUserPresent = true;
        QVERIFY(factor::checkAssertion(key.signedOver(m_digest), known, m_digest).has_value());

        SoftwareKey other(algorithm);
        QVERIFY(!factor::checkAssertion(other.signedOver(m_digest), known, m_digest));
        other.credential = key.credential; // the id of another, without its key
        QVERIFY(!factor::checkAssertion(other.signedOver(m_digest), known, m_digest));
    }

    void everyFlippedBitIsRefused_data() { algorithms(); }
    void everyFlippedBitIsRefused()
    {
        QFETCH(SecurityKey::Algorithm, algorithm);
        const SoftwareKey key(algorithm);
        const KeyAssertion honest = key.signedOver(m_digest);
        for (const auto part : {&KeyAssertion::authData, &KeyAssertion::signature, &KeyAssertion::credential}) {
            for (std::size_t bit = 0; bit < (honest.*part).size() * 8; ++bit) {
                KeyAssertion bent = honest;
                (bent.*part)[bit / 8] = static_cast<char>((bent.*part)[bit / 8] ^ (1 << (bit % 8)));
                QVERIFY2(!factor::checkAssertion(bent, key.publicHalf(), m_digest), std::to_string(bit).c_str());
            }
        }
    }

    void malformedPartsAreRefused()
    {
        const SoftwareKey key;
        const KeyAssertion honest = key.signedOver(m_digest);
        for (const std::size_t size : {0UL, 1UL, 36UL, 38UL, 4000UL}) {
            KeyAssertion bent = honest;
            bent.authData.resize(size, '\0');
            QVERIFY(!factor::checkAssertion(bent, key.publicHalf(), m_digest));
        }
        KeyAssertion bent = honest;
        bent.signature.clear();
        QVERIFY(!factor::checkAssertion(bent, key.publicHalf(), m_digest));
        SecurityKey nowhere = key.publicHalf();
        nowhere.publicKey.assign(64, '\x01'); // not on the curve
        QVERIFY(!factor::checkAssertion(honest, nowhere, m_digest));
        QVERIFY(!SecurityKey::fromValue(Value::Object{{"algorithm", "rs256"}}));
        QVERIFY(SecurityKey::fromValue(key.publicHalf().toValue()) == key.publicHalf());
        QVERIFY(KeyAssertion::fromValue(honest.toValue()) == honest);
    }
};

QTEST_GUILESS_MAIN(TestAssertionCheck)
#include "tst_assertion_check.moc"
