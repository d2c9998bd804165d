#include "core/engine/log_reading.h"
#include "tests/support/gzip_text.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace cordon;
using namespace cordon::engine;

namespace fs = std::filesystem;

namespace {

std::string twoDigits(int number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string recordOf(int number)
{
    const std::string text = std::to_string(number);
    const std::string user = "u" + std::to_string(number % 9);
    const char* name = number % 5 == 0 ? "CreateAccessKey" : number % 7 == 0 ? "ConsoleLogin" : "ListUsers";
    return "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-01T00:" + twoDigits(number / 60 % 60) + ':' +
           twoDigits(number % 60) + "Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"" + name +
           "\",\"awsRegion\":\"eu-west-1\",\"sourceIPAddress\":\"198.51.100." + std::to_string(number % 50) +
           "\",\"userIdentity\":{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::123456789012:user/" + user +
           "\",\"userName\":\"" + user + "\"},\"requestParameters\":{\"userName\":\"other" + text +
           "\"},\"eventID\":\"e" + text + "\"}";
}

std::string linesOf(int count, int brokenEvery)
{
    std::string all;
    for (int at = 0; at < count; ++at)
        all += (brokenEvery > 0 && at % brokenEvery == 0 ? "{\"eventName\": \"cut sh" : recordOf(at)) + '\n';
    return all;
}

std::string listOf(int count)
{
    std::string all = "{\"Records\":[";
    for (int at = 0; at < count; ++at)
        all += (at > 0 ? "," : "") + recordOf(at);
    return all + "]}";
}

/// Linux audit records: what one event says stands in several lines.
std::string auditOf(int count)
{
    std::string all;
    for (int at = 0; at < count; ++at) {
        const std::string serial = std::to_string(at + 1);
        all += "type=USER_LOGIN msg=audit(" + std::to_string(1772323200 + at) + ".000:" + serial +
               "): pid=1 uid=0 auid=0 ses=1 msg='op=login acct=\"u" + std::to_string(at % 9) +
               "\" exe=\"/usr/sbin/sshd\" hostname=h addr=198.51.100.7 terminal=ssh res=failed'\n";
    }
    return all;
}

/// Everything that a reading said, batches joined.
struct Said
{
    std::string text;
    std::string watched;
    std::size_t events = 0;
    std::size_t matches = 0;
};

} // namespace

/// Reading and matching on several threads.
class TestLogReading : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theNumberOfThreadsChangesNothing_data();
    void theNumberOfThreadsChangesNothing();
    void rejectedRecordsAreListedUpToTheLimitOfTheFile();
    void aReadingMayBeGivenUpAtAnyTime();

private:
    fs::path written(const std::string& name, const std::string& text) const
    {
        const fs::path path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        std::ofstream(path, std::ios::binary) << (path.extension() == ".gz" ? cordon::test::gzip(text) : text);
        return path;
    }

    Said readBy(int matchers, const std::vector<fs::path>& files)
    {
        Said said;
        const QTemporaryDir vaultFolder;
        const record::EvidenceVault vault(vaultFolder.filePath("evidence").toStdString());
        LogReading reading(
            files, *m_detection, vault,
            [&said](std::size_t file, const Event& event) {
                said.watched += std::to_string(file) + '@' + std::to_string(event.cite.offset) + ' ' + event.time.toString() + '\n';
            },
            {}, matchers);
        while (auto batch = reading.next({})) {
            for (const ReadEvent& read : batch->events) {
                said.text += std::to_string(batch->file) + '@' + std::to_string(read.event.cite.offset) + '+' +
                             std::to_string(read.event.cite.length) + ' ' + read.event.time.toString() + ' ' +
                             read.event.action + ':';
                for (const detect::RuleIndex rule : read.rules)
                    said.text += ' ' + std::to_string(rule);
                for (const detect::RuleIndex rule : read.halves)
                    said.text += " h" + std::to_string(rule);
                for (const detect::CorrelationInput& input : read.inputs)
                    said.text += " c" + std::to_string(input.window) + '@' + input.time.toString();
                said.text += '\n';
                ++said.events;
                said.matches += read.rules.size();
            }
            m_rejected.insert(m_rejected.end(), batch->rejected.begin(), batch->rejected.end());
            if (!batch->end)
                continue;
            for (const RejectedRecord& rejected : std::exchange(m_rejected, {}))
                said.text += "- " + std::to_string(rejected.offset) + '+' + std::to_string(rejected.length) + ' ' + rejected.reason + '\n';
            said.text += "end " + std::to_string(batch->file) + ": ";
            if (const auto& end = *batch->end)
                said.text += std::to_string(end->records) + ' ' + std::to_string(end->events) + ' ' +
                             std::to_string(end->rejected) + ' ' + std::to_string(end->decodedBytes) + ' ' +
                             std::to_string(end->rawBytes) + (end->isWhole ? " whole\n" : " cut\n");
            else
                said.text += end.error().detail + '\n';
        }
        return said;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Detection> m_detection;
    std::vector<RejectedRecord> m_rejected;
};

void TestLogReading::initTestCase()
{
    Detection::Wish wish;
    wish.resources = CORDON_SOURCE_DIR "/resources";
    auto loaded = Detection::load(wish);
    QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
    m_detection = std::move(*loaded);
}

void TestLogReading::theNumberOfThreadsChangesNothing_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"lines", "list", "packed", "folder", "audit", "cut"})
        QTest::newRow(kind) << QString(kind);
}

void TestLogReading::theNumberOfThreadsChangesNothing()
{
    QFETCH(QString, kind);
    std::vector<fs::path> files;
    const std::string lines = linesOf(7000, 97);
    if (kind == "lines" || kind == "folder")
        files.push_back(written("lines.json", lines));
    if (kind == "list" || kind == "folder")
        files.push_back(written("list.json", listOf(7000)));
    if (kind == "packed" || kind == "folder")
        files.push_back(written("lines.json.gz", lines));
    if (kind == "audit" || kind == "folder")
        files.push_back(written("audit.log", auditOf(5000)));
    if (kind == "cut")
        files.push_back(written("cut.json", listOf(5000).substr(0, 1'500'000)));
    if (kind == "folder")
        files.push_back(m_folder.filePath("missing.json").toStdString());
    const Said one = readBy(1, files);
    const Said three = readBy(3, files);
    QVERIFY(one.events > 2000);
    QVERIFY(kind == "audit" || one.matches > 100);
    QVERIFY(one.text == three.text);
    QVERIFY(one.watched == three.watched);
    QCOMPARE(std::count(one.watched.begin(), one.watched.end(), '\n'), static_cast<std::ptrdiff_t>(one.events));
}

void TestLogReading::rejectedRecordsAreListedUpToTheLimitOfTheFile()
{
    const std::vector<fs::path> files{written("bad.json", linesOf(1, 0) + linesOf(25'000, 1) + linesOf(1, 0)),
                                      written("worse.json", linesOf(1, 0) + linesOf(11'000, 1))};
    const Said one = readBy(1, files);
    const Said three = readBy(3, files);
    QVERIFY(one.text.find("15000 more records from here on") != std::string::npos);
    QVERIFY(one.text.find("1000 more records from here on") != std::string::npos);
    QVERIFY(one.text == three.text);
}

void TestLogReading::aReadingMayBeGivenUpAtAnyTime()
{
    const fs::path file = written("long.json", linesOf(20'000, 0));
    const QTemporaryDir vaultFolder;
    const record::EvidenceVault vault(vaultFolder.filePath("evidence").toStdString());
    for (int taken = 0; taken < 4; ++taken) {
        LogReading reading({file, file}, *m_detection, vault, {}, {}, 3);
        for (int at = 0; at < taken; ++at)
            QVERIFY(reading.next({}));
        if (taken % 2 == 1)
            continue; // goes away with threads at work
        reading.cancel();
        std::size_t ends = 0;
        while (const auto batch = reading.next({}))
            ends += batch->end ? 1 : 0;
        QVERIFY(ends <= 1);
    }
}

QTEST_GUILESS_MAIN(TestLogReading)
#include "tst_log_reading.moc"
