#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/platform/file.h"
#include "core/record/entry_codec.h"
#include "core/record/frame_reader.h"
#include "core/record/governance_audit.h"
#include "core/record/merkle_tree.h"
#include "core/value/json.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::record;

/// Vectors of the format, made by another implementation.
class TestVectors : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void entriesDecodeAndEncodeToTheSameBytes();
    void leafHashesAndRoot();
    void framesAndChain();
    void inclusionPath();
    void checkpointSignaturesVerifyAndAreMadeAlike();
    void theAuditorAgreesWithActionDigestAndApprovalSignature();

private:
    [[nodiscard]] std::string text(const char* key) const { return m_vectors[key].asString(); }
    [[nodiscard]] std::string bytes(const char* key) const { return fromHex(text(key)).value(); }
    [[nodiscard]] crypto::SigningKey key(const char* seed) const
    {
        return crypto::SigningKey::fromSeed(bytesOf(bytes(seed))).value();
    }
    [[nodiscard]] std::vector<std::string> list(const char* key) const
    {
        std::vector<std::string> items;
        for (const Value& item : m_vectors[key].asArray())
            items.push_back(item.asString());
        return items;
    }
    Value m_vectors;
};

void TestVectors::initTestCase()
{
    const auto file = platform::readFile(CORDON_SOURCE_DIR "/tests/core/record/vectors.json");
    QVERIFY(file);
    auto parsed = json::parse(*file);
    QVERIFY(parsed);
    m_vectors = std::move(*parsed);
    QCOMPARE(list("entries_jcs").size(), std::size_t{5});
}

void TestVectors::entriesDecodeAndEncodeToTheSameBytes()
{
    for (const std::string& entry : list("entries_jcs")) {
        const auto decoded = decodeEntry(entry);
        QVERIFY2(decoded, decoded ? "" : decoded.error().detail.c_str());
        QCOMPARE(encodeEntry(*decoded).value(), entry);
    }
}

// TL-16
void TestVectors::leafHashesAndRoot()
{
    MerkleTree tree;
    const auto hashes = list("leaf_hashes");
    std::size_t i = 0;
    for (const std::string& entry : list("entries_jcs")) {
        QCOMPARE(leafHash(entry).hex(), hashes[i++]);
        tree.append(leafHash(entry));
    }
    QCOMPARE(tree.root().hex(), text("root"));
}

void TestVectors::framesAndChain()
{
    const std::string origin = "cordon.local/ledger/demo";
    std::string segment = std::string("CORDLOG1") + std::string(40, '\0') + std::string("\0\x18", 2) + origin;
    segment.resize(224, '\0');
    const Digest check = crypto::sha256(segment);
    segment.append(reinterpret_cast<const char*>(check.bytes.data()), 32);
    segment += bytes("segment_frames_hex");

    const QTemporaryDir folder;
    const platform::Path path = folder.path().toStdString();
    QVERIFY(platform::makeFolders(path / "ledger"));
    QVERIFY(platform::writeFileAtomically(path / "ledger" / "00000001.log", segment));
    auto reader = FrameReader::open(path);
    QVERIFY(reader);
    const auto entries = list("entries_jcs");
    const auto chains = list("chain_hashes");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QVERIFY(reader->next().value() == FrameReader::Step::Frame);
        QCOMPARE(std::string(reader->entry()), entries[i]);
        QCOMPARE(reader->chain().hex(), chains[i]);
    }
    QVERIFY(reader->next().value() == FrameReader::Step::End);
    QCOMPARE(reader->origin(), origin);
    QCOMPARE(reader->bytes(), std::uint64_t{segment.size()});
}

// TL-16
void TestVectors::inclusionPath()
{
    std::vector<Digest> leaves;
    for (const std::string& entry : list("entries_jcs"))
        leaves.push_back(leafHash(entry));
    const auto proof = inclusionProof(leaves, 2);
    const auto expected = list("inclusion_path_index2");
    QCOMPARE(proof.size(), expected.size());
    for (std::size_t i = 0; i < proof.size(); ++i)
        QCOMPARE(proof[i].hex(), expected[i]);
    QVERIFY(verifyInclusion(leaves[2], 2, 5, proof, Digest::fromHex(text("root")).value()));
}

// TL-16
void TestVectors::checkpointSignaturesVerifyAndAreMadeAlike()
{
    const std::string origin = "cordon.local/ledger/demo";
    const std::string witness = "cordon.local/approver/commander-b";
    const auto log = key("log_seed");
    const auto approver = key("approver_seed");
    QCOMPARE(toHex(ByteView(log.publicKey().bytes)), text("log_public"));
    const auto note = crypto::SignedNote::parse(text("checkpoint"));
    QVERIFY(note);
    QVERIFY(note->isSignedBy(origin, log.publicKey()));
    QVERIFY(note->isCosignedBy(witness, approver.publicKey()));
    QVERIFY(!note->isSignedBy(origin, approver.publicKey()));

    crypto::SignedNote own;
    const Digest root = Digest::fromHex(text("root")).value();
    own.text = origin + "\n5\n" + toBase64(ByteView(root.bytes)) + "\n";
    own.sign(origin, log);
    const std::string& stamped = note->signatures.at(1).bytes;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < 8; ++i)
        seconds = seconds << 8 | static_cast<unsigned char>(stamped[i]);
    own.cosign(witness, approver, seconds);
    QCOMPARE(own.toString(), text("checkpoint"));
}

void TestVectors::theAuditorAgreesWithActionDigestAndApprovalSignature()
{
    LedgerEntry people;
    people.type = "mandate.in_force";
    const crypto::PublicKey approver = key("approver_seed").publicKey();
    const Value person = Value::Object{{"id", "user:commander-b"}, {"key", approver.toString()}, {"revoked", false}};
    people.data = Value::Object{{"people", Value::Object{{"people", Value::Array{person}}}}};
    GovernanceAudit audit;
    audit.add(people);
    const auto entries = list("entries_jcs");
    for (std::size_t i = 0; i < 3; ++i) // session, proposal, approval; the rest is no valid case
        audit.add(decodeEntry(entries[i]).value());
    QCOMPARE(audit.counts().approvals, 1);
    QCOMPARE(audit.counts().signaturesChecked, 1);
    QVERIFY2(audit.problems().empty(), audit.problems().empty() ? "" : audit.problems().front().what.c_str());

    // The same approval under a forged decision no longer verifies.
    LedgerEntry forged = decodeEntry(entries[2]).value();
    Value approval = forged.data["approval"];
    approval.set("decision", "deny").set("nonce", "00");
    forged.data.set("approval", approval);
    audit.add(forged);
    QVERIFY(!audit.problems().empty());
    QVERIFY(std::any_of(audit.problems().begin(), audit.problems().end(),
                        [](const auto& problem) { return problem.what.find("signature") != std::string::npos; }));
}

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
