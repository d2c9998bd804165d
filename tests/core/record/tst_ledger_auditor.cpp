#include "core/record/ledger_format.h"
#include "tests/core/record/audited_case.h"

#include <sys/stat.h>

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

class TestLedgerAuditor : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<AuditedCase>(); }

    void anUntouchedCaseIsOk();
    void theReportReadsAsAsked();
    void firstBadEntryAndPlaceAreNamed();
    void aTailWithoutACheckpointIsIncomplete();
    void aMissingObjectIsIncomplete();
    void anUnknownKeyIsUnverifiable();
    void aGivenKeyStandsInForAPinnedOne();
    void anAnchorCanBeRequired();
    void aLeftOverObjectIsNoProblem();
    void aCosignatureNeedsItsKey();
    void aLineThatWasPastedAgainIsNoSecondWitness();
    void aPipeInTheCaseStopsNobody();
    void whatDoesNotBelongInACaseIsTold_data();
    void whatDoesNotBelongInACaseIsTold();
    void whatACaseIsCalledDoesNotSpeakToTheTerminal();
    void aFolderThatIsNoCaseIsAnError();

private:
    std::unique_ptr<AuditedCase> m_case;
};

void TestLedgerAuditor::anUntouchedCaseIsOk()
{
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 0);
    QVERIFY(report.isPinned);
    QVERIFY(report.hasAnchor);
    QVERIFY(report.ledger.isMarkReached);
    QCOMPARE(report.ledger.entries, std::int64_t{10});
    QCOMPARE(report.ledger.checkpoints, 2);
    QCOMPARE(report.ledger.goodCheckpoints, 2);
    QCOMPARE(report.objects, 2);
    QCOMPARE(report.goodObjects, 2);
}

void TestLedgerAuditor::theReportReadsAsAsked()
{
    const VerifyReport report = m_case->verify(true);
    const QString text = QString::fromStdString(report.toText());
    QStringList labels;
    for (const QString& line : text.split('\n', Qt::SkipEmptyParts))
        labels << line.left(12).trimmed();
    QCOMPARE(labels, (QStringList{"case", "origin", "entries", "tree root", "keys", "witnesses", "decisions",
                                  "approvals", "outcomes", "evidence", "custody", "index", "tail", "RESULT"}));
    QVERIFY(text.contains("RESULT      OK   (exit 0)"));
    QVERIFY(text.contains("(pinned: yes)"));
    QVERIFY(text.contains("frames OK   chain OK"));
    QVERIFY(text.contains("checkpoints 2/2"));
    QVERIFY(text.contains("2/2 objects hash OK, overwritten 0, missing 0"));
    const Value value = report.toValue();
    QCOMPARE(value["result"].asString(), std::string("ok"));
    QCOMPARE(value["entries"].asInt(), std::int64_t{10});
}

void TestLedgerAuditor::firstBadEntryAndPlaceAreNamed()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    std::size_t at = headerSize;
    const auto all = entriesOf(whole);
    for (std::size_t i = 0; i < 4; ++i)
        at += all[i].size() + 36;
    std::string damaged = whole;
    damaged[at + 50] = static_cast<char>(damaged[at + 50] ^ 4);
    AuditedCase::put(m_case->segment(), damaged);
    const VerifyReport report = m_case->verify();
    QCOMPARE(report.problems.front().seq, std::int64_t{4});
    QCOMPARE(report.problems.front().offset, std::uint64_t{at});
    QCOMPARE(report.problems.front().file, std::string("ledger/00000001.log"));
    const std::string text = report.toText();
    QVERIFY(text.find("seq 4 at byte " + std::to_string(at) + " of ledger/00000001.log") != std::string::npos);
    QVERIFY(text.find("RESULT      TAMPERED   (exit 1)") != std::string::npos);
}

void TestLedgerAuditor::aTailWithoutACheckpointIsIncomplete()
{
    auto ledger = Ledger::open(m_case->folder(), LogKeys(m_case->home()), m_case->clock);
    QVERIFY(ledger);
    LedgerDraft draft;
    draft.type = "note";
    QVERIFY(ledger->append(draft));
    const VerifyReport report = m_case->verify();
    QCOMPARE(report.exitStatus(), 2);
    QVERIFY(report.toText().find("tail        1 uncheckpointed") != std::string::npos);

    // Damage above the checkpoint that is no torn frame is tampering all the same.
    std::string bytes = AuditedCase::read(m_case->segment());
    bytes[bytes.size() - 1] = static_cast<char>(bytes[bytes.size() - 1] ^ 1);
    AuditedCase::put(m_case->segment(), bytes);
    QCOMPARE(m_case->verify().exitStatus(), 1);
}

void TestLedgerAuditor::aMissingObjectIsIncomplete()
{
    std::filesystem::remove(m_case->vault().pathOf(m_case->object));
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 2);
    QCOMPARE(report.missingObjects, 1);
    QVERIFY(report.gaps.front().find(m_case->object.hex()) != std::string::npos);
}

void TestLedgerAuditor::anUnknownKeyIsUnverifiable()
{
    std::filesystem::remove_all(m_case->home() / "pinned");
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 3);
    QVERIFY(!report.isPinned);
    QVERIFY(report.toText().find("(pinned: no)") != std::string::npos);
}

void TestLedgerAuditor::aGivenKeyStandsInForAPinnedOne()
{
    std::filesystem::remove_all(m_case->home() / "pinned");
    AuditOptions options;
    options.home = m_case->home();
    options.key = m_case->key;
    QCOMPARE(m_case->verifyWith(options).exitStatus(), 0);
}

void TestLedgerAuditor::anAnchorCanBeRequired()
{
    AuditOptions options;
    options.home = m_case->home();
    options.requiresAnchor = true;
    QCOMPARE(m_case->verifyWith(options).exitStatus(), 0);
    options.home = m_case->folder() / "nowhere";
    options.key = m_case->key;
    QCOMPARE(m_case->verifyWith(options).exitStatus(), 3);
}

void TestLedgerAuditor::aLeftOverObjectIsNoProblem()
{
    const auto extra = m_case->vault().add(bytesOf("sealed, then the power went"));
    QVERIFY(extra);
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.unlistedObjects, 1);
}

void TestLedgerAuditor::aCosignatureNeedsItsKey()
{
    auto note = crypto::SignedNote::parse(AuditedCase::read(m_case->checkpoint())).value();
    const auto witness = crypto::SigningKey::generate();
    note.cosign("cordon.local/approver/commander-b", witness, 1'700'000'000);
    AuditedCase::put(m_case->checkpoint(), note.toString());
    QCOMPARE(m_case->verify().exitStatus(), 1);
    AuditOptions options;
    options.home = m_case->home();
    options.witnesses.emplace("cordon.local/approver/commander-b", witness.publicKey());
    const VerifyReport report = m_case->verifyWith(options);
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.cosignatures, 1);
}

void TestLedgerAuditor::aLineThatWasPastedAgainIsNoSecondWitness()
{
    auto note = crypto::SignedNote::parse(AuditedCase::read(m_case->checkpoint())).value();
    const auto witness = crypto::SigningKey::generate();
    note.cosign("cordon.local/approver/commander-b", witness, 1'700'000'000);
    for (int i = 0; i < 4; ++i)
        note.signatures.push_back(note.signatures.back());
    AuditedCase::put(m_case->checkpoint(), note.toString());
    AuditOptions options;
    options.home = m_case->home();
    options.witnesses.emplace("cordon.local/approver/commander-b", witness.publicKey());
    QCOMPARE(m_case->verifyWith(options).ledger.cosignatures, 1);
}

/// Opening a pipe waits for a writer who never comes.
void TestLedgerAuditor::aPipeInTheCaseStopsNobody()
{
    const auto object = m_case->vault().pathOf(m_case->object);
    std::filesystem::remove(object);
    QCOMPARE(::mkfifo(object.c_str(), 0600), 0);
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 1);
    QVERIFY(report.problems.front().file.find(m_case->object.hex()) != std::string::npos);
    std::filesystem::remove(m_case->checkpoint());
    QCOMPARE(::mkfifo(m_case->checkpoint().c_str(), 0600), 0);
    QCOMPARE(m_case->verify().exitStatus(), 1);
}

void TestLedgerAuditor::whatDoesNotBelongInACaseIsTold_data()
{
    QTest::addColumn<QString>("file"); // made; with " ->" moved away and linked to
    QTest::newRow("a file in the ledger") << "ledger/extra";
    QTest::newRow("a link in the ledger") << "ledger/keys ->";
    QTest::newRow("a head without a number") << "ledger/checkpoints/newest";
    QTest::newRow("a token without a number") << "ledger/timestamps/junk.tsr";
    QTest::newRow("an object in capitals") << "evidence/sha256/aa/" + QString(64, 'A');
    QTest::newRow("an object in a wrong shard") << "evidence/sha256/aa/" + QString(64, 'b');
    QTest::newRow("a folder of objects that is a link") << "evidence/sha256 ->";
    QTest::newRow("the ledger is a link") << "ledger ->";
}

void TestLedgerAuditor::whatDoesNotBelongInACaseIsTold()
{
    QFETCH(QString, file);
    const bool isLink = file.endsWith(" ->");
    const std::string name = file.section(' ', 0, 0).toStdString();
    const auto path = m_case->folder() / name;
    const auto elsewhere = m_case->home() / "elsewhere";
    if (!isLink) {
        QVERIFY(platform::makeFolders(path.parent_path()));
        AuditedCase::put(path, "anything");
    } else if (std::filesystem::exists(path)) {
        std::filesystem::rename(path, elsewhere);
    }
    if (isLink)
        std::filesystem::create_directory_symlink(elsewhere, path);
    const VerifyReport report = m_case->verify(false);
    QCOMPARE(report.exitStatus(), 1);
    QVERIFY2(std::any_of(report.problems.begin(), report.problems.end(), [&](const LedgerPlace& place) { return place.file == name; }),
             report.toText().c_str());
}

void TestLedgerAuditor::whatACaseIsCalledDoesNotSpeakToTheTerminal()
{
    const std::string hostile = "x\x1b[2J\nRESULT      OK   (exit 0)\x1b[8m";
    std::string segment = AuditedCase::read(m_case->segment());
    std::string origin = hostile;
    origin.resize(format::longestOrigin, '\0');
    segment.replace(format::originAt, origin.size(), origin);
    segment[format::originLengthAt] = '\0';
    segment[format::originLengthAt + 1] = static_cast<char>(hostile.size());
    const Digest digest = crypto::sha256(segment.substr(0, format::headerDigestAt));
    segment.replace(format::headerDigestAt, digest.bytes.size(), reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
    AuditedCase::put(m_case->segment(), segment);
    const VerifyReport report = m_case->verify();
    QCOMPARE(report.exitStatus(), 1);
    QVERIFY(report.ledger.origin.empty());
    // Nor does what others are called who stand in a report.
    VerifyReport named = report;
    named.caseName = hostile;
    named.gaps.push_back(hostile);
    const std::string text = named.toText();
    QVERIFY(text.find('\x1b') == std::string::npos);
    QCOMPARE(QString::fromStdString(text).count("\nRESULT"), 1);
}

void TestLedgerAuditor::aFolderThatIsNoCaseIsAnError()
{
    const auto report = LedgerAuditor(AuditOptions{}).verify(m_case->folder() / "missing");
    QVERIFY(!report);
    QVERIFY(report.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestLedgerAuditor)
#include "tst_ledger_auditor.moc"
