#include "core/ingest/readers/event_xml.h"
#include "core/ingest/readers/syslog_message.h"
#include "core/ingest/readers/syslog_reader.h"
#include "tests/core/ingest/read_logs.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

constexpr Timestamp march2024 = Timestamp::fromMicros(1'709'600'000'000'000); // 2024-03-05T00:53:20Z

SourceOutput read(const std::string& text, std::size_t piece = 4096, SyslogYear year = {0, march2024})
{
    SyslogReader reader(year);
    return readThrough(reader, text, piece);
}

const char* const accepted = "Mar  4 10:11:12 web-1 sshd[77]: Accepted publickey for alice from 203.0.113.7 port 4711 ssh2: "
                             "ED25519 SHA256:abc\n";

} // namespace

class TestSyslogReader : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryShape_data();
    void readsEveryShape();
    void structuredDataIsRead();
    void theYearIsTold_data();
    void theYearIsTold();
    void countedMessagesMayHoldLineEnds();
    void tornInputGivesTheSame();
    void garbageIsRejectedWithItsPlace();
    void hostileSizesStayBounded();
    void deedsAreRead_data();
    void deedsAreRead();
    void aNameCannotPassForAnAddress();
    void sudoIsReadAsSigmaNamesItsParts();
    void xmlOfSysmonIsRead();
    void timesWithoutZoneAskForOne();
    void aZoneAndAnOffsetAreApplied();
    void loginsAreNormalisedAndRouted();
};

void TestSyslogReader::readsEveryShape_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("message");
    QTest::newRow("RFC 3164") << QByteArray("<34>Oct 11 22:14:15 mymachine su: failed") << "2023-10-11T22:14:15" << "mymachine" << "su" << "failed";
    QTest::newRow("no priority") << QByteArray(accepted).trimmed().left(50) << "2024-03-04T10:11:12" << "web-1" << "sshd" << "Accepted publickey";
    QTest::newRow("rsyslog's new times") << QByteArray("2024-03-04T10:11:12.123456+01:00 web-1 CRON[5]: (root) CMD (x)") << "2024-03-04T10:11:12.123456+01:00" << "web-1" << "CRON" << "(root) CMD (x)";
    QTest::newRow("with a year") << QByteArray("Mar 04 2022 10:11:12 fw1 kernel: x") << "2022-03-04T10:11:12" << "fw1" << "kernel" << "x";
    QTest::newRow("without a host") << QByteArray("Mar  4 10:11:12 cron[5]: x") << "2024-03-04T10:11:12" << "" << "cron" << "x";
    QTest::newRow("without a tag") << QByteArray("Mar  4 10:11:12 web-1 last message repeated 2 times") << "2024-03-04T10:11:12" << "web-1" << "" << "last message repeated 2 times";
    QTest::newRow("path as tag") << QByteArray("Mar  4 10:11:12 web-1 /usr/sbin/cron[5]: x") << "2024-03-04T10:11:12" << "web-1" << "cron" << "x";
    QTest::newRow("RFC 5424") << QByteArray("<165>1 2003-10-11T22:14:15.003Z host.example evntslog - ID47 - hello") << "2003-10-11T22:14:15.003Z" << "host.example" << "evntslog" << "hello";
    QTest::newRow("RFC 5424, all absent") << QByteArray("<13>1 - - - - - -") << "" << "" << "" << "";
}

void TestSyslogReader::readsEveryShape()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, time);
    QFETCH(QString, host);
    QFETCH(QString, program);
    QFETCH(QString, message);
    const SourceOutput out = read(line.toStdString() + "\n");
    QVERIFY(out.isAllJson);
    QCOMPARE(out.records.size(), std::size_t{1});
    const Value& record = out.records[0];
    QCOMPARE(QString::fromStdString(record["cordon"]["time"].asString()), time);
    QCOMPARE(QString::fromStdString(record["host"].asString()), host);
    QCOMPARE(QString::fromStdString(record["program"].asString()), program);
    QCOMPARE(QString::fromStdString(record["message"].asString()), message);
    QCOMPARE(out.raw[0], line.toStdString());
}

void TestSyslogReader::structuredDataIsRead()
{
    const SourceOutput out = read("<165>1 2003-10-11T22:14:15Z h a - - [ex@1 a=\"x\\\"y\\]\" b=\"\"][two@1] \xef\xbb\xbfhi\n"
                                  "<165>1 2003-10-11T22:14:15Z h a - - [ex@1 a=\"x] hi\n");
    QCOMPARE(out.records.size(), std::size_t{1});
    const Value& data = out.records[0]["structured_data"];
    QCOMPARE(data["ex@1"]["a"].asString(), std::string("x\"y]"));
    QVERIFY(data["two@1"].isObject());
    QCOMPARE(out.records[0]["message"].asString(), std::string("hi"));
    QCOMPARE(out.records[0]["facility"].asString(), std::string("local4"));
    QCOMPARE(out.records[0]["severity"].asString(), std::string("notice"));
    QCOMPARE(out.rejected.size(), std::size_t{1});
}

void TestSyslogReader::theYearIsTold_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<QString>("days");
    QTest::addColumn<QString>("years");
    QTest::newRow("the last year before the file was written") << 0 << "Dec 31,Jan  1,Mar  5,Mar  9" << "2023,2024,2024,2023";
    QTest::newRow("a leap day") << 0 << "Feb 29" << "2024";
    QTest::newRow("given, over new year") << 2019 << "Dec 31,Jan  1,Mar  5" << "2019,2020,2020";
}

void TestSyslogReader::theYearIsTold()
{
    QFETCH(int, first);
    QFETCH(QString, days);
    QFETCH(QString, years);
    std::string text;
    for (const QString& day : days.split(','))
        text += day.toStdString() + " 00:00:00 h p: x\n";
    QStringList found;
    for (const Value& record : read(text, 4096, {first, march2024}).records)
        found << QString::fromStdString(record["cordon"]["time"].asString().substr(0, 4));
    QCOMPARE(found.join(','), years);
}

void TestSyslogReader::countedMessagesMayHoldLineEnds()
{
    const std::string one = "<34>1 2024-03-04T10:11:12Z h p - - - two\nlines";
    const std::string two = "<34>1 2024-03-04T10:11:13Z h p - - - x";
    const std::string text = std::to_string(one.size()) + ' ' + one + std::to_string(two.size()) + ' ' + two;
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, text.size()}) {
        const SourceOutput out = read(text, piece);
        QCOMPARE(out.records.size(), std::size_t{2});
        QCOMPARE(out.records[0]["message"].asString(), std::string("two\nlines"));
        QCOMPARE(text.substr(out.places[1].first, out.places[1].second), two);
    }
    QCOMPARE(read(text.substr(0, text.size() - 1)).rejected.size(), std::size_t{1});
}

void TestSyslogReader::tornInputGivesTheSame()
{
    const std::string text = std::string(accepted) + "\r\n" + accepted + "Mar  4 10:11:13 h p: last";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
        const SourceOutput out = read(text, piece);
        QCOMPARE(out.records.size(), std::size_t{3});
        QCOMPARE(out.records[2]["message"].asString(), std::string("last"));
    }
}

void TestSyslogReader::garbageIsRejectedWithItsPlace()
{
    const SourceOutput out = read(std::string(accepted) + "\tat Stack.trace\n" + std::string(5, '\0') + "\n" + accepted);
    QCOMPARE(out.records.size(), std::size_t{2});
    QCOMPARE(out.rejected.size(), std::size_t{2});
    QCOMPARE(out.rejected[0].offset, std::uint64_t{std::strlen(accepted)});
}

void TestSyslogReader::hostileSizesStayBounded()
{
    const std::string longLine = "Mar  4 10:11:12 h p: " + std::string(5U << 20U, 'x') + "\n";
    const SourceOutput out = read(accepted + longLine + "9999999 <34>" + longLine + accepted, 1U << 20U);
    QCOMPARE(out.records.size(), std::size_t{2});
    QCOMPARE(out.rejected.size(), std::size_t{2});
    QCOMPARE(out.rejected[0].length, std::uint64_t{longLine.size() - 1});
    QVERIFY(read("99999999999999999999 <34>Mar  4 10:11:12 h p: x\n").records.empty());
    QVERIFY(read("<999>Mar  4 10:11:12 h p: x\n").records.empty());
}

void TestSyslogReader::deedsAreRead_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("deed"); // action, outcome, actor, subject, address
    QTest::newRow("accepted") << "sshd" << "Accepted password for bob from 198.51.100.9 port 22 ssh2" << "login success bob  198.51.100.9";
    QTest::newRow("failed") << "sshd" << "Failed password for invalid user eve from 198.51.100.9 port 22 ssh2" << "login failure eve  198.51.100.9";
    QTest::newRow("invalid") << "sshd" << "Invalid user eve from 2001:db8::1 port 22" << "login failure eve  2001:db8::1";
    QTest::newRow("closed") << "sshd" << "Connection closed by authenticating user root 198.51.100.9 port 22 [preauth]" << "login failure root  198.51.100.9";
    QTest::newRow("left") << "sshd" << "Disconnected from user bob 198.51.100.9 port 22" << "logout success bob  198.51.100.9";
    QTest::newRow("PAM") << "sshd" << "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.9  user=root" << "authentication failure root  198.51.100.9";
    QTest::newRow("session") << "sshd" << "pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)" << "session success root  ";
    QTest::newRow("sudo") << "sudo" << "   bob : TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/sh ; USER=x" << "command success bob root ";
    QTest::newRow("sudo refused") << "sudo" << "eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh" << "command failure eve root ";
    QTest::newRow("su") << "su" << "(to root) bob on pts/0" << "switch_user success bob root ";
    QTest::newRow("su refused") << "su" << "FAILED SU (to root) bob on pts/0" << "switch_user failure bob root ";
    QTest::newRow("cron") << "CRON" << "(root) CMD (test -x /x)" << "command success root  ";
    QTest::newRow("new user") << "useradd" << "new user: name=eve, UID=1001, GID=1001, home=/home/eve" << "add_user success  eve ";
    QTest::newRow("into a group") << "usermod" << "add 'eve' to group 'sudo'" << "add_to_group success  eve ";
    QTest::newRow("password") << "passwd" << "pam_unix(passwd:chauthtok): password changed for eve" << "change_password success  eve ";
    QTest::newRow("nothing") << "sshd" << "Server listening on :: port 22." << "    ";
    QTest::newRow("cut off") << "CRON" << "(" << "    ";
}

void TestSyslogReader::deedsAreRead()
{
    QFETCH(QString, program);
    QFETCH(QString, message);
    QFETCH(QString, deed);
    const std::string by = program.toStdString();
    const std::string text = message.toStdString();
    const SyslogDeed read = readSyslogDeed(by, text);
    QStringList parts;
    for (const std::string_view part : {read.action, read.outcome, read.actor, read.subject, read.address})
        parts << QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
    QCOMPARE(parts.join(' '), deed);
}

void TestSyslogReader::aNameCannotPassForAnAddress()
{
    const std::string text = "Failed password for invalid user a from 192.0.2.1 port 1 ssh2 from 198.51.100.9 port 22 ssh2";
    const SyslogDeed deed = readSyslogDeed("sshd", text);
    QCOMPARE(deed.address, std::string_view("198.51.100.9"));
    QCOMPARE(deed.actor, std::string_view("a from 192.0.2.1 port 1 ssh2"));
}

void TestSyslogReader::sudoIsReadAsSigmaNamesItsParts()
{
    const SourceOutput out = read("Mar  4 10:11:12 h sudo: bob : TTY=pts/0 ; PWD=/tmp/ ; USER=x ; USER=#-1 ; COMMAND=/bin/sh\n");
    QCOMPARE(out.records[0]["USER"].asString(), std::string("#-1"));
    QCOMPARE(out.records[0]["COMMAND"].asString(), std::string("/bin/sh"));
    QCOMPARE(out.records[0]["PWD"].asString(), std::string("/tmp/"));
}

void TestSyslogReader::xmlOfSysmonIsRead()
{
    LogRun run;
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    QVERIFY(run.read("Mar  4 10:11:12 h sysmon: <Event><System><Provider Name=\"Linux-Sysmon\" Guid=\"{f}\"/><EventID>1</EventID>"
                     "<TimeCreated SystemTime=\"2024-03-04T09:11:12.5Z\"/><Computer>h</Computer></System><EventData>"
                     "<Data Name=\"Image\">/bin/sh</Data><Data Name=\"CommandLine\">sh -c &quot;a &amp;&#x26; b&quot;</Data>"
                     "<Data Name=\"cordon.time\">x</Data></EventData></Event>\n"));
    QCOMPARE(run.routes.at(0), std::string("linux/sysmon/process_creation"));
    QCOMPARE(run.events[0].time.toString(), std::string("2024-03-04T09:11:12.500000Z"));
    const auto fields = readEventXml("<Event><EventData><Data Name=\"A\">x &bad; &#xD800; &amp;</Data><Data>y</Data><Data Name=\"B\"");
    QCOMPARE(fields.size(), std::size_t{1});
    QCOMPARE(fields[0].second, std::string("x &bad; &#xD800; &"));
}

void TestSyslogReader::timesWithoutZoneAskForOne()
{
    LogRun run;
    QVERIFY(run.read(std::string(accepted) + "2024-03-04T10:11:12Z h p: with a zone\n"));
    QCOMPARE(run.events.size(), std::size_t{1});
    QCOMPARE(run.rejected.size(), std::size_t{1});
    QVERIFY2(run.rejected[0].reason.find("--zone") != std::string::npos, run.rejected[0].reason.c_str());
    QVERIFY(!run.read(accepted, {"Mars/Phobos", {}, 0}));
}

void TestSyslogReader::aZoneAndAnOffsetAreApplied()
{
    LogRun run;
    ImportOptions import;
    import.zone = "+02:00";
    import.clockOffset = std::chrono::seconds(-90);
    import.year = 2022;
    QVERIFY(run.read(std::string(accepted) + "2024-03-04T10:11:12Z h p: with a zone\n", import));
    QCOMPARE(run.events.size(), std::size_t{2});
    QCOMPARE(run.events[0].time.toString(), std::string("2022-03-04T08:09:42.000000Z"));
    QCOMPARE(run.events[0].timeText, std::string("Mar  4 10:11:12"));
    QCOMPARE(run.events[1].time.toString(), std::string("2024-03-04T10:09:42.000000Z"));
}

void TestSyslogReader::loginsAreNormalisedAndRouted()
{
    LogRun run;
    QVERIFY(run.read(std::string(accepted) + "Mar  4 10:11:13 web-1 useradd[5]: new user: name=eve, UID=1001\n"
                                             "<38>Mar  4 10:11:14 web-1 odd: x\n"
                                             "Mar  4 10:11:14 web-1 other: x\n",
                     {"UTC", {}, 2024}));
    QCOMPARE(run.events.size(), std::size_t{4});
    QCOMPARE(run.routes[0], std::string("linux/sshd"));
    QCOMPARE(run.routes[1], std::string("linux/auth"));
    QCOMPARE(run.routes[2], std::string("linux/auth"));
    QCOMPARE(run.routes[3], std::string("linux/syslog"));
    const Event& login = run.events[0];
    QCOMPARE(login.source, std::string("syslog"));
    QCOMPARE(login.action, std::string("sshd:login"));
    QCOMPARE(login.actor->id, std::string("web-1/alice"));
    QCOMPARE(login.actor->name, std::string("alice"));
    QCOMPARE(login.address, std::string("203.0.113.7"));
    QVERIFY(login.outcome == EventOutcome::Success);
    QCOMPARE(login.targets.at(0).entity.id, std::string("web-1"));
    QVERIFY(run.events[1].isIdentityChange);
    QCOMPARE(run.events[1].targets.at(0).relation, std::string("created"));
    QCOMPARE(run.events[1].targets.at(0).entity.id, std::string("web-1/eve"));
}

QTEST_GUILESS_MAIN(TestSyslogReader)
#include "tst_syslog_reader.moc"
