#include "core/ingest/log_reader.h"
#include "core/ingest/recognition.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>
#include <cstdio>
#include <set>

using namespace cordon;
using namespace cordon::ingest;

namespace {

class NoEvidence : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// What became of the records of one folder.
struct Tally
{
    int records = 0;
    int recognised = 0; ///< by one map, and the right one
    int actor = 0;
    int action = 0;
    int target = 0;
    int address = 0;
    int outcome = 0;
    int time = 0;
};

class Counting : public RecordSink
{
public:
    Counting(const FieldMaps& maps, const std::set<std::string>& right)
        : m_maps(maps)
        , m_right(right)
    {}

    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        ++tally.records;
        std::string by;
        int count = 0;
        for (const auto& map : m_maps.maps()) {
            if (lookOf(*map, view)) {
                by += ' ' + map->name;
                ++count;
            }
        }
        const std::string place = file + ':' + std::to_string(record + 1);
        if (count > 1)
            doubts.push_back(place + " is recognised by" + by);
        if (m_right.count(event.source) == 0 && m_right.count(event.source.substr(0, event.source.find('.'))) == 0) {
            doubts.push_back(place + " is taken for " + event.source);
            return {};
        }
        ++tally.recognised;
        tally.actor += event.actor.has_value();
        tally.action += !event.action.empty() && event.action.back() != ':';
        tally.target += !event.targets.empty();
        tally.address += !event.address.empty();
        tally.outcome += event.outcome != EventOutcome::Unknown;
        tally.time += !event.timeText.empty();
        if (shows)
            show(place, event);
        return {};
    }

    void onRejected(RejectedRecord record) override
    {
        ++tally.records;
        rejected.push_back(file + ": " + record.reason);
    }

    Tally tally;
    std::string file;
    bool shows = false;
    std::vector<std::string> doubts;
    std::vector<std::string> rejected;

private:
    static void show(const std::string& place, const Event& event)
    {
        std::printf("%s\n   %s | %s | %s | by %s | via %s | %s %s | %s |", place.c_str(), event.source.c_str(),
                    event.time.toString().c_str(), event.action.c_str(), event.actor ? event.actor->key().c_str() : "-",
                    event.via ? event.via->key().c_str() : "-", std::string(toString(event.outcome)).c_str(),
                    event.error.c_str(), event.address.c_str());
        for (const EventTarget& target : event.targets)
            std::printf(" %s %s (%s);", target.relation.c_str(), target.entity.key().c_str(),
                        target.entity.name.c_str());
        std::printf("\n");
    }

    const FieldMaps& m_maps;
    const std::set<std::string>& m_right;
};

} // namespace

/// How much of the recorded events of each source is understood, and that no record is taken for another source's. The
/// table in docs/formats/sources.md is what this test prints; the floors hold what was reached.
/// CORDON_SHOW_EVENTS=folder prints every event of a folder.
class TestSources : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void eachSourceIsUnderstood_data();
    void eachSourceIsUnderstood();

private:
    FieldPlan m_plan;
    Result<FieldMaps> m_maps = fail(ErrorCode::NotFound, "not loaded");
};

void TestSources::initTestCase()
{
    if (!QDir(CORDON_SHARED_DATA).exists())
        QSKIP("the recorded logs are not here");
    m_maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", m_plan);
    QVERIFY2(m_maps, m_maps ? "" : m_maps.error().detail.c_str());
    m_maps->complete(m_plan);
    std::printf("| folder | records | recognised | actor | action | target | address | outcome | time |\n"
                "|---|---|---|---|---|---|---|---|---|\n");
}

void TestSources::eachSourceIsUnderstood_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("sources");
    QTest::addColumn<QList<int>>("floors"); // recognised, actor, action, target, address, outcome
    const auto row = [](const char* folder, const QStringList& sources, const QList<int>& floors) {
        QTest::newRow(folder) << QString(folder) << sources << floors;
    };
    row("aws-cloudtrail/panther-unit-events", {"aws.cloudtrail"}, {327, 314, 327, 269, 277, 327});
    row("okta/panther-unit-events", {"okta.system"}, {53, 51, 53, 45, 48, 47});
    row("entra-audit-signin/panther-unit-events", {"entra.signin", "entra.audit"}, {32, 32, 32, 27, 32, 32});
    row("m365-audit/panther-unit-events", {"m365.audit", "windows"}, {9, 9, 9, 9, 7, 9});
    row("azure-activity/panther-unit-events", {"azure.activity"}, {129, 15, 129, 129, 129, 127});
    row("azure-activity/stratus-doc-samples", {"azure.activity"}, {5, 2, 5, 5, 0, 3});
    row("gcp-audit/panther-unit-events", {"gcp.audit"}, {125, 103, 125, 100, 78, 125});
    row("gcp-audit/stratus-doc-samples", {"gcp.audit"}, {5, 4, 5, 5, 3, 5});
    row("github-audit/panther-unit-events", {"github.audit", "github.webhook"}, {95, 84, 95, 95, 3, 95});
    row("kubernetes-audit/panther-unit-events", {"kubernetes.audit", "gcp.audit", "azure.activity"},
        {169, 145, 169, 160, 92, 163});
    row("kubernetes-audit/stratus-doc-samples", {"kubernetes.audit"}, {4, 0, 4, 4, 0, 2});
    row("windows-json/otrf", {"windows"}, {3970, 2000, 3970, 3970, 400, 3970}); // nothing of a host is taken for a cloud's
    row("kubernetes-audit/falco", {"kubernetes.audit"}, {40, 40, 40, 40, 40, 40});
}

void TestSources::eachSourceIsUnderstood()
{
    QFETCH(QString, folder);
    QFETCH(QStringList, sources);
    QFETCH(QList<int>, floors);
    std::set<std::string> right;
    for (const QString& source : sources)
        right.insert(source.toStdString());
    Counting counting(*m_maps, right);
    counting.shows = qEnvironmentVariable("CORDON_SHOW_EVENTS") == folder;
    NoEvidence evidence;
    QDirIterator files(QString(CORDON_SHARED_DATA) + '/' + folder, QDir::Files);
    while (files.hasNext()) {
        const QString path = files.next();
        counting.file = files.fileName().toStdString();
        QVERIFY(readLog(path.toStdString(), *m_maps, m_plan, evidence, counting));
    }
    const Tally& tally = counting.tally;
    std::printf("| %s | %d | %d | %d | %d | %d | %d | %d | %d |\n", qPrintable(folder), tally.records, tally.recognised,
                tally.actor, tally.action, tally.target, tally.address, tally.outcome, tally.time);
    std::fflush(stdout);
    if (counting.shows) {
        for (const std::string& reason : counting.rejected)
            std::printf("rejected %s\n", reason.c_str());
    }
    for (const std::string& doubt : counting.doubts)
        std::printf("%s\n", doubt.c_str());
    QVERIFY(counting.doubts.empty());
    QVERIFY(tally.recognised >= floors[0]);
    QVERIFY(tally.actor >= floors[1]);
    QVERIFY(tally.action >= floors[2]);
    QVERIFY(tally.target >= floors[3]);
    QVERIFY(tally.address >= floors[4]);
    QVERIFY(tally.outcome >= floors[5]);
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
