#include "core/record/frame_reader.h"
#include "tests/soak/record/call_shim.h"
#include "tests/soak/record/runs.h"
#include "tests/soak/record/sample_ledger.h"

#include <algorithm>
#include <map>

namespace cordon::record::soak {
namespace {

constexpr std::uint64_t sector = 512;

/// What the disk holds for sure at some moment, and what it was told to write since.
struct Moment
{
    std::map<std::string, std::string> durable; ///< by name below `ledger/`
    std::map<std::string, std::vector<FileOperation>> pending;
    std::vector<std::pair<std::string, std::string>> renamed; ///< name, content: the folder was not synced since
    std::int64_t acknowledged = 0;                            ///< entries
};

/// The life of one ledger, seen from the disk.
struct Session
{
    std::vector<Moment> moments;
    std::vector<Digest> chains; ///< by number of entries
    platform::Path home;
};

/// Turns noted operations into moments.
class Recorder
{
public:
    Recorder(platform::Path ledgerFolder, Session& session)
        : m_folder(std::move(ledgerFolder))
        , m_session(session)
    {
        for (const auto& [name, bytes] : ledgerFiles(m_folder.parent_path()).files)
            m_now.durable[name] = bytes;
        noteOperations(&m_operations);
    }
    ~Recorder() { noteOperations(nullptr); }
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// What happened since the last call; then so many entries were acknowledged.
    void acknowledge(std::int64_t entries)
    {
        for (FileOperation& operation : m_operations)
            take(operation);
        m_operations.clear();
        m_now.acknowledged = entries;
        m_session.moments.push_back(m_now);
    }

private:
    void take(FileOperation& operation)
    {
        const std::string name = std::filesystem::path(operation.path).lexically_relative(m_folder).string();
        const bool isFolder = operation.path == m_folder.string() || operation.path == (m_folder / "checkpoints").string();
        if (!isFolder && name.starts_with(".."))
            return; // keys and marks
        switch (operation.kind) {
        case FileOperation::Kind::Sync:
            if (isFolder) {
                for (auto& [to, bytes] : m_now.renamed)
                    m_now.durable[to] = bytes;
                m_now.renamed.clear();
            } else {
                for (const FileOperation& one : m_now.pending[name])
                    applyWhole(m_now.durable[name], one);
                m_now.pending.erase(name);
            }
            break;
        case FileOperation::Kind::Rename: {
            const std::string from = std::filesystem::path(operation.from).lexically_relative(m_folder).string();
            m_now.renamed.emplace_back(name, m_now.durable[from]);
            m_now.durable.erase(from);
            break;
        }
        default:
            m_now.pending[name].push_back(operation);
        }
        m_session.moments.push_back(m_now);
    }

    static void applyWhole(std::string& bytes, const FileOperation& operation)
    {
        if (operation.kind == FileOperation::Kind::Truncate) {
            bytes.resize(operation.offset);
            return;
        }
        bytes.resize(std::max<std::size_t>(bytes.size(), operation.offset + operation.bytes.size()));
        std::copy(operation.bytes.begin(), operation.bytes.end(), bytes.begin() + static_cast<std::ptrdiff_t>(operation.offset));
    }

    platform::Path m_folder;
    Session& m_session;
    std::vector<FileOperation> m_operations;
    Moment m_now;
};

/// What became of an unsynced write: each sector new, old, torn or zeroed, in any order; the file's size anything between.
/// Bytes that were synced before stay, also in a sector that was written again.
void applyPartly(std::string& bytes, const FileOperation& operation, Dice& dice, std::map<std::string, std::uint64_t>& fates)
{
    if (operation.kind == FileOperation::Kind::Truncate) {
        if (dice() % 2 == 0)
            bytes.resize(operation.offset);
        return;
    }
    const std::size_t before = bytes.size();
    const std::size_t end = operation.offset + operation.bytes.size();
    bytes.resize(std::max(before, end));
    for (std::size_t at = operation.offset; at < end;) {
        const std::size_t next = std::min<std::size_t>(end, (at / sector + 1) * sector);
        const auto from = operation.bytes.begin() + static_cast<std::ptrdiff_t>(at - operation.offset);
        const auto to = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = static_cast<std::ptrdiff_t>(next - at);
        switch (dice() % 4) {
        case 0: ++fates["written"]; std::copy(from, from + count, to); break;
        case 1: ++fates["dropped"]; break;
        case 2: ++fates["torn"]; std::copy(from, from + static_cast<std::ptrdiff_t>(below(dice, next - at)), to); break;
        default: ++fates["zeroed"]; std::fill_n(to, count, '\0'); break;
        }
        at = next;
    }
    if (dice() % 3 == 0)
        bytes.resize(before + below(dice, bytes.size() - before + 1));
}

LedgerDraft draftOf(Dice& dice, std::int64_t number)
{
    return sampleDraft(number, dice() % 8 == 0 ? 200 + below(dice, 3000) : below(dice, 300));
}

/// Some appends, alone and in groups, heads, new segments; every third one begins by recovering from an earlier crash.
Session record(const platform::Path& folder, Dice& dice, bool isRecovering)
{
    static const MachineClock clock;
    Session session;
    session.home = folder / "home";
    LedgerOptions options;
    options.checkpointEvery = 5;
    options.segmentBytes = 3000 + below(dice, 3000);
    std::int64_t acknowledged = 0;
    {
        Ledger ledger = must(Ledger::create(folder / "case", sampleOrigin, Value::Object{}, LogKeys(folder / "home"), clock, options));
        if (isRecovering) {
            must(ledger.append(draftOf(dice, 1)));
            acknowledged = ledger.size();
            must(ledger.append(draftOf(dice, 2))); // this one the crash cuts off
        }
        acknowledged = isRecovering ? acknowledged : ledger.size();
    }
    if (isRecovering) {
        const auto path = folder / "case" / "ledger" / must(ledgerIn(folder / "case")->segments()).back();
        std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1 - below(dice, 100));
    }
    {
        Recorder recorder(folder / "case" / "ledger", session);
        recorder.acknowledge(acknowledged);
        Ledger ledger = must(Ledger::open(folder / "case", LogKeys(folder / "home"), clock, options));
        recorder.acknowledge(ledger.size());
        for (int step = 0; step < 4; ++step) {
            std::vector<LedgerDraft> drafts;
            for (std::size_t count = 1 + (dice() % 3 == 0 ? below(dice, 6) : 0); count > 0; --count)
                drafts.push_back(draftOf(dice, ledger.size()));
            must(ledger.appendAll(std::move(drafts)));
            recorder.acknowledge(ledger.size());
        }
        must(ledger.checkpoint());
        recorder.acknowledge(ledger.size());
    }
    FrameReader reader = must(FrameReader::open(folder / "case"));
    session.chains.push_back(reader.chain());
    while (must(reader.next()) == FrameReader::Step::Frame)
        session.chains.push_back(reader.chain());
    return session;
}

/// The whole opening for writing, from files: it must succeed and have everything that was acknowledged.
std::string openWhole(const Session& session, const std::map<std::string, std::string>& files, std::int64_t acknowledged)
{
    static const MachineClock clock;
    const Workshop workshop;
    std::filesystem::copy(session.home, workshop.path() / "home", std::filesystem::copy_options::recursive);
    std::filesystem::remove_all(workshop.path() / "home" / "pinned"); // the mark may be newer than this moment
    for (const auto& [name, bytes] : files) {
        const auto path = workshop.path() / "case" / "ledger" / name;
        std::filesystem::create_directories(path.parent_path());
        must(platform::writeFileAtomically(path, bytes));
    }
    std::filesystem::create_directories(workshop.path() / "case" / "ledger" / "checkpoints");
    auto opened = Ledger::open(workshop.path() / "case", LogKeys(workshop.path() / "home"), clock);
    if (!opened)
        return "it does not open: " + opened.error().detail;
    if (opened->size() < acknowledged)
        return "entries are lost";
    const auto added = opened->append(sampleDraft(1));
    return added ? "" : "it takes nothing more: " + added.error().detail;
}

} // namespace

std::uint64_t runPowerLosses(std::uint64_t runs, std::uint64_t seed)
{
    constexpr std::size_t mostSessions = 96;
    constexpr std::uint64_t wholeEvery = 20'000;
    Dice dice(seed);
    const Workshop workshop;
    std::vector<Session> sessions;
    for (std::size_t i = 0; i < std::min<std::size_t>(mostSessions, 4 + runs / 1000); ++i)
        sessions.push_back(record(workshop.path() / std::to_string(i), dice, i % 3 == 0));
    std::map<std::string, std::uint64_t> fates;
    std::uint64_t lost = 0, forged = 0, refused = 0, torn = 0, opened = 0;
    const auto ledger = std::make_shared<LedgerInMemory>();
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Session& session = sessions[below(dice, sessions.size())];
        const Moment& moment = session.moments[below(dice, session.moments.size())];
        ledger->files.clear();
        const bool isWhole = run % wholeEvery == 0;
        for (const auto& [name, bytes] : moment.durable) {
            if (isWhole || isSegmentName(name))
                ledger->files[name] = bytes;
        }
        for (const auto& [name, bytes] : moment.renamed) {
            if (dice() % 2 == 0 && (isWhole || isSegmentName(name)))
                ledger->files[name] = bytes;
        }
        for (const auto& [name, operations] : moment.pending) {
            if (!isSegmentName(name))
                continue; // under another name yet
            for (const FileOperation& operation : operations)
                applyPartly(ledger->files[name], operation, dice, fates);
        }
        FrameReader reader = must(FrameReader::open(ledger));
        FrameReader::Step step = FrameReader::Step::Frame;
        while (step == FrameReader::Step::Frame)
            step = must(reader.next());
        const auto entries = static_cast<std::size_t>(reader.entries());
        const bool isLost = reader.entries() < moment.acknowledged;
        const bool isForged = entries >= session.chains.size() || reader.chain() != session.chains[entries];
        lost += isLost ? 1U : 0U;
        forged += isForged ? 1U : 0U;
        refused += step == FrameReader::Step::Bad ? 1U : 0U;
        torn += step == FrameReader::Step::Torn ? 1U : 0U;
        if ((isLost || isForged || step == FrameReader::Step::Bad) && lost + forged + refused < 20)
            std::printf("WRONG: run %llu: %s, %zu entries of %lld acknowledged\n", static_cast<unsigned long long>(run),
                        reader.place().toString().c_str(), entries, static_cast<long long>(moment.acknowledged));
        if (isWhole) {
            ++opened;
            if (const std::string problem = openWhole(session, ledger->files, moment.acknowledged); !problem.empty()) {
                ++refused;
                std::printf("WRONG: run %llu: %s\n", static_cast<unsigned long long>(run), problem.c_str());
            }
        }
    }
    for (const auto& [fate, count] : fates)
        std::printf("  sectors %-16s %llu\n", fate.c_str(), static_cast<unsigned long long>(count));
    std::printf("power losses, CR-02: %llu runs over %zu sessions, seed %llu, %llu torn tails, %llu opened whole; %llu times something acknowledged was lost, %llu times bytes never written were taken, %llu times it did not open\n",
                static_cast<unsigned long long>(runs), sessions.size(), static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(torn), static_cast<unsigned long long>(opened), static_cast<unsigned long long>(lost),
                static_cast<unsigned long long>(forged), static_cast<unsigned long long>(refused));
    return lost + forged + refused;
}

} // namespace cordon::record::soak
