#include "core/record/evidence_intake.h"
#include "core/record/evidence_vault.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::record;

namespace {

/// About three and a half chunks that differ everywhere.
std::string longText()
{
    std::string text;
    unsigned state = 1;
    while (text.size() < (7U << 19U)) {
        state = state * 1664525U + 1013904223U;
        text += "{\"event\":" + std::to_string(state) + "}\n";
    }
    return text;
}

} // namespace

class TestEvidenceVault : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void anObjectIsNamedByItsPlainBytes();
    void anyRangeReadsBackExactly();
    void rangesBeyondTheEndAreRefused();
    void anEmptyObjectExists();
    void objectsAreReadOnly();
    void theSameBytesAreStoredOnce();
    void whatIsThereIsLeftAsItIs();
    void whatIsNeverSealedLeavesNothing();
    void unfinishedWritersOfACrashAreDiscarded();
    void aDamagedChunkIsNotRead();
    void everyFlippedBitIsCorrupt();
    void aPlainSourceIsOneObject();
    void aPackedSourceKeepsBothForms();
    void theLedgerIsToldAllOfARecord();

private:
    [[nodiscard]] EvidenceVault vault() const { return EvidenceVault(m_temporary->filePath("evidence").toStdString()); }
    static QStringList files(const QString& folder)
    {
        QStringList found;
        QDirIterator next(folder, QDir::Files, QDirIterator::Subdirectories);
        while (next.hasNext())
            found << next.next();
        return found;
    }
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestEvidenceVault::anObjectIsNamedByItsPlainBytes()
{
    const auto digest = vault().add(bytesOf("abc"));
    QVERIFY(digest);
    // FIPS 180-2, appendix B.1
    QCOMPARE(digest->hex(), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QVERIFY(vault().contains(*digest));
    QVERIFY(vault().verify(*digest));
    QCOMPARE(files(m_temporary->path()),
             QStringList{m_temporary->filePath("evidence/sha256/ba/") + QString::fromStdString(digest->hex())});
}

void TestEvidenceVault::anyRangeReadsBackExactly()
{
    const std::string text = longText();
    auto writer = vault().create();
    QVERIFY(writer);
    for (std::size_t at = 0; at < text.size(); at += 100'003)
        QVERIFY(writer->add(bytesOf(std::string_view(text).substr(at, 100'003))));
    const auto digest = writer->seal();
    QVERIFY(digest);
    QCOMPARE(*digest, crypto::sha256(text));
    auto object = vault().open(*digest);
    QVERIFY(object);
    QCOMPARE(object->size(), std::uint64_t{text.size()});
    constexpr std::size_t chunk = 1U << 20U;
    const std::vector<std::pair<std::size_t, std::size_t>> ranges{
        {0, 1},           {0, text.size()}, {chunk - 1, 2},         {chunk, 1},       {chunk - 5, chunk + 10},
        {2 * chunk, 100}, {500'000, 0},     {text.size() - 10, 10}, {text.size(), 0}, {3 * chunk - 1, 1}};
    for (const auto& [offset, length] : ranges) {
        QVERIFY(object->read(offset, length).value() == text.substr(offset, length));
        const Citation cite{*digest, offset, static_cast<std::uint32_t>(length)};
        QVERIFY(vault().read(cite).value() == text.substr(offset, length));
    }
    QVERIFY(std::filesystem::file_size(vault().pathOf(*digest)) < text.size());
}

void TestEvidenceVault::rangesBeyondTheEndAreRefused()
{
    const auto digest = vault().add(bytesOf("abc"));
    QVERIFY(digest);
    QVERIFY(vault().read({*digest, 0, 4}).error().code == ErrorCode::Invalid);
    QVERIFY(vault().read({*digest, 4, 0}).error().code == ErrorCode::Invalid);
    QVERIFY(vault().read({*digest, UINT64_MAX, 2}).error().code == ErrorCode::Invalid);
    QVERIFY(vault().read({Digest{}, 0, 1}).error().code == ErrorCode::NotFound);
}

void TestEvidenceVault::anEmptyObjectExists()
{
    const auto digest = vault().add({});
    QVERIFY(digest);
    QVERIFY(vault().verify(*digest));
    QCOMPARE(vault().read({*digest, 0, 0}).value(), std::string());
}

void TestEvidenceVault::objectsAreReadOnly()
{
    const auto digest = vault().add(bytesOf("abc"));
    QVERIFY(digest);
    QVERIFY(std::filesystem::status(vault().pathOf(*digest)).permissions() == std::filesystem::perms::owner_read);
}

void TestEvidenceVault::theSameBytesAreStoredOnce()
{
    QCOMPARE(*vault().add(bytesOf("abc")), *vault().add(bytesOf("abc")));
    QCOMPARE(files(m_temporary->path()).size(), 1);
    QCOMPARE(vault().list()->size(), std::size_t{1});
}

void TestEvidenceVault::whatIsThereIsLeftAsItIs()
{
    const auto digest = vault().add(bytesOf("abc"));
    QVERIFY(digest);
    const auto path = vault().pathOf(*digest);
    QVERIFY(platform::writeFileAtomically(path, "damaged"));
    QVERIFY(!vault().add(bytesOf("abc"))); // nothing says that these bytes were kept
    QCOMPARE(platform::readFile(path).value(), std::string("damaged"));
    QVERIFY(vault().verify(*digest).error().code == ErrorCode::Corrupt);
}

void TestEvidenceVault::whatIsNeverSealedLeavesNothing()
{
    {
        auto writer = vault().create();
        QVERIFY(writer);
        QVERIFY(writer->add(bytesOf(longText())));
        QCOMPARE(files(m_temporary->path()).size(), 1);
    }
    QCOMPARE(files(m_temporary->path()), QStringList());
}

void TestEvidenceVault::unfinishedWritersOfACrashAreDiscarded()
{
    QVERIFY(platform::makeFolders(m_temporary->filePath("evidence/incoming").toStdString()));
    QVERIFY(platform::writeFileAtomically(m_temporary->filePath("evidence/incoming/0123").toStdString(), "half"));
    QVERIFY(vault().add(bytesOf("abc")));
    QVERIFY(vault().discardUnfinished());
    QCOMPARE(files(m_temporary->path()).size(), 1);
    QVERIFY(vault().discardUnfinished());
}

void TestEvidenceVault::aDamagedChunkIsNotRead()
{
    const std::string text = longText();
    const auto digest = vault().add(bytesOf(text));
    QVERIFY(digest);
    const auto path = vault().pathOf(*digest);
    std::string bytes = platform::readFile(path).value();
    bytes[100] = static_cast<char>(bytes[100] ^ 1);
    QVERIFY(platform::writeFileAtomically(path, bytes));
    QVERIFY(vault().read({*digest, 10, 10}).error().code == ErrorCode::Corrupt);
    QVERIFY(vault().read({*digest, 2U << 20U, 10})); // another chunk is still good
    QVERIFY(vault().verify(*digest).error().code == ErrorCode::Corrupt);
}

// MAESTRO L2
void TestEvidenceVault::everyFlippedBitIsCorrupt()
{
    const auto digest = vault().add(bytesOf("{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n"));
    QVERIFY(digest);
    const auto path = vault().pathOf(*digest);
    const std::string whole = platform::readFile(path).value();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << bit));
            std::filesystem::remove(path);
            QFile file(QString::fromStdString(path.string()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(damaged.data(), static_cast<qint64>(damaged.size()));
            file.close();
            const auto verified = vault().verify(*digest);
            QVERIFY2(!verified && verified.error().code == ErrorCode::Corrupt,
                     qPrintable(QString("byte %1 bit %2").arg(at).arg(bit)));
        }
    }
}

void TestEvidenceVault::aPlainSourceIsOneObject()
{
    EvidenceIntake intake(vault());
    QVERIFY(intake.addPacked(bytesOf("ab")));
    QVERIFY(intake.addPacked(bytesOf("c")));
    const auto record = intake.seal({});
    QVERIFY(record);
    QCOMPARE(record->digest, crypto::sha256(std::string_view("abc")));
    QCOMPARE(record->packedDigest, record->digest);
    QCOMPARE(record->size, std::uint64_t{3});
    QCOMPARE(vault().list()->size(), std::size_t{1});
}

void TestEvidenceVault::aPackedSourceKeepsBothForms()
{
    EvidenceIntake intake(vault());
    QVERIFY(intake.addPacked(bytesOf("packed")));
    QVERIFY(intake.addDecoded(bytesOf("the plain ")));
    QVERIFY(intake.addDecoded(bytesOf("text")));
    const auto record = intake.seal({});
    QVERIFY(record);
    QCOMPARE(record->size, std::uint64_t{14});
    QCOMPARE(record->packedSize, std::uint64_t{6});
    QCOMPARE(vault().read({record->digest, 4, 5}).value(), std::string("plain"));
    QCOMPARE(vault().read({record->packedDigest, 0, 6}).value(), std::string("packed"));
}

void TestEvidenceVault::theLedgerIsToldAllOfARecord()
{
    EvidenceRecord record;
    record.digest = crypto::sha256(std::string_view("a"));
    record.packedDigest = crypto::sha256(std::string_view("b"));
    record.size = 1;
    record.packedSize = 2;
    record.source = "logs/a.json.gz";
    record.kind = "log";
    record.collector = "cordon 0.1";
    record.operatorId = "user:analyst-a";
    record.method = "read from disk";
    record.acquired = Timestamp::parse("2026-11-22T12:06:42Z").value();
    record.isWhole = false;
    const Value told = toValue(record);
    QCOMPARE(told["digest"].asString(), record.digest.hex());
    QCOMPARE(told["packed_digest"].asString(), record.packedDigest.hex());
    QCOMPARE(told["size"].asInt(), 1);
    QCOMPARE(told["packed_size"].asInt(), 2);
    QCOMPARE(told["acquired"].asString(), record.acquired.toString());
    QCOMPARE(told["operator"].asString(), record.operatorId);
    QVERIFY(!told["whole"].asBool());
}

QTEST_GUILESS_MAIN(TestEvidenceVault)
#include "tst_evidence_vault.moc"
