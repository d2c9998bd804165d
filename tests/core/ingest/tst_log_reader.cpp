#include "core/ingest/file_list.h"
#include "core/ingest/log_reader.h"
#include "tests/core/ingest/records.h"
#include "tests/support/gzip_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::ingest;
using cordon::test::gzip;

namespace {

class KeptBytes : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView bytes) override { return add(packed, bytes); }
    Result<void> addDecoded(ByteView bytes) override { return add(decoded, bytes); }
    std::string packed;
    std::string decoded;
    bool isFull = false;

private:
    Result<void> add(std::string& to, ByteView bytes) const
    {
        if (isFull)
            return fail(ErrorCode::DiskFull, "no room");
        to.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    }
};

class KeptRecords : public RecordSink
{
public:
    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        if (refusesAfter == events.size())
            return fail(ErrorCode::Io, "the sink is full");
        raw.emplace_back(view.raw());
        places.push_back(record);
        routing = std::string(view.product()) + '/' + std::string(view.service());
        events.push_back(std::move(event));
        return {};
    }
    void onRejected(RejectedRecord record) override { rejected.push_back(std::move(record)); }

    std::vector<Event> events;
    std::vector<std::string> raw;
    std::vector<std::uint64_t> places;
    std::vector<RejectedRecord> rejected;
    std::string routing;
    std::size_t refusesAfter = static_cast<std::size_t>(-1);
};

std::string trail(int records, const std::string& between = ",", const std::string& start = "{\"Records\":[",
                  const std::string& end = "]}")
{
    std::string text = start;
    for (int i = 0; i < records; ++i) {
        text += i == 0 ? "" : between;
        text += json("{'eventVersion':'1.08','eventTime':'2026-03-01T10:00:00Z','eventSource':'iam.amazonaws.com','"
                     "eventName':'ListUsers',"
                     "'eventID':'e-" +
                     std::to_string(i) + "'}");
    }
    return text + end;
}

} // namespace

class TestLogReader : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void readsPlainAndPacked_data();
    void readsPlainAndPacked();
    void citationsPointAtTheBytes();
    void damagedPackingKeepsWhatIsWhole_data();
    void damagedPackingKeepsWhatIsWhole();
    void aCutFileSaysSo();
    void badRecordsAreListedAndTheRestGoesOn();
    void aRecordWithoutATimeStandsWhereTheOneBeforeItStands();
    void recordsAreFoundInTheEnvelopesOfLogServices_data();
    void recordsAreFoundInTheEnvelopesOfLogServices();
    void aLoggedRequestIsNotOpened();
    void anEnvelopeHoldsWhatItSaysAlone_data();
    void anEnvelopeHoldsWhatItSaysAlone();
    void garbageIsSealedAndRejected();
    void anUnknownShapeIsSealedAndRejected();
    void manyBadRecordsAreCountedNotAllTold();
    void eventsAreBuiltOnlyWhenWanted();
    void tellsProgress();
    void stopsWhenAsked();
    void passesOnFailuresOfTheSinks();
    void aFileThatCannotBeOpenedIsAFailure();
    void readsTheSharedLogs_data();
    void readsTheSharedLogs();

private:
    platform::Path put(const std::string& bytes)
    {
        const QString name = m_folder->filePath("log");
        QFile file(name);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes.data(), static_cast<qsizetype>(bytes.size()));
        return name.toStdString();
    }
    Result<ReadSummary> read(const platform::Path& path, const ReadOptions& options = {},
                             const std::stop_token& stop = {})
    {
        return readLog(path, m_mapped.maps(), m_mapped.plan(), *m_evidence, *m_records, options, stop);
    }

    MappedRecords m_mapped;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KeptBytes> m_evidence;
    std::unique_ptr<KeptRecords> m_records;
};

void TestLogReader::initTestCase()
{
    QVERIFY2(!m_mapped.error(), m_mapped.error() ? m_mapped.error()->detail.c_str() : "");
}

void TestLogReader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_evidence = std::make_unique<KeptBytes>();
    m_records = std::make_unique<KeptRecords>();
}

void TestLogReader::readsPlainAndPacked_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("decoded");
    const auto row = [](const char* name, const std::string& bytes, const std::string& decoded) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(decoded);
    };
    const std::string delivery = trail(20);
    const std::string lines = trail(20, "\n", "", "\n");
    const auto zstd = platform::compressChunk(bytesOf(lines));
    row("delivery file", delivery, {});
    row("lines", lines, {});
    row("array", trail(20, ",\n", "[\n", "\n]"), {});
    row("delivery file, gzip", gzip(delivery), delivery);
    row("two members, gzip", gzip(trail(10, "\n", "", "\n")) + gzip(trail(10, "\n", "", "\n")),
        trail(10, "\n", "", "\n") + trail(10, "\n", "", "\n"));
    row("lines, zstd", zstd ? *zstd : std::string(), lines);
}

void TestLogReader::readsPlainAndPacked()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, decoded);
    const auto summary = read(put(bytes.toStdString()));
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QCOMPARE(summary->events, std::uint64_t{20});
    QCOMPARE(summary->records, std::uint64_t{20});
    QCOMPARE(summary->rejected, std::uint64_t{0});
    QVERIFY(summary->isWhole);
    QCOMPARE(summary->rawBytes, static_cast<std::uint64_t>(bytes.size()));
    QCOMPARE(QByteArray::fromStdString(m_evidence->packed), bytes);
    QCOMPARE(QByteArray::fromStdString(m_evidence->decoded), decoded);
    QCOMPARE(m_records->events.back().action, std::string("iam:ListUsers"));
    QCOMPARE(m_records->places.back(), std::uint64_t{19});
    QCOMPARE(m_records->routing, std::string("aws/cloudtrail"));
}

// MAESTRO L2
void TestLogReader::citationsPointAtTheBytes()
{
    const std::string text = "noise\n" + trail(3) + "\nmore noise\n" + trail(2, "\n", "", "");
    QVERIFY(read(put(gzip(text))));
    QCOMPARE(m_records->events.size(), std::size_t{5});
    for (std::size_t i = 0; i < 5; ++i) {
        const Citation& cite = m_records->events[i].cite;
        QCOMPARE(m_evidence->decoded.substr(cite.offset, cite.length), m_records->raw[i]);
        QCOMPARE(m_records->raw[i].front(), '{');
    }
    QCOMPARE(m_records->rejected.size(), std::size_t{2});
    const RejectedRecord& noise = m_records->rejected[1];
    QCOMPARE(text.substr(noise.offset, noise.length), std::string("more noise"));
}

void TestLogReader::damagedPackingKeepsWhatIsWhole_data()
{
    QTest::addColumn<QByteArray>("bytes");
    // Records that do not pack well, so that a cut leaves many of them before it.
    std::string lines;
    std::uint32_t seed = 1;
    for (int i = 0; i < 2000; ++i) {
        std::string noise;
        for (int j = 0; j < 200; ++j)
            noise += static_cast<char>('a' + (seed = seed * 1664525U + 1013904223U) / 171798692U);
        lines +=
            json("{'eventVersion':'1','eventTime':'2026-03-01T10:00:00Z','eventSource':'a.b','eventName':'X','n':'" +
                 noise + "'}\n");
    }
    const std::string packed = gzip(lines);
    const std::string zstd = platform::compressChunk(bytesOf(lines)).value_or(std::string());
    std::string damaged = packed;
    damaged[packed.size() * 9 / 10] = static_cast<char>(damaged[packed.size() * 9 / 10] ^ 0x55);
    damaged[packed.size() * 9 / 10 + 1] = '\xff';
    QTest::newRow("gzip cut") << QByteArray::fromStdString(packed.substr(0, packed.size() * 9 / 10));
    QTest::newRow("gzip damaged") << QByteArray::fromStdString(damaged);
    QTest::newRow("zstd cut") << QByteArray::fromStdString(zstd.substr(0, zstd.size() * 9 / 10));
}

void TestLogReader::damagedPackingKeepsWhatIsWhole()
{
    QFETCH(QByteArray, bytes);
    const auto summary = read(put(bytes.toStdString()));
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QVERIFY(!summary->isWhole);
    QVERIFY2(summary->events > 100, qPrintable(QString::number(summary->events)));
    QVERIFY(!m_records->rejected.empty());
    QCOMPARE(QByteArray::fromStdString(m_evidence->packed), bytes);
}

void TestLogReader::aCutFileSaysSo()
{
    const std::string text = trail(20);
    const std::string half = text.substr(0, text.size() / 2 + 10); // in the middle of one
    const auto summary = read(put(half));
    QVERIFY(summary);
    QVERIFY(!summary->isWhole);
    // Each of these records holds one closing bracket, its last byte.
    QCOMPARE(summary->events, static_cast<std::uint64_t>(std::count(half.begin(), half.end(), '}')));
    QCOMPARE(m_records->rejected.size(), std::size_t{1});
    QCOMPARE(m_records->rejected[0].reason, std::string("file ends inside a record"));
    QCOMPARE(m_records->rejected[0].offset + m_records->rejected[0].length, static_cast<std::uint64_t>(half.size()));
}

void TestLogReader::badRecordsAreListedAndTheRestGoesOn()
{
    const std::string good = trail(1, "", "", "\n");
    const std::string text = good + "{\"a\":nope}\n" + good + "{\"kind\":\"Event\"}\n" + good +
                             json("{'eventVersion':'1','eventSource':'a','eventName':'b'}\n") + good +
                             "{\"a\":\"\xff\"}\n" + good;
    const auto summary = read(put(text));
    QVERIFY(summary);
    QCOMPARE(summary->events, std::uint64_t{6});
    QCOMPARE(summary->rejected, std::uint64_t{3});
    QVERIFY(summary->isWhole);
    QCOMPARE(m_records->places, (std::vector<std::uint64_t>{0, 2, 4, 5, 6, 8}));
    QVERIFY(m_records->rejected[0].reason.find("JSON") != std::string::npos);
    QCOMPARE(m_records->rejected[1].reason, std::string("not recognised: no field map fits"));
    QVERIFY(m_records->rejected[2].reason.find("UTF-8") != std::string::npos);
    QCOMPARE(m_records->rejected[0].offset, static_cast<std::uint64_t>(good.size()));
    QVERIFY(m_records->rejected[0].file.find("log") != std::string::npos);
}

void TestLogReader::aRecordWithoutATimeStandsWhereTheOneBeforeItStands()
{
    const std::string untimed = json("{'eventVersion':'1','eventSource':'a','eventName':'b'}\n");
    const auto summary = read(put(untimed + trail(1, "", "", "\n") + untimed));
    QVERIFY(summary);
    QCOMPARE(m_records->events.size(), std::size_t{3});
    QCOMPARE(m_records->events[0].time, Timestamp());
    QCOMPARE(m_records->events[2].time, m_records->events[1].time);
    QCOMPARE(m_records->events[2].timeText, std::string());
}

void TestLogReader::recordsAreFoundInTheEnvelopesOfLogServices_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sources");
    QTest::newRow("Azure, streamed") << "{'records':[{'operationName':'a.b/c/write','resourceId':'/subscriptions/1'},"
                                        "{'category':'AuditLogs','operationName':'Add user'}]}"
                                     << "azure.activity entra.audit";
    QTest::newRow("Graph") << "{'@odata.context':'x','value':[{'activityDisplayName':'Add user','loggedByService':'x'}]}"
                           << "entra.audit";
    QTest::newRow("CloudWatch")
        << "{'messageType':'DATA_MESSAGE','owner':'1','logGroup':'/aws/eks/prod/cluster','logStream':'kube-apiserver-audit-1',"
           "'subscriptionFilters':['f'],'logEvents':[{'id':'1','timestamp':1700000000000,'message':"
           "'{`verb`:`list`,`objectRef`:{`resource`:`secrets`},`user`:{`username`:`x`}}'}]}"
        << "kubernetes.audit";
    QTest::newRow("EventBridge")
        << "{'version':'0','id':'1','detail-type':'SystemLog',"
           "'source':'aws.partner/okta.com/acme/all','account':'1','time':'x',"
           "'region':'us-east-1','resources':[],'detail':{'eventType':'user.session.start','published':'x'}}"
        << "okta.system";
    QTest::newRow("Kubernetes list") << "{'kind':'EventList','apiVersion':'audit.k8s.io/v1','items':[{'kind':'Event',"
                                        "'apiVersion':'audit.k8s.io/v1','verb':'list'}]}"
                                     << "kubernetes.audit";
    QTest::newRow("Splunk") << "{'sourcetype':'github','event':{'action':'repo.create','actor':'a','org':'b'}}"
                            << "github.audit";
}

void TestLogReader::recordsAreFoundInTheEnvelopesOfLogServices()
{
    QFETCH(QString, text);
    QFETCH(QString, sources);
    std::string bytes = json(text.toStdString());
    for (std::size_t at = 0; (at = bytes.find('`', at)) != std::string::npos;)
        bytes.replace(at, 1, "\\\"");
    QVERIFY(read(put(bytes)));
    QStringList found;
    for (const Event& event : m_records->events)
        found << QString::fromStdString(event.source);
    QCOMPARE(found.join(' '), sources);
}

/// What a caller sent to some application, in that application's log, must not become the provider's word.
void TestLogReader::aLoggedRequestIsNotOpened()
{
    const std::string sent =
        "{'eventVersion':'1.08','eventTime':'2026-01-02T03:04:05Z','eventSource':'iam.amazonaws.com',"
        "'eventName':'StopLogging','awsRegion':'us-east-1','eventID':'1',"
        "'userIdentity':{'type':'Root'}}";
    QVERIFY(read(put(json(sent))));
    QCOMPARE(m_records->events.size(), std::size_t{1});
    for (const char* key : {"data", "detail", "event", "value", "entries", "body"}) {
        const auto summary = read(put(json("{'level':'info','msg':'POST','" + std::string(key) + "':" + sent + "}")));
        QVERIFY(summary);
        QCOMPARE(summary->events, std::uint64_t{0});
        QCOMPARE(summary->rejected, std::uint64_t{1});
        QVERIFY(m_records->rejected.back().reason.find("not recognised") != std::string::npos);
    }
}

/// Real shapes of exports, and the same with something that their writers do not write.
void TestLogReader::anEnvelopeHoldsWhatItSaysAlone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sources");
    const auto row = [](const char* name, const QString& text, const char* sources) {
        QTest::newRow(name) << text << sources;
    };
    const QString trailRecord = "{'eventVersion':'1.08','eventSource':'iam.amazonaws.com','eventName':'StopLogging'}";
    const QString auditText = "'{`verb`:`list`,`objectRef`:{`resource`:`secrets`},`user`:{`username`:`x`}}'";
    const QString logEvents = "'logEvents':[{'id':'1','timestamp':1700000000000,'message':" + auditText + "}]}";
    row("delivery", "{'Records':[" + trailRecord + "],'Records':[" + trailRecord + "]}", "aws.cloudtrail aws.cloudtrail");
    row("delivery, a member before", "{'level':'info','Records':[" + trailRecord + "]}", "");
    row("delivery, a member behind", "{'Records':[" + trailRecord + "],'msg':'x'}", "");
    row("a list of deliveries", "[{'Records':[" + trailRecord + "]},{'Records':[" + trailRecord + "]}]",
        "aws.cloudtrail aws.cloudtrail");
    row("a list of log lines", "[{'Records':[" + trailRecord + "],'n':1}]", "");
    row("answer of AWS", "{'Events':[" + trailRecord + "],'NextToken':'x'}", "aws.cloudtrail");
    row("answer, bare", "{'Events':[" + trailRecord + "]}", "aws.cloudtrail");
    row("answer, a member beside", "{'Events':[" + trailRecord + "],'level':'info'}", "");
    row("findings, bare", "{'findings':[" + trailRecord + "]}", "aws.cloudtrail");
    row("findings, a member beside", "{'findings':[" + trailRecord + "],'msg':'x'}", "");
    row("Splunk", "{'event':" + trailRecord + ",'sourcetype':'aws:cloudtrail','host':'h'}", "aws.cloudtrail");
    row("Splunk, of an application", "{'event':" + trailRecord + ",'sourcetype':'_json'}", "");
    row("Splunk, of another source", "{'event':" + trailRecord + ",'sourcetype':'OktaIM2:log'}", "");
    row("Splunk, a list of another source",
        "{'event':{'Records':[" + trailRecord + "]},'sourcetype':'google:gcp:pubsub:message'}", "");
    row("Splunk, a delivery", "{'event':{'Records':[" + trailRecord + "]},'sourcetype':'aws:cloudtrail'}", "aws.cloudtrail");
    row("Splunk, a member beside", "{'event':" + trailRecord + ",'sourcetype':'aws:cloudtrail','level':'info'}", "");
    row("bus", "{'detail-type':'AWS API Call via CloudTrail','source':'aws.iam','account':'1','time':'x','region':'r',"
               "'detail':" + trailRecord + "}", "aws.cloudtrail");
    row("bus, of another source", "{'detail-type':'GuardDuty Finding','source':'aws.guardduty','account':'1','time':'x',"
                                  "'region':'r','detail':" + trailRecord + "}", "");
    row("CloudWatch", "{'messageType':'DATA_MESSAGE','logGroup':'/aws/eks/prod/cluster','logStream':"
                      "'kube-apiserver-audit-1'," + logEvents, "kubernetes.audit");
    row("CloudWatch, of an application", "{'messageType':'DATA_MESSAGE','logGroup':'/ecs/web','logStream':'web/1'," + logEvents, "");
    row("CloudWatch, another stream of the cluster", "{'messageType':'DATA_MESSAGE','logGroup':'/aws/eks/prod/cluster',"
                                                     "'logStream':'kube-apiserver-1'," + logEvents, "");
    row("CloudWatch, asked for", "{'events':[{'logStreamName':'kube-apiserver-audit-1','timestamp':1,'message':" + auditText +
                                 ",'ingestionTime':1,'eventId':'1'}],'searchedLogStreams':[]}", "kubernetes.audit");
    row("CloudWatch, asked for, of an application", "{'events':[{'logStreamName':'web/1','timestamp':1,'message':" + auditText +
                                                    "}]}", "");
}

void TestLogReader::anEnvelopeHoldsWhatItSaysAlone()
{
    recordsAreFoundInTheEnvelopesOfLogServices();
    QFETCH(QString, sources);
    QCOMPARE(m_records->rejected.size(), std::size_t{sources.isEmpty() ? 1U : 0U}); // what is not opened is told
}

void TestLogReader::garbageIsSealedAndRejected()
{
    std::string garbage;
    std::uint32_t seed = 7;
    for (int i = 0; i < 3000000; ++i)
        garbage += static_cast<char>((seed = seed * 1664525U + 1013904223U) >> 24U);
    garbage[0] = 'x'; // not the start of a packed file
    const auto summary = read(put(garbage));
    QVERIFY(summary);
    QCOMPARE(summary->events, std::uint64_t{0});
    QVERIFY(summary->rejected > 0);
    QVERIFY(m_evidence->packed == garbage);
}

void TestLogReader::anUnknownShapeIsSealedAndRejected()
{
    const std::string text = "<Event>no JSON</Event>\n<Event/>\n";
    const auto summary = read(put(text));
    QVERIFY(summary);
    QCOMPARE(summary->rejected, std::uint64_t{1});
    QCOMPARE(m_evidence->packed, text);
}

void TestLogReader::manyBadRecordsAreCountedNotAllTold()
{
    std::string text;
    for (std::uint64_t i = 0; i < mostRejectedListed + 500; ++i)
        text += "{}\n";
    const auto summary = read(put(text));
    QVERIFY(summary);
    QCOMPARE(summary->rejected, mostRejectedListed + 500);
    QCOMPARE(m_records->rejected.size(), static_cast<std::size_t>(mostRejectedListed + 1));
    QVERIFY(m_records->rejected.back().reason.find("500") != std::string::npos);
}

void TestLogReader::eventsAreBuiltOnlyWhenWanted()
{
    ReadOptions options;
    options.wantsEvents = false;
    const auto summary = read(put(trail(4)), options);
    QVERIFY(summary);
    QCOMPARE(m_records->events.size(), std::size_t{4});
    QVERIFY(m_records->events[1].action.empty());
    QCOMPARE(m_records->events[1].cite.length, static_cast<std::uint32_t>(m_records->raw[1].size()));
    QCOMPARE(m_records->routing, std::string("aws/cloudtrail"));
}

void TestLogReader::tellsProgress()
{
    std::vector<std::uint64_t> told;
    std::uint64_t total = 0;
    ReadOptions options;
    options.progress = [&](std::uint64_t bytes, std::uint64_t all) {
        told.push_back(bytes);
        total = all;
    };
    const std::string text = trail(30000);
    QVERIFY(read(put(text), options));
    QCOMPARE(total, static_cast<std::uint64_t>(text.size()));
    QCOMPARE(told.back(), total);
    QVERIFY(told.size() >= text.size() / (1U << 20U));
    QVERIFY(std::is_sorted(told.begin(), told.end()));
}

void TestLogReader::stopsWhenAsked()
{
    std::stop_source source;
    ReadOptions options;
    options.progress = [&source](std::uint64_t, std::uint64_t) { source.request_stop(); };
    const auto summary = read(put(trail(30000)), options, source.get_token());
    QVERIFY(!summary);
    QVERIFY(summary.error().code == ErrorCode::Cancelled);
    QVERIFY(m_records->events.size() < 30000);
}

void TestLogReader::passesOnFailuresOfTheSinks()
{
    m_records->refusesAfter = 3;
    const auto refused = read(put(trail(20)));
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Io);
    m_evidence->isFull = true;
    const auto full = read(put(gzip(trail(20))));
    QVERIFY(!full);
    QVERIFY(full.error().code == ErrorCode::DiskFull);
}

void TestLogReader::aFileThatCannotBeOpenedIsAFailure()
{
    const auto summary = read("/no/such/log.json");
    QVERIFY(!summary);
    QVERIFY(summary.error().code == ErrorCode::NotFound);
}

void TestLogReader::readsTheSharedLogs_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("events");
    // Record counts of the data's own index.
    QTest::newRow("delivery files") << "invictus-2023-07-10" << 1448;
    QTest::newRow("pretty arrays") << "stratus" << 210;
    QTest::newRow("lines") << "otrf" << 103;
}

void TestLogReader::readsTheSharedLogs()
{
    QFETCH(QString, folder);
    QFETCH(int, events);
    const QString path = QString(CORDON_SHARED_DATA "/aws-cloudtrail/") + folder;
    if (!QDir(path).exists())
        QSKIP("the shared logs are not here");
    for (const platform::Path& file : listFiles({path.toStdString()}).files) {
        const auto summary = read(file);
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
        QVERIFY2(summary->rejected == 0, file.c_str());
        QVERIFY(summary->isWhole);
    }
    QCOMPARE(m_records->events.size(), static_cast<std::size_t>(events));
    for (const Event& event : m_records->events) {
        QVERIFY2(event.actor.has_value(), event.externalId.c_str());
        QVERIFY(!event.action.empty() && !event.tenant.empty());
    }
}

QTEST_GUILESS_MAIN(TestLogReader)
#include "tst_log_reader.moc"
