#pragma once

#include "core/engine/case_state.h"

namespace cordon::engine {

/// What waits for people in a case, kept up incident by incident: a case may hold a hundred thousand, and one of them
/// changes at a time.
class WaitingTally
{
public:
    void recount(const IncidentFiles& files);
    void count(const IncidentFile& changed);

    /// Steps that wait for an approval.
    [[nodiscard]] int approvals() const { return m_sum.approvals; }
    /// Incidents in which somebody has to approve, or to ask again.
    [[nodiscard]] int incidents() const { return m_sum.incidents; }
    [[nodiscard]] bool isExecuting() const { return m_sum.executing > 0; }

private:
    struct Counts
    {
        int approvals = 0;
        int incidents = 0;
        int executing = 0;

        bool operator==(const Counts&) const = default;
    };
    [[nodiscard]] static Counts of(const IncidentFile& file);
    void add(const Counts& counts, int sign);

    std::map<IncidentId, Counts> m_ofIncidents; ///< without those in which nothing waits
    Counts m_sum;
};

} // namespace cordon::engine
