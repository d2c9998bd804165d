#include "core/investigate/story.h"

#include "core/domain/plain_name.h"
#include "core/investigate/story_beats.h"

#include <algorithm>
#include <optional>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostCites = 40;
constexpr std::size_t mostBeats = 6;
constexpr std::size_t mostChangesTold = 1;

std::vector<EventId> cut(std::vector<EventId> events)
{
    if (events.size() > mostCites)
        events.resize(mostCites);
    return events;
}

/// The first act of the incident: who, with what, from where.
std::optional<Finding> opening(const Inquiry& inquiry)
{
    if (inquiry.acts.empty())
        return std::nullopt;
    const Event& event = inquiry.acts.front();
    const bool hasVia = event.via.has_value() && event.actor.has_value();
    const char* code = hasVia ? (event.address.empty() ? "story.begins_no_address" : "story.begins")
                              : (event.address.empty() ? "story.begins_bare" : "story.begins_no_credential");
    return Finding{{code,
                    {{"from", clockText(event.time, needsDates(inquiry.incident))},
                     {"actor", doerName(event)},
                     {"via", event.via ? plainName(*event.via) : ""},
                     {"address", plainText(event.address, 64)},
                     {"action", plainText(event.action)}}},
                   {event.id}};
}

/// Keeps the most important beats in the order of time; the others become one sentence.
void addBeats(const Inquiry& inquiry, std::vector<Finding>& story)
{
    std::vector<Beat> beats = beatsOf(inquiry);
    std::vector<const Beat*> byImportance;
    for (const Beat& beat : beats)
        byImportance.push_back(&beat);
    std::stable_sort(byImportance.begin(), byImportance.end(),
                     [](const Beat* a, const Beat* b) { return a->importance > b->importance; });
    const std::size_t kept = byImportance.size() > mostBeats + 1 ? mostBeats : byImportance.size();
    const std::set<const Beat*> told(byImportance.begin(), byImportance.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<EventId> others;
    for (const Beat& beat : beats) {
        if (told.contains(&beat))
            story.push_back({beat.text, cut(beat.events)});
        else
            others.insert(others.end(), beat.events.begin(), beat.events.end());
    }
    if (!others.empty())
        story.push_back(
            {{"story.more", {{"n", std::to_string(others.size())}, {"kinds", std::to_string(beats.size() - kept)}}},
             cut(others)});
}

void addRarities(const Brief& brief, const std::vector<ShortPast>& shortPasts, std::vector<Finding>& story)
{
    const auto rarest =
        std::max_element(brief.rarities.begin(), brief.rarities.end(),
                         [](const Brief::Rarity& a, const Brief::Rarity& b) { return a.newActions < b.newActions; });
    if (rarest != brief.rarities.end() && rarest->newActions > 0) {
        story.push_back({{"story.new_actions",
                          {{"name", plainName(rarest->identity)},
                           {"n", std::to_string(rarest->newActions)},
                           {"all", std::to_string(rarest->allActions)},
                           {"past", std::to_string(rarest->pastActions)}}},
                         cut(rarest->events)});
    } else if (brief.rarities.empty() && !shortPasts.empty()) {
        const ShortPast& past = shortPasts.front();
        story.push_back({{past.events == 0 ? "story.no_past" : "story.short_past",
                          {{"name", plainName(past.identity)}, {"n", std::to_string(past.events)}}},
                         cut(past.cites)});
    }
}

void addIdentityChanges(const Inquiry& inquiry, const Brief& brief, std::vector<Finding>& story)
{
    std::vector<const IdentityChange*> before;
    std::vector<EventId> inside;
    for (const IdentityChange& change : brief.identityChanges) {
        if (change.isInsideIncident)
            inside.push_back(change.event);
        else
            before.push_back(&change);
    }
    const std::map<std::string, std::string> args{{"from", clockText(brief.lookedBackTo, true)},
                                                  {"to", clockText(inquiry.incident.lastSeen, true)},
                                                  {"n", std::to_string(inside.size())},
                                                  {"before", std::to_string(before.size())}};
    if (brief.identityChanges.empty()) {
        story.push_back({{"story.identity_changes_none", args}, {}});
        return;
    }
    if (!inside.empty())
        story.push_back(
            {{before.empty() ? "story.identity_changes_only_inside" : "story.identity_changes_inside", args},
             cut(inside)});
    const std::size_t skipped = before.size() > mostChangesTold ? before.size() - mostChangesTold : 0;
    for (std::size_t i = skipped; i < before.size(); ++i)
        story.push_back({before[i]->text, {before[i]->event}});
    if (skipped > 0) {
        std::vector<EventId> earlier;
        for (std::size_t i = 0; i < skipped; ++i)
            earlier.push_back(before[i]->event);
        story.push_back({{"story.identity_changes_earlier",
                          {{"n", std::to_string(skipped)}, {"from", clockText(brief.lookedBackTo, true)}}},
                         cut(earlier)});
    }
}

} // namespace

std::vector<Finding> storyOf(const Inquiry& inquiry, const Brief& brief, const std::vector<ShortPast>& shortPasts)
{
    std::vector<Finding> story;
    if (auto first = opening(inquiry))
        story.push_back(std::move(*first));
    addBeats(inquiry, story);
    addRarities(brief, shortPasts, story);
    addIdentityChanges(inquiry, brief, story);
    return story;
}

} // namespace cordon::investigate
