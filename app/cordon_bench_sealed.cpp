// Makes a case large: adds evidence that does not compress, with its ledger entry, until so many bytes are in the vault.
//   cordon_bench_sealed CASE HOME MEGABYTES
#include "core/crypto/random.h"
#include "core/record/case_folder.h"
#include "core/record/evidence_intake.h"

#include <charconv>
#include <cstdio>
#include <cstring>

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

} // namespace

int main(int count, char** words)
{
    int megabytes = 0;
    if (count != 4 || std::from_chars(words[3], words[3] + std::strlen(words[3]), megabytes).ec != std::errc()) {
        std::fputs("usage: cordon_bench_sealed CASE HOME MEGABYTES\n", stderr);
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
