#include "core/ingest/readers/audit_socket.h"
#include "core/ingest/readers/audit_syscalls.h"
#include "core/ingest/readers/auditd_reader.h"
#include "tests/core/ingest/read_logs.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

// 1700000000 is 2023-11-14T22:13:20Z.
const std::string exec =
    "type=SYSCALL msg=audit(1700000000.100:7): arch=c000003e syscall=59 success=yes exit=0 a0=55 a1=66 a2=77 a3=8 "
    "items=2 ppid=10 pid=11 auid=1000 uid=0 tty=pts0 ses=3 comm=\"cat\" exe=\"/usr/bin/cat\" key=6162016364\n"
    "type=EXECVE msg=audit(1700000000.100:7): argc=3 a0=\"cat\" a1=\"-n\" a2=2F746D702F6120622E747874\n"
    "type=CWD msg=audit(1700000000.100:7): cwd=\"/root\"\n"
    "type=PATH msg=audit(1700000000.100:7): item=0 name=\"/usr/bin/cat\" inode=1 nametype=NORMAL\n"
    "type=PROCTITLE msg=audit(1700000000.100:7): proctitle=636174002D6E\n";
const std::string open =
    "type=SYSCALL msg=audit(1700000000.200:8): arch=c00000b7 syscall=56 success=yes exit=3 a0=f a1=e a2=241 a3=1b6 "
    "pid=12 auid=4294967295 uid=33 comm=\"php\" exe=\"/usr/bin/php\" key=(null)\n"
    "type=CWD msg=audit(1700000000.200:8): cwd=\"/var/www\"\n"
    "type=PATH msg=audit(1700000000.200:8): item=0 name=\"/var/www/\" nametype=PARENT\n"
    "type=PATH msg=audit(1700000000.200:8): item=1 name=\"shell.php\" nametype=CREATE\n";

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at + 1));
        at = end + 1;
    }
    return lines;
}

SourceOutput read(const std::string& text, std::size_t piece = 4096)
{
    AuditdReader reader;
    return readThrough(reader, text, piece);
}

std::string shared(const char* name)
{
    return std::string(CORDON_SHARED_DATA "/linux-auditd/") + name;
}

} // namespace

class TestAuditdReader : public QObject
{
    Q_OBJECT
private slots:
    void recordsOfOneSerialAreOneEvent();
    void aProgramStartHasItsTextsAndNotTheRegisters();
    void interleavedAndTornInputGivesTheSame_data();
    void interleavedAndTornInputGivesTheSame();
    void whatIsMissingLeavesTheRestOfTheEvent();
    void lateRecordsGetAnIdOfTheirOwn();
    void theEndRecordAndAgeAndNumberEndAnEvent();
    void enrichedAndNestedFieldsAreRead();
    void nodesAreKeptApart();
    void oneWhoLiesAboutTheTimeEndsOthersEarlyOnly();
    void garbageIsRejectedWithItsPlace();
    void hostileSizesStayBounded();
    void noLogCanWriteWhatIsDerived();
    void socketAddressesAreRead_data();
    void socketAddressesAreRead();
    void systemCallsHaveNames();
    void anEventIsNormalisedAndRouted();
    void aFailedLoginNamesAccountAndAddress();
    void theSharedFilesGiveTheirEvents_data();
    void theSharedFilesGiveTheirEvents();
};

void TestAuditdReader::recordsOfOneSerialAreOneEvent()
{
    const SourceOutput out = read(exec + open);
    QVERIFY(out.isAllJson);
    QCOMPARE(out.records.size(), std::size_t{2});
    QVERIFY(out.rejected.empty());
    QCOMPARE(out.records[0]["type"].asArray().size(), std::size_t{5});
    QCOMPARE(out.raw[0] + "\n", exec);
    QCOMPARE(out.places[0], std::pair(std::uint64_t{0}, std::uint64_t{exec.size() - 1}));
    QCOMPARE(out.places[1].first, std::uint64_t{exec.size()});
    QCOMPARE(out.records[0]["cordon"]["time"].asString(), std::string("2023-11-14T22:13:20.100000Z"));
    QCOMPARE(out.records[0]["cordon"]["id"].asString(), std::string("1700000000.100:7 SYSCALL+4"));
    QCOMPARE(out.records[1]["cordon"]["created"].asString(), std::string("/var/www/shell.php"));
    QCOMPARE(out.records[1]["SYSCALL"].asString(), std::string("openat"));
}

void TestAuditdReader::aProgramStartHasItsTextsAndNotTheRegisters()
{
    const SourceOutput out = read(exec);
    const Value& event = out.records.at(0);
    QCOMPARE(event["a0"].asString(), std::string("cat"));
    QCOMPARE(event["a2"].asString(), std::string("/tmp/a b.txt"));
    QVERIFY(event["a3"].isNull());
    QCOMPARE(event["cordon"]["command_line"].asString(), std::string("cat -n /tmp/a b.txt"));
    QCOMPARE(event["proctitle"].asString(), std::string("cat -n"));
    QCOMPARE(event["key"].asArray().size(), std::size_t{2});
    QCOMPARE(event["cordon"]["category"].asString(), std::string("process_creation"));
    const SourceOutput pieces = read("type=EXECVE msg=audit(1.0:1): argc=2 a0=\"sh\" a1_len=6 a1[0]=6162 a1[1]=63\n");
    QCOMPARE(pieces.records.at(0)["a1"].asString(), std::string("abc"));
}

void TestAuditdReader::interleavedAndTornInputGivesTheSame_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 7, 4096}) {
        QTest::addRow("interleaved, %d bytes", piece) << 0 << piece;
        QTest::addRow("the second first, %d bytes", piece) << 1 << piece;
        QTest::addRow("backwards, %d bytes", piece) << 2 << piece;
    }
}

void TestAuditdReader::interleavedAndTornInputGivesTheSame()
{
    QFETCH(int, order);
    QFETCH(int, piece);
    const auto first = linesOf(exec);
    const auto second = linesOf(open);
    std::string text;
    if (order == 2) {
        auto all = linesOf(exec + open);
        std::reverse(all.begin(), all.end());
        for (const std::string& line : all)
            text += line;
    } else {
        for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
            const std::string one = i < first.size() ? first[i] : "";
            const std::string two = i < second.size() ? second[i] : "";
            text += order == 0 ? one + two : two + one;
        }
    }
    const SourceOutput out = read(text, static_cast<std::size_t>(piece));
    QCOMPARE(out.records.size(), std::size_t{2});
    for (const Value& event : out.records) {
        const bool isExec = !event["argc"].isNull();
        const std::string id = isExec ? "1700000000.100:7 " : "1700000000.200:8 ";
        QCOMPARE(event["cordon"]["id"].asString().substr(0, id.size()), id);
        QCOMPARE(event["cordon"]["category"].asString(), std::string(isExec ? "process_creation" : "file_event"));
    }
}

void TestAuditdReader::whatIsMissingLeavesTheRestOfTheEvent()
{
    const auto lines = linesOf(exec);
    const SourceOutput out = read(lines[1] + lines[2]);
    QCOMPARE(out.records.size(), std::size_t{1});
    QCOMPARE(out.records[0]["cordon"]["command_line"].asString(), std::string("cat -n /tmp/a b.txt"));
    const SourceOutput end = read("type=EOE msg=audit(1700000000.100:7): \n");
    QVERIFY(end.records.empty());
    QCOMPARE(end.rejected.size(), std::size_t{1});
}

void TestAuditdReader::lateRecordsGetAnIdOfTheirOwn()
{
    const auto lines = linesOf(exec);
    std::string other;
    for (int i = 0; i < 20; ++i)
        other += "type=CWD msg=audit(1700000009.000:9): cwd=\"/\"\n";
    const SourceOutput out = read(lines[0] + other + lines[1]);
    QCOMPARE(out.records.size(), std::size_t{3});
    QCOMPARE(out.records[0]["cordon"]["id"].asString(), std::string("1700000000.100:7 SYSCALL+0"));
    QCOMPARE(out.records[2]["cordon"]["id"].asString(), std::string("1700000000.100:7 EXECVE+0"));
}

void TestAuditdReader::theEndRecordAndAgeAndNumberEndAnEvent()
{
    const auto lines = linesOf(exec);
    const std::string end = "type=EOE msg=audit(1700000000.100:7): \n";
    QCOMPARE(read(lines[0] + end + lines[1]).records.size(), std::size_t{2});
    std::string many = lines[0];
    for (int i = 0; i < 600; ++i)
        many += "type=USER_CMD msg=audit(1700000000.300:" + std::to_string(100 + i) + "): pid=1 msg='cmd=6C73 res=success'\n";
    QCOMPARE(read(many + lines[1]).records.size(), std::size_t{602});
}

void TestAuditdReader::enrichedAndNestedFieldsAreRead()
{
    const SourceOutput out =
        read("node=web-1 type=USER_LOGIN msg=audit(1700000000.5:9): pid=1 uid=0 auid=4294967295 msg='op=login id=1000 "
             "exe=\"/usr/sbin/sshd\" hostname=? addr=203.0.113.7 terminal=ssh res=success'\x1dUID=\"root\" "
             "AUID=\"unset\" ID=\"alice\"\n"
             "type=LOGIN msg=audit(1170021601.343:296): login pid=13015 uid=0 old auid=4294967295 new auid=0\n"
             "type=AVC msg=audit(1700000001.0:10): avc:  denied  { read write } for  pid=5 comm=\"x\"\n");
    QCOMPARE(out.records.size(), std::size_t{3});
    const Value& login = out.records[0];
    QCOMPARE(login["addr"].asString(), std::string("203.0.113.7"));
    QCOMPARE(login["UID"].asString(), std::string("root"));
    QCOMPARE(login["cordon"]["actor"].asString(), std::string("web-1/alice"));
    QCOMPARE(login["cordon"]["outcome"].asString(), std::string("success"));
    QCOMPARE(out.records[1]["old-auid"].asString(), std::string("4294967295"));
    QCOMPARE(out.records[1]["auid"].asString(), std::string("0"));
    QCOMPARE(out.records[2]["seresult"].asString(), std::string("denied"));
    QCOMPARE(out.records[2]["seperms"].asArray().size(), std::size_t{2});
    QCOMPARE(out.records[2]["cordon"]["outcome"].asString(), std::string("failure"));
}

void TestAuditdReader::nodesAreKeptApart()
{
    const SourceOutput out = read("node=a type=SYSCALL msg=audit(1700000000.1:1): syscall=1\n"
                                  "node=b type=SYSCALL msg=audit(1700000000.1:1): syscall=2\n"
                                  "node=a type=CWD msg=audit(1700000000.1:1): cwd=\"/a\"\n");
    QCOMPARE(out.records.size(), std::size_t{2});
    QCOMPARE(out.records[0]["cwd"].asString(), std::string("/a"));
    QVERIFY(out.records[1]["cwd"].isNull());
}

void TestAuditdReader::oneWhoLiesAboutTheTimeEndsOthersEarlyOnly()
{
    const SourceOutput out = read("type=USER_CMD msg=audit(99999999999.0:1): res=success\n" + exec + open);
    QCOMPARE(out.records.size(), std::size_t{3});
    QCOMPARE(out.records[1]["type"].asArray().size(), std::size_t{5});
}

void TestAuditdReader::garbageIsRejectedWithItsPlace()
{
    const auto lines = linesOf(exec);
    const std::string garbage = "\xff\xfe what is this\n";
    const SourceOutput out = read(lines[0] + garbage + "\n" + lines[1] + "type=PATH msg=audit(17x:7): name=\"/a\"\ntype=CW");
    QCOMPARE(out.records.size(), std::size_t{1});
    QCOMPARE(out.rejected.size(), std::size_t{3});
    QCOMPARE(out.rejected[0].offset, std::uint64_t{lines[0].size()});
    QCOMPARE(out.rejected[0].length, std::uint64_t{garbage.size() - 1});
}

void TestAuditdReader::hostileSizesStayBounded()
{
    const std::string longLine(3U << 20U, 'A');
    std::string text = "type=SYSCALL msg=audit(1700000000.1:1): x=" + longLine + "\n";
    for (int i = 0; i < 1000; ++i)
        text += "type=PATH msg=audit(1700000000.1:" + std::to_string(i + 10) + "): name=" + std::string(4000, '4') + "\n";
    text += "type=EXECVE msg=audit(1700000000.1:5): ";
    for (int i = 0; i < 20'000; ++i)
        text += "a" + std::to_string(i) + "=\"x\" ";
    const SourceOutput out = read(text + "\n", 65536);
    QVERIFY(out.isAllJson);
    QCOMPARE(out.records.size(), std::size_t{1001});
    QCOMPARE(out.rejected.size(), std::size_t{1});
    QVERIFY(out.rejected[0].reason.find("longer than") != std::string::npos);
    QCOMPARE(out.rejected[0].offset, std::uint64_t{0});
}

void TestAuditdReader::noLogCanWriteWhatIsDerived()
{
    const SourceOutput out =
        read("type=USER_CMD msg=audit(1700000000.1:1): cordon=\"x\" cordon.time=\"2001-01-01T00:00:00Z\" res=failed\n");
    QCOMPARE(out.records[0]["cordon"]["time"].asString(), std::string("2023-11-14T22:13:20.100000Z"));
    for (const auto& [name, value] : out.records[0].asObject())
        QVERIFY(name.find("cordon.") == std::string::npos);
}

void TestAuditdReader::socketAddressesAreRead_data()
{
    QTest::addColumn<QString>("hex");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    QTest::newRow("IPv4") << "02000050A9FEA9FE0000000000000000" << "169.254.169.254" << 80;
    QTest::newRow("IPv6") << "0A0000160000000020010DB800000000000000000000000100000000" << "2001:db8::1" << 22;
    QTest::newRow("IPv6, nothing") << "0A000016000000000000000000000000000000000000000000000000" << "::" << 22;
    QTest::newRow("too short") << "0200005" << "" << -1;
    QTest::newRow("cut") << "02000050" << "" << -1;
    QTest::newRow("netlink") << "100000000000000000000000" << "" << -1;
}

void TestAuditdReader::socketAddressesAreRead()
{
    QFETCH(QString, hex);
    QFETCH(QString, address);
    QFETCH(int, port);
    const auto socket = parseAuditSocket(hex.toStdString()).value_or(AuditSocket());
    QCOMPARE(QString::fromStdString(socket.address), address);
    QCOMPARE(socket.port, port);
    QCOMPARE(parseAuditSocket("01002F72756E2F78000000").value_or(AuditSocket()).path, std::string("/run/x"));
}

void TestAuditdReader::systemCallsHaveNames()
{
    QCOMPARE(auditSyscallName("c000003e", "59"), std::string_view("execve"));
    QCOMPARE(auditSyscallName("c000003e", "42"), std::string_view("connect"));
    QCOMPARE(auditSyscallName("c000003e", "437"), std::string_view("openat2"));
    QCOMPARE(auditSyscallName("40000003", "11"), std::string_view("execve"));
    QCOMPARE(auditSyscallName("c00000b7", "221"), std::string_view("execve"));
    QCOMPARE(auditSyscallName("c000003e", "99999"), std::string_view());
    QCOMPARE(auditSyscallName("ffff", "59"), std::string_view());
}

void TestAuditdReader::anEventIsNormalisedAndRouted()
{
    LogRun run;
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    const auto summary = run.read(exec + open);
    QVERIFY(summary);
    QCOMPARE(run.events.size(), std::size_t{2});
    QCOMPARE(run.routes[0], std::string("linux/auditd/process_creation"));
    QCOMPARE(run.routes[1], std::string("linux/auditd/file_event"));
    const Event& event = run.events[0];
    QCOMPARE(event.source, std::string("linux.auditd"));
    QCOMPARE(event.time.toString(), std::string("2023-11-14T22:13:20.100000Z"));
    QCOMPARE(event.timeText, std::string("1700000000.100"));
    QCOMPARE(event.action, std::string("execve"));
    QCOMPARE(event.actor->id, std::string("uid 1000"));
    QVERIFY(event.outcome == EventOutcome::Success);
    QCOMPARE(event.cite.length, static_cast<std::uint32_t>(exec.size() - 1));
}

void TestAuditdReader::aFailedLoginNamesAccountAndAddress()
{
    LogRun run;
    QVERIFY(run.read("node=web-1 type=USER_LOGIN msg=audit(1700000000.5:9): pid=1 uid=0 msg='op=login acct=\"root\" "
                     "exe=\"/usr/sbin/sshd\" addr=203.0.113.7 terminal=sshd res=failed'\n"));
    QCOMPARE(run.events.size(), std::size_t{1});
    QCOMPARE(run.events[0].address, std::string("203.0.113.7"));
    QCOMPARE(run.events[0].actor->id, std::string("web-1/root"));
    QVERIFY(run.events[0].outcome == EventOutcome::Failure);
    QCOMPARE(run.events[0].targets[0].relation, std::string("refused"));
    QCOMPARE(run.events[0].targets[1].entity.id, std::string("web-1"));
}

void TestAuditdReader::theSharedFilesGiveTheirEvents_data()
{
    // Counted by hand from the serials in the files.
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("events");
    QTest::newRow("in order") << "go-libaudit/normal.log" << 5;
    QTest::newRow("out of order") << "go-libaudit/out_of_order.log" << 5;
    QTest::newRow("lost messages") << "go-libaudit/lost_messages.log" << 5;
    QTest::newRow("two programs") << "otrf/sh_arp_cache_2020-11-10074812.log" << 2;
    QTest::newRow("interleaved") << "go-libaudit/test3.log" << 10;
    QTest::newRow("old kernels") << "go-libaudit/audit-rhel6.log" << 2;
}

void TestAuditdReader::theSharedFilesGiveTheirEvents()
{
    QFETCH(QString, file);
    QFETCH(int, events);
    const std::string path = shared(file.toUtf8().constData());
    if (!std::filesystem::exists(path))
        QSKIP("the shared data is not here");
    LogRun run;
    const auto summary = run.readFile(path);
    QVERIFY(summary);
    QCOMPARE(static_cast<int>(run.events.size()), events);
    QVERIFY(run.rejected.empty());
}

QTEST_GUILESS_MAIN(TestAuditdReader)
#include "tst_auditd_reader.moc"
