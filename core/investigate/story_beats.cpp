#include "core/investigate/story_beats.h"

#include "core/domain/plain_name.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cordon::investigate {
namespace {

/// Kinds of acts that have sentences of their own.
enum class Kind {
    KeyMade,
    KeyMadeForSelf,
    PasswordSet,
    AccountMade,
    RightsGiven,
    TrustChanged,
    SessionMinted,
    SecretsRead,
    LoggingImpaired,
    Shared,
    Deleted,
    RoleMade,
    RuleMatched,
    RuleMatchedNobody, ///< the record names nobody who called
    ProductReported,
    FindingMatched, ///< a rule took offence at what another product reported
};

struct Wording
{
    std::string_view done;
    std::string_view denied;
    std::string_view failed;
    int importance;
};

/// In the order of Kind.
constexpr std::array<Wording, 16> wordings{{
    {"story.key_made", "story.key_made_denied", "story.key_made_failed", 100},
    {"story.key_made_self", "story.key_made_self_denied", "story.key_made_self_failed", 100},
    {"story.password_set", "story.password_set_denied", "story.password_set_failed", 95},
    {"story.account_made", "story.account_made_denied", "story.account_made_failed", 90},
    {"story.rights_given", "story.rights_given_denied", "story.rights_given_failed", 75},
    {"story.trust_changed", "story.trust_changed_denied", "story.trust_changed_failed", 88},
    {"story.session_minted", "story.session_minted_denied", "story.session_minted_failed", 60},
    {"story.secrets_read", "story.secrets_read_denied", "story.secrets_read_failed", 85},
    {"story.logging_impaired", "story.logging_impaired_denied", "story.logging_impaired_failed", 92},
    {"story.shared", "story.shared_denied", "story.shared_failed", 80},
    {"story.deleted", "story.deleted_denied", "story.deleted_failed", 70},
    {"story.role_made", "story.role_made_denied", "story.role_made_failed", 55},
    {"story.rule_matched", "story.rule_matched_denied", "story.rule_matched_failed", 40},
    {"story.rule_matched_nobody", "story.rule_matched_nobody_denied", "story.rule_matched_nobody_failed", 40},
    {"story.product_reported", "story.product_reported", "story.product_reported", 40},
    {"story.finding_matched", "story.finding_matched", "story.finding_matched", 40},
}};

/// What one event is told as.
struct Telling
{
    Kind kind = Kind::RuleMatched;
    const EventTarget* object = nullptr;
    std::string apart;               ///< tells apart beats that must not be counted together: a key's id, a rule's
    const Alert* reported = nullptr; ///< for ProductReported: what the product said
};

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

bool impairsLogging(const Event& event, const std::vector<const Alert*>& alerts)
{
    const bool isSuspect = std::any_of(alerts.begin(), alerts.end(), [](const Alert* alert) {
        const auto& techniques = alert->rule.techniques;
        return std::any_of(techniques.begin(), techniques.end(),
                           [](const std::string& id) { return id.starts_with("T1685") || id.starts_with("T1562"); });
    });
    if (isSuspect)
        return !event.isReadOnly;
    static constexpr std::array<std::string_view, 6> verbs{"StopLogging",    "DeleteTrail",    "UpdateTrail",
                                                           "DeleteFlowLogs", "DeleteDetector", "PutEventSelectors"};
    return std::find(verbs.begin(), verbs.end(), verbOf(event)) != verbs.end();
}

const EventTarget* targetWith(const Event& event, std::string_view relation, std::optional<EntityKind> kind = {})
{
    const auto place = std::find_if(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.relation == relation && (!kind || target.entity.kind == *kind);
    });
    return place == event.targets.end() ? nullptr : &*place;
}

/// A refused call names no new key: what it was for has to do.
std::optional<Telling> tellMaking(const Event& event, const Parties& parties)
{
    const bool isKeyCall = verbOf(event) == "CreateAccessKey";
    if (const EventTarget* made = targetWith(event, "created", EntityKind::Credential); made || isKeyCall) {
        if (made && made->entity.type == "password")
            return Telling{Kind::PasswordSet, made, made->entity.id};
        if (made && (made->entity.type == "session" || made->entity.type == "token"))
            return Telling{Kind::SessionMinted, targetWith(event, "assumed"), {}};
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

std::optional<Telling> tell(const Event& event, const std::vector<const Alert*>& alerts)
{
    if (event.isFinding)
        return tellFinding(alerts);
    const Parties parties = partiesOf(event);
    if (auto making = tellMaking(event, parties))
        return making;
    if (impairsLogging(event, alerts))
        return Telling{Kind::LoggingImpaired, event.targets.empty() ? nullptr : &event.targets.front(), {}};
    if (parties.subject && parties.subject->relation == "granted" && parties.object)
        return Telling{Kind::RightsGiven, parties.object, {}};
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
                   event.targets.empty() ? nullptr : &event.targets.front(), gravestOf(alerts)->rule.title};
}

/// A beat with what is needed to count it.
struct Draft
{
    Kind kind = Kind::RuleMatched;
    const Event* first = nullptr;
    const Event* last = nullptr;
    Telling telling; ///< of the first event
    std::set<EntityRef> objects;
    std::vector<EventId> events;
    std::optional<Severity> gravest;                         ///< of the rules that matched any of them
    std::optional<std::pair<Timestamp, Timestamp>> reported; ///< what findings say of first and last, not their records

    void add(const Alert& finding)
    {
        if (!reported)
            reported = {finding.first, finding.last};
        reported->first = std::min(reported->first, finding.first);
        reported->second = std::max(reported->second, finding.last);
    }
};

/// What no rule took offence at gives way; what has no sentence of its own counts by its rule's level.
int importanceOf(const Draft& draft, const Wording& wording)
{
    static constexpr std::array<int, 5> byLevel{10, 25, 65, 86, 94};
    if (!draft.gravest)
        return wording.importance - 40;
    const int level = byLevel[static_cast<std::size_t>(*draft.gravest)];
    return draft.kind >= Kind::RuleMatched ? level : std::max(level, wording.importance);
}

std::string outcomeOf(const Event& event)
{
    if (event.outcome != EventOutcome::Failure)
        return "done";
    return wasDenied(event) ? "denied" : "failed";
}

Beat beatFrom(const Draft& draft, const std::string& outcome, bool withDates)
{
    const Wording& wording = wordings[static_cast<std::size_t>(draft.kind)];
    const Event& event = *draft.first;
    const Parties parties = partiesOf(event);
    // Calls are counted where calls matter, things where things do.
    const bool countsThings = draft.kind == Kind::SecretsRead || draft.kind == Kind::Shared ||
                              draft.kind == Kind::Deleted || draft.kind == Kind::RoleMade;
    const std::size_t n = countsThings && !draft.objects.empty() ? draft.objects.size() : draft.events.size();
    Beat beat;
    beat.text.code = outcome == "done" ? wording.done : outcome == "denied" ? wording.denied : wording.failed;
    beat.text.args = {{"n", std::to_string(n)},
                      {"from", clockText(event, withDates)},
                      {"to", clockText(*draft.last, withDates)},
                      {"actor", doerName(event)},
                      {"via", event.via ? plainName(*event.via) : "?"},
                      {"what", draft.telling.object ? plainName(draft.telling.object->entity) : "?"},
                      {"subject", parties.subject ? plainName(parties.subject->entity) : doerName(event)},
                      {"action", plainText(event.action)},
                      {"rule", plainText(draft.telling.apart)},
                      {"error", plainText(event.error)}};
    beat.first = event.time;
    if (draft.reported) {
        const Alert& finding = *draft.telling.reported;
        beat.text.args["from"] = clockText(draft.reported->first, withDates);
        beat.text.args["to"] = clockText(draft.reported->second, withDates);
        beat.text.args["rule"] = plainText(finding.rule.title);
        beat.text.args["product"] = plainText(finding.external->productName);
        beat.first = draft.reported->first;
    }
    const bool isMoment = beat.text.args["from"] == beat.text.args["to"];
    beat.text.args["moment"] = isMoment ? "1" : "0";
    beat.importance = importanceOf(draft, wording) - (outcome == "done" ? 0 : 20);
    beat.events = draft.events;
    return beat;
}

/// The first use of each key that the incident made.
void addUsesOfMadeKeys(const Inquiry& inquiry, bool withDates, std::vector<Beat>& beats)
{
    std::map<EntityRef, std::vector<const Event*>> uses;
    std::set<EntityRef> made;
    for (const Event& event : inquiry.acts) {
        if (event.via && made.contains(*event.via) && inquiry.isDuring(event.time))
            uses[*event.via].push_back(&event);
        for (const EventTarget& target : event.targets) {
            const bool isKey = target.relation == "created" && target.entity.kind == EntityKind::Credential &&
                               target.entity.type != "session" && target.entity.type != "token";
            if (isKey && event.outcome != EventOutcome::Failure)
                made.insert(target.entity);
        }
    }
    for (const auto& [key, events] : uses) {
        const Event& first = *events.front();
        std::set<std::string> actions;
        Beat beat;
        for (const Event* event : events) {
            actions.insert(event->action);
            beat.events.push_back(event->id);
        }
        beat.text = {first.address.empty() ? "story.made_key_used_nowhere" : "story.made_key_used",
                     {{"from", clockText(first, withDates)},
                      {"key", plainName(key)},
                      {"address", plainText(first.address, 64)},
                      {"n", std::to_string(events.size())},
                      {"actions", std::to_string(actions.size())}}};
        beat.importance = 98;
        beat.first = first.time;
        beats.push_back(std::move(beat));
    }
}

} // namespace

bool needsDates(const Incident& incident)
{
    return incident.firstSeen.toString().substr(0, 10) != incident.lastSeen.toString().substr(0, 10);
}

std::vector<Beat> beatsOf(const Inquiry& inquiry)
{
    static const std::vector<const Alert*> none;
    const bool withDates = needsDates(inquiry.incident);
    std::map<std::tuple<Kind, std::string, std::string, std::string>, Draft> drafts;
    for (const Event& event : inquiry.acts) {
        if (event.time > inquiry.incident.lastSeen && !event.isFinding)
            continue;
        const auto matched = inquiry.alertsOf.find(event.id);
        const std::vector<const Alert*>& alerts = matched == inquiry.alertsOf.end() ? none : matched->second;
        auto telling = tell(event, alerts);
        if (!telling)
            continue;
        Draft& draft = drafts[{telling->kind, doerName(event), outcomeOf(event), telling->apart}];
        if (!draft.first) {
            draft.first = &event;
            draft.kind = telling->kind;
            draft.telling = *telling;
        }
        draft.last = &event;
        if (telling->reported)
            draft.add(*telling->reported);
        for (const Alert* alert : alerts)
            draft.gravest = std::max(draft.gravest.value_or(alert->rule.level), alert->rule.level);
        if (telling->object)
            draft.objects.insert(telling->object->entity);
        draft.events.push_back(event.id);
    }
    std::vector<Beat> beats;
    for (const auto& [key, draft] : drafts)
        beats.push_back(beatFrom(draft, std::get<2>(key), withDates));
    addUsesOfMadeKeys(inquiry, withDates, beats);
    // Logs often tell whole seconds: what made a thing comes before what used it.
    std::stable_sort(beats.begin(), beats.end(), [](const Beat& a, const Beat& b) {
        return std::tie(a.first, b.importance) < std::tie(b.first, a.importance);
    });
    return beats;
}

} // namespace cordon::investigate
