// The long runs over ledger, recovery and verifier. Without --only all of them, one after the other.
#include "tests/soak/record/runs.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <optional>
#include <string>

using namespace cordon::record::soak;

namespace {

const char* textAfter(int count, char** arguments, const char* name)
{
    for (int i = 1; i + 1 < count; ++i) {
        if (std::strcmp(arguments[i], name) == 0)
            return arguments[i + 1];
    }
    return nullptr;
}

std::optional<std::uint64_t> numberAfter(int count, char** arguments, const char* name)
{
    const char* text = textAfter(count, arguments, name);
    std::uint64_t number = 0;
    if (!text || std::from_chars(text, text + std::strlen(text), number).ec != std::errc())
        return std::nullopt;
    return number;
}

} // namespace

int main(int count, char** arguments)
{
    watchOpenssl();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::uint64_t seed = numberAfter(count, arguments, "--seed").value_or(20261123);
    const auto runs = numberAfter(count, arguments, "--runs");
    const auto stride = numberAfter(count, arguments, "--stride").value_or(1);
    const char* only = textAfter(count, arguments, "--only");
    const char* folder = textAfter(count, arguments, "--folder");
    if (folder)
        return writeMutants(runs.value_or(10'000), seed, folder) == 0 ? 0 : 1;
    struct Part
    {
        const char* name;
        std::function<std::uint64_t()> run;
    };
    const Part parts[] = {
        {"tampering", [&] { return runTampering(stride, seed); }},
        {"faults", [] { return runFaults(); }},
        {"memory", [&] { return runMemory(stride); }},
        {"power", [&] { return runPowerLosses(runs.value_or(10'000'000), seed); }},
        {"kills", [&] { return runKills(runs.value_or(100'000), seed); }},
        {"fuzz", [&] { return runFuzz(runs.value_or(100'000'000), seed); }},
    };
    std::uint64_t wrong = 0;
    bool isKnown = only == nullptr;
    for (const Part& part : parts) {
        if (only && std::strcmp(only, part.name) != 0)
            continue;
        isKnown = true;
        const auto start = std::chrono::steady_clock::now();
        wrong += part.run();
        std::printf("  %.1f s\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    if (!isKnown) {
        std::fprintf(stderr, "soak_record: --only tampering|faults|memory|power|kills|fuzz\n");
        return 64;
    }
    return wrong == 0 ? 0 : 1;
}
