#include "core/record/case_queries.h"
#include "core/record/case_folder.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <QRandomGenerator>
#include <fstream>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::tests;
namespace fs = std::filesystem;

namespace {

/// Writes numbered records without ids of their own, and rotates the log in every way there is.
class Writer
{
public:
    Writer(fs::path folder, QRandomGenerator& dice) : m_folder(std::move(folder)), m_dice(dice)
    {
        fs::create_directories(m_folder);
    }

    void step()
    {
        write("app.log", 1 + m_dice.bounded(40));
        switch (m_dice.bounded(5)) {
        case 0: // rename and create
            fs::rename(m_folder / "app.log", m_folder / ("app.log." + std::to_string(++m_rotated)));
            break;
        case 1: // copy and cut
            fs::copy_file(m_folder / "app.log", m_folder / ("app.log." + std::to_string(++m_rotated)));
            fs::resize_file(m_folder / "app.log", 0);
            break;
        case 2: // late, and dropped by rename
            write("late.part", 5);
            fs::create_directories(m_folder / "late");
            fs::rename(m_folder / "late.part", m_folder / "late" / (std::to_string(++m_rotated) + ".jsonl"));
            break;
        default: // and one in two writes
            writeHalves();
        }
    }
    [[nodiscard]] int count() const { return m_count; }

private:
    [[nodiscard]] std::string line()
    {
        const Timestamp time = *Timestamp::parse("2026-11-22T09:00:00Z") + std::chrono::milliseconds(m_count);
        return json::write(Value::Object{{"eventVersion", "1.08"},
                                         {"eventTime", time.toString()},
                                         {"eventSource", "s3.amazonaws.com"},
                                         {"eventName", "GetObject"},
                                         {"userAgent", "agent-" + std::to_string(m_count++)}}) +
               "\n";
    }
    void write(const char* name, int lines)
    {
        std::ofstream file(m_folder / name, std::ios::app);
        for (int i = 0; i < lines; ++i)
            file << line();
    }
    void writeHalves()
    {
        const std::string text = line();
        std::ofstream file(m_folder / "app.log", std::ios::app);
        file << text.substr(0, 30) << std::flush;
        file << text.substr(30);
    }

    fs::path m_folder;
    QRandomGenerator& m_dice;
    int m_count = 0;
    int m_rotated = 0;
};

} // namespace

/// `cordonctl run --follow` killed at random while the log is written, rotated, copied and cut.
class TestCordonctlFollowed : public QObject
{
    Q_OBJECT

private slots:
    void everyRecordIsInTheCaseOnceHoweverOftenItIsKilled()
    {
        const bool isLong = qEnvironmentVariableIsSet("CORDON_LONG");
        const quint32 seed = qEnvironmentVariableIsSet("CORDON_SEED") ? qEnvironmentVariable("CORDON_SEED").toUInt()
                                                                      : QRandomGenerator::global()->generate();
        qInfo("CORDON_SEED=%u", seed);
        QRandomGenerator dice(seed);
        const CtlRunner ctl;
        const QString logs = ctl.path("in");
        Writer writer(logs.toStdString(), dice);
        const QStringList job{"run", "--case", ctl.caseFolder(), "--no-builtin", "--json", "--follow", logs};
        int killed = 0;
        for (int round = 0; round < (isLong ? 60 : 6); ++round) {
            writer.step();
            QProcess process;
            ctl.prepare(process, job);
            process.start(QIODevice::ReadOnly);
            QVERIFY(process.waitForStarted());
            for (int moment = dice.bounded(8); moment >= 0; --moment) {
                QVERIFY2(!process.waitForFinished(1 + dice.bounded(60)), process.readAllStandardError().constData());
                writer.step();
            }
            process.kill();
            process.waitForFinished();
            ++killed;
            if (record::isCase(ctl.caseFolder().toStdString())) {
                const Ran verified = ctl.run({"verify", ctl.caseFolder()});
                QVERIFY2(verified.status == 0 || verified.status == 2, verified.told().constData());
            }
        }
        const Ran last = ctl.run(job + QStringList{"--until-idle", "1"});
        VERIFY_STATUS(last, 0);
        const Value report = last.json();
        const std::string rejected = reasonsIn(ctl);
        QVERIFY2(rejected.empty(), rejected.c_str());
        const std::string wrong = notOnceIn(ctl, writer.count());
        QVERIFY2(wrong.empty(), wrong.c_str());
        QCOMPARE(report["events"].asInt(), std::int64_t{writer.count()});
        const Ran verified = ctl.run({"verify", ctl.caseFolder()});
        VERIFY_STATUS(verified, 0);
        everyPieceIsInTheLedgerOnce(ctl);
    }

    void interruptEndsCleanly()
    {
        const CtlRunner ctl;
        QRandomGenerator dice(1);
        Writer writer(ctl.path("in").toStdString(), dice);
        writer.step();
        QProcess process;
        ctl.prepare(process, {"run", "--case", ctl.caseFolder(), "--no-builtin", "--json", "--follow", ctl.path("in")});
        process.start(QIODevice::ReadOnly);
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(record::isCase(ctl.caseFolder().toStdString()));
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
                 process.readAllStandardError().constData());
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

private:
    static std::string reasonsIn(const CtlRunner& ctl)
    {
        const auto reader =
            CaseFixture::must(record::CaseIndexReader::open(record::databasePath(ctl.caseFolder().toStdString())));
        std::string reasons;
        for (const RejectedRecord& one : CaseFixture::must(reader->queries().rejected(0, 20)))
            reasons += one.file + "+" + std::to_string(one.offset) + ": " + one.reason + "\n";
        return reasons;
    }

    /// Records that stand in the case another number of times than once, and of which files they come.
    static std::string notOnceIn(const CtlRunner& ctl, int written)
    {
        const auto reader =
            CaseFixture::must(record::CaseIndexReader::open(record::databasePath(ctl.caseFolder().toStdString())));
        std::map<std::string, std::string> places; // by evidence
        for (const record::StoredSource& one : CaseFixture::must(reader->queries().sources()))
            places[one.digest] += fs::path(one.file).filename().string() + "+" + std::to_string(one.begins);
        std::map<std::string, std::vector<std::string>> found;
        for (const Event& event : CaseFixture::must(reader->queries().events({}, 0, 1'000'000)))
            found[event.userAgent].push_back(places[event.cite.evidence.hex()] + ":" + std::to_string(event.cite.offset));
        std::string wrong;
        for (int i = 0; i < written; ++i) {
            const auto& all = found["agent-" + std::to_string(i)];
            if (all.size() == 1)
                continue;
            wrong += "agent-" + std::to_string(i) + ": " + std::to_string(all.size()) + " times";
            for (const std::string& place : all)
                wrong += " " + place;
            wrong += "\n";
        }
        return wrong.substr(0, 2000);
    }

    static void everyPieceIsInTheLedgerOnce(const CtlRunner& ctl)
    {
        std::multiset<std::string> named;
        CaseFixture::must(record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            if (entry.type == "evidence.sealed" && entry.data["kind"].asString() == "log")
                named.insert(entry.data["digest"].asString());
            return true;
        }));
        const auto reader =
            CaseFixture::must(record::CaseIndexReader::open(record::databasePath(ctl.caseFolder().toStdString())));
        std::multiset<std::string> kept;
        for (const record::StoredSource& source : CaseFixture::must(reader->queries().sources()))
            kept.insert(source.digest);
        QVERIFY(!kept.empty() && named == kept);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlFollowed)
#include "tst_cordonctl_followed.moc"
