#include "core/crypto/random.h"
#include "core/factor/otpauth.h"
#include "core/factor/qr_code.h"

#include <QTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::factor;

class TestQrCode : public QObject
{
    Q_OBJECT

private slots:
    void theAuthenticatorUriIsWhatAppsRead()
    {
        const auto secret = crypto::SecretBytes::copyOf("12345678901234567890");
        QCOMPARE(otpauthUri("user:analyst-a", "", secret),
                 std::string("otpauth://totp/Cordon:analyst-a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Cordon"
                             "&algorithm=SHA1&digits=6&period=30"));
        QVERIFY(otpauthUri("user:a&secret=X", "north / 2", secret).starts_with(
            "otpauth://totp/Cordon%20north%20%2F%202:a%26secret%3DX?secret=GEZ"));
    }

    void aCodeHasItsFindersAndAQuietZone()
    {
        const QrCode code = *QrCode::of("otpauth://totp/Cordon:analyst-a");
        QVERIFY(code.size() >= 21 && (code.size() - 17) % 4 == 0);
        // ISO/IEC 18004: a 7 by 7 finder with a light ring in three corners, none in the fourth.
        const int far = code.size() - 7;
        for (const auto& [left, top] : {std::pair{0, 0}, std::pair{far, 0}, std::pair{0, far}}) {
            for (int i = 0; i < 7; ++i)
                QVERIFY(code.isDark(left + i, top) && code.isDark(left, top + i) && code.isDark(left + i, top + 6));
            QVERIFY(!code.isDark(left + 1, top + 1) && code.isDark(left + 3, top + 3));
        }
        const QStringList rows = QString::fromStdString(code.toBlocks()).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), (code.size() + 8 + 1) / 2);
        for (const QString& row : rows)
            QCOMPARE(row.size(), code.size() + 8);
        QVERIFY(std::all_of(rows.first().begin(), rows.first().end(), [](QChar c) { return c == QChar(0x2588); }));
        QVERIFY(!QrCode::of("").has_value());
        QVERIFY(!QrCode::of(std::string(1001, 'x')).has_value());
        QVERIFY(!QrCode::of(std::string("a\0b", 3)).has_value());
    }

    void theBlocksAreTheModules()
    {
        const QrCode code = *QrCode::of("K7-QX-31");
        const QStringList rows = QString::fromStdString(code.toBlocks(true)).split('\n', Qt::SkipEmptyParts);
        for (int y = 0; y < code.size(); ++y) {
            for (int x = 0; x < code.size(); ++x) {
                const QChar block = rows[(y + 4) / 2][x + 4];
                const bool isUpper = (y + 4) % 2 == 0;
                const bool isDrawn = block == QChar(0x2588) || block == (isUpper ? QChar(0x2580) : QChar(0x2584));
                QCOMPARE(isDrawn, code.isDark(x, y));
            }
        }
    }

    void aLongTextComesTogetherFromItsPiecesInAnyOrder()
    {
        std::string text = "cordon.approval-request.v1\n";
        for (int i = 0; i < 60; ++i)
            text += toBase64(bytesOf(crypto::randomBytes(57))) + '\n';
        std::vector<std::string> pieces = piecesForQr(text);
        QVERIFY(pieces.size() > 3);
        for (const std::string& piece : pieces)
            QVERIFY(QrCode::of(piece).has_value());
        std::reverse(pieces.begin(), pieces.end());
        std::string scanned;
        for (const std::string& piece : pieces)
            scanned += piece + '\n';
        scanned += pieces[2] + '\n'; // scanned twice
        const auto whole = joinedFromQr(scanned);
        QVERIFY2(whole.has_value(), whole ? "" : whole.error().detail.c_str());
        QCOMPARE(*whole, text);
        QCOMPARE(*joinedFromQr(text), text);
        QCOMPARE(piecesForQr("short"), std::vector<std::string>{"short"});
    }

    void lineEndsAndTextWithoutEndAreBounded()
    {
        const auto pieces = piecesForQr(std::string(1000, 'a'));
        const std::string scanned = pieces[0] + '\n' + pieces[1];
        QVERIFY(joinedFromQr(scanned + "\r\n\r\n\n\n").has_value());
        // Each line end more would be the whole text hashed once more.
        QVERIFY(joinedFromQr(scanned + std::string(400'000, '\n')).error().code == ErrorCode::Invalid);
        QVERIFY(joinedFromQr(scanned + "\n\n\n\n\n").error().code == ErrorCode::Invalid);
        QVERIFY(joinedFromQr(std::string(mostScanned, 'x')).has_value());
        QVERIFY(joinedFromQr(std::string(mostScanned + 1, 'x')).error().code == ErrorCode::Invalid);
    }

    void missingForeignAndChangedPiecesAreTold()
    {
        const std::string text(2000, 'a');
        const auto pieces = piecesForQr(text);
        QCOMPARE(pieces.size(), std::size_t(4));
        QVERIFY(joinedFromQr(pieces[0] + '\n' + pieces[2] + '\n' + pieces[3]).error().code == ErrorCode::Incomplete);
        const auto others = piecesForQr(std::string(2000, 'b'));
        QVERIFY(!joinedFromQr(pieces[0] + '\n' + others[1] + '\n' + pieces[2] + '\n' + pieces[3]));
        std::string bent = pieces[1];
        bent.back() = 'x';
        QVERIFY(!joinedFromQr(pieces[0] + '\n' + bent + '\n' + pieces[2] + '\n' + pieces[3]));
        QVERIFY(!joinedFromQr("CORDON-QR 0/0 xx\n"));
        QVERIFY(!joinedFromQr("CORDON-QR 9999999999/2 01234567\nx"));
    }
};

QTEST_GUILESS_MAIN(TestQrCode)
#include "tst_qr_code.moc"
