#include "core/investigate/story_telling.h"

#include "core/domain/relation.h"
#include "core/domain/sign_in.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

std::string verbOf(const Event& event)
{
    return event.action.substr(event.action.find(':') + 1);
}

bool readsValue(const Event& event)
{
    const std::string verb = verbOf(event);
    const bool isRead = verb.starts_with("Get") || verb.starts_with("BatchGet") || verb.starts_with("Access") ||
                        verb.starts_with("Read") || verb.starts_with("Retrieve");
    return isRead && verb.find("Policy") == std::string::npos;
}

const EventTarget* targetWith(const Event& event, std::string_view relation, std::optional<EntityKind> kind = {})
{
    const auto place = std::find_if(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.relation == relation && (!kind || target.entity.kind == *kind);
    });
    return place == event.targets.end() ? nullptr : &*place;
}

/// Of what a session was opened: the role, else whoever a token was issued for.
const EventTarget* sessionOf(const Event& event, const Parties& parties)
{
    const EventTarget* role = targetWith(event, "assumed");
    return role ? role : parties.subject;
}

/// A refused call names no new key: what it was for has to do.
std::optional<Telling> tellMaking(const Event& event, const Parties& parties)
{
    const bool isKeyCall = verbOf(event) == "CreateAccessKey";
    // A password that is changed is a new one.
    if (const EventTarget* changed = targetWith(event, "updated", EntityKind::Credential); changed && changed->entity.type == "password")
        return Telling{Kind::PasswordSet, changed, changed->entity.id};
    if (const EventTarget* made = targetWith(event, "created", EntityKind::Credential); made || isKeyCall) {
        if (made && made->entity.type == "password")
            return Telling{Kind::PasswordSet, made, made->entity.id};
        if (made && !isKeyCall && (made->entity.type == "session" || made->entity.type == "token"))
            return Telling{Kind::SessionMinted, sessionOf(event, parties), {}};
        const bool isOwn = parties.subject && event.actor == parties.subject->entity;
        return Telling{isOwn ? Kind::KeyMadeForSelf : Kind::KeyMade, made, made ? made->entity.id : std::string()};
    }
    if (const EventTarget* role = targetWith(event, "assumed", EntityKind::Role))
        return Telling{Kind::SessionMinted, role, {}};
    if (const EventTarget* account = targetWith(event, "created", EntityKind::Account))
        return Telling{Kind::AccountMade, account, account->entity.id};
    if (const EventTarget* role = targetWith(event, "created", EntityKind::Role))
        return Telling{Kind::RoleMade, role, {}};
    return std::nullopt;
}

const Alert* gravestOf(const std::vector<const Alert*>& alerts)
{
    return *std::max_element(alerts.begin(), alerts.end(), [](const Alert* a, const Alert* b) {
        return std::tuple(a->rule.level, b->rule.id) < std::tuple(b->rule.level, a->rule.id);
    });
}

/// A finding is told in its product's words, never as a call by somebody.
std::optional<Telling> tellFinding(const std::vector<const Alert*>& alerts)
{
    for (const Alert* alert : alerts) {
        if (alert->external)
            return Telling{Kind::ProductReported, nullptr, alert->external->productName + '\n' + alert->rule.title,
                           alert};
    }
    if (alerts.empty())
        return std::nullopt;
    return Telling{Kind::FindingMatched, nullptr, gravestOf(alerts)->rule.title};
}

/// What logs were told of: never the doer's own session or another name.
const EventTarget* logOf(const Event& event)
{
    const EventTarget* best = nullptr;
    for (const EventTarget& target : event.targets) {
        const bool isBeside = target.relation == "used" || isOtherName(target.relation);
        if (!isBeside && (!best || (best->entity.kind != EntityKind::Resource && target.entity.kind == EntityKind::Resource)))
            best = &target;
    }
    return best;
}

} // namespace

std::optional<Telling> tell(const Event& event, const std::vector<const Alert*>& alerts, LoggingWatch& logging)
{
    if (event.isFinding)
        return tellFinding(alerts);
    if (isRefusedSignIn(event)) // one who tries many accounts is one story
        return alerts.empty() ? std::nullopt : std::optional(Telling{Kind::SignInRefused, nullptr, event.address});
    const Parties parties = partiesOf(event);
    if (auto making = tellMaking(event, parties))
        return making;
    if (const EventTarget* log = logOf(event); log && logging.isWeakenedBy(event, alerts))
        return Telling{Kind::LoggingImpaired, log, {}};
    // An attempt names what was to be given to whom; one sentence speaks of one right.
    if (parties.subject && parties.subject->relation == "granted" && parties.object)
        return Telling{Kind::RightsGiven, parties.object,
                       event.outcome == EventOutcome::Failure ? parties.object->entity.id : std::string()};
    if (const EventTarget* role = targetWith(event, "updated", EntityKind::Role);
        role && verbOf(event).find("AssumeRolePolicy") != std::string::npos)
        return Telling{Kind::TrustChanged, role, role->entity.id};
    if (const EventTarget* secret = targetWith(event, "read", EntityKind::Secret); secret && readsValue(event))
        return Telling{Kind::SecretsRead, secret, {}};
    if (alerts.empty())
        return std::nullopt;
    if (const EventTarget* shared = targetWith(event, "shared"))
        return Telling{Kind::Shared, shared, {}};
    if (const EventTarget* deleted = targetWith(event, "deleted"))
        return Telling{Kind::Deleted, deleted, {}};
    return Telling{namesDoer(event) ? Kind::RuleMatched : Kind::RuleMatchedNobody,
                   parties.object ? parties.object : parties.subject, gravestOf(alerts)->rule.title};
}

} // namespace cordon::investigate
