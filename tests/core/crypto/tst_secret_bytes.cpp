#include "core/crypto/random.h"
#include "core/crypto/secret_bytes.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::crypto;

class TestSecretBytes : public QObject
{
    Q_OBJECT

private slots:
    void movesAndLeavesNothingBehind_data();
    void movesAndLeavesNothingBehind();
    void wipesATextAndWhatLiesPastItsEnd();
    void comparesInConstantTime();
    void randomBytesDiffer();
};

void TestSecretBytes::movesAndLeavesNothingBehind_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("short, kept inside the object") << QByteArray("pin-4711");
    QTest::newRow("long, kept on the heap") << QByteArray(100, 's');
}

void TestSecretBytes::movesAndLeavesNothingBehind()
{
    QFETCH(QByteArray, secret);
    const std::string text = secret.toStdString();
    SecretBytes first = SecretBytes::copyOf(text);
    QVERIFY(first.text() == text);
    SecretBytes second(std::move(first));
    QVERIFY(second.text() == text);
    QVERIFY(first.isEmpty()); // NOLINT(bugprone-use-after-move): the state after a move is what is tested
    const QByteArray remains(reinterpret_cast<const char*>(&first), sizeof first);
    QVERIFY(!remains.contains(secret.left(8)));
    SecretBytes third(4);
    QCOMPARE(third.size(), std::size_t{4});
    third = std::move(second);
    QVERIFY(third.text() == text);
    QVERIFY(second.isEmpty()); // NOLINT(bugprone-use-after-move)
}

void TestSecretBytes::wipesATextAndWhatLiesPastItsEnd()
{
    std::string text = "a secret that is long enough for the heap";
    const char* place = text.data();
    text.resize(10);
    wipe(text);
    QVERIFY(text.empty());
    text.resize(41); // fits the room it had
    QCOMPARE(static_cast<const void*>(text.data()), static_cast<const void*>(place));
    QVERIFY(text == std::string(41, '\0'));
}

void TestSecretBytes::comparesInConstantTime()
{
    QVERIFY(equalInConstantTime(bytesOf("abc"), bytesOf("abc")));
    QVERIFY(!equalInConstantTime(bytesOf("abc"), bytesOf("abd")));
    QVERIFY(!equalInConstantTime(bytesOf("abc"), bytesOf("ab")));
    QVERIFY(equalInConstantTime({}, {}));
}

void TestSecretBytes::randomBytesDiffer()
{
    QCOMPARE(randomBytes(32).size(), std::size_t{32});
    QVERIFY(randomBytes(32) != randomBytes(32));
    QVERIFY(randomBytes(0).empty());
    QCOMPARE(randomHex(16).size(), std::size_t{32});
    QVERIFY(fromHex(randomHex(16)));
}

QTEST_GUILESS_MAIN(TestSecretBytes)
#include "tst_secret_bytes.moc"
