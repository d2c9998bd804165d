#include "core/engine/codec.h"
#include "tests/core/engine/case_fixture.h"

#include <QtTest>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// The small attack, one record per line, in the order of time.
std::vector<std::string> attackLines(const CaseFixture& fixture)
{
    const Value whole = CaseFixture::must(json::parse(CaseFixture::must(platform::readFile(fixture.log()))));
    std::vector<std::string> lines;
    for (const Value& record : whole["Records"].asArray())
        lines.push_back(json::write(record) + "\n");
    return lines;
}

/// A record without an id of its own: nothing but the reader keeps it from being counted twice.
std::string plainLine(int number, Timestamp time)
{
    return json::write(Value::Object{{"eventVersion", "1.08"},
                                     {"eventTime", time.toString()},
                                     {"eventSource", "s3.amazonaws.com"},
                                     {"eventName", "GetObject"},
                                     {"recipientAccountId", "111122223333"},
                                     {"userAgent", "agent-" + std::to_string(number)}}) +
           "\n";
}

} // namespace

/// Followed folders, driven look by look.
class TestFollowing : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<CaseFixture>();
        m_folder = m_fixture->path("in");
        m_rules.clear();
        m_exercise = "";
        fs::create_directories(m_folder);
    }

    void anAttackThatArrivesLiveBecomesAnIncident()
    {
        const auto lines = attackLines(*m_fixture);
        CaseFixture::Held held = open();
        append("a.jsonl", lines, 0, 72);
        poll(*held);
        QVERIFY(held->files().empty());
        std::size_t most = 0;
        for (std::size_t i = 72; i < lines.size(); i += 4) {
            append("a.jsonl", lines, i, std::min(i + 4, lines.size()));
            poll(*held);
            most = std::max(most, held->files().size());
        }
        QCOMPARE(held->files().size(), std::size_t{1});
        const Value live = CaseFixture::must(held->report());
        QCOMPARE(live["events"].asInt(), std::int64_t{SmallAttack::events});

        // The same records read at once say the same.
        CaseFixture other;
        engine::EngineOptions options = other.options("");
        const CaseFixture::Held whole = other.run(options);
        const Value batch = CaseFixture::must(whole->report());
        QCOMPARE(live["incidents"].asArray().size(), batch["incidents"].asArray().size());
        QCOMPARE(rulesOf(live), rulesOf(batch));
        QCOMPARE(live["alerts"].asArray().size(), batch["alerts"].asArray().size());
        const Value& one = live["incidents"].asArray()[0];
        const Value& same = batch["incidents"].asArray()[0];
        QCOMPARE(one["risk"].asInt(), same["risk"].asInt());
        QCOMPARE(one["entities"].asArray().size(), same["entities"].asArray().size());
    }

    void everyRecordIsInTheCaseOnceAcrossRestartsAndRotation()
    {
        const Timestamp start = *Timestamp::parse("2026-11-22T09:00:00Z");
        int next = 0;
        const auto write = [&](const char* name, int count) {
            std::ofstream file(m_folder / name, std::ios::binary | std::ios::app);
            for (int i = 0; i < count; ++i, ++next)
                file << plainLine(next, start + std::chrono::seconds(next));
        };
        write("a.log", 10);
        {
            const CaseFixture::Held held = open();
            poll(*held);
            write("a.log", 5);
            fs::rename(m_folder / "a.log", m_folder / "a.log.1");
            write("a.log", 5);
            poll(*held);
        } // and the program ends
        write("a.log", 7);
        fs::copy_file(m_folder / "a.log", m_folder / "a.log.0");
        fs::resize_file(m_folder / "a.log", 0);
        write("a.log", 3);
        write("late.jsonl", 4);
        {
            const CaseFixture::Held held = open();
            poll(*held);
            poll(*held);
            const Value report = CaseFixture::must(held->report());
            QCOMPARE(report["events"].asInt(), std::int64_t{next});
            QCOMPARE(agents(*held).size(), static_cast<std::size_t>(next));
            CaseFixture::must(held->finish());
        }
        const auto verdict = m_fixture->verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    /// Killed, killed again while the index was made anew, and a log that was copied and cut: which file its first records
    /// came from is known to what the first kill left alone.
    void everyRecordIsInTheCaseOnceWhenAKillBreaksOffTheMakingOfAnotherIndex_data()
    {
        QTest::addColumn<bool>("isSetAside");
        QTest::newRow("while it is filled") << true;
        QTest::newRow("before what was left is set aside") << false;
    }

    void everyRecordIsInTheCaseOnceWhenAKillBreaksOffTheMakingOfAnotherIndex()
    {
        QFETCH(bool, isSetAside);
        const Timestamp start = *Timestamp::parse("2026-11-22T09:00:00Z");
        int next = 0;
        const auto write = [&](int count) {
            std::ofstream file(m_folder / "a.log", std::ios::binary | std::ios::app);
            for (int i = 0; i < count; ++i, ++next)
                file << plainLine(next, start + std::chrono::seconds(next));
        };
        write(10);
        const pid_t child = ::fork();
        if (child == 0) {
            const CaseFixture::Held held = open();
            poll(*held);
            fs::copy_file(m_folder / "a.log", m_folder / "a.log.0");
            fs::resize_file(m_folder / "a.log", 0);
            write(5);
            poll(*held);
            poll(*held);
            ::_exit(0); // as by `kill -9`
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        next = 15;
        if (isSetAside) {
            record::CaseOptions options;
            options.home = m_fixture->home();
            CaseFixture::must(record::CaseFolder::open(m_fixture->folder(), options, m_fixture->machine)); // and ends before it is filled
            QVERIFY(fs::exists(m_fixture->folder() / "case.db.filling"));
        } else {
            CaseFixture::must(platform::writeFileAtomically(m_fixture->folder() / "case.db.filling", "case.db is being set aside\n"));
        }
        write(3);
        const CaseFixture::Held held = open();
        poll(*held);
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{next});
        QCOMPARE(agents(*held).size(), static_cast<std::size_t>(next));
        CaseFixture::must(held->finish());
        QVERIFY2(m_fixture->verdict().verdict == record::VerifyReport::Verdict::Ok, m_fixture->verdict().toText().c_str());
    }

    void everyPieceIsEvidenceThatTheLedgerNames()
    {
        const auto lines = attackLines(*m_fixture);
        CaseFixture::Held held = open();
        append("a.jsonl", lines, 0, 3);
        poll(*held);
        append("a.jsonl", lines, 3, 5);
        poll(*held);
        auto entries = m_fixture->ledger("evidence.sealed");
        QCOMPARE(entries.size(), std::size_t{3});
        QCOMPARE(entries.front().data["kind"].asString(), std::string("detection")); // what they were read with
        entries.erase(entries.begin());
        const Value& second = entries[1].data["followed"];
        QCOMPARE(second["path"].asString(), (fs::canonical(m_folder) / "a.jsonl").string());
        QCOMPARE(second["from"].asInt(), static_cast<std::int64_t>((lines[0] + lines[1] + lines[2]).size()));
        QCOMPARE(second["to"].asInt(),
                 static_cast<std::int64_t>((lines[0] + lines[1] + lines[2] + lines[3] + lines[4]).size()));
        // A citation leads to the record's own bytes.
        const auto event = CaseFixture::must(held->folder().store().queries().event(EventId{5}));
        QCOMPARE(CaseFixture::must(held->folder().vault().read(event.cite)) + "\n", lines[4]);
        // An entry that is there is not written again, one that a kill prevented is.
        forgetNote();
        held.reset();
        held = open();
        QCOMPARE(m_fixture->ledger("evidence.sealed").size(), std::size_t{3});
    }

    void aPieceThatWasNeverSealedIsReadAgain()
    {
        const auto lines = attackLines(*m_fixture);
        append("a.jsonl", lines, 0, 5);
        CaseFixture::Held held = open();
        poll(*held);
        {
            // As a kill leaves it: events there, no digest, the file not moved on.
            auto& store = held->folder().store();
            auto file = CaseFixture::must(store.queries().followed()).front();
            const auto piece = CaseFixture::must(store.addPiece(file, "aws.cloudtrail", file.position));
            std::vector<Event> events(3);
            for (std::size_t i = 0; i < events.size(); ++i)
                events[i].time = *Timestamp::parse("2026-11-22T09:00:00Z") + std::chrono::seconds(i);
            QVERIFY(store.addEvents(piece, events));
        }
        held.reset();
        append("a.jsonl", lines, 5, 8);
        held = open();
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{8});
    }

    void aCorrelationGoesOnAcrossARestart()
    {
        writeBurstRules();
        const Timestamp start = *Timestamp::parse("2026-11-22T09:00:00Z");
        std::ofstream(m_folder / "a.log") << plainLine(0, start) << plainLine(1, start + 60s);
        CaseFixture::Held held = open();
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["alerts"].asArray().size(), std::size_t{0});
        held.reset();
        held = open();
        std::ofstream(m_folder / "a.log", std::ios::app) << plainLine(2, start + 120s);
        poll(*held);
        CaseFixture::must(held->endFollowing({}));
        const Value report = CaseFixture::must(held->report());
        QCOMPARE(report["alerts"].asArray().size(), std::size_t{1});
        QCOMPARE(report["alerts"].asArray()[0]["events"].asArray().size(), std::size_t{3});
    }

    /// Whoever ends the program does not wait for the agent: it goes on at the next opening.
    void whatIsStoppedStartsNoMoreSessions()
    {
        m_exercise = "from-log";
        writeBurstRules("tags: [attack.defense-impairment, attack.t1685]\n");
        const auto lineOf = [](Timestamp time) {
            return json::write(Value::Object{{"eventVersion", "1.08"},
                                             {"eventTime", time.toString()},
                                             {"eventSource", "s3.amazonaws.com"},
                                             {"eventName", "GetObject"},
                                             {"recipientAccountId", "111122223333"},
                                             {"userIdentity",
                                              Value::Object{{"type", "IAMUser"},
                                                            {"arn", "arn:aws:iam::111122223333:user/alice"},
                                                            {"userName", "alice"},
                                                            {"accessKeyId", "AKIAIOSFODNN7EXAMPLE"}}}}) +
                   "\n";
        };
        const Timestamp start = *Timestamp::parse("2026-11-22T09:00:00Z");
        std::stop_source stop;
        CaseFixture::Held held = open(engine::ReplayMode::None, [&stop](const engine::Notice& notice) {
            if (notice.events == 3)
                stop.request_stop();
        });
        for (int i = 0; i < 3; ++i)
            std::ofstream(m_folder / "a.log", std::ios::app) << lineOf(start + std::chrono::minutes(i));
        (void)CaseFixture::must(held->followSome(stop.get_token()));
        QVERIFY(stop.stop_requested() && held->files().empty()); // read, and not worked out
        CaseFixture::must(held->endFollowing(stop.get_token()));
        QCOMPARE(held->files().size(), std::size_t{1}); // what was read is told
        QVERIFY(held->files().begin()->second.session.id.empty());
        held.reset();
        const auto verdict = m_fixture->verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
        held = open();
        QCOMPARE(held->files().size(), std::size_t{1});
        CaseFixture::must(held->run({}));
        QVERIFY(!held->files().begin()->second.session.id.empty());
    }

    void oneDateFarAheadHidesNoCorrelation_data()
    {
        QTest::addColumn<bool>("isReplay");
        QTest::addColumn<bool>("isRestarted");
        QTest::addColumn<QString>("ahead");
        QTest::newRow("live") << false << false << "2199-12-31T00:00:00Z";
        QTest::newRow("live, restarted") << false << true << "2027-11-22T09:00:00Z";
        QTest::newRow("replay") << true << false << "2199-12-31T00:00:00Z";
        QTest::newRow("replay, restarted") << true << true << "2026-12-24T00:00:00Z";
    }
    /// Reads that come one by one, and one that claims to be of a time to come: of their group, and first of all or among them.
    void oneDateFarAheadHidesNoCorrelation()
    {
        QFETCH(bool, isReplay);
        QFETCH(bool, isRestarted);
        QFETCH(QString, ahead);
        const auto mode = isReplay ? engine::ReplayMode::Batch : engine::ReplayMode::None;
        const Timestamp far = *Timestamp::parse(ahead.toStdString());
        for (const int at : {0, 2}) {
            init();
            writeBurstRules();
            const Timestamp start = m_fixture->machine.now() - 2h;
            CaseFixture::Held held = open(mode);
            for (int i = 0; i < 5; ++i) {
                std::ofstream(m_folder / "a.log", std::ios::app)
                    << (i == at ? plainLine(100, far) : plainLine(i, start + i * 2min));
                poll(*held);
                if (isRestarted && i == 2) {
                    held.reset();
                    held = open(mode);
                }
            }
            CaseFixture::must(held->endFollowing({}));
            const Value report = CaseFixture::must(held->report());
            QVERIFY(!report["alerts"].asArray().empty());
            std::size_t most = 0;
            for (const Value& alert : report["alerts"].asArray())
                most = std::max(most, alert["events"].asArray().size());
            QVERIFY(most >= 3);
        }
    }

    void aQuietSourceRaisesOneAlertUntilItSpeaksAgain()
    {
        CaseFixture::Held held = open();
        speak(*held, 40);
        QVERIFY(quietAlerts(*held).empty());
        m_fixture->machine.pass(16min);
        poll(*held);
        m_fixture->machine.pass(10min);
        poll(*held);
        QCOMPARE(quietAlerts(*held).size(), std::size_t{1});
        const Alert alert = quietAlerts(*held).front();
        QCOMPARE(alert.rule.techniques.front(), std::string("T1685"));
        QCOMPARE(alert.entities.size(), std::size_t{1});
        QCOMPARE(alert.entities[0].entity.name, std::string("aws.cloudtrail 111122223333"));
        QVERIFY(alert.last == m_fixture->machine.now() - 26min + 15min);
        held.reset();
        held = open(); // not told again by a restart
        poll(*held);
        QCOMPARE(quietAlerts(*held).size(), std::size_t{1});
        speak(*held, 5);
        m_fixture->machine.pass(2h);
        poll(*held);
        QCOMPARE(quietAlerts(*held).size(), std::size_t{2});
    }

    void inAReplayQuietGoesByTheLogsOwnTime()
    {
        const Timestamp start = *Timestamp::parse("2026-03-01T00:00:00Z");
        std::ofstream file(m_folder / "a.log", std::ios::binary);
        for (int i = 0; i < 40; ++i)
            file << plainLine(i, start + std::chrono::seconds(i));
        file << plainLine(40, start + 3h);
        file.close();
        CaseFixture::Held held = open(engine::ReplayMode::Batch);
        m_fixture->machine.pass(100h);
        poll(*held);
        QCOMPARE(quietAlerts(*held).size(), std::size_t{1});
        QVERIFY(quietAlerts(*held).front().last == start + 39s + 15min);
    }

    void stoppingAndFollowingAgainGoesOnWhereItWas()
    {
        const auto lines = attackLines(*m_fixture);
        append("a.jsonl", lines, 0, 5);
        CaseFixture::Held held = open();
        poll(*held);
        CaseFixture::must(held->apply(engine::StopFollowing{fs::canonical(m_folder), "user:analyst-a"}, {}));
        append("a.jsonl", lines, 5, 9);
        poll(*held);
        QVERIFY(!held->isFollowing());
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{5});
        CaseFixture::must(held->apply(engine::Follow{{m_folder}, "user:analyst-a"}, {}));
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{9});
        QCOMPARE(m_fixture->ledger("source.followed").size(), std::size_t{1});
        QCOMPARE(m_fixture->ledger("source.left").size(), std::size_t{1});
    }

    void brokenRecordsAreListedByTheirPlaceInTheFile()
    {
        const auto lines = attackLines(*m_fixture);
        CaseFixture::Held held = open();
        append("a.jsonl", lines, 0, 2);
        poll(*held);
        std::ofstream(m_folder / "a.jsonl", std::ios::app) << "{broken\n" << lines[2];
        poll(*held);
        const auto rejected = CaseFixture::must(held->folder().store().queries().rejected(0, 10));
        QCOMPARE(rejected.size(), std::size_t{1});
        QCOMPARE(rejected[0].offset, static_cast<std::uint64_t>((lines[0] + lines[1]).size()));
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{3});
    }

    void aPieceThatCannotBeSealedIsForgottenAndReadAgain()
    {
        const auto lines = attackLines(*m_fixture);
        CaseFixture::Held held = open();
        onCase(failsWhen("sources", "length(digest) > 0"));
        append("a.jsonl", lines, 0, 5);
        const auto failed = held->followSome({});
        QVERIFY(!failed);
        QVERIFY(CaseFixture::must(held->folder().store().queries().sources()).empty());
        QVERIFY(CaseFixture::must(held->followSome({})) == false); // not tried again at once
        m_fixture->machine.pass(3s);
        QVERIFY(!held->followSome({}));
        onCase("DROP INDEX full");
        m_fixture->machine.pass(3s);
        poll(*held); // a failure in a row waits longer
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{0});
        m_fixture->machine.pass(2s);
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{5});
        const auto pieces = CaseFixture::must(held->folder().store().queries().sources());
        QCOMPARE(pieces.size(), std::size_t{1});
        QCOMPARE(pieces[0].duplicates, std::int64_t{0});
        held.reset();
        held = open();
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{5});
    }

    void aPieceOfWhichABatchCannotBeWrittenIsForgottenAndReadAgain()
    {
        CaseFixture::Held held = open();
        onCase(failsWhen("events", "id > 2500"));
        {
            std::ofstream file(m_folder / "a.log", std::ios::binary);
            for (int i = 0; i < 3000; ++i)
                file << plainLine(i, *Timestamp::parse("2026-11-22T09:00:00Z") + std::chrono::seconds(i));
        }
        QVERIFY(!held->followSome({}));
        QVERIFY(CaseFixture::must(held->folder().store().queries().sources()).empty());
        onCase("DROP INDEX full");
        m_fixture->machine.pass(3s);
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{3000});
        QCOMPARE(held->rejectedInRun(), std::int64_t{0});
        QCOMPARE(held->recordsInRun(), std::int64_t{3000});
    }

    void afterAFailureOnlyTheFoldersOfThisRunAreFollowed()
    {
        const auto lines = attackLines(*m_fixture);
        CaseFixture::Held held = open();
        held.reset();
        const fs::path earlier = std::exchange(m_folder, m_fixture->path("other"));
        fs::create_directories(m_folder);
        held = open();
        onCase(failsWhen("sources", "length(digest) > 0"));
        append("a.jsonl", lines, 0, 5);
        QVERIFY(!held->followSome({}));
        onCase("DROP INDEX full");
        m_folder = earlier;
        append("b.jsonl", lines, 5, 9);
        m_fixture->machine.pass(3s);
        poll(*held);
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{5});
    }

    void aPieceThatEndsEarlyWhileItIsReadIsNotTakenForRead()
    {
        const fs::path file = m_folder / "a.json";
        {
            std::ofstream stream(file, std::ios::binary); // one document, longer than a piece: read from the file itself
            stream << "{\"Records\":[";
            const std::string padding(600, ' ');
            for (int i = 0; i < 45'000; ++i)
                stream << (i == 0 ? "" : ",") << plainLine(i, *Timestamp::parse("2026-11-22T09:00:00Z")) << padding;
            stream << "]}\n";
        }
        bool isCut = false;
        CaseFixture::Held held = open(engine::ReplayMode::None, [&](const engine::Notice& notice) {
            if (notice.phase == engine::Phase::Ingesting && notice.events > 0 && !isCut)
                fs::resize_file(file, fs::file_size(file) * 3 / 4);
            isCut = isCut || notice.events > 0;
        });
        poll(*held);
        QVERIFY(isCut);
        for (const FollowedFile& one : CaseFixture::must(held->folder().store().queries().followed()))
            QCOMPARE(one.position, std::uint64_t{0});
        QCOMPARE(CaseFixture::must(held->report())["events"].asInt(), std::int64_t{0});
    }

    void whatIsSaidOfAFollowedFoldersTimesStaysWithIt()
    {
        const auto lines = attackLines(*m_fixture);
        ingest::ImportOptions import;
        import.zone = "+02:00";
        import.clockOffset = 5min;
        import.year = 2026;
        CaseFixture::Held held = open();
        CaseFixture::must(held->apply(engine::Follow{{m_folder}, "user:analyst-a", import}, {}));
        std::ofstream(m_fixture->path("added.jsonl")) << lines[0];
        ingest::ImportOptions other;
        other.zone = "-05:00";
        CaseFixture::must(held->apply(engine::AddSources{{m_fixture->path("added.jsonl")}, other}, {}));
        append("a.jsonl", lines, 1, 3);
        poll(*held);
        held.reset();
        held = open(); // said nothing: goes on as before
        append("a.jsonl", lines, 3, 5);
        poll(*held);
        const auto sources = CaseFixture::must(held->folder().store().queries().sources());
        QCOMPARE(sources.size(), std::size_t{3});
        QCOMPARE(sources[0].zone, std::string("-05:00"));
        for (const std::size_t piece : {1, 2}) {
            QCOMPARE(sources[piece].zone, import.zone);
            QVERIFY(sources[piece].clockOffset == import.clockOffset);
        }
        QCOMPARE(m_fixture->ledger("evidence.sealed").back().data["zone"].asString(), import.zone);
        const auto pages = CaseFixture::must(held->folder().store().queries().documents("follow"));
        QCOMPARE(CaseFixture::must(json::parse(pages.front().second))["year"].asInt(), std::int64_t{2026});
    }

private:
    [[nodiscard]] CaseFixture::Held open(engine::ReplayMode mode = engine::ReplayMode::None,
                                         engine::Pipeline::Observer observer = {}) const
    {
        engine::EngineOptions options = m_fixture->options(m_exercise);
        options.logs.clear();
        options.replay = mode;
        options.rules = m_rules;
        auto held = CaseFixture::must(engine::Pipeline::open(options, m_fixture->machine, std::move(observer)));
        CaseFixture::must(held->read({}, {}));
        CaseFixture::must(held->prepare());
        CaseFixture::must(held->openFollowing(false));
        CaseFixture::must(held->follow(m_folder, "user:analyst-a"));
        return held;
    }

    /// Three reads of one source within ten minutes.
    void writeBurstRules(const std::string& tags = {})
    {
        std::ofstream(m_fixture->path("burst.yml"))
            << "title: Read\nid: 11111111-0000-4000-8000-000000000001\nname: read_one\n"
               "logsource: {product: aws, service: cloudtrail}\n"
               "detection: {selection: {eventName: GetObject}, condition: selection}\n---\n"
               "title: Three reads\nid: 11111111-0000-4000-8000-000000000002\nlevel: high\n"
            << tags
            << "correlation: {type: event_count, rules: [read_one], group-by: [eventSource], timespan: 10m, "
               "condition: {gte: 3}}\n";
        m_rules = {m_fixture->path("burst.yml")};
    }
    static void poll(engine::Pipeline& held)
    {
        if (!held.isFollowing())
            return;
        do {
            (void)CaseFixture::must(held.followSome({}));
        } while (held.isStillLooking());
    }

    void append(const char* name, const std::vector<std::string>& lines, std::size_t from, std::size_t to) const
    {
        std::ofstream file(m_folder / name, std::ios::binary | std::ios::app);
        for (std::size_t i = from; i < to; ++i)
            file << lines[i];
    }

    /// One record a second, as the machine's clock goes.
    void speak(engine::Pipeline& held, int times)
    {
        for (int i = 0; i < times; ++i) {
            m_fixture->machine.pass(1s);
            std::ofstream(m_folder / "a.log", std::ios::app) << plainLine(m_spoken++, m_fixture->machine.now());
            poll(held);
        }
    }

    [[nodiscard]] static std::vector<Alert> quietAlerts(engine::Pipeline& held)
    {
        std::vector<Alert> found;
        for (const auto& [id, file] : held.files()) {
            for (const AlertId alert : file.incident.alerts) {
                const auto stored = CaseFixture::must(held.folder().store().queries().alert(alert));
                if (stored.rule == "cordon-quiet-source")
                    found.push_back(CaseFixture::must(engine::codec::alertFrom(CaseFixture::must(json::parse(stored.body)))));
            }
        }
        return found;
    }

    [[nodiscard]] static std::set<std::string> agents(engine::Pipeline& held)
    {
        std::set<std::string> found;
        for (const Event& event : CaseFixture::must(held.folder().store().queries().events({}, 0, 10'000)))
            found.insert(event.userAgent);
        return found;
    }

    [[nodiscard]] static std::multiset<std::string> rulesOf(const Value& report)
    {
        std::multiset<std::string> rules;
        for (const Value& alert : report["alerts"].asArray())
            rules.insert(alert["rule"].asString());
        return rules;
    }

    /// As after a kill between a piece and its note.
    /// Writing a row that is so fails: triggers do not run in an index, but its own indexes are worked out.
    static std::string failsWhen(const std::string& table, const std::string& condition)
    {
        return "CREATE INDEX full ON " + table + "(abs(CASE WHEN " + condition + " THEN -9223372036854775807 - 1 ELSE 0 END))";
    }

    void forgetNote() const { onCase("UPDATE sources SET is_noted = 0"); }

    void onCase(const std::string& sql) const
    {
        auto database = CaseFixture::must(
            store::Database::open(record::databasePath(m_fixture->folder()), store::Database::Mode::ReadWrite));
        CaseFixture::must(database.execute(sql.c_str()));
    }

    std::unique_ptr<CaseFixture> m_fixture;
    fs::path m_folder;
    std::vector<fs::path> m_rules;
    const char* m_exercise = "";
    int m_spoken = 0;
};

QTEST_GUILESS_MAIN(TestFollowing)
#include "tst_following.moc"
