// Recorded attacks on Windows from the shared data: each public rule fires on the log that was recorded for it, as EVTX and
// as JSON, through reading, recognising and routing.

#include "core/engine/detection.h"
#include "core/ingest/log_reader.h"
#include "core/value/json.h"

#include <QDir>
#include <QTest>
#include <map>

using namespace cordon;
using namespace cordon::ingest;

namespace {

class Nowhere final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

class Counter final : public RecordSink
{
public:
    explicit Counter(const engine::Detection& detection)
        : m_detection(detection)
    {}
    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t) override
    {
        ++records;
        actors += event.actor.has_value() ? 1 : 0;
        m_matches.clear();
        m_detection.program->match(view, m_scratch, m_matches);
        for (const detect::RuleIndex match : m_matches)
            ++matches[m_detection.program->rule(match).info.id];
        return {};
    }
    void onRejected(RejectedRecord rejected) override
    {
        if (rejected.reason.rfind("recovered: ", 0) != 0)
            problems << QString::fromStdString(rejected.reason);
    }

    std::map<std::string, std::uint64_t> matches; ///< by rule
    std::uint64_t records = 0;
    std::uint64_t actors = 0;
    QStringList problems;

private:
    const engine::Detection& m_detection;
    detect::MatchScratch m_scratch;
    std::vector<detect::RuleIndex> m_matches;
};

} // namespace

class TestWindowsCases : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void eachRuleFiresOnItsOwnLogAndItsTwin();
    void eachRecordedAttackRaisesAnAlert();

private:
    void read(const std::string& file, Counter& counter) const;
    std::vector<Value> casesOf(std::string_view source) const;

    std::unique_ptr<engine::Detection> m_detection;
    Value m_cases;
};

void TestWindowsCases::initTestCase()
{
    const auto cases = platform::readFile(CORDON_SHARED_DATA "/cases.json", 64U << 20U);
    if (!cases)
        QSKIP("no recorded cases: the folder of shared data is not beside the repository");
    m_cases = *json::parse(*cases);
    auto loaded =
        engine::Detection::load({CORDON_SOURCE_DIR "/resources", {std::string(CORDON_SHARED_DATA "/sigma")}, false});
    QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
    m_detection = std::move(*loaded);
}

std::vector<Value> TestWindowsCases::casesOf(std::string_view source) const
{
    std::vector<Value> found;
    for (const Value& one : m_cases["cases"].asArray()) {
        if (one["source"].asString() == source)
            found.push_back(one);
    }
    return found;
}

void TestWindowsCases::read(const std::string& file, Counter& counter) const
{
    Nowhere evidence;
    const auto summary = readLog(std::string(CORDON_SHARED_DATA "/") + file, m_detection->maps, m_detection->plan,
                                 evidence, counter);
    if (!summary)
        counter.problems << QString::fromStdString(summary.error().detail);
}

void TestWindowsCases::eachRuleFiresOnItsOwnLogAndItsTwin()
{
    int right = 0;
    int more = 0; // the rule's own text fits more of the file's records than the count that came with it
    const std::vector<Value> cases = casesOf("windows-evtx");
    QVERIFY(!cases.empty());
    for (const Value& one : cases) {
        const std::string& rule = one["upstream_expected_rules"].asArray().at(0).asString();
        QStringList told;
        for (const Value& file : one["files"].asArray()) {
            Counter counter(*m_detection);
            read(file.asString(), counter);
            const auto found = counter.matches.find(rule);
            const std::uint64_t count = found == counter.matches.end() ? 0 : found->second;
            const bool isCounted = one["expected_match_count"].isInt();
            const auto wanted = isCounted ? static_cast<std::uint64_t>(one["expected_match_count"].asInt()) : 0;
            if (isCounted && count > wanted) {
                ++more;
                qInfo("more: %s: %d of %d record(s), %d given", file.asString().c_str(), static_cast<int>(count),
                      static_cast<int>(counter.records), static_cast<int>(wanted));
            }
            if (count == 0 || count < wanted || !counter.problems.empty())
                told << QString("%1: %2 of %3 record(s), wanted %4 %5")
                            .arg(QString::fromStdString(file.asString()).right(5))
                            .arg(count)
                            .arg(counter.records)
                            .arg(isCounted ? QString::number(wanted) : "some")
                            .arg(counter.problems.join("; "));
        }
        if (told.empty())
            ++right;
        else
            qInfo("missed: %s | %s", one["title"].asString().c_str(), qPrintable(told.join(" | ")));
    }
    qInfo("%d of %d cases; %d file(s) with more matches than the count given", right, static_cast<int>(cases.size()), more);
    QVERIFY(right + 1 >= static_cast<int>(cases.size()));
    QVERIFY(more <= 4); // two cases, each as EVTX and JSON: several dropped tools, several registry values
}

void TestWindowsCases::eachRecordedAttackRaisesAnAlert()
{
    const std::vector<Value> cases = casesOf("windows-json");
    QVERIFY(!cases.empty());
    for (const Value& one : cases) {
        Counter counter(*m_detection);
        read(one["files"].asArray().at(0).asString(), counter);
        QVERIFY2(counter.problems.empty(), qPrintable(counter.problems.mid(0, 3).join("; ")));
        QCOMPARE(counter.records, static_cast<std::uint64_t>(one["total_events"].asInt()));
        QStringList alerts;
        for (const auto& rule : m_detection->program->rules().rules()) {
            const auto found = counter.matches.find(rule.info.id);
            if (found != counter.matches.end() && rule.info.level >= Severity::Low)
                alerts << QString("%1 (%2)").arg(QString::fromStdString(rule.info.title)).arg(found->second);
        }
        qInfo("%s: %d records, %d with an actor: %s", one["title"].asString().c_str(),
              static_cast<int>(counter.records), static_cast<int>(counter.actors), qPrintable(alerts.join(", ")));
        QVERIFY(!alerts.empty());
    }
}

QTEST_GUILESS_MAIN(TestWindowsCases)
#include "tst_windows_cases.moc"
