#include "core/crypto/sealed_box.h"

#include <QtTest>

#include <chrono>

using namespace cordon;
using namespace cordon::crypto;

class TestSealedBox : public QObject
{
    Q_OBJECT

private slots:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void sealsDifferentlyEachTime();
    void opensABoxMadeElsewhere();
    void deniesAWrongPassphraseOrContext();
    void deniesEveryChangedByteOfContent();
    void refusesMalformedBoxes_data();
    void refusesMalformedBoxes();
    void refusesToSealBadly();
    void theCostIsTunedToTheMachine();
    void totpMatchesTheStandard_data();
    void totpMatchesTheStandard();
    void base32MatchesTheStandard_data();
    void base32MatchesTheStandard();
    void refusesMalformedBase32_data();
    void refusesMalformedBase32();
};

namespace {

constexpr ScryptCost cheap{.n = 16, .r = 1, .p = 1};

// Made with Python's hashlib.scrypt and a second AES-GCM: passphrase "correct horse", context "context",
// plain "attack at dawn", salt of 16 bytes 0x01, iv of 12 bytes 0x02.
const std::string foreignBox =
    "{\"cipher\":\"bcBFhpsAu8DRGCLgrAQ=\",\"iv\":\"AgICAgICAgICAgIC\",\"kdf\":\"scrypt\",\"n\":1024,\"p\":1"
    ",\"r\":8,\"salt\":\"AQEBAQEBAQEBAQEBAQEBAQ==\",\"tag\":\"g4az1l5hCv3XY4O5px/meg==\",\"v\":1}";

SecretBytes secret(std::string_view text)
{
    return SecretBytes::copyOf(text);
}

QByteArray changed(const char* from, const char* to)
{
    QByteArray box = QByteArray::fromStdString(foreignBox);
    return box.replace(from, to);
}

} // namespace

void TestSealedBox::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("context");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("text") << QByteArray("a secret") << QByteArray("user:analyst-a");
    QTest::newRow("binary") << QByteArray("\0\xFF\"\\\n", 5) << QByteArray("\0", 1);
    QTest::newRow("long") << QByteArray(100000, 'x') << QByteArray(1000, 'c');
}

void TestSealedBox::opensWhatItSealed()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, context);
    const auto box = sealUnderPassphrase(secret(plain.toStdString()), secret("pass"), context.toStdString(), cheap);
    QVERIFY2(box, box ? "" : box.error().detail.c_str());
    const auto opened = openWithPassphrase(*box, secret("pass"), context.toStdString());
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    QVERIFY(opened->text() == plain.toStdString());
    QVERIFY(sealUnderPassphrase(secret(""), secret("pass"), {}, cheap));
}

void TestSealedBox::sealsDifferentlyEachTime()
{
    QVERIFY(*sealUnderPassphrase(secret("x"), secret("pass"), "c", cheap) !=
            *sealUnderPassphrase(secret("x"), secret("pass"), "c", cheap));
}

void TestSealedBox::opensABoxMadeElsewhere()
{
    const auto opened = openWithPassphrase(foreignBox, secret("correct horse"), "context");
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    QVERIFY(opened->text() == "attack at dawn");
}

void TestSealedBox::deniesAWrongPassphraseOrContext()
{
    for (const auto& [passphrase, context] : {std::pair("correct horsf", "context"), std::pair("", "context"),
                                              std::pair("correct horse", "Context"), std::pair("correct horse", "")}) {
        const auto opened = openWithPassphrase(foreignBox, secret(passphrase), context);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == ErrorCode::Denied);
    }
}

void TestSealedBox::deniesEveryChangedByteOfContent()
{
    // Every character of the box, put to another of the same alphabet, makes it Denied or Invalid, never open.
    for (std::size_t i = 0; i < foreignBox.size(); ++i) {
        std::string box = foreignBox;
        box[i] = box[i] == 'A' ? 'B' : box[i] >= '0' && box[i] <= '8' ? static_cast<char>(box[i] + 1) : 'A';
        const auto opened = openWithPassphrase(box, secret("correct horse"), "context");
        QVERIFY2(!opened, box.c_str());
        QVERIFY(opened.error().code == ErrorCode::Denied || opened.error().code == ErrorCode::Invalid);
    }
}

void TestSealedBox::refusesMalformedBoxes_data()
{
    QTest::addColumn<QByteArray>("box");
    const auto row = [](const char* name, const QByteArray& box) { QTest::newRow(name) << box; };
    row("empty", "");
    row("trailing line break", QByteArray::fromStdString(foreignBox) + "\n");
    row("cut short", QByteArray::fromStdString(foreignBox).chopped(1));
    row("space", changed(",\"n\"", ", \"n\""));
    row("other version", changed("\"v\":1", "\"v\":2"));
    row("other kdf", changed("\"scrypt\"", "\"argon2\""));
    row("leading zero", changed("\"p\":1", "\"p\":01"));
    row("negative", changed("\"p\":1", "\"p\":-1"));
    row("zero p", changed("\"p\":1", "\"p\":0"));
    row("zero r", changed("\"r\":8", "\"r\":0"));
    row("n no power of two", changed("\"n\":1024", "\"n\":1000"));
    row("n of one", changed("\"n\":1024", "\"n\":1"));
    row("memory above 1 GiB", changed("\"n\":1024", "\"n\":2097152"));
    row("time above the same", changed("\"p\":1", "\"p\":2048"));
    row("n that overflows", changed("\"n\":1024", "\"n\":9223372036854775808"));
    row("n beyond 64 bits", changed("\"n\":1024", "\"n\":99999999999999999999"));
    row("n too large for r (RFC 7914)", changed("\"r\":8", "\"r\":1").replace("\"n\":1024", "\"n\":65536"));
    row("salt too short", changed("AQEBAQEBAQEBAQEBAQEBAQ==", "AQEB"));
    row("iv too long", changed("AgICAgICAgICAgIC", "AgICAgICAgICAgICAgIC"));
    row("longer than a box can be", QByteArray(1 << 22, 'A'));
}

void TestSealedBox::refusesMalformedBoxes()
{
    QFETCH(QByteArray, box);
    QVERIFY(box != QByteArray::fromStdString(foreignBox));
    const auto opened = openWithPassphrase(box.toStdString(), secret("correct horse"), "context");
    QVERIFY(!opened);
    QVERIFY(opened.error().code == ErrorCode::Invalid);
}

void TestSealedBox::refusesToSealBadly()
{
    QVERIFY(!sealUnderPassphrase(secret("x"), secret(""), "c", cheap));
    QVERIFY(!sealUnderPassphrase(secret("x"), secret("p"), "c", {.n = 12, .r = 1, .p = 1}));
    QVERIFY(!sealUnderPassphrase(secret("x"), secret("p"), "c", {.n = 1U << 24U, .r = 8, .p = 1}));
    QVERIFY(!sealUnderPassphrase(secret(std::string((1U << 20U) + 1, 'x')), secret("p"), "c", cheap));
}

void TestSealedBox::theCostIsTunedToTheMachine()
{
    using namespace std::chrono_literals;
    std::vector<ScryptCost> measured;
    const auto machine = [&](Duration once) {
        return [&measured, once](const ScryptCost& cost) {
            measured.push_back(cost);
            return once;
        };
    };
    const auto timeOf = [](const ScryptCost& cost, Duration once) { return once * static_cast<int>(cost.r) / 8; };
    for (const Duration once : {Duration(40ms), Duration(120ms), Duration(200ms), Duration(249ms)}) {
        const ScryptCost cost = tunedCost(250ms, machine(once));
        QVERIFY2(timeOf(cost, once) >= 250ms, std::to_string(cost.r).c_str());
        QVERIFY(timeOf(cost, once) < 400ms);
        QVERIFY(128 * cost.n * cost.r >= (64U << 20U));
    }
    // Neither a slow machine nor one that measures nonsense goes below 64 MiB or beyond what a box may cost.
    for (const Duration once : {Duration(2s), Duration(0), Duration(-1s)}) {
        const ScryptCost cost = tunedCost(250ms, machine(once));
        QVERIFY(128 * cost.n * cost.r >= (64U << 20U) && 128 * cost.n * cost.r * cost.p <= (1U << 30U));
    }
    for (const ScryptCost& cost : measured)
        QCOMPARE(128 * cost.n * cost.r, std::uint64_t(64U << 20U));
}

void TestSealedBox::totpMatchesTheStandard_data()
{
    QTest::addColumn<qint64>("unixSeconds");
    QTest::addColumn<QByteArray>("code");
    // RFC 6238 appendix B, SHA-1 rows, the last six of eight digits.
    QTest::newRow("1970") << qint64{59} << QByteArray("287082");
    QTest::newRow("2005, leading zero") << qint64{1111111109} << QByteArray("081804");
    QTest::newRow("2005, one step on") << qint64{1111111111} << QByteArray("050471");
    QTest::newRow("2009") << qint64{1234567890} << QByteArray("005924");
    QTest::newRow("2033") << qint64{2000000000} << QByteArray("279037");
    QTest::newRow("2603") << qint64{20000000000} << QByteArray("353130");
}

void TestSealedBox::totpMatchesTheStandard()
{
    QFETCH(qint64, unixSeconds);
    QFETCH(QByteArray, code);
    QCOMPARE(QByteArray::fromStdString(totpCode(secret("12345678901234567890"), unixSeconds / 30)), code);
}

void TestSealedBox::base32MatchesTheStandard_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 section 10, without the padding.
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("MY");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
}

void TestSealedBox::base32MatchesTheStandard()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toBase32(bytesOf(bytes.toStdString()))), text);
    const auto read = fromBase32(text.toStdString());
    QVERIFY(read);
    QCOMPARE(QByteArray::fromStdString(*read), bytes);
}

void TestSealedBox::refusesMalformedBase32_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lower case") << QByteArray("my");
    QTest::newRow("padding") << QByteArray("MY======");
    QTest::newRow("digit outside the alphabet") << QByteArray("M1");
    QTest::newRow("a length no bytes have") << QByteArray("MZX");
    QTest::newRow("one digit") << QByteArray("A");
    QTest::newRow("left-over bits") << QByteArray("MZ");
}

void TestSealedBox::refusesMalformedBase32()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromBase32(text.toStdString()));
}

QTEST_GUILESS_MAIN(TestSealedBox)
#include "tst_sealed_box.moc"
