#pragma once

#include "core/investigate/investigator.h"
#include "tests/support/attack_builder.h"
#include "tests/support/event_list_lookup.h"

#include <algorithm>
#include <map>

namespace cordon::test {

inline const EntityRef ops = user("ops");
inline const EntityRef svc = user("svc");
inline const EntityRef bob = user("bob");
inline const EntityRef opsKey = key("AKIAOPS");
inline const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};

inline EntityRef inlinePolicy(const EntityRef& owner, const std::string& name)
{
    return {EntityKind::Policy, owner.id + "/policy/" + name, "", name};
}

/// A key made at noon with a stolen one raises the only alert; what else happened, the tests say.
struct KeyTheft
{
    std::vector<Event> log;
    std::map<std::int64_t, std::string> records;
    std::chrono::seconds lasts{};

    KeyTheft()
    {
        log.push_back(EventBuilder(1, "iam:CreateAccessKey", std::chrono::seconds(0))
                          .by(ops)
                          .with(opsKey)
                          .on(key("AKIANEW"), "created")
                          .on(svc, "granted")
                          .changingIdentity());
    }
    /// A change with the stolen key, or by somebody else.
    EventBuilder change(int id, const std::string& action, std::chrono::seconds at, const EntityRef& by = ops)
    {
        EventBuilder builder(id, action, at);
        builder.by(by).changingIdentity();
        if (by == ops)
            builder.with(opsKey);
        return builder;
    }
    void add(EventBuilder builder, const std::string& parameters = {})
    {
        if (!parameters.empty())
            records[builder.event.id.value] = "{\"requestParameters\":" + parameters + "}";
        log.push_back(std::move(builder));
    }
    [[nodiscard]] Brief brief() const
    {
        Incident incident;
        incident.id = {1};
        incident.firstSeen = noon;
        incident.lastSeen = noon + lasts;
        incident.alerts = {{1}};
        for (const EntityRef& entity : {ops, opsKey, svc}) {
            IncidentMember member;
            member.entity = entity;
            member.role = entity == svc ? EntityRole::Victim : EntityRole::Attacker;
            member.isMisused = entity != svc;
            incident.members.push_back(member);
        }
        const std::vector<Alert> alerts{alertOn(1, {log.front()}, Severity::Medium, "persistence", "T1098.001")};
        const EventListLookup lookup(log);
        const auto read = [this](const Event& event) -> Result<std::string> {
            const auto record = records.find(event.id.value);
            return record == records.end() ? Result<std::string>("{}") : Result<std::string>(record->second);
        };
        return investigate::Investigator({}, read).brief(incident, alerts, lookup).value();
    }
};

inline const Finding* finding(const Brief& brief, const std::string& code)
{
    const auto place =
        std::find_if(brief.story.begin(), brief.story.end(), [&](const Finding& one) { return one.text.code == code; });
    return place == brief.story.end() ? nullptr : &*place;
}

inline const IdentityChange* changeBy(const Brief& brief, std::int64_t event)
{
    const auto place = std::find_if(brief.identityChanges.begin(), brief.identityChanges.end(),
                                    [&](const IdentityChange& one) { return one.event.value == event; });
    return place == brief.identityChanges.end() ? nullptr : &*place;
}

} // namespace cordon::test
