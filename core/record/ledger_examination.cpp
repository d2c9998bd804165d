#include "core/record/ledger_examination.h"

#include "core/record/checkpoint_text.h"
#include "core/record/entry_codec.h"
#include "core/record/ledger_format.h"

#include <algorithm>
#include <set>

namespace cordon::record {
namespace {

constexpr std::size_t longestNote = 64U << 10U;

/// A checkpoint file as read; `problem` is set when its form alone is wrong.
struct ReadCheckpoint
{
    std::string file; ///< relative to the case folder
    std::int64_t size = 0;
    Digest root;     ///< as signed
    Digest computed; ///< of the entries
    crypto::SignedNote note;
    std::string origin;
    std::string problem;
};

ReadCheckpoint readCheckpoint(const LedgerSource& source, const std::string& name)
{
    ReadCheckpoint checkpoint;
    checkpoint.file = std::string(format::ledgerFolder) + "/" + std::string(format::checkpointFolder) + "/" + name;
    checkpoint.size = countFrom(name).value_or(0);
    const auto bytes = source.readCheckpoint(name, longestNote);
    if (!bytes) {
        checkpoint.problem = "the checkpoint cannot be read";
        return checkpoint;
    }
    auto head = parseCheckpoint(*bytes);
    if (!head) {
        checkpoint.problem = head.error().detail;
        return checkpoint;
    }
    if (head->size != checkpoint.size)
        checkpoint.problem = "the name says another size";
    checkpoint.size = head->size; // what is signed counts, not the name
    checkpoint.root = head->root;
    checkpoint.origin = std::move(head->origin);
    checkpoint.note = std::move(head->note);
    return checkpoint;
}

/// By size.
std::vector<ReadCheckpoint> readCheckpoints(const LedgerSource& source)
{
    std::vector<ReadCheckpoint> checkpoints;
    for (const std::string& name : source.checkpoints())
        checkpoints.push_back(readCheckpoint(source, name));
    std::sort(checkpoints.begin(), checkpoints.end(), [](const ReadCheckpoint& a, const ReadCheckpoint& b) {
        return a.size != b.size ? a.size < b.size : a.file < b.file;
    });
    return checkpoints;
}

class Examination
{
public:
    Examination(std::shared_ptr<const LedgerSource> source, const ExaminationOptions& options)
        : m_source(std::move(source))
        , m_options(options)
    {}

    Result<LedgerFindings> run()
    {
        m_checkpoints = readCheckpoints(*m_source);
        for (const AnchoredHead& anchor : m_options.anchors)
            m_findings.anchors.push_back({anchor, {}, false});
        CORDON_CHECK(readEntries());
        for (const ReadCheckpoint& checkpoint : m_checkpoints)
            judge(checkpoint);
        judgeEnd();
        return std::move(m_findings);
    }

private:
    Result<void> readEntries()
    {
        CORDON_TRY(FrameReader reader, FrameReader::open(m_source));
        rootReached();
        for (;;) {
            if (m_options.stop.stop_requested())
                return fail(ErrorCode::Cancelled, "verification was stopped");
            CORDON_TRY(const FrameReader::Step step, reader.next());
            if (step != FrameReader::Step::Frame) {
                m_findings.end = step;
                break;
            }
            if (!take(reader)) {
                m_findings.end = FrameReader::Step::Bad;
                break;
            }
        }
        if (m_findings.end == FrameReader::Step::Torn)
            m_findings.tear = reader.place();
        else if (m_findings.end == FrameReader::Step::Bad && m_findings.problems.empty())
            m_findings.problems.push_back(reader.place());
        m_findings.origin = reader.origin();
        m_findings.segments = reader.segments();
        m_findings.bytes = reader.bytes();
        m_findings.chain = reader.chain();
        m_findings.lastFile = reader.currentFile();
        m_findings.lastOffset = reader.offset();
        return {};
    }

    /// @return false when the entry itself is not what the format asks for
    bool take(const FrameReader& reader)
    {
        const std::uint64_t start =
            reader.offset() - format::frameLengthSize - reader.entry().size() - format::chainSize;
        const auto refuse = [&](std::string what) {
            m_findings.problems.push_back({reader.currentFile(), start, reader.seq(), std::move(what)});
            return false;
        };
        const auto entry = decodeEntry(reader.entry());
        if (!entry)
            return refuse(entry.error().detail);
        if (entry->seq != reader.seq())
            return refuse("the entry says that it is number " + std::to_string(entry->seq));
        if (entry->seq == 0 && entry->data["origin"].asString() != reader.origin())
            return refuse("the first entry is not the genesis of " + reader.origin());
        auto wrong = m_findings.keys.take(*entry, [this] { return m_findings.tree.root(); });
        if (!wrong.empty())
            return refuse(std::move(wrong));
        m_findings.genesisKey = m_findings.keys.genesisKey();
        const Digest leaf = leafHash(reader.entry());
        m_findings.tree.append(leaf);
        m_roots.append(leaf);
        m_findings.entries = reader.entries();
        rootReached();
        if (m_options.visit)
            m_options.visit(*entry, m_roots);
        return true;
    }

    /// Remembers the root where a checkpoint or the mark will ask for it.
    void rootReached()
    {
        const std::int64_t size = m_findings.entries;
        for (; m_nextCheckpoint < m_checkpoints.size() && m_checkpoints[m_nextCheckpoint].size <= size;
             ++m_nextCheckpoint)
            m_checkpoints[m_nextCheckpoint].computed = m_findings.tree.root();
        if (m_options.mark && m_options.mark->size == size)
            m_findings.isMarkReached = m_options.mark->root == m_findings.tree.root();
        for (std::size_t i = 0; i < m_options.anchors.size(); ++i) {
            if (m_options.anchors[i].head.size == size)
                m_findings.anchors[i].computed = m_findings.tree.root();
        }
    }

    void judge(const ReadCheckpoint& checkpoint)
    {
        ++m_findings.checkpoints;
        std::string problem = checkpoint.problem;
        if (problem.empty())
            problem = problemOf(checkpoint);
        if (!problem.empty()) {
            m_findings.problems.push_back({checkpoint.file, 0, checkpoint.size, std::move(problem)});
            return;
        }
        ++m_findings.goodCheckpoints;
        std::set<std::string> witnesses; // a line that was pasted five times is one witness
        for (const crypto::NoteSignature& signature : checkpoint.note.signatures)
            witnesses.insert(signature.name);
        m_findings.cosignatures += static_cast<int>(witnesses.size()) - 1;
        m_findings.checkpointedSize = std::max(m_findings.checkpointedSize, checkpoint.size);
    }

    std::string problemOf(const ReadCheckpoint& checkpoint)
    {
        if (!m_findings.genesisKey || checkpoint.origin != m_findings.origin)
            return "the checkpoint is not of this ledger";
        const crypto::PublicKey* key = m_findings.keys.keyAt(checkpoint.size);
        if (!key)
            return "no key signs heads of that size";
        int own = 0;
        for (const crypto::NoteSignature& signature : checkpoint.note.signatures) {
            if (signature.name == m_findings.origin) {
                ++own;
                if (signature.keyId != crypto::noteKeyId(m_findings.origin, *key))
                    return "the signature names another key";
                continue;
            }
            if (!isWitnessed({checkpoint.note.text, {signature}}, signature.name))
                return "a cosignature does not verify: " + signature.name;
        }
        if (own != 1 || !checkpoint.note.isSignedBy(m_findings.origin, *key))
            return "the signature does not verify";
        if (checkpoint.size > m_findings.entries)
            return "signed for " + std::to_string(checkpoint.size) + " entries, the ledger has " +
                   std::to_string(m_findings.entries) + " good ones";
        if (checkpoint.computed != checkpoint.root)
            return "signed for another tree root";
        return {};
    }

    /// By somebody whom the ledger knows, or who was named to the verifier.
    [[nodiscard]] bool isWitnessed(const crypto::SignedNote& alone, const std::string& name) const
    {
        const auto named = m_options.witnesses.find(name);
        if (named != m_options.witnesses.end() && alone.isCosignedBy(name, named->second))
            return true;
        const auto known = m_findings.keys.witnesses().find(name);
        return known != m_findings.keys.witnesses().end() &&
               std::any_of(known->second.begin(), known->second.end(),
                           [&](const crypto::PublicKey& key) { return alone.isCosignedBy(name, key); });
    }

    void judgeEnd()
    {
        if (m_options.mark && !m_findings.isMarkReached) {
            const bool isShorter = m_options.mark->size > m_findings.entries;
            m_findings.problems.push_back(
                {m_findings.lastFile, m_findings.lastOffset, isShorter ? m_findings.entries : m_options.mark->size,
                 isShorter ? "shorter than the high-water mark of " + std::to_string(m_options.mark->size) + " entries"
                           : "another history than the high-water mark's"});
        }
        for (LedgerFindings::Anchor& anchor : m_findings.anchors)
            judgeAnchor(anchor);
        // A ledger that is cut below what was signed was cut by a hand: the place of the cut tells most.
        const bool isCut = m_findings.end == FrameReader::Step::Torn && !m_findings.problems.empty();
        if (isCut)
            m_findings.problems.insert(m_findings.problems.begin(), m_findings.tear);
    }

    /// Both heads are shown: which of two histories is the true one no program can tell.
    void judgeAnchor(LedgerFindings::Anchor& anchor)
    {
        const HighWaterMark& head = anchor.said.head;
        anchor.isMatch = anchor.computed == head.root;
        if (anchor.isMatch)
            return;
        const std::string kept =
            anchor.said.where + " holds the head of " + std::to_string(head.size) + " entries " + toBase64(ByteView(head.root.bytes));
        m_findings.problems.push_back(
            {m_findings.lastFile, m_findings.lastOffset, std::min(head.size, m_findings.entries),
             anchor.computed ? "another history: " + kept + ", the ledger has " + toBase64(ByteView(anchor.computed->bytes))
                             : "shorter than an anchor: " + kept});
    }

    std::shared_ptr<const LedgerSource> m_source;
    const ExaminationOptions& m_options;
    std::vector<ReadCheckpoint> m_checkpoints;
    std::size_t m_nextCheckpoint = 0;
    PastRoots m_roots;
    LedgerFindings m_findings;
};

} // namespace

Result<LedgerFindings> examineLedger(const platform::Path& caseFolder, const ExaminationOptions& options)
{
    return examineLedger(ledgerIn(caseFolder), options);
}

Result<LedgerFindings> examineLedger(std::shared_ptr<const LedgerSource> source, const ExaminationOptions& options)
{
    return Examination(std::move(source), options).run();
}

} // namespace cordon::record
