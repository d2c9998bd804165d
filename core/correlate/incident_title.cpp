#include "core/correlate/incident_parts.h"

#include "core/domain/plain_name.h"
#include "core/domain/sign_in.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

namespace cordon::correlate {
namespace {

struct Pattern
{
    std::string_view technique; ///< a prefix: T1098 covers T1098.001
    std::string_view code;
    std::string_view attempt;
};

/// Gravest first. What is not here is titled after its rule, as other defences than logs that were weakened.
constexpr std::array<Pattern, 27> patterns{{
    {"T1485", "incident.title.destruction", "incident.title.destruction_tried"},
    {"T1486", "incident.title.destruction", "incident.title.destruction_tried"},
    {"T1490", "incident.title.destruction", "incident.title.destruction_tried"},
    {"T1537", "incident.title.exfiltration", "incident.title.exfiltration_tried"},
    {"T1567", "incident.title.exfiltration", "incident.title.exfiltration_tried"},
    {"T1555", "incident.title.secret_access", "incident.title.secret_access_tried"},
    {"T1552.005", "incident.title.instance_credentials", "incident.title.instance_credentials_tried"},
    {"T1552", "incident.title.secret_access", "incident.title.secret_access_tried"},
    {"T1528", "incident.title.secret_access", "incident.title.secret_access_tried"},
    {"T1562.008", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1685.002", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1562.002", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1562.012", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1685.001", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1685.004", "incident.title.logging_impaired", "incident.title.logging_impaired_tried"},
    {"T1098.001", "incident.title.credential_added", "incident.title.credential_added_tried"},
    {"T1098", "incident.title.account_manipulated", "incident.title.account_manipulated_tried"},
    {"T1136", "incident.title.account_created", "incident.title.account_created_tried"},
    {"T1484", "incident.title.account_manipulated", "incident.title.account_manipulated_tried"},
    {"T1550", "incident.title.session_abused", "incident.title.session_abused_tried"},
    {"T1651", "incident.title.commands", "incident.title.commands_tried"},
    {"T1059", "incident.title.commands", "incident.title.commands_tried"},
    {"T1496", "incident.title.resources_hijacked", "incident.title.resources_hijacked_tried"},
    {"T1578", "incident.title.resources_hijacked", "incident.title.resources_hijacked_tried"},
    {"T1078", "incident.title.sign_in", "incident.title.sign_in_tried"},
    {"T1580", "incident.title.discovery", "incident.title.discovery_tried"},
    {"T1087", "incident.title.discovery", "incident.title.discovery_tried"},
}};

std::size_t patternOf(const RuleFacts& rule)
{
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        for (const std::string& technique : rule.techniques) {
            if (technique.starts_with(patterns[i].technique))
                return i;
        }
    }
    return patterns.size();
}

/// How much misuse shows in each of those who acted.
std::map<EntityIndex, int> pointsOf(const IncidentParts& parts)
{
    std::map<EntityIndex, int> points;
    for (const AlertNode* alert : parts.alerts) {
        const int weight = 1 + 4 * static_cast<int>(parts.rule(*alert).level);
        const EntityIndex actor = alert->in(AlertPart::Actor);
        const EntityIndex doer = actor != noEntity ? actor : alert->in(AlertPart::Via);
        if (doer != noEntity && !alert->isRefused)
            points[doer] += weight;
    }
    return points;
}

/// Who did what the alert tells, with what where nobody is named; "" when it does not say. Of several, the one in which
/// most misuse shows.
std::string doerOf(const IncidentParts& parts, const AlertNode& alert)
{
    const std::map<EntityIndex, int> points = pointsOf(parts);
    const auto rank = [&](EntityIndex doer) {
        const auto place = points.find(doer);
        return place == points.end() ? 0 : place->second;
    };
    for (const AlertPart part : {AlertPart::Actor, AlertPart::Via}) {
        EntityIndex best = noEntity;
        for (const NodeEntity& entity : alert.entities) {
            const bool isDoer = entity.part == part && entity.relation != refusedRelation && !parts.graph.isAmbient(entity.entity);
            if (isDoer && (best == noEntity || rank(entity.entity) > rank(best)))
                best = entity.entity;
        }
        if (best != noEntity)
            return plainName(parts.entity(best));
    }
    return {};
}

/// The alert that tells of the making; null when none does.
const AlertNode* makingOf(const IncidentParts& parts, const EntityRef& made)
{
    for (const AlertNode* alert : parts.alerts) {
        const bool isMaking = alert->hasSucceeded &&
                              std::any_of(alert->entities.begin(), alert->entities.end(), [&](const NodeEntity& entity) {
                                  return entity.relation == "created" && parts.entity(entity.entity) == made;
                              });
        if (isMaking)
            return alert;
    }
    return nullptr;
}

/// A key that the incident made and then used, and who made it.
std::optional<std::pair<std::string, std::string>> createdAndUsed(const IncidentParts& parts,
                                                                  const std::vector<IncidentMember>& members)
{
    for (const IncidentMember& member : members) {
        const bool isKey = member.entity.kind == EntityKind::Credential && member.isMadeByIncident;
        if (!isKey || member.entity.type == "session" || member.entity.type == "token")
            continue;
        const bool wasUsed = std::any_of(parts.alerts.begin(), parts.alerts.end(), [&](const AlertNode* alert) {
            const EntityIndex via = alert->in(AlertPart::Via);
            return via != noEntity && !alert->isRefused && parts.entity(via) == member.entity;
        });
        const AlertNode* making = wasUsed ? makingOf(parts, member.entity) : nullptr;
        if (const std::string maker = making ? doerOf(parts, *making) : std::string(); !maker.empty())
            return std::pair(plainName(member.entity), maker);
    }
    return std::nullopt;
}

/// The alert that the title is about: gravest level first, a success before an attempt, then by kind of act.
const AlertNode& leadingAlert(const IncidentParts& parts)
{
    const auto rank = [&parts](const AlertNode* alert) {
        const RuleFacts& rule = parts.rule(*alert);
        const int level = static_cast<int>(rule.level) - (alert->hasSucceeded ? 0 : 1);
        return std::tuple(-level, !alert->hasSucceeded, patternOf(rule), alert->last, alert->id);
    };
    return **std::min_element(parts.alerts.begin(), parts.alerts.end(),
                              [&](const AlertNode* a, const AlertNode* b) { return rank(a) < rank(b); });
}

} // namespace

Text titleOf(const IncidentParts& parts, const std::vector<IncidentMember>& members)
{
    if (const auto key = createdAndUsed(parts, members))
        return {"incident.title.key_created_used", {{"name", key->second}, {"key", key->first}}};
    const AlertNode& alert = leadingAlert(parts);
    const RuleFacts& rule = parts.rule(alert);
    const std::string title = plainText(rule.title);
    const std::string name = doerOf(parts, alert);
    if (name.empty())
        return {"incident.title.nobody", {{"rule", title}}};
    const std::size_t pattern = patternOf(rule);
    if (pattern == patterns.size())
        return {"incident.title.generic", {{"name", name}, {"rule", title}}};
    const std::string_view code = alert.hasSucceeded ? patterns[pattern].code : patterns[pattern].attempt;
    return {std::string(code), {{"name", name}, {"rule", title}}};
}

} // namespace cordon::correlate
