#include "core/ingest/finding_reader.h"
#include "core/ingest/finding_map_parser.h"
#include "core/ingest/wrapped_record.h"
#include "core/value/yaml.h"

#include <QTest>
#include <algorithm>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const char* const plainMap = "product: {id: watch, name: Watch}\n"
                             "names: {account: [tenant.id, =none]}\n"
                             "finding:\n"
                             "  id: id\n"
                             "  type: kind\n"
                             "  title: title\n"
                             "  link: url\n"
                             "  updated: [changed, made]\n"
                             "  first: begun\n"
                             "  severity: {from: [level, score], words: {bad: high}, at_least: {7: critical, 1: low}}\n"
                             "  status: {from: state, words: {done: closed}}\n"
                             "  verdict: {from: verdict, words: {'harmless*': dismissed}}\n"
                             "  techniques: ttp\n"
                             "  tactics: {from: tactic, words: {Recon: discovery}}\n"
                             "  drawn_from: [{from: feed, words: {'trail*': aws.cloudtrail}, otherwise: other.feed}]\n"
                             "entities:\n"
                             "  - {part: actor, kind: account_or_arn, from: who, id: '{account}/{text}'}\n"
                             "  - {part: address, kind: address, from: ip}\n"
                             "  - {part: target, each: things, kind: host, from: host, when: {sort: [pc, server]}}\n"
                             "  - {part: target, kind: endpoint, from: dest}\n";

std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

Result<ReadFinding> read(const std::string& text, const ImportOptions& import = {})
{
    const auto root = yaml::parse(plainMap);
    const auto map = parseFindingMap(*root);
    return readFindingText(*map, "watch.alert", json(text), *SourceClock::from(import));
}

std::string entities(const Alert& alert)
{
    std::string text;
    for (const AlertEntity& entity : alert.entities)
        text += (text.empty() ? "" : ", ") + entity.part + " " + entity.entity.key();
    return text;
}

} // namespace

namespace {

/// An event of a bus.
std::string busEvent(const char* source, const char* type)
{
    return json(std::string("{'version':'0','id':'e','detail-type':'") + type + "','source':'" + source +
                "','account':'111122223333','time':'2026-01-02T03:05:00Z','region':'us-east-1','resources':[],"
                "'detail':{'x':1}}");
}

} // namespace

class TestFindingReader : public QObject
{
    Q_OBJECT
private slots:
    void aRecordWithNothingButATimeIsAFinding()
    {
        const auto found = read("{'made':'2026-03-02T09:00:00Z'}");
        QVERIFY(found.has_value());
        QCOMPARE(found->alert.rule.title, std::string("Alert of Watch"));
        QCOMPARE(found->alert.rule.id, std::string("external:watch:Alert-of-Watch"));
        QVERIFY(found->alert.rule.level == Severity::Informational); // the map names no other
        QCOMPARE(found->alert.first, found->alert.last);
        QVERIFY(found->event.externalId.empty());
        QVERIFY(found->alert.entities.empty());
    }

    void aFindingWithoutATimeIsRefused()
    {
        QCOMPARE(read("{'title':'x'}").error().detail, std::string("the finding has no time"));
        QCOMPARE(read("{'changed':'yesterday'}").error().detail, std::string("the finding's time cannot be read"));
        QVERIFY(read("{'begun':1772442845}").has_value());
    }

    void timesWithoutAZoneAreUtcUnlessAZoneIsTold()
    {
        const std::string text = "{'made':'2026-03-02 09:00:00','begun':'2026-03-02T08:00:00Z'}";
        const auto plain = read(text);
        QCOMPARE(plain->event.time.toString(), std::string("2026-03-02T09:00:00.000000Z"));
        ImportOptions import;
        import.zone = "+02:00";
        const auto told = read(text, import);
        QCOMPARE(told->event.time.toString(), std::string("2026-03-02T07:00:00.000000Z"));
        QCOMPARE(told->event.timeText, std::string("2026-03-02 09:00:00"));
        QCOMPARE(told->alert.first.toString(), std::string("2026-03-02T08:00:00.000000Z")); // it names its zone
        import.clockOffset = std::chrono::seconds(-90);
        const auto moved = read(text, import);
        QCOMPARE(moved->event.time.toString(), std::string("2026-03-02T06:58:30.000000Z"));
        QCOMPARE(moved->alert.first.toString(), std::string("2026-03-02T07:58:30.000000Z"));
        QCOMPARE(moved->alert.external->updated, moved->event.time);
    }

    void scalesAreReadByWordThenByNumber_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("level");
        QTest::newRow("a word") << "'level':'BAD'" << "high";
        QTest::newRow("a number") << "'score':7" << "critical";
        QTest::newRow("a fraction below a bound") << "'score':6.9" << "low";
        QTest::newRow("a number as text") << "'score':'7.5'" << "critical";
        QTest::newRow("below every bound") << "'score':0" << "informational";
        QTest::newRow("an unknown word gives way to the number") << "'level':'odd','score':9" << "critical";
        QTest::newRow("the product calls it harmless") << "'level':'bad','verdict':'Harmless test'" << "informational";
    }
    void scalesAreReadByWordThenByNumber()
    {
        QFETCH(QString, fields);
        const auto found = read("{'made':1772442845," + fields.toStdString() + "}");
        QVERIFY(found.has_value());
        QTEST(QString::fromUtf8(toString(found->alert.rule.level).data()), "level");
    }

    void theVerdictStandsBesideTheStatus()
    {
        const auto closed = read("{'made':1772442845,'state':'done'}");
        QVERIFY(closed->alert.external->state == FindingState::Closed);
        const auto judged = read("{'made':1772442845,'state':'done','verdict':'harmless'}");
        QCOMPARE(judged->alert.external->status, std::string("done, harmless"));
        QVERIFY(judged->alert.external->state == FindingState::Dismissed);
    }

    void entitiesAreSpelledAndChecked()
    {
        const auto found = read("{'made':1772442845,'tenant':{'id':'t1'},'who':['ops','arn:aws:sts::111122223333:"
                                "assumed-role/Deploy/run1'],'ip':['203.0.113.5','not an address'],"
                                "'things':[{'sort':'PC','host':'ws-1'},{'sort':'cat','host':'tom'}],'dest':"
                                "['srv-2','2001:db8::5']}");
        QCOMPARE(entities(found->alert),
                 std::string("actor account:t1/ops, actor role:arn:aws:iam::111122223333:role/Deploy, address "
                             "address:203.0.113.5, target host:ws-1, target host:srv-2, address address:2001:db8::5"));
        QCOMPARE(found->event.address, std::string("203.0.113.5"));
        QCOMPARE(found->event.targets.front().relation, std::string("reported"));
        const auto bare = read("{'made':1772442845,'who':'ops'}");
        QCOMPARE(entities(bare->alert), std::string("actor account:none/ops"));
    }

    void aListMayStandInATextOfJson()
    {
        const auto found =
            read("{'made':1772442845,'things':'[{\\'sort\\':\\'pc\\',\\'host\\':\\'ws-9\\'}]'}");
        QCOMPARE(entities(found->alert), std::string("target host:ws-9"));
        QCOMPARE(entities(read("{'made':1772442845,'things':'[{ broken'}")->alert), std::string());
    }

    void keysAreFoundWhateverTheirCaseAndDots()
    {
        const auto found = read("{'Made':1772442845,'TENANT.ID':'t2','Who':'ops'}");
        QCOMPARE(entities(found->alert), std::string("actor account:t2/ops"));
    }

    void whereItWasDrawnFromIsTold()
    {
        QCOMPARE(read("{'made':1,'feed':'Trail-7'}")->alert.external->drawnFrom,
                 std::vector<std::string>{"aws.cloudtrail"});
        QCOMPARE(read("{'made':1}")->alert.external->drawnFrom, std::vector<std::string>{"other.feed"});
    }

    void theSameVersionTwiceIsOneRecordAndAnotherVersionIsNot()
    {
        const std::string start = "{'made':1772442845,'id':'f1','state':";
        QCOMPARE(read(start + "'new'}")->event.externalId, read(start + "'new'}")->event.externalId);
        QVERIFY(read(start + "'new'}")->event.externalId != read(start + "'done'}")->event.externalId);
        QVERIFY(read(start + "'new'}")->event.externalId !=
                read("{'made':1772442846,'id':'f1','state':'new'}")->event.externalId);
    }

    void hostileTextIsKeptHarmlessAndBounded()
    {
        const std::string longText(100'000, 'x');
        const auto found = read("{'made':1772442845,'title':'\\u202egnp.exe\\u0007 " + longText + "','id':'" + longText +
                                "','kind':'../../x y\\n<b>','url':'javascript:alert(1)','who':'" + longText + "'}");
        QVERIFY(found.has_value());
        QVERIFY(found->alert.rule.title.size() <= 310);
        QVERIFY(found->alert.rule.title.find('\x07') == std::string::npos);
        QVERIFY(found->alert.rule.title.find("\u202e") == std::string::npos);
        QVERIFY(found->alert.external->id.size() <= 512);
        QVERIFY(found->alert.external->link.empty());
        QCOMPARE(found->alert.rule.id, std::string("external:watch:../../x-y-b"));
        QVERIFY(found->alert.entities.front().entity.id.size() <= 512);
        std::string many = "{'made':1772442845,'who':[";
        for (int i = 0; i < 5000; ++i)
            many += "'u" + std::to_string(i) + "',";
        QCOMPARE(read(many + "'z']}")->alert.entities.size(), std::size_t{64});
        QVERIFY(!read("{'made':1,'made':2}").has_value());
        QVERIFY(!read("{'made':1,'title':'" + std::string(longestFinding, 'y') + "'}").has_value());
    }

    void onlyWebAddressesWithoutTricksAreLinks_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("https") << "https://example.com/a?b=c#d" << true;
        QTest::newRow("http, any case") << "HTTP://example.com/" << true;
        QTest::newRow("file") << "file:///etc/passwd" << false;
        QTest::newRow("script") << "javascript:alert(1)" << false;
        QTest::newRow("a space") << "https://example.com/ x" << false;
        QTest::newRow("markup") << "https://example.com/<b>" << false;
        QTest::newRow("direction mark") << QString::fromUtf8("https://example.com/\u202e") << false;
    }
    void onlyWebAddressesWithoutTricksAreLinks()
    {
        QFETCH(QString, link);
        QFETCH(bool, isKept);
        const auto found = read("{'made':1772442845,'url':'" + link.toStdString() + "'}");
        QCOMPARE(found->alert.external->link, isKept ? link.toStdString() : std::string());
    }

    void mapsThatMakeNoSenseAreRefusedWithTheirLine_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("no product") << "id: watch, name: Watch" << "id: watch";
        QTest::newRow("no title") << "  title: title\n" << "";
        QTest::newRow("unknown level") << "bad: high" << "bad: worse";
        QTest::newRow("unknown state") << "done: closed" << "done: gone";
        QTest::newRow("unknown kind") << "kind: endpoint" << "kind: thing";
        QTest::newRow("unknown part") << "part: actor" << "part: doer";
        QTest::newRow("unknown key") << "  link: url" << "  lnk: url";
        QTest::newRow("open brace") << "'{account}/{text}'" << "'{account'";
    }
    void mapsThatMakeNoSenseAreRefusedWithTheirLine()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const auto root = yaml::parse(QString::fromUtf8(plainMap).replace(from, to).toStdString());
        const auto map = parseFindingMap(*root);
        QVERIFY(!map.has_value());
        QVERIFY(QString::fromStdString(map.error().detail).startsWith("line "));
    }

    void anEnvelopeIsOpenedWhenItIsAKnownCarriersInFull()
    {
        const std::string text = json("{'@odata.count' : 2,'value':[ {'p':'}]'} , 7, {'q':{'r':[]}}]}");
        const auto list = wrappedRecords(text).records;
        QCOMPARE(list.size(), std::size_t{2});
        QCOMPARE(std::string(list[0]), json("{'p':'}]'}"));
        QCOMPARE(std::string(list[1]), json("{'q':{'r':[]}}"));
        QCOMPARE(wrappedRecords(busEvent("aws.guardduty", "GuardDuty Finding")).records.size(), std::size_t{1});
        QCOMPARE(wrappedRecords(busEvent("aws.iam", "AWS API Call via CloudTrail")).records.size(), std::size_t{1});
        QVERIFY(wrappedRecords("").records.empty());
        QVERIFY(wrappedRecords("[1").records.empty());
        QVERIFY(wrappedRecords("{\"").records.empty());
        QVERIFY(wrappedRecords(json("{'value':[{'a")).records.size() <= 1);
    }

    void whatAnApplicationLogsIsNoEnvelope_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QString::fromStdString(text);
        };
        for (const char* name : {"data", "event", "value", "result", "detail", "_source", "fields", "entries", "items",
                                 "resources", "hits", "records", "alerts", "Events", "Findings", "logEvents"}) {
            const std::string key = name;
            row((key + " alone").c_str(), json("{'" + key + "':{'x':1}}"));
            row((key + " in a log line").c_str(), json("{'level':'info','msg':'POST','" + key + "':{'x':1}}"));
            row((key + ", a list in a log line").c_str(), json("{'level':'info','msg':'POST','" + key + "':[{'x':1}]}"));
        }
        row("a bus event of anybody's", busEvent("attacker.app", "GuardDuty Finding"));
        row("a service that tells of no findings", busEvent("aws.s3", "GuardDuty Finding"));
        row("a partner's", busEvent("aws.partner/attacker.example/1", "AWS API Call via CloudTrail"));
        row("a key twice", json("{'value':[{'x':1}],'value':[{'x':2}]}"));
        row("a key in disguise", json("{'preview':false,'\\u0072esult':{'x':1}}"));
        row("another list of a cluster", json("{'kind':'List','apiVersion':'v1','items':[{'x':1}]}"));
    }
    void whatAnApplicationLogsIsNoEnvelope()
    {
        QFETCH(QString, text);
        QVERIFY(wrappedRecords(text.toStdString()).records.empty());
    }
};

QTEST_GUILESS_MAIN(TestFindingReader)
#include "tst_finding_reader.moc"
