#include "core/record/case_sealing.h"

#include "core/crypto/random.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/entry_codec.h"
#include "core/record/index_copy.h"
#include "core/record/ledger_examination.h"
#include "core/record/ledger_format.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {
namespace {

/// A file of the case and how many of its bytes go into the sealed one.
struct Piece
{
    std::string name;
    platform::Path from;
    std::uint64_t size = 0;
};

Result<std::uint64_t> sizeOf(const platform::Path& file)
{
    CORDON_TRY(const auto opened, platform::File::openForReading(file));
    return opened.size();
}

Result<void> addFile(std::vector<Piece>& pieces, const platform::Path& caseFolder, const std::string& name)
{
    CORDON_TRY(const std::uint64_t size, sizeOf(caseFolder / name));
    pieces.push_back({name, caseFolder / name, size});
    return {};
}

/// Largest signed size, from the names of the checkpoints; the auditor looks at what is in them.
std::int64_t newestCheckpoint(const platform::Path& caseFolder)
{
    std::int64_t newest = 0;
    const auto folder = caseFolder / format::ledgerFolder / format::checkpointFolder;
    for (const std::string& name : platform::listFolder(folder).value_or(std::vector<std::string>())) {
        std::int64_t size = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), size);
        if (error == std::errc() && end == name.data() + name.size())
            newest = std::max(newest, size);
    }
    return newest;
}

/// Everything below ledger/ that belongs to the signed entries: segments, checkpoints, and what may lie beside them.
Result<void> addLedger(std::vector<Piece>& pieces, const platform::Path& caseFolder, const SignedPrefix& prefix)
{
    for (const auto& [name, size] : prefix.segments)
        pieces.push_back({name, caseFolder / name, size});
    const std::string ledger(format::ledgerFolder);
    CORDON_TRY(const auto names, platform::listFolder(caseFolder / ledger));
    for (const std::string& name : names) {
        const platform::Path path = caseFolder / ledger / name;
        const bool isSegment = name.ends_with(format::segmentSuffix);
        if (name.starts_with('.') || isSegment || name.starts_with("torn-"))
            continue;
        if (platform::isPlainFile(path)) {
            CORDON_CHECK(addFile(pieces, caseFolder, ledger + "/" + name));
            continue;
        }
        CORDON_TRY(const auto below, platform::listFolder(path));
        for (const std::string& inner : below) {
            std::int64_t size = 0;
            const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), size);
            const bool isBeyond = name == format::checkpointFolder && error == std::errc() && size > prefix.entries;
            if (!inner.starts_with('.') && !isBeyond)
                CORDON_CHECK(addFile(pieces, caseFolder, ledger + "/" + name + "/" + inner));
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

Result<SignedPrefix> signedPrefix(const platform::Path& caseFolder)
{
    SignedPrefix prefix;
    prefix.entries = newestCheckpoint(caseFolder);
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

Result<bool> noteSealing(const platform::Path& caseFolder, const SealOptions& options, Value what,
                         const MachineClock& clock)
{
    if (!platform::isPlainFile(databasePath(caseFolder)))
        return fail(ErrorCode::Incomplete, caseFolder.string() + ": case.db is missing; open the case once, so that it is made again");
    CaseOptions open;
    open.home = options.home;
    open.evidencePassphrase = options.evidencePassphrase;
    auto opened = CaseFolder::open(caseFolder, open, clock);
    if (!opened && opened.error().code == ErrorCode::Conflict)
        return false;
    if (!opened)
        return fail(opened.error());
    LedgerDraft draft;
    draft.type = "case.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.incident = what["incident"].asString();
    what.set("operator", options.sealedBy);
    what.set("program", options.program);
    draft.data = std::move(what);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, (*opened)->record(std::move(draft)));
    CORDON_CHECK((*opened)->close());
    return true;
}

Result<SealResult> sealCase(const platform::Path& caseFolder, const platform::Path& out, const SealOptions& options,
                            const MachineClock& clock)
{
    if (!isCase(caseFolder))
        return fail(ErrorCode::NotFound, caseFolder.string() + ": no case here");
    CORDON_TRY(SealedWriter writer, SealedWriter::create(out));
    SealResult result;
    const Value what = Value::Object{{"holds", "case"}, {"file", out.filename().string()}};
    CORDON_TRY(result.isNoted, noteSealing(caseFolder, options, what, clock));
    CORDON_TRY(const SignedPrefix prefix, signedPrefix(caseFolder));
    CORDON_TRY(const auto key, LogKeys(options.home).rootKey(prefix.origin));

    std::vector<Piece> pieces;
    CORDON_CHECK(addLedger(pieces, caseFolder, prefix));
    CORDON_CHECK(addEvidence(pieces, caseFolder, prefix));
    CORDON_TRY(const IndexCopy index, IndexCopy::make(databasePath(caseFolder), out, prefix.entries));
    CORDON_TRY(const std::uint64_t indexSize, sizeOf(index.path()));
    pieces.push_back({"case.db", index.path(), indexSize});

    std::uint64_t total = 0;
    for (const Piece& piece : pieces)
        total += piece.size;
    if (options.progress)
        writer.onProgress([&](std::uint64_t done) { options.progress(std::min(done, total), total); });
    for (const Piece& piece : pieces)
        CORDON_CHECK(writer.add(piece.name, piece.from, piece.size, options.stop));

    SealedManifest& manifest = result.manifest;
    manifest.caseName = (caseFolder / "").lexically_normal().parent_path().filename().string();
    manifest.origin = prefix.origin;
    manifest.isExercise = isExerciseOrigin(prefix.origin);
    manifest.entries = prefix.entries;
    manifest.root = prefix.root;
    manifest.sealedAt = clock.now();
    manifest.sealedBy = options.sealedBy;
    manifest.program = options.program;
    manifest.key = key.publicKey();
    CORDON_TRY(result.file, writer.finish(manifest, key));
    return result;
}

} // namespace cordon::record
