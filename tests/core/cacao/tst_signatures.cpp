#include "core/cacao/signatures.h"
#include "core/crypto/foreign_signature.h"
#include "core/crypto/signing_key.h"
#include "tests/core/cacao/small_playbook.h"

#include <QTest>

using namespace cordon;
using namespace cordon::tests;
using cacao::SignatureState;

namespace {

const Timestamp now = *Timestamp::parse("2026-06-01T00:00:00Z");

crypto::SigningKey keyOf(char c)
{
    return *crypto::SigningKey::fromSeed(bytesOf(std::string(32, c)));
}

Value signedBy(const Value& playbook, char c, int number)
{
    return *cacao::sign(playbook, keyOf(c), {stepId("jss", number), "Desk", now});
}

/// Changes one member of one signature.
Value withChanged(const Value& playbook, std::size_t which, const std::string& key, Value value)
{
    Value::Array all = playbook["signatures"].asArray();
    all[which].set(key, std::move(value));
    Value out = playbook;
    out.set("signatures", std::move(all));
    return out;
}

std::vector<cacao::SignatureState> statesOf(const Value& playbook)
{
    std::vector<cacao::SignatureState> states;
    for (const auto& finding : cacao::checkSignatures(playbook, now))
        states.push_back(finding.state);
    return states;
}

} // namespace

class TestSignatures : public QObject
{
    Q_OBJECT

private slots:
    void aSignedPlaybookIsSoundAndItsSignatureValid()
    {
        const Value playbook = signedBy(SmallPlaybook().data(), 'a', 1);
        const auto text = cacao::write(playbook);
        QVERIFY2(text, text ? "" : text.error().detail.c_str());
        const cacao::Reading reading = cacao::read(*text, "signed.json");
        const auto findings = cacao::checkSignatures(reading.playbook.data, now);
        QCOMPARE(findings.size(), std::size_t(1));
        QVERIFY2(findings[0].state == SignatureState::Valid, findings[0].why.c_str());
        QCOMPARE(findings[0].signee, std::string("Desk"));
        QVERIFY(findings[0].key.starts_with("SHA256:"));
        QVERIFY(!findings[0].isKeyGiven);
    }

    void aChangedPlaybookIsTold()
    {
        const Value playbook = signedBy(SmallPlaybook().data(), 'a', 1);
        for (const char* key : {"name", "description", "x_of_nobody"}) {
            Value changed = playbook;
            changed.set(key, "another");
            QVERIFY(statesOf(changed) == std::vector{SignatureState::Invalid});
        }
        Value reordered = playbook; // what changes no meaning changes no canonical form
        QVERIFY(statesOf(*json::parse(json::writePretty(reordered))) == std::vector{SignatureState::Valid});
    }

    void theSignatureItselfIsSignedToo()
    {
        const Value playbook = signedBy(SmallPlaybook().data(), 'a', 1);
        QVERIFY(statesOf(withChanged(playbook, 0, "signee", "Somebody")) == std::vector{SignatureState::Invalid});
        QVERIFY(statesOf(withChanged(playbook, 0, "hash_algorithm", "sha-512")) == std::vector{SignatureState::Invalid});
        QVERIFY(statesOf(withChanged(playbook, 0, "value", "AAAA")) == std::vector{SignatureState::Invalid});
    }

    void severalSignaturesStandBesideOneAnother()
    {
        const Value playbook = signedBy(signedBy(SmallPlaybook().data(), 'a', 1), 'b', 2);
        QVERIFY(statesOf(playbook) == (std::vector{SignatureState::Valid, SignatureState::Valid}));
        QVERIFY(statesOf(withChanged(playbook, 1, "signee", "x")) == (std::vector{SignatureState::Valid, SignatureState::Invalid}));
    }

    void whatCannotBeCheckedIsNeitherValidNorInvalid()
    {
        const Value playbook = signedBy(SmallPlaybook().data(), 'a', 1);
        const Value byAddress = withChanged(withChanged(playbook, 0, "cert_url", "https://example.org/c.pem"), 0, "public_key", Value());
        Value::Object signature = byAddress["signatures"].asArray()[0].asObject();
        signature.erase("public_key");
        Value alone = playbook;
        alone.set("signatures", Value::Array{signature});
        QVERIFY(statesOf(alone) == std::vector{SignatureState::CannotTell});
        QVERIFY(statesOf(withChanged(playbook, 0, "algorithm", "XMSS-SHA2_10_256")) == std::vector{SignatureState::CannotTell});
        QVERIFY(statesOf(withChanged(playbook, 0, "hash_algorithm", "md5")) == std::vector{SignatureState::CannotTell});
    }

    void itsOwnWordsCount()
    {
        const Value playbook = SmallPlaybook().data();
        const auto saying = [&](const char* key, Value value) {
            return statesOf(withChanged(signedBy(playbook, 'a', 1), 0, key, std::move(value)));
        };
        const std::vector invalid{SignatureState::Invalid};
        QVERIFY(saying("revoked", true) == invalid);
        QVERIFY(saying("related_to", stepId("playbook", 8)) == invalid);
        QVERIFY(saying("related_version", "2026-01-03T00:00:00.000Z") == invalid);
        QVERIFY(saying("valid_until", "2026-05-31T00:00:00Z") == invalid);
        QVERIFY(saying("valid_from", "2026-06-02T00:00:00Z") == invalid);
    }

    void aGivenKeyStandsForTheOneInside()
    {
        const Value playbook = signedBy(SmallPlaybook().data(), 'a', 1);
        const std::string own = *fromBase64(playbook["signatures"].asArray()[0]["public_key"].asString());
        const std::string other = *fromBase64(signedBy(SmallPlaybook().data(), 'b', 1)["signatures"].asArray()[0]["public_key"].asString());
        QVERIFY(cacao::checkSignatures(playbook, now, own)[0].state == SignatureState::Valid);
        QVERIFY(cacao::checkSignatures(playbook, now, own)[0].isKeyGiven);
        QVERIFY(cacao::checkSignatures(playbook, now, other)[0].state == SignatureState::Invalid);
    }

    void aCountersignatureCoversTheSignatureBeforeIt()
    {
        const Value once = signedBy(SmallPlaybook().data(), 'a', 1);
        // The second signs the playbook with the first signature whole and itself without a value in it.
        Value outer = once["signatures"].asArray()[0];
        Value inner = Value::Object{{"type", "jss"}, {"id", stepId("jss", 2)}, {"created", "2026-06-01T00:00:00.000Z"}, {"modified", "2026-06-01T00:00:00.000Z"},
                                    {"signee", "Other"}, {"related_to", stepId("playbook", 1)}, {"related_version", "2026-01-02T00:00:00.000Z"},
                                    {"hash_algorithm", "sha-512"}, {"algorithm", "Ed25519"},
                                    {"public_key", signedBy(SmallPlaybook().data(), 'b', 1)["signatures"].asArray()[0]["public_key"]}};
        outer.set("signature", inner);
        Value toSign = once;
        toSign.set("signatures", Value::Array{outer});
        const auto digest = crypto::digestByName("sha-512", *json::canonicalOfOthers(toSign));
        const crypto::Signature value = keyOf('b').sign(*digest);
        inner.set("value", toBase64(value));
        outer.set("signature", inner);
        Value whole = once;
        whole.set("signatures", Value::Array{outer});
        QVERIFY(statesOf(whole) == (std::vector{SignatureState::Valid, SignatureState::Valid}));
        QCOMPARE(cacao::checkSignatures(whole, now)[1].pointer, std::string("/signatures/0/signature"));
    }
};

QTEST_GUILESS_MAIN(TestSignatures)
#include "tst_signatures.moc"
