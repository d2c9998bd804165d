#pragma once

#include "core/detect/correlation_entry.h"

namespace cordon::detect {

/// The beginnings of sequences of one group: events of different rules in the rules' order, within one timespan.
/// Of the beginnings that reach equally far, the one that began last is kept, since it lives longest.
class OrderedSequence
{
public:
    /// @param rules   how many the correlation names
    /// @param needed  how many of them make a sequence, 1..rules
    OrderedSequence(std::size_t rules, std::size_t needed, Duration timespan);

    /// Adds an event, none older than those before, whose value is the position of its rule. @return the entries of the sequence that it completes, or none
    [[nodiscard]] std::vector<CorrelationEntry> add(const CorrelationEntry& entry);
    /// Forgets what began before `oldest`. @return true when nothing is left
    bool forgetBefore(Timestamp oldest);

private:
    using Chain = std::vector<CorrelationEntry>;
    /// A few, the latest first: one event may match several rules and cannot follow itself.
    using Place = std::vector<Chain>;

    [[nodiscard]] Place& at(std::size_t position, std::size_t length)
    {
        return m_places[position * m_needed + length - 1];
    }
    [[nodiscard]] Place extended(const CorrelationEntry& entry, std::size_t length);
    void keep(Place& place, Chain chain) const;

    std::size_t m_rules;
    std::size_t m_needed;
    Duration m_timespan;
    std::vector<Place> m_places; ///< by position of the last rule, then by length
};

} // namespace cordon::detect
