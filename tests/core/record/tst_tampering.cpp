#include "tests/core/record/audited_case.h"

#include "core/crypto/sha256.h"
#include "core/record/entry_codec.h"

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

namespace {

/// Under the address sanitizer a tenfold slower run takes one bit of each byte; every other run takes all of them.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool isSlow = true;
#elif defined(__has_feature)
constexpr bool isSlow = __has_feature(address_sanitizer);
#else
constexpr bool isSlow = false;
#endif

/// What a forger without the log key can do: frames with a chain that fits.
std::string chained(const std::string& header, const std::vector<std::string>& entries)
{
    std::string segment = header;
    std::string chain(32, '\0');
    for (const std::string& entry : entries) {
        const Digest digest = crypto::sha256("\x02" + chain + entry);
        chain.assign(reinterpret_cast<const char*>(digest.bytes.data()), 32);
        for (int shift = 24; shift >= 0; shift -= 8)
            segment += static_cast<char>(entry.size() >> static_cast<unsigned>(shift) & 0xffU);
        segment += entry + chain;
    }
    return segment;
}

/// The same entries, numbered again from 0.
std::vector<std::string> renumbered(const std::vector<std::string>& entries)
{
    std::vector<std::string> numbered;
    for (const std::string& entry : entries) {
        LedgerEntry decoded = decodeEntry(entry).value();
        decoded.seq = static_cast<std::int64_t>(numbered.size());
        numbered.push_back(encodeEntry(decoded).value());
    }
    return numbered;
}

/// Frames as they were, in another order: their own lengths and chain hashes.
std::string shuffled(const std::string& segment, const std::vector<std::size_t>& order)
{
    std::vector<std::string> frames;
    for (std::size_t at = headerSize; const std::string& entry : entriesOf(segment)) {
        frames.push_back(segment.substr(at, entry.size() + 36));
        at += entry.size() + 36;
    }
    std::string result = segment.substr(0, headerSize);
    for (const std::size_t index : order)
        result += frames[index];
    return result;
}

} // namespace

class TestTampering : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<AuditedCase>(); }

    // TL-01
    void TL01_everyFlippedBitOfTheSegmentIsTampering();
    // TL-01
    void TL01_everyFlippedBitOfACheckpointIsTampering();
    // TL-01
    void TL01_everyFlippedBitOfAnEvidenceObjectIsTampering();
    // TL-01
    void TL01_everyFlippedBitOfPinnedFilesIsSeen();
    // TL-02
    void TL02_everyTruncationIsTampering();
    // TL-02
    void TL02_truncatedEvidenceIsTampering();
    // TL-03
    void TL03_aDeletedEntryIsTampering();
    // TL-04
    void TL04_swappedEntriesAreTampering();
    // TL-05
    void TL05_aDuplicatedEntryIsTampering();
    // TL-06
    void TL06_aForgedEntryIsTampering();
    // TL-07
    void TL07_aChainMadeAnewWithoutTheKeyIsTampering();
    // TL-08
    void TL08_anEarlierStateIsSeenThroughTheMark();
    // TL-10
    void TL10_anotherLogKeyIsTampering();
    // TL-12
    void TL12_linksAndTrailingBytesAreTampering();
    // TL-13
    void TL13_swappedEvidenceIsTampering();

private:
    /// Flips every bit of a file in turn. @return bits whose verdict was not among the expected ones
    [[nodiscard]] int flipEveryBit(const platform::Path& path, bool withEvidence,
                                   const std::vector<int>& expected) const;
    std::unique_ptr<AuditedCase> m_case;
};

int TestTampering::flipEveryBit(const platform::Path& path, bool withEvidence, const std::vector<int>& expected) const
{
    const std::string whole = AuditedCase::read(path);
    std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
    int undetected = 0;
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return -1;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            if (isSlow && bit != at % 8)
                continue;
            const char flipped = static_cast<char>(static_cast<unsigned char>(whole[at]) ^ (1U << bit));
            file.seek(static_cast<qint64>(at));
            file.write(&flipped, 1);
            const int status = m_case->verify(withEvidence).exitStatus();
            if (std::find(expected.begin(), expected.end(), status) == expected.end()) {
                ++undetected;
                qWarning() << "byte" << at << "bit" << bit << "gave" << status;
            }
        }
        file.seek(static_cast<qint64>(at));
        file.write(&whole[at], 1);
    }
    return undetected;
}

void TestTampering::TL01_everyFlippedBitOfTheSegmentIsTampering()
{
    QCOMPARE(flipEveryBit(m_case->segment(), false, {1}), 0);
}

void TestTampering::TL01_everyFlippedBitOfACheckpointIsTampering()
{
    QCOMPARE(flipEveryBit(m_case->checkpoint(), false, {1}), 0);
    QCOMPARE(flipEveryBit(m_case->checkpoint().parent_path() / "00000001", false, {1}), 0);
}

void TestTampering::TL01_everyFlippedBitOfAnEvidenceObjectIsTampering()
{
    const EvidenceVault vault = m_case->vault();
    QCOMPARE(flipEveryBit(vault.pathOf(m_case->object), true, {1}), 0);
    QCOMPARE(flipEveryBit(vault.pathOf(m_case->packed), true, {1}), 0);
}

void TestTampering::TL01_everyFlippedBitOfPinnedFilesIsSeen()
{
    for (const auto& file : std::filesystem::directory_iterator(m_case->home() / "pinned"))
        QCOMPARE(flipEveryBit(file.path(), false, {1, 3}), 0);
}

void TestTampering::TL02_everyTruncationIsTampering()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::filesystem::resize_file(m_case->segment(), size);
        const int status = m_case->verify().exitStatus();
        AuditedCase::put(m_case->segment(), whole);
        QVERIFY2(status == 1, qPrintable(QString("cut at %1 gave %2").arg(size).arg(status)));
    }
}

void TestTampering::TL02_truncatedEvidenceIsTampering()
{
    const auto path = m_case->vault().pathOf(m_case->object);
    const std::string whole = AuditedCase::read(path);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        AuditedCase::put(path, std::string_view(whole).substr(0, size));
        QCOMPARE(m_case->verify(true).exitStatus(), 1);
    }
}

void TestTampering::TL03_aDeletedEntryIsTampering()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    for (std::size_t gone = 0; gone < 10; ++gone) {
        std::vector<std::size_t> order;
        auto kept = entriesOf(whole);
        for (std::size_t i = 0; i < 10; ++i) {
            if (i != gone)
                order.push_back(i);
        }
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(gone));
        AuditedCase::put(m_case->segment(), shuffled(whole, order));
        QCOMPARE(m_case->verify().exitStatus(), 1);
        AuditedCase::put(m_case->segment(), chained(whole.substr(0, headerSize), kept));
        QCOMPARE(m_case->verify().exitStatus(), 1);
        AuditedCase::put(m_case->segment(), chained(whole.substr(0, headerSize), renumbered(kept)));
        QCOMPARE(m_case->verify().exitStatus(), 1);
    }
}

void TestTampering::TL04_swappedEntriesAreTampering()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    for (std::size_t a = 0; a < 10; ++a) {
        for (std::size_t b = a + 1; b < 10; ++b) {
            std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            std::swap(order[a], order[b]);
            AuditedCase::put(m_case->segment(), shuffled(whole, order));
            QCOMPARE(m_case->verify().exitStatus(), 1);
            auto swapped = entriesOf(whole);
            std::swap(swapped[a], swapped[b]);
            AuditedCase::put(m_case->segment(), chained(whole.substr(0, headerSize), renumbered(swapped)));
            QCOMPARE(m_case->verify().exitStatus(), 1);
        }
    }
}

void TestTampering::TL05_aDuplicatedEntryIsTampering()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    for (std::size_t twice = 0; twice < 10; ++twice) {
        std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        order.insert(order.begin() + static_cast<std::ptrdiff_t>(twice), twice);
        AuditedCase::put(m_case->segment(), shuffled(whole, order));
        QCOMPARE(m_case->verify().exitStatus(), 1);
        auto doubled = entriesOf(whole);
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(twice), std::string(doubled[twice]));
        AuditedCase::put(m_case->segment(), chained(whole.substr(0, headerSize), renumbered(doubled)));
        // A copy at the very end lies above every signed head: it is no contradiction, but nothing vouches for it.
        QCOMPARE(m_case->verify().exitStatus(), twice == 9 ? 2 : 1);
    }
}

void TestTampering::TL06_aForgedEntryIsTampering()
{
    const auto honest = m_case->entries();
    for (std::size_t at = 1; at < honest.size(); ++at) {
        auto forged = honest;
        LedgerEntry entry = decodeEntry(honest[2]).value();
        entry.data = Value::Object{{"forged", true}};
        forged.insert(forged.begin() + static_cast<std::ptrdiff_t>(at), encodeEntry(entry).value());
        AuditedCase::put(m_case->segment(), chained(m_case->header(), renumbered(forged)));
        QCOMPARE(m_case->verify().exitStatus(), 1);
    }
}

// MAESTRO L5
void TestTampering::TL07_aChainMadeAnewWithoutTheKeyIsTampering()
{
    auto forged = m_case->entries();
    LedgerEntry entry = decodeEntry(forged[5]).value();
    entry.data = Value::Object{{"n", 500}};
    forged[5] = encodeEntry(entry).value();
    AuditedCase::put(m_case->segment(), chained(m_case->header(), forged));
    QCOMPARE(m_case->verify().exitStatus(), 1);

    // Without checkpoints and mark nothing contradicts it any more, but nothing vouches for it either.
    std::filesystem::remove(m_case->checkpoint());
    QCOMPARE(m_case->verify().exitStatus(), 1);
    QCOMPARE(m_case->verifyElsewhere(m_case->key).exitStatus(), 2);
}

void TestTampering::TL08_anEarlierStateIsSeenThroughTheMark()
{
    // Back to the first checkpoint: everything in the case fits.
    auto first = m_case->entries();
    first.resize(1);
    AuditedCase::put(m_case->segment(), chained(m_case->header(), first));
    std::filesystem::remove(m_case->checkpoint());
    QCOMPARE(m_case->verify().exitStatus(), 1);
    const VerifyReport report = m_case->verifyElsewhere(m_case->key);
    QCOMPARE(report.exitStatus(), 0);
    QVERIFY(report.toText().find("ROLLBACK: UNPROVEN") != std::string::npos);
}

void TestTampering::TL10_anotherLogKeyIsTampering()
{
    // A whole case under the same origin, made by somebody else.
    auto forged = m_case->entries();
    LedgerEntry genesis = decodeEntry(forged[0]).value();
    const auto key = crypto::SigningKey::generate();
    const auto epochKey = crypto::SigningKey::generate();
    genesis.data.set("public_key", key.publicKey().toString());
    EpochCertificate first{genesis.data["origin"].asString(), 1, epochKey.publicKey(), {}, 0, MerkleTree().root(), "first"};
    crypto::SignedNote certificate{first.text(), {}};
    certificate.sign(rootSigner, key);
    certificate.sign(nextSigner, epochKey);
    genesis.data.set("epoch", certificate.toString());
    forged[0] = encodeEntry(genesis).value();
    AuditedCase::put(m_case->segment(), chained(m_case->header(), forged));
    const std::string origin = genesis.data["origin"].asString();
    MerkleTree tree;
    for (const std::string& entry : forged) {
        tree.append(leafHash(entry));
        crypto::SignedNote note;
        note.text = origin + "\n" + std::to_string(tree.size()) + "\n" + toBase64(ByteView(tree.root().bytes)) + "\n";
        note.sign(origin, epochKey);
        if (tree.size() == 1)
            AuditedCase::put(m_case->checkpoint().parent_path() / "00000001", note.toString());
        if (tree.size() == 10)
            AuditedCase::put(m_case->checkpoint(), note.toString());
    }
    QCOMPARE(m_case->verify().exitStatus(), 1);
    AuditOptions stranger;
    stranger.checksEvidence = false;
    QCOMPARE(m_case->verifyWith(stranger).exitStatus(), 3);
    stranger.key = key.publicKey();
    QCOMPARE(m_case->verifyWith(stranger).exitStatus(), 0);
    // The key of the true case was given: this is not that case. Or the key is wrong, which nobody here can tell.
    stranger.key = m_case->key;
    const VerifyReport other = m_case->verifyWith(stranger);
    QCOMPARE(other.exitStatus(), 3);
    QVERIFY(!other.isPinned && other.doubts == std::vector<std::string>{std::string(otherKeyWords)});
}

void TestTampering::TL12_linksAndTrailingBytesAreTampering()
{
    const std::string whole = AuditedCase::read(m_case->segment());
    AuditedCase::put(m_case->segment(), whole + std::string(40, '\x7f'));
    QCOMPARE(m_case->verify().exitStatus(), 1);
    // What a power loss leaves of a group that was never acknowledged: incomplete, and never sound.
    AuditedCase::put(m_case->segment(), whole + std::string(40, '\0'));
    QCOMPARE(m_case->verify().exitStatus(), 2);
    AuditedCase::put(m_case->segment(), whole);
    QCOMPARE(m_case->verify().exitStatus(), 0);
    std::filesystem::rename(m_case->segment(), m_case->folder() / "elsewhere");
    std::filesystem::create_symlink(m_case->folder() / "elsewhere", m_case->segment());
    QCOMPARE(m_case->verify().exitStatus(), 1);
}

void TestTampering::TL13_swappedEvidenceIsTampering()
{
    const EvidenceVault vault = m_case->vault();
    const std::string other = AuditedCase::read(vault.pathOf(m_case->packed));
    AuditedCase::put(vault.pathOf(m_case->object), other);
    const VerifyReport report = m_case->verify(true);
    QCOMPARE(report.exitStatus(), 1);
    QCOMPARE(report.problems.front().seq, std::int64_t{1});
    QVERIFY(report.problems.front().file.find(m_case->object.hex()) != std::string::npos);

    std::filesystem::remove(vault.pathOf(m_case->object));
    std::filesystem::create_symlink(vault.pathOf(m_case->packed), vault.pathOf(m_case->object));
    QCOMPARE(m_case->verify(true).exitStatus(), 1);
}

QTEST_GUILESS_MAIN(TestTampering)
#include "tst_tampering.moc"
