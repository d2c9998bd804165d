#include "core/investigate/given_access.h"

#include "core/investigate/other_names.h"
#include "core/investigate/rehearsal.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr Duration oneMicro{1};
/// Records read for one role or policy: the newest.
constexpr std::size_t mostDocuments = 200;

bool names(const Event& event, const EntityRef& entity, std::initializer_list<std::string_view> relations)
{
    return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.entity == entity &&
               std::find(relations.begin(), relations.end(), target.relation) != relations.end();
    });
}

/// The later of `time` and the last one for the right there. Nothing told of the place, on either side, is about all.
template<class InPlaces>
Timestamp lastIn(const InPlaces& times, const EntityRef& grant, const std::string& place, Timestamp time)
{
    const auto ofGrant = times.find(grant);
    if (ofGrant == times.end())
        return time;
    for (const auto& [where, when] : ofGrant->second) {
        if (place.empty() || where.empty() || where == place)
            time = std::max(time, when);
    }
    return time;
}

bool isHolder(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Group;
}

bool takesSeveralFromSeveral(const Event& event)
{
    std::size_t people = 0;
    std::size_t rights = 0;
    for (const EventTarget& target : event.targets) {
        if (target.relation == "detached")
            ++(isHolder(target.entity.kind) ? people : rights);
    }
    return people > 1 && rights > 1;
}

/// False where somebody was put out of a place without a word of what they had there: it was all.
bool takesRight(const Event& event)
{
    std::size_t people = 0;
    for (const EventTarget& target : event.targets) {
        if (target.relation == "deleted")
            return true;
        if (target.relation != "detached")
            continue;
        if (!isHolder(target.entity.kind))
            return true;
        ++people;
    }
    return people > 1;
}

/// True where the record gives to one and takes from nobody else, so that what it takes is that one's.
bool isAboutOne(const Event& event)
{
    std::size_t given = 0;
    for (const EventTarget& target : event.targets) {
        if (target.relation == "detached" && isHolder(target.entity.kind))
            return false;
        given += target.relation == "granted" ? 1 : 0;
    }
    return given == 1;
}

} // namespace

Result<std::vector<Event>> GivenAccess::naming(const EntityRef& entity, Timestamp since) const
{
    return underEveryName(entity, [&](const EntityRef& name) {
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return m_inquiry.lookup.naming(name, from, to, most);
        };
        bool isWhole = true;
        return allPages(query, since, m_inquiry.logEnd + oneMicro, m_inquiry.reach.mostPerQuery, isWhole);
    });
}

Result<std::vector<Event>> GivenAccess::changesOf(const EntityRef& entity, Timestamp since) const
{
    return underEveryName(entity, [&](const EntityRef& name) {
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return m_inquiry.lookup.identityChangesOf(name, from, to, most);
        };
        bool isWhole = true;
        return allPages(query, since, m_inquiry.logEnd + oneMicro, m_inquiry.reach.mostPerQuery, isWhole);
    });
}

GivenAccess::Holdings GivenAccess::holdingsIn(const std::vector<Event>& events, const EntityRef& holder) const
{
    Holdings holdings;
    for (const Event& event : events) {
        if (!hasWorked(event))
            continue;
        const bool isEnd = std::any_of(event.targets.begin(), event.targets.end(), [](const EventTarget& target) {
            return target.relation == "deleted" || target.relation == "detached";
        });
        if (isEnd && rehearsalOf(m_inquiry, event) != Rehearsal::No)
            continue;
        holdings.end.take(m_inquiry, event, holder);
        // One record may give to some and take from others, without saying which right from whom.
        const bool isGiving = !names(event, holder, {"detached"}) || names(event, holder, {"granted"});
        const bool isTaking = (!names(event, holder, {"granted"}) || isAboutOne(event)) && !takesSeveralFromSeveral(event);
        std::vector<std::string> places = placesIn(event);
        if (places.empty())
            places.emplace_back();
        const auto note = [&](InPlaces& times, const EntityRef& right) {
            for (const std::string& place : places)
                times[right][place] = event.time;
        };
        if (names(event, holder, {"detached"}) && !takesRight(event)) {
            for (const std::string& place : placesIn(event))
                holdings.leavings[place] = event.time;
        }
        for (const EventTarget& target : event.targets) {
            if (target.entity == holder)
                continue;
            if (isTaking && (target.relation == "detached" || target.relation == "deleted"))
                note(holdings.taken, target.entity);
            else if (isGiving && target.relation == "attached")
                note(holdings.given, target.entity);
        }
    }
    return holdings;
}

Result<bool> GivenAccess::isGone(const EntityRef& entity, const Event& given)
{
    CORDON_TRY(const std::optional<Timestamp> gone, m_lives.goneAt(entity));
    return gone && *gone > given.time;
}

Result<bool> GivenAccess::wasTakenBack(const Event& given, const EntityRef& grant, const EntityRef& holder,
                                       const AccessPlace& place)
{
    auto known = m_holdings.find(holder);
    if (known == m_holdings.end() || !given.isIdentityChange) {
        const Timestamp begin = m_inquiry.incident.firstSeen;
        CORDON_TRY(const std::vector<Event> events,
                   given.isIdentityChange ? changesOf(holder, begin) : naming(holder, begin));
        known = m_holdings.insert_or_assign(holder, holdingsIn(events, holder)).first;
    }
    const Holdings& holdings = known->second;
    const Timestamp lastGiven = lastIn(holdings.given, grant, place.key, given.time);
    const Timestamp lastTaken = lastIn(holdings.taken, grant, place.key, given.time);
    const std::optional<Timestamp> end = holdings.end.at();
    const auto left = holdings.leavings.find(place.key);
    if (lastTaken > lastGiven || (end && *end > lastGiven) ||
        (left != holdings.leavings.end() && left->second > lastGiven))
        return true;
    CORDON_TRY(const bool isGrantGone, isGone(grant, given));
    if (isGrantGone)
        return true;
    for (const EventTarget& target : given.targets) {
        // A binding that was made to give the right: its deletion names neither the right nor who had it.
        if (target.relation != "created" || target.entity.kind != EntityKind::Policy)
            continue;
        CORDON_TRY(const bool isBindingGone, isGone(target.entity, given));
        if (isBindingGone)
            return true;
    }
    return isLeftOut(given, grant, holder, lastGiven);
}

/// True when a binding that gave the right to several was changed since, and gives it to others only.
Result<bool> GivenAccess::isLeftOut(const Event& given, const EntityRef& grant, const EntityRef& holder, Timestamp lastGiven) const
{
    for (const EventTarget& binding : given.targets) {
        if (binding.entity.kind != EntityKind::Policy || binding.entity == grant ||
            (binding.relation != "created" && binding.relation != "updated"))
            continue;
        CORDON_TRY(const std::vector<Event> events, changesOf(binding.entity, lastGiven));
        for (const Event& event : events) {
            const bool tellsAll = event.time > lastGiven && hasWorked(event) && names(event, binding.entity, {"updated"}) &&
                                  std::any_of(event.targets.begin(), event.targets.end(),
                                              [](const EventTarget& target) { return target.relation == "granted"; });
            if (tellsAll && !names(event, holder, {"granted"}) && rehearsalOf(m_inquiry, event) == Rehearsal::No)
                return true;
        }
    }
    return false;
}

Result<bool> GivenAccess::wasClosedAgain(const Event& given, const EntityRef& thing) const
{
    CORDON_TRY(const std::vector<Event> events, naming(thing, given.time));
    std::map<std::string, Timestamp> opened; ///< by whom it was opened to, "" for anybody: when last
    // Outsiders themselves, or the statement of the thing's policy that lets them in.
    const auto outsidersOf = [&](const Event& event, bool isOpening) {
        std::set<std::string> outsiders;
        for (const EventTarget& target : event.targets) {
            const bool isSharedWith = isOpening && target.relation == "shared" && isHolder(target.entity.kind);
            const bool isStatement =
                target.entity.kind == EntityKind::Policy && target.relation == (isOpening ? "created" : "deleted");
            const bool isOutsider = target.relation == (isOpening ? "granted" : "detached") || isSharedWith || isStatement;
            if (isOutsider && target.entity != thing)
                outsiders.insert(target.entity.key());
        }
        if (outsiders.empty())
            outsiders.insert(std::string());
        return outsiders;
    };
    for (const Event& event : events) {
        const bool isClosing = names(event, thing, {"detached"});
        if (!hasWorked(event) || (event.action != given.action && !isClosing))
            continue;
        if (names(event, thing, {"shared"})) {
            for (const std::string& outsider : outsidersOf(event, true))
                opened[outsider] = event.time;
            continue;
        }
        for (const std::string& outsider : outsidersOf(event, false)) {
            const auto place = opened.find(outsider);
            if (place != opened.end() && place->second < event.time)
                opened.erase(place);
        }
    }
    return opened.empty();
}

AccessDocument GivenAccess::documentOf(const Event& event) const
{
    const auto record = m_inquiry.records ? m_inquiry.records(event) : Result<std::string>(std::string());
    return record ? accessDocumentIn(*record) : AccessDocument();
}

bool GivenAccess::isWithoutEffect(const Event& change) const
{
    const AccessDocument document = documentOf(change);
    return document.isVersion && !document.isInForce;
}

Result<const std::vector<GivenAccess::Written>*> GivenAccess::documentsOf(const EntityRef& thing)
{
    const auto known = m_documents.find(thing);
    if (known != m_documents.end())
        return &known->second;
    CORDON_TRY(const std::vector<Event> events,
               changesOf(thing, m_inquiry.incident.firstSeen - m_inquiry.reach.identityChanges));
    std::vector<const Event*> changes;
    for (const Event& event : events) {
        const bool isOn = std::any_of(event.targets.begin(), event.targets.end(),
                                      [&](const EventTarget& target) { return target.entity == thing; });
        if (isOn && hasWorked(event))
            changes.push_back(&event);
    }
    std::vector<Written> documents;
    for (std::size_t i = changes.size() > mostDocuments ? changes.size() - mostDocuments : 0; i < changes.size(); ++i) {
        const Event& event = *changes[i];
        if (AccessDocument document = documentOf(event); document.isKnown || document.isInForce)
            documents.push_back({event.id, event.time, m_inquiry.isAttributed(event), std::move(document)});
    }
    return &m_documents.emplace(thing, std::move(documents)).first->second;
}

Result<bool> GivenAccess::wasRestored(const Event& change, const EntityRef& thing)
{
    CORDON_TRY(const std::vector<Written>* documents, documentsOf(thing));
    const AccessDocument none;
    const AccessDocument* written = &none;
    const AccessDocument* before = &none;
    std::vector<const Written*> last; // those that may count in the end: several of one time
    for (const Written& one : *documents) {
        if (one.event == change.id)
            written = &one.document;
        if (one.time < change.time && !one.isAttributed && one.document.isKnown)
            before = &one.document;
        if (one.time <= change.time || !one.document.isInForce)
            continue;
        if (!last.empty() && last.front()->time < one.time)
            last.clear();
        last.push_back(&one);
    }
    return !last.empty() && std::none_of(last.begin(), last.end(), [&](const Written* one) {
        return keepsDoor(one->document, *written, *before);
    });
}

} // namespace cordon::investigate
