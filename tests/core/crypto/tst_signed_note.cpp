#include "core/crypto/signed_note.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::crypto;

class TestSignedNote : public QObject
{
    Q_OBJECT

private slots:
    void matchesTheFormatVectors();
    void readsTheFormatVectors();
    void verifiesOnlyTheRightNameKeyAndText();
    void computesKeyIds();
    void readsWhatItWrites();
    void takesTheLastEmptyLineAsTheSplit();
    void refuses_data();
    void refuses();
    void boundsTheNumberOfSignatures();
    void refusesAForgedSignatureWithTheRightKeyId();
    void refusesAChangedCosignatureTime();
};

namespace {

constexpr std::string_view logName = "cordon.local/ledger/demo";
constexpr std::string_view approverName = "cordon.local/approver/commander-b";

// The checkpoint of the design's format vectors.
const std::string checkpointText = "cordon.local/ledger/demo\n5\nKNzxnThi2qLbrSuzwVVEVPWi988mwbAHINBJQnbdrUw=\n";
const std::string checkpoint =
    checkpointText + "\n\xE2\x80\x94 cordon.local/ledger/demo "
                     "WvPW7o4Rk1pOkOhk8Ao1IT7b5SpdWI3LXwDz9Cmp6nPZBYewMooIVAJTnHtuhbQpnn269sCg7ijuDXSXKEFjcvXEiw8=\n"
                     "\xE2\x80\x94 cordon.local/approver/commander-b "
                     "RDjVUAAAAABrAtrkVeSE2/plC2RRmaLpfl8GfOtANXsxDllXIubL7Kf9u2glIqQ26wM/"
                     "A6RT/NzzFWBors4J3fvTGUOJ9lh54BjVBQ==\n";

SigningKey keyOfByte(char byte)
{
    return SigningKey::fromSeed(bytesOf(std::string(32, byte))).value();
}

} // namespace

void TestSignedNote::matchesTheFormatVectors()
{
    SignedNote note{checkpointText, {}};
    note.sign(logName, keyOfByte(1));
    note.cosign(approverName, keyOfByte(2), 0x6B02DAE4); // the time in the vector's line
    QCOMPARE(QByteArray::fromStdString(note.toString()), QByteArray::fromStdString(checkpoint));
}

void TestSignedNote::readsTheFormatVectors()
{
    const auto note = SignedNote::parse(checkpoint);
    QVERIFY2(note, note ? "" : note.error().detail.c_str());
    QVERIFY(note->text == checkpointText);
    QCOMPARE(note->signatures.size(), std::size_t{2});
    QVERIFY(note->signatures[0].name == logName);
    QCOMPARE(note->signatures[0].keyId, 0x5AF3D6EEU);
    QCOMPARE(note->signatures[0].bytes.size(), std::size_t{64});
    QCOMPARE(note->signatures[1].keyId, 0x4438D550U);
    QCOMPARE(note->signatures[1].bytes.size(), std::size_t{72});
    QVERIFY(note->isSignedBy(logName, keyOfByte(1).publicKey()));
    QVERIFY(note->isCosignedBy(approverName, keyOfByte(2).publicKey()));
    QVERIFY(note->toString() == checkpoint);
}

void TestSignedNote::verifiesOnlyTheRightNameKeyAndText()
{
    SignedNote note = SignedNote::parse(checkpoint).value();
    QVERIFY(!note.isSignedBy(logName, keyOfByte(2).publicKey()));
    QVERIFY(!note.isCosignedBy(approverName, keyOfByte(1).publicKey()));
    QVERIFY(!note.isSignedBy("cordon.local/ledger/other", keyOfByte(1).publicKey()));
    note.text.replace(note.text.find("\n5\n"), 3, "\n6\n");
    QVERIFY(!note.isSignedBy(logName, keyOfByte(1).publicKey()));
    QVERIFY(!note.isCosignedBy(approverName, keyOfByte(2).publicKey()));
}

void TestSignedNote::computesKeyIds()
{
    QCOMPARE(noteKeyId(logName, keyOfByte(1).publicKey()), 0x5AF3D6EEU);
    QCOMPARE(noteKeyId(approverName, keyOfByte(2).publicKey(), 4), 0x4438D550U);
}

void TestSignedNote::readsWhatItWrites()
{
    SignedNote note{"a line\nwith \xC3\xA9\n", {}};
    note.sign("signer", keyOfByte(3));
    note.cosign("signer", keyOfByte(3), 0);
    const auto read = SignedNote::parse(note.toString());
    QVERIFY(read);
    QVERIFY(read->toString() == note.toString());
    QVERIFY(read->isSignedBy("signer", keyOfByte(3).publicKey()));
}

void TestSignedNote::takesTheLastEmptyLineAsTheSplit()
{
    SignedNote note{"first\n\nsecond\n", {}};
    note.sign("signer", keyOfByte(3));
    const auto read = SignedNote::parse(note.toString());
    QVERIFY(read);
    QVERIFY(read->text == note.text);
}

void TestSignedNote::refuses_data()
{
    QTest::addColumn<QByteArray>("note");
    const QByteArray dash = "\xE2\x80\x94";
    const QByteArray good = "text\n\n" + dash + " name AAAAAAA=\n";
    QVERIFY(SignedNote::parse(good.toStdString()));
    const auto row = [](const char* name, const QByteArray& note) { QTest::newRow(name) << note; };
    row("empty", "");
    row("no signatures", "text\n\n");
    row("no empty line", "text\n" + dash + " name AAAAAAA=\n");
    row("no final line break", good.chopped(1));
    row("text of nothing", "\n" + dash + " name AAAAAAA=\n");
    row("hyphen for the dash", "text\n\n- name AAAAAAA=\n");
    row("no space after the dash", "text\n\n" + dash + "name AAAAAAA=\n");
    row("no name", "text\n\n" + dash + "  AAAAAAA=\n");
    row("no signature", "text\n\n" + dash + " name\n");
    row("two spaces", "text\n\n" + dash + " name  AAAAAAA=\n");
    row("plus in the name", "text\n\n" + dash + " na+me AAAAAAA=\n");
    row("no-break space in the name", "text\n\n" + dash + " na\xC2\xA0me AAAAAAA=\n");
    row("en space in the name", "text\n\n" + dash + " na\xE2\x80\x82me AAAAAAA=\n");
    row("key id only", "text\n\n" + dash + " name AAAAAA==\n");
    row("malformed base64", "text\n\n" + dash + " name AAAAAA=A\n");
    row("trailing text", good + "more\n");
    row("carriage return", "text\r\n\n" + dash + " name AAAAAAA=\n");
    row("NUL", QByteArray("te\0xt\n\n", 7) + dash + " name AAAAAAA=\n");
    row("invalid UTF-8", "te\xFFxt\n\n" + dash + " name AAAAAAA=\n");
    row("longer than a mebibyte", QByteArray(1 << 20, 'x') + "\n\n" + dash + " name AAAAAAA=\n");
}

void TestSignedNote::refuses()
{
    QFETCH(QByteArray, note);
    const auto read = SignedNote::parse(note.toStdString());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Invalid);
}

void TestSignedNote::boundsTheNumberOfSignatures()
{
    SignedNote note{"text\n", {}};
    note.signatures.assign(100, {"name", 1, "s"});
    QVERIFY(SignedNote::parse(note.toString()));
    note.signatures.push_back({"name", 1, "s"});
    QVERIFY(!SignedNote::parse(note.toString()));
}

void TestSignedNote::refusesAForgedSignatureWithTheRightKeyId()
{
    SignedNote note{"text\n", {}};
    note.sign("name", keyOfByte(4));
    note.signatures[0].keyId = noteKeyId("name", keyOfByte(3).publicKey());
    QVERIFY(!note.isSignedBy("name", keyOfByte(3).publicKey()));
    // A good line beside the forged one still counts.
    note.sign("name", keyOfByte(3));
    QVERIFY(note.isSignedBy("name", keyOfByte(3).publicKey()));
}

void TestSignedNote::refusesAChangedCosignatureTime()
{
    SignedNote note{"text\n", {}};
    note.cosign("name", keyOfByte(3), 1000);
    QVERIFY(note.isCosignedBy("name", keyOfByte(3).publicKey()));
    QVERIFY(!note.isSignedBy("name", keyOfByte(3).publicKey())); // who witnessed a head did not sign it
    note.signatures[0].bytes[7] ^= 1;
    QVERIFY(!note.isCosignedBy("name", keyOfByte(3).publicKey()));
    SignedNote negative{"text\n", {}};
    negative.cosign("name", keyOfByte(3), -1);
    QVERIFY(!negative.isCosignedBy("name", keyOfByte(3).publicKey()));
}

QTEST_GUILESS_MAIN(TestSignedNote)
#include "tst_signed_note.moc"
