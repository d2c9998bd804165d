#include "core/crypto/signing_key.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::crypto;

class TestSigningKey : public QObject
{
    Q_OBJECT

private slots:
    void matchesTheStandard_data();
    void matchesTheStandard();
    void matchesTheFormatVectors();
    void makesDifferentKeys();
    void refusesEveryFlippedBit();
    void refusesASignatureWithTheGroupOrderAdded();
    void refusesSmallOrderAndNonCanonicalPoints_data();
    void refusesSmallOrderAndNonCanonicalPoints();
    void refusesAPointOffTheCurve();
    void readsAndWritesPublicKeys();
    void refusesMalformedPublicKeys_data();
    void refusesMalformedPublicKeys();
    void refusesASeedOfAnotherLength();
    void showsAFingerprint();
};

namespace {

std::string hexBytes(const QByteArray& hex)
{
    return fromHex(hex.toStdString()).value();
}

SigningKey keyOf(const QByteArray& seedHex)
{
    return SigningKey::fromSeed(bytesOf(hexBytes(seedHex))).value();
}

template<std::size_t size>
std::array<unsigned char, size> arrayOf(const std::string& bytes)
{
    std::array<unsigned char, size> array{};
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

} // namespace

void TestSigningKey::matchesTheStandard_data()
{
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    // RFC 8032 section 7.1.
    QTest::newRow("test 1: empty message")
        << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") << QByteArray("")
        << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                      "d25bf5f0595bbe24655141438e7a100b");
    QTest::newRow("test 2: one byte")
        << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c") << QByteArray("72")
        << QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                      "387b2eaeb4302aeeb00d291612bb0c00");
    QTest::newRow("test 3: two bytes")
        << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
        << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025") << QByteArray("af82")
        << QByteArray("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                      "4a7c15e9716ed28dc027beceea1ec40a");
    QTest::newRow("test SHA(abc)")
        << QByteArray("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42")
        << QByteArray("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")
        << QByteArray("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
                      "454d4423643ce80e2a9ac94fa54ca49f")
        << QByteArray("dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
                      "3dca179c138ac17ad9bef1177331a704");
}

void TestSigningKey::matchesTheStandard()
{
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, publicKey);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    const SigningKey key = keyOf(seed);
    QCOMPARE(QByteArray::fromStdString(toHex(key.publicKey().bytes)), publicKey);
    QCOMPARE(QByteArray::fromStdString(toHex(key.seed())), seed);
    const std::string text = hexBytes(message);
    QCOMPARE(QByteArray::fromStdString(toHex(key.sign(text))), signature);
    QVERIFY(key.publicKey().verifies(bytesOf(text), arrayOf<64>(hexBytes(signature))));
    QVERIFY(!key.publicKey().verifies(bytesOf(text + "x"), arrayOf<64>(hexBytes(signature))));
}

void TestSigningKey::matchesTheFormatVectors()
{
    // Keys and the approval's signature of the design's format vectors; the seeds are 32 repeated bytes.
    const SigningKey approver = keyOf(QByteArray(64, '0').replace("00", "02"));
    QCOMPARE(QByteArray::fromStdString(toHex(approver.publicKey().bytes)),
             QByteArray("8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394"));
    const std::string approval =
        "{\"action_digest\":\"922bc548bd8a16bea015a0dea11958a2f5c07472b38caf762f9270974df60559\","
        "\"approve_by\":\"2026-11-22T13:06:42.001500Z\",\"approver\":\"user:commander-b\","
        "\"boot_id\":\"00000000000000000000000000000000\",\"decision\":\"approve\",\"factors\":[\"key\",\"pin\","
        "\"totp\"],"
        "\"issued\":\"2026-11-22T12:06:42.001500Z\","
        "\"ledger_root\":\"33ca5bbf1ac567ef04c982e044de0da1be14c295f4db67b031d29a91e4bc0585\",\"ledger_size\":2,"
        "\"mono_issued\":1500000,\"nonce\":\"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\","
        "\"render_digest\":\"3c7a0f1d9f35435741cf1041cbe5b194e2e5d0fb935bb5bfe6b78329fe54abbe\",\"requester\":null,"
        "\"session\":\"s-1\",\"tier\":\"T3\",\"v\":1}";
    QCOMPARE(
        QByteArray::fromStdString(toHex(approver.sign("cordon.approval.v1\n" + approval))),
        QByteArray("5a5ced52521f763bbe81939029a6587c6dd50bd4fea174f8938df44e1a3c39e7f2391b942e7b8fef379c8df2d065f774"
                   "b34071586052d17eb5df583f11bc9e04"));
}

void TestSigningKey::makesDifferentKeys()
{
    const SigningKey a = SigningKey::generate();
    const SigningKey b = SigningKey::generate();
    QVERIFY(a.publicKey() != b.publicKey());
    QVERIFY(a.publicKey().verifies(bytesOf("m"), a.sign("m")));
    QVERIFY(!b.publicKey().verifies(bytesOf("m"), a.sign("m")));
}

void TestSigningKey::refusesEveryFlippedBit()
{
    const SigningKey key = keyOf(QByteArray(64, '1'));
    const Signature good = key.sign("message");
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Signature bad = good;
        bad[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8);
        QVERIFY(!key.publicKey().verifies(bytesOf("message"), bad));
    }
}

void TestSigningKey::refusesASignatureWithTheGroupOrderAdded()
{
    const SigningKey key = keyOf(QByteArray(64, '1'));
    Signature signature = key.sign("message");
    const std::string order = hexBytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        carry += signature[32 + i] + static_cast<unsigned char>(order[i]);
        signature[32 + i] = static_cast<unsigned char>(carry & 0xFFU);
        carry >>= 8U;
    }
    QCOMPARE(carry, 0U);
    QVERIFY(!key.publicKey().verifies(bytesOf("message"), signature));
}

void TestSigningKey::refusesSmallOrderAndNonCanonicalPoints_data()
{
    QTest::addColumn<QByteArray>("point");
    const auto row = [](const char* name, const char* hex) { QTest::newRow(name) << QByteArray(hex); };
    row("order 1", "0100000000000000000000000000000000000000000000000000000000000000");
    row("order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    row("order 4", "0000000000000000000000000000000000000000000000000000000000000000");
    row("order 4, other sign", "0000000000000000000000000000000000000000000000000000000000000080");
    row("order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    row("order 8, other sign", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85");
    row("order 8, second", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    row("order 8, second, other sign", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
    row("1 with a sign that it does not have", "0100000000000000000000000000000000000000000000000000000000000080");
    row("p-1 with a sign that it does not have", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    row("p, that is 0", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    row("p+1, that is 1", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    row("p+1 with a sign", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    row("p+3, of large order", "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    row("largest", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
}

void TestSigningKey::refusesSmallOrderAndNonCanonicalPoints()
{
    QFETCH(QByteArray, point);
    PublicKey key{arrayOf<32>(hexBytes(point))};
    QVERIFY(!PublicKey::parse(key.toString()));
    // S = 0 with R the neutral point, and S = 1 with R the base point, fit every message under a key of order 1 and
    // about every eighth under order 8.
    const Signature neutral{1};
    Signature base{};
    std::fill_n(base.begin(), 32, static_cast<unsigned char>(0x66));
    base[0] = 0x58;
    base[32] = 1;
    for (int i = 0; i < 64; ++i) {
        const std::string message = "message " + std::to_string(i);
        QVERIFY(!key.verifies(bytesOf(message), neutral));
        QVERIFY(!key.verifies(bytesOf(message), base));
    }
    Signature asR = keyOf(QByteArray(64, '1')).sign("message");
    std::copy(key.bytes.begin(), key.bytes.end(), asR.begin());
    QVERIFY(!keyOf(QByteArray(64, '1')).publicKey().verifies(bytesOf("message"), asR));
}

void TestSigningKey::refusesAPointOffTheCurve()
{
    const PublicKey key{{2}}; // y = 2 has no x
    const SigningKey other = keyOf(QByteArray(64, '1'));
    QVERIFY(!key.verifies(bytesOf("message"), other.sign("message")));
}

void TestSigningKey::readsAndWritesPublicKeys()
{
    const PublicKey key = keyOf(QByteArray(64, '1')).publicKey();
    const auto read = PublicKey::parse(key.toString());
    QVERIFY(read && *read == key);
    QVERIFY(key.toString().starts_with("ed25519:"));
    QCOMPARE(key.toString().size(), std::size_t{8 + 44});
}

void TestSigningKey::refusesMalformedPublicKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no prefix") << QByteArray("iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=");
    QTest::newRow("other prefix") << QByteArray("ED25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=");
    QTest::newRow("one byte short") << QByteArray("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPbw==");
    QTest::newRow("one byte long") << QByteArray("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1xc");
    QTest::newRow("no padding") << QByteArray("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w");
    QTest::newRow("space") << QByteArray("ed25519: iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=");
    QTest::newRow("left-over bits") << QByteArray("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1x=");
}

void TestSigningKey::refusesMalformedPublicKeys()
{
    QFETCH(QByteArray, text);
    const auto read = PublicKey::parse(text.toStdString());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Invalid);
}

void TestSigningKey::refusesASeedOfAnotherLength()
{
    QVERIFY(!SigningKey::fromSeed(bytesOf(std::string(31, 'x'))));
    QVERIFY(!SigningKey::fromSeed(bytesOf(std::string(33, 'x'))));
    QVERIFY(!SigningKey::fromSeed({}));
}

void TestSigningKey::showsAFingerprint()
{
    // Base64 of SHA-256 of the log key of the format vectors, worked out with a second implementation.
    const PublicKey key = keyOf(QByteArray(64, '0').replace("00", "01")).publicKey();
    QCOMPARE(QByteArray::fromStdString(toHex(key.bytes)),
             QByteArray("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"));
    QCOMPARE(QByteArray::fromStdString(key.fingerprint()),
             QByteArray("SHA256:NHUPmL1Z/PyUbaRaqr6TO+FUpLUJThxKv0KGZQXzyX4"));
}

QTEST_GUILESS_MAIN(TestSigningKey)
#include "tst_signing_key.moc"
