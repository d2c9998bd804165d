#include "core/ingest/follower.h"
#include "tests/support/gzip_text.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::ingest;
using namespace std::chrono_literals;
using cordon::test::gzip;
namespace fs = std::filesystem;

namespace {

/// A record nobody else has, as long as a short log line.
std::string line(int number)
{
    return "{\"n\":" + std::to_string(number) + ",\"text\":\"" + std::string(80, static_cast<char>('a' + number % 26)) +
           "\"}\n";
}

std::string lines(int from, int to)
{
    std::string text;
    for (int i = from; i < to; ++i)
        text += line(i);
    return text;
}

/// An account that permissions hold for, also where the tests run as root. @param folder  becomes that account's
class PlainAccount
{
public:
    explicit PlainAccount(const fs::path& folder)
    {
        if (!m_isRoot)
            return;
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            m_isSet = ::lchown(entry.path().c_str(), nobody, nobody) == 0 && m_isSet;
        m_isSet = ::lchown(folder.c_str(), nobody, nobody) == 0 && ::seteuid(nobody) == 0 && m_isSet;
    }
    ~PlainAccount() { m_isSet = !m_isRoot || ::seteuid(0) == 0; }
    PlainAccount(const PlainAccount&) = delete;
    PlainAccount& operator=(const PlainAccount&) = delete;

    [[nodiscard]] bool isSet() const { return m_isSet; }

private:
    static constexpr unsigned nobody = 65534;
    const bool m_isRoot = ::geteuid() == 0;
    bool m_isSet = true;
};

/// What a case would keep, without a case: pieces in the order in which they came.
class KeptCase
{
public:
    std::vector<FollowedFile> files;
    std::string text; ///< of all pieces, one after another
    int pieces = 0;

    void put(FollowStep& step)
    {
        if (!step.file.id.isSet())
            step.file.id = FollowedFileId{static_cast<std::int64_t>(files.size()) + 1};
        const auto index = static_cast<std::size_t>(step.file.id.value) - 1;
        files.resize(std::max(files.size(), index + 1));
        files[index] = step.file;
        if (!step.open)
            return;
        ++pieces;
        text += bytesOfPiece(step);
    }

    [[nodiscard]] static std::string bytesOfPiece(const FollowStep& step)
    {
        std::string bytes;
        auto stream = step.open(step.file.path, {});
        if (!stream)
            return "cannot be opened";
        std::string block(100, '\0');
        for (;;) {
            const auto count = (*stream)->read(block.data(), block.size());
            if (!count)
                return bytes + "<" + count.error().detail + ">";
            if (*count == 0)
                return bytes;
            bytes.append(block, 0, *count);
        }
    }

    [[nodiscard]] const FollowedFile* at(const fs::path& path) const
    {
        for (auto file = files.rbegin(); file != files.rend(); ++file) {
            if (file->path == path)
                return &*file;
        }
        return nullptr;
    }
};

} // namespace

class TestFollower : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_kept = {};
        m_now = *Timestamp::parse("2026-11-22T10:00:00Z");
        restart({m_dir->path().toStdString()});
    }

    void aGrowingFileIsReadRecordByRecord()
    {
        write("a.jsonl", lines(0, 2));
        poll();
        QCOMPARE(m_kept.text, lines(0, 2));
        append("a.jsonl", line(2) + line(3).substr(0, 10));
        poll();
        QCOMPARE(m_kept.text, lines(0, 3));
        append("a.jsonl", line(3).substr(10) + line(4));
        poll();
        poll();
        QCOMPARE(m_kept.text, lines(0, 5));
        QCOMPARE(m_kept.pieces, 3);
    }

    void whatEndsWithoutALineEndWaitsAndIsTakenWhenItIsLeftAlone()
    {
        write("a.log", "first line\nsecond li");
        poll();
        QCOMPARE(m_kept.text, std::string("first line\n"));
        m_now = m_now + 59s;
        poll();
        QCOMPARE(m_kept.text, std::string("first line\n"));
        m_now = m_now + 1s;
        poll();
        QCOMPARE(m_kept.text, std::string("first line\nsecond li"));
    }

    void anAuditRecordIsNotCutWhereALongBacklogIs()
    {
        // Three lines of 1 KiB each share a number; the border of a piece falls behind the second of three.
        std::string text;
        for (int i = 0; text.size() <= Follower::longestPiece + 4096; ++i) {
            std::string record = "msg=audit(1700000000.100:" + std::to_string(i / 3) + "): ";
            text += record + std::string(1023 - record.size(), 'x') + "\n";
        }
        write("audit.log", text);
        std::vector<std::string> ends;
        m_follower->look();
        while (auto step = m_follower->next(m_now)) {
            m_kept.put(*step);
            m_follower->keep(m_kept.files.back());
            if (step->open)
                ends.push_back(std::to_string(step->file.position / 1024 % 3));
        }
        QVERIFY(m_kept.pieces >= 1);
        QCOMPARE(ends.front(), std::string("0"));
    }

    void aWholeRecordNeedsNoLineEnd()
    {
        write("a.json", "{\"Records\":[{\"a\":1},{\"b\":\"]}\\\"\"}]}");
        poll();
        QCOMPARE(m_kept.text, std::string("{\"Records\":[{\"a\":1},{\"b\":\"]}\\\"\"}]}"));
    }

    void aDocumentOfManyLinesIsReadWhenItIsComplete()
    {
        write("a.json", "{\n \"Records\": [\n  {\"a\": 1},\n");
        poll();
        QCOMPARE(m_kept.text, std::string());
        append("a.json", "  {\"b\": 2}\n ]\n}\n{\n \"c\"");
        poll();
        QCOMPARE(m_kept.text, std::string("{\n \"Records\": [\n  {\"a\": 1},\n  {\"b\": 2}\n ]\n}\n"));
    }

    void theLastAuditRecordWaitsForItsOtherLines()
    {
        const std::string one = "type=SYSCALL msg=audit(1700000000.100:7): x\ntype=PATH msg=audit(1700000000.100:7): y\n";
        const std::string two = "type=SYSCALL msg=audit(1700000001.100:8): x\n";
        write("audit.log", one + two);
        poll();
        QCOMPARE(m_kept.text, one);
        append("audit.log", "type=PATH msg=audit(1700000001.100:8): y\n");
        m_now = m_now + 5s;
        poll();
        QCOMPARE(m_kept.text, one + two + "type=PATH msg=audit(1700000001.100:8): y\n");
    }

    void newFilesInFoldersBelowAreFoundAndOthersAreNot()
    {
        fs::create_directories(path("2026/11/22"));
        poll();
        write("2026/11/22/.b.jsonl.part", lines(0, 1));
        write("2026/11/22/notes.pdf", "x");
        poll();
        QCOMPARE(m_kept.text, std::string());
        fs::rename(path("2026/11/22/.b.jsonl.part"), path("2026/11/22/b.jsonl"));
        poll();
        QCOMPARE(m_kept.text, lines(0, 1));
        QVERIFY(m_kept.at(path("2026/11/22/notes.pdf"))->state == FollowState::Skipped);
    }

    void rotationByRenameGoesOnInBoth()
    {
        write("a.log", lines(0, 3));
        poll();
        append("a.log", line(3));
        fs::rename(path("a.log"), path("a.log.1"));
        write("a.log", lines(4, 6));
        poll();
        append("a.log.1", line(6)); // late, through a handle that was still open
        poll();
        QCOMPARE(sorted(), all(7));
        fs::rename(path("a.log.1"), path("a.log.2"));
        fs::rename(path("a.log"), path("a.log.1"));
        write("a.log", line(7));
        poll();
        QCOMPARE(sorted(), all(8));
    }

    void copyTruncateLosesNothingAndDoublesNothing_data()
    {
        QTest::addColumn<bool>("isSeenBetween");
        QTest::newRow("copied and cut between two looks") << false;
        QTest::newRow("a look between the copy and the cut") << true;
    }

    void copyTruncateLosesNothingAndDoublesNothing()
    {
        QFETCH(bool, isSeenBetween);
        write("a.log", lines(0, 3));
        poll();
        append("a.log", lines(3, 5)); // not read before it is cut
        fs::copy_file(path("a.log"), path("a.log.1"));
        if (isSeenBetween)
            poll();
        write("a.log", line(5)); // the same inode, cut to nothing and written again
        poll();
        QCOMPARE(sorted(), all(6));
        append("a.log", lines(6, 20));
        poll();
        QCOMPARE(sorted(), all(20));
    }

    void whatWasAppendedBetweenCopyAndCutIsNotReadTwice()
    {
        write("a.log", lines(0, 3));
        poll();
        fs::copy_file(path("a.log"), path("a.log.1"));
        append("a.log", line(3));
        poll(); // reads it out of the log itself; the copy lacks it
        write("a.log", line(4));
        poll();
        QCOMPARE(sorted(), all(5));
    }

    void anUnfinishedCopyIsNoNewLog()
    {
        write("a.log", lines(0, 40));
        poll();
        write("a.log.1", lines(0, 40).substr(0, 150)); // the copy is on its way
        poll();
        write("a.log.1", lines(0, 40));
        poll();
        write("a.log", line(40));
        poll();
        QCOMPARE(sorted(), all(41));
    }

    /// The order in which records once stood in a case twice: the folder is listed between the copy and the cut, and the
    /// log is cut before the copy is compared with it.
    void aLogThatIsCutBeforeItsCopyIsComparedWithItDoublesNothing()
    {
        write("a.log", lines(0, 6));
        poll();
        poll(); // at rest
        append("a.log", lines(6, 8));
        fs::copy_file(path("a.log"), path("a.log.1"));
        write("a.log.0", line(30)); // between the two: its step is the moment
        m_follower->look();
        bool isCut = false;
        while (auto step = m_follower->next(m_now)) {
            if (!isCut && step->file.path == path("a.log.0")) {
                isCut = true;
                write("a.log", line(8));
            }
            m_kept.put(*step);
            m_follower->keep(step->file);
        }
        QVERIFY(isCut);
        poll();
        poll();
        QCOMPARE(sorted(), with(all(9), line(30)));
    }

    void aCopyThatSortsBeforeItsLogIsNoNewLogWhenThatIsCut()
    {
        write("b.log", lines(0, 6));
        poll();
        fs::copy_file(path("b.log"), path("a.log"));
        poll();
        QCOMPARE(m_kept.at(path("a.log"))->state, FollowState::Copy);
        write("b.log", line(6));
        poll();
        poll();
        QCOMPARE(sorted(), all(7));
    }

    /// As a listing that ran beside a rename misses it.
    void aLogThatWasNotSeenForOneLookGoesOnWhereItWas()
    {
        write("a.log", lines(0, 6));
        poll();
        const QTemporaryDir outside(m_dir->path() + "-outside"); // of the same file system
        fs::rename(path("a.log"), outside.filePath("a.log").toStdString());
        poll();
        QCOMPARE(m_kept.at(path("a.log"))->state, FollowState::Ended);
        fs::rename(outside.filePath("a.log").toStdString(), path("a.log.1"));
        append("a.log.1", line(6));
        poll();
        QCOMPARE(sorted(), all(7));
    }

    void aLogThatIsCutAndSaysTheSameAgainIsReadAgain()
    {
        write("a.log", line(0));
        poll();
        write("a.log", "");
        poll();
        write("a.log", line(0));
        poll();
        QCOMPARE(m_kept.text, line(0) + line(0));
    }

    void aLogWhoseStartIsNotKnownAnyMoreGoesOn()
    {
        write("a.log", lines(0, 6));
        poll();
        m_kept.files.front().head.clear(); // as where an index was made anew and the log was read on from a place within it
        restart(m_roots);
        append("a.log", lines(6, 8));
        poll();
        append("a.log", line(8));
        poll();
        QCOMPARE(m_kept.text, lines(0, 9));
    }

    /// The copy was listed half made, its log when it was cut already.
    void aCopyThatIsListedShorterThanItIsDoublesNothing()
    {
        write("a.log", lines(0, 6));
        poll();
        write("a.log.1", lines(0, 3));
        write("a.log", line(6));
        m_follower->look();
        write("a.log.1", lines(0, 6));
        while (auto step = m_follower->next(m_now)) {
            m_kept.put(*step);
            m_follower->keep(step->file);
        }
        poll();
        QCOMPARE(sorted(), all(7));
    }

    void aPackedCopyThatLacksTheLastRecordsReadIsACopy()
    {
        write("a.log", lines(0, 10));
        poll();
        write("a.log.1.gz", gzip(lines(0, 8)));
        write("b.log.gz", gzip(lines(0, 7) + line(20))); // begins alike, and is another
        poll();
        QCOMPARE(m_kept.at(path("a.log.1.gz"))->state, FollowState::Copy);
        write("a.log", line(10));
        poll();
        poll();
        QCOMPARE(m_kept.text.size(), (lines(0, 11) + lines(0, 7) + line(20)).size());
    }

    void aLogThatIsCutAndGrowsPastItsOldEndIsNoticed()
    {
        write("a.log", "#header that is always the same\n" + lines(0, 2));
        poll();
        write("a.log", "#header that is always the same\n" + lines(2, 30));
        poll();
        QCOMPARE(m_kept.text, "#header that is always the same\n" + lines(0, 2) + "#header that is always the same\n" +
                                  lines(2, 30));
    }

    void aRotatedLogThatIsPackedIsNotReadAgain()
    {
        write("a.log", lines(0, 10));
        poll();
        append("a.log", lines(10, 12));
        fs::remove(path("a.log"));
        write("a.log.1.gz", gzip(lines(0, 12)));
        write("a.log", lines(12, 14));
        poll();
        QCOMPARE(sorted(), all(14));
        fs::rename(path("a.log.1.gz"), path("a.log.2.gz"));
        poll();
        QCOMPARE(sorted(), all(14));
    }

    void aPackedFileIsReadWhenItIsWhole()
    {
        const std::string packed = gzip(lines(0, 50));
        write("a.json.gz", packed.substr(0, packed.size() / 2));
        poll();
        QCOMPARE(m_kept.text, std::string());
        write("a.json.gz", packed);
        poll();
        poll();
        QCOMPARE(m_kept.text, lines(0, 50));
        append("a.json.gz", gzip(line(50))); // another member
        poll();
        QCOMPARE(m_kept.text, lines(0, 51));
    }

    void aFileReplacedByRenameGoesOnWhenItHasTheSameBytes()
    {
        write("a.log", lines(0, 5));
        poll();
        write("x.tmp", lines(0, 8));
        fs::rename(path("x.tmp"), path("a.log"));
        poll();
        QCOMPARE(m_kept.text, lines(0, 8));
        write("x.tmp", lines(20, 22));
        fs::rename(path("x.tmp"), path("a.log"));
        poll();
        QCOMPARE(m_kept.text, lines(0, 8) + lines(20, 22));
    }

    void twoLogsThatBeginAlikeAreTwo()
    {
        write("a.log", "service started\n");
        poll();
        write("b.log", "service started\nb did this\n");
        append("a.log", "a did that\n");
        poll();
        QCOMPARE(m_kept.text.size(), std::string("service started\na did that\nservice started\nb did this\n").size());
    }

    void aSingleFollowedFileTakesItsOlderPartAlong()
    {
        write("app.log", lines(0, 2));
        write("other.log", "not asked for\n");
        restart({path("app.log")});
        poll();
        append("app.log", line(2));
        fs::rename(path("app.log"), path("app.log.1"));
        write("app.log", line(3));
        poll();
        QCOMPARE(sorted(), all(4));
    }

    void aKillAtAnyStepLosesNothingAndDoublesNothing()
    {
        // The same story, killed before the first, second… step is kept, each time with a new follower behind it.
        for (int killAt = 0; killAt < 12; ++killAt) {
            init();
            m_killAt = killAt;
            write("a.log", lines(0, 3));
            poll();
            append("a.log", lines(3, 5));
            fs::copy_file(path("a.log"), path("a.log.1"));
            write("a.log", lines(5, 7));
            poll();
            fs::rename(path("a.log"), path("a.log.0"));
            write("a.log", lines(7, 9));
            fs::create_directory(path("late"));
            write("late/late.log.gz", gzip(lines(9, 12)));
            poll();
            poll();
            QCOMPARE(sorted(), all(12));
        }
    }

    void aFolderThatIsNotThereEndsNothing()
    {
        write("in/a.log", lines(0, 2));
        restart({path("in")});
        poll();
        fs::rename(path("in"), path("out"));
        poll();
        QCOMPARE(m_follower->unreachable().size(), std::size_t{1});
        QVERIFY(m_kept.at(path("in/a.log"))->state == FollowState::Following);
        fs::rename(path("out"), path("in"));
        append("in/a.log", line(2));
        poll();
        QCOMPARE(m_kept.text, lines(0, 3));
        fs::remove(path("in/a.log"));
        poll();
        QVERIFY(m_kept.at(path("in/a.log"))->state == FollowState::Ended);
    }

    void aFileNamedLikeACasesLockHidesNoLogs()
    {
        write("holder.lock", "1\n");
        write("in/case.db", "x");
        write("in/holder.lock", "1\n");
        write("in/b.log", lines(2, 4));
        write("a.log", lines(0, 2));
        poll();
        QCOMPARE(sorted(), all(4));
    }

    void aCaseIsPassedOverAndToldOnce()
    {
        write("a.log", lines(0, 2));
        write("mine/holder.lock", "1\n");
        write("mine/case.db", "x");
        write("mine/ledger/segment", "{\"seq\":0}\n");
        poll();
        QCOMPARE(m_kept.text, lines(0, 2));
        const FollowedFile* told = m_kept.at(path("mine"));
        QVERIFY(told && told->state == FollowState::Skipped);
        QVERIFY(told->reason.starts_with("skipped: a folder with a case"));
        QCOMPARE(m_kept.files.size(), std::size_t{2});
        write("mine/report.txt", "x");
        m_follower->look();
        QVERIFY(!m_follower->next(m_now));
        restart({path("mine")});
        poll();
        QVERIFY(m_kept.at(path("mine"))->state == FollowState::Skipped);
    }

    void aFileFollowedByItselfIsReadWhateverStandsBesideIt()
    {
        write("a.log", lines(0, 2));
        write("holder.lock", "1\n");
        write("case.db", "x");
        fs::create_directories(path("ledger"));
        restart({path("a.log")});
        poll();
        QCOMPARE(m_kept.text, lines(0, 2));
    }

    void aFolderThatCannotBeReadIsToldAndTheOthersAreRead_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("nothing is allowed") << 0;
        QTest::newRow("names alone are allowed") << 0444;
    }
    void aFolderThatCannotBeReadIsToldAndTheOthersAreRead()
    {
        QFETCH(const int, mode);
        write("a/a.log", lines(0, 2));
        write("b/b.log", lines(2, 4));
        write("b/below/b.log", lines(4, 6));
        write("c/c.log", lines(6, 7));
        const PlainAccount plain(m_dir->path().toStdString());
        QVERIFY(plain.isSet());
        poll();
        QCOMPARE(m_kept.text.size(), lines(0, 7).size());
        QCOMPARE(::chmod(path("b").c_str(), static_cast<mode_t>(mode)), 0);
        append("c/c.log", line(7));
        poll();
        QCOMPARE(sorted(), all(8));
        QVERIFY(m_follower->unreachable().empty());
        const FollowedFile* told = m_kept.at(path("b"));
        QVERIFY(told && told->state == FollowState::Failed);
        QVERIFY(told->reason.find("ermission denied") != std::string::npos);
        QVERIFY(m_kept.at(path("b/b.log"))->state == FollowState::Following);
        QVERIFY(m_kept.at(path("b/below/b.log"))->state == FollowState::Following);
        m_follower->look();
        QVERIFY(!m_follower->next(m_now));
        QCOMPARE(::chmod(path("b").c_str(), 0755), 0);
        append("b/b.log", line(8));
        poll();
        QCOMPARE(sorted(), all(9));
        QVERIFY(m_kept.at(path("b"))->state == FollowState::Ended);
        QCOMPARE(m_kept.at(path("b"))->reason, std::string("folder is looked into by now"));
    }

    void foldersThatAreTooDeepAreTold()
    {
        std::string deep = "0";
        for (int i = 1; i < 65; ++i)
            deep += "/" + std::to_string(i);
        write(deep + "/a.log", lines(0, 1));
        poll();
        const FollowedFile* told = m_kept.at(path(deep));
        QVERIFY(told && told->state == FollowState::Failed);
    }

    void aTimeAheadOfTheClockKeepsNothingBack_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("seconds");
        QTest::newRow("Windows log") << std::string("a.evtx") << std::string("ElfFile\0\1\2", 10) << 5;
        QTest::newRow("audit log") << std::string("audit.log")
                                   << std::string("type=SYSCALL msg=audit(1700000001.100:8): x\n") << 5;
        QTest::newRow("end of a line") << std::string("a.log") << std::string("half a line") << 60;
        QTest::newRow("packed, cut short") << std::string("a.json.gz") << gzip(lines(0, 50)).substr(0, gzip(lines(0, 50)).size() / 2) << 60;
    }
    void aTimeAheadOfTheClockKeepsNothingBack()
    {
        QFETCH(const std::string, name);
        QFETCH(const std::string, text);
        QFETCH(const int, seconds);
        const Timestamp start = m_now;
        m_now = *Timestamp::parse("2099-01-01T00:00:00Z");
        write(name, text);
        m_now = start;
        poll();
        QCOMPARE(m_kept.pieces, 0); // it may still be written by a machine whose clock is ahead
        m_now = m_now + std::chrono::seconds(seconds);
        poll();
        QCOMPARE(m_kept.pieces, 1);
        poll();
        QCOMPARE(m_kept.pieces, 1);
    }

    void aTableThatGrowsGoesOnAtARow()
    {
        write("a.csv", "time,user\n1,ana\n");
        poll();
        append("a.csv", "2,\"bob\nand");
        poll();
        QCOMPARE(m_kept.text, std::string("time,user\n1,ana\n")); // the row goes on behind its line
        append("a.csv", " eve\"\n3,5\" pipe\n4,");
        poll();
        QCOMPARE(m_kept.text, std::string("time,user\n1,ana\n2,\"bob\nand eve\"\n3,5\" pipe\n"));
        QVERIFY(m_kept.at(path("a.csv"))->state == FollowState::Following);
    }

    void aLongLogComesInPieces()
    {
        const std::string big = lines(0, 400'000);
        write("a.jsonl", big);
        poll();
        QVERIFY(m_kept.pieces > 1);
        QVERIFY(m_kept.text == big);
    }

private:
    [[nodiscard]] fs::path path(const std::string& name) const { return m_dir->filePath(name.c_str()).toStdString(); }

    void touch(const std::string& name) const
    {
        const std::int64_t nanos = m_now.micros() * 1000;
        const timespec times[2] = {{nanos / 1'000'000'000, nanos % 1'000'000'000},
                                   {nanos / 1'000'000'000, nanos % 1'000'000'000}};
        QCOMPARE(::utimensat(AT_FDCWD, path(name).c_str(), times, 0), 0);
    }
    void write(const std::string& name, const std::string& text) const
    {
        fs::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << text;
        touch(name);
    }
    void append(const std::string& name, const std::string& text) const
    {
        std::ofstream(path(name), std::ios::binary | std::ios::app) << text;
        touch(name);
    }

    /// As after a kill: nothing is known but what was kept.
    void restart(std::vector<fs::path> roots)
    {
        m_roots = std::move(roots);
        m_follower = std::make_unique<Follower>(m_kept.files);
        for (const fs::path& root : m_roots)
            m_follower->add(root);
    }

    void poll()
    {
        m_now = m_now + 1ms;
        m_follower->look();
        while (auto step = m_follower->next(m_now)) {
            if (m_killAt >= 0 && m_killAt-- == 0) {
                restart(m_roots);
                m_follower->look();
                continue;
            }
            m_kept.put(*step);
            m_follower->keep(step->file);
        }
    }

    [[nodiscard]] std::vector<std::string> sorted() const
    {
        std::vector<std::string> found;
        std::istringstream stream(m_kept.text);
        for (std::string one; std::getline(stream, one);)
            found.push_back(one + "\n");
        std::sort(found.begin(), found.end());
        return found;
    }
    [[nodiscard]] static std::vector<std::string> with(std::vector<std::string> sortedLines, const std::string& one)
    {
        sortedLines.push_back(one);
        std::sort(sortedLines.begin(), sortedLines.end());
        return sortedLines;
    }
    [[nodiscard]] static std::vector<std::string> all(int count)
    {
        std::vector<std::string> wanted;
        for (int i = 0; i < count; ++i)
            wanted.push_back(line(i));
        std::sort(wanted.begin(), wanted.end());
        return wanted;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Follower> m_follower;
    std::vector<fs::path> m_roots;
    KeptCase m_kept;
    Timestamp m_now;
    int m_killAt = -1;
};

QTEST_GUILESS_MAIN(TestFollower)
#include "tst_follower.moc"
