#include "core/crypto/sha256.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::crypto;

class TestSha256 : public QObject
{
    Q_OBJECT

private slots:
    void matchesTheStandard_data();
    void matchesTheStandard();
    void givesTheSameInOnePieceAndInMany();
    void canGoOnAfterADigest();
    void matchesTheFormatVectors();
};

void TestSha256::matchesTheStandard_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    // NIST examples for FIPS 180-4.
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("a million a") << QByteArray(1000000, 'a')
                                 << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestSha256::matchesTheStandard()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    QCOMPARE(QByteArray::fromStdString(sha256(text.toStdString()).hex()), hex);
    QCOMPARE(QByteArray::fromStdString(Sha256().update(text.toStdString()).digest().hex()), hex);
}

void TestSha256::givesTheSameInOnePieceAndInMany()
{
    const std::string text(1000, 'x');
    Sha256 pieces;
    for (std::size_t at = 0; at < text.size(); at += 7)
        pieces.update(std::string_view(text).substr(at, 7));
    QVERIFY(pieces.digest() == sha256(text));
}

void TestSha256::canGoOnAfterADigest()
{
    Sha256 running;
    QVERIFY(running.update("a").digest() == sha256("a"));
    QVERIFY(running.digest() == sha256("a"));
    QVERIFY(running.update("bc").digest() == sha256("abc"));
    Sha256 moved = std::move(running);
    QVERIFY(moved.digest() == sha256("abc"));
}

void TestSha256::matchesTheFormatVectors()
{
    // Action digest, render digest and first leaf of the design's format vectors.
    const std::string action =
        "{\"connector\":\"aws\",\"expected_state\":"
        "\"4ed600e3cae923b75e0cf3f23a365207c3e881cbd754a98781a8c3f280571daf\","
        "\"incident\":\"INC-7\",\"mandate\":\"a7fd228b12c747357e1c76b9704e197f03a8f893f1fb046379ac9a9d5c61bcb3\","
        "\"params\":{\"user\":\"svc-deploy-ci\"},\"rollback\":null,\"session\":\"s-1\","
        "\"targets\":[{\"id\":\"AKIAEXAMPLE000000001\",\"kind\":\"credential\"}],\"tenant\":\"prod\","
        "\"type\":\"credential.delete\",\"v\":1}";
    QCOMPARE(QByteArray::fromStdString(sha256("cordon.action.v1\n" + action).hex()),
             QByteArray("922bc548bd8a16bea015a0dea11958a2f5c07472b38caf762f9270974df60559"));
    QCOMPARE(QByteArray::fromStdString(sha256("Delete access key AKIAEXAMPLE000000001\n").hex()),
             QByteArray("3c7a0f1d9f35435741cf1041cbe5b194e2e5d0fb935bb5bfe6b78329fe54abbe"));
    const std::string opening = "{\"actor\":{\"id\":\"nhi:cordon-responder-01\",\"kind\":\"agent\"},\"boot\":"
                                "\"00000000000000000000000000000000\","
                                "\"data\":{},\"incident\":\"INC-7\",\"mandate\":"
                                "\"a7fd228b12c747357e1c76b9704e197f03a8f893f1fb046379ac9a9d5c61bcb3\","
                                "\"mono_ns\":0,\"seq\":0,\"session\":\"s-1\",\"ts\":\"2026-11-22T12:06:42.000000Z\","
                                "\"type\":\"session.open\",\"v\":1}";
    QCOMPARE(QByteArray::fromStdString(sha256(std::string(1, '\0') + opening).hex()),
             QByteArray("46d9c33ce56c18e20342923c8571b5ee76440d49381a992064c6e09bed5d9938"));
    QCOMPARE(QByteArray::fromStdString(sha256('\x02' + std::string(32, '\0') + opening).hex()),
             QByteArray("a2e20d03c2acffb2490363479d90c56f85c6020effa192a6efe8edf241a13941"));
}

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"
