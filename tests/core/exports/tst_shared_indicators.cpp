#include "core/exports/shared_indicators.h"
#include "tests/core/engine/list_fixture.h"

#include <sstream>

using namespace cordon;
using namespace cordon::tests;

/// What of an incident others are told: what was used where somebody was misused, and nothing that was told under TLP:RED.
class TestSharedIndicators : public QObject
{
    Q_OBJECT

private slots:
    void anAddressIsNobodysForAnIndicatorThatWasSeenWithIt()
    {
        ListFixture made;
        made.begin();
        const std::filesystem::path more = made.fixture->path("more.json");
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
        const tenant::LogCaller carl{tenant::LogCaller::Kind::User, "carl", "AKIAEXAMPLECARL00001", {}, {}, "203.0.113.200", "curl/8"};
        log.add(*Timestamp::parse("2026-11-21T13:00:00Z"), carl, "s3:ListBuckets");
        writeRecords(more, log);
        VERIFY_DONE(made.held->apply(engine::AddSources{{more}, {}, {}}, {}));
        // One address is told under RED and was used by the intruder as well; the other by somebody innocent.
        VERIFY_DONE(made.bring("indicators-import", "type,value,id,tlp\nip,203.0.113.200,c,red\nip,203.0.113.44,i,red\nip,198.51.100.21,b,green\n",
                               Value::Object{{"name", "feed"}}));
        VERIFY_DONE(made.held->finish());
        made.held.reset();
        const auto contents = CaseFixture::must(exports::CaseContents::open(made.fixture->folder()));
        std::ostringstream table;
        int heldBack = 0;
        VERIFY_DONE(exports::writeIndicatorTable(*contents, {}, table, heldBack));
        const std::string told = table.str();
        QCOMPARE(heldBack, 2);
        QVERIFY2(told.find("203.0.113.200") == std::string::npos, told.c_str());
        QVERIFY2(told.find("203.0.113.44") == std::string::npos, told.c_str());
        QVERIFY2(told.find("ip,198.51.100.21,") != std::string::npos, told.c_str()); // told by the feed, under green
        QVERIFY2(told.find(SmallAttack::newKey) != std::string::npos, told.c_str());
        QVERIFY2(told.find("AKIAEXAMPLECARL") == std::string::npos, told.c_str());
    }

    void theIntrudersAddressIsShared()
    {
        ListFixture made;
        made.begin();
        VERIFY_DONE(made.held->finish());
        made.held.reset();
        const auto contents = CaseFixture::must(exports::CaseContents::open(made.fixture->folder()));
        std::ostringstream table;
        int heldBack = 0;
        VERIFY_DONE(exports::writeIndicatorTable(*contents, "INC-0001", table, heldBack));
        QVERIFY2(table.str().find("ip,203.0.113.44,INC-0001: used by the intruder,amber") != std::string::npos, table.str().c_str());
    }
};

QTEST_GUILESS_MAIN(TestSharedIndicators)
#include "tst_shared_indicators.moc"
