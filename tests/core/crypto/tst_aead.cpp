#include "core/crypto/aead.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::crypto;

namespace {

std::string bytes(const char* hex)
{
    return fromHex(hex).value();
}

SecretBytes keyOf(const char* hex)
{
    std::string raw = bytes(hex);
    return SecretBytes::copyOf(raw);
}

constexpr const char* key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
constexpr const char* nonce = "cafebabefacedbaddecaf888";
constexpr const char* context = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
constexpr const char* plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
constexpr const char* sealedText = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                   "76fc6ece0f4e1768cddf8853bb2d551b"; // and the tag behind it

} // namespace

/// AES-256-GCM against the published vectors, and every part of it changed.
class TestAead : public QObject
{
    Q_OBJECT

private slots:
    /// Source: McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test cases 13, 14 and 16
    void sealsAndOpensAsPublished_data()
    {
        QTest::addColumn<QByteArray>("keyHex");
        QTest::addColumn<QByteArray>("nonceHex");
        QTest::addColumn<QByteArray>("contextHex");
        QTest::addColumn<QByteArray>("plainHex");
        QTest::addColumn<QByteArray>("sealedHex");
        const QByteArray zeroKey(64, '0');
        const QByteArray zeroNonce(24, '0');
        QTest::newRow("nothing at all") << zeroKey << zeroNonce << QByteArray() << QByteArray()
                                        << QByteArray("530f8afbc74536b9a963b4f1c4cb738b");
        QTest::newRow("one block of zeros") << zeroKey << zeroNonce << QByteArray() << QByteArray(32, '0')
                                            << QByteArray("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        QTest::newRow("with a context") << QByteArray(key) << QByteArray(nonce) << QByteArray(context) << QByteArray(plain)
                                        << QByteArray(sealedText);
    }
    void sealsAndOpensAsPublished()
    {
        QFETCH(QByteArray, keyHex);
        QFETCH(QByteArray, nonceHex);
        QFETCH(QByteArray, contextHex);
        QFETCH(QByteArray, plainHex);
        QFETCH(QByteArray, sealedHex);
        const SecretBytes own = keyOf(keyHex.constData());
        const std::string text = bytes(plainHex.constData());
        const std::string sealed = sealBytes(own, bytes(nonceHex.constData()), bytes(contextHex.constData()), bytesOf(text));
        QCOMPARE(toHex(bytesOf(sealed)), sealedHex.toStdString());
        const auto opened = openBytes(own, bytes(nonceHex.constData()), bytes(contextHex.constData()), sealed);
        QVERIFY(opened);
        QCOMPARE(*opened, text);
    }

    void everyBitOfEveryPartCounts()
    {
        const std::string sealed = bytes(sealedText);
        const auto opens = [](const std::string& keyBytes, const std::string& nonceBytes, const std::string& contextBytes,
                              const std::string& sealedBytes) {
            std::string copy = keyBytes;
            const auto opened = openBytes(SecretBytes::copyOf(copy), nonceBytes, contextBytes, sealedBytes);
            if (!opened && opened.error().code != ErrorCode::Corrupt)
                qFatal("another error: %s", opened.error().detail.c_str());
            return opened.has_value();
        };
        const std::vector<std::string> whole{bytes(key), bytes(nonce), bytes(context), sealed};
        QVERIFY(opens(whole[0], whole[1], whole[2], whole[3]));
        int tried = 0;
        for (std::size_t part = 0; part < whole.size(); ++part) {
            for (std::size_t bit = 0; bit < whole[part].size() * 8; ++bit) {
                std::vector<std::string> changed = whole;
                changed[part][bit / 8] = static_cast<char>(changed[part][bit / 8] ^ (1 << (bit % 8)));
                ++tried;
                QVERIFY2(!opens(changed[0], changed[1], changed[2], changed[3]),
                         qPrintable(QString("part %1, bit %2").arg(part).arg(bit)));
            }
        }
        QCOMPARE(tried, 8 * (32 + 12 + 20 + 76));
    }

    void whatIsCutOffOrGoesOnDoesNotOpen()
    {
        const SecretBytes own = keyOf(key);
        const std::string sealed = bytes(sealedText);
        for (std::size_t size = 0; size < sealed.size(); ++size)
            QVERIFY2(!openBytes(own, bytes(nonce), bytes(context), sealed.substr(0, size)), qPrintable(QString::number(size)));
        QVERIFY(!openBytes(own, bytes(nonce), bytes(context), sealed + '\0'));
        QVERIFY(!openBytes(own, bytes(nonce), bytes(context) + '\0', sealed));
    }
};

QTEST_GUILESS_MAIN(TestAead)
#include "tst_aead.moc"
