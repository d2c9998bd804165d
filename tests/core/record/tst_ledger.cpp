#include "core/record/ledger.h"

#include "core/record/ledger_auditor.h"
#include "core/record/ledger_reader.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace cordon;
using namespace cordon::record;

class TestLedger : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void aNewLedgerBeginsWithItsGenesis();
    void appendedEntriesAreReadBack();
    void caseTimeGoesIntoTheData();
    void aGroupIsOneSync();
    void anEntryThatDoesNotFitAddsNothing();
    void everyTwoHundredAndFiftySixEntriesAreSigned();
    void theSameHeadIsSignedOnce();
    void segmentsFollowEachOther();
    // TL-12
    void TL12_segmentsInAnotherOrderAreTampering();
    void reopeningGoesOnWhereItEnded();
    void CR01_aTailCutAtEveryByteIsMovedAside();
    void aTearBelowASignedHeadIsNoTear();
    void damageRefusesToOpenForWriting();
    void CR03_afterAFailedSyncNothingMoreIsAppended();
    void CR06_aFullDiskLosesNothingAndHeals();
    void TL08_aLedgerShorterThanItsMarkIsRefused();
    void withoutItsKeyTheLedgerCannotBeWritten();
    void proofsFromTheFileFitTheRoot();

private:
    [[nodiscard]] platform::Path folder() const { return m_temporary->filePath("a.cordon").toStdString(); }
    [[nodiscard]] LogKeys keys() const { return LogKeys(m_temporary->filePath("home").toStdString()); }
    [[nodiscard]] platform::Path segment(int number = 1) const
    {
        return folder() / "ledger" / ("0000000" + std::to_string(number) + ".log");
    }
    Ledger make(LedgerOptions options = {})
    {
        auto ledger = Ledger::create(folder(), "cordon.local/ledger/test", Value::Object{}, keys(), m_clock, options);
        if (!ledger)
            qFatal("%s", ledger.error().detail.c_str());
        return std::move(*ledger);
    }
    static LedgerDraft draft(int number, const std::string& type = "note")
    {
        LedgerDraft draft;
        draft.type = type;
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.incident = "INC-0001";
        draft.data = Value::Object{{"number", number}};
        return draft;
    }
    std::vector<LedgerEntry> readAll()
    {
        std::vector<LedgerEntry> entries;
        const auto read = eachEntry(folder(), 0, [&](const LedgerEntry& entry) {
            entries.push_back(entry);
            return true;
        });
        if (!read)
            entries.clear();
        return entries;
    }
    MachineClock m_clock;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestLedger::aNewLedgerBeginsWithItsGenesis()
{
    const Ledger ledger = make();
    QCOMPARE(ledger.size(), std::int64_t{1});
    const auto entries = readAll();
    QCOMPARE(entries.size(), std::size_t{1});
    QCOMPARE(entries[0].type, std::string("ledger.genesis"));
    QCOMPARE(entries[0].data["public_key"].asString(), ledger.publicKey().toString());
    QCOMPARE(entries[0].data["origin"].asString(), std::string("cordon.local/ledger/test"));
    QVERIFY(keys().pinned(ledger.origin()).value() == ledger.publicKey());
    const HighWaterMark mark{1, ledger.root()};
    QVERIFY(keys().mark(ledger.origin()).value() == mark);
    const auto mode = std::filesystem::status(m_temporary->filePath("home/keys/test.key").toStdString()).permissions();
    QVERIFY(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

void TestLedger::appendedEntriesAreReadBack()
{
    Ledger ledger = make();
    for (int i = 1; i <= 5; ++i) {
        const auto entry = ledger.append(draft(i));
        QVERIFY(entry);
        QCOMPARE(entry->seq, std::int64_t{i});
    }
    const auto entries = readAll();
    QCOMPARE(entries.size(), std::size_t{6});
    QCOMPARE(entries[3].data["number"].asInt(), std::int64_t{3});
    QCOMPARE(entries[3].incident, std::string("INC-0001"));
    QCOMPARE(entryAt(folder(), 4)->data["number"].asInt(), std::int64_t{4});
    QVERIFY(entryAt(folder(), 6).error().code == ErrorCode::NotFound);
}

void TestLedger::caseTimeGoesIntoTheData()
{
    Ledger ledger = make();
    LedgerDraft timed = draft(1);
    timed.at = Timestamp::parse("2023-07-10T00:00:00Z").value();
    QVERIFY(ledger.append(timed));
    QCOMPARE(readAll()[1].data["at"].asString(), std::string("2023-07-10T00:00:00.000000Z"));
}

void TestLedger::aGroupIsOneSync()
{
    int syncs = 0;
    LedgerOptions options;
    options.sync = [&syncs](platform::File& file) {
        ++syncs;
        return file.sync();
    };
    Ledger ledger = make(options);
    syncs = 0;
    const auto entries = ledger.appendAll({draft(1), draft(2), draft(3)});
    QVERIFY(entries);
    QCOMPARE(entries->back().seq, std::int64_t{3});
    QCOMPARE(syncs, 1);
    QVERIFY(ledger.appendAll({})->empty());
    QCOMPARE(syncs, 1);
}

void TestLedger::anEntryThatDoesNotFitAddsNothing()
{
    Ledger ledger = make();
    LedgerDraft big = draft(2);
    big.data.set("text", std::string(70'000, 'x'));
    const auto refused = ledger.appendAll({draft(1), big});
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Invalid);
    QCOMPARE(ledger.size(), std::int64_t{1});
    QVERIFY(ledger.append(draft(1)));
    QCOMPARE(readAll().size(), std::size_t{2});
}

void TestLedger::everyTwoHundredAndFiftySixEntriesAreSigned()
{
    LedgerOptions options;
    options.sync = [](platform::File&) -> Result<void> { return {}; };
    Ledger ledger = make(options);
    for (int i = 0; i < 600; ++i)
        QVERIFY(ledger.append(draft(i)));
    QCOMPARE(ledger.checkpoints(), 3); // 1, 257, 513
    QCOMPARE(ledger.checkpointedSize(), std::int64_t{513});
}

void TestLedger::theSameHeadIsSignedOnce()
{
    Ledger ledger = make();
    QVERIFY(ledger.append(draft(1)));
    const auto first = ledger.checkpoint();
    const auto second = ledger.checkpoint();
    QVERIFY(first && second);
    QCOMPARE(first->note, second->note);
    QCOMPARE(ledger.checkpoints(), 2);
    QCOMPARE(first->size, std::int64_t{2});
}

void TestLedger::segmentsFollowEachOther()
{
    LedgerOptions options;
    options.segmentBytes = 2000;
    {
        Ledger ledger = make(options);
        for (int i = 0; i < 20; ++i)
            QVERIFY(ledger.append(draft(i)));
    }
    QVERIFY(std::filesystem::exists(segment(3)));
    QCOMPARE(readAll().size(), std::size_t{21});
    auto again = Ledger::open(folder(), keys(), m_clock, options);
    QVERIFY(again);
    QVERIFY(again->append(draft(20)));
    QVERIFY(again->checkpoint());
    const auto report = LedgerAuditor({.home = m_temporary->filePath("home").toStdString()}).verify(folder());
    QVERIFY(report);
    QCOMPARE(report->exitStatus(), 0);
    QVERIFY(report->ledger.segments >= 3);

    // TL-12: a segment that is gone, in the middle or replaced by another, is seen.
    std::filesystem::rename(segment(2), segment(9));
    const auto broken = LedgerAuditor({.home = m_temporary->filePath("home").toStdString()}).verify(folder());
    QCOMPARE(broken->exitStatus(), 1);
}

void TestLedger::TL12_segmentsInAnotherOrderAreTampering()
{
    LedgerOptions options;
    options.segmentBytes = 1500;
    {
        Ledger ledger = make(options);
        for (int i = 0; i < 12; ++i)
            QVERIFY(ledger.append(draft(i)));
        QVERIFY(ledger.checkpoint());
    }
    const auto status = [&] {
        return LedgerAuditor({.home = m_temporary->filePath("home").toStdString()}).verify(folder())->exitStatus();
    };
    const auto aside = folder() / "ledger" / "aside";
    QCOMPARE(status(), 0);
    const auto swap = [&] {
        std::filesystem::rename(segment(1), aside);
        std::filesystem::rename(segment(2), segment(1));
        std::filesystem::rename(aside, segment(2));
    };
    swap();
    QCOMPARE(status(), 1);
    swap();
    QCOMPARE(status(), 0);
    std::filesystem::rename(segment(2), aside); // one is missing
    QCOMPARE(status(), 1);
    std::filesystem::create_hard_link(segment(1), segment(2)); // the first once more under the second one's name
    QCOMPARE(status(), 1);
    std::filesystem::remove(segment(2));
    std::filesystem::create_symlink(aside, segment(2));
    QCOMPARE(status(), 1);
}

void TestLedger::reopeningGoesOnWhereItEnded()
{
    Digest root;
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(draft(1)));
        root = ledger.root();
    }
    auto ledger = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(ledger);
    QCOMPARE(ledger->root(), root);
    QVERIFY(!ledger->tornTail());
    QCOMPARE(ledger->append(draft(2))->seq, std::int64_t{2});
}

void TestLedger::CR01_aTailCutAtEveryByteIsMovedAside()
{
    std::uintmax_t before = 0;
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(draft(1)));
        QVERIFY(ledger.checkpoint());
        before = std::filesystem::file_size(segment());
        QVERIFY(ledger.append(draft(2)));
    }
    const std::string whole = platform::readFile(segment()).value();
    for (std::size_t size = before + 1; size < whole.size(); ++size) {
        QVERIFY(platform::writeFileAtomically(segment(), std::string_view(whole).substr(0, size)));
        const auto report = LedgerAuditor({.home = m_temporary->filePath("home").toStdString()}).verify(folder());
        QVERIFY(report);
        QCOMPARE(report->exitStatus(), 2);
        auto ledger = Ledger::open(folder(), keys(), m_clock);
        QVERIFY2(ledger, ledger ? "" : ledger.error().detail.c_str());
        QVERIFY(ledger->tornTail());
        QCOMPARE(ledger->tornTail()->bytes, std::uint64_t{size - before});
        QCOMPARE(platform::readFile(folder() / ledger->tornTail()->file).value(), whole.substr(before, size - before));
        const auto entries = readAll();
        QCOMPARE(entries.size(), std::size_t{3});
        QCOMPARE(entries[1].data["number"].asInt(), std::int64_t{1});
        QCOMPARE(entries[2].type, std::string("ledger.recovered"));
    }
}

void TestLedger::aTearBelowASignedHeadIsNoTear()
{
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(draft(1)));
        QVERIFY(ledger.checkpoint());
    }
    std::filesystem::resize_file(segment(), std::filesystem::file_size(segment()) - 5);
    const auto ledger = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(!ledger);
    QVERIFY(ledger.error().code == ErrorCode::Corrupt);
    QVERIFY(ledger.error().detail.find("seq 1 at byte") != std::string::npos);
}

void TestLedger::damageRefusesToOpenForWriting()
{
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(draft(1)));
    }
    std::string bytes = platform::readFile(segment()).value();
    bytes[bytes.size() - 40] = static_cast<char>(bytes[bytes.size() - 40] ^ 1);
    QVERIFY(platform::writeFileAtomically(segment(), bytes));
    const auto ledger = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(!ledger);
    QVERIFY(ledger.error().code == ErrorCode::Corrupt);
    QVERIFY(ledger.error().detail.find("ledger/00000001.log") != std::string::npos);
    QCOMPARE(platform::readFile(segment()).value(), bytes);
}

void TestLedger::CR03_afterAFailedSyncNothingMoreIsAppended()
{
    bool isFailing = false;
    LedgerOptions options;
    options.sync = [&isFailing](platform::File& file) -> Result<void> {
        if (isFailing)
            return fail(ErrorCode::Io, "the disk does not answer");
        return file.sync();
    };
    Ledger ledger = make(options);
    isFailing = true;
    QVERIFY(ledger.append(draft(1)).error().code == ErrorCode::Io);
    QVERIFY(!ledger.isHealthy());
    isFailing = false;
    QVERIFY(!ledger.append(draft(2)));
    QVERIFY(!ledger.checkpoint());
    QCOMPARE(ledger.size(), std::int64_t{1});
}

void TestLedger::CR06_aFullDiskLosesNothingAndHeals()
{
    Ledger ledger = make();
    QVERIFY(ledger.append(draft(1)));
    const auto size = std::filesystem::file_size(segment());
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = size + 10; // ten bytes of the next frame still fit
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto refused = ledger.append(draft(2));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::DiskFull);
    QCOMPARE(std::filesystem::file_size(segment()), size);
    QVERIFY(ledger.isHealthy());
    QCOMPARE(ledger.append(draft(3))->seq, std::int64_t{2});
    QCOMPARE(readAll().back().data["number"].asInt(), std::int64_t{3});
}

void TestLedger::TL08_aLedgerShorterThanItsMarkIsRefused()
{
    std::string earlier;
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(draft(1)));
        earlier = platform::readFile(segment()).value();
        QVERIFY(ledger.append(draft(2)));
        QVERIFY(ledger.checkpoint());
    }
    // The whole case as it was before, without any trace in the case itself.
    QVERIFY(platform::writeFileAtomically(segment(), earlier));
    std::filesystem::remove(folder() / "ledger" / "checkpoints" / "00000003");
    const auto ledger = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(!ledger);
    QVERIFY(ledger.error().code == ErrorCode::Corrupt);
    QVERIFY(ledger.error().detail.find("high-water mark") != std::string::npos);
}

void TestLedger::withoutItsKeyTheLedgerCannotBeWritten()
{
    {
        const Ledger ledger = make();
    }
    const LogKeys elsewhere(m_temporary->filePath("other").toStdString());
    QVERIFY(Ledger::open(folder(), elsewhere, m_clock).error().code == ErrorCode::Untrusted);
    QVERIFY(elsewhere.make("cordon.local/ledger/test"));
    QVERIFY(Ledger::open(folder(), elsewhere, m_clock).error().code == ErrorCode::Untrusted);
}

void TestLedger::proofsFromTheFileFitTheRoot()
{
    Ledger ledger = make();
    for (int i = 1; i < 7; ++i)
        QVERIFY(ledger.append(draft(i)));
    const auto leaves = leafHashes(folder(), 7);
    QVERIFY(leaves);
    for (std::uint64_t index = 0; index < 7; ++index)
        QVERIFY(verifyInclusion((*leaves)[index], index, 7, inclusionProof(*leaves, index), ledger.root()));
    QVERIFY(leafHashes(folder(), 8).error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
