#include "core/investigate/story_changes.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

using Changes = std::vector<const IdentityChange*>;

/// How an empty look-up reads: nothing is claimed of a time that no log of the case reaches.
const char* noChangesCode(const Inquiry& inquiry)
{
    if (inquiry.incident.firstSeen == Timestamp())
        return "story.identity_changes_no_time";
    return inquiry.logBegin > inquiry.incident.lastSeen ? "story.identity_changes_no_log"
                                                        : "story.identity_changes_none";
}

std::vector<EventId> eventsOf(const Changes& changes)
{
    std::vector<EventId> events;
    for (const IdentityChange* change : changes)
        events.push_back(change->event);
    return atMostCited(std::move(events));
}

/// The one that has a sentence of its own: by somebody of the incident before anybody else's, then the gravest, then the
/// nearest to the incident.
const IdentityChange* toTell(const Inquiry& inquiry, const Changes& changes, bool isNewestNearest)
{
    const auto rank = [&](const IdentityChange& change) {
        const bool isIntruders = change.actor && inquiry.attackers.contains(*change.actor);
        return std::pair(change.hasSucceeded && isIntruders, weightOf(change));
    };
    const IdentityChange* best = nullptr;
    for (const IdentityChange* change : changes) {
        if (!best || rank(*change) > rank(*best) || (isNewestNearest && rank(*change) == rank(*best)))
            best = change;
    }
    return best;
}

} // namespace

std::vector<EventId> atMostCited(std::vector<EventId> events)
{
    constexpr std::size_t mostCites = 40;
    if (events.size() > mostCites)
        events.resize(mostCites);
    return events;
}

void addIdentityChanges(const Inquiry& inquiry, const IdentityHistory& history, std::vector<Finding>& story)
{
    Changes inside;
    Changes outside;
    Changes after;
    for (const IdentityChange& change : history.changes) {
        const bool isAfter = change.time > inquiry.incident.lastSeen;
        (isAfter ? after : change.isInsideIncident ? inside : outside).push_back(&change);
    }
    const std::map<std::string, std::string> args{{"from", clockText(history.lookedBackTo, true)},
                                                  {"to", clockText(history.lookedUpTo, true)},
                                                  {"n", std::to_string(history.inside)},
                                                  {"before", std::to_string(history.outside)},
                                                  {"after", std::to_string(history.after)},
                                                  {"found", std::to_string(history.found())},
                                                  {"listed", std::to_string(history.changes.size())}};
    if (history.changes.empty()) {
        story.push_back({{noChangesCode(inquiry), args}, {}});
        return;
    }
    if (history.inside > 0) {
        const bool isAll = history.outside == 0 && history.isWhole;
        story.push_back({{isAll ? "story.identity_changes_only_inside" : "story.identity_changes_inside", args},
                         eventsOf(inside)});
    }
    if (const IdentityChange* told = toTell(inquiry, outside, true)) {
        story.push_back({told->text, {told->event}});
        std::erase(outside, told);
        if (history.outside > 1)
            story.push_back({{"story.identity_changes_earlier",
                              {{"n", std::to_string(history.outside - 1)}, {"from", args.at("from")}}},
                             eventsOf(outside)});
    }
    if (const IdentityChange* told = toTell(inquiry, after, false)) {
        story.push_back({{"story.identity_changes_after", args}, eventsOf(after)});
        story.push_back({told->text, {told->event}});
    }
    if (!history.isWhole)
        story.push_back({{"story.identity_changes_unread", args}, {history.changes.front().event}});
    else if (history.found() > history.changes.size())
        story.push_back({{"story.identity_changes_cut", args}, {history.changes.front().event}});
}

} // namespace cordon::investigate
