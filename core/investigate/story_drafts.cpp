#include "core/investigate/story_drafts.h"

#include "core/domain/plain_name.h"
#include "core/investigate/rehearsal.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

/// What a key was made for that is nobody's: an application, a repository.
const EntityRef* whatHasKey(const Event& event)
{
    const auto place = std::find_if(event.targets.begin(), event.targets.end(), [](const EventTarget& target) {
        return (target.relation == "updated" || target.relation == "granted") &&
               (target.entity.kind == EntityKind::Application || target.entity.kind == EntityKind::Resource);
    });
    return place == event.targets.end() ? nullptr : &place->entity;
}

constexpr std::size_t mostNamed = 3;
constexpr std::size_t longestListed = 40;
constexpr std::size_t mostRecordsRead = 2'000;

/// How acts ended. Records are read to tell, but not more of them than a page is worth.
class Outcomes
{
public:
    explicit Outcomes(const Inquiry& inquiry)
        : m_inquiry(inquiry)
    {}

    [[nodiscard]] std::string of(const Event& event)
    {
        if (event.outcome == EventOutcome::Failure)
            return wasDenied(event) ? "denied" : "failed";
        const bool mayBeRehearsed = !event.isReadOnly && !event.isFinding && m_read < mostRecordsRead;
        if (!mayBeRehearsed)
            return "done";
        ++m_read;
        return rehearsalOf(m_inquiry, event) == Rehearsal::Certain ? "rehearsed" : "done";
    }

private:
    const Inquiry& m_inquiry;
    std::size_t m_read = 0;
};

/// Two accounts of one name are two.
std::string doerOf(const Event& event)
{
    return event.actor ? event.actor->key() : event.via ? event.via->key() : std::string();
}

void take(Draft& draft, const Event& event, const Telling& telling, const std::vector<const Alert*>& alerts)
{
    if (!draft.first) {
        draft.first = &event;
        draft.kind = telling.kind;
        draft.telling = telling;
    }
    draft.last = &event;
    if (const Alert* finding = telling.reported) {
        if (!draft.reported)
            draft.reported = {finding->first, finding->last};
        draft.reported->first = std::min(draft.reported->first, finding->first);
        draft.reported->second = std::max(draft.reported->second, finding->last);
    }
    for (const Alert* alert : alerts) {
        if (draft.gravest && *draft.gravest >= alert->rule.level)
            continue;
        draft.gravest = alert->rule.level;
        draft.weightiest = &event;
    }
    const Parties parties = partiesOf(event);
    if (telling.object)
        draft.objects.add(telling.object->entity.key(), plainName(telling.object->entity));
    if (parties.subject)
        draft.subjects.add(parties.subject->entity.key(), plainName(parties.subject->entity));
    else if (const EntityRef* thing = draft.kind == Kind::KeyMade ? whatHasKey(event) : nullptr)
        draft.subjects.add(thing->key(), plainName(*thing));
    else
        draft.subjects.add(doerOf(event), doerName(event));
    draft.actions.add(event.action, plainText(event.action));
    draft.events.push_back(event.id);
}

void absorb(Draft& into, const Draft& other)
{
    if (other.first->time < into.first->time)
        into.first = other.first;
    if (other.last->time > into.last->time)
        into.last = other.last;
    if (!into.gravest || (other.gravest && *other.gravest > *into.gravest)) {
        into.gravest = other.gravest;
        into.weightiest = other.weightiest;
    }
    into.objects.add(other.objects);
    into.subjects.add(other.subjects);
    into.actions.add(other.actions);
    into.events.insert(into.events.end(), other.events.begin(), other.events.end());
}

/// True where `apart` tells one thing from another, rather than one claim from another.
bool isApartByThing(Kind kind)
{
    return kind <= Kind::TrustChanged;
}

void gatherCrowds(std::map<DraftKey, Draft>& drafts, const std::set<EntityRef>& used)
{
    using Place = std::map<DraftKey, Draft>::iterator;
    const auto rank = [&](const Place& place) {
        const EventTarget* object = place->second.telling.object;
        const int level = place->second.gravest ? static_cast<int>(*place->second.gravest) : -1;
        return std::tuple(!(object && used.contains(object->entity)), -level, place->second.first->time);
    };
    for (Place begin = drafts.begin(); begin != drafts.end();) {
        std::vector<Place> crowd;
        Place place = begin;
        for (; place != drafts.end() && place->first.kind == begin->first.kind &&
               place->first.doer == begin->first.doer && place->first.outcome == begin->first.outcome;
             ++place)
            crowd.push_back(place);
        const Place next = place;
        if (isApartByThing(begin->first.kind) && crowd.size() > mostApart) {
            std::stable_sort(crowd.begin(), crowd.end(), [&](const Place& a, const Place& b) { return rank(a) < rank(b); });
            for (std::size_t i = 2; i < crowd.size(); ++i) {
                absorb(crowd[1]->second, crowd[i]->second);
                drafts.erase(crowd[i]);
            }
        }
        begin = next;
    }
}

} // namespace

void NameList::add(const std::string& key, const std::string& name)
{
    if (m_keys.insert(key).second && m_names.size() < mostNamed)
        m_names.push_back(name);
}

void NameList::add(const NameList& others)
{
    for (const std::string& name : others.m_names) {
        if (m_names.size() < mostNamed && std::find(m_names.begin(), m_names.end(), name) == m_names.end())
            m_names.push_back(name);
    }
    m_keys.insert(others.m_keys.begin(), others.m_keys.end());
}

std::string NameList::text(bool isList) const
{
    if (m_names.empty())
        return "something unnamed";
    if (!isList || count() == 1)
        return m_names.front();
    std::string text;
    for (const std::string& name : m_names)
        text += (text.empty() ? "" : ", ") + shortName(name, longestListed);
    return count() > m_names.size() ? text + " … (" + std::to_string(count()) + ")" : text;
}

std::map<DraftKey, Draft> draftsOf(const Inquiry& inquiry)
{
    static const std::vector<const Alert*> none;
    LoggingWatch logging(inquiry);
    Outcomes outcomes(inquiry);
    std::map<DraftKey, Draft> drafts;
    std::set<EntityRef> used;
    for (const Event& event : inquiry.acts) {
        for (const auto& doer : {event.actor, event.via}) {
            if (doer)
                used.insert(*doer);
        }
        if (event.time > inquiry.incident.lastSeen && !event.isFinding)
            continue;
        const auto matched = inquiry.alertsOf.find(event.id);
        const std::vector<const Alert*>& alerts = matched == inquiry.alertsOf.end() ? none : matched->second;
        if (const auto telling = tell(event, alerts, logging))
            take(drafts[{telling->kind, telling->kind == Kind::SignInRefused ? "" : doerOf(event), outcomes.of(event), telling->apart}], event, *telling, alerts);
    }
    gatherCrowds(drafts, used);
    return drafts;
}

} // namespace cordon::investigate
