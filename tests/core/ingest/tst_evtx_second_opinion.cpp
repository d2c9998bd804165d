// What libevtx, a reader by other hands, says of the same logs. It writes XML; what is compared are the records'
// numbers, and every text between tags and in attributes.

#include "core/platform/file.h"
#include "core/value/json.h"
#include "tests/core/ingest/evtx_logs.h"

#include <QDirIterator>
#include <QTest>
#include <QXmlStreamReader>
#include <libbfio.h>
#include <libevtx.h>

using namespace cordon;
using namespace cordon::ingest;

namespace {

struct Told
{
    std::vector<std::uint64_t> numbers;
    std::vector<QStringList> texts; ///< by record, sorted
};

Told byLibrary(const QString& path)
{
    Told told;
    libevtx_file_t* file = nullptr;
    libevtx_error_t* error = nullptr;
    int count = 0;
    if (libevtx_file_initialize(&file, &error) != 1 ||
        libevtx_file_open(file, path.toLocal8Bit().constData(), LIBEVTX_OPEN_READ, &error) != 1 ||
        libevtx_file_get_number_of_records(file, &count, &error) != 1)
        return told;
    for (int i = 0; i < count; ++i) {
        libevtx_record_t* record = nullptr;
        std::uint64_t number = 0;
        std::size_t size = 0;
        libevtx_file_get_record_by_index(file, i, &record, &error);
        libevtx_record_get_identifier(record, &number, &error);
        libevtx_record_get_utf8_xml_string_size(record, &size, &error);
        QByteArray xml(static_cast<qsizetype>(size), '\0');
        libevtx_record_get_utf8_xml_string(record, reinterpret_cast<std::uint8_t*>(xml.data()), size, &error);
        libevtx_record_free(&record, &error);
        xml.chop(1);
        QXmlStreamReader reader(xml);
        QStringList texts;
        while (!reader.atEnd()) {
            reader.readNext();
            for (const QXmlStreamAttribute& attribute : reader.attributes()) {
                if (attribute.name() != QStringLiteral("Name") || reader.name() != QStringLiteral("Data"))
                    texts << attribute.value().toString();
            }
            if (reader.isCharacters() && !reader.isWhitespace())
                texts << reader.text().toString();
        }
        told.numbers.push_back(number);
        told.texts.push_back(texts);
    }
    libevtx_file_close(file, &error);
    libevtx_file_free(&file, &error);
    return told;
}

void collect(const Value& value, QStringList& texts)
{
    if (value.isObject()) {
        for (const auto& [key, member] : value.asObject())
            collect(member, texts);
    } else if (value.isArray()) {
        for (const Value& item : value.asArray())
            collect(item, texts);
    } else if (value.isString()) {
        texts << QString::fromStdString(value.asString());
    } else if (!value.isNull()) {
        texts << QString::fromStdString(json::write(value));
    }
}

/// One spelling for what the two write differently.
QString plain(QString text)
{
    static const QRegularExpression time("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7})(00)?Z$");
    static const QRegularExpression hexadecimal("^0x0*([0-9a-f]+)$");
    if (const auto match = time.match(text); match.hasMatch())
        return match.captured(1);
    if (const auto match = hexadecimal.match(text); match.hasMatch())
        return "0x" + match.captured(1);
    return text.replace("\r\n", "\n").trimmed(); // as XML has it
}

QStringList plain(QStringList texts)
{
    QStringList all;
    for (const QString& text : texts) {
        if (const QString one = plain(text); !one.isEmpty())
            all << one;
    }
    all.sort();
    return all;
}

} // namespace

class TestEvtxSecondOpinion : public QObject
{
    Q_OBJECT
private slots:
    void theLibraryReadsTheSameFromOurOwnLog();
    void theLibraryReadsTheSameFromRecordedLogs();

private:
    void compare(const QString& path);
};

void TestEvtxSecondOpinion::compare(const QString& path)
{
    const auto log = platform::readFile(path.toStdString(), 64U << 20U);
    QVERIFY(log);
    const ReadLog read = readPieces(*log, 65'536);
    const Told told = byLibrary(path);
    QCOMPARE(read.records.size(), told.numbers.size());
    for (std::size_t i = 0; i < told.texts.size(); ++i) {
        std::uint64_t number = 0;
        std::memcpy(&number, read.raw[i].data() + 8, sizeof number);
        QCOMPARE(number, told.numbers[i]);
        const auto json = json::parse(read.records[i]);
        QVERIFY(json);
        QStringList ours;
        collect(*json, ours);
        QCOMPARE(plain(ours), plain(told.texts[i]));
    }
}

void TestEvtxSecondOpinion::theLibraryReadsTheSameFromOurOwnLog()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("a.evtx"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(smallLog(1200)));
    file.close();
    compare(file.fileName());
}

void TestEvtxSecondOpinion::theLibraryReadsTheSameFromRecordedLogs()
{
    QDirIterator files(QString(CORDON_SHARED_DATA) + "/windows-evtx", {"*.evtx"}, QDir::Files,
                       QDirIterator::Subdirectories);
    int count = 0;
    for (; files.hasNext(); ++count) {
        compare(files.next());
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(files.filePath()));
    }
    if (count == 0)
        QSKIP("no recorded logs: the folder of shared data is not beside the repository");
    qInfo("%d recorded logs", count);
}

QTEST_GUILESS_MAIN(TestEvtxSecondOpinion)
#include "tst_evtx_second_opinion.moc"
