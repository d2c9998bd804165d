// Long forms of what tests/core/govern checks in short: two judges on random requests, seeded mistakes, hostile plans.
#include "tests/core/govern/gate_properties.h"
#include "tests/core/govern/hostile_plans.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>

using namespace cordon;
using namespace cordon::govern;

#ifdef CORDON_SEEDED_MISTAKES
namespace cordon::govern {
int seededMistake = 0; // which one the copies of the gate's steps make now; 0: none
}
extern const char* const seededMistakes[];
extern const int seededMistakeCount;
#endif

namespace {

bool takeNumber(const char* text, std::uint64_t& number)
{
    const char* end = text + std::strlen(text);
    const auto read = std::from_chars(text, end, number);
    return read.ec == std::errc() && read.ptr == end;
}

#ifndef CORDON_SEEDED_MISTAKES

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Highest share of failures that no failure in so many cases leaves possible, at 95 %.
double upperBound(std::uint64_t cases)
{
    return cases > 0 ? 3.0 / static_cast<double>(cases) : 1;
}

void printHistogram(const char* title, const std::map<std::string, std::uint64_t>& counts, std::uint64_t all)
{
    std::printf("%s\n", title);
    for (const auto& [name, count] : counts)
        std::printf("  %-44s %10llu  %6.2f %%\n", name.c_str(), static_cast<unsigned long long>(count),
                    100.0 * static_cast<double>(count) / static_cast<double>(all));
}

int compare(std::uint64_t cases, std::uint64_t seed)
{
    const auto start = Clock::now();
    fixture::RandomRequests random(seed);
    const std::string good = json::write(gateRequestToValue(fixture::anApprovedDeletion()));
    std::map<std::string, std::uint64_t> effects;
    std::map<std::string, std::uint64_t> clauses;
    int read = 0;
    for (std::uint64_t i = 0; i < cases; ++i) {
        const GateRequest request = random.next();
        const Ruling ruling = Gate().rule(request);
        std::string problem = properties::problemOf(request, ruling, random);
        if (problem.empty() && i % 4 == 0)
            problem = properties::anyBytes(good, random, read);
        if (!problem.empty()) {
            std::printf("seed %llu, case %llu: %s\n%s\n", static_cast<unsigned long long>(seed),
                        static_cast<unsigned long long>(i), problem.c_str(), properties::shown(request).c_str());
            return 1;
        }
        ++effects[std::string(toString(ruling.decision.effect)) + " " + std::string(toString(ruling.decision.tier))];
        for (const std::string& clause : ruling.decision.clauses)
            ++clauses[clause];
        for (const std::string& missing : ruling.decision.missing)
            ++clauses["missing " + missing];
    }
    printHistogram("answers", effects, cases);
    printHistogram("named in (share of cases)", clauses, cases);
    std::printf("cases %llu, seed %llu, requests read from turned bytes %d, disagreements 0, %.1f s\n",
                static_cast<unsigned long long>(cases), static_cast<unsigned long long>(seed), read,
                secondsSince(start));
    std::printf("P1 to P10 held in each; 95 %% upper bound for this generator: %.1e\n", upperBound(cases));
    return 0;
}

int attack(std::uint64_t plans, std::uint64_t seed)
{
    const auto start = Clock::now();
    hostile::Range range(seed);
    for (std::uint64_t i = 0; i < plans; ++i) {
        const std::string problem = range.next();
        if (!problem.empty()) {
            std::printf("seed %llu, plan %llu: %s\n", static_cast<unsigned long long>(seed),
                        static_cast<unsigned long long>(i), problem.c_str());
            return 1;
        }
    }
    printHistogram("hostile classes", range.hostile(), plans);
    printHistogram("harmless plans, which must get through", range.harmless(), plans);
    printHistogram("refused by (share of plans)", range.refusedBy(), plans);
    std::printf(
        "plans %llu, seed %llu, hostile %llu in %zu classes, reached a connector outside the mandate 0, harmless "
        "plans done %llu, %.1f s\n",
        static_cast<unsigned long long>(plans), static_cast<unsigned long long>(seed),
        static_cast<unsigned long long>(range.hostileCount()), range.hostile().size(),
        static_cast<unsigned long long>(range.doneCount()), secondsSince(start));
    std::printf("95 %% upper bound for this generator: %.1e\n", upperBound(range.hostileCount()));
    return range.isSpread() ? 0 : 1;
}

#else

/// Every mistake must be noticed within so many cases.
int seeMistakes(std::uint64_t most, std::uint64_t seed)
{
    int missed = 0;
    std::uint64_t worst = 0;
    for (int mistake = 1; mistake <= seededMistakeCount; ++mistake) {
        govern::seededMistake = mistake;
        fixture::RandomRequests random(seed);
        std::string problem;
        std::uint64_t i = 0;
        for (; i < most && problem.empty(); ++i) {
            const GateRequest request = random.next();
            problem = properties::agreement(request, Gate().rule(request));
            if (problem.empty()) {
                const Ruling ruling = Gate().rule(request);
                problem = properties::noStaleDecision(request, ruling, random);
            }
        }
        worst = std::max(worst, i);
        missed += problem.empty() ? 1 : 0;
        std::printf("%3d %-9s after %6llu  %s\n", mistake, problem.empty() ? "MISSED" : "caught",
                    static_cast<unsigned long long>(i), seededMistakes[mistake - 1]);
    }
    std::printf("mistakes %d, caught %d, seed %llu, slowest after %llu cases\n", seededMistakeCount,
                seededMistakeCount - missed, static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(worst));
    return missed == 0 ? 0 : 1;
}
#endif

} // namespace

int main(int argc, char** argv)
{
    constexpr int exitUsage = 64;
    constexpr std::uint64_t defaultSeed = 20261122;
    std::uint64_t cases = 10'000'000;
    std::uint64_t plans = 0;
    std::uint64_t seed = defaultSeed;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        std::uint64_t* number = option == "--cases"   ? &cases
                                : option == "--plans" ? &plans
                                : option == "--seed"  ? &seed
                                                      : nullptr;
        if (!number || i + 1 == argc || !takeNumber(argv[++i], *number)) {
            std::fprintf(stderr, "usage: soak_govern [--cases N | --plans N] [--seed N]\n");
            return exitUsage;
        }
    }
#ifdef CORDON_SEEDED_MISTAKES
    return seeMistakes(cases, seed);
#else
    return plans > 0 ? attack(plans, seed) : compare(cases, seed);
#endif
}
