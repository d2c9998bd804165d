#include "core/investigate/dependents.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"
#include "core/investigate/client_family.h"

#include <algorithm>
#include <tuple>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostThings = 100;
constexpr std::size_t mostUsersPerThing = 200;
/// How long before its first alert an intruder may already have been at work.
constexpr Duration prelude = std::chrono::hours(24);
/// What makes a habit: so many occasions, each at least so long after the one before, or a span as long as this.
constexpr int leastOccasions = 3;
constexpr Duration betweenOccasions = std::chrono::hours(1);
constexpr Duration longHabit = std::chrono::hours(24 * 7);

struct Uses
{
    EntityRef by;
    std::string program; ///< "" for things that an identity assumes or reads
    std::string address; ///< the same
    std::int64_t times = 0;
    Timestamp first;
    Timestamp last;
    int occasions = 0;
    Timestamp occasion; ///< when the newest one began

    void add(Timestamp time)
    {
        if (times++ == 0 || time - occasion >= betweenOccasions) {
            ++occasions;
            occasion = time;
        }
        last = time;
    }
    [[nodiscard]] bool isHabit() const { return occasions >= leastOccasions || last - first >= longHabit; }
};

/// What is known of the intruder's uses of one thing, and where it came from while it did anything.
struct Traces
{
    std::set<std::string> programs;
    std::set<std::string> addresses;
    std::set<EntityRef> identities;
};

/// `aws-cli/2.1 Python/3.9` at `203.0.113.7` is `aws-cli/2.1@203.0.113.7`.
EntityRef applicationOf(const Event& event)
{
    const std::string program = plainText(std::string_view(event.userAgent).substr(0, event.userAgent.find(' ')), 80);
    const std::string address = plainText(event.address, 64);
    const std::string id = (program.empty() ? "unknown" : program) + "@" + address;
    const std::string family = clientFamily(event.userAgent);
    return {EntityKind::Application, id, "", (family.empty() ? "a program" : family) + " at " + address};
}

bool isProviderCall(const Event& event)
{
    return event.address.empty() || isAmbient({EntityKind::Address, event.address, "", ""});
}

bool hasRelation(const Event& event, const EntityRef& entity, std::initializer_list<std::string_view> relations)
{
    return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.entity == entity &&
               std::find(relations.begin(), relations.end(), target.relation) != relations.end();
    });
}

/// Who used the thing by this event; empty when the event is no use of it.
std::optional<EntityRef> userOf(const Event& event, const EntityRef& thing)
{
    switch (thing.kind) {
    case EntityKind::Credential:
    case EntityKind::Account:
        if ((event.via == thing || event.actor == thing) && !isProviderCall(event))
            return applicationOf(event);
        return std::nullopt;
    case EntityKind::Role:
        if (event.actor && hasRelation(event, thing, {"assumed"}))
            return event.actor;
        return std::nullopt;
    default:
        if (event.actor && hasRelation(event, thing, {"read", "used"}))
            return event.actor;
        return std::nullopt;
    }
}

bool canHaveDependents(const IncidentMember& member)
{
    switch (member.entity.kind) {
    case EntityKind::Account:
    case EntityKind::Credential:
    case EntityKind::Role:
    case EntityKind::Secret:
        return !member.isMadeByIncident && !isAmbient(member.entity);
    default:
        return false;
    }
}

/// A program by the name that people know it by, whatever its version.
std::string programOf(const Event& event)
{
    const std::string family = clientFamily(event.userAgent);
    return family.empty() ? plainText(event.userAgent, 80) : family;
}

Uses usesBy(const EntityRef& user, const Event& event)
{
    const bool isProgram = user.kind == EntityKind::Application;
    Uses uses;
    uses.by = user;
    uses.program = isProgram ? programOf(event) : std::string();
    uses.address = isProgram ? event.address : std::string();
    uses.first = event.time;
    return uses;
}

Traces tracesOf(const Inquiry& inquiry, const EntityRef& thing)
{
    Traces traces;
    for (const Event& event : inquiry.acts) {
        if (!event.isFinding && !isProviderCall(event))
            traces.addresses.insert(event.address);
        const auto user = userOf(event, thing);
        if (!user)
            continue;
        if (user->kind == EntityKind::Application)
            traces.programs.insert(programOf(event));
        else
            traces.identities.insert(*user);
    }
    return traces;
}

/// Whether these uses are the intruder's own, and so nobody's who depends on the thing. Addresses are shared and
/// programs are common: what has the habit of using the thing stays a dependent, unless it is the intruder's program at
/// the intruder's address and new there.
bool isIntruders(const Inquiry& inquiry, const Traces& traces, const Uses& uses)
{
    const Timestamp begin = inquiry.incident.firstSeen;
    const bool isRecent = begin - uses.first < prelude;
    // In a log that began a moment ago everybody is recent, and nobody is known to be new.
    const bool isNew = isRecent && begin - inquiry.logBegin >= prelude;
    if (uses.by.kind != EntityKind::Application)
        return isRecent && !uses.isHabit() && traces.identities.contains(uses.by);
    const bool isSameAddress = traces.addresses.contains(uses.address);
    const bool isSameProgram = !uses.program.empty() && traces.programs.contains(uses.program);
    if (isSameAddress && isSameProgram)
        return isNew || !uses.isHabit();
    return !uses.isHabit() && ((isSameAddress && isRecent) || (isSameProgram && isNew));
}

} // namespace

Result<std::vector<Brief::Use>> dependentsOf(const Inquiry& inquiry)
{
    std::vector<Brief::Use> all;
    const Timestamp begin = inquiry.incident.firstSeen;
    std::size_t things = 0;
    for (const IncidentMember& member : inquiry.incident.members) {
        if (!canHaveDependents(member) || ++things > mostThings)
            continue;
        const EntityRef& thing = member.entity;
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return inquiry.lookup.naming(thing, from, to, most);
        };
        bool isWhole = true;
        CORDON_TRY(const std::vector<Event> events,
                   allPages(query, begin - inquiry.reach.dependents, begin, inquiry.reach.mostPerQuery, isWhole));
        std::map<EntityRef, Uses> users;
        for (const Event& event : events) {
            const auto user = inquiry.alertsOf.contains(event.id) ? std::nullopt : userOf(event, thing);
            if (!user || (users.size() >= mostUsersPerThing && !users.contains(*user)))
                continue;
            users.try_emplace(*user, usesBy(*user, event)).first->second.add(event.time);
        }
        const Traces intruder = tracesOf(inquiry, thing);
        for (const auto& [user, uses] : users) {
            if (!isIntruders(inquiry, intruder, uses))
                all.push_back({thing, uses.by, uses.times, uses.last});
        }
    }
    return all;
}

} // namespace cordon::investigate
