#pragma once

#include "core/detect/baseline_facts.h"
#include "core/detect/baseline_past.h"
#include "core/domain/event.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace cordon::detect {

/// What each identity has done so far, and for which event a value was its first. Events may come in any order: the
/// answers depend only on which came. Memory is bounded: of a trait of which an identity has too many different values,
/// no more are called new, and its other traits stay. Belongs to one thread. Source: docs/formats/baseline.md
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

    /// Traits of identities that are judged no more because they have too many values, and identities for which there
    /// was no room.
    [[nodiscard]] std::size_t fullCount() const { return m_fullCount; }
    [[nodiscard]] std::size_t unknownIdentityCount() const { return m_unknown.size(); }

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
        std::array<std::size_t, allBaselineTraits.size()> counts{}; ///< values by trait
        std::array<bool, allBaselineTraits.size()> isFull{};        ///< by trait: judged no more
    };

    bool note(const Event& event, const First& place);
    [[nodiscard]] double rarityOf(const Identity& identity, BaselineTrait trait, Timestamp time) const;

    static constexpr std::size_t mostIdentities = 50'000;
    static constexpr std::size_t mostValuesEach = 1'000; ///< of one trait of one identity
    static constexpr std::size_t mostValues = 400'000;
    static constexpr std::size_t mostUnknown = 10'000;

    Least m_least;
    std::unordered_map<EntityRef, Identity> m_identities;
    std::size_t m_valueCount = 0;
    std::size_t m_fullCount = 0;
    std::unordered_set<std::string> m_unknown; ///< identities without room, to say how many
};

} // namespace cordon::detect
