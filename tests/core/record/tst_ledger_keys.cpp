#include "core/record/ledger.h"

#include "core/crypto/sha256.h"
#include "core/record/entry_codec.h"
#include "core/record/ledger_auditor.h"
#include "core/record/ledger_reader.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::record;

namespace {

/// The machine's clock, moved ahead.
class MovedClock : public MachineClock
{
public:
    [[nodiscard]] Timestamp now() const override { return MachineClock::now() + ahead; }
    Duration ahead{};
};

} // namespace

/// TL-11 and what goes with it: keys of epochs, their certificates, erasure, revocation.
class TestLedgerKeys : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void aLedgerBeginsUnderAKeyThatTheRootCertifies();
    void twoCasesShareTheRootAndNothingElse();
    void aDayLaterAnotherKeySignsAndTheOldOneIsGone();
    void theOldKeyIsNowhereInTheHome();
    void aCrashBetweenTheSteps_data();
    void aCrashBetweenTheSteps();
    void aKeyThatWasHalfErasedIsErased();
    void withoutItsKeyTheLedgerIsNotWritten();
    // TL-11
    void TL11_theKeyInForceCannotRewriteEarlierEpochs();
    // TL-11
    void TL11_headsOfAnotherEpochDoNotCount();
    void anEarlyCaseGoesOnAndStillVerifies();
    void ownersTakeAStolenKeyOutOfForce();
    void aRevocationNeedsTwoOwners();
    void whereTheLedgerNamesNobodyTheOrderNamesTheOwners_data();
    void whereTheLedgerNamesNobodyTheOrderNamesTheOwners();
    void nobodyWritesACertificateIntoTheLedgerByHand();

private:
    [[nodiscard]] platform::Path folder() const { return m_temporary->filePath("a.cordon").toStdString(); }
    [[nodiscard]] platform::Path home() const { return m_temporary->filePath("home").toStdString(); }
    [[nodiscard]] LogKeys keys() const { return LogKeys(home()); }
    [[nodiscard]] platform::Path segment() const { return folder() / "ledger" / "00000001.log"; }
    Ledger make(const std::string& name = "a.cordon", const std::string& origin = "cordon.local/ledger/test")
    {
        return Ledger::create(m_temporary->filePath(QString::fromStdString(name)).toStdString(), origin, Value::Object{{"exercise", true}},
                              keys(), m_clock)
            .value();
    }
    static LedgerDraft note(int number)
    {
        LedgerDraft draft;
        draft.type = "note";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = Value::Object{{"number", number}};
        return draft;
    }
    static LedgerDraft mandateOf(const std::vector<std::pair<std::string, crypto::PublicKey>>& owners)
    {
        Value::Array people;
        for (const auto& [id, key] : owners)
            people.push_back(Value::Object{
                {"id", id}, {"key", key.toString()}, {"roles", Value::Array{"owner"}}, {"revoked", false}});
        LedgerDraft draft = note(0);
        draft.type = "mandate.in_force";
        draft.data = Value::Object{{"people", Value::Object{{"people", people}}}};
        return draft;
    }
    [[nodiscard]] VerifyReport verify() const
    {
        AuditOptions options;
        options.home = home();
        options.checksEvidence = false;
        return LedgerAuditor(options).verify(folder()).value();
    }
    /// A ledger of three epochs with entries in each.
    void makeThreeEpochs()
    {
        Ledger ledger = make();
        for (int epoch = 1; epoch <= 3; ++epoch) {
            for (int i = 0; i < 3; ++i)
                QVERIFY(ledger.append(note(epoch * 10 + i)));
            if (epoch < 3)
                QVERIFY(ledger.beginEpoch("asked"));
        }
        QVERIFY(ledger.checkpoint());
    }
    MovedClock m_clock;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestLedgerKeys::aLedgerBeginsUnderAKeyThatTheRootCertifies()
{
    const Ledger ledger = make();
    QVERIFY(ledger.publicKey() == keys().pinned(ledger.origin()).value());
    QVERIFY(ledger.publicKey() == keys().rootKey(ledger.origin()).value().publicKey());
    QVERIFY(ledger.epochKey() != ledger.publicKey());
    QCOMPARE(ledger.size(), std::int64_t{1});
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.keys.epochs(), 1);
    QVERIFY(report.isPinned);
}

void TestLedgerKeys::twoCasesShareTheRootAndNothingElse()
{
    const Ledger one = make();
    const Ledger other = make("b.cordon", "cordon.local/ledger/other");
    QVERIFY(one.publicKey() == other.publicKey());
    QVERIFY(one.epochKey() != other.epochKey());
}

void TestLedgerKeys::aDayLaterAnotherKeySignsAndTheOldOneIsGone()
{
    Ledger ledger = make();
    const auto first = ledger.epochKey();
    QVERIFY(ledger.append(note(1)));
    QVERIFY(ledger.epochKey() == first);
    m_clock.ahead = std::chrono::hours(25);
    const auto entry = ledger.append(note(2));
    QVERIFY(entry);
    QCOMPARE(entry->seq, std::int64_t{2});
    QCOMPARE(ledger.size(), std::int64_t{4});
    QVERIFY(ledger.epochKey() != first);
    QVERIFY(!keys().epochKey(ledger.origin(), first));
    QCOMPARE(ledger.checkpointedSize(), std::int64_t{4});
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.keys.rotations(), 1);
    QVERIFY(report.toText().find("2 epochs, 1 rotations OK, 0 revoked") != std::string::npos);
}

void TestLedgerKeys::theOldKeyIsNowhereInTheHome()
{
    Ledger ledger = make();
    const std::string old = toBase64(keys().epochKey(ledger.origin(), ledger.epochKey()).value().seed());
    QVERIFY(ledger.beginEpoch("asked"));
    for (const auto& file : std::filesystem::recursive_directory_iterator(home())) {
        if (file.is_regular_file())
            QVERIFY2(platform::readFile(file.path()).value().find(old) == std::string::npos, file.path().c_str());
    }
}

void TestLedgerKeys::aCrashBetweenTheSteps_data()
{
    QTest::addColumn<bool>("wasWritten");
    QTest::newRow("before the entry") << false;
    QTest::newRow("behind the entry") << true;
}

/// Both keys are there: the ledger tells which one counts, and the other one goes.
void TestLedgerKeys::aCrashBetweenTheSteps()
{
    QFETCH(const bool, wasWritten);
    const auto epochFile = home() / "keys" / "test.epoch";
    const auto nextFile = home() / "keys" / "test.epoch-next";
    crypto::PublicKey inForce;
    {
        Ledger ledger = make();
        const std::string before = platform::readFile(epochFile).value();
        if (wasWritten) {
            QVERIFY(ledger.beginEpoch("asked"));
            std::filesystem::rename(epochFile, nextFile);
            QVERIFY(platform::writeFileAtomically(epochFile, before));
        } else {
            QVERIFY(keys().keepNextEpoch(ledger.origin(), crypto::SigningKey::generate()));
        }
        inForce = ledger.epochKey();
    }
    auto again = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(again);
    QVERIFY(again->epochKey() == inForce);
    QVERIFY(!std::filesystem::exists(nextFile));
    QVERIFY(again->append(note(1)));
    QVERIFY(again->checkpoint());
    QCOMPARE(verify().exitStatus(), 0);
}

/// Found by CR-03: the disk failed between overwriting the old key and removing it.
void TestLedgerKeys::aKeyThatWasHalfErasedIsErased()
{
    const auto epochFile = home() / "keys" / "test.epoch";
    {
        Ledger ledger = make();
        QVERIFY(ledger.beginEpoch("asked"));
    }
    std::filesystem::rename(epochFile, home() / "keys" / "test.epoch-next");
    QVERIFY(platform::writeFileAtomically(epochFile, std::string(63, '\0')));
    auto again = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(again);
    QVERIFY(again->append(note(1)));
}

void TestLedgerKeys::withoutItsKeyTheLedgerIsNotWritten()
{
    static_cast<void>(make());
    std::filesystem::remove(home() / "keys" / "test.epoch");
    QVERIFY(Ledger::open(folder(), keys(), m_clock).error().code == ErrorCode::Untrusted);
    QCOMPARE(verify().exitStatus(), 0);
}

/// Whoever holds the key of the third epoch changes an entry of the first, chains everything anew, removes heads that no
/// longer fit and signs new ones.
void TestLedgerKeys::TL11_theKeyInForceCannotRewriteEarlierEpochs()
{
    makeThreeEpochs();
    const auto stolen = keys().epochKey("cordon.local/ledger/test", *verify().ledger.keys.current());
    QVERIFY(stolen);
    std::vector<LedgerEntry> entries;
    QVERIFY(eachEntry(folder(), 0, [&](const LedgerEntry& entry) {
        entries.push_back(entry);
        return true;
    }));
    const std::string header = platform::readFile(segment()).value().substr(0, 256);
    const auto rewrite = [&](std::size_t changed, bool alsoCertificates) {
        std::string bytes = header;
        Digest chain;
        MerkleTree tree;
        for (LedgerEntry entry : entries) {
            if (entry.seq == static_cast<std::int64_t>(changed))
                entry.data.set("number", 666);
            if (alsoCertificates && entry.type == "ledger.epoch") {
                auto note = crypto::SignedNote::parse(entry.data["certificate"].asString()).value();
                auto certificate = EpochCertificate::parse(note.text).value();
                certificate.root = tree.root();
                crypto::SignedNote forged{certificate.text(), {}};
                for (const auto name : {rootSigner, previousSigner, nextSigner})
                    forged.sign(name, *stolen); // the only key that the thief has
                entry.data.set("certificate", forged.toString());
            }
            const std::string encoded = encodeEntry(entry).value();
            crypto::Sha256 hash;
            const unsigned char prefix = 2;
            chain = hash.update(ByteView(&prefix, 1)).update(ByteView(chain.bytes)).update(encoded).digest();
            for (int shift = 24; shift >= 0; shift -= 8)
                bytes += static_cast<char>(encoded.size() >> static_cast<unsigned>(shift) & 0xffU);
            bytes += encoded;
            bytes.append(reinterpret_cast<const char*>(chain.bytes.data()), 32);
            tree.append(leafHash(encoded));
        }
        std::filesystem::remove_all(folder() / "ledger" / "checkpoints");
        std::filesystem::create_directories(folder() / "ledger" / "checkpoints");
        std::filesystem::remove(segment());
        QVERIFY(platform::writeFileAtomically(segment(), bytes));
        crypto::SignedNote head;
        head.text = "cordon.local/ledger/test\n" + std::to_string(tree.size()) + "\n" +
                    toBase64(ByteView(tree.root().bytes)) + "\n";
        head.sign("cordon.local/ledger/test", *stolen);
        QVERIFY(platform::writeFileAtomically(folder() / "ledger" / "checkpoints" / "00000012", head.toString()));
    };
    // On another machine, where only the root is known and no mark is.
    AuditOptions elsewhere;
    elsewhere.key = keys().pinned("cordon.local/ledger/test").value();
    elsewhere.checksEvidence = false;
    const auto firstBad = [&] {
        const auto report = LedgerAuditor(elsewhere).verify(folder()).value();
        return report.problems.empty() ? std::int64_t{-1} : report.problems.front().seq;
    };
    for (const bool alsoCertificates : {false, true}) {
        rewrite(1, alsoCertificates);
        QCOMPARE(firstBad(), std::int64_t{4}); // the certificate of the second epoch
        rewrite(6, alsoCertificates);
        QCOMPARE(firstBad(), alsoCertificates ? std::int64_t{4} : std::int64_t{8});
    }
    // What the stolen key can do: entries of its own epoch. Only an anchor tells.
    rewrite(10, false);
    QCOMPARE(firstBad(), std::int64_t{-1});
    QCOMPARE(verify().exitStatus(), 1);
}

void TestLedgerKeys::TL11_headsOfAnotherEpochDoNotCount()
{
    makeThreeEpochs();
    const auto report = verify();
    const auto key = keys().epochKey(report.ledger.origin, *report.ledger.keys.current());
    const auto head = folder() / "ledger" / "checkpoints" / "00000004";
    auto note = crypto::SignedNote::parse(platform::readFile(head).value()).value();
    note.signatures.clear();
    note.sign(report.ledger.origin, *key); // the right root under the key of a later epoch
    QVERIFY(platform::writeFileAtomically(head, note.toString()));
    QCOMPARE(verify().exitStatus(), 1);
}

/// As cases were before there were epochs: the case key is the genesis key and signs.
void TestLedgerKeys::anEarlyCaseGoesOnAndStillVerifies()
{
    const std::string origin = "cordon.local/ledger/test";
    {
        Ledger ledger = make();
    }
    const auto key = keys().caseKey(origin).value();
    LedgerEntry genesis = entryAt(folder(), 0).value();
    genesis.data = Value::Object{{"origin", origin}, {"public_key", key.publicKey().toString()}};
    const std::string encoded = encodeEntry(genesis).value();
    std::string bytes = platform::readFile(segment()).value().substr(0, 256);
    const unsigned char prefix = 2;
    crypto::Sha256 hash;
    const Digest chain = hash.update(ByteView(&prefix, 1)).update(ByteView(Digest().bytes)).update(encoded).digest();
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(encoded.size() >> static_cast<unsigned>(shift) & 0xffU);
    bytes += encoded;
    bytes.append(reinterpret_cast<const char*>(chain.bytes.data()), 32);
    std::filesystem::remove(segment());
    QVERIFY(platform::writeFileAtomically(segment(), bytes));
    crypto::SignedNote head;
    head.text = origin + "\n1\n" + toBase64(ByteView(leafHash(encoded).bytes)) + "\n";
    head.sign(origin, key);
    QVERIFY(platform::writeFileAtomically(folder() / "ledger" / "checkpoints" / "00000001", head.toString()));
    std::filesystem::remove_all(home() / "pinned");
    std::filesystem::remove(home() / "keys" / "test.epoch");
    QVERIFY(keys().pin(origin, key.publicKey()));
    QCOMPARE(verify().exitStatus(), 0);

    auto ledger = Ledger::open(folder(), keys(), m_clock);
    QVERIFY(ledger);
    QVERIFY(ledger->append(note(1)));
    QVERIFY(ledger->checkpoint());
    QCOMPARE(verify().exitStatus(), 0);
    QVERIFY(ledger->beginEpoch("asked"));
    QVERIFY(ledger->append(note(2)));
    QVERIFY(ledger->checkpoint());
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.keys.rotations(), 1);
    QVERIFY(*report.ledger.genesisKey == key.publicKey());
}

void TestLedgerKeys::ownersTakeAStolenKeyOutOfForce()
{
    const auto one = crypto::SigningKey::generate();
    const auto two = crypto::SigningKey::generate();
    Ledger ledger = make();
    QVERIFY(ledger.append(mandateOf({{"user:owner-a", one.publicKey()}, {"user:owner-b", two.publicKey()}})));
    const auto stolen = keys().epochKey(ledger.origin(), ledger.epochKey()).value();
    crypto::SignedNote order;
    order.text = ledger.draftRevocation().value();
    QVERIFY(ledger.append(note(1))); // people take their time, the case goes on
    order.sign("user:owner-a", one);
    order.sign("user:owner-b", two);
    QVERIFY(ledger.revoke(order.toString()));
    QVERIFY(ledger.epochKey() != stolen.publicKey());
    QVERIFY(ledger.append(note(2)));
    QVERIFY(ledger.checkpoint());
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.keys.revoked(), 1);

    // A head that the thief signs over the same tree is worth nothing.
    const auto head = folder() / "ledger" / "checkpoints" / "00000005";
    auto note = crypto::SignedNote::parse(platform::readFile(head).value()).value();
    note.signatures.clear();
    note.sign(ledger.origin(), stolen);
    QVERIFY(platform::writeFileAtomically(head, note.toString()));
    QCOMPARE(verify().exitStatus(), 1);
}

void TestLedgerKeys::aRevocationNeedsTwoOwners()
{
    const auto one = crypto::SigningKey::generate();
    const auto two = crypto::SigningKey::generate();
    Ledger ledger = make();
    crypto::SignedNote order;
    order.text = ledger.draftRevocation().value();
    order.sign("user:owner-a", one);
    QVERIFY(ledger.revoke(order.toString()).error().code == ErrorCode::Untrusted); // no owner is known
    QVERIFY(ledger.append(mandateOf({{"user:owner-a", one.publicKey()}, {"user:owner-b", two.publicKey()}})));
    QVERIFY(ledger.revoke(order.toString()).error().code == ErrorCode::Untrusted);
    order.sign("user:owner-b", one); // twice the same person
    QVERIFY(ledger.revoke(order.toString()).error().code == ErrorCode::Untrusted);
    order.signatures.pop_back();
    order.sign("user:owner-b", two);
    QVERIFY(ledger.revoke(order.toString()));
    QVERIFY(!ledger.revoke(order.toString()));
    QCOMPARE(verify().exitStatus(), 0);
}

void TestLedgerKeys::whereTheLedgerNamesNobodyTheOrderNamesTheOwners_data()
{
    QTest::addColumn<QString>("named");   // letters of the owners whom the order names
    QTest::addColumn<QString>("signedBy");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("two of three") << "abc" << "ac" << true;
    QTest::newRow("the only one") << "a" << "a" << true;
    QTest::newRow("one of two") << "ab" << "a" << false;
    QTest::newRow("somebody who is not named") << "ab" << "ac" << false;
    QTest::newRow("out of order") << "ba" << "ab" << false;
    QTest::newRow("one named twice") << "aa" << "a" << false;
    QTest::newRow("nobody named") << "" << "ab" << false;
}

void TestLedgerKeys::whereTheLedgerNamesNobodyTheOrderNamesTheOwners()
{
    QFETCH(QString, named);
    QFETCH(QString, signedBy);
    QFETCH(bool, isTaken);
    std::map<QChar, crypto::SigningKey> owners;
    for (const QChar letter : QStringLiteral("abc"))
        owners.emplace(letter, crypto::SigningKey::generate());
    const auto idOf = [](QChar letter) { return "user:owner-" + QString(letter).toStdString(); };
    Ledger ledger = make();
    crypto::SignedNote order;
    order.text = ledger.draftRevocation().value();
    for (const QChar letter : named)
        order.text += "owner " + idOf(letter) + " " + owners.at(letter).publicKey().toString() + "\n";
    for (const QChar letter : signedBy)
        order.sign(idOf(letter), owners.at(letter));
    QCOMPARE(ledger.revoke(order.toString()).has_value(), isTaken);
    QVERIFY(ledger.append(note(1)));
    QVERIFY(ledger.checkpoint());
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.keys.revoked(), isTaken ? 1 : 0);
}

void TestLedgerKeys::nobodyWritesACertificateIntoTheLedgerByHand()
{
    Ledger ledger = make();
    LedgerDraft draft = note(1);
    draft.type = "ledger.epoch";
    QVERIFY(ledger.append(std::move(draft)).error().code == ErrorCode::Untrusted);
    QCOMPARE(ledger.size(), std::int64_t{1});
}

QTEST_GUILESS_MAIN(TestLedgerKeys)
#include "tst_ledger_keys.moc"
