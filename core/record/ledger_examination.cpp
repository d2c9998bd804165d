#include "core/record/ledger_examination.h"

#include "core/record/entry_codec.h"
#include "core/record/ledger_format.h"

#include <algorithm>
#include <charconv>

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

std::optional<std::int64_t> numberFrom(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// origin LF size LF base64 root LF, and nothing else. @return false when it reads otherwise
bool readText(ReadCheckpoint& checkpoint)
{
    const std::string& text = checkpoint.note.text;
    const auto first = text.find('\n');
    const auto second = first == std::string::npos ? first : text.find('\n', first + 1);
    if (second == std::string::npos || text.find('\n', second + 1) != text.size() - 1)
        return false;
    checkpoint.origin = text.substr(0, first);
    const auto size = numberFrom(std::string_view(text).substr(first + 1, second - first - 1));
    const auto root = fromBase64(std::string_view(text).substr(second + 1, text.size() - second - 2));
    if (!size || !root || root->size() != checkpoint.root.bytes.size())
        return false;
    checkpoint.size = *size;
    std::copy(root->begin(), root->end(), checkpoint.root.bytes.begin());
    return text ==
           checkpoint.origin + "\n" + std::to_string(*size) + "\n" + toBase64(ByteView(checkpoint.root.bytes)) + "\n";
}

ReadCheckpoint readCheckpoint(const platform::Path& path)
{
    ReadCheckpoint checkpoint;
    const std::string name = path.filename().string();
    checkpoint.file = std::string(format::ledgerFolder) + "/" + std::string(format::checkpointFolder) + "/" + name;
    checkpoint.size = numberFrom(name).value_or(0);
    const auto bytes = platform::readFile(path, longestNote);
    if (!bytes) {
        checkpoint.problem = "the checkpoint cannot be read";
        return checkpoint;
    }
    const std::int64_t named = checkpoint.size;
    auto note = crypto::SignedNote::parse(*bytes);
    if (!note || note->toString() != *bytes) {
        checkpoint.problem = "not a signed note";
        return checkpoint;
    }
    checkpoint.note = std::move(*note);
    if (!readText(checkpoint))
        checkpoint.problem = "not a checkpoint";
    else if (checkpoint.size != named)
        checkpoint.problem = "the name says another size";
    return checkpoint;
}

/// By size. Names that begin with a dot are left over from a crash while writing.
std::vector<ReadCheckpoint> readCheckpoints(const platform::Path& caseFolder)
{
    std::vector<ReadCheckpoint> checkpoints;
    const auto folder = caseFolder / format::ledgerFolder / format::checkpointFolder;
    std::error_code error;
    for (std::filesystem::directory_iterator next(folder, error), end; !error && next != end; next.increment(error)) {
        if (!next->path().filename().string().starts_with('.'))
            checkpoints.push_back(readCheckpoint(next->path()));
    }
    std::sort(checkpoints.begin(), checkpoints.end(), [](const ReadCheckpoint& a, const ReadCheckpoint& b) {
        return a.size != b.size ? a.size < b.size : a.file < b.file;
    });
    return checkpoints;
}

class Examination
{
public:
    Examination(const platform::Path& caseFolder, const ExaminationOptions& options)
        : m_folder(caseFolder)
        , m_options(options)
    {}

    Result<LedgerFindings> run()
    {
        m_checkpoints = readCheckpoints(m_folder);
        CORDON_CHECK(readEntries());
        for (const ReadCheckpoint& checkpoint : m_checkpoints)
            judge(checkpoint);
        judgeEnd();
        return std::move(m_findings);
    }

private:
    Result<void> readEntries()
    {
        CORDON_TRY(FrameReader reader, FrameReader::open(m_folder));
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
        if (entry->seq == 0) {
            const auto key = crypto::PublicKey::parse(entry->data["public_key"].asString());
            if (entry->type != "ledger.genesis" || !key || entry->data["origin"].asString() != reader.origin())
                return refuse("the first entry is not the genesis of " + reader.origin());
            m_findings.genesisKey = *key;
        }
        m_findings.tree.append(leafHash(reader.entry()));
        m_findings.entries = reader.entries();
        rootReached();
        if (m_options.visit)
            m_options.visit(*entry);
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
        m_findings.checkpointedSize = std::max(m_findings.checkpointedSize, checkpoint.size);
    }

    std::string problemOf(const ReadCheckpoint& checkpoint)
    {
        if (!m_findings.genesisKey || checkpoint.origin != m_findings.origin)
            return "the checkpoint is not of this ledger";
        int own = 0;
        for (const crypto::NoteSignature& signature : checkpoint.note.signatures) {
            if (signature.name == m_findings.origin) {
                ++own;
                if (signature.keyId != crypto::noteKeyId(m_findings.origin, *m_findings.genesisKey))
                    return "the signature names another key";
                continue;
            }
            const auto witness = m_options.witnesses.find(signature.name);
            crypto::SignedNote alone{checkpoint.note.text, {signature}};
            if (witness == m_options.witnesses.end() || !alone.isSignedBy(signature.name, witness->second))
                return "a cosignature does not verify: " + signature.name;
            ++m_findings.cosignatures;
        }
        if (own != 1 || !checkpoint.note.isSignedBy(m_findings.origin, *m_findings.genesisKey))
            return "the signature does not verify";
        if (checkpoint.size > m_findings.entries)
            return "signed for " + std::to_string(checkpoint.size) + " entries, the ledger has " +
                   std::to_string(m_findings.entries) + " good ones";
        if (checkpoint.computed != checkpoint.root)
            return "signed for another tree root";
        return {};
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
        // A ledger that is cut below what was signed was cut by a hand: the place of the cut tells most.
        const bool isCut = m_findings.end == FrameReader::Step::Torn && !m_findings.problems.empty();
        if (isCut)
            m_findings.problems.insert(m_findings.problems.begin(), m_findings.tear);
    }

    const platform::Path& m_folder;
    const ExaminationOptions& m_options;
    std::vector<ReadCheckpoint> m_checkpoints;
    std::size_t m_nextCheckpoint = 0;
    LedgerFindings m_findings;
};

} // namespace

Result<LedgerFindings> examineLedger(const platform::Path& caseFolder, const ExaminationOptions& options)
{
    return Examination(caseFolder, options).run();
}

} // namespace cordon::record
