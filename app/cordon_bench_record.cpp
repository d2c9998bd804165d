// Measures the record beside what the same machine does without it: durable appends one by one and in groups, verification,
// signatures and hashes.
#include "core/crypto/sha256.h"
#include "core/crypto/signing_key.h"
#include "core/record/ledger.h"
#include "core/record/ledger_auditor.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::record;

namespace {

using Steady = std::chrono::steady_clock;

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Time that the processor spent on this process: what does not wait for the disk is measured in it, so that other work on
/// the machine does not count.
class CpuTime
{
public:
    [[nodiscard]] double seconds() const { return now() - m_start; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    }
    double m_start = now();
};

[[noreturn]] void stop(const Error& error)
{
    std::fprintf(stderr, "cordon_bench_record: %s\n", error.detail.c_str());
    std::exit(1);
}

template<class T>
T must(Result<T> result)
{
    if (!result)
        stop(result.error());
    return std::move(*result);
}

void must(const Result<void>& result)
{
    if (!result)
        stop(result.error());
}

/// An entry as cases hold most of them: some 350 bytes.
LedgerDraft draftOf(int number)
{
    LedgerDraft draft;
    draft.type = "scope.asked"; // what the agent writes without anybody's order
    draft.actor = {Actor::Kind::Agent, "nhi:cordon-agent"};
    draft.session = "s-12";
    draft.incident = "INC-0007";
    draft.data = Value::Object{{"permit", "p-" + std::to_string(number)},
                               {"digest", "922bc548bd8a16bea015a0dea11958a2f5c07472b38caf762f9270974df60559"}};
    return draft;
}

void printTimes(const char* what, std::vector<double>& millis)
{
    std::sort(millis.begin(), millis.end());
    double total = 0;
    for (const double each : millis)
        total += each;
    const auto at = [&](double share) { return millis[static_cast<std::size_t>(share * static_cast<double>(millis.size() - 1))]; };
    std::printf("%-46s %9.0f /s   median %.2f ms, 99%% within %.2f ms, slowest %.2f ms\n", what,
                1000.0 * static_cast<double>(millis.size()) / total, at(0.5), at(0.99), at(1.0));
}

/// The limit: the same bytes to a plain file, each with its sync.
void rawAppends(const platform::Path& folder, int count)
{
    auto file = must(platform::File::openForAppending(folder / "raw"));
    const std::string bytes(400, 'x');
    std::vector<double> millis;
    for (int i = 0; i < count; ++i) {
        const auto start = Steady::now();
        must(file.write(bytes));
        must(file.sync());
        millis.push_back(1000.0 * secondsSince(start));
    }
    printTimes("limit: plain append and fsync, 400 bytes", millis);
}

void singleAppends(Ledger& ledger, int count)
{
    std::vector<double> millis;
    for (int i = 0; i < count; ++i) {
        const auto start = Steady::now();
        must(ledger.append(draftOf(i)));
        millis.push_back(1000.0 * secondsSince(start));
    }
    printTimes("one durable entry", millis);
}

void groupedAppends(Ledger& ledger, int count, int group)
{
    const auto start = Steady::now();
    const CpuTime cpu;
    for (int done = 0; done < count; done += group) {
        std::vector<LedgerDraft> drafts;
        for (int i = 0; i < group; ++i)
            drafts.push_back(draftOf(done + i));
        must(ledger.appendAll(std::move(drafts)));
    }
    const std::string what = "durable entries, " + std::to_string(group) + " to a sync";
    std::printf("%-46s %9.0f /s   %.0f per second of CPU time\n", what.c_str(), count / secondsSince(start), count / cpu.seconds());
}

/// In a process of its own, so that its memory is its own too.
[[nodiscard]] bool verification(const platform::Path& folder, const platform::Path& home, int entries)
{
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        AuditOptions options;
        options.home = home;
        options.checksEvidence = false;
        const auto start = Steady::now();
        const CpuTime cpu;
        const auto report = LedgerAuditor(options).verify(folder);
        const double seconds = secondsSince(start);
        const double cpuSeconds = cpu.seconds();
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        if (!report || report->exitStatus() != 0) {
            std::fprintf(stderr, "%s\n", report ? report->toText().c_str() : report.error().detail.c_str());
            _exit(1);
        }
        std::printf("%-46s %9.0f per second of CPU time, %.0f /s   %lld entries, %.0f MB of memory at most, verdict ok\n", "full verification",
                    static_cast<double>(entries) / cpuSeconds, static_cast<double>(entries) / seconds, static_cast<long long>(report->ledger.entries),
                    static_cast<double>(usage.ru_maxrss) / 1024.0);
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0)
        std::printf("%-46s FAILED\n", "full verification");
    return status == 0;
}

void cryptography()
{
    const auto key = crypto::SigningKey::generate();
    const std::string text = "cordon.local/ledger/3f9a\n48213\n3buC+OkkbF0lBYhV9nPbtZt2Ybiy0y1Ok0K3dQ5d2OA=\n";
    constexpr int times = 3000;
    crypto::Signature signature{};
    const CpuTime signing;
    for (int i = 0; i < times; ++i)
        signature = key.sign(text);
    std::printf("%-46s %9.0f per second of CPU time\n", "limit: Ed25519 signatures made", times / signing.seconds());
    const CpuTime verifying;
    for (int i = 0; i < times; ++i) {
        if (!key.publicKey().verifies(bytesOf(text), signature))
            std::exit(1);
    }
    std::printf("%-46s %9.0f per second of CPU time\n", "limit: Ed25519 signatures verified", times / verifying.seconds());
    const std::string block(1U << 20U, 'x');
    const CpuTime hashing;
    for (int i = 0; i < 200; ++i)
        static_cast<void>(crypto::sha256(block));
    std::printf("%-46s %9.2f GB per second of CPU time\n", "limit: SHA-256 of 1 MiB blocks", 200.0 * (1U << 20U) / 1e9 / hashing.seconds());
    const std::string entry(350, 'x');
    constexpr int many = 300000;
    const CpuTime small;
    for (int i = 0; i < many; ++i)
        static_cast<void>(crypto::sha256(entry));
    std::printf("%-46s %9.0f per second of CPU time\n", "limit: SHA-256 of 350 bytes (two for each entry)", many / small.seconds());
}

int numberAfter(int count, char** arguments, const char* name, int otherwise)
{
    for (int i = 1; i + 1 < count; ++i) {
        const char* text = arguments[i + 1];
        if (std::strcmp(arguments[i], name) == 0)
            std::from_chars(text, text + std::strlen(text), otherwise);
    }
    return otherwise;
}

} // namespace

int main(int count, char** arguments)
{
    const int single = numberAfter(count, arguments, "--single", 2000);
    const int entries = numberAfter(count, arguments, "--entries", 400000);
    std::string pattern = "build/bench/record-XXXXXX";
    std::error_code error;
    std::filesystem::create_directories("build/bench", error);
    if (!mkdtemp(pattern.data()))
        return 1;
    const platform::Path folder = pattern;
    const MachineClock clock;
    bool isVerified = false;
    {
        Ledger ledger = must(Ledger::create(folder / "case", "cordon.local/ledger/bench", Value::Object{},
                                            LogKeys(folder / "home"), clock));
        rawAppends(folder, single);
        singleAppends(ledger, single);
        groupedAppends(ledger, std::min(entries, 20000), 100);
        groupedAppends(ledger, entries, 1000);
        must(ledger.checkpoint());
        isVerified = verification(folder / "case", folder / "home", static_cast<int>(ledger.size()));
    }
    cryptography();
    std::filesystem::remove_all(folder, error);
    return isVerified ? 0 : 1;
}
