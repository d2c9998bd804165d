#include "core/investigate/story.h"

#include "core/domain/plain_name.h"
#include "core/domain/sign_in.h"
#include "core/investigate/life.h"
#include "core/investigate/story_beats.h"
#include "core/investigate/story_changes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostBeats = 6;

const char* openingCode(const Event& event)
{
    const bool isFromNowhere = event.address.empty();
    if (isRefusedSignIn(event))
        return isFromNowhere ? "story.begins_refused_no_address" : "story.begins_refused";
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

/// The session that an event opened; null when it opened none.
const EventTarget* sessionIn(const Event& event)
{
    const auto place = std::find_if(event.targets.begin(), event.targets.end(), [](const EventTarget& target) {
        return target.relation == "created" && target.entity.kind == EntityKind::Credential && isSession(target.entity);
    });
    return place == event.targets.end() || event.outcome == EventOutcome::Failure ? nullptr : &*place;
}

/// Who opened the sessions that acted, where that was no act of the incident itself: without it nobody reads who stands
/// behind a role. The latest, which is the nearest to what was done with it.
Result<void> addOpeners(const Inquiry& inquiry, std::vector<Finding>& story)
{
    constexpr std::size_t most = 3;
    constexpr std::size_t mostAsked = 64;
    std::set<EventId> told;
    for (const Event& event : inquiry.acts)
        told.insert(event.id);
    std::vector<Event> openings;
    std::size_t asked = 0;
    for (const IncidentMember& member : inquiry.incident.members) {
        const bool stoodBehind = std::any_of(member.why.begin(), member.why.end(),
                                             [](const Text& why) { return why.code == "member.stood_behind"; });
        for (const EventId id : member.events) {
            if (!stoodBehind || !told.insert(id).second || ++asked > mostAsked)
                continue;
            Result<Event> event = inquiry.lookup.event(id);
            if (!event && event.error().code != ErrorCode::NotFound)
                return fail(std::move(event).error());
            if (event && namesDoer(*event) && sessionIn(*event))
                openings.push_back(std::move(*event));
        }
    }
    std::sort(openings.begin(), openings.end(), [](const Event& a, const Event& b) { return std::tie(a.time, a.id) < std::tie(b.time, b.id); });
    if (openings.size() > most)
        openings.erase(openings.begin(), openings.end() - most);
    const bool withDates = needsDates(inquiry.incident);
    const std::string day = inquiry.incident.firstSeen.toString().substr(0, 10);
    for (const Event& event : openings) {
        const auto role = std::find_if(event.targets.begin(), event.targets.end(), [](const EventTarget& target) {
            return target.relation == "assumed" || target.relation == "granted";
        });
        const bool isKnown = role != event.targets.end() && role->entity != event.actor;
        story.push_back({{event.actor && event.via ? "story.session_opened" : "story.session_opened_bare",
                          {{"from", clockText(event, withDates || event.time.toString().substr(0, 10) != day)},
                           {"actor", doerName(event)},
                           {"via", event.via ? plainName(*event.via) : ""},
                           {"session", plainName(sessionIn(event)->entity)},
                           {"own", isKnown ? "0" : "1"},
                           {"what", isKnown ? plainName(role->entity) : ""}}},
                         {event.id}});
    }
    return {};
}

/// By importance, each further beat that says the same of something else counting less: many keys do not push out the
/// one grant.
std::vector<const Beat*> byImportance(const std::vector<Beat>& beats)
{
    constexpr int lessPerRepeat = 12;
    std::vector<const Beat*> order;
    for (const Beat& beat : beats)
        order.push_back(&beat);
    const auto sort = [&order](const auto& weightOf) {
        std::stable_sort(order.begin(), order.end(),
                         [&](const Beat* a, const Beat* b) { return weightOf(a) > weightOf(b); });
    };
    sort([](const Beat* beat) { return beat->importance; });
    std::map<std::string, int> told;
    std::map<const Beat*, int> weights;
    for (const Beat* beat : order)
        weights[beat] = beat->importance - lessPerRepeat * told[beat->claim]++;
    sort([&weights](const Beat* beat) { return weights.at(beat); });
    return order;
}

/// `iam:CreateAccessKey (19990), s3:GetObject (7)`: what the acts that are not told were, the most frequent first.
std::string actionsOf(const Inquiry& inquiry, const std::set<EventId>& events)
{
    constexpr std::size_t mostNamed = 3;
    std::map<std::string, int> counts;
    for (const Event& event : inquiry.acts) {
        if (events.contains(event.id))
            ++counts[event.action];
    }
    std::vector<std::pair<std::string, int>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text;
    for (std::size_t i = 0; i < order.size() && i < mostNamed; ++i)
        text += (text.empty() ? "" : ", ") + plainText(order[i].first, 40) + " (" + std::to_string(order[i].second) + ")";
    return order.size() > mostNamed ? text + ", …" : text;
}

/// Keeps the most important beats in the order of time; the others become one sentence.
void addBeats(const Inquiry& inquiry, std::vector<Finding>& story)
{
    const std::vector<Beat> beats = beatsOf(inquiry);
    const std::vector<const Beat*> order = byImportance(beats);
    const std::size_t kept = order.size() > mostBeats + 1 ? mostBeats : order.size();
    const std::set<const Beat*> told(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
    std::set<EventId> cited;
    std::set<EventId> others;
    std::set<EventId> attempts;
    for (const Beat& beat : beats) {
        if (told.contains(&beat)) {
            story.push_back({beat.text, atMostCited(beat.events)});
            cited.insert(beat.events.begin(), beat.events.end());
        } else {
            (beat.isAttempt ? attempts : others).insert(beat.events.begin(), beat.events.end());
        }
    }
    const auto addMore = [&](const char* code, std::set<EventId>& events) {
        std::erase_if(events, [&cited](EventId event) { return cited.contains(event); });
        if (!events.empty())
            story.push_back({{code, {{"n", std::to_string(events.size())}, {"actions", actionsOf(inquiry, events)}}},
                             atMostCited({events.begin(), events.end()})});
    };
    addMore("story.more", others);
    addMore("story.more_tried", attempts);
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

Result<std::vector<Finding>> storyOf(const Inquiry& inquiry, const Brief& brief, const IdentityHistory& history,
                                     const std::vector<ShortPast>& shortPasts)
{
    std::vector<Finding> story;
    if (auto first = opening(inquiry))
        story.push_back(std::move(*first));
    CORDON_CHECK(addOpeners(inquiry, story));
    addBeats(inquiry, story);
    addUnknownTimes(inquiry, story);
    addRarities(brief, shortPasts, story);
    addSightings(inquiry, story);
    addIdentityChanges(inquiry, history, story);
    return story;
}

} // namespace cordon::investigate
