#include "core/record/case_sealing.h"

#include "core/platform/beneath.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/entry_codec.h"
#include "core/record/index_audit.h"
#include "core/record/index_copy.h"
#include "core/record/ledger_auditor.h"
#include "core/record/ledger_format.h"
#include "core/record/ledger_reader.h"
#include "core/record/sealing_moment.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {
namespace {

/// A file of the case and how many of its bytes go into the sealed one.
struct Piece
{
    std::string name;
    std::uint64_t size = 0;
};

/// INVARIANT: nothing comes into a sealed file but plain files of the case folder, under names that are listed here. Who can
/// write into a case folder could lead anything else that the sealer may read into it, the installation's keys first.
Result<void> addFile(std::vector<Piece>& pieces, const platform::Path& caseFolder, const std::string& name)
{
    CORDON_TRY(const auto file, platform::openBeneath(caseFolder, name));
    CORDON_TRY(const std::uint64_t size, file.size());
    pieces.push_back({name, size});
    return {};
}

/// The number that a name is, without anything before or behind it.
std::optional<std::int64_t> numberOf(std::string_view name)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size() || number < 0)
        return std::nullopt;
    return number;
}

std::string below(std::string_view folder)
{
    return std::string(format::ledgerFolder) + "/" + std::string(folder);
}

/// What of ledger/ belongs to the signed entries: segments, their signed heads, and time-stamps of these.
Result<void> addLedger(std::vector<Piece>& pieces, const platform::Path& caseFolder, const SignedPrefix& prefix)
{
    for (const auto& [name, size] : prefix.segments) {
        CORDON_CHECK(addFile(pieces, caseFolder, name));
        pieces.back().size = std::min(size, pieces.back().size);
    }
    for (const auto& [folder, ending] : {std::pair{format::checkpointFolder, std::string_view()},
                                         std::pair{format::timestampFolder, format::timestampSuffix}}) {
        CORDON_TRY(const auto names, platform::listBeneath(caseFolder, below(folder)));
        for (const std::string& name : names) {
            const std::string_view stem = std::string_view(name).substr(0, name.size() - std::min(name.size(), ending.size()));
            const auto number = name.ends_with(ending) ? numberOf(stem) : std::nullopt;
            if (number && *number <= prefix.entries)
                CORDON_CHECK(addFile(pieces, caseFolder, below(folder) + "/" + name));
        }
    }
    return {};
}

Result<void> addEvidence(std::vector<Piece>& pieces, const platform::Path& caseFolder, const SignedPrefix& prefix)
{
    const EvidenceVault vault(evidencePath(caseFolder));
    CORDON_TRY(const std::vector<Digest> objects, vault.list());
    for (const Digest& object : objects) {
        CORDON_CHECK(addFile(pieces, caseFolder, "evidence/sha256/" + object.hex().substr(0, 2) + "/" + object.hex()));
        if (const std::string key = wrappedKeyFile(caseFolder, object.hex(), prefix); !key.empty())
            CORDON_CHECK(addFile(pieces, caseFolder, key));
    }
    return {};
}

/// Notes what an entry says was erased. Most entries are not looked into.
Result<void> noteErasure(SignedPrefix& prefix, std::string_view bytes)
{
    constexpr std::string_view type = "\"evidence.erased\"";
    if (bytes.find(type) == std::string_view::npos)
        return {};
    CORDON_TRY(const LedgerEntry entry, decodeEntry(bytes));
    if (entry.type == "evidence.erased")
        prefix.erased.insert(entry.data["digest"].asString());
    return {};
}

} // namespace

Result<SignedPrefix> signedPrefix(const platform::Path& caseFolder, std::int64_t entries)
{
    SignedPrefix prefix;
    prefix.entries = entries;
    if (prefix.entries == 0)
        return fail(ErrorCode::Incomplete, caseFolder.string() + ": nothing of the ledger is signed yet");
    CORDON_TRY(FrameReader reader, FrameReader::open(caseFolder));
    MerkleTree tree;
    while (static_cast<std::int64_t>(tree.size()) < prefix.entries) {
        CORDON_TRY(const FrameReader::Step step, reader.next());
        if (step != FrameReader::Step::Frame)
            return fail(ErrorCode::Corrupt, "the ledger is damaged: " + reader.place().toString());
        tree.append(leafHash(reader.entry()));
        CORDON_CHECK(noteErasure(prefix, reader.entry()));
        const std::string file = reader.currentFile();
        if (prefix.segments.empty() || prefix.segments.back().first != file)
            prefix.segments.emplace_back(file, 0);
        prefix.segments.back().second = reader.offset();
    }
    prefix.origin = reader.origin();
    prefix.root = tree.root();
    std::string digits = std::to_string(prefix.entries);
    digits.insert(0, static_cast<std::size_t>(std::max(0, format::numberDigits - static_cast<int>(digits.size()))), '0');
    prefix.checkpointFile = digits;
    return prefix;
}

std::string wrappedKeyFile(const platform::Path& caseFolder, const std::string& digest, const SignedPrefix& prefix)
{
    const std::string name = "evidence/keys/" + digest + ".key";
    return platform::isPlainFile(caseFolder / name) && !prefix.erased.contains(digest) ? name : std::string();
}

Result<SignedPrefix> checkedPrefix(const platform::Path& caseFolder, std::int64_t entries, const SealOptions& options)
{
    AuditOptions audit;
    audit.home = options.home;
    audit.checksEvidence = false;
    audit.stop = options.stop;
    CORDON_TRY(const VerifyReport report, LedgerAuditor(audit).verify(caseFolder));
    if (!report.problems.empty())
        return fail(ErrorCode::Corrupt, "the case does not verify, so that it is not sealed: " + report.problems.front().toString());
    if (!report.isPinned)
        return fail(ErrorCode::Untrusted, "the ledger's key is not pinned on this installation");
    // Whoever holds the case writes a head before the mark that names it, so the mark is read first.
    CORDON_TRY(const auto mark, LogKeys(options.home).mark(report.ledger.origin));
    CORDON_TRY(const std::int64_t newest, newestCheckpoint(caseFolder));
    if (mark && mark->size > newest)
        return fail(ErrorCode::Corrupt, "the newest signed head in the case covers " + std::to_string(newest) +
                                            " entries, this installation has signed " + std::to_string(mark->size));
    return signedPrefix(caseFolder, entries);
}

Value missingNote()
{
    return Value::Object{{"what", "note of the sealing"}, {"count", 1},
                         {"why", "another process held the case: its ledger does not say that it was sealed"}};
}

SealedManifest manifestOf(const platform::Path& caseFolder, const SignedPrefix& prefix, const SealOptions& options,
                          const crypto::PublicKey& key, const MachineClock& clock)
{
    SealedManifest manifest;
    manifest.caseName = (caseFolder / "").lexically_normal().parent_path().filename().string();
    manifest.origin = prefix.origin;
    manifest.isExercise = isExerciseOrigin(prefix.origin);
    manifest.entries = prefix.entries;
    manifest.root = prefix.root;
    manifest.sealedAt = clock.now();
    manifest.sealedBy = options.sealedBy;
    manifest.program = options.program;
    manifest.key = key;
    return manifest;
}

Result<void> checkIndex(const platform::Path& caseFolder, const platform::Path& database, std::int64_t entries,
                        bool isHeldElsewhere, const std::stop_token& stop)
{
    CORDON_TRY(const IndexFindings found, examineIndex(caseFolder, database, entries, stop));
    if (!found.problems.empty())
        return fail(ErrorCode::Corrupt, "case.db was changed by another hand: entry " +
                                            std::to_string(found.problems.front().first) + ": " + found.problems.front().second);
    const std::string gap = !found.gaps.empty() ? found.gaps.front() : found.missing > 0 ? "the index lacks entries" : "";
    if (!gap.empty() && !isHeldElsewhere)
        return fail(ErrorCode::Incomplete, "case.db is not what the ledger names: " + gap +
                                               "; `cordonctl rebuild` makes it anew");
    return {};
}

Result<SealResult> sealCase(const platform::Path& caseFolder, const platform::Path& out, const SealOptions& options,
                            const MachineClock& clock)
{
    if (!isCase(caseFolder))
        return fail(ErrorCode::NotFound, caseFolder.string() + ": no case here");
    CORDON_TRY(SealedWriter writer, SealedWriter::create(out));
    SealResult result;
    const SealingNote note{{}, out.filename().string(), options.sealedBy, options.program};
    CORDON_TRY(SealingMoment moment, beginSealing(caseFolder, options, note, clock));
    result.isNoted = moment.isNoted;
    CORDON_TRY(const SignedPrefix prefix, checkedPrefix(caseFolder, moment.entries, options));
    CORDON_TRY(const auto key, LogKeys(options.home).rootKey(prefix.origin));

    std::vector<Piece> pieces;
    CORDON_CHECK(addLedger(pieces, caseFolder, prefix));
    CORDON_CHECK(addEvidence(pieces, caseFolder, prefix));
    CORDON_TRY(const IndexCopy index, IndexCopy::make(moment.index, out, prefix.entries, options.stop));
    CORDON_CHECK(checkIndex(caseFolder, index.path(), prefix.entries, !result.isNoted, options.stop));
    CORDON_TRY(const auto indexFile, platform::File::openForReading(index.path()));
    CORDON_TRY(const std::uint64_t indexSize, indexFile.size());

    std::uint64_t total = indexSize;
    for (const Piece& piece : pieces)
        total += piece.size;
    if (options.progress)
        writer.onProgress([&](std::uint64_t done) { options.progress(std::min(done, 2 * total), 2 * total); }); // written, read back
    for (const Piece& piece : pieces) {
        CORDON_TRY(const auto file, platform::openBeneath(caseFolder, piece.name));
        CORDON_CHECK(writer.add(piece.name, file, piece.size, options.stop));
    }
    CORDON_CHECK(writer.add("case.db", indexFile, indexSize, options.stop));

    result.manifest = manifestOf(caseFolder, prefix, options, key.publicKey(), clock);
    if (!result.isNoted)
        result.manifest.redactions = Value::Array{missingNote()};
    CORDON_TRY(result.file, writer.finish(result.manifest, key, options.stop));
    return result;
}

} // namespace cordon::record
