#include "core/domain/approval.h"
#include "core/govern/approval_text.h"
#include "govern_fixture.h"
#include "tests/support/vector_action.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;
using cordon::test::vectorAction;

namespace {

// From the design's vectors (seed: 32 times 0x02), worked out there by another implementation.
const char* const vectorDigest = "922bc548bd8a16bea015a0dea11958a2f5c07472b38caf762f9270974df60559";
const char* const swappedDigest = "9755c4a6453c4bbe5eda99f8dbfb2e79260faf6706c28cc73426adeab68d7bfe";
const char* const vectorSignature = "5a5ced52521f763bbe81939029a6587c6dd50bd4fea174f8938df44e1a3c39e7"
                                    "f2391b942e7b8fef379c8df2d065f774b34071586052d17eb5df583f11bc9e04";

} // namespace

class TestActionDigest : public QObject
{
    Q_OBJECT
private slots:
    void digestsTheVectorActionAsAnotherImplementationDid();
    void digestsAnotherKeyIdToAnotherDigest();
    void signsTheVectorApprovalAsAnotherImplementationDid();
    void refusesEveryOtherSpellingOfTheSameAction();
    void showsACodeThatPeopleCanType();
};

void TestActionDigest::digestsTheVectorActionAsAnotherImplementationDid()
{
    QCOMPARE(actionDigest(vectorAction())->hex(), std::string(vectorDigest));
    QCOMPARE(actionDigest(std::string_view(*vectorAction().canonical()))->hex(), std::string(vectorDigest));
}

void TestActionDigest::digestsAnotherKeyIdToAnotherDigest()
{
    Action action = vectorAction();
    action.targets[0].id = "AKIAEXAMPLE000000002";
    const std::string digest = actionDigest(action)->hex();
    QVERIFY(digest != vectorDigest);
    QCOMPARE(digest, std::string(swappedDigest));
}

void TestActionDigest::signsTheVectorApprovalAsAnotherImplementationDid()
{
    Approval approval;
    approval.actionDigest = vectorDigest;
    approval.renderDigest = "3c7a0f1d9f35435741cf1041cbe5b194e2e5d0fb935bb5bfe6b78329fe54abbe";
    approval.isApproved = true;
    approval.tier = Tier::T3;
    approval.approver = "user:commander-b";
    approval.factors = {"key", "pin", "totp"};
    approval.nonce = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
    approval.session = "s-1";
    approval.issued = *Timestamp::parse("2026-11-22T12:06:42.001500Z");
    approval.approveBy = *Timestamp::parse("2026-11-22T13:06:42.001500Z");
    approval.bootId = std::string(32, '0');
    approval.monoIssued = 1500000;
    approval.ledgerSize = 2;
    approval.ledgerRoot = "33ca5bbf1ac567ef04c982e044de0da1be14c295f4db67b031d29a91e4bc0585";
    const crypto::Signature signature = fixture::keyOf(2).sign(*approvalMessage(approval));
    QCOMPARE(toHex(signature), std::string(vectorSignature));
}

void TestActionDigest::refusesEveryOtherSpellingOfTheSameAction()
{
    const std::string bytes = *vectorAction().canonical();
    QVERIFY(actionFromBytes(bytes).has_value());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = bytes;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    QVERIFY(!actionFromBytes(bytes + "\n").has_value());
    QVERIFY(!actionFromBytes(with("{\"connector\"", "{ \"connector\"")).has_value());
    QVERIFY(!actionFromBytes(with("\"v\":1", "\"v\":1.0")).has_value());
    QVERIFY(!actionFromBytes(with("\"v\":1", "\"v\":1,\"v\":1")).has_value());
    QVERIFY(!actionFromBytes(with("\"v\":1", "\"v\":2")).has_value());
    QVERIFY(!actionFromBytes(with("AKIA", "\\u0041KIA")).has_value());
    QVERIFY(!actionFromBytes(with("\"v\":1", "\"v\":1,\"w\":1")).has_value());
}

void TestActionDigest::showsACodeThatPeopleCanType()
{
    // Hand calculation: SHA-256 of "cordon.code.v1\n" and the digest; its first 30 bits in Crockford's base 32.
    const Digest digest = crypto::sha256(std::string("cordon.code.v1\n") + vectorDigest);
    const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const unsigned first = digest.bytes[0] >> 3U;
    const std::string code = shortCode(vectorDigest);
    QCOMPARE(code.size(), std::size_t(8));
    QCOMPARE(code[0], alphabet[first]);
    QCOMPARE(code[2], '-');
    QVERIFY(isShortCode(code, vectorDigest));
    std::string typed = code;
    for (char& c : typed)
        c = c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    QVERIFY(isShortCode(typed, vectorDigest));
    QVERIFY(!isShortCode("", vectorDigest));
    QVERIFY(!isShortCode(shortCode(swappedDigest), vectorDigest));
}

QTEST_GUILESS_MAIN(TestActionDigest)
#include "tst_action_digest.moc"
