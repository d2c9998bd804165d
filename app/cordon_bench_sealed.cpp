// Makes a case large: adds evidence that does not compress, with its ledger entry, until so many bytes are in the vault.
//   cordon_bench_sealed CASE HOME MEGABYTES
// Or opens a sealed case as the window does, while it is verified, and says how long that takes:
//   cordon_bench_sealed --open FILE HOME
#include "core/engine/case_reader.h"
#include "core/record/case_folder.h"
#include "core/record/evidence_intake.h"
#include "core/record/sealed_audit.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <thread>

using namespace cordon;
using namespace cordon::record;

namespace {

constexpr std::size_t blockSize = 1U << 20U;
constexpr int blocksPerObject = 512;

template<class T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "cordon_bench_sealed: %s\n", result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// Bytes that zstd makes nothing of. Source: xorshift64*, G. Marsaglia
class Noise
{
public:
    const std::string& next()
    {
        for (std::size_t at = 0; at < m_block.size(); at += sizeof m_state) {
            m_state ^= m_state >> 12U;
            m_state ^= m_state << 25U;
            m_state ^= m_state >> 27U;
            const std::uint64_t number = m_state * 0x2545F4914F6CDD1DULL;
            std::memcpy(m_block.data() + at, &number, sizeof number);
        }
        return m_block;
    }

private:
    std::uint64_t m_state = 88172645463325252ULL;
    std::string m_block = std::string(blockSize, '\0');
};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begun)
{
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

int openWhileVerifying(const platform::Path& file, const platform::Path& home)
{
    const auto begun = Clock::now();
    std::string verdict;
    double verified = 0;
    std::jthread verifier([&] {
        const auto sealed = must(SealedCase::open(file));
        AuditOptions options;
        options.home = home;
        verdict = toString(must(auditSealed(*sealed, std::move(options), {})).report.verdict);
        verified = secondsSince(begun);
    });
    const auto reader = must(engine::CaseReader::open(file));
    const engine::CaseSummary summary = must(reader->summary());
    const double known = secondsSince(begun);
    const auto rows = must(reader->incidents());
    const double listed = secondsSince(begun);
    if (!rows.empty())
        (void)must(reader->incident(rows.front().id));
    std::printf("open:    %.2f s until the case is known (%lld events), %.2f s until its %zu incidents are listed, %.2f s until the first is read\n",
                known, static_cast<long long>(summary.events), listed, rows.size(), secondsSince(begun));
    verifier.join();
    std::printf("verify:  %s after %.1f s, beside it\n", verdict.c_str(), verified);
    return 0;
}

} // namespace

int main(int count, char** words)
{
    if (count == 4 && std::string_view(words[1]) == "--open")
        return openWhileVerifying(words[2], words[3]);
    int megabytes = 0;
    if (count != 4 || std::from_chars(words[3], words[3] + std::strlen(words[3]), megabytes).ec != std::errc()) {
        std::fputs("usage: cordon_bench_sealed CASE HOME MEGABYTES\n       cordon_bench_sealed --open FILE HOME\n", stderr);
        return 64;
    }
    CaseOptions options;
    options.home = words[2];
    const MachineClock clock;
    auto held = must(CaseFolder::open(words[1], options, clock));
    Noise noise;
    for (int done = 0; done < megabytes;) {
        EvidenceIntake intake(held->vault());
        for (int block = 0; block < blocksPerObject && done < megabytes; ++block, ++done)
            must(intake.addPacked(bytesOf(noise.next())));
        EvidenceRecord record = must(intake.seal({}));
        record.kind = "snapshot";
        record.source = "made for a measurement";
        LedgerDraft draft;
        draft.type = "evidence.sealed";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = toValue(record);
        must(held->record(std::move(draft)));
    }
    must(held->close());
    return 0;
}
