#include "core/ingest/readers/csv_reader.h"
#include "tests/core/ingest/read_logs.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const std::string gatewayMap = "format: cordon-field-map/1\n"
                               "name: vpn\n"
                               "source: vpn.gateway\n"
                               "logsource: {product: vpn, service: gateway}\n"
                               "read: {format: csv, delimiter: \";\"}\n"
                               "recognise: {at_least: 3, of: [when, user, event]}\n"
                               "event:\n"
                               "  time: when\n"
                               "  time_format: \"%d.%m.%Y %H:%M:%S\"\n"
                               "  verb: event\n"
                               "  address: client\n"
                               "  outcome: {from: result, success: [ok], failure: [no], otherwise: unknown}\n"
                               "things: {user: {kind: account, type: human}}\n"
                               "identities: {otherwise: {actor: {thing: user, id: user}}}\n";
const std::string table = "when;user;event;client;result\n"
                          "15.01.2024 09:30:45;alice;login;203.0.113.7;ok\n"
                          "15.01.2024 09:31:00;\"bo;b\";login;203.0.113.8;no\n"
                          "15.01.2024 09:31;x;login;203.0.113.8;no\n"
                          "too;few\n";

SourceOutput readTable(const std::string& text, std::size_t piece = 4096, CsvShape shape = {})
{
    CsvReader reader(std::move(shape));
    return readThrough(reader, text, piece);
}

} // namespace

class TestLogFormat : public QObject
{
    Q_OBJECT
private slots:
    void formatsAreToldByTheirStart_data();
    void formatsAreToldByTheirStart();
    void tablesAreReadAsRfc4180HasThem();
    void tornTablesGiveTheSame();
    void aQuoteThatNeverEndsCostsItsLine();
    void rowsOfTheWrongLengthAreRejected();
    void hostileTablesStayBounded();
    void quotesThatNeverEndAreLookedForOnce();
    void aLongCellGivesNoRowsOfItsOwn_data();
    void aLongCellGivesNoRowsOfItsOwn();
    void aTableIsReadByAGivenMap();
    void jsonLinesAreReadByAGivenMap();
    void aGivenMapAsksForTheZone();
    void mapErrorsNameFileAndLine_data();
    void mapErrorsNameFileAndLine();
};

void TestLogFormat::formatsAreToldByTheirStart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason"); // of what is rejected as a whole; "" when it is read
    const QByteArray audit = "type=USER_CMD msg=audit(1700000000.1:1): msg='res=success'\n";
    QTest::newRow("audit") << audit << "";
    QTest::newRow("audit within syslog") << QByteArray("Mar  4 10:11:12 h audispd: " + audit) << "";
    QTest::newRow("syslog") << QByteArray("2024-03-04T10:11:12Z h p: x\n") << "";
    QTest::newRow("counted syslog") << QByteArray("42 <34>1 2024-03-04T10:11:12Z h p - - - hello") << "";
    QTest::newRow("empty") << QByteArray() << "";
    QTest::newRow("blanks") << QByteArray(" \n\n") << "";
    QTest::newRow("a table") << QByteArray("a,b,c\n1,2,3\n") << "--map";
    QTest::newRow("prose") << QByteArray("hello\nworld\n") << "neither JSON";
    QTest::newRow("bytes") << QByteArray("\x7f" "ELF\0\1\2", 7) << "binary";
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0", 4) << "UTF-16";
    QTest::newRow("a bracket and prose") << QByteArray("[notice] hello\n") << "neither JSON";
}

void TestLogFormat::formatsAreToldByTheirStart()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    LogRun run;
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    QVERIFY(run.read(text.toStdString()));
    if (reason.isEmpty()) {
        QVERIFY2(run.rejected.empty(), run.rejected.empty() ? "" : run.rejected[0].reason.c_str());
        QCOMPARE(run.events.empty(), text.trimmed().isEmpty());
        return;
    }
    QCOMPARE(run.rejected.size(), std::size_t{1});
    QVERIFY2(QString::fromStdString(run.rejected[0].reason).contains(reason), run.rejected[0].reason.c_str());
    QVERIFY(QString::fromStdString(run.rejected[0].file).endsWith("a.log"));
    QCOMPARE(run.rejected[0].length, static_cast<std::uint64_t>(text.size()));
}

void TestLogFormat::tablesAreReadAsRfc4180HasThem()
{
    const std::string text = "\xef\xbb\xbf" "a,b,c\r\n1,\"two, \"\"too\"\"\r\nlines\",3\r\n\r\n4,,\"\"\n5,6\"7\",8";
    const SourceOutput out = readTable(text);
    QVERIFY(out.isAllJson);
    QVERIFY(out.rejected.empty());
    QCOMPARE(out.records.size(), std::size_t{3});
    QCOMPARE(out.records[0]["b"].asString(), std::string("two, \"too\"\r\nlines"));
    QCOMPARE(out.records[1]["c"].asString(), std::string());
    QCOMPARE(out.records[2]["b"].asString(), std::string("6\"7\""));
    QCOMPARE(text.substr(out.places[0].first, out.places[0].second), out.raw[0]);
    const SourceOutput named = readTable("1\t2\n", 4096, {'\t', {"x", "y"}});
    QCOMPARE(named.records.at(0)["y"].asString(), std::string("2"));
}

void TestLogFormat::tornTablesGiveTheSame()
{
    const std::string text = "a,b\n1,\"x\n\"\"y\"\n2,3";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{9}}) {
        const SourceOutput out = readTable(text, piece);
        QCOMPARE(out.records.size(), std::size_t{2});
        QCOMPARE(out.records[0]["b"].asString(), std::string("x\n\"y"));
    }
}

void TestLogFormat::aQuoteThatNeverEndsCostsItsLine()
{
    const SourceOutput out = readTable("a,b\n1,\"x\n2,3\n4,5\n");
    QCOMPARE(out.rejected.size(), std::size_t{1});
    QCOMPARE(out.rejected[0].offset, std::uint64_t{4});
    QCOMPARE(out.records.size(), std::size_t{2});
    QCOMPARE(out.records[1]["a"].asString(), std::string("4"));
}

void TestLogFormat::rowsOfTheWrongLengthAreRejected()
{
    const SourceOutput out = readTable("a,b\n1\n1,2,3\n1,2\n");
    QCOMPARE(out.rejected.size(), std::size_t{2});
    QCOMPARE(out.records.size(), std::size_t{1});
}

void TestLogFormat::hostileTablesStayBounded()
{
    const std::string text = "a,b\n" + std::string(3U << 20U, 'x') + "\n1,2\n\"" + std::string(3U << 20U, 'y') + "\n3,4\n" +
                             std::string(100'000, ',') + "\n";
    const SourceOutput out = readTable(text, 65536);
    QCOMPARE(out.records.size(), std::size_t{2});
    QCOMPARE(out.rejected.size(), std::size_t{3});
}

void TestLogFormat::quotesThatNeverEndAreLookedForOnce()
{
    // Every line opens a quote that no line closes: looking for its end from each would take hours.
    std::string text = "a,b\n";
    while (text.size() < (2U << 20U))
        text += "a\"b\"c,\"\n";
    const SourceOutput out = readTable(text, 65536);
    QVERIFY(out.records.size() + out.rejected.size() > 100'000);
    QVERIFY(!out.rejected.empty());
}

void TestLogFormat::aLongCellGivesNoRowsOfItsOwn_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("over a row's bound") << (std::size_t{1} << 20U) << true;
    QTest::newRow("over what is held") << (std::size_t{33} << 20U) << true;
    QTest::newRow("over what is held, to the log's end") << (std::size_t{33} << 20U) << false;
}

/// What stands in a cell is a stranger's text: lines in it must not become events.
void TestLogFormat::aLongCellGivesNoRowsOfItsOwn()
{
    QFETCH(const std::size_t, size);
    QFETCH(const bool, isClosed);
    const std::string row = "2,\"" + std::string(size, 'A') + "\nroot,forged\nmore" + (isClosed ? "\"" : "");
    const SourceOutput out = readTable("a,b\n1,x\n" + row + "\n3,y\n", 65536);
    QCOMPARE(out.records.size(), std::size_t{isClosed ? 2U : 1U});
    QCOMPARE(out.records.back()["a"].asString(), std::string(isClosed ? "3" : "1"));
    QCOMPARE(out.rejected.size(), std::size_t{1});
    QCOMPARE(out.rejected[0].offset, std::uint64_t{8});
    QVERIFY(out.rejected[0].length >= row.size());
}

void TestLogFormat::aTableIsReadByAGivenMap()
{
    LogRun run(gatewayMap);
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    ImportOptions import;
    import.zone = "+01:00";
    QVERIFY(run.read(table, import));
    QCOMPARE(run.events.size(), std::size_t{2});
    QCOMPARE(run.routes[0], std::string("vpn/gateway"));
    QCOMPARE(run.events[0].time.toString(), std::string("2024-01-15T08:30:45.000000Z"));
    QCOMPARE(run.events[0].timeText, std::string("15.01.2024 09:30:45"));
    QCOMPARE(run.events[1].actor->id, std::string("bo;b"));
    QVERIFY(run.events[1].outcome == EventOutcome::Failure);
    QCOMPARE(run.rejected.size(), std::size_t{2});
    QVERIFY(run.rejected[0].reason.find("15.01.2024 09:31") != std::string::npos);
}

void TestLogFormat::jsonLinesAreReadByAGivenMap()
{
    LogRun run("format: cordon-field-map/1\n"
               "name: door\nsource: door\nlogsource: {product: door}\n"
               "recognise: {at_least: 2, of: [badge, door]}\n"
               "event: {time: at, zone: Europe/Berlin, verb: what}\n"
               "things: {badge: {kind: credential, type: token}}\n"
               "identities: {otherwise: {actor: {thing: badge, id: badge}}}\n");
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    QVERIFY(run.read("{\"badge\":\"7\",\"door\":\"a\",\"what\":\"open\",\"at\":\"2024-07-01 12:00:00\"}\n"));
    QCOMPARE(run.events.size(), std::size_t{1});
    QCOMPARE(run.events[0].time.toString(), std::string("2024-07-01T10:00:00.000000Z"));
    QCOMPARE(run.events[0].action, std::string("open"));
}

void TestLogFormat::aGivenMapAsksForTheZone()
{
    LogRun run(gatewayMap);
    QVERIFY(run.read(table));
    QVERIFY(run.events.empty());
    QVERIFY(run.rejected.at(0).reason.find("--zone") != std::string::npos);
}

void TestLogFormat::mapErrorsNameFileAndLine_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("line");
    QTest::newRow("format") << "format: csv" << "format: tsv" << "line 5";
    QTest::newRow("delimiter") << "\";\"" << "\";;\"" << "line 5";
    QTest::newRow("time") << "%d.%m.%Y" << "%Q" << "line 9";
    QTest::newRow("unknown key") << "  verb: event" << "  verbs: event" << "line 10";
    QTest::newRow("no YAML") << "logsource: {" << "logsource: {{" << "line";
}

void TestLogFormat::mapErrorsNameFileAndLine()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, line);
    const LogRun run(QString::fromStdString(gatewayMap).replace(from, to).toStdString());
    QVERIFY2(QString::fromStdString(run.problem).contains(line), run.problem.c_str());
    QVERIFY2(QString::fromStdString(run.problem).contains("given.yml"), run.problem.c_str());
}

QTEST_GUILESS_MAIN(TestLogFormat)
#include "tst_log_format.moc"
