#include "core/record/tlog_proof.h"

#include "core/record/checkpoint_text.h"
#include "core/record/entry_codec.h"
#include "core/record/frame_reader.h"
#include "core/record/ledger_format.h"
#include "core/record/merkle_tree.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view title = "c2sp.org/tlog-proof@v1\n";
constexpr std::size_t longestNote = 64U << 10U;
constexpr std::size_t longestProof = 1U << 20U;
constexpr std::size_t mostHashes = 63;

/// The line up to the next break, which is taken away with it; nothing when there is none.
std::optional<std::string_view> takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

/// The log key of the head's epoch, as the genesis key certified it.
Result<crypto::PublicKey> epochKey(const std::string& certificate, const SignedHead& head, const crypto::PublicKey& genesis)
{
    if (certificate.empty())
        return genesis; // of a case from before there were epochs
    CORDON_TRY(const auto note, crypto::SignedNote::parse(certificate));
    CORDON_TRY(const auto read, EpochCertificate::parse(note.text));
    const bool hasPrevious = read.previous && read.why != "revoked";
    const bool isWhole = note.toString() == certificate && note.signatures.size() == (hasPrevious ? 3U : 2U) &&
                         note.isSignedBy(nextSigner, read.key) &&
                         (!hasPrevious || note.isSignedBy(previousSigner, *read.previous));
    if (read.origin != head.origin || read.size >= head.size || !isWhole || !note.isSignedBy(rootSigner, genesis))
        return fail(ErrorCode::Untrusted, "the certificate of the log key is not signed by the trusted key");
    return read.key;
}

} // namespace

Result<ProofMaker> ProofMaker::open(std::shared_ptr<const LedgerSource> source)
{
    ProofMaker maker(source);
    CORDON_TRY(FrameReader reader, FrameReader::open(source));
    MerkleTree tree;
    for (;;) {
        CORDON_TRY(const FrameReader::Step step, reader.next());
        if (step == FrameReader::Step::Bad)
            return fail(ErrorCode::Corrupt, reader.place().toString());
        if (step != FrameReader::Step::Frame)
            break;
        CORDON_TRY(const LedgerEntry entry, decodeEntry(reader.entry()));
        if (const auto wrong = maker.m_keys.take(entry, [&tree] { return tree.root(); }); !wrong.empty())
            return fail(ErrorCode::Corrupt, "seq " + std::to_string(entry.seq) + ": " + wrong);
        const auto length = static_cast<std::uint32_t>(reader.entry().size());
        maker.m_places.push_back({static_cast<std::uint32_t>(reader.segment()), length,
                                  reader.offset() - format::chainSize - length});
        maker.m_leaves.push_back(leafHash(reader.entry()));
        tree.append(maker.m_leaves.back());
    }
    for (const std::string& name : source->checkpoints()) {
        auto note = source->readCheckpoint(name, longestNote);
        const auto head = note ? parseCheckpoint(*note) : fail(note.error());
        if (head)
            maker.m_heads.emplace(head->size, std::move(*note));
    }
    return maker;
}

Result<std::string> ProofMaker::entryBytes(std::int64_t seq) const
{
    const Place& place = m_places[static_cast<std::size_t>(seq)];
    CORDON_TRY(const auto names, m_source->segments());
    CORDON_TRY(const auto segment, m_source->openSegment(names.at(place.segment - 1)));
    std::string bytes(place.length, '\0');
    CORDON_TRY(const std::size_t count, segment->readAt(bytes.data(), bytes.size(), place.offset));
    if (count != bytes.size() || leafHash(bytes) != m_leaves[static_cast<std::size_t>(seq)])
        return fail(ErrorCode::Corrupt, "entry " + std::to_string(seq) + " changed while it was read");
    return bytes;
}

Result<std::string> ProofMaker::proofOf(std::int64_t seq) const
{
    if (seq < 0 || seq >= entries())
        return fail(ErrorCode::NotFound, "the ledger has no entry " + std::to_string(seq));
    const auto head = m_heads.upper_bound(seq);
    if (head == m_heads.end() || head->first > entries())
        return fail(ErrorCode::NotFound, "entry " + std::to_string(seq) + " is not under a signed head yet");
    CORDON_TRY(std::string entry, entryBytes(seq));
    Value extra = Value::Object{{"entry", std::move(entry)}};
    if (const std::string* certificate = m_keys.certificateAt(head->first); certificate && !certificate->empty())
        extra.set("epoch", *certificate);
    CORDON_TRY(const std::string extraText, json::canonical(extra));
    std::string proof(title);
    proof += "extra " + toBase64(bytesOf(extraText)) + "\nindex " + std::to_string(seq) + "\n";
    const std::span<const Digest> leaves(m_leaves.data(), static_cast<std::size_t>(head->first));
    for (const Digest& hash : inclusionProof(leaves, static_cast<std::uint64_t>(seq)))
        proof += toBase64(ByteView(hash.bytes)) + "\n";
    return proof + "\n" + head->second;
}

Result<std::string> tlogProof(const platform::Path& caseFolder, std::int64_t seq)
{
    CORDON_TRY(const ProofMaker maker, ProofMaker::open(ledgerIn(caseFolder)));
    return maker.proofOf(seq);
}

Result<ProvenEntry> readTlogProof(std::string_view proof, const crypto::PublicKey& genesisKey)
{
    const auto invalid = fail(ErrorCode::Invalid, "not a tlog-proof of a Cordon ledger");
    if (proof.size() > longestProof || !proof.starts_with(title))
        return invalid;
    std::string_view rest = proof.substr(title.size());
    const auto extraLine = takeLine(rest);
    const auto indexLine = takeLine(rest);
    if (!extraLine || !indexLine || !extraLine->starts_with("extra ") || !indexLine->starts_with("index "))
        return invalid;
    const auto extraBytes = fromBase64(extraLine->substr(6));
    const auto extra = extraBytes ? json::parse(*extraBytes) : fail(extraBytes.error());
    const auto index = countFrom(indexLine->substr(6));
    const auto again = extra ? json::canonical(*extra) : fail(extra.error());
    if (!again || *again != *extraBytes || extra->asObject().size() != ((*extra).has("epoch") ? 2U : 1U))
        return invalid;
    if (!index || std::to_string(*index) != indexLine->substr(6) || !(*extra)["entry"].isString())
        return invalid;
    std::vector<Digest> hashes;
    for (auto line = takeLine(rest); !line || !line->empty(); line = takeLine(rest)) {
        const auto bytes = line ? fromBase64(*line) : Result<std::string>(std::string());
        if (!bytes || bytes->size() != sizeof(Digest::bytes) || hashes.size() == mostHashes)
            return invalid;
        std::copy(bytes->begin(), bytes->end(), hashes.emplace_back().bytes.begin());
    }
    CORDON_TRY(const SignedHead head, parseCheckpoint(rest));
    CORDON_TRY(const auto key, epochKey((*extra)["epoch"].asString(), head, genesisKey));
    ProvenEntry proven{head.origin, *index, head.size, (*extra)["entry"].asString(), 0};
    if (!head.note.isSignedBy(head.origin, key))
        return fail(ErrorCode::Untrusted, "the head is not signed by the log key of its epoch");
    if (!verifyInclusion(leafHash(proven.entry), static_cast<std::uint64_t>(*index),
                         static_cast<std::uint64_t>(head.size), hashes, head.root))
        return fail(ErrorCode::Untrusted, "the entry is not in the tree under that head");
    proven.cosignatures = static_cast<int>(head.note.signatures.size()) - 1;
    return proven;
}

} // namespace cordon::record
