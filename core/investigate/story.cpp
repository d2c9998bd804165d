#include "core/investigate/story.h"

#include "core/domain/plain_name.h"
#include "core/investigate/story_beats.h"
#include "core/investigate/story_changes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostBeats = 6;

const char* openingCode(const Event& event)
{
    const bool isFromNowhere = event.address.empty();
    if (!namesDoer(event))
        return isFromNowhere ? "story.begins_nobody" : "story.begins_nobody_from";
    if (event.via && event.actor)
        return isFromNowhere ? "story.begins_no_address" : "story.begins";
    return isFromNowhere ? "story.begins_bare" : "story.begins_no_credential";
}

/// The first act of the incident: who, with what, from where. What another product reports is nobody's act.
std::optional<Finding> opening(const Inquiry& inquiry)
{
    const auto place =
        std::find_if(inquiry.acts.begin(), inquiry.acts.end(), [](const Event& event) { return !event.isFinding; });
    if (place == inquiry.acts.end())
        return std::nullopt;
    const Event& event = *place;
    return Finding{{openingCode(event),
                    {{"from", clockText(event, needsDates(inquiry.incident))},
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
            story.push_back({beat.text, atMostCited(beat.events)});
        else
            others.insert(others.end(), beat.events.begin(), beat.events.end());
    }
    if (!others.empty())
        story.push_back(
            {{"story.more", {{"n", std::to_string(others.size())}, {"kinds", std::to_string(beats.size() - kept)}}},
             atMostCited(others)});
}

/// Says that the order and the times of some acts are not known.
void addUnknownTimes(const Inquiry& inquiry, std::vector<Finding>& story)
{
    std::vector<EventId> untimed;
    for (const Event& event : inquiry.acts) {
        if (!tellsTime(event) && (inquiry.isDuring(event.time) || inquiry.alertsOf.contains(event.id)))
            untimed.push_back(event.id);
    }
    if (!untimed.empty())
        story.push_back({{"story.time_unknown", {{"n", std::to_string(untimed.size())}}}, atMostCited(untimed)});
}

/// Indicators of others that stand in records of the incident: one sentence for each list.
void addSightings(const Inquiry& inquiry, std::vector<Finding>& story)
{
    struct Seen
    {
        std::set<std::string> indicators;
        std::vector<EventId> events;
        std::string first;
    };
    std::map<std::string, Seen> lists;
    for (const Alert* alert : inquiry.sightings) {
        Seen& seen = lists[alert->rule.author];
        if (seen.indicators.empty())
            seen.first = alert->rule.title.substr(std::min(alert->rule.title.find(": ") + 2, alert->rule.title.size()));
        seen.indicators.insert(alert->rule.id);
        for (const EventId event : alert->events) {
            if (std::find(seen.events.begin(), seen.events.end(), event) == seen.events.end())
                seen.events.push_back(event);
        }
    }
    for (auto& [list, seen] : lists)
        story.push_back({{"story.indicators_seen",
                          {{"list", plainText(list)},
                           {"n", std::to_string(seen.indicators.size())},
                           {"records", std::to_string(seen.events.size())},
                           {"first", plainText(seen.first)}}},
                         atMostCited(std::move(seen.events))});
}

void addRarities(const Brief& brief, const std::vector<ShortPast>& shortPasts, std::vector<Finding>& story)
{
    const auto rarest =
        std::max_element(brief.rarities.begin(), brief.rarities.end(),
                         [](const Brief::Rarity& a, const Brief::Rarity& b) { return a.newActions < b.newActions; });
    if (rarest != brief.rarities.end() && rarest->newActions > 0) {
        const bool isAll = rarest->newActions == rarest->allActions;
        story.push_back({{isAll ? "story.all_actions_new" : "story.new_actions",
                          {{"name", plainName(rarest->identity)},
                           {"n", std::to_string(rarest->newActions)},
                           {"all", std::to_string(rarest->allActions)},
                           {"past", std::to_string(rarest->pastActions)}}},
                         atMostCited(rarest->events)});
        for (const Brief::Rarity::Measure& measure : rarest->more) {
            if (measure.what == "address" && measure.fresh > 0)
                story.push_back({{measure.fresh == measure.all ? "story.all_addresses_new" : "story.new_addresses",
                                  {{"name", plainName(rarest->identity)},
                                   {"n", std::to_string(measure.fresh)},
                                   {"all", std::to_string(measure.all)},
                                   {"past", std::to_string(measure.past)}}},
                                 atMostCited(measure.events)});
        }
    } else if (brief.rarities.empty() && !shortPasts.empty()) {
        const ShortPast& past = shortPasts.front();
        story.push_back({{past.events == 0 ? "story.no_past" : "story.short_past",
                          {{"name", plainName(past.identity)}, {"n", std::to_string(past.events)}}},
                         atMostCited(past.cites)});
    }
}

} // namespace

std::vector<Finding> storyOf(const Inquiry& inquiry, const Brief& brief, const IdentityHistory& history,
                             const std::vector<ShortPast>& shortPasts)
{
    std::vector<Finding> story;
    if (auto first = opening(inquiry))
        story.push_back(std::move(*first));
    addBeats(inquiry, story);
    addUnknownTimes(inquiry, story);
    addRarities(brief, shortPasts, story);
    addSightings(inquiry, story);
    addIdentityChanges(inquiry, history, story);
    return story;
}

} // namespace cordon::investigate
