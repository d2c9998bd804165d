#include "core/record/ledger_auditor.h"
#include "core/record/ledger_reader.h"
#include "tests/soak/record/call_shim.h"
#include "tests/soak/record/runs.h"
#include "tests/soak/record/sample_ledger.h"

#include <array>
#include <cstring>
#include <new>
#include <openssl/crypto.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::record::soak {
namespace {

constexpr const char* origin = sampleOrigin;

/// Numbers that were acknowledged, where a process that dies leaves them behind.
struct Acknowledged
{
    std::int64_t made = 0;    ///< the ledger was made
    std::int64_t count = 0;   ///< of entries, the genesis among them
    std::int64_t refused = 0; ///< calls that said no
};

const MachineClock& machine()
{
    static const MachineClock clock;
    return clock;
}

LedgerOptions smallSegments()
{
    LedgerOptions options;
    options.segmentBytes = 4000; // so that new segments are begun too
    options.checkpointEvery = 4;
    return options;
}

void note(const Ledger& ledger, Acknowledged& acknowledged)
{
    acknowledged.count = ledger.size();
}

/// A short life of a ledger. Goes on after what may heal, ends where the ledger says so.
void live(const platform::Path& folder, Acknowledged& acknowledged)
{
    const LogKeys keys(folder / "home");
    {
        auto made = Ledger::create(folder / "case", origin, Value::Object{}, keys, machine(), smallSegments());
        if (!made) {
            ++acknowledged.refused;
            return;
        }
        acknowledged.made = 1;
        note(*made, acknowledged);
        for (int i = 0; i < 9; ++i) {
            std::vector<LedgerDraft> drafts;
            for (int each = 0; each <= i % 3; ++each)
                drafts.push_back(sampleDraft(i, 150));
            const std::int64_t before = made->size();
            const auto added = made->appendAll(std::move(drafts));
            if (added && made->size() < before + static_cast<std::int64_t>(added->size()))
                giveUp("an entry was acknowledged and not counted");
            if (added)
                note(*made, acknowledged);
            acknowledged.refused += added ? 0 : 1;
            if (i == 4 && made->isHealthy()) {
                acknowledged.refused += made->beginEpoch("asked") ? 0 : 1;
                if (made->isHealthy())
                    note(*made, acknowledged);
            }
        }
        acknowledged.refused += made->checkpoint() ? 0 : 1;
    }
    auto again = Ledger::open(folder / "case", keys, machine(), smallSegments());
    if (!again) {
        ++acknowledged.refused;
        return;
    }
    if (const auto added = again->append(sampleDraft(99, 150)))
        note(*again, acknowledged);
    acknowledged.refused += again->checkpoint() ? 0 : 1;
}

/// After whatever happened: the ledger opens, has all that was acknowledged, and verifies. @return what is wrong
std::string problemAfter(const platform::Path& folder, const Acknowledged& acknowledged)
{
    if (acknowledged.made == 0)
        return {}; // nobody was told that there is a ledger
    const LogKeys keys(folder / "home");
    {
        auto opened = Ledger::open(folder / "case", keys, machine(), smallSegments());
        if (!opened)
            return "it does not open: " + opened.error().detail;
        if (opened->size() < acknowledged.count)
            return std::to_string(acknowledged.count) + " entries acknowledged, " + std::to_string(opened->size()) + " there";
        if (const auto added = opened->append(sampleDraft(100, 20)); !added)
            return "it takes nothing more: " + added.error().detail;
        if (const auto signedHead = opened->checkpoint(); !signedHead)
            return "its head cannot be signed: " + signedHead.error().detail;
    }
    AuditOptions options;
    options.home = folder / "home";
    options.checksEvidence = false;
    const auto report = LedgerAuditor(options).verify(folder / "case");
    if (!report || report->exitStatus() != 0)
        return "it does not verify: " + (report ? report->toText() : report.error().detail);
    return {};
}

const char* nameOf(Fault fault)
{
    switch (fault) {
    case Fault::Io: return "EIO";
    case Fault::NoSpace: return "ENOSPC";
    case Fault::Interrupted: return "EINTR";
    case Fault::ShortWrite: return "short write";
    case Fault::SyncFails: return "failed fsync";
    case Fault::None: break;
    }
    return "none";
}

struct Tally
{
    std::uint64_t runs = 0;
    std::uint64_t wrong = 0;
};

/// One run of `work` with the k-th call failing, for k = 1 until none fails any more.
template<class Prepare, class Work>
void everyCall(const char* what, Fault fault, bool failsOn, Tally& tally, const Prepare& prepare, const Work& work)
{
    for (std::uint64_t k = 1;; ++k) {
        const Workshop workshop;
        Acknowledged acknowledged = prepare(workshop.path());
        ShimState& state = shim();
        state = {};
        state.failAt = k;
        state.fault = fault;
        state.failsOn = failsOn;
        state.isCounting = true;
        work(workshop.path(), acknowledged);
        state.isCounting = false;
        ++tally.runs;
        std::string problem = problemAfter(workshop.path(), acknowledged);
        const bool mustSucceed = fault == Fault::Interrupted || fault == Fault::ShortWrite;
        if (problem.empty() && mustSucceed && acknowledged.refused > 0)
            problem = "it gave up over what it could go on from";
        if (!problem.empty()) {
            ++tally.wrong;
            std::printf("WRONG: %s, %s%s at call %llu: %s\n", what, nameOf(fault), failsOn ? " from then on" : "",
                        static_cast<unsigned long long>(k), problem.c_str());
        }
        if (k > state.calls)
            return;
    }
}

/// A ledger whose last frame a crash cut off.
Acknowledged torn(const platform::Path& folder)
{
    Acknowledged acknowledged;
    {
        Ledger ledger = must(Ledger::create(folder / "case", origin, Value::Object{}, LogKeys(folder / "home"), machine()));
        for (int i = 0; i < 3; ++i)
            must(ledger.append(sampleDraft(i)));
        acknowledged.made = 1;
        acknowledged.count = ledger.size() - 1;
    }
    const auto segment = folder / "case" / "ledger" / "00000001.log";
    std::filesystem::resize_file(segment, std::filesystem::file_size(segment) - 9);
    return acknowledged;
}

void recover(const platform::Path& folder, Acknowledged& acknowledged)
{
    auto opened = Ledger::open(folder / "case", LogKeys(folder / "home"), machine());
    if (!opened) {
        ++acknowledged.refused;
        return;
    }
    note(*opened, acknowledged);
    acknowledged.refused += opened->checkpoint() ? 0 : 1;
}

std::uint64_t allocationsLeft = 0; ///< 0: no limit
std::uint64_t allocationsMade = 0;

bool isOut()
{
    return allocationsLeft != 0 && ++allocationsMade == allocationsLeft;
}

void* allocateForOpenssl(std::size_t size, const char*, int)
{
    return isOut() ? nullptr : std::malloc(size);
}

void* reallocateForOpenssl(void* memory, std::size_t size, const char*, int)
{
    return isOut() ? nullptr : std::realloc(memory, size);
}

void freeForOpenssl(void* memory, const char*, int)
{
    std::free(memory);
}

} // namespace

void watchOpenssl()
{
    if (CRYPTO_set_mem_functions(allocateForOpenssl, reallocateForOpenssl, freeForOpenssl) != 1)
        giveUp("OpenSSL has taken memory already");
}

std::uint64_t runFaults()
{
    Tally work;
    Tally recovery;
    for (const Fault fault : {Fault::Io, Fault::NoSpace, Fault::Interrupted, Fault::ShortWrite, Fault::SyncFails}) {
        for (const bool failsOn : {false, true}) {
            everyCall("at work", fault, failsOn, work, [](const platform::Path&) { return Acknowledged{}; }, live);
            everyCall("recovering", fault, failsOn, recovery, torn, recover);
        }
    }
    std::printf("failing system calls: CR-03 %llu runs at work, %llu wrong; CR-05 %llu runs while recovering, %llu wrong\n",
                static_cast<unsigned long long>(work.runs), static_cast<unsigned long long>(work.wrong),
                static_cast<unsigned long long>(recovery.runs), static_cast<unsigned long long>(recovery.wrong));
    return work.wrong + recovery.wrong;
}

std::uint64_t runMemory(std::uint64_t stride)
{
    auto* shared = static_cast<Acknowledged*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    Tally tally;
    std::uint64_t died = 0;
    std::uint64_t thrown = 0;
    // A process of its own for each: one that ends for lack of memory is as good as one that was killed.
    for (std::uint64_t k = 1;; k += stride) {
        const Workshop workshop;
        *shared = {};
        std::fflush(stdout);
        const pid_t child = fork();
        if (child == 0) {
            allocationsMade = 0;
            allocationsLeft = k;
            int status = 0;
            try {
                live(workshop.path(), *shared);
                status = allocationsMade < k ? 3 : 0;
            } catch (const std::bad_alloc&) {
                status = 4;
            }
            _exit(status);
        }
        int status = 0;
        waitpid(child, &status, 0);
        ++tally.runs;
        died += WIFSIGNALED(status) ? 1U : 0U;
        thrown += WIFEXITED(status) && WEXITSTATUS(status) == 4 ? 1U : 0U;
        if (const std::string problem = problemAfter(workshop.path(), *shared); !problem.empty()) {
            ++tally.wrong;
            std::printf("WRONG: no memory at allocation %llu: %s\n", static_cast<unsigned long long>(k), problem.c_str());
        }
        if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
            break;
    }
    std::printf("failing allocations, CR-04: %llu runs, %llu ended by an exception, %llu died of it, %llu wrong\n",
                static_cast<unsigned long long>(tally.runs), static_cast<unsigned long long>(thrown),
                static_cast<unsigned long long>(died), static_cast<unsigned long long>(tally.wrong));
    return tally.wrong;
}

} // namespace cordon::record::soak

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete" // both sides are here
#endif

/// Every allocation of this program's own code and of the standard library comes by here.
void* operator new(std::size_t size)
{
    using namespace cordon::record::soak;
    if (isOut())
        throw std::bad_alloc();
    if (void* memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
