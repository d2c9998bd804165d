#include "core/investigate/story_beats.h"

#include "core/domain/plain_name.h"
#include "core/investigate/story_drafts.h"

#include <algorithm>
#include <array>

namespace cordon::investigate {
namespace {

struct Wording
{
    std::string_view done;
    std::string_view denied;
    std::string_view failed;
    int importance;
};

/// In the order of Kind.
constexpr std::array<Wording, 17> wordings{{
    {"story.key_made", "story.key_made_denied", "story.key_made_failed", 100},
    {"story.key_made_self", "story.key_made_self_denied", "story.key_made_self_failed", 100},
    {"story.password_set", "story.password_set_denied", "story.password_set_failed", 95},
    {"story.account_made", "story.account_made_denied", "story.account_made_failed", 90},
    {"story.rights_given", "story.rights_given_denied", "story.rights_given_failed", 94},
    {"story.trust_changed", "story.trust_changed_denied", "story.trust_changed_failed", 88},
    {"story.session_minted", "story.session_minted_denied", "story.session_minted_failed", 60},
    {"story.secrets_read", "story.secrets_read_denied", "story.secrets_read_failed", 85},
    {"story.logging_impaired", "story.logging_impaired_denied", "story.logging_impaired_failed", 92},
    {"story.shared", "story.shared_denied", "story.shared_failed", 80},
    {"story.deleted", "story.deleted_denied", "story.deleted_failed", 70},
    {"story.role_made", "story.role_made_denied", "story.role_made_failed", 55},
    {"story.sign_in_refused", "story.sign_in_refused", "story.sign_in_refused", 65},
    {"story.rule_matched", "story.rule_matched_denied", "story.rule_matched_failed", 40},
    {"story.rule_matched_nobody", "story.rule_matched_nobody_denied", "story.rule_matched_nobody_failed", 40},
    {"story.product_reported", "story.product_reported", "story.product_reported", 40},
    {"story.finding_matched", "story.finding_matched", "story.finding_matched", 40},
}};

/// What no rule took offence at gives way; what has no sentence of its own counts by its rule's level.
int importanceOf(const Draft& draft, const Wording& wording)
{
    static constexpr std::array<int, 5> byLevel{10, 25, 65, 86, 94};
    if (!draft.gravest)
        return wording.importance - 40;
    const int level = byLevel[static_cast<std::size_t>(*draft.gravest)];
    return draft.kind >= Kind::RuleMatched ? level : std::max(level, wording.importance);
}

bool isListed(Kind kind)
{
    return kind == Kind::KeyMade || kind == Kind::PasswordSet || kind == Kind::AccountMade || kind == Kind::TrustChanged;
}

bool countsThings(Kind kind)
{
    return kind == Kind::SecretsRead || kind == Kind::Shared || kind == Kind::Deleted || kind == Kind::RoleMade ||
           kind == Kind::AccountMade;
}

Beat beatFrom(const Draft& draft, const std::string& outcome, bool withDates)
{
    const Wording& wording = wordings[static_cast<std::size_t>(draft.kind)];
    const Event& event = *draft.first;
    const bool isDone = outcome == "done";
    // Calls are counted where calls matter, things where things do. An attempt is a call.
    const bool hasThings = isDone && countsThings(draft.kind) && draft.objects.count() > 0;
    const std::size_t n = hasThings ? draft.objects.count() : draft.events.size();
    // Of several attempts, or things that were made, no single one is told as if it were all.
    const bool isList = !isDone || isListed(draft.kind);
    const bool isOwnSession = draft.kind == Kind::SessionMinted && draft.objects.count() == 0;
    Beat beat;
    beat.text.code = isDone ? wording.done : outcome == "denied" ? wording.denied : wording.failed;
    beat.text.args = {{"n", std::to_string(n)},
                      {"from", clockText(event, withDates)},
                      {"to", clockText(*draft.last, withDates)},
                      {"actor", doerName(event)},
                      {"via", event.via ? plainName(*event.via) : "?"},
                      {"what", isOwnSession ? doerName(event) : draft.objects.text(isList)},
                      {"subject", draft.subjects.text(isList)},
                      {"action", draft.actions.text(isList && draft.kind == Kind::LoggingImpaired)},
                      {"rule", plainText(draft.telling.apart)},
                      {"nowhere", event.address.empty() ? "1" : "0"},
                      {"address", plainText(event.address, 64)},
                      {"error", outcome == "rehearsed" ? "dry run" : plainText(event.error)}};
    if (draft.kind == Kind::RightsGiven && isDone && draft.weightiest) {
        const Parties parties = partiesOf(*draft.weightiest);
        beat.text.args["what"] = plainName(parties.object->entity);
        beat.text.args["subject"] = plainName(parties.subject->entity);
    }
    beat.first = event.time;
    if (draft.reported) {
        const Alert& finding = *draft.telling.reported;
        beat.text.args["from"] = clockText(draft.reported->first, withDates);
        beat.text.args["to"] = clockText(draft.reported->second, withDates);
        beat.text.args["rule"] = plainText(finding.rule.title);
        beat.text.args["product"] = plainText(finding.external->productName);
        beat.first = draft.reported->first;
    }
    const bool isRule = draft.kind >= Kind::RuleMatched; // each rule says something else
    beat.claim = beat.text.code + (isRule ? '\n' + draft.telling.apart : "");
    const bool isMoment = beat.text.args["from"] == beat.text.args["to"];
    beat.text.args["moment"] = isMoment ? "1" : "0";
    beat.importance = importanceOf(draft, wording) - (isDone ? 0 : 20);
    beat.isAttempt = !isDone;
    beat.events = draft.events;
    return beat;
}

/// Calls with keys that the incident made; the caller says with which.
Beat beatOfUses(const std::vector<const Event*>& events, bool withDates)
{
    std::set<std::string> actions;
    Beat beat;
    for (const Event* event : events) {
        actions.insert(event->action);
        beat.events.push_back(event->id);
    }
    beat.text.args = {{"from", clockText(*events.front(), withDates)},
                      {"to", clockText(*events.back(), withDates)},
                      {"n", std::to_string(events.size())},
                      {"actions", std::to_string(actions.size())}};
    beat.importance = 98;
    beat.claim = "story.made_key_used";
    beat.first = events.front()->time;
    return beat;
}

/// The uses of each key that the incident made; of many keys those with most calls, and the others together.
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
    std::vector<std::pair<EntityRef, std::vector<const Event*>>> byCalls(uses.begin(), uses.end());
    std::stable_sort(byCalls.begin(), byCalls.end(),
                     [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
    const std::size_t told = byCalls.size() > mostApart ? 1 : byCalls.size();
    std::vector<const Event*> others;
    for (std::size_t i = 0; i < byCalls.size(); ++i) {
        const auto& [key, events] = byCalls[i];
        if (i >= told) {
            others.insert(others.end(), events.begin(), events.end());
            continue;
        }
        const Event& first = *events.front();
        beats.push_back(beatOfUses(events, withDates));
        Text& text = beats.back().text;
        text.code = first.address.empty() ? "story.made_key_used_nowhere" : "story.made_key_used";
        text.args["key"] = plainName(key);
        text.args["address"] = plainText(first.address, 64);
    }
    if (others.empty())
        return;
    std::stable_sort(others.begin(), others.end(), [](const Event* a, const Event* b) { return a->time < b->time; });
    beats.push_back(beatOfUses(others, withDates));
    beats.back().text.code = "story.made_keys_used";
    beats.back().text.args["keys"] = std::to_string(byCalls.size() - told);
}

} // namespace

bool needsDates(const Incident& incident)
{
    return incident.firstSeen.toString().substr(0, 10) != incident.lastSeen.toString().substr(0, 10);
}

std::vector<Beat> beatsOf(const Inquiry& inquiry)
{
    const bool withDates = needsDates(inquiry.incident);
    std::vector<Beat> beats;
    for (const auto& [key, draft] : draftsOf(inquiry))
        beats.push_back(beatFrom(draft, key.outcome, withDates));
    addUsesOfMadeKeys(inquiry, withDates, beats);
    // Logs often tell whole seconds: what made a thing comes before what used it.
    std::stable_sort(beats.begin(), beats.end(), [](const Beat& a, const Beat& b) {
        return std::tie(a.first, b.importance) < std::tie(b.first, a.importance);
    });
    return beats;
}

} // namespace cordon::investigate
