#include "core/govern/kill_switch.h"
#include "core/govern/small_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <thread>

using namespace cordon;
using namespace cordon::govern;

class TestKillSwitch : public QObject
{
    Q_OBJECT
private slots:
    void runsUntilSomebodyHalts();
    void survivesARestartAndReachesOtherProcesses();
    void needsOnePersonToObserveAndTwoToAct();
    void isLiftedForOthersOnlyByAResume();
    void countsWhatItCannotReadAsHalted();
    void haltsThoughTheFileCannotBeWritten();
    void haltsFromAnyThread();
    void aHaltThatComesWhileSomebodyResumesStands_data();
    void aHaltThatComesWhileSomebodyResumesStands();
    void aLockThatSomebodyHoldsKeepsNobodyFromHalting();
    void aCaseHaltsItselfAloneAndTheInstallationStopsItToo();
    void asManyPeopleAsTheMandateAsksForResume();

private:
    static std::filesystem::path fileIn(const QTemporaryDir& folder) { return folder.filePath("halt").toStdString(); }
    const Timestamp m_at = Timestamp::fromMicros(1'000'000);
};

void TestKillSwitch::runsUntilSomebodyHalts()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    QVERIFY(stops.state() == StopState::Running);
    QVERIFY(stops.halt("user:analyst-a", "a doubt", m_at).has_value());
    QVERIFY(stops.state() == StopState::Halted);
    QCOMPARE(stops.record()->who, std::string("user:analyst-a"));
    QCOMPARE(stops.record()->why, std::string("a doubt"));
    QVERIFY(stops.record()->at == m_at);
}

// T13
void TestKillSwitch::survivesARestartAndReachesOtherProcesses()
{
    const QTemporaryDir folder;
    KillSwitch other(fileIn(folder));
    KillSwitch stops(fileIn(folder));
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(other.state() == StopState::Halted);
    QVERIFY(KillSwitch(fileIn(folder)).state() == StopState::Halted);
}

void TestKillSwitch::needsOnePersonToObserveAndTwoToAct()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    QVERIFY(!stops.resume({"user:analyst-a"}, m_at).has_value());
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(!stops.resume({}, m_at).has_value());
    QVERIFY(!stops.resume({""}, m_at).has_value());
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(*stops.resume({"user:analyst-a", "user:analyst-a"}, m_at) == StopState::ObserveOnly);
    QVERIFY(*stops.resume({"user:analyst-a"}, m_at) == StopState::ObserveOnly);
    QVERIFY(KillSwitch(fileIn(folder)).state() == StopState::ObserveOnly);
    QVERIFY(*stops.resume({"user:commander-b"}, m_at) == StopState::Running);
    QVERIFY(KillSwitch(fileIn(folder)).state() == StopState::Running);
    // A new halt forgets who resumed the old one.
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(*stops.resume({"user:analyst-a", "user:commander-b"}, m_at) == StopState::Running);
}

void TestKillSwitch::isLiftedForOthersOnlyByAResume()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    KillSwitch other(fileIn(folder));
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(other.state() == StopState::Halted);
    // Removing the file by hand is no resume.
    std::filesystem::remove(fileIn(folder));
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(other.state() == StopState::Halted);
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(other.state() == StopState::Halted);
    QVERIFY(*stops.resume({"user:analyst-a", "user:commander-b"}, m_at) == StopState::Running);
    QVERIFY(other.state() == StopState::Running);
    // The trace of an older resume lifts no newer halt.
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(other.state() == StopState::Halted);
    std::filesystem::remove(fileIn(folder));
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(other.state() == StopState::Halted);
}

void TestKillSwitch::countsWhatItCannotReadAsHalted()
{
    const QTemporaryDir folder;
    QVERIFY(writeSmallFile(fileIn(folder), "not json").has_value());
    KillSwitch stops(fileIn(folder));
    QVERIFY(stops.state() == StopState::Unreadable);
    QVERIFY(writeSmallFile(fileIn(folder), "").has_value());
    QVERIFY(stops.state() == StopState::Unreadable);
    std::filesystem::remove(fileIn(folder));
    std::filesystem::create_directory(fileIn(folder));
    QVERIFY(stops.state() == StopState::Unreadable);
    std::filesystem::remove(fileIn(folder));
    std::filesystem::create_symlink("/dev/null", fileIn(folder));
    QVERIFY(stops.state() == StopState::Unreadable);
    std::filesystem::remove(fileIn(folder));
    QVERIFY(stops.state() == StopState::Running);
    QVERIFY(KillSwitch(folder.filePath("nowhere/halt").toStdString()).state() == StopState::Unreadable);
}

void TestKillSwitch::haltsThoughTheFileCannotBeWritten()
{
    const QTemporaryDir folder;
    KillSwitch stops(folder.filePath("nowhere/halt").toStdString());
    QVERIFY(!stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(stops.state() == StopState::Halted);
    std::filesystem::create_directory(folder.filePath("nowhere").toStdString());
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(*stops.resume({"user:analyst-a", "user:commander-b"}, m_at) == StopState::Running);
}

void TestKillSwitch::haltsFromAnyThread()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    std::thread other([&] { (void)stops.halt("user:analyst-a", "", m_at); });
    other.join();
    QVERIFY(stops.state() == StopState::Halted);
}

void TestKillSwitch::aHaltThatComesWhileSomebodyResumesStands_data()
{
    QTest::addColumn<bool>("isSameProcess");
    QTest::addColumn<bool>("isWholeResume");
    QTest::newRow("another process, lifting") << false << true;
    QTest::newRow("another process, observing") << false << false;
    QTest::newRow("another thread, lifting") << true << true;
    QTest::newRow("another thread, observing") << true << false;
}

// GOV-ASI10: a resume lifts the halt that people looked at, not one that comes between its two writes
void TestKillSwitch::aHaltThatComesWhileSomebodyResumesStands()
{
    QFETCH(bool, isSameProcess);
    QFETCH(bool, isWholeResume);
    const QTemporaryDir folder;
    KillSwitch elsewhere(fileIn(folder));
    KillSwitch* halting = &elsewhere;
    bool isResuming = false;
    KillSwitch stops(fileIn(folder), [&](const std::filesystem::path& file, std::string_view text) {
        const Result<void> written = writeSmallFile(file, text);
        if (std::exchange(isResuming, false))
            (void)halting->halt("user:analyst-c", "again", m_at);
        return written;
    });
    if (isSameProcess)
        halting = &stops;
    QVERIFY(stops.halt("user:analyst-a", "a doubt", m_at).has_value());
    QVERIFY(elsewhere.state() == StopState::Halted);
    isResuming = true;
    const std::vector<std::string> people = isWholeResume ? std::vector<std::string>{"user:a", "user:b"}
                                                          : std::vector<std::string>{"user:a"};
    const auto resumed = stops.resume(people, m_at);
    QVERIFY(!resumed && resumed.error().code == ErrorCode::Conflict);
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(elsewhere.state() == StopState::Halted);
    QVERIFY(KillSwitch(fileIn(folder)).state() == StopState::Halted);
    QCOMPARE(stops.record()->why, std::string("again"));
    QVERIFY(stops.record()->resumedBy.empty());
    QVERIFY(*stops.resume({"user:a", "user:b"}, m_at) == StopState::Running);
    QVERIFY(elsewhere.state() == StopState::Running);
}

void TestKillSwitch::aLockThatSomebodyHoldsKeepsNobodyFromHalting()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    const auto held = FileLock::take(fileIn(folder).concat(".lock"));
    QVERIFY(held.has_value());
    QVERIFY(stops.halt("user:analyst-a", "", m_at).has_value());
    QVERIFY(KillSwitch(fileIn(folder)).state() == StopState::Halted);
}

void TestKillSwitch::asManyPeopleAsTheMandateAsksForResume()
{
    const QTemporaryDir folder;
    KillSwitch stops(fileIn(folder));
    KillSwitch elsewhere(fileIn(folder)); // with a milder mandate
    const ResumeRule rule{2, 3};
    QVERIFY(stops.halt("user:analyst-a", "stop", m_at).has_value());
    QVERIFY(*stops.resume({"user:a"}, m_at, rule) == StopState::Halted);
    QVERIFY(elsewhere.state() == StopState::Halted);
    QVERIFY(*stops.resume({"user:a"}, m_at, rule) == StopState::Halted); // twice is once
    QVERIFY(*elsewhere.resume({"user:b"}, m_at) == StopState::ObserveOnly);
    QVERIFY(stops.state() == StopState::ObserveOnly);
    QVERIFY(*stops.resume({"user:c"}, m_at, rule) == StopState::Running);
    QVERIFY(elsewhere.state() == StopState::Running);
    // A file that asks for nobody is not believed that far.
    QVERIFY(stops.halt("user:analyst-a", "stop", m_at).has_value());
    std::string text = *readSmallFile(fileIn(folder));
    text.replace(text.find("\"T0\":1"), 6, "\"T0\":0");
    QVERIFY(writeSmallFile(fileIn(folder), text).has_value());
    QVERIFY(elsewhere.state() == StopState::Halted);
}

void TestKillSwitch::aCaseHaltsItselfAloneAndTheInstallationStopsItToo()
{
    const QTemporaryDir folder;
    const std::filesystem::path own = folder.filePath("case-halt").toStdString();
    KillSwitch everywhere(fileIn(folder));
    KillSwitch stops(own, fileIn(folder));
    QVERIFY(stops.halt("user:analyst-a", "here", m_at).has_value());
    QVERIFY(stops.state() == StopState::Halted);
    QVERIFY(everywhere.state() == StopState::Running);
    QCOMPARE(stops.record()->why, std::string("here"));
    QVERIFY(everywhere.halt("user:olga", "everywhere", m_at).has_value());
    QVERIFY(*stops.resume({"user:analyst-a", "user:commander-b"}, m_at) == StopState::Halted);
    QVERIFY(stops.ownState() == StopState::Running);
    QVERIFY(everywhere.state() == StopState::Halted);
    QCOMPARE(stops.record()->why, std::string("everywhere"));
    QVERIFY(!stops.resume({"user:analyst-a", "user:commander-b"}, m_at));
    QVERIFY(*stops.installation().resume({"user:olga", "user:anna"}, m_at) == StopState::Running);
    QVERIFY(stops.state() == StopState::Running);
}

QTEST_GUILESS_MAIN(TestKillSwitch)
#include "tst_kill_switch.moc"
