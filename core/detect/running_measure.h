#pragma once

#include "core/detect/correlation_entry.h"

#include <memory>
#include <span>
#include <unordered_map>

namespace cordon::detect {

/// The count of different values or the sum of a window that entries join and leave, kept as they do.
class RunningMeasure
{
public:
    /// @param window  the entries, `entry` not among them
    void add(const CorrelationEntry& entry, std::span<const CorrelationEntry> window, bool isSum);
    /// @param window  the entries, `entry` no longer among them
    void remove(const CorrelationEntry& entry, std::span<const CorrelationEntry> window, bool isSum);
    [[nodiscard]] double get(bool isSum) const
    {
        if (!isSum)
            return m_different;
        return m_sum ? m_sum->sum + m_sum->lost : 0;
    }

private:
    void addNumber(double number);

    /// Windows this short are looked through; most groups never have more and so cost no table.
    static constexpr std::size_t shortWindow = 16;

    struct Sum
    {
        double sum = 0;
        double lost = 0; ///< what rounding took from it
    };

    // Most groups need none of these, and there may be a million.
    std::unique_ptr<Sum> m_sum;
    std::unique_ptr<std::unordered_map<std::uint64_t, std::uint32_t>> m_counts; ///< of a long window, by value
    std::uint32_t m_different = 0;
};

/// The measure of a whole timespan, for the kinds that are judged so.
/// @param entries  not empty; for ValueShare nothing is measured (see `keepShares`)
[[nodiscard]] double measureWhole(const CorrelationRule& rule, std::span<const CorrelationEntry> entries);

/// For ValueShare: leaves the entries whose value makes up a share of all that the rule's bounds admit.
/// @return  number of such values
[[nodiscard]] std::size_t keepShares(const CorrelationRule& rule, std::vector<CorrelationEntry>& entries);

} // namespace cordon::detect
