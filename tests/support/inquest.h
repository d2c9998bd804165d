#pragma once

#include "core/investigate/investigator.h"
#include "tests/support/attack_builder.h"
#include "tests/support/event_list_lookup.h"

#include <algorithm>
#include <map>

namespace cordon::test {

/// An incident over a list of events, with the records of some of them, ready to be investigated.
struct Inquest
{
    std::vector<Event> log;
    std::vector<Alert> alerts;
    Incident incident;
    std::map<std::int64_t, std::string> records; ///< by event

    /// @param alerted  ids of the events that a rule took offence at, in order; they span the incident
    Inquest(std::vector<Event> events, const std::vector<std::int64_t>& alerted)
        : log(std::move(events))
    {
        incident.id = {1};
        for (const std::int64_t id : alerted)
            raise(id, Severity::Medium);
    }
    void raise(std::int64_t id, Severity level)
    {
        const Event event = *std::find_if(log.begin(), log.end(), [&](const Event& one) { return one.id.value == id; });
        alerts.push_back(alertOn(id, {event}, level, "persistence", "T1098"));
        incident.alerts.push_back({id});
        incident.firstSeen = alerts.size() == 1 ? event.time : std::min(incident.firstSeen, event.time);
        incident.lastSeen = std::max(incident.lastSeen, event.time);
    }
    Inquest& suspect(const EntityRef& entity, bool isMade = false)
    {
        IncidentMember member;
        member.entity = entity;
        member.role = EntityRole::Attacker;
        member.isMisused = true;
        member.isMadeByIncident = isMade;
        incident.members.push_back(member);
        return *this;
    }
    [[nodiscard]] Brief brief(investigate::Reach reach = {}) const
    {
        const EventListLookup lookup(log);
        const investigate::RecordReader reader = [this](const Event& event) -> Result<std::string> {
            const auto place = records.find(event.id.value);
            if (place == records.end())
                return fail(ErrorCode::NotFound, "no record");
            return place->second;
        };
        return investigate::Investigator(reach, reader).brief(incident, alerts, lookup).value();
    }
    /// Lines of residual access as `code name` or, for grants, `code name grant` and where, if that is told.
    [[nodiscard]] std::vector<std::string> residual() const
    {
        std::vector<std::string> lines;
        for (const ResidualAccess& one : brief().residual) {
            std::string line = one.text.code.substr(one.text.code.find('.') + 1);
            for (const char* arg : {"name", "grant", "place", "n"}) {
                if (const auto place = one.text.args.find(arg); place != one.text.args.end())
                    line += ' ' + place->second;
            }
            lines.push_back(line);
        }
        return lines;
    }
    [[nodiscard]] bool lists(const std::string& line) const
    {
        const auto all = residual();
        return std::find(all.begin(), all.end(), line) != all.end();
    }
};

} // namespace cordon::test
