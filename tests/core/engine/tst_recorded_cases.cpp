#include "tests/core/engine/recorded_cases.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::tests;
namespace fs = std::filesystem;

namespace {

const fs::path data = CORDON_SHARED_DATA;

/// A row of the table of docs/detection.md.
struct Tally
{
    int cases = 0;
    int hit = 0;
    int readable = 0; ///< cases of which at least one record is understood
    int events = 0;
    int alerts = 0;
    int serious = 0; ///< alerts of level high or critical
};

std::string sourceOf(const std::string& file)
{
    return file.substr(0, file.find('/'));
}

std::vector<std::string> filesBelow(const std::string& folder)
{
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(data / folder)) {
        if (entry.is_regular_file())
            files.push_back(fs::relative(entry.path(), data).string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

/// Public and own rules on the recordings of the shared data: whether attacks raise alerts, and whether everyday work
/// does not. The figures stand in docs/detection.md.
class TestRecordedCases : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nearlyAllRecordedAttacksRaiseAnAlertAboutThem();
    void everydayWorkRaisesFewAlertsAndNoneThatIsSerious();

private:
    const Seen& seenIn(const std::vector<std::string>& files);
    bool isAttack(const SeenRecord& record) const;

    std::unique_ptr<RecordedReading> m_reading;
    Value m_cases;
    std::map<std::vector<std::string>, Seen> m_seen;
};

void TestRecordedCases::initTestCase()
{
    if (!fs::exists(data / "cases.json"))
        QSKIP("the shared data is not here");
    m_reading = std::make_unique<RecordedReading>(data);
    m_cases = readJson(data / "cases.json")["cases"];
}

/// All files of one recording are read together, since what is counted spans them.
const Seen& TestRecordedCases::seenIn(const std::vector<std::string>& files)
{
    const bool isOneRecording = files.front().find("/invictus") != std::string::npos;
    const std::vector<std::string> all =
        isOneRecording ? filesBelow(fs::path(files.front()).parent_path().string()) : files;
    const auto known = m_seen.find(all);
    return known != m_seen.end() ? known->second : m_seen.emplace(all, m_reading->read(all)).first->second;
}

bool TestRecordedCases::isAttack(const SeenRecord& record) const
{
    const Value::Array& cases = m_cases.asArray();
    return std::any_of(cases.begin(), cases.end(), [&](const Value& one) {
        return one["case_id"].asString() != "ct-invictus-whole" && textsOf(one["files"]).contains(record.file) &&
               isKeyEvent(one, record);
    });
}

void TestRecordedCases::nearlyAllRecordedAttacksRaiseAnAlertAboutThem()
{
    std::map<std::string, Tally> tallies;
    for (const Value& attack : m_cases.asArray()) {
        if (attack["tier"].asString()[0] == 'C')
            continue;
        const std::set<std::string> noisy = textsOf(attack["noisy_rules"]);
        // for Windows the recordings say which public rules are about the attack
        std::set<std::string> about;
        if (attack["source"].asString().starts_with("windows")) {
            for (const char* list : {"upstream_expected_rules", "expected_rules", "candidate_rules"})
                about.merge(textsOf(attack[list]));
        }
        const std::set<std::string> files = textsOf(attack["files"]);
        const Seen& seen = seenIn({files.begin(), files.end()});
        const auto isAboutIt = [&](std::size_t number) {
            const SeenRecord& record = seen.records[number];
            return files.contains(record.file) && isKeyEvent(attack, record);
        };
        const bool isHit = std::any_of(seen.alerts.begin(), seen.alerts.end(), [&](const SeenAlert& alert) {
            return !noisy.contains(alert.rule->id) && (about.empty() || about.contains(alert.rule->id)) &&
                   std::any_of(alert.records.begin(), alert.records.end(), isAboutIt);
        });
        Tally& tally = tallies[attack["tier"].asString() + " " + attack["source"].asString()];
        ++tally.cases;
        tally.hit += isHit ? 1 : 0;
        tally.readable += seen.records.empty() ? 0 : 1;
        if (!isHit && !seen.records.empty())
            qInfo("no alert: %s", attack["case_id"].asString().c_str());
    }
    Tally sum;
    for (const auto& [name, tally] : tallies) {
        qInfo("%-34s %3d of %3d%s", name.c_str(), tally.hit, tally.cases, tally.readable > 0 ? "" : " (not read)");
        if (tally.readable == 0)
            continue; // a source that has no reader or map
        sum.cases += tally.cases;
        sum.hit += tally.hit;
    }
    QVERIFY(sum.cases >= 200);
    QVERIFY2(sum.hit * 100 >= sum.cases * 95, qPrintable(QString("%1 of %2").arg(sum.hit).arg(sum.cases)));
}

void TestRecordedCases::everydayWorkRaisesFewAlertsAndNoneThatIsSerious()
{
    std::map<std::string, Tally> tallies;
    const auto count = [&](const std::string& name, const Seen& seen, const auto& isEveryday) {
        Tally& tally = tallies[name];
        for (const SeenRecord& record : seen.records)
            tally.events += isEveryday(record) ? 1 : 0;
        for (const SeenAlert& alert : seen.alerts) {
            if (!std::all_of(alert.records.begin(), alert.records.end(),
                             [&](std::size_t number) { return isEveryday(seen.records[number]); }))
                continue;
            ++tally.alerts;
            tally.serious += alert.rule->level >= Severity::High ? 1 : 0;
            const SeenRecord& first = seen.records[alert.records.front()];
            qInfo("%s: %s, on %s:%d", std::string(toString(alert.rule->level)).c_str(), alert.rule->title.c_str(),
                  first.file.c_str(), static_cast<int>(first.line));
        }
    };
    // what is left of recordings when the attacks are taken out
    for (const char* folder : {"aws-cloudtrail/invictus-2023-07-10", "aws-cloudtrail/otrf", "aws-cloudtrail/stratus",
                               "kubernetes-audit/falco"}) {
        std::set<const Seen*> counted;
        for (const std::string& file : filesBelow(folder)) {
            const Seen& seen = seenIn({file});
            if (counted.insert(&seen).second)
                count(folder, seen, [&](const SeenRecord& record) { return !isAttack(record); });
        }
    }
    // unit events that are marked as not to fire
    const Value index = readJson(data / "panther-index.json");
    std::map<std::string, std::set<std::uint64_t>> quiet;
    for (const Value& one : index.asArray()) {
        if (!one["panther_rule_should_fire"].asBool())
            quiet[one["file"].asString()].insert(static_cast<std::uint64_t>(one["line"].asInt()));
    }
    for (const auto& [file, lines] : quiet)
        count(sourceOf(file) + " unit events", m_reading->read({file}, true),
              [&lines = lines](const SeenRecord& record) { return lines.contains(record.line); });
    Tally sum;
    for (const auto& [name, tally] : tallies) {
        qInfo("%-34s %5d events %3d alerts %2d serious", name.c_str(), tally.events, tally.alerts, tally.serious);
        sum.events += tally.events;
        sum.alerts += tally.alerts;
        sum.serious += tally.serious;
    }
    QVERIFY(sum.events > 1500);
    QCOMPARE(sum.serious, 0);
    QVERIFY2(sum.alerts * 100 <= sum.events * 2,
             qPrintable(QString("%1 alerts in %2 events").arg(sum.alerts).arg(sum.events)));
}

QTEST_GUILESS_MAIN(TestRecordedCases)
#include "tst_recorded_cases.moc"
