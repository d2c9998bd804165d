#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// Tells of most records, in one quick pass over their bytes as written, that none of many texts stands in them: folded
/// or not, escaped as JSON or not. Of each text four bytes are looked for that no writer of JSON needs to escape.
/// Constant once filled; safe from any thread.
class GramFilter
{
public:
    /// Tells which of 64 places four looked-for bytes may begin at, or an escape `\u` does.
    struct Kernel;

    /// The ways that this processor can run, quickest first.
    [[nodiscard]] static const std::vector<const Kernel*>& kernels();

    /// @param kernel  the quickest unless told
    explicit GramFilter(const Kernel* kernel = kernels().front()) : m_kernel(kernel) {}

    /// @param text  folded
    /// @return false when no four bytes of it will do; `mayHold` is then of no use
    bool add(std::string_view text);
    /// Looks for four bytes as they are, folded; those of one group are best alike.
    void addGram(std::uint32_t gram, std::size_t group);
    /// False: none of the texts stands in it, nor in what it reads as, JSON or not.
    [[nodiscard]] bool mayHold(std::string_view text) const;
    /// One bit for each of 64 places at which looked-for bytes may begin; many others may be among them.
    /// @param text  with `readable` bytes
    [[nodiscard]] std::uint64_t placesIn(const char* text) const;
    static constexpr std::size_t blockSize = 64;
    static constexpr std::size_t readable = 68;
    static constexpr std::size_t groups = 8;

    /// For each of the four bytes and each value of a byte's lower or upper half: the groups of texts that have such.
    struct Tables
    {
        std::array<std::array<std::uint8_t, 16>, 4> low{};
        std::array<std::array<std::uint8_t, 16>, 4> high{};
    };

private:
    [[nodiscard]] bool mayBeginIn(std::uint64_t places, const char* text) const;

    const Kernel* m_kernel;
    Tables m_tables;
    std::array<std::uint64_t, 64> m_grams{}; ///< bits by hash
    unsigned m_count = 0;
};

} // namespace cordon::detect
