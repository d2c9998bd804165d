#pragma once

#include "app/bench/partition_score.h"
#include "app/bench/recorded_attacks.h"
#include "core/correlate/incident_builder.h"

#include <cstdint>
#include <vector>

namespace cordon::bench {

struct WorldWish
{
    std::uint64_t seed = 1;
    std::size_t events = 100'000; ///< of everyday work
    std::size_t attacks = 40;     ///< copies, drawn with replacement
};

/// A week of one organisation: copies of recorded attacks at random moments, each with identities, keys, sessions,
/// hosts and addresses of its own but in the few accounts that all share, among everyday work that now and then raises
/// an alert. Every third copy comes from an address that hundreds of employees use too. The same seed gives the same
/// world.
class World
{
public:
    World(const RecordedAttacks& attacks, const WorldWish& wish);

    /// What arrives: an event, or an alert once its last event is there.
    struct Arrival
    {
        std::uint32_t number = 0;
        bool isAlert = false;
    };
    [[nodiscard]] const std::vector<Arrival>& inOrder() const { return m_order; }
    /// The same in an order that has nothing to do with time; alerts may come before their events.
    [[nodiscard]] std::vector<Arrival> shuffled() const;

    [[nodiscard]] Event event(std::uint32_t number) const;
    [[nodiscard]] const Alert& alert(std::uint32_t number) const { return m_alerts[number]; }
    [[nodiscard]] std::size_t alertCount() const { return m_alerts.size(); }
    [[nodiscard]] std::size_t eventCount() const { return m_noise + m_attackEvents.size(); }

    /// Where the builder put every alert, beside where it belongs.
    [[nodiscard]] std::vector<Placed> placedBy(const correlate::IncidentBuilder& builder) const;
    /// The recorded case that this matter is a copy of; "" for everyday work.
    [[nodiscard]] std::string caseOf(std::int64_t truth) const;

private:
    [[nodiscard]] Event noiseEvent(std::uint32_t number) const;
    [[nodiscard]] bool raisesAlert(std::uint32_t number) const;
    void addCopy(const RecordedAttack& attack, std::uint64_t copy, std::vector<engine::RuleHit>& hits);

    std::uint64_t m_seed;
    std::size_t m_noise;
    std::vector<Event> m_attackEvents;
    std::vector<std::int64_t> m_truthOfAttackEvent; ///< copies from 0
    std::vector<std::string> m_caseOfCopy;
    std::vector<Alert> m_alerts;
    std::vector<Arrival> m_order;
};

} // namespace cordon::bench
