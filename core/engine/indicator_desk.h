#pragma once

#include "core/engine/commands.h"
#include "core/engine/incident_desk.h"
#include "core/engine/journal.h"
#include "core/engine/unproven_acts.h"
#include "core/engine/watch_slot.h"
#include "core/record/case_folder.h"

#include <stop_token>

namespace cordon::engine {

/// What ledger and evidence of a case say of its indicators: the newest list of each name, in the order of their
/// import. Without what nobody signed for.
[[nodiscard]] Result<std::vector<indicators::IndicatorList>> indicatorsOf(record::CaseQueries& queries,
                                                                          const record::EvidenceVault& vault,
                                                                          const UnprovenActs& unproven);

/// What an alert says of an indicator that was seen. Its level is low and it names no technique: see
/// core/domain/sighting.h.
[[nodiscard]] RuleInfo sightingRuleOf(const indicators::Watchlist& watchlist, indicators::IndicatorIndex index);

/// Takes indicators in under a person's signature, has readers look for them, and searches what was read before.
/// Belongs to the engine thread. Source: docs/formats/indicators.md
class IndicatorDesk
{
public:
    IndicatorDesk(record::CaseFolder& folder, Journal& journal, const Detection& detection)
        : m_folder(folder)
        , m_journal(journal)
        , m_detection(detection)
    {}

    [[nodiscard]] Result<void> recall(const UnprovenActs& unproven);
    /// @return the new list alone, to search backwards with
    [[nodiscard]] Result<std::shared_ptr<const indicators::Watchlist>> import(const BringList& order,
                                                                              Timestamp machineNow);

    /// Keeps what a reader found in a record, at most `mostHits` of each indicator; the others are counted.
    [[nodiscard]] Result<void> keep(const indicators::Watchlist& watchlist,
                                    const std::vector<indicators::IndicatorIndex>& found, EventId event,
                                    IncidentDesk& incidents);
    /// Goes through the sealed evidence of the case once more.
    /// @param progress  bytes read and in all
    /// @return how many records held an indicator
    [[nodiscard]] Result<std::int64_t> searchBack(const indicators::Watchlist& watchlist, IncidentDesk& incidents,
                                                  const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                                                  const std::stop_token& stop);

    static constexpr int mostHits = 200;

private:
    record::CaseFolder& m_folder;
    Journal& m_journal;
    const Detection& m_detection;
    std::vector<indicators::IndicatorList> m_lists;
    std::map<std::string, int> m_hits; ///< by rule, since the case was opened
};

} // namespace cordon::engine
