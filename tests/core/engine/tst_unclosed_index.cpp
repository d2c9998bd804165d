#include "tests/core/engine/index_answers.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

namespace fs = std::filesystem;

/// Opens the case in another process, which does what it is given and dies as by `kill -9`.
void dieWithCaseOpen(const CaseFixture& fixture, const std::function<void(engine::Pipeline&)>& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        auto held = engine::Pipeline::open(bare(fixture), fixture.machine);
        if (held)
            work(**held);
        ::_exit(held ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        qFatal("the case was not opened in the other process");
}

void forge(const CaseFixture& fixture, const char* sql)
{
    auto database = CaseFixture::must(
        store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadWrite));
    CaseFixture::must(database.execute(sql));
}

/// What no signature and no digest of its own covers, each with what must not be read anywhere afterwards.
const std::vector<const char*> forgeries{
    "UPDATE alerts SET title = 'FORGED', body = replace(body, 'svc-build', 'FORGED')",
    "UPDATE words SET text = 'iam:FORGED' WHERE text = 'iam:ListUsers'",
    "UPDATE entities SET name = 'FORGED', key = replace(key, 'svc-build', 'FORGED')",
    "UPDATE sources SET file = 'FORGED.json'",
    "INSERT INTO rejected (source, file, offset, length, reason) VALUES (1, 'FORGED', 0, 0, 'FORGED')",
    "DELETE FROM events WHERE id > 40",
    "DELETE FROM alerts",
};

QByteArray sumOf(const CaseFixture& fixture)
{
    const auto text = platform::readFile(fixture.folder() / "case.db.sum", 512);
    return text ? QByteArray::fromStdString(*text) : QByteArray();
}

void putSumBack(const CaseFixture& fixture, const QByteArray& sum)
{
    if (!sum.isEmpty())
        CaseFixture::must(platform::writeFileAtomically(fixture.folder() / "case.db.sum", sum.toStdString()));
}

void putBig(QByteArray& bytes, std::uint32_t number)
{
    for (const int shift : {24, 16, 8, 0})
        bytes.append(static_cast<char>(number >> shift & 0xFFU));
}

/// A rollback journal that makes `index` the forged one as soon as somebody opens it to write.
/// Source: https://www.sqlite.org/fileformat2.html, section 3
QByteArray hotJournal(const std::string& index, const std::string& forged)
{
    constexpr std::uint32_t nonce = 4711;
    const auto byteOf = [](const std::string& text, std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])); };
    const std::size_t page = byteOf(index, 16) << 8U | byteOf(index, 17);
    QByteArray records;
    std::uint32_t count = 0;
    for (std::size_t at = 0; at + page <= std::min(index.size(), forged.size()); at += page) {
        const std::string bytes = forged.substr(at, page);
        if (index.compare(at, page, bytes) == 0)
            continue;
        std::uint32_t sum = nonce;
        for (std::size_t i = page - 200; i > 0 && i < page; i -= 200)
            sum += byteOf(bytes, i);
        putBig(records, static_cast<std::uint32_t>(at / page) + 1);
        records.append(QByteArray::fromStdString(bytes));
        putBig(records, sum);
        ++count;
    }
    QByteArray journal = QByteArray::fromHex("d9d505f920a163d7");
    for (const std::uint32_t number : {count, nonce, static_cast<std::uint32_t>(forged.size() / page), 512U, static_cast<std::uint32_t>(page)})
        putBig(journal, number);
    return journal.leftJustified(512, '\0') + records;
}

} // namespace

/// An index that no signed sum proves is believed as far as the ledger names it, and no further.
class TestUnclosedIndex : public QObject
{
    Q_OBJECT

private slots:
    /// A crash leaves work that the ledger does not name yet. It is worked out again, and never taken from the index as it lies there.
    void afterACrashNothingIsBelievedThatTheLedgerDoesNotName()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        for (const char* forgery : forgeries) {
            dieWithCaseOpen(fixture, [](engine::Pipeline&) {});
            forge(fixture, forgery);
            QVERIFY2(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::None, forgery);
            QVERIFY2(reopen(fixture).contains("engine.index_rebuilt"), forgery);
            compareAnswers(allOf(fixture), before);
        }
        QVERIFY(!fs::exists(fixture.folder() / "case.db.unclosed-2")); // one copy is kept, not one for each crash
    }

    void aCaseThatDiesBeforeItsPagesAreNamedGivesTheSameAnswersAndKeepsItsNumbers()
    {
        CaseFixture fixture;
        const pid_t child = ::fork();
        if (child == 0) {
            auto held = engine::Pipeline::open(fixture.options(), fixture.machine);
            const bool isRun = held && (*held)->read({fixture.log()}, {}) && (*held)->prepare() && (*held)->advance((*held)->nextAlert().value_or(Timestamp()) + std::chrono::hours(1), {});
            ::_exit(isRun ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(fixture.ledger("index.kept").empty());
        forge(fixture, "UPDATE alerts SET title = 'FORGED'; UPDATE words SET text = 'iam:FORGED' WHERE text = 'iam:ListUsers'");
        QVERIFY(reopen(fixture).contains("engine.index_rebuilt"));
        const QByteArray answers = answersOf(fixture) + reportOf(fixture);
        QVERIFY(!answers.contains("FORGED") && answers.contains("iam:ListUsers") && answers.contains("INC-0001"));
        QCOMPARE(fixture.verdict().exitStatus(), 0);
        std::size_t detections = 0;
        for (const LedgerEntry& entry : fixture.ledger("evidence.sealed"))
            detections += entry.data["kind"].asString() == "detection" ? 1 : 0;
        (void)fixture.run(); // goes on, with the rules that are evidence already
        std::size_t after = 0;
        for (const LedgerEntry& entry : fixture.ledger("evidence.sealed"))
            after += entry.data["kind"].asString() == "detection" ? 1 : 0;
        QCOMPARE(after, detections);
    }

    /// Whoever only reads makes the index anew, without an agent: it finds its incidents afterwards as if it had been there.
    void aCaseThatDiesBeforeItsAgentWasReadyGoesOnWithIt()
    {
        CaseFixture fixture;
        const pid_t child = ::fork();
        if (child == 0) {
            auto held = engine::Pipeline::open(fixture.options(), fixture.machine);
            ::_exit(held && (*held)->read({fixture.log()}, {}) ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(reopen(fixture).contains("engine.index_rebuilt"));
        const auto held = fixture.run();
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        QVERIFY(detach && detach->state == StepState::AwaitingApproval);
        const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        QVERIFY(off && off->state == StepState::Verified);
    }

    /// Whatever was signed of an index counts for the state of the case in which it was signed.
    void aSumThatIsPutBackCountsForNothing()
    {
        CaseFixture fixture;
        workOn(fixture);
        QByteArray whileOpen;
        {
            const auto held = fixture.wake();
            whileOpen = sumOf(fixture);
            CaseFixture::must(held->finish());
        }
        const Answers before = allOf(fixture);
        for (const char* forgery : forgeries) {
            forge(fixture, forgery);
            putSumBack(fixture, whileOpen);
            (void)reopen(fixture);
            compareAnswers(allOf(fixture), before);
        }
        // The whole index of an earlier closing, with its own sum.
        const fs::path index = record::databasePath(fixture.folder());
        fs::copy_file(index, fixture.path("earlier.db"));
        const QByteArray earlier = sumOf(fixture);
        {
            const auto held = fixture.wake();
            CaseFixture::must(obey(*held, fixture, engine::AddNote{held->files().begin()->first, "written later", "user:analyst-a"}));
            CaseFixture::must(held->finish());
        }
        const Answers later = allOf(fixture);
        fs::copy_file(fixture.path("earlier.db"), index, fs::copy_options::overwrite_existing);
        putSumBack(fixture, earlier);
        QVERIFY(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::None);
        (void)reopen(fixture);
        compareAnswers(allOf(fixture), later);
    }

    /// The index and its sum stay as they are; what lies beside would forge it as it is opened.
    void aJournalThatSomebodyLaysBesideIsNotPlayedIn()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        const fs::path index = record::databasePath(fixture.folder());
        for (const char* forgery : {"UPDATE alerts SET title = 'FORGED', body = replace(body, 'svc-build', 'FORGED')",
                                    "UPDATE words SET text = 'iam:FORGED' WHERE text = 'iam:ListUsers'"}) {
            const fs::path forged = fixture.path("forged.db");
            fs::copy_file(index, forged, fs::copy_options::overwrite_existing);
            {
                auto database = CaseFixture::must(store::Database::open(forged, store::Database::Mode::ReadWrite));
                CaseFixture::must(database.execute(forgery));
            }
            const QByteArray journal = hotJournal(CaseFixture::must(platform::readFile(index)), CaseFixture::must(platform::readFile(forged)));
            QVERIFY(journal.size() > 512);
            CaseFixture::must(platform::writeFileAtomically(fs::path(index).concat("-journal"), journal.toStdString()));
            QVERIFY(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::None);
            QCOMPARE(fixture.verdict().exitStatus(), 1);
            QVERIFY(reopen(fixture).contains("engine.index_rebuilt"));
            QVERIFY(!fs::exists(fs::path(index).concat("-journal")));
            compareAnswers(allOf(fixture), before);
        }
    }

    void aSumThatIsNoFileHoldsNothingUp()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        const fs::path sum = fixture.folder() / "case.db.sum";
        const fs::path target = fixture.path("somebodys.txt");
        CaseFixture::must(platform::writeFileAtomically(target, "theirs"));
        for (const int kind : {0, 1, 2}) {
            fs::remove(sum);
            if (kind == 0)
                fs::create_directories(sum / "inside");
            else if (kind == 1)
                fs::create_symlink(target, sum);
            else
                QCOMPARE(::mkfifo(sum.c_str(), 0600), 0);
            QVERIFY(!reopen(fixture).contains("engine.index_rebuilt"));
            compareAnswers(allOf(fixture), before);
            QVERIFY(fs::is_regular_file(fs::symlink_status(sum)));
        }
        QCOMPARE(CaseFixture::must(platform::readFile(target)), std::string("theirs"));
    }

    void aCaseThatWasClosedWellIsNotMadeAnew()
    {
        CaseFixture fixture;
        workOn(fixture);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!reopen(fixture).contains("engine.index_rebuilt"));
            QVERIFY(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::Sound);
        }
        // Nor where a crash left nothing that the ledger does not name.
        dieWithCaseOpen(fixture, [](engine::Pipeline&) {});
        QVERIFY(!reopen(fixture).contains("engine.index_rebuilt"));
    }
};

QTEST_GUILESS_MAIN(TestUnclosedIndex)
#include "tst_unclosed_index.moc"
