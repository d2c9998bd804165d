#include "core/record/case_folder.h"

#include "core/record/ledger_auditor.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

#include <set>

using namespace cordon;
using namespace cordon::record;

class TestCaseFolder : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void aNewCaseHasItsParts();
    void aNewCaseVerifies();
    void aFolderWithFilesIsNotTaken();
    void aFailedCreationCanBeRepeated();
    void aCreationThatDiedBeforeTheFirstEntryIsRepeated();
    void aFolderThatIsNoCaseIsNotOpened();
    void CR07_aSecondHolderIsToldWhoHoldsIt();
    void CR07_anotherProcessIsRefused();
    void aReaderWorksBesideTheHolder();
    void anExerciseSaysSoInItsOrigin();
    void recordedEntriesAreInLedgerAndIndex();
    void aLostIndexIsRebuiltFromTheLedger();
    void anIndexWithAGapIsFilled();
    void anIndexOfAnotherLedgerIsRefused();
    void closingSignsTheHead();
    void aKilledHolderLeavesACaseThatOpens();
    void aFolderThatLeadsElsewhereIsNotWrittenTo_data();
    void aFolderThatLeadsElsewhereIsNotWrittenTo();

private:
    [[nodiscard]] platform::Path folder() const { return m_temporary->filePath("INC-7.cordon").toStdString(); }
    [[nodiscard]] CaseOptions options(bool isExercise = false) const
    {
        CaseOptions options;
        options.home = m_temporary->filePath("home").toStdString();
        options.isExercise = isExercise;
        return options;
    }
    std::unique_ptr<CaseFolder> make()
    {
        auto made = CaseFolder::create(folder(), options(), m_clock);
        if (!made)
            qFatal("%s", made.error().detail.c_str());
        return std::move(*made);
    }
    Result<std::unique_ptr<CaseFolder>> open() { return CaseFolder::open(folder(), options(), m_clock); }
    static LedgerDraft note(int number)
    {
        LedgerDraft draft;
        draft.type = "note";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.incident = "INC-0001";
        draft.at = Timestamp::fromMicros(1'000'000 * number);
        draft.data = Value::Object{{"n", number}};
        return draft;
    }
    int verify()
    {
        auto report = LedgerAuditor({.home = options().home}).verify(folder());
        return report ? report->exitStatus() : -1;
    }
    MachineClock m_clock;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestCaseFolder::aNewCaseHasItsParts()
{
    const auto made = make();
    for (const char* part :
         {"case.db", "ledger/00000001.log", "ledger/checkpoints/00000001", "evidence/sha256", "inbox"})
        QVERIFY2(std::filesystem::exists(folder() / part), part);
    QVERIFY(std::filesystem::status(folder()).permissions() == std::filesystem::perms::owner_all);
    QCOMPARE(made->name(), std::string("INC-7.cordon"));
    QVERIFY(!made->isExercise());
    QVERIFY(isCase(folder()));
    QCOMPARE(caseOrigin(folder()).value(), made->ledger().origin());
}

void TestCaseFolder::aNewCaseVerifies()
{
    make();
    QCOMPARE(verify(), 0);
}

void TestCaseFolder::aFolderWithFilesIsNotTaken()
{
    QVERIFY(platform::makeFolders(folder()));
    QVERIFY(platform::writeFileAtomically(folder() / "mine.txt", "x"));
    const auto made = CaseFolder::create(folder(), options(), m_clock);
    QVERIFY(!made);
    QVERIFY(made.error().code == ErrorCode::Conflict);
    QVERIFY(!std::filesystem::exists(folder() / "ledger"));
}

void TestCaseFolder::aCreationThatDiedBeforeTheFirstEntryIsRepeated()
{
    make();
    const auto segment = platform::readFile(folder() / "ledger/00000001.log");
    QVERIFY(segment);
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{256}, segment->size()}) {
        std::filesystem::remove_all(folder());
        QVERIFY(platform::makeFolders(folder() / "ledger" / "checkpoints"));
        if (bytes > 0)
            QVERIFY(platform::writeFileAtomically(folder() / "ledger/00000001.log", segment->substr(0, bytes)));
        const bool hasEntry = bytes > 256;
        QCOMPARE(isCase(folder()), hasEntry);
        QCOMPARE(CaseFolder::create(folder(), options(), m_clock).has_value(), !hasEntry);
    }
    // Whatever else lies there is somebody's: nothing is made anew over it.
    std::filesystem::resize_file(folder() / "ledger/00000001.log", 256);
    QVERIFY(platform::writeFileAtomically(folder() / "case.db", "x"));
    QVERIFY(isCase(folder()) && !CaseFolder::create(folder(), options(), m_clock));
}

void TestCaseFolder::aFailedCreationCanBeRepeated()
{
    CaseOptions broken = options();
    broken.home = m_temporary->filePath("file").toStdString();
    QVERIFY(platform::writeFileAtomically(broken.home, "not a folder"));
    QVERIFY(!CaseFolder::create(folder(), broken, m_clock));
    QVERIFY(CaseFolder::create(folder(), options(), m_clock));
}

void TestCaseFolder::aFolderThatIsNoCaseIsNotOpened()
{
    QVERIFY(open().error().code == ErrorCode::NotFound);
    QVERIFY(!std::filesystem::exists(folder()));
}

void TestCaseFolder::CR07_aSecondHolderIsToldWhoHoldsIt()
{
    auto first = make();
    const auto second = open();
    QVERIFY(!second);
    QVERIFY(second.error().code == ErrorCode::Conflict);
    QVERIFY(second.error().detail.find("process " + std::to_string(::getpid())) != std::string::npos);
    first.reset();
    QVERIFY(open());
}

void TestCaseFolder::CR07_anotherProcessIsRefused()
{
    const auto first = make();
    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = open();
        ::_exit(!second && second.error().code == ErrorCode::Conflict ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

void TestCaseFolder::aReaderWorksBesideTheHolder()
{
    const auto holder = make();
    QVERIFY(holder->record(note(1)));
    const auto reader = CaseIndexReader::open(databasePath(folder()));
    QVERIFY(reader);
    QCOMPARE((*reader)->queries().countLedger().value(), std::int64_t{2});
    QVERIFY(holder->record(note(2)));
    QCOMPARE((*reader)->queries().countLedger().value(), std::int64_t{3});
}

void TestCaseFolder::anExerciseSaysSoInItsOrigin()
{
    const auto made = CaseFolder::create(folder(), options(true), m_clock);
    QVERIFY(made);
    QVERIFY((*made)->isExercise());
    QVERIFY((*made)->ledger().origin().starts_with("cordon.local/ledger/EXERCISE-"));
    QVERIFY(isExerciseOrigin(caseOrigin(folder()).value()));
    QCOMPARE(verify(), 0);
}

void TestCaseFolder::recordedEntriesAreInLedgerAndIndex()
{
    const auto made = make();
    const auto entry = made->record(note(5));
    QVERIFY(entry);
    QCOMPARE(entry->seq, std::int64_t{1});
    const auto rows = made->store().queries().ledger(0, 10);
    QVERIFY(rows);
    QCOMPARE(rows->size(), std::size_t{2});
    QCOMPARE(rows->front().type, std::string("note"));
    QCOMPARE(rows->front().incident, std::string("INC-0001"));
    QCOMPARE(rows->front().actor, std::string("cordon"));
    QVERIFY(rows->front().at == Timestamp::fromMicros(5'000'000));
    QVERIFY(rows->front().data.find("\"n\":5") != std::string::npos);
}

void TestCaseFolder::aLostIndexIsRebuiltFromTheLedger()
{
    std::vector<StoredEntry> before;
    {
        const auto made = make();
        QVERIFY(made->recordAll({note(1), note(2), note(3)}));
        before = made->store().queries().ledger(0, 100).value();
    }
    for (const char* file : {"case.db", "case.db-wal", "case.db-shm"})
        std::filesystem::remove(folder() / file);
    const auto opened = open();
    QVERIFY(opened);
    QVERIFY((*opened)->indexState().isNew);
    const auto after = (*opened)->store().queries().ledger(0, 100).value();
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        QCOMPARE(after[i].seq, before[i].seq);
        QVERIFY(after[i].ts == before[i].ts);
        QVERIFY(after[i].at == before[i].at);
        QCOMPARE(after[i].data, before[i].data);
    }
}

void TestCaseFolder::anIndexWithAGapIsFilled()
{
    {
        const auto made = make();
        QVERIFY(made->recordAll({note(1), note(2), note(3)}));
        QVERIFY(made->database().execute("DELETE FROM ledger_index WHERE seq = 2"));
    }
    const auto opened = open();
    QVERIFY(opened);
    QVERIFY(!(*opened)->indexState().isNew);
    QVERIFY((*opened)->store().queries().ledgerEntry(2));
}

void TestCaseFolder::anIndexOfAnotherLedgerIsRefused()
{
    {
        const auto made = make();
        QVERIFY(made->database().execute(
            "INSERT INTO ledger_index VALUES (1, 0, NULL, 'note', 'engine', 'cordon', '', '', '', '{}')"));
    }
    QVERIFY(open().error().code == ErrorCode::Corrupt);
}

void TestCaseFolder::closingSignsTheHead()
{
    {
        const auto made = make();
        QVERIFY(made->record(note(1)));
        QCOMPARE(verify(), 2);
        QVERIFY(made->close());
        QCOMPARE(verify(), 0);
    }
    const auto opened = open();
    QVERIFY(opened);
    QVERIFY((*opened)->record(note(2)));
    QCOMPARE(verify(), 2);
}

void TestCaseFolder::aKilledHolderLeavesACaseThatOpens()
{
    make();
    for (int round = 0; round < 5; ++round) {
        int acknowledged[2];
        QCOMPARE(::pipe(acknowledged), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto held = open();
            for (int i = 0; held && i < 1000; ++i) {
                const auto entry = (*held)->record(note(i));
                if (!entry || ::write(acknowledged[1], &entry->seq, sizeof entry->seq) < 0)
                    ::_exit(1);
            }
            ::_exit(1);
        }
        ::close(acknowledged[1]);
        std::int64_t last = -1;
        for (int i = 0; i < 7 + round * 5; ++i)
            QCOMPARE(::read(acknowledged[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
        QCOMPARE(::kill(child, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        std::int64_t seq = 0;
        while (::read(acknowledged[0], &seq, sizeof seq) == static_cast<ssize_t>(sizeof seq))
            last = seq;
        ::close(acknowledged[0]);

        const int verdict = verify();
        QVERIFY2(verdict == 2 || verdict == 0, qPrintable(QString::number(verdict)));
        const auto opened = open();
        QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
        QVERIFY((*opened)->ledger().size() > last); // every acknowledged entry is there
        QCOMPARE((*opened)->store().queries().countLedger().value(), (*opened)->ledger().size());
        QVERIFY((*opened)->close());
        QCOMPARE(verify(), 0);
    }
}

void TestCaseFolder::aFolderThatLeadsElsewhereIsNotWrittenTo_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"ledger", "ledger/checkpoints", "ledger/timestamps", "evidence", "evidence/sha256", "evidence/keys", "evidence/incoming", "kept", "kept/incoming", "inbox", "exercise"})
        QTest::newRow(name) << QString(name);
}

/// Whoever can write into a case's folder leads its holder nowhere else: what lies there stays, and nothing comes to it.
void TestCaseFolder::aFolderThatLeadsElsewhereIsNotWrittenTo()
{
    namespace fs = std::filesystem;
    QFETCH(QString, name);
    {
        auto made = make();
        QVERIFY(made->record(note(1)));
    }
    const fs::path place = folder() / name.toStdString();
    const fs::path elsewhere = m_temporary->filePath("elsewhere").toStdString();
    fs::create_directories(place.parent_path());
    if (fs::exists(place))
        fs::rename(place, elsewhere);
    for (const char* inside : {"incoming", "sha256"})
        fs::create_directories(elsewhere / inside);
    QVERIFY(platform::writeFileAtomically(elsewhere / "incoming" / "letter", "somebody's"));
    fs::create_directory_symlink(elsewhere, place);
    const auto listed = [&] {
        std::set<std::string> all;
        for (const auto& item : fs::recursive_directory_iterator(elsewhere))
            all.insert(item.path().string());
        return all;
    };
    const auto before = listed();
    const auto opened = open();
    QVERIFY(!opened);
    QVERIFY(opened.error().code == ErrorCode::Untrusted);
    QVERIFY2(opened.error().detail.find(name.toStdString() + " is a link") != std::string::npos, opened.error().detail.c_str());
    QVERIFY(listed() == before);
}

QTEST_GUILESS_MAIN(TestCaseFolder)
#include "tst_case_folder.moc"
