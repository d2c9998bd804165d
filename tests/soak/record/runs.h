#pragma once

#include <cstdint>
#include <string>

/// The long runs over the record. Each prints one line of figures and returns how many times what must not happen did.
namespace cordon::record::soak {

/// TL-01 to TL-05, TL-07: every bit, truncation, deletion, pair, doubling of a ledger of at least 64 KiB.
[[nodiscard]] std::uint64_t runTampering(std::uint64_t stride, std::uint64_t seed);
/// TL-14: mutated ledgers to the reader, some mutations each.
[[nodiscard]] std::uint64_t runFuzz(std::uint64_t runs, std::uint64_t seed);
/// TL-15: mutated cases into `folder`, with what the C++ verifier says of each; compare_verifiers.py asks the other one.
[[nodiscard]] std::uint64_t writeMutants(std::uint64_t runs, std::uint64_t seed, const std::string& folder);
/// CR-01: kill -9 at random times.
[[nodiscard]] std::uint64_t runKills(std::uint64_t runs, std::uint64_t seed);
/// CR-02: power losses that drop, tear, reorder and zero sectors that were not synced.
[[nodiscard]] std::uint64_t runPowerLosses(std::uint64_t runs, std::uint64_t seed);
/// CR-03 and CR-05: the k-th system call fails, at work and while recovering.
[[nodiscard]] std::uint64_t runFaults();
/// Lets OpenSSL take its memory where it can be made to fail. Before anything asks OpenSSL for something.
void watchOpenssl();
/// CR-04: the k-th allocation fails, of the program's own code, the standard library or OpenSSL. @param stride  1: every k
[[nodiscard]] std::uint64_t runMemory(std::uint64_t stride);

} // namespace cordon::record::soak
