#pragma once

#include "core/domain/alert.h"
#include "core/domain/event.h"
#include "core/domain/sign_in.h"

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace cordon::test {

inline const Timestamp noon = Timestamp::parse("2026-11-21T12:00:00Z").value();

inline EntityRef user(const std::string& name, const std::string& account = "111122223333")
{
    return {EntityKind::Account, "arn:aws:iam::" + account + ":user/" + name, "human", name};
}
inline EntityRef role(const std::string& name, const std::string& account = "111122223333")
{
    return {EntityKind::Role, "arn:aws:iam::" + account + ":role/" + name, "", name};
}
inline EntityRef key(const std::string& id)
{
    return {EntityKind::Credential, id, "access_key", id};
}
inline EntityRef session(const std::string& id)
{
    return {EntityKind::Credential, id, "session", id};
}
inline EntityRef secret(const std::string& name)
{
    return {EntityKind::Secret, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:" + name, "", name};
}
inline EntityRef trail(const std::string& name)
{
    return {EntityKind::Resource, "arn:aws:cloudtrail:eu-west-1:111122223333:trail/" + name, "", name};
}

/// An event in the making; ids are given by the caller.
struct EventBuilder
{
    Event event;

    EventBuilder(std::int64_t id, const std::string& action, std::chrono::seconds afterNoon)
    {
        event.id = {id};
        event.action = action;
        event.time = noon + afterNoon;
        event.timeText = event.time.toString();
        event.outcome = EventOutcome::Success;
        event.address = "203.0.113.44";
        event.userAgent = "aws-cli/2.1 Python/3.9";
    }
    EventBuilder& by(const EntityRef& actor)
    {
        event.actor = actor;
        return *this;
    }
    EventBuilder& with(const EntityRef& via)
    {
        event.via = via;
        return *this;
    }
    EventBuilder& on(const EntityRef& target, const std::string& relation)
    {
        event.targets.push_back({target, relation});
        return *this;
    }
    EventBuilder& from(const std::string& address)
    {
        event.address = address;
        return *this;
    }
    EventBuilder& through(const std::string& userAgent)
    {
        event.userAgent = userAgent;
        return *this;
    }
    EventBuilder& refused(const std::string& error)
    {
        event.outcome = EventOutcome::Failure;
        event.error = error;
        return *this;
    }
    /// A sign-in that was turned away.
    EventBuilder& turnedAway()
    {
        event.targets.insert(event.targets.begin(), {*event.actor, std::string(refusedRelation)});
        return refused("Failed authentication");
    }
    EventBuilder& changingIdentity()
    {
        event.isIdentityChange = true;
        return *this;
    }
    operator Event() const { return event; } // NOLINT(google-explicit-constructor): reads as an event in lists
};

/// The alert that a rule of that level, tactic and technique raises on the events.
inline Alert alertOn(std::int64_t id, const std::vector<Event>& events, Severity level, const std::string& tactic,
                     const std::string& technique)
{
    Alert alert;
    alert.id = {id};
    alert.rule.id = tactic + "/" + technique + "/" + events.front().action;
    alert.rule.title = "Suspicious " + events.front().action;
    alert.rule.level = level;
    alert.rule.tactics = {tactic};
    alert.rule.techniques = {technique};
    alert.first = events.front().time;
    alert.last = events.back().time;
    alert.action = events.front().action;
    alert.hasSucceeded = false;
    const auto addOnce = [&alert](const EntityRef& entity, const std::string& part, const std::string& relation) {
        for (const AlertEntity& known : alert.entities) {
            if (known.entity == entity && (known.relation == refusedRelation) == (relation == refusedRelation))
                return;
        }
        alert.entities.push_back({entity, part, relation});
    };
    for (const Event& event : events) {
        alert.events.push_back(event.id);
        alert.cites.push_back(event.cite);
        alert.hasSucceeded = alert.hasSucceeded || event.outcome != EventOutcome::Failure;
        const std::string how(isRefusedSignIn(event) ? refusedRelation : std::string_view());
        if (event.actor)
            addOnce(*event.actor, "actor", how);
        if (event.via)
            addOnce(*event.via, "via", how);
        for (const EventTarget& target : event.targets) {
            if (target.relation != refusedRelation)
                addOnce(target.entity, "target", target.relation);
        }
        if (!event.address.empty())
            addOnce({EntityKind::Address, event.address, "ip", event.address}, "address", "");
    }
    return alert;
}

} // namespace cordon::test
