#include "core/crypto/hmac.h"

#include <QTest>

using namespace cordon;

class TestHmac : public QObject
{
    Q_OBJECT

private slots:
    /// RFC 4231, sections 4.2, 4.3 and 4.7.
    void theVectorsOfRfc4231()
    {
        QCOMPARE(crypto::hmacSha256(bytesOf(std::string(20, '\x0b')), "Hi There").hex(),
                 std::string("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        QCOMPARE(crypto::hmacSha256(bytesOf("Jefe"), "what do ya want for nothing?").hex(),
                 std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        QCOMPARE(crypto::hmacSha256(bytesOf(std::string(131, '\xaa')), "Test Using Larger Than Block-Size Key - Hash Key First").hex(),
                 std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }
};

QTEST_GUILESS_MAIN(TestHmac)
#include "tst_hmac.moc"
