#include "core/record/frame_reader.h"
#include "tests/soak/record/runs.h"
#include "tests/soak/record/sample_ledger.h"

#include <atomic>
#include <csignal>
#include <ctime>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::record::soak {
namespace {

/// What the writer said before it was killed.
struct Said
{
    std::atomic<std::int64_t> acknowledged{0};
    std::atomic<std::int64_t> recovered{0};
    std::atomic<int> failed{0};
};

/// Opens the ledger and writes until it is killed.
[[noreturn]] void write(const platform::Path& folder, Said& said)
{
    const MachineClock clock;
    LedgerOptions options;
    options.checkpointEvery = 16;
    auto ledger = Ledger::open(folder / "case", LogKeys(folder / "home"), clock, options);
    if (!ledger) {
        std::fprintf(stderr, "it does not open: %s\n", ledger.error().detail.c_str());
        said.failed.store(1);
        _exit(1);
    }
    said.recovered.fetch_add(ledger->tornTail() ? 1 : 0);
    for (std::int64_t number = 0;; ++number) {
        std::vector<LedgerDraft> drafts;
        for (std::int64_t i = 0; i <= number % 4; ++i)
            drafts.push_back(sampleDraft(number, 100));
        if (!ledger->appendAll(std::move(drafts))) {
            said.failed.store(1);
            _exit(1);
        }
        said.acknowledged.store(ledger->size());
        if (number % 40 == 39 && !ledger->beginEpoch("asked")) {
            said.failed.store(1);
            _exit(1);
        }
    }
}

std::int64_t entriesIn(const platform::Path& folder)
{
    FrameReader reader = must(FrameReader::open(folder / "case"));
    while (must(reader.next()) == FrameReader::Step::Frame) {
    }
    return reader.entries();
}

} // namespace

std::uint64_t runKills(std::uint64_t runs, std::uint64_t seed)
{
    constexpr std::uint64_t killsEach = 40; // then a new ledger, so that opening stays quick
    Dice dice(seed);
    auto* said = new (mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Said;
    std::uint64_t lost = 0;
    std::uint64_t wrong = 0;
    std::int64_t entries = 0;
    for (std::uint64_t run = 0; run < runs;) {
        const Workshop workshop;
        const MachineClock clock;
        static_cast<void>(must(Ledger::create(workshop.path() / "case", sampleOrigin, Value::Object{},
                                              LogKeys(workshop.path() / "home"), clock)));
        said->acknowledged.store(1);
        for (std::uint64_t kill = 0; kill < killsEach && run < runs; ++kill, ++run) {
            std::fflush(stdout);
            const pid_t child = fork();
            if (child == 0)
                write(workshop.path(), *said);
            const timespec wait{0, static_cast<long>(below(dice, 8'000'000))};
            nanosleep(&wait, nullptr);
            ::kill(child, SIGKILL);
            int status = 0;
            waitpid(child, &status, 0);
            const std::int64_t there = entriesIn(workshop.path());
            lost += there < said->acknowledged.load() ? 1U : 0U;
            wrong += said->failed.exchange(0) != 0 ? 1U : 0U;
            if (there < said->acknowledged.load())
                std::printf("LOST: run %llu\n", static_cast<unsigned long long>(run));
        }
        entries += entriesIn(workshop.path());
    }
    std::printf("kill -9, CR-01: %llu kills, seed %llu, %lld entries, %lld torn tails moved aside, %llu times something acknowledged was lost, %llu times it did not open\n",
                static_cast<unsigned long long>(runs), static_cast<unsigned long long>(seed), static_cast<long long>(entries),
                static_cast<long long>(said->recovered.load()), static_cast<unsigned long long>(lost), static_cast<unsigned long long>(wrong));
    return lost + wrong;
}

} // namespace cordon::record::soak
