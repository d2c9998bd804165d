#include "core/indicators/feed_parser.h"
#include "core/indicators/watchlist.h"

#include <QTest>

using namespace cordon;
using namespace cordon::indicators;

/// Feeds are read with what cannot be used listed, and what is looked for is found in records, whole and in time.
class TestWatchlist : public QObject
{
    Q_OBJECT

private:
    static IndicatorList feed(const std::string& text)
    {
        auto list = parseFeed(text, "feed");
        if (!list)
            qFatal("%s", list.error().detail.c_str());
        return std::move(*list);
    }
    /// Ids of what a record holds.
    static std::string found(const Watchlist& watchlist, const Event& event, const std::string& record)
    {
        std::vector<IndicatorIndex> hits;
        watchlist.match(event, record, hits);
        std::string ids;
        for (const IndicatorIndex hit : hits)
            ids += (ids.empty() ? "" : " ") + watchlist.indicator(hit).id;
        return ids;
    }
    static Watchlist watching(const std::string& text)
    {
        std::vector<IndicatorList> lists;
        lists.push_back(feed(text));
        return Watchlist(std::move(lists));
    }

private slots:
    void valuesAreFoundWhereverTheyStandWholeInARecord()
    {
        const Watchlist watchlist =
            watching("type,value,id\n"
                     "ip,203.0.113.5,a\nnetwork,198.51.100.0/24,n\ndomain,evil.example,d\n"
                     "url,https://drop.example/a/b?c=1,u\nemail,boss@mail.example,m\n"
                     "sha256,AAAABBBBCCCCDDDDEEEEFFFF0000111122223333444455556666777788889999,h\n"
                     "ip,2001:db8::7,six\n");
        QCOMPARE(watchlist.size(), std::size_t(7));
        const Event none;
        QCOMPARE(found(watchlist, none, "{\"ip\":\"203.0.113.5\"}"), std::string("a"));
        QCOMPARE(found(watchlist, none, "{\"to\":\"203.0.113.5:443\"}"), std::string("a"));
        QCOMPARE(found(watchlist, none, "{\"ip\":\"203.0.113.50\"}"), std::string());
        QCOMPARE(found(watchlist, none, "{\"ip\":\"198.51.100.77\"}"), std::string("n"));
        QCOMPARE(found(watchlist, none, "{\"ip\":\"198.51.101.77\"}"), std::string());
        QCOMPARE(found(watchlist, none, "asked for EVIL.example."), std::string("d"));
        QCOMPARE(found(watchlist, none, "not-evil.example my.evil.example"), std::string());
        QCOMPARE(found(watchlist, none, "{\"u\":\"https:\\/\\/drop.example\\/a\\/b?c=1\"}"), std::string("u"));
        QCOMPARE(found(watchlist, none, "{\"u\":\"HTTPS://Drop.example/a/b?c=1&d\"}"), std::string("u"));
        QCOMPARE(found(watchlist, none, "{\"u\":\"https://drop.example/A/b?c=1\"}"), std::string());
        QCOMPARE(found(watchlist, none, "from <Boss@mail.example>"), std::string("m"));
        QCOMPARE(found(watchlist, none, "from <bigboss@mail.example>"), std::string());
        QCOMPARE(found(watchlist, none, "{\"h\":\"aaaabbbbccccddddeeeeffff0000111122223333444455556666777788889999\"}"),
                 std::string("h"));
        QCOMPARE(found(watchlist, none, "{\"ip\":\"2001:DB8:0:0::7\"}"), std::string("six"));
        Event addressed;
        addressed.address = "2001:db8::7";
        QCOMPARE(found(watchlist, addressed, "{}"), std::string("six"));
    }

    void aValueIsFoundHoweverARecordEscapesIt()
    {
        const Watchlist watchlist = watching("type,value,id\n"
                                             "ip,203.0.113.5,a\ndomain,evil.example,d\n"
                                             "url,https://drop.example/a?b=1&c=2,u\nemail,boss@mail.example,m\n");
        const Event none;
        QCOMPARE(found(watchlist, none, R"({"script":"one\n203.0.113.5\tthen"})"), std::string("a"));
        QCOMPARE(found(watchlist, none, R"({"m":"{\"script\":\"one\\nevil.example\"}"})"), std::string("d"));
        QCOMPARE(found(watchlist, none, R"({"u":"\u0065vil.\u0065xample"})"), std::string("d"));
        QCOMPARE(found(watchlist, none, R"({"u":"https:\/\/drop.example\/a?b=1\u0026c=2"})"), std::string("u"));
        QCOMPARE(found(watchlist, none, R"({"m":"{\"u\":\"https:\\/\\/drop.example\\/a?b=1&c=2\"}"})"), std::string("u"));
        QCOMPARE(found(watchlist, none, R"({"from":"boss\u0040mail.example"})"), std::string("m"));
        QCOMPARE(found(watchlist, none, R"(C:\share\evil.example\x)"), std::string("d"));
        QCOMPARE(found(watchlist, none, R"({"u":"\u00e9 evil.example \ud83d\ude00203.0.113.5"})"), std::string("a d"));
        // Neither half an escape nor a lone surrogate leads astray.
        QCOMPARE(found(watchlist, none, R"(\u00 \ud800evil.example \)"), std::string("d"));
        QCOMPARE(found(watchlist, none, R"({"u":"not\u002devil.example"})"), std::string());
    }

    void identitiesAreFoundByIdAndName()
    {
        const Watchlist watchlist = watching("type,value,id\naccount,arn:aws:iam::1:user/eve,acc\n"
                                             "credential,AKIAEXAMPLE00001,key\nuser_agent,EvilTool/1.0 (x),ua\n");
        Event event;
        event.actor = EntityRef{EntityKind::Account, "arn:aws:iam::1:user/eve", {}, "eve"};
        event.via = EntityRef{EntityKind::Credential, "AKIAEXAMPLE00001", {}, {}};
        event.userAgent = "EvilTool/1.0 (x)";
        QCOMPARE(found(watchlist, event, "{}"), std::string("acc key ua"));
        event.userAgent = "EvilTool/1.0 (x) more";
        QCOMPARE(found(watchlist, event, "{}"), std::string("acc key"));
    }

    void whatHappenedAfterItsEndIsNoHit()
    {
        const Watchlist watchlist = watching("type,value,valid_until,id\ndomain,evil.example,2026-01-10,d\n");
        Event event;
        event.time = *Timestamp::parse("2026-01-09T23:00:00Z");
        QCOMPARE(found(watchlist, event, "evil.example"), std::string("d"));
        event.time = *Timestamp::parse("2026-01-10T00:00:01Z");
        QCOMPARE(found(watchlist, event, "evil.example"), std::string());
    }

    void allTermsOfAnAlternativeAreNeeded()
    {
        const Watchlist watchlist = watching(
            "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\",\"pattern_type\":"
            "\"stix\","
            "\"pattern\":\"[domain-name:value='a.example' AND ipv4-addr:value='203.0.113.5']\","
            "\"object_marking_refs\":[\"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed\"]},"
            "{\"type\":\"indicator\",\"id\":\"indicator--2\",\"pattern_type\":\"yara\",\"pattern\":\"rule x {}\"},"
            "{\"type\":\"malware\",\"id\":\"malware--1\"}]}");
        QCOMPARE(found(watchlist, {}, "a.example"), std::string());
        QCOMPARE(found(watchlist, {}, "a.example 203.0.113.5"), std::string("indicator--1"));
        QVERIFY(watchlist.indicator(0).tlp == Tlp::Red);
        QCOMPARE(watchlist.lists().front().rejected.size(), std::size_t(1));
        QVERIFY(watchlist.lists().front().rejected.front().reason.find("another language") != std::string::npos);
    }

    void mispIsReadWithWhatItsAuthorsMean()
    {
        const IndicatorList list =
            feed("{\"Event\":{\"info\":\"case\",\"Tag\":[{\"name\":\"tlp:green\"}],\"Attribute\":["
                 "{\"uuid\":\"u1\",\"type\":\"ip-dst|port\",\"value\":\"203.0.113.5|443\",\"to_ids\":true,"
                 "\"timestamp\":\"1700000000\"},"
                 "{\"uuid\":\"u2\",\"type\":\"domain\",\"value\":\"a.example\",\"to_ids\":false},"
                 "{\"uuid\":\"u3\",\"type\":\"yara\",\"value\":\"rule\",\"to_ids\":true}],"
                 "\"Object\":[{\"Attribute\":[{\"uuid\":\"u4\",\"type\":\"filename|md5\","
                 "\"value\":\"x.exe|d41d8cd98f00b204e9800998ecf8427e\",\"to_ids\":\"1\",\"Tag\":[{\"name\":\"tlp:red\"}"
                 "]}]}]}}");
        QCOMPARE(list.indicators.size(), std::size_t(2));
        QCOMPARE(list.indicators[0].name, std::string("case"));
        QVERIFY(list.indicators[0].tlp == Tlp::Green);
        QVERIFY(list.indicators[1].tlp == Tlp::Red);
        QCOMPARE(list.indicators[1].alternatives.front().front().value,
                 std::string("d41d8cd98f00b204e9800998ecf8427e"));
        QCOMPARE(list.rejected.size(), std::size_t(2));
        const IndicatorList answer = feed("{\"response\":[{\"Event\":{\"Attribute\":[{\"uuid\":\"z\",\"type\":"
                                          "\"domain\",\"value\":\"b.example\"}]}}]}");
        QCOMPARE(answer.indicators.size(), std::size_t(1));
    }

    void badRowsAreListedAndWhatIsNoFeedIsRefused()
    {
        const IndicatorList list = feed("type;value;tlp\nip;999.1.1.1;\nrobot;x;\ndomain;a.example;purple\n"
                                        "domain;b.example;tlp:amber\ndomain;b.example;\n");
        QCOMPARE(list.indicators.size(), std::size_t(1));
        QCOMPARE(list.rejected.size(), std::size_t(4));
        QVERIFY(list.rejected[0].reason.find("line 2") == 0);
        QVERIFY(!parseFeed("{\"a\":1}", "x"));
        QVERIFY(!parseFeed("a,b\n1,2\n", "x"));
        QVERIFY(!parseFeed("", "x"));
        QVERIFY(!parseFeed(std::string(200, '['), "x"));
    }

    void aRecordFullOfIndicatorsCostsNoMore()
    {
        std::string table = "type,value\n";
        std::string record;
        for (int i = 0; i < 20'000; ++i) {
            const std::string name = "h" + std::to_string(i) + ".example";
            table += "domain," + name + "\n";
            record += name + " ";
        }
        std::vector<IndicatorIndex> hits;
        watching(table).match({}, record, hits);
        QVERIFY(hits.size() >= 100 && hits.size() <= 256);
    }
};

QTEST_GUILESS_MAIN(TestWatchlist)
#include "tst_watchlist.moc"
