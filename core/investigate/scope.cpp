#include "core/investigate/scope.h"

#include "core/domain/plain_name.h"
#include "core/domain/sign_in.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace cordon::investigate {
namespace {

using namespace std::chrono_literals;

constexpr Duration lastUsedTolerance = 10min;
constexpr Duration createdTolerance = 5min;
constexpr Duration findingTolerance = 10min;
constexpr Duration longestFinding = 24h;

bool canBeVerified(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role ||
           kind == EntityKind::Workload || kind == EntityKind::Secret;
}

bool isWithin(Timestamp a, Timestamp b, Duration tolerance)
{
    return a - b <= tolerance && b - a <= tolerance;
}

/// A sign-in that was refused was done by nobody whom it names.
bool isDoneBy(const Event& event, const EntityRef& entity)
{
    return (event.actor == entity || event.via == entity) && !isRefusedSignIn(event);
}

/// A read or use of a secret or workload counts as its misuse.
bool isMisuseOf(const Event& event, const EntityRef& entity)
{
    if (isDoneBy(event, entity))
        return true;
    if (entity.kind != EntityKind::Secret && entity.kind != EntityKind::Workload)
        return false;
    return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.entity == entity && (target.relation == "read" || target.relation == "used");
    });
}

/// `iam` of `iam:CreateAccessKey`.
std::string_view serviceOf(const Event& event)
{
    return std::string_view(event.action).substr(0, event.action.find(':'));
}

bool isSameWord(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// Service and region agree as far as the provider told them.
bool agreesInPlace(const Event& event, const TargetFacts& facts)
{
    if (facts.lastUsedService.empty() && facts.lastUsedRegion.empty())
        return true;
    return (facts.lastUsedService.empty() || isSameWord(serviceOf(event), facts.lastUsedService)) &&
           (facts.lastUsedRegion.empty() || isSameWord(event.region, facts.lastUsedRegion));
}

std::string clock(Timestamp time)
{
    return time.toString().substr(11, 8);
}

std::optional<Text> confirmedByUse(const EntityRef& entity, const TargetFacts& facts, const std::vector<Event>& events)
{
    if (!facts.lastUsedAt)
        return std::nullopt;
    const Event* latest = nullptr;
    const Event* agreeing = nullptr;
    for (const Event& event : events) {
        if (!isMisuseOf(event, entity))
            continue;
        if (!latest || latest->time < event.time)
            latest = &event;
        const bool isNear = isWithin(event.time, *facts.lastUsedAt, lastUsedTolerance);
        if (isNear && agreesInPlace(event, facts) && (!agreeing || agreeing->time < event.time))
            agreeing = &event;
    }
    if (!latest || !agreeing || !isWithin(latest->time, *facts.lastUsedAt, lastUsedTolerance))
        return std::nullopt;
    return Text{"scope.last_used_matches",
                {{"time", clock(*facts.lastUsedAt)},
                 {"service", plainText(facts.lastUsedService.empty() ? serviceOf(*agreeing) : facts.lastUsedService)},
                 {"action", plainText(agreeing->action)}}};
}

/// Whoever makes a key for themselves as they always did misuses nothing: the making is suspicious where its doer is, or
/// where what was made is misused.
bool isSuspicious(const Incident& incident, const IncidentMember& made, const Event& event)
{
    return made.isMisused || std::any_of(incident.members.begin(), incident.members.end(), [&event](const IncidentMember& member) {
               return member.isMisused && isDoneBy(event, member.entity);
           });
}

std::optional<Text> confirmedByMaking(const Incident& incident, const IncidentMember& made, const TargetFacts& facts,
                                      const std::vector<Event>& events)
{
    const EntityRef& entity = made.entity;
    if (!facts.createdAt)
        return std::nullopt;
    for (const Event& event : events) {
        const bool hasMade = event.outcome != EventOutcome::Failure &&
                             std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
                                 return target.entity == entity && target.relation == "created";
                             });
        if (!hasMade || !isWithin(event.time, *facts.createdAt, createdTolerance))
            continue;
        if ((facts.createdBy && !isDoneBy(event, *facts.createdBy)) || !isSuspicious(incident, made, event))
            continue;
        return Text{"scope.created_matches",
                    {{"time", clock(*facts.createdAt)}, {"by", event.actor ? plainName(*event.actor) : "?"}}};
    }
    return std::nullopt;
}

/// An act agrees with when the finding began or ended, not with a span between that could hold any act.
bool agreesInTime(const Event& event, const IndependentFinding& finding)
{
    if (finding.last < finding.first || finding.last - longestFinding > finding.first)
        return false;
    return isWithin(event.time, finding.first, findingTolerance) ||
           isWithin(event.time, finding.last, findingTolerance);
}

std::optional<Text> confirmedByFinding(const EntityRef& entity, const std::vector<Event>& events,
                                       const std::vector<IndependentFinding>& findings)
{
    for (const IndependentFinding& finding : findings) {
        if (std::find(finding.doers.begin(), finding.doers.end(), entity) == finding.doers.end())
            continue;
        for (const Event& event : events) {
            if (agreesInTime(event, finding) && isDoneBy(event, entity))
                return Text{"scope.finding_agrees",
                            {{"product", plainText(finding.product)},
                             {"time", clock(event.time)},
                             {"action", plainText(event.action)}}};
        }
    }
    return std::nullopt;
}

/// Whose credential it is, when the misuse of that credential is verified: the same act, told by the same two sources.
void verifyOwners(Incident& incident, const std::map<EntityRef, TargetFacts>& facts)
{
    for (IncidentMember& member : incident.members) {
        const bool isOwner = member.entity.kind == EntityKind::Account || member.entity.kind == EntityKind::Role;
        const auto answer = facts.find(member.entity);
        if (!isOwner || !member.isMisused || member.isVerified || answer == facts.end() || !answer->second.exists)
            continue;
        for (const IncidentMember& credential : incident.members) {
            const auto told = facts.find(credential.entity);
            if (credential.entity.kind != EntityKind::Credential || !credential.isMisused || !credential.isVerified ||
                told == facts.end() || told->second.ownerEntity != member.entity)
                continue;
            std::erase_if(member.why, [](const Text& why) { return why.code == "scope.not_confirmed"; });
            member.isVerified = true;
            member.isVerifiedBySimulation = credential.isVerifiedBySimulation;
            if (member.isVerifiedBySimulation)
                member.why.push_back({"scope.simulated", {}});
            member.why.push_back({"scope.credential_verified", {{"credential", plainName(credential.entity)}}});
            break;
        }
    }
}

/// The machine that a verified session was handed to, by the word of the system that handed it out: its name in a log is
/// what anybody may have called it.
void verifyMachines(Incident& incident, const std::map<EntityRef, TargetFacts>& facts)
{
    for (IncidentMember& member : incident.members) {
        const auto answer = facts.find(member.entity);
        if (member.entity.kind != EntityKind::Workload || !member.isMisused || member.isVerified || answer == facts.end() ||
            !answer->second.exists)
            continue;
        for (const IncidentMember& session : incident.members) {
            const auto told = facts.find(session.entity);
            if (session.entity.kind != EntityKind::Credential || !session.isMisused || !session.isVerified || told == facts.end())
                continue;
            const auto machine = told->second.state.find("delivered_to");
            if (machine == told->second.state.end() || machine->second.asString() != member.entity.id)
                continue;
            std::erase_if(member.why, [](const Text& why) { return why.code == "scope.not_confirmed"; });
            member.isVerified = true;
            member.isVerifiedBySimulation = session.isVerifiedBySimulation;
            if (member.isVerifiedBySimulation)
                member.why.push_back({"scope.simulated", {}});
            member.why.push_back({"scope.credential_verified", {{"credential", plainName(session.entity)}}});
            break;
        }
    }
}

} // namespace

void verifyScope(Incident& incident, const std::map<EntityRef, TargetFacts>& facts,
                 const std::vector<Event>& misuseEvents, const std::vector<IndependentFinding>& findings)
{
    for (IncidentMember& member : incident.members) {
        const auto answer = facts.find(member.entity);
        if (answer == facts.end())
            continue;
        member.isVerified = false;
        member.isVerifiedBySimulation = false;
        std::erase_if(member.why, [](const Text& reason) { // that a person confirmed it stays so
            return reason.code.starts_with("scope.") && reason.code != "scope.confirmed_by";
        });
        if (!canBeVerified(member.entity.kind) || (!member.isMisused && !member.isMadeByIncident))
            continue;
        if (!answer->second.exists) {
            member.why.push_back({"scope.not_there", {}});
            continue;
        }
        std::optional<Text> reason;
        if (member.isMisused)
            reason = confirmedByUse(member.entity, answer->second, misuseEvents);
        if (!reason && member.isMisused)
            reason = confirmedByFinding(member.entity, misuseEvents, findings);
        if (!reason && member.isMadeByIncident)
            reason = confirmedByMaking(incident, member, answer->second, misuseEvents);
        if (!reason) {
            member.why.push_back({"scope.not_confirmed", {}});
            continue;
        }
        member.isVerified = true;
        member.isVerifiedBySimulation = answer->second.isSimulated;
        if (member.isVerifiedBySimulation)
            member.why.push_back({"scope.simulated", {}});
        member.why.push_back(*reason);
    }
    verifyOwners(incident, facts);
    verifyMachines(incident, facts);
}

} // namespace cordon::investigate
