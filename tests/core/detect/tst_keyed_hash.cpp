#include "core/detect/keyed_hash.h"

#include <QtTest>
#include <string>

using namespace cordon::detect;

class TestKeyedHash : public QObject
{
    Q_OBJECT

private slots:
    void givesThePapersValue();
    void isTheSameForTheSameText();
};

/// Source: the SipHash paper, appendix A: key 00..0f, message 00..0e
void TestKeyedHash::givesThePapersValue()
{
    std::string message;
    for (char byte = 0; byte < 15; ++byte)
        message += byte;
    QCOMPARE(sipHash({0x0706050403020100U, 0x0f0e0d0c0b0a0908U}, message), std::uint64_t(0xa129ca6149be45e5U));
}

void TestKeyedHash::isTheSameForTheSameText()
{
    QCOMPARE(keyedHash("10.0.0.1"), keyedHash("10.0.0.1"));
    QVERIFY(keyedHash("10.0.0.1") != keyedHash("10.0.0.2"));
    QVERIFY(keyedHash("") != keyedHash(std::string(1, '\0')));
}

QTEST_GUILESS_MAIN(TestKeyedHash)
#include "tst_keyed_hash.moc"
