#pragma once

#include "core/record/ledger.h"
#include "core/record/ledger_source.h"

#include <cstdio>
#include <cstdlib>
#include <random>

/// What the long runs over the record share: a folder in memory, a ledger to damage, and a way to stop.
namespace cordon::record::soak {

[[noreturn]] inline void giveUp(const std::string& why)
{
    std::fprintf(stderr, "soak_record: %s\n", why.c_str());
    std::exit(2);
}

template<class T>
T must(Result<T> result)
{
    if (!result)
        giveUp(result.error().detail);
    return std::move(*result);
}

inline void must(const Result<void>& result)
{
    if (!result)
        giveUp(result.error().detail);
}

using Dice = std::mt19937_64;

/// 0 up to but not `end`.
inline std::size_t below(Dice& dice, std::size_t end)
{
    return end == 0 ? 0 : static_cast<std::size_t>(dice() % end);
}

/// A folder of its own, in memory where the system has room there; gone when it goes away.
class Workshop
{
public:
    Workshop();
    ~Workshop();
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    [[nodiscard]] const platform::Path& path() const { return m_path; }

private:
    platform::Path m_path;
};

inline constexpr const char* sampleOrigin = "cordon.local/ledger/soak";

/// An entry with `size` bytes or so of text of its own.
[[nodiscard]] LedgerDraft sampleDraft(std::int64_t number, std::size_t size = 40);

struct SampleLedger
{
    LedgerInMemory ledger;
    HighWaterMark mark;
    crypto::PublicKey genesis;
    std::int64_t entries = 0;
};

/// A signed ledger: people, an approver's cosignature, several epochs, heads now and then, in `folder`/case with its
/// keys in `folder`/home.
[[nodiscard]] SampleLedger makeSample(const platform::Path& folder, std::int64_t entries, std::size_t bytesEach, int epochs);

/// The files under a case's `ledger`, as they are.
[[nodiscard]] LedgerInMemory ledgerFiles(const platform::Path& caseFolder);

/// The frames of a segment, each with its length and chain hash.
[[nodiscard]] std::vector<std::string> framesOf(const std::string& segment);
/// Header and entries with a chain made anew, as somebody without a key can.
[[nodiscard]] std::string chainedAnew(const std::string& header, const std::vector<std::string>& entries);
[[nodiscard]] std::string entryOf(const std::string& frame);

} // namespace cordon::record::soak
