#pragma once

#include "core/indicators/indicator.h"
#include "core/indicators/ip_bits.h"

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon::indicators {

using IndicatorIndex = std::uint32_t;

/// Every indicator of the lists in force, ready to be found in records. Immutable once made; matching is safe from any
/// thread. A record costs one pass over its bytes, however many indicators there are.
class Watchlist
{
public:
    explicit Watchlist(std::vector<IndicatorList> lists);

    [[nodiscard]] const std::vector<IndicatorList>& lists() const { return m_lists; }
    /// How many are looked for.
    [[nodiscard]] std::size_t size() const { return m_places.size(); }
    [[nodiscard]] const Indicator& indicator(IndicatorIndex index) const;
    [[nodiscard]] const IndicatorList& listOf(IndicatorIndex index) const;

    /// Adds those that the record holds and whose time is not over when it happened, each once, in order.
    /// @param text  the record as JSON or as it stands in the log
    void match(const Event& event, std::string_view text, std::vector<IndicatorIndex>& found) const;

private:
    using TermIndex = std::uint32_t;
    struct Place
    {
        std::uint32_t list = 0;
        std::uint32_t indicator = 0;
    };
    /// One alternative of an indicator, waiting for all its terms.
    struct Clause
    {
        IndicatorIndex indicator = 0;
        std::uint32_t terms = 0;
    };
    /// What one match gathers.
    struct Hits;

    TermIndex termFor(const Term& term);
    void addHash(std::uint64_t hash, TermIndex term);
    void finish();
    void matchToken(std::string_view text, std::size_t begin, std::size_t end, Hits& hits) const;
    void matchAddress(const IpBits& ip, Hits& hits) const;
    void matchText(std::string_view text, Hits& hits) const;
    void matchEntities(const Event& event, Hits& hits) const;
    void lookUp(std::uint64_t hash, std::string_view value, TermKind kind, Hits& hits) const;
    [[nodiscard]] bool mayHold(std::uint64_t hash) const
    {
        return (m_bloom[(hash >> 6U) & m_bloomMask] >> (hash & 63U) & 1U) != 0 &&
               (m_bloom[(hash >> 38U) & m_bloomMask] >> ((hash >> 32U) & 63U) & 1U) != 0;
    }

    std::vector<IndicatorList> m_lists;
    std::vector<Place> m_places; ///< by IndicatorIndex
    std::vector<Term> m_terms;
    std::vector<Clause> m_clauses;
    std::vector<std::vector<std::uint32_t>> m_clausesOf; ///< by term
    std::unordered_map<std::string, TermIndex> m_known;  ///< while it is made: by kind and value
    std::unordered_multimap<std::uint64_t, TermIndex> m_byHash;
    std::vector<std::uint64_t> m_bloom;
    std::size_t m_bloomMask = 0;
    std::vector<int> m_networkLengths; ///< of 128 bits, each once
    bool m_hasV6 = false;
    bool m_hasTokens = false;   ///< anything that stands in the text of records
    bool m_hasEntities = false; ///< accounts, credentials, user agents
};

} // namespace cordon::indicators
