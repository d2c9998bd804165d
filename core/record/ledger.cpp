#include "core/record/ledger.h"

#include "core/base/log.h"
#include "core/crypto/sha256.h"
#include "core/record/entry_codec.h"
#include "core/record/ledger_format.h"

#include <array>
#include <cstdio>

namespace cordon::record {
namespace {

constexpr std::string_view engineId = "cordon";

void appendBigEndian(std::string& bytes, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

void appendDigest(std::string& bytes, const Digest& digest)
{
    bytes.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
}

std::string numbered(std::uint64_t number)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%08llu", static_cast<unsigned long long>(number));
    return text.data();
}

Digest chainOf(const Digest& before, const std::string& entry)
{
    crypto::Sha256 hash;
    hash.update(ByteView(&format::chainPrefix, 1)).update(ByteView(before.bytes)).update(entry);
    return hash.digest();
}

std::string segmentHeader(const std::string& origin, std::int64_t firstSeq, const Digest& priorChain)
{
    std::string header(format::segmentMagic);
    appendBigEndian(header, static_cast<std::uint64_t>(firstSeq), 8);
    appendDigest(header, priorChain);
    appendBigEndian(header, origin.size(), 2);
    header += origin;
    header.resize(format::headerDigestAt, '\0');
    appendDigest(header, crypto::sha256(header));
    return header;
}

} // namespace

Result<Ledger> Ledger::create(const platform::Path& caseFolder, const std::string& origin, Value data,
                              const LogKeys& keys, const MachineClock& clock, LedgerOptions options)
{
    if (origin.empty() || origin.size() > format::longestOrigin || origin.find('\n') != std::string::npos)
        return fail(ErrorCode::Invalid, "not usable as a ledger origin: " + origin);
    CORDON_CHECK(keys.make(origin));
    CORDON_TRY(const auto root, keys.rootKey(origin));
    CORDON_CHECK(platform::makeFolders(caseFolder / format::ledgerFolder / format::checkpointFolder));
    EpochCertificate first;
    auto key = crypto::SigningKey::generate();
    CORDON_CHECK(keys.keepNextEpoch(origin, key));
    first.origin = origin;
    first.key = key.publicKey();
    first.root = MerkleTree().root();
    first.why = "first";
    crypto::SignedNote certificate;
    certificate.text = first.text();
    certificate.sign(rootSigner, root);
    certificate.sign(nextSigner, key);
    Ledger ledger(caseFolder, origin, std::move(key), keys, clock, std::move(options));
    CORDON_CHECK(ledger.startSegment());
    data.set("origin", origin);
    data.set("public_key", root.publicKey().toString());
    data.set("epoch", certificate.toString());
    LedgerDraft genesis;
    genesis.type = "ledger.genesis";
    genesis.actor = {Actor::Kind::Engine, std::string(engineId)};
    genesis.data = std::move(data);
    CORDON_CHECK(ledger.append(std::move(genesis)));
    CORDON_CHECK(keys.finishEpoch(origin));
    CORDON_CHECK(ledger.checkpoint());
    return ledger;
}

Result<Ledger> Ledger::open(const platform::Path& caseFolder, const LogKeys& keys, const MachineClock& clock,
                            LedgerOptions options)
{
    CORDON_TRY(FrameReader first, FrameReader::open(caseFolder));
    CORDON_CHECK(first.next());
    ExaminationOptions examination;
    CORDON_TRY(examination.mark, keys.mark(first.origin()));
    EntryTimes times;
    examination.visit = [&times](const LedgerEntry& entry, const PastRoots&) { (void)times.add(entry); };
    CORDON_TRY(const LedgerFindings findings, examineLedger(caseFolder, examination));
    if (!findings.problems.empty())
        return fail(ErrorCode::Corrupt, "the ledger is damaged: " + findings.problems.front().toString());
    if (!findings.genesisKey)
        return fail(ErrorCode::Corrupt, "the ledger has no genesis entry");

    CORDON_TRY(const auto pinned, keys.pinned(findings.origin));
    if (pinned && *pinned != *findings.genesisKey)
        return fail(ErrorCode::Untrusted, "the ledger's genesis key is not the key of " + findings.origin);
    auto key = keys.epochKey(findings.origin, *findings.keys.current());
    if (!key && key.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::Untrusted, key.error().detail);
    if (!key)
        return fail(key.error());

    Ledger ledger(caseFolder, findings.origin, std::move(*key), keys, clock, std::move(options));
    ledger.m_keyHistory = findings.keys;
    ledger.m_mark = examination.mark;
    ledger.m_segment = findings.segments;
    ledger.m_chain = findings.chain;
    ledger.m_times = std::move(times);
    ledger.m_tree = findings.tree;
    ledger.m_checkpointedSize = findings.checkpointedSize;
    ledger.m_checkpoints = findings.goodCheckpoints;
    CORDON_CHECK(ledger.openLastSegment(findings));
    ledger.keepEpochYoung();
    return ledger;
}

Result<void> Ledger::openLastSegment(const LedgerFindings& findings)
{
    CORDON_TRY(auto file, platform::File::openForAppending(segmentPath()));
    m_file = std::move(file);
    m_segmentSize = findings.lastOffset;
    // What was read may still only be in the cache of a crashed process' machine.
    CORDON_CHECK(m_options.sync(*m_file));
    if (findings.end == FrameReader::Step::Torn)
        CORDON_CHECK(moveTornTailAside(findings));
    return {};
}

Result<void> Ledger::moveTornTailAside(const LedgerFindings& findings)
{
    CORDON_TRY(const std::uint64_t size, m_file->size());
    std::string bytes(size - findings.lastOffset, '\0');
    CORDON_TRY(const std::size_t count, m_file->readAt(bytes.data(), bytes.size(), findings.lastOffset));
    bytes.resize(count);
    const auto folder = m_folder / format::ledgerFolder;
    std::string name = "torn-" + std::to_string(findings.entries);
    for (int again = 2; std::filesystem::exists(folder / name); ++again)
        name = "torn-" + std::to_string(findings.entries) + "-" + std::to_string(again);
    CORDON_CHECK(platform::writeFileAtomically(folder / name, bytes));
    CORDON_CHECK(m_file->truncate(findings.lastOffset));
    CORDON_CHECK(m_options.sync(*m_file));
    m_tornTail = TornTail{std::string(format::ledgerFolder) + "/" + name, bytes.size(), crypto::sha256(bytes)};
    LedgerDraft draft;
    draft.type = "ledger.recovered";
    draft.actor = {Actor::Kind::Engine, std::string(engineId)};
    draft.data = Value::Object{{"file", m_tornTail->file},
                               {"bytes", static_cast<std::int64_t>(m_tornTail->bytes)},
                               {"sha256", m_tornTail->digest.hex()}};
    CORDON_CHECK(append(std::move(draft)));
    return {};
}

platform::Path Ledger::segmentPath() const
{
    return m_folder / format::ledgerFolder / (numbered(m_segment) + std::string(format::segmentSuffix));
}

platform::Path Ledger::checkpointPath(std::int64_t size) const
{
    return m_folder / format::ledgerFolder / format::checkpointFolder / numbered(static_cast<std::uint64_t>(size));
}

Result<void> Ledger::addCosignature(std::int64_t size, const std::string& line, const std::string& name,
                                    const crypto::PublicKey& key)
{
    const auto path = checkpointPath(size);
    CORDON_TRY(const std::string signedHead, platform::readFile(path, 1U << 20U));
    CORDON_TRY(crypto::SignedNote note, crypto::SignedNote::parse(signedHead));
    const auto added = crypto::SignedNote::parse(note.text + "\n" + line);
    if (!added || added->signatures.size() != 1 || added->text != note.text || !added->isCosignedBy(name, key))
        return fail(ErrorCode::Untrusted, "it does not verify over the head of " + std::to_string(size) + " entries");
    if (signedHead.find(line) != std::string::npos)
        return {};
    return platform::writeFileAtomically(path, signedHead + added->signatureLines());
}

Result<void> Ledger::startSegment()
{
    ++m_segment;
    const std::string header = segmentHeader(m_origin, size(), m_chain);
    auto started = platform::writeFileAtomically(segmentPath(), header);
    if (started) {
        auto file = platform::File::openForAppending(segmentPath());
        if (file) {
            m_file = std::move(*file);
            m_segmentSize = header.size();
            return {};
        }
        started = fail(file.error());
        m_isBroken = true; // the new segment is there, but cannot be written
    }
    --m_segment;
    return started;
}

LedgerEntry Ledger::entryFrom(LedgerDraft draft, std::int64_t seq, const std::string& boot) const
{
    LedgerEntry entry;
    entry.seq = seq;
    entry.ts = m_clock->now();
    entry.boot = boot;
    entry.monoNanos = m_clock->monotonicNanos();
    entry.type = std::move(draft.type);
    entry.actor = std::move(draft.actor);
    entry.session = std::move(draft.session);
    entry.incident = std::move(draft.incident);
    entry.mandate = std::move(draft.mandate);
    entry.data = std::move(draft.data);
    if (draft.at != Timestamp())
        entry.data.set("at", draft.at.toString());
    return entry;
}

Result<LedgerEntry> Ledger::append(LedgerDraft draft)
{
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    CORDON_TRY(auto entries, appendAll(std::move(drafts)));
    return std::move(entries.back());
}

Result<std::vector<LedgerEntry>> Ledger::appendAll(std::vector<LedgerDraft> drafts)
{
    CORDON_TRY(auto entries, appendNow(std::move(drafts)));
    // The entries are safe whether or not the head can be signed now; the next append tries again.
    if (size() - m_checkpointedSize >= m_options.checkpointEvery) {
        if (const auto signedHead = checkpoint(); !signedHead)
            logWarning("ledger checkpoint: " + signedHead.error().detail);
    }
    keepEpochYoung();
    return entries;
}

Result<std::vector<LedgerEntry>> Ledger::appendNow(std::vector<LedgerDraft> drafts)
{
    if (m_isBroken)
        return fail(ErrorCode::Io, "the ledger could not be made durable before; it takes no more entries");
    const std::string boot = m_clock->bootId();
    tellClock(drafts);
    std::vector<LedgerEntry> entries;
    std::string frames;
    Digest chain = m_chain;
    MerkleTree tree = m_tree;
    KeyHistory keyHistory = m_keyHistory;
    for (LedgerDraft& draft : drafts) {
        LedgerEntry entry = entryFrom(std::move(draft), static_cast<std::int64_t>(tree.size()), boot);
        CORDON_TRY(const std::string bytes, encodeEntry(entry));
        if (const auto wrong = keyHistory.take(entry, [&tree] { return tree.root(); }); !wrong.empty())
            return fail(ErrorCode::Untrusted, wrong);
        chain = chainOf(chain, bytes);
        tree.append(leafHash(bytes));
        appendBigEndian(frames, bytes.size(), static_cast<int>(format::frameLengthSize));
        frames += bytes;
        appendDigest(frames, chain);
        entries.push_back(std::move(entry));
    }
    if (entries.empty())
        return entries;
    if (m_segmentSize > format::segmentHeaderSize && m_segmentSize + frames.size() > m_options.segmentBytes)
        CORDON_CHECK(startSegment());
    CORDON_CHECK(writeDurably(frames));
    m_chain = chain;
    m_tree = tree;
    m_keyHistory = keyHistory;
    for (const LedgerEntry& entry : entries)
        (void)m_times.add(entry);
    return entries;
}

/// Where a clock runs behind what it told before, the ledger says so first: an entry that is merely dated back is none of ours.
void Ledger::tellClock(std::vector<LedgerDraft>& drafts) const
{
    const Timestamp now = m_clock->now();
    if (drafts.empty() || drafts.front().type.starts_with("ledger.") || m_times.fits(now, m_clock->bootId(), m_clock->monotonicNanos()))
        return;
    LedgerDraft draft;
    draft.type = EntryTimes::setBack;
    draft.actor = {Actor::Kind::Engine, std::string(engineId)};
    draft.data = Value::Object{{"from", m_times.latest().toString()}, {"to", now.toString()}};
    draft.at = drafts.front().at;
    drafts.insert(drafts.begin(), std::move(draft));
}

Result<void> Ledger::writeDurably(const std::string& frames)
{
    if (auto written = m_file->write(frames); !written) {
        // Nothing was acknowledged: take back what went in. Where even that fails the end of the file is unknown.
        if (!m_file->truncate(m_segmentSize) || !m_options.sync(*m_file))
            m_isBroken = true;
        return written;
    }
    if (auto synced = m_options.sync(*m_file); !synced) {
        // After a failed fsync nobody knows what the disk holds, and a second one may wrongly succeed.
        m_isBroken = true;
        return synced;
    }
    m_segmentSize += frames.size();
    return {};
}

Result<Checkpoint> Ledger::checkpoint()
{
    if (m_isBroken)
        return fail(ErrorCode::Io, "the ledger could not be made durable before; its head is not signed");
    if (m_lastCheckpoint && m_lastCheckpoint->size == size())
        return *m_lastCheckpoint;
    Checkpoint head;
    head.size = size();
    head.root = root();
    crypto::SignedNote note;
    note.text = crypto::headText(m_origin, head.size, head.root);
    note.sign(m_origin, m_key);
    head.note = note.toString();
    CORDON_CHECK(checkMark());
    const bool isNew = m_checkpointedSize != head.size;
    if (isNew)
        CORDON_CHECK(platform::writeFileAtomically(checkpointPath(head.size), head.note));
    m_markBeingSet = HighWaterMark{head.size, head.root};
    CORDON_CHECK(m_keys.setMark(m_origin, *m_markBeingSet));
    m_checkpoints += isNew ? 1 : 0;
    m_checkpointedSize = head.size;
    m_lastCheckpoint = head;
    m_mark = m_markBeingSet;
    tellAnchors(head);
    return head;
}

/// A log signs nothing that does not go on from what it signed before: another process of the same installation may have
/// written to a copy of this case.
Result<void> Ledger::checkMark() const
{
    CORDON_TRY(const auto mark, m_keys.mark(m_origin));
    if (mark && mark != m_mark && mark != m_markBeingSet)
        return fail(ErrorCode::Untrusted, "a head of " + std::to_string(mark->size) + " entries was signed elsewhere for " +
                                              m_origin + ": this case is a copy, or has one");
    return {};
}

/// An anchor that cannot be reached must not keep entries out of the ledger; the verifier tells what was there.
void Ledger::tellAnchors(const Checkpoint& head)
{
    for (const auto& anchor : m_anchors) {
        const auto kept = anchor->keep(m_origin, head);
        if (kept)
            m_lostAnchors.erase(anchor->name());
        else if (m_lostAnchors.insert(anchor->name()).second)
            logWarning("ledger anchor, " + anchor->name() + ": " + kept.error().detail);
    }
}

} // namespace cordon::record
