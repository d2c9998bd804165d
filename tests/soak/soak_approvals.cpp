// Compares the canonical form that approvals are signed over with a plain second one, for as many cases as asked.
#include "tests/core/govern/canonical_comparison.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>

using namespace cordon;

namespace {

std::optional<std::uint64_t> numberAfter(int argc, char** argv, const char* name)
{
    for (int i = 1; i + 1 < argc; ++i) {
        std::uint64_t number = 0;
        const char* text = argv[i + 1];
        if (std::strcmp(argv[i], name) == 0 &&
            std::from_chars(text, text + std::strlen(text), number).ec == std::errc())
            return number;
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t cases = numberAfter(argc, argv, "--cases").value_or(10'000'000);
    const std::uint64_t seed = numberAfter(argc, argv, "--seed").value_or(1);
    const auto start = std::chrono::steady_clock::now();
    const govern::CanonicalTally tally = govern::compareCanonical(cases, seed);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("canonical form, two implementations: %llu cases, seed %llu, %llu values accepted, %llu in two "
                "spellings, %llu spoiled actions still read, %.1f s\n",
                static_cast<unsigned long long>(tally.cases), static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(tally.accepted),
                static_cast<unsigned long long>(tally.sameSpelledTwice),
                static_cast<unsigned long long>(tally.actions), seconds);
    if (tally.problem.empty()) {
        std::puts("no disagreement");
        return 0;
    }
    std::printf("DISAGREEMENT on: %s\n", tally.problem.c_str());
    return 1;
}
