#pragma once

#include "core/detect/baseline_facts.h"
#include "core/detect/baseline_past.h"
#include "core/domain/event.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace cordon::detect {

/// What each identity has done so far, and for which event a value was its first. Events may come in any order: the
/// answers depend only on which came. Memory is bounded; an identity whose values no longer fit gets no facts, rather
/// than wrong ones. Belongs to one thread. Source: docs/formats/baseline.md
class Baseline
{
public:
    /// How long a past must be before anything is called new to it.
    struct Least
    {
        Duration past = std::chrono::hours(24);
        std::uint64_t events = 50;
    };

    Baseline() : Baseline(Least()) {}
    explicit Baseline(Least least) : m_least(least) {}

    /// Learns from an event that the case holds; its id must be set.
    /// @return whether the event is, as far as is known now, the first with some value of its identity
    bool observe(const Event& event);
    /// Learns from the event of another case, which is older than anything here: its values are known, it is never
    /// itself the first.
    void learn(const Event& event);
    /// How the event stands to its identity's past, from all that was observed. Nothing when the event brought nothing
    /// new, has no identity of its own, or the past is too short or no longer held.
    [[nodiscard]] std::optional<BaselineFacts> factsOf(const Event& event) const;

    /// Identities that no longer get facts because there was no room.
    [[nodiscard]] std::size_t forgottenCount() const { return m_forgottenCount; }

private:
    struct First
    {
        Timestamp time;
        EventId event; ///< unset for an event of another case
        bool operator<(const First& other) const
        {
            return time != other.time ? time < other.time : event.value < other.event.value;
        }
    };
    struct Identity
    {
        BaselinePast past;
        std::map<std::pair<BaselineTrait, std::string>, First> firsts;
        bool isForgotten = false;
    };

    bool note(const Event& event, const First& place);
    void forget(Identity& identity);
    [[nodiscard]] double rarityOf(const Identity& identity, BaselineTrait trait, Timestamp time) const;

    static constexpr std::size_t mostIdentities = 50'000;
    static constexpr std::size_t mostValuesEach = 5'000;
    static constexpr std::size_t mostValues = 400'000;

    Least m_least;
    std::unordered_map<EntityRef, Identity> m_identities;
    std::size_t m_valueCount = 0;
    std::size_t m_forgottenCount = 0;
};

} // namespace cordon::detect
