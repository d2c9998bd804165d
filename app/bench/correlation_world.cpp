#include "app/bench/correlation_world.h"

#include "core/correlate/link_rules.h"
#include "core/domain/ambient.h"
#include "core/engine/alert_folder.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>

namespace cordon::bench {
namespace {

constexpr Duration span = std::chrono::hours(24 * 7);
const Timestamp begin = Timestamp::fromMicros(1'790'000'000'000'000); // some Monday
constexpr std::uint64_t people = 600;
constexpr std::uint64_t sharedThings = 300;
constexpr std::uint64_t offices = 4;
constexpr std::uint64_t accounts = 5;
constexpr std::uint64_t eventsPerAlert = 1500;    ///< of everyday work
constexpr std::int64_t workTruth = 1'000'000'000; ///< everyday work of person N is matter workTruth + N

/// A number that looks random, from two. Source: the finaliser of SplitMix64.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t number)
{
    std::uint64_t x = seed * 0x9E3779B97F4A7C15ULL + number + 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

std::string accountNumber(std::uint64_t which)
{
    return std::to_string(700'000'000'000 + which % accounts);
}

std::string officeAddress(std::uint64_t which)
{
    return "198.51.100." + std::to_string(10 + which % offices);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// New names for everything that a copy of an attack is done with, by and from.
class Rekey
{
public:
    Rekey(std::uint64_t seed, std::uint64_t copy)
        : m_mark("~" + std::to_string(copy))
        , m_account(accountNumber(mixed(seed, copy)))
        , m_copy(copy)
        , m_isFromOffice(copy % 3 == 0)
    {}
    [[nodiscard]] EntityRef entity(EntityRef entity) const
    {
        const bool isSystems = correlate::isHostsOwn(entity) && !entity.id.ends_with('$');
        if (isAmbient(entity) || isSystems)
            return entity;
        if (entity.kind == EntityKind::Address) {
            entity.id = entity.name = address(entity.id);
            return entity;
        }
        const std::string id = withAccount(entity.id);
        entity.id = withInstance(id);
        const bool isMachine = entity.kind == EntityKind::Account && id.ends_with('$');
        if (isMachine) // what tells by its shape keeps it
            entity.id.insert(entity.id.size() - 1, m_mark);
        else if (entity.id == id)
            entity.id += m_mark;
        entity.name += m_mark;
        return entity;
    }
    [[nodiscard]] std::string address(const std::string& old) const
    {
        if (old.empty() || isAmbient({EntityKind::Address, old, {}, {}}))
            return old;
        if (m_isFromOffice)
            return officeAddress(m_copy);
        const std::uint64_t random = mixed(m_copy, std::hash<std::string>()(old));
        return "100.64." + std::to_string(random % 200 + 1) + "." + std::to_string(random / 251 % 250 + 1) + m_mark;
    }

private:
    /// An id that ends in an instance's, or in the session that is named after one.
    [[nodiscard]] std::string withInstance(std::string text) const
    {
        const std::size_t at = text.rfind("i-");
        if (at == std::string::npos || (at > 0 && text[at - 1] != '/'))
            return text;
        const std::string digits = text.substr(at + 2);
        if (digits.size() != 17 && digits.size() != 8)
            return text;
        const std::uint64_t random = mixed(m_copy, std::hash<std::string>()(digits));
        for (std::size_t i = 0; i < digits.size(); ++i)
            text[at + 2 + i] = "0123456789abcdef"[(random >> (i % 16 * 4)) % 16];
        return text;
    }
    /// A run of exactly twelve digits is an account's number.
    [[nodiscard]] std::string withAccount(std::string text) const
    {
        constexpr std::size_t length = 12;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (!isDigit(text[at]))
                continue;
            std::size_t end = at;
            while (end < text.size() && isDigit(text[end]))
                ++end;
            if (end - at == length)
                text.replace(at, length, m_account);
            at = end;
        }
        return text;
    }

    std::string m_mark;
    std::string m_account;
    std::uint64_t m_copy;
    bool m_isFromOffice;
};

Event rekeyed(const Event& old, const Rekey& rekey, Duration shift)
{
    Event event = old;
    event.time = old.time + shift;
    if (event.actor)
        event.actor = rekey.entity(*event.actor);
    if (event.via)
        event.via = rekey.entity(*event.via);
    for (EventTarget& target : event.targets)
        target.entity = rekey.entity(target.entity);
    event.address = rekey.address(event.address);
    return event;
}

} // namespace

World::World(const RecordedAttacks& attacks, const WorldWish& wish)
    : m_seed(wish.seed)
    , m_noise(wish.events)
{
    std::vector<engine::RuleHit> hits;
    for (std::uint64_t copy = 0; copy < wish.attacks && !attacks.attacks.empty(); ++copy)
        addCopy(attacks.attacks[mixed(m_seed, copy + 77) % attacks.attacks.size()], copy, hits);

    std::vector<std::string> mildRules;
    for (const auto& [id, rule] : attacks.rules) {
        if (rule.level <= Severity::Medium)
            mildRules.push_back(id);
    }
    for (std::uint32_t number = 0; number < m_noise && !mildRules.empty(); ++number) {
        if (raisesAlert(number))
            hits.push_back({mildRules[mixed(m_seed + 5, number) % mildRules.size()], {noiseEvent(number)}});
    }
    engine::AlertFolder folder;
    m_alerts = folder.add(std::move(hits), attacks.rules);

    std::vector<std::pair<Timestamp, Arrival>> arrivals;
    for (std::uint32_t number = 0; number < eventCount(); ++number)
        arrivals.push_back({number < m_noise
                                ? begin + Duration(span.count() / static_cast<std::int64_t>(m_noise) * number)
                                : m_attackEvents[number - m_noise].time,
                            {number, false}});
    for (std::uint32_t number = 0; number < m_alerts.size(); ++number)
        arrivals.push_back({m_alerts[number].last, {number, true}});
    std::sort(arrivals.begin(), arrivals.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.first, a.second.isAlert, a.second.number) <
               std::tuple(b.first, b.second.isAlert, b.second.number);
    });
    for (const auto& [time, arrival] : arrivals)
        m_order.push_back(arrival);
}

void World::addCopy(const RecordedAttack& attack, std::uint64_t copy, std::vector<engine::RuleHit>& hits)
{
    const Rekey rekey(m_seed, copy);
    Timestamp first = attack.events.front().time;
    Timestamp last = first;
    for (const Event& event : attack.events) {
        first = std::min(first, event.time);
        last = std::max(last, event.time);
    }
    const Duration room = std::max(span - (last - first), Duration(1));
    const auto wait = static_cast<std::int64_t>(mixed(m_seed + 3, copy) % static_cast<std::uint64_t>(room.count()));
    const Duration shift = begin - first + Duration(wait);
    const std::size_t base = m_attackEvents.size();
    for (const Event& old : attack.events) {
        Event event = rekeyed(old, rekey, shift);
        event.id = EventId{static_cast<std::int64_t>(m_noise + m_attackEvents.size()) + 1};
        m_attackEvents.push_back(std::move(event));
        m_truthOfAttackEvent.push_back(static_cast<std::int64_t>(copy));
    }
    for (const engine::RuleHit& old : attack.hits) {
        engine::RuleHit hit{old.rule, {}};
        for (const Event& event : old.events)
            hit.events.push_back(m_attackEvents[base + static_cast<std::size_t>(event.id.value) - 1]);
        hits.push_back(std::move(hit));
    }
    m_caseOfCopy.push_back(attack.id);
}

bool World::raisesAlert(std::uint32_t number) const
{
    return mixed(m_seed + 4, number) % eventsPerAlert == 0;
}

/// A person does something: with the own key, or through a session of the role that all of a team use.
Event World::noiseEvent(std::uint32_t number) const
{
    const std::uint64_t random = mixed(m_seed + 1, number);
    // False alarms of one person fall into one day: what lies days apart is no one matter.
    const std::uint64_t day = number / (m_noise / 7 + 1);
    const std::uint64_t person = raisesAlert(number) ? random % (people / 7) * 7 + day : random % people;
    const std::string name = "employee-" + std::to_string(person);
    const std::string account = accountNumber(person);
    Event event;
    event.id = EventId{static_cast<std::int64_t>(number) + 1};
    event.time = begin + Duration(span.count() / static_cast<std::int64_t>(m_noise) * number);
    event.outcome = EventOutcome::Success;
    event.address = (random >> 20U) % 10 < 8
                        ? officeAddress(person)
                        : "203.0." + std::to_string(person / 250) + "." + std::to_string(person % 250 + 1);
    const EntityRef user{EntityKind::Account, "arn:aws:iam::" + account + ":user/" + name, "", name};
    const EntityRef key{EntityKind::Credential, "AKIA" + std::to_string(10'000'000 + person), "access_key", {}};
    const std::string team = std::to_string(person % 12);
    const EntityRef role{EntityKind::Role, "arn:aws:iam::" + account + ":role/team-" + team, "", "team-" + team};
    const EntityRef session{
        EntityKind::Credential, "ASIA" + std::to_string(20'000'000 + person * 7 + day), "session", {}};
    const std::uint64_t what = (random >> 32U) % 20;
    if (what == 0) {
        event.action = "sts:AssumeRole";
        event.actor = user;
        event.via = key;
        event.targets = {{role, "assumed"}, {session, "created"}};
        return event;
    }
    const bool isThroughRole = what < 8;
    event.actor = isThroughRole ? role : user;
    event.via = isThroughRole ? session : key;
    const std::uint64_t thing = (random >> 40U) % sharedThings;
    static constexpr std::array<const char*, 4> relations{"read", "listed", "updated", "read"};
    event.action = "s3:GetBucketPolicy";
    event.targets = {
        {{EntityKind::Resource, "arn:aws:s3:::shared-" + std::to_string(thing), "", {}}, relations[thing % 4]}};
    return event;
}

Event World::event(std::uint32_t number) const
{
    return number < m_noise ? noiseEvent(number) : m_attackEvents[number - m_noise];
}

std::vector<World::Arrival> World::shuffled() const
{
    std::vector<Arrival> order = m_order;
    std::mt19937_64 random(m_seed);
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
    return order;
}

std::string World::caseOf(std::int64_t truth) const
{
    return truth < workTruth ? m_caseOfCopy[static_cast<std::size_t>(truth)] : std::string();
}

std::vector<Placed> World::placedBy(const correlate::IncidentBuilder& builder) const
{
    std::vector<Placed> placed;
    for (const Alert& alert : m_alerts) {
        const auto number = static_cast<std::size_t>(alert.events.front().value) - 1;
        Placed one;
        one.isAttack = number >= m_noise;
        if (one.isAttack) {
            one.truth = m_truthOfAttackEvent[number - m_noise];
        } else {
            const std::uint64_t day = number / (m_noise / 7 + 1);
            one.truth = workTruth + static_cast<std::int64_t>(mixed(m_seed + 1, number) % (people / 7) * 7 + day);
        }
        if (const auto incident = builder.incidentOf(alert.id))
            one.incident = incident->value;
        placed.push_back(one);
    }
    return placed;
}

} // namespace cordon::bench
