#include "core/record/head_anchor.h"

#include "core/keyring/secret_service.h"
#include "core/record/ledger.h"
#include "core/record/ledger_auditor.h"
#include "core/record/tlog_proof.h"
#include "tests/support/own_keyring.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace cordon;
using namespace cordon::record;

namespace {

/// A keyring in memory.
class MemoryStore : public crypto::SecretStore
{
public:
    explicit MemoryStore(std::map<std::string, std::string>& kept, bool isUnlocked = true)
        : m_kept(kept)
        , m_isUnlocked(isUnlocked)
    {}
    [[nodiscard]] Result<crypto::SecretBytes> find(const std::string& label) override
    {
        const auto at = m_kept.find(label);
        if (!m_isUnlocked || at == m_kept.end())
            return fail(m_isUnlocked ? ErrorCode::NotFound : ErrorCode::Cancelled, "none");
        return crypto::SecretBytes::copyOf(at->second);
    }
    [[nodiscard]] Result<void> keep(const std::string& label, const crypto::SecretBytes& secret) override
    {
        if (!m_isUnlocked)
            return fail(ErrorCode::Cancelled, "a dialog was closed");
        m_kept[label] = std::string(secret.text());
        return {};
    }
    [[nodiscard]] Result<void> forget(const std::string& label) override
    {
        m_kept.erase(label);
        return {};
    }
    [[nodiscard]] bool isUnlocked() override { return m_isUnlocked; }

private:
    std::map<std::string, std::string>& m_kept;
    bool m_isUnlocked;
};

} // namespace

/// What vouches for a ledger from outside the case: copies of heads, cosignatures of approvers, proofs that travel.
class TestHeadAnchor : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void everyHeadIsCopied();
    void aDiskThatIsNotThereKeepsNothingOut();
    // TL-08
    void TL08_everyEarlierStateIsSeenThroughTheCopies();
    // TL-08
    void TL08_withoutAnAnchorTheReportSaysSo();
    // TL-08
    void TL08_theKeyringTellsOfAnEarlierState();
    void aLockedKeyringAsksNobody();
    void whatIsNoHeadInTheKeyringIsTold();
    // TL-09
    void TL09_aForkIsShownWithBothHeads();
    void aLogSignsNothingThatForksFromWhatItSigned();
    void anApproversCosignatureIsCounted();
    // TL-10
    void TL10_aCosignatureUnderAnotherKeyIsTampering();
    // TL-10
    void TL10_aKeyIdAloneConvincesNobody();
    void aProofHoldsForWhoTrustsTheGenesisKey();
    void everyByteOfAProofCounts();
    void aProofNeedsASignedHead();

private:
    [[nodiscard]] platform::Path at(const char* name) const { return m_temporary->filePath(name).toStdString(); }
    [[nodiscard]] LogKeys keys() const { return LogKeys(at("home")); }
    Ledger make() { return Ledger::create(at("case"), origin, Value::Object{{"exercise", true}}, keys(), m_clock).value(); }
    static LedgerDraft note(int number)
    {
        LedgerDraft draft;
        draft.type = "note";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = Value::Object{{"number", number}};
        return draft;
    }
    LedgerDraft people(const crypto::PublicKey& key)
    {
        LedgerDraft draft = note(0);
        draft.type = "mandate.in_force";
        const Value person =
            Value::Object{{"id", "user:commander-b"}, {"key", key.toString()}, {"roles", Value::Array{"commander"}}};
        draft.data = Value::Object{{"people", Value::Object{{"people", Value::Array{person}}}}};
        return draft;
    }
    [[nodiscard]] VerifyReport verify(const char* home = "home") const
    {
        AuditOptions options;
        options.home = at(home);
        options.checksEvidence = false;
        return LedgerAuditor(options).verify(at("case")).value();
    }
    void copyCase(const char* from, const char* to) const
    {
        std::filesystem::remove_all(at(to));
        std::filesystem::copy(at(from), at(to), std::filesystem::copy_options::recursive);
    }
    static std::string cosignatureOver(const Checkpoint& head, const crypto::SigningKey& key)
    {
        crypto::SignedNote note{crypto::headText(origin, head.size, head.root), {}};
        note.cosign("cordon.local/approver/commander-b", key, 1'800'000'000);
        return note.signatureLines();
    }

    static constexpr const char* origin = "cordon.local/ledger/test";
    MachineClock m_clock;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestHeadAnchor::everyHeadIsCopied()
{
    std::filesystem::create_directories(at("usb"));
    QVERIFY(setAnchorSettings(at("home"), {{at("usb")}}));
    Ledger ledger = make();
    QVERIFY(ledger.append(note(1)));
    const auto head = ledger.checkpoint().value();
    QCOMPARE(platform::readFile(at("usb") / "cordon.local_ledger_test" / "00000002").value(), head.note);
    const HighWaterMark kept = CheckpointCopies(at("usb")).newest(origin).value().value();
    QVERIFY((kept == HighWaterMark{2, head.root}));
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QVERIFY(report.toText().find("copies in " + at("usb").string() + " size 2 MATCH") != std::string::npos);
    QVERIFY(!CheckpointCopies(at("usb")).newest("cordon.local/ledger/other").value());
}

void TestHeadAnchor::aDiskThatIsNotThereKeepsNothingOut()
{
    QVERIFY(setAnchorSettings(at("home"), {{at("usb")}}));
    Ledger ledger = make();
    QVERIFY(ledger.append(note(1)));
    QVERIFY(ledger.checkpoint());
    QVERIFY(!std::filesystem::exists(at("usb"))); // nothing is made up in its place
    QCOMPARE(verify().exitStatus(), 0);
}

void TestHeadAnchor::TL08_everyEarlierStateIsSeenThroughTheCopies()
{
    std::filesystem::create_directories(at("usb"));
    QVERIFY(setAnchorSettings(at("home"), {{at("usb")}}));
    {
        Ledger ledger = make();
        for (int i = 1; i <= 5; ++i) {
            copyCase("case", ("state" + std::to_string(i)).c_str());
            QVERIFY(ledger.append(note(i)));
            QVERIFY(ledger.checkpoint());
        }
    }
    std::filesystem::remove(at("home") / "pinned" / "cordon.local_ledger_test.mark"); // the copies alone tell
    QCOMPARE(verify().exitStatus(), 0);
    for (int i = 1; i <= 5; ++i) {
        copyCase(("state" + std::to_string(i)).c_str(), "case");
        const VerifyReport report = verify();
        QCOMPARE(report.exitStatus(), 1);
        QVERIFY(report.problems.front().what.find("shorter than an anchor") != std::string::npos);
    }
}

void TestHeadAnchor::TL08_withoutAnAnchorTheReportSaysSo()
{
    {
        Ledger ledger = make();
        copyCase("case", "earlier");
        QVERIFY(ledger.append(note(1)));
        QVERIFY(ledger.checkpoint());
    }
    copyCase("earlier", "case");
    AuditOptions elsewhere;
    elsewhere.key = keys().pinned(origin).value();
    elsewhere.checksEvidence = false;
    const VerifyReport report = LedgerAuditor(elsewhere).verify(at("case")).value();
    QCOMPARE(report.exitStatus(), 0);
    QVERIFY(report.toText().find("ROLLBACK: UNPROVEN") != std::string::npos);
    elsewhere.requiresAnchor = true;
    QCOMPARE(LedgerAuditor(elsewhere).verify(at("case"))->exitStatus(), 3);
}

/// Two tails from one prefix, both signed by the real key.
/// The real one, on a bus and in a home of its own, so that nobody's keyring is touched.
void TestHeadAnchor::TL08_theKeyringTellsOfAnEarlierState()
{
    GO_ON_IN_OWN_KEYRING(TL08_theKeyringTellsOfAnEarlierState)
    const auto store = keyring::secretService();
    if (!store)
        QSKIP("this build has no libsecret");
    QVERIFY(store->keep("first", crypto::SecretBytes::copyOf("makes the collection"))); // as a desktop has one
    QVERIFY(store->isUnlocked());
    QVERIFY(setAnchorSettings(at("home"), {{}, true}));
    {
        Ledger ledger = make();
        QVERIFY(ledger.append(note(1)));
        QVERIFY(ledger.checkpoint());
        copyCase("case", "earlier");
        QVERIFY(ledger.append(note(2)));
        QVERIFY(ledger.checkpoint());
    }
    std::filesystem::remove(at("home") / "pinned" / "cordon.local_ledger_test.mark"); // the keyring alone tells
    const VerifyReport now = verify();
    QVERIFY2(now.exitStatus() == 0 && now.toText().find("secret service size 3 MATCH") != std::string::npos, now.toText().c_str());
    copyCase("earlier", "case");
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 1);
    QVERIFY(report.problems.front().what.find("shorter than an anchor") != std::string::npos);
}

void TestHeadAnchor::aLockedKeyringAsksNobody()
{
    std::map<std::string, std::string> kept;
    KeyringHeads locked(std::make_unique<MemoryStore>(kept, false));
    QVERIFY(locked.newest(origin) && !*locked.newest(origin));
    QVERIFY(locked.keep(origin, {}).error().code == ErrorCode::Denied);
    KeyringHeads none(nullptr);
    QVERIFY(none.newest(origin) && !*none.newest(origin));
    QVERIFY(none.keep(origin, {}).error().code == ErrorCode::NotFound);
}

void TestHeadAnchor::whatIsNoHeadInTheKeyringIsTold()
{
    std::map<std::string, std::string> kept{{"head of " + std::string(origin), "hello"}};
    KeyringHeads heads(std::make_unique<MemoryStore>(kept));
    QVERIFY(heads.newest(origin).error().code == ErrorCode::Corrupt);
}

void TestHeadAnchor::TL09_aForkIsShownWithBothHeads()
{
    std::filesystem::create_directories(at("usb"));
    QVERIFY(setAnchorSettings(at("home"), {{at("usb")}}));
    static_cast<void>(make());
    copyCase("case", "fork");
    copyCase("home", "forkhome");
    QVERIFY(setAnchorSettings(at("forkhome"), {}));
    Digest one;
    Digest other;
    {
        Ledger ledger = Ledger::open(at("case"), keys(), m_clock).value();
        QVERIFY(ledger.append(note(1)));
        one = ledger.checkpoint()->root;
        Ledger forked = Ledger::open(at("fork"), LogKeys(at("forkhome")), m_clock).value();
        QVERIFY(forked.append(note(2)));
        other = forked.checkpoint()->root;
    }
    copyCase("fork", "case");
    std::filesystem::remove(at("home") / "pinned" / "cordon.local_ledger_test.mark");
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 1);
    const std::string& what = report.problems.front().what;
    QVERIFY(what.find(toBase64(ByteView(one.bytes))) != std::string::npos);
    QVERIFY(what.find(toBase64(ByteView(other.bytes))) != std::string::npos);
}

void TestHeadAnchor::aLogSignsNothingThatForksFromWhatItSigned()
{
    static_cast<void>(make());
    copyCase("case", "fork");
    Ledger ledger = Ledger::open(at("case"), keys(), m_clock).value();
    Ledger forked = Ledger::open(at("fork"), keys(), m_clock).value();
    QVERIFY(ledger.append(note(1)));
    QVERIFY(ledger.checkpoint());
    QVERIFY(forked.append(note(2)));
    QVERIFY(forked.checkpoint().error().code == ErrorCode::Untrusted);
    QVERIFY(!std::filesystem::exists(at("fork") / "ledger" / "checkpoints" / "00000002"));
}

void TestHeadAnchor::anApproversCosignatureIsCounted()
{
    const auto approver = crypto::SigningKey::generate();
    Ledger ledger = make();
    QVERIFY(ledger.append(people(approver.publicKey())));
    const auto head = ledger.checkpoint().value();
    const std::string line = cosignatureOver(head, approver);
    const std::string name = "cordon.local/approver/commander-b";
    QVERIFY(ledger.append(note(1)));
    QVERIFY(ledger.addCosignature(2, line, name, approver.publicKey()));
    QVERIFY(ledger.addCosignature(2, line, name, approver.publicKey())); // once is enough
    QVERIFY(ledger.addCosignature(3, line, name, approver.publicKey()).error().code == ErrorCode::NotFound);
    QVERIFY(ledger.addCosignature(1, line, name, approver.publicKey()).error().code == ErrorCode::Untrusted);
    QVERIFY(ledger.checkpoint());
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.ledger.cosignatures, 1);
    QVERIFY(report.toText().find("1 approver cosignatures OK") != std::string::npos);
}

void TestHeadAnchor::TL10_aCosignatureUnderAnotherKeyIsTampering()
{
    const auto approver = crypto::SigningKey::generate();
    const auto other = crypto::SigningKey::generate();
    Ledger ledger = make();
    QVERIFY(ledger.append(people(approver.publicKey())));
    const auto head = ledger.checkpoint().value();
    const std::string line = cosignatureOver(head, other);
    QVERIFY(ledger.addCosignature(2, line, "cordon.local/approver/commander-b", approver.publicKey()).error().code ==
            ErrorCode::Untrusted);
    QVERIFY(platform::writeFileAtomically(at("case") / "ledger" / "checkpoints" / "00000002", head.note + line));
    QCOMPARE(verify().exitStatus(), 1);
}

/// Four bytes collide easily: a line that names the approver's key id over another key's signature.
void TestHeadAnchor::TL10_aKeyIdAloneConvincesNobody()
{
    const auto approver = crypto::SigningKey::generate();
    const auto other = crypto::SigningKey::generate();
    Ledger ledger = make();
    QVERIFY(ledger.append(people(approver.publicKey())));
    const auto head = ledger.checkpoint().value();
    crypto::SignedNote note{crypto::headText(origin, head.size, head.root), {}};
    note.cosign("cordon.local/approver/commander-b", other, 1'800'000'000);
    note.signatures[0].keyId = crypto::noteKeyId("cordon.local/approver/commander-b", approver.publicKey(), 4);
    QVERIFY(platform::writeFileAtomically(at("case") / "ledger" / "checkpoints" / "00000002",
                                          head.note + note.signatureLines()));
    QCOMPARE(verify().exitStatus(), 1);

    crypto::SignedNote forged{crypto::headText(origin, head.size, head.root), {}};
    forged.sign(origin, other);
    forged.signatures[0].keyId = crypto::noteKeyId(origin, ledger.epochKey());
    QVERIFY(platform::writeFileAtomically(at("case") / "ledger" / "checkpoints" / "00000002", forged.toString()));
    QCOMPARE(verify().exitStatus(), 1);
}

void TestHeadAnchor::aProofHoldsForWhoTrustsTheGenesisKey()
{
    Ledger ledger = make();
    for (int i = 1; i <= 20; ++i) {
        QVERIFY(ledger.append(note(i)));
        if (i == 10)
            QVERIFY(ledger.beginEpoch("asked"));
    }
    QVERIFY(ledger.checkpoint());
    for (std::int64_t seq = 0; seq < ledger.size(); ++seq) {
        const auto proof = tlogProof(at("case"), seq);
        QVERIFY2(proof, proof ? "" : proof.error().detail.c_str());
        QVERIFY(proof->starts_with("c2sp.org/tlog-proof@v1\n"));
        const auto proven = readTlogProof(*proof, ledger.publicKey());
        QVERIFY2(proven, proven ? "" : proven.error().detail.c_str());
        QCOMPARE(proven->seq, seq);
        QCOMPARE(proven->origin, std::string(origin));
        QVERIFY(proven->entry.find("\"seq\":" + std::to_string(seq) + ",") != std::string::npos);
        QVERIFY(readTlogProof(*proof, crypto::SigningKey::generate().publicKey()).error().code == ErrorCode::Untrusted);
    }
}

void TestHeadAnchor::everyByteOfAProofCounts()
{
    Ledger ledger = make();
    for (int i = 1; i <= 5; ++i)
        QVERIFY(ledger.append(note(i)));
    QVERIFY(ledger.checkpoint());
    const std::string proof = tlogProof(at("case"), 3).value();
    for (std::size_t i = 0; i < proof.size(); ++i) {
        std::string changed = proof;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto proven = readTlogProof(changed, ledger.publicKey());
        QVERIFY2(!proven, qPrintable(QString("byte %1").arg(i)));
        QVERIFY(!readTlogProof(proof.substr(0, i), ledger.publicKey()));
    }
}

void TestHeadAnchor::aProofNeedsASignedHead()
{
    Ledger ledger = make();
    QVERIFY(ledger.append(note(1)));
    QVERIFY(tlogProof(at("case"), 1).error().code == ErrorCode::NotFound);
    QVERIFY(tlogProof(at("case"), 2).error().code == ErrorCode::NotFound);
    QVERIFY(ledger.checkpoint());
    QVERIFY(tlogProof(at("case"), 1));
}

QTEST_GUILESS_MAIN(TestHeadAnchor)
#include "tst_head_anchor.moc"
