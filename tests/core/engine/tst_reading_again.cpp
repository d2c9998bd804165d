#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

std::int64_t eventsOf(engine::Pipeline& pipeline)
{
    const auto report = pipeline.report();
    return report ? (*report)["events"].asInt() : -1;
}

/// Number and title of every incident.
std::map<std::string, std::string> numbersOf(engine::Pipeline& pipeline)
{
    std::map<std::string, std::string> numbers;
    const auto report = pipeline.report();
    if (!report)
        return numbers;
    for (const Value& incident : (*report)["incidents"].asArray())
        numbers[incident["id"].asString()] = json::write(incident["title"]) + json::write(incident["alerts"]);
    return numbers;
}

/// Records that have no id of their own, so that nothing but the file tells that they come again.
void writeNameless(const std::filesystem::path& file, const char* zoneless)
{
    std::ofstream stream(file, std::ios::binary);
    stream << zoneless;
    for (int i = 0; i < 5; ++i)
        stream << "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-01T00:00:0" << i
               << "Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"ListUsers\",\"awsRegion\":\"us-east-1\","
                  "\"userIdentity\":{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/a\","
                  "\"userName\":\"a\",\"accountId\":\"111122223333\"}}\n";
}

} // namespace

class TestReadingAgain : public QObject
{
    Q_OBJECT

private slots:
    void aFileThatWasReadWellBringsNothingNew()
    {
        CaseFixture fixture;
        writeNameless(fixture.log(), "");
        QCOMPARE(eventsOf(*fixture.run()), std::int64_t{5});
        QCOMPARE(eventsOf(*fixture.run()), std::int64_t{5});
        std::filesystem::copy_file(fixture.log(), fixture.path("other.json"));
        engine::EngineOptions other = fixture.options();
        other.logs = {fixture.path("other.json")};
        QCOMPARE(eventsOf(*fixture.run(other)), std::int64_t{5});
    }

    void aFileOfWhichSomethingWasLostIsReadAgain()
    {
        CaseFixture fixture;
        writeNameless(fixture.log(), "{\"cut\n");
        QCOMPARE(eventsOf(*fixture.run()), std::int64_t{5});
        QCOMPARE(eventsOf(*fixture.run()), std::int64_t{10});
    }

    void anIncidentKeepsItsNumberAlsoWhenItNamesNobody()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.logs = {std::filesystem::path(CORDON_SOURCE_DIR) / "tests/samples/findings"};
        const auto before = numbersOf(*fixture.run(options));
        QVERIFY(before.size() > 3);
        options.logs.clear();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(numbersOf(*fixture.run(options)), before);
    }
};

QTEST_GUILESS_MAIN(TestReadingAgain)
#include "tst_reading_again.moc"
