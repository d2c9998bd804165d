#include "core/platform/byte_stream.h"
#include "tests/support/gzip_text.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::platform;
using cordon::test::gzip;

namespace {

std::string zstd(const std::string& text)
{
    return compressChunk(bytesOf(text)).value();
}

/// About 700 kB that does not shrink to nothing, so that more than one block is read.
std::string longText()
{
    std::string text;
    unsigned state = 12345;
    while (text.size() < 700'000) {
        state = state * 1664525U + 1013904223U;
        text += std::to_string(state);
        text += '\n';
    }
    return text;
}

struct Outcome
{
    std::string text;
    std::optional<Error> error;
};

Outcome readAll(ByteStream& stream, std::size_t step = 50'000)
{
    Outcome outcome;
    std::string block(step, '\0');
    for (;;) {
        const auto count = stream.read(block.data(), block.size());
        if (!count) {
            outcome.error = count.error();
            return outcome;
        }
        if (*count == 0)
            return outcome;
        outcome.text.append(block, 0, *count);
    }
}

} // namespace

class TestByteStream : public QObject
{
    Q_OBJECT

private slots:
    void unpacksByContentNotByName_data();
    void unpacksByContentNotByName();
    void theRawSinkSeesTheFileAsItIs();
    void truncatedInputGivesWhatIsWholeThenIncomplete_data();
    void truncatedInputGivesWhatIsWholeThenIncomplete();
    void truncationAtEveryByteNeverGivesWrongText();
    void damageIsCorruptAndTheSinkStillSeesEverything();
    void bytesAfterAGzipMemberAreCorrupt();
    void zeroPaddingAfterGzipIsPassedOver();
    void anErrorOfTheSinkStopsReading();
    void progressReachesTheTotal();
    void chunksGoThereAndBack();
    void aChunkThatClaimsTooMuchIsRefused();
    void aChunkIsOneFrameAsItIsWritten();

private:
    std::unique_ptr<ByteStream> open(const std::string& bytes, ByteStream::RawSink sink = {})
    {
        const Path path = m_folder.filePath("input.txt").toStdString();
        if (!writeFileAtomically(path, bytes))
            return nullptr;
        auto stream = ByteStream::open(path, std::move(sink));
        return stream ? std::move(*stream) : nullptr;
    }
    QTemporaryDir m_folder;
};

void TestByteStream::unpacksByContentNotByName_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("packing");
    const std::string text = longText();
    const std::string skippable("\x50\x2a\x4d\x18\x03\0\0\0abc", 11);
    QTest::newRow("plain") << text << text << int(Packing::Plain);
    QTest::newRow("empty file") << std::string() << std::string() << int(Packing::Plain);
    QTest::newRow("one byte") << std::string("\x1f") << std::string("\x1f") << int(Packing::Plain);
    QTest::newRow("gzip") << gzip(text) << text << int(Packing::Gzip);
    QTest::newRow("gzip of nothing") << gzip("") << std::string() << int(Packing::Gzip);
    QTest::newRow("three gzip members") << gzip("a") + gzip("") + gzip(text) << "a" + text << int(Packing::Gzip);
    QTest::newRow("zstd") << zstd(text) << text << int(Packing::Zstd);
    QTest::newRow("zstd of nothing") << zstd("") << std::string() << int(Packing::Zstd);
    QTest::newRow("zstd frames") << zstd(text) + zstd("b") + zstd("") << text + "b" << int(Packing::Zstd);
    QTest::newRow("zstd after a skippable frame") << skippable + zstd("b") << std::string("b") << int(Packing::Zstd);
}

void TestByteStream::unpacksByContentNotByName()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, text);
    QFETCH(int, packing);
    for (const std::size_t step : {std::size_t{7}, std::size_t{50'000}, std::size_t{1} << 20U}) {
        if (step == 7 && text.size() > 100)
            continue;
        const auto stream = open(bytes);
        QVERIFY(stream);
        QCOMPARE(int(stream->packing()), packing);
        const Outcome outcome = readAll(*stream, step);
        QVERIFY(!outcome.error);
        QVERIFY(outcome.text == text);
    }
}

void TestByteStream::theRawSinkSeesTheFileAsItIs()
{
    for (const std::string& bytes : {longText(), gzip(longText()), zstd(longText())}) {
        std::string seen;
        const auto stream = open(bytes, [&seen](ByteView run) -> Result<void> {
            seen.append(reinterpret_cast<const char*>(run.data()), run.size());
            return {};
        });
        QVERIFY(stream);
        QVERIFY(!readAll(*stream).error);
        QVERIFY(seen == bytes);
    }
}

void TestByteStream::truncatedInputGivesWhatIsWholeThenIncomplete_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("gzip") << gzip(longText());
    QTest::newRow("zstd") << zstd(longText());
}

void TestByteStream::truncatedInputGivesWhatIsWholeThenIncomplete()
{
    QFETCH(std::string, bytes);
    bytes.resize(bytes.size() / 2);
    const auto stream = open(bytes);
    QVERIFY(stream);
    const Outcome outcome = readAll(*stream);
    QVERIFY(outcome.error);
    QVERIFY(outcome.error->code == ErrorCode::Incomplete);
    QVERIFY(outcome.error->detail.find("input.txt") != std::string::npos);
    QVERIFY(!outcome.text.empty());
    QVERIFY(longText().starts_with(outcome.text));
    char byte = 0;
    QVERIFY(stream->read(&byte, 1).error().code == ErrorCode::Incomplete); // it stays an error
}

void TestByteStream::truncationAtEveryByteNeverGivesWrongText()
{
    const std::string text = "one two three one two three";
    for (const std::string& whole : {gzip(text), zstd(text)}) {
        for (std::size_t size = 4; size < whole.size(); ++size) {
            const auto stream = open(whole.substr(0, size));
            QVERIFY(stream);
            const Outcome outcome = readAll(*stream);
            QVERIFY2(outcome.error, qPrintable(QString("cut at %1").arg(size)));
            QVERIFY(outcome.error->code == ErrorCode::Incomplete);
            QVERIFY(text.starts_with(outcome.text));
        }
    }
}

void TestByteStream::damageIsCorruptAndTheSinkStillSeesEverything()
{
    std::string bytes = gzip(longText());
    bytes[40] = static_cast<char>(bytes[40] ^ 0x55);
    std::size_t seen = 0;
    const auto stream = open(bytes, [&seen](ByteView run) -> Result<void> {
        seen += run.size();
        return {};
    });
    QVERIFY(stream);
    const Outcome outcome = readAll(*stream);
    QVERIFY(outcome.error);
    QVERIFY(outcome.error->code == ErrorCode::Corrupt);
    QCOMPARE(seen, bytes.size());
}

void TestByteStream::bytesAfterAGzipMemberAreCorrupt()
{
    const auto stream = open(gzip("a") + "garbage");
    QVERIFY(stream);
    const Outcome outcome = readAll(*stream);
    QCOMPARE(outcome.text, std::string("a"));
    QVERIFY(outcome.error);
    QVERIFY(outcome.error->code == ErrorCode::Corrupt);
}

void TestByteStream::zeroPaddingAfterGzipIsPassedOver()
{
    const auto stream = open(gzip("a") + std::string(600, '\0'));
    QVERIFY(stream);
    const Outcome outcome = readAll(*stream);
    QCOMPARE(outcome.text, std::string("a"));
    QVERIFY(!outcome.error);
}

void TestByteStream::anErrorOfTheSinkStopsReading()
{
    int calls = 0;
    const auto stream = open(longText(), [&calls](ByteView) -> Result<void> {
        if (++calls == 2)
            return fail(ErrorCode::DiskFull, "full");
        return {};
    });
    QVERIFY(stream);
    const Outcome outcome = readAll(*stream);
    QVERIFY(outcome.error);
    QVERIFY(outcome.error->code == ErrorCode::DiskFull);
}

void TestByteStream::progressReachesTheTotal()
{
    const std::string bytes = zstd(longText());
    const auto stream = open(bytes);
    QVERIFY(stream);
    QCOMPARE(stream->rawBytesTotal(), std::uint64_t{bytes.size()});
    QVERIFY(!readAll(*stream).error);
    QCOMPARE(stream->rawBytesRead(), std::uint64_t{bytes.size()});
}

void TestByteStream::chunksGoThereAndBack()
{
    for (const std::string& text : {std::string(), std::string("a"), longText()}) {
        const auto packed = compressChunk(bytesOf(text));
        QVERIFY(packed);
        QVERIFY(decompressChunk(bytesOf(*packed), text.size()).value() == text);
    }
}

void TestByteStream::aChunkThatClaimsTooMuchIsRefused()
{
    const std::string packed = zstd(std::string(5000, 'a'));
    QVERIFY(decompressChunk(bytesOf(packed), 4999).error().code == ErrorCode::Corrupt);
    QVERIFY(decompressChunk(bytesOf("not zstd at all"), 4999).error().code == ErrorCode::Corrupt);
    std::string damaged = packed;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    damaged.pop_back();
    QVERIFY(!decompressChunk(bytesOf(damaged), 5000));
}

/// Whatever gives the same bytes in another way would be whole for one program and torn for another.
void TestByteStream::aChunkIsOneFrameAsItIsWritten()
{
    const std::string good = compressChunk(bytesOf(longText())).value();
    QVERIFY(decompressChunk(bytesOf(good), longText().size()));
    const std::string skipped("\x50\x2a\x4d\x18\x00\x00\x00\x00", 8); // a frame that holds nothing
    std::string odd = good;
    odd[4] = static_cast<char>(odd[4] | 0x04); // with a check sum
    for (const std::string& other : {good + skipped, skipped + good, good + "x", good.substr(0, good.size() - 1), good + zstd(""), odd, std::string()})
        QVERIFY(!decompressChunk(bytesOf(other), longText().size() + 10));
}

QTEST_GUILESS_MAIN(TestByteStream)
#include "tst_byte_stream.moc"
