#include "core/ingest/follower.h"
#include "tests/core/ingest/evtx_logs.h"
#include "tests/support/gzip_text.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace cordon;
using namespace cordon::ingest;
using namespace std::chrono_literals;
using cordon::generate::EvtxValue;
using cordon::generate::EvtxWriter;
namespace fs = std::filesystem;

namespace {

class NoBytes final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// The names that records say, in the order in which they came.
class Names final : public RecordSink
{
public:
    Names(FieldPlan& plan, std::string_view field) : m_field(plan.add(field)) {}
    Result<void> onRecord(Event&&, const EventView& view, std::uint64_t) override
    {
        const auto values = view.values(m_field);
        names.emplace_back(values.empty() ? "" : std::string(values.front().text));
        return {};
    }
    void onRejected(RejectedRecord record) override { rejected.push_back(record.reason); }

    std::vector<std::string> names;
    std::vector<std::string> rejected;

private:
    FieldIndex m_field;
};

constexpr std::size_t chunkSize = 65'536;
constexpr std::size_t headerSize = 4096;

template<class Number>
void put(std::string& bytes, std::size_t at, Number number)
{
    std::memcpy(bytes.data() + at, &number, sizeof number);
}

/// A log as its writer has it open: the file header says nothing of what came since, and chunk headers lag behind.
std::string inUse(std::string log)
{
    put(log, 24, std::uint64_t{1});
    put(log, 42, std::uint16_t{0});
    put(log, 120, std::uint32_t{1});
    return log;
}

} // namespace

/// Tables and Windows event logs that grow after they were read: what is new is read, each record once.
class TestFollowGrowingFormats : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_now = *Timestamp::parse("2026-11-22T10:00:00Z");
        m_files.clear();
        m_plan = {};
        m_maps = {};
        const char* const map = "format: cordon-field-map/1\nname: own\nsource: own\nlogsource: {product: own}\n"
                                "read: {format: csv}\nrecognise: {at_least: 2, of: [time, user]}\n"
                                "event: {time: time, verb: user, zone: UTC}\n"
                                "things: {user: {kind: account}}\nidentities: {otherwise: {actor: {thing: user, id: user}}}\n";
        const auto added = m_maps.add(map, "own", m_plan, FieldMapOrigin::Given);
        QVERIFY2(added, added ? "" : added.error().detail.c_str());
        const char* const windows = "format: cordon-field-map/1\nname: win\nsource: win\nlogsource: {product: windows}\n"
                                    "recognise: {at_least: 2, of: [Event.System.Channel, Event.EventData.n]}\n"
                                    "event: {time: Event.System.EventID, verb: Event.EventData.text, zone: UTC}\n"
                                    "things: {user: {kind: account}}\n"
                                    "identities: {otherwise: {actor: {thing: user, id: Event.EventData.n}}}\n";
        const auto known = m_maps.add(windows, "windows", m_plan);
        QVERIFY2(known, known ? "" : known.error().detail.c_str());
        m_maps.complete(m_plan);
        restart();
    }

    void rowsOfATableKeepTheNamesOfItsColumns()
    {
        write("a.csv", "time,user\n2026-11-22T10:00:00Z,ana\n");
        QCOMPARE(poll("user"), (std::vector<std::string>{"ana"}));
        write("a.csv", "time,user\n2026-11-22T10:00:00Z,ana\n2026-11-22T10:01:00Z,bob\n2026-11-22T10:02:00Z,\"c\nd\"\n");
        restart();
        QCOMPARE(poll("user"), (std::vector<std::string>{"bob", "c\nd"}));
        QVERIFY(m_rejected.empty());
        QCOMPARE(poll("user"), std::vector<std::string>());
    }

    void aLongHeadOfATableIsRemembered()
    {
        std::string head = "time,user";
        for (int i = 0; i < 900; ++i)
            head += ",column" + std::to_string(i);
        const std::string rest(900, ',');
        write("a.csv", head + "\n2026-11-22T10:00:00Z,ana" + rest + "\n");
        QCOMPARE(poll("user"), (std::vector<std::string>{"ana"}));
        write("a.csv", head + "\n2026-11-22T10:00:00Z,ana" + rest + "\n2026-11-22T10:00:00Z,bob" + rest + "\n");
        QCOMPARE(poll("user"), (std::vector<std::string>{"bob"}));
    }

    /// What stands in a cell is a stranger's text: lines in it must not become events.
    void aRowLeftOpenInQuotesIsWaitedFor()
    {
        const std::string start = "time,user\n2026-11-22T10:00:00Z,ana\n";
        const std::string open = "2026-11-22T10:01:00Z,\"bob\n2026-11-22T10:02:00Z,forged\n";
        write("a.csv", start + open);
        QCOMPARE(poll("user"), (std::vector<std::string>{"ana"}));
        m_now = m_now + 24h;
        QCOMPARE(poll("user"), std::vector<std::string>());
        write("a.csv", start + open + "\"\n2026-11-22T10:03:00Z,eve\n");
        QCOMPARE(poll("user"), (std::vector<std::string>{"bob\n2026-11-22T10:02:00Z,forged\n", "eve"}));
        QCOMPARE(m_rejected, std::vector<std::string>());
    }

    void aRowLongerThanAPieceGivesNoRowsOfItsOwn()
    {
        const std::string start = "time,user\n2026-11-22T10:00:00Z,ana\n";
        const std::string open = "2026-11-22T10:01:00Z,\"" + std::string(33U << 20U, 'A') + "\n2026-11-22T10:02:00Z,forged\n";
        write("a.csv", start + open);
        QCOMPARE(poll("user"), (std::vector<std::string>{"ana"}));
        write("a.csv", start + open + "\"\n2026-11-22T10:03:00Z,eve\n");
        QCOMPARE(poll("user"), (std::vector<std::string>{"eve"}));
        QCOMPARE(m_rejected.size(), std::size_t{1});
    }

    void recordsOfAWindowsLogComeOnce_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("after");
        QTest::addColumn<bool>("isInUse");
        QTest::newRow("within the chunk") << 3 << 5 << false;
        QTest::newRow("within the chunk, in use") << 3 << 5 << true;
        QTest::newRow("over several chunks") << 10 << 2000 << false;
        QTest::newRow("over several chunks, in use") << 700 << 2000 << true;
        QTest::newRow("nothing new") << 7 << 7 << false;
        QTest::newRow("from nothing") << 0 << 4 << false;
    }
    void recordsOfAWindowsLogComeOnce()
    {
        QFETCH(const int, before);
        QFETCH(const int, after);
        QFETCH(const bool, isInUse);
        const auto made = [&](int count) {
            const std::string log = smallLog(static_cast<unsigned>(count)) + std::string(2 * chunkSize, '\0');
            return isInUse ? inUse(log) : log;
        };
        write("a.evtx", made(before));
        QCOMPARE(poll(number), numbers(0, before));
        write("a.evtx", made(after));
        restart();
        QCOMPARE(poll(number), numbers(before, after));
        QCOMPARE(m_rejected, std::vector<std::string>());
        QCOMPARE(poll(number), std::vector<std::string>());
    }

    /// Windows has written records behind the space that the chunk's header calls used.
    void aChunkWhoseHeaderLagsIsReadToItsLastRecord()
    {
        const std::string five = smallLog(5);
        std::string lagging = smallLog(9);
        std::copy_n(five.begin() + headerSize, 512, lagging.begin() + headerSize);
        write("a.evtx", inUse(five));
        QCOMPARE(poll(number), numbers(0, 5));
        write("a.evtx", inUse(lagging));
        QCOMPARE(poll(number), numbers(5, 9));
        QCOMPARE(m_rejected, std::vector<std::string>());
    }

    void aLogInUseIsNotWaitedFor()
    {
        write("a.evtx", inUse(smallLog(5)));
        m_now = changed("a.evtx") + 1s;
        QCOMPARE(poll(number), numbers(0, 5));
        write("b.evtx", smallLog(5)); // perhaps a copy in the making
        m_now = changed("b.evtx") + 1s;
        QCOMPARE(poll(number), std::vector<std::string>());
        m_now = changed("b.evtx") + 5s;
        QCOMPARE(poll(number), numbers(0, 5));
    }

    /// A full log begins at its start again: the newest chunk stands before older ones.
    void aLogThatBeginsAtItsStartAgainGoesOn()
    {
        const std::string all = smallLog(2500);
        const auto chunk = [&](std::size_t at) { return all.substr(headerSize + at * chunkSize, chunkSize); };
        const std::string header = all.substr(0, headerSize);
        QVERIFY(all.size() >= headerSize + 4 * chunkSize);
        write("a.evtx", inUse(header + chunk(0) + chunk(1) + chunk(2)));
        const std::vector<std::string> first = poll(number);
        write("a.evtx", inUse(header + chunk(3) + chunk(1) + chunk(2)));
        std::vector<std::string> second = poll(number);
        QCOMPARE(second.front(), std::to_string(first.size()));
        const std::vector<std::string> more = poll(number);
        QVERIFY(more.empty());
        std::vector<std::string> together = first;
        together.insert(together.end(), second.begin(), second.end());
        QCOMPARE(together, numbers(0, static_cast<int>(together.size())));
    }

    /// A number that no record could have by now would make every later one look read.
    void aRecordWithAnAbsurdNumberDoesNotEndTheFollowing()
    {
        std::string five = smallLog(5);
        const std::size_t last = five.rfind(std::string("**\0\0", 4));
        for (const std::uint64_t absurd : {~std::uint64_t{0}, std::uint64_t{1} << 40U}) {
            m_files.clear();
            restart();
            put(five, last + 8, absurd);
            write("a.evtx", inUse(five));
            QCOMPARE(poll(number), numbers(0, 4));
            QVERIFY(!m_rejected.empty());
            QVERIFY(m_rejected.back().find("number") != std::string::npos);
            write("a.evtx", inUse(smallLog(9)));
            QCOMPARE(poll(number), numbers(4, 9));
            fs::remove(path("a.evtx"));
        }
    }

    void aLogThatWasClearedIsANewOne()
    {
        write("a.evtx", smallLog(20));
        QCOMPARE(poll(number), numbers(0, 20));
        write("a.evtx", smallLog(3, "other text"));
        QCOMPARE(poll(number), numbers(0, 3));
    }

    void aLogThatWasPackedGivesItsRest()
    {
        write("a.evtx", smallLog(20));
        QCOMPARE(poll(number), numbers(0, 20));
        fs::remove(path("a.evtx"));
        write("a-1.evtx.gz", test::gzip(smallLog(25)));
        QCOMPARE(poll(number), numbers(20, 25));
        QCOMPARE(poll(number), std::vector<std::string>());
    }

private:
    static constexpr const char* number = "Event.EventData.n";

    [[nodiscard]] fs::path path(const std::string& name) const { return fs::path(m_dir->path().toStdString()) / name; }
    /// In place, as a log grows.
    void write(const std::string& name, const std::string& bytes)
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        m_now = changed(name) + 120s;
    }
    [[nodiscard]] Timestamp changed(const std::string& name) const
    {
        const auto at = fs::last_write_time(path(name));
        const auto since = std::chrono::file_clock::to_sys(at).time_since_epoch();
        return Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
    }
    void restart()
    {
        m_follower = std::make_unique<Follower>(m_files);
        m_follower->add(m_dir->path().toStdString());
    }
    static std::vector<std::string> numbers(int from, int to)
    {
        std::vector<std::string> all;
        for (int n = from; n < to; ++n)
            all.push_back(std::to_string(n));
        return all;
    }

    /// Looks once and reads what is new. @return what records say in the field
    std::vector<std::string> poll(std::string_view field)
    {
        Names names(m_plan, field);
        m_follower->look();
        while (auto step = m_follower->next(m_now)) {
            if (!step->file.id.isSet())
                step->file.id = FollowedFileId{static_cast<std::int64_t>(m_files.size()) + 1};
            const auto index = static_cast<std::size_t>(step->file.id.value) - 1;
            m_files.resize(std::max(m_files.size(), index + 1));
            m_files[index] = step->file;
            if (step->open) {
                ReadOptions options;
                options.wantsEvents = false;
                options.open = step->open;
                options.head = step->head;
                options.lastRecord = step->lastRecord;
                options.position = step->position;
                options.begins = step->begins;
                NoBytes evidence;
                const auto read = readLog(step->file.path, m_maps, m_plan, evidence, names, options);
                if (!read || read->decodedBytes < step->file.position - step->begins)
                    names.rejected.emplace_back("was not read to its end");
            }
            m_follower->keep(step->file);
        }
        m_rejected = names.rejected;
        return names.names;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Follower> m_follower;
    std::vector<FollowedFile> m_files;
    std::vector<std::string> m_rejected;
    FieldPlan m_plan;
    FieldMaps m_maps;
    Timestamp m_now;
};

QTEST_GUILESS_MAIN(TestFollowGrowingFormats)
#include "tst_follow_growing_formats.moc"
