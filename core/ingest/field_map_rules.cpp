#include "core/ingest/field_map_rules.h"

#include "core/ingest/map_text.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

constexpr std::string_view actorWord = "$actor";
constexpr std::string_view byArnWord = "by_arn";
constexpr std::string_view byNameWord = "by_name";
constexpr std::string_view byVerbWord = "by_verb";

Result<Spelling> spellingOf(const Value& value)
{
    const std::string& text = value.asString();
    if (value.isNull() || text == "as_is")
        return Spelling::AsIs;
    if (text == "arn")
        return Spelling::Arn;
    if (text == "iam_name")
        return Spelling::IamName;
    if (text == "secret_name")
        return Spelling::SecretName;
    if (text == "arn_tail")
        return Spelling::ArnTail;
    return invalid(value, "unknown spelling '" + text + "'");
}

/// As relationOf; "" for the word that leaves it to the verb.
Result<std::string> relationOrVerb(const Value& value, const Value& rule)
{
    if (value.asString() == byVerbWord)
        return std::string();
    return relationOf(value, rule);
}

} // namespace

Result<void> FieldMapRules::readThings(const Value& value)
{
    for (const auto& [name, part] : value.asObject()) {
        CORDON_CHECK(allowKeys(part,
                               {"kind", "type", "spelling", "unquoted", "behind_each", "split", "without", "before", "after_last", "lower_case",
                                "id", "arns", "like", "known"},
                               "thing " + name));
        Thing thing;
        const auto kind = entityKindFrom(part["kind"].asString());
        if (!kind)
            return invalid(part, "thing " + name + " has no known kind");
        thing.kind = *kind;
        thing.type = part["type"].asString();
        CORDON_TRY(thing.spelling, spellingOf(part["spelling"]));
        thing.isUnquoted = part["unquoted"].asBool();
        thing.behindEach = part["behind_each"].asString();
        thing.split = part["split"].asString();
        CORDON_TRY(thing.without, textsOf(part["without"], "without"));
        thing.before = part["before"].asString();
        thing.afterLast = part["after_last"].asString();
        thing.isFolded = part["lower_case"].asBool();
        thing.id = part["id"].asString();
        planPlaces(thing);
        CORDON_TRY(thing.arns, textsOf(part["arns"], "arns"));
        CORDON_TRY(thing.like, textsOf(part["like"], "like"));
        for (const auto& [id, text] : part["known"].asObject()) {
            CORDON_TRY(thing.known[folded(id)], textOf(text, "a known name"));
        }
        m_map.things.emplace(name, std::move(thing));
    }
    return {};
}

/// Places of a template that are none of the fixed ones name fields.
void FieldMapRules::planPlaces(Thing& thing)
{
    constexpr std::array<std::string_view, 6> fixed{"text", "path", "partition", "region", "account", "owner"};
    const std::string_view pattern = thing.id;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const std::string_view name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
        if (std::find(fixed.begin(), fixed.end(), name) == fixed.end())
            thing.fields.emplace_back(name, m_plan.add(name));
    }
}

Result<void> FieldMapRules::readIdentities(const Value& value)
{
    if (value.isNull())
        return {};
    CORDON_CHECK(allowKeys(value, {"order", "type", "cases", "otherwise"}, "identities"));
    for (const Value& part : value["order"].asArray()) {
        CORDON_TRY(IdentityRule rule, identity(part));
        m_map.identityOrder.push_back(std::move(rule));
    }
    CORDON_TRY(m_map.identityType, fields(value["type"]));
    for (const auto& [type, rule] : value["cases"].asObject()) {
        CORDON_TRY(m_map.identities[type], identity(rule));
    }
    if (!value["otherwise"].isNull()) {
        CORDON_TRY(m_map.otherIdentity, identity(value["otherwise"]));
    }
    return {};
}

Result<IdentityRule> FieldMapRules::identity(const Value& value)
{
    CORDON_CHECK(allowKeys(value, {"actor", "session"}, "an identity"));
    IdentityRule rule;
    if (!value["actor"].isNull()) {
        CORDON_CHECK(allowKeys(value["actor"], {"thing", "id", "name", "when"}, "actor"));
        CORDON_TRY(rule.actor, entity(value["actor"]));
    }
    if (!value["session"].isNull()) {
        CORDON_CHECK(allowKeys(value["session"], {"thing", "id", "name", "when"}, "session"));
        CORDON_TRY(rule.session, entity(value["session"]));
    }
    return rule;
}

Result<void> FieldMapRules::readCredentials(const Value& value)
{
    if (value.isNull())
        return {};
    CORDON_CHECK(allowKeys(value, {"id", "types", "order"}, "credentials"));
    CORDON_TRY(m_map.credentialId, fields(value["id"]));
    for (const auto& [prefix, type] : value["types"].asObject()) {
        CORDON_TRY(std::string name, textOf(type, "a credential type"));
        m_map.credentialTypes.emplace_back(prefix, std::move(name));
    }
    for (const Value& part : value["order"].asArray()) {
        CORDON_CHECK(allowKeys(part, {"thing", "id", "name", "when"}, "a credential"));
        CORDON_TRY(EntityRule rule, entity(part));
        m_map.credentialOrder.push_back(std::move(rule));
    }
    return {};
}

Result<void> FieldMapRules::readUnlisted(const Value& value)
{
    if (value.isNull())
        return {};
    CORDON_CHECK(allowKeys(value, {"resources", "verbs", "targets"}, "unlisted"));
    CORDON_TRY(m_map.namedResources, fields(value["resources"]));
    CORDON_TRY(m_map.usualTargets, targets(value["targets"]));
    for (const Value& part : value["verbs"].asArray()) {
        CORDON_CHECK(allowKeys(part, {"prefix", "relation", "read_only"}, "a verb"));
        VerbRule verb;
        CORDON_TRY(verb.prefix, textOf(part["prefix"], "prefix"));
        CORDON_TRY(verb.relation, relationOf(part["relation"], part));
        verb.isReadOnly = part["read_only"].asBool();
        m_map.verbs.push_back(std::move(verb));
    }
    return {};
}

Result<void> FieldMapRules::readActions(const Value& value)
{
    for (const auto& [names, rule] : value.asObject())
        CORDON_CHECK(readAction(names, rule));
    std::stable_sort(m_map.actionPatterns.begin(), m_map.actionPatterns.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    return {};
}

Result<void> FieldMapRules::readAction(const std::string& names, const Value& value)
{
    CORDON_CHECK(allowKeys(value, {"identity_change", "sign_in", "read_only", "relation", "targets"}, "action " + names));
    ActionRule rule;
    rule.isIdentityChange = value["identity_change"].asBool();
    rule.isSignIn = value["sign_in"].asBool();
    if (!value["read_only"].isNull())
        rule.isReadOnly = value["read_only"].asBool();
    if (!value["relation"].isNull()) {
        CORDON_TRY(rule.relation, relationOf(value["relation"], value));
    }
    // Without a relation an action says all about its targets itself, even that there are none.
    rule.hasTargets = !value["targets"].isNull() || value["relation"].isNull();
    CORDON_TRY(rule.targets, targets(value["targets"]));
    const std::string key = m_map.isCaseFolded ? folded(names) : names;
    if (key.find('*') != std::string::npos)
        m_map.actionPatterns.emplace_back(key, std::move(rule));
    else if (!m_map.actions.emplace(key, std::move(rule)).second)
        return invalid(value, "action " + names + " stands twice");
    return {};
}

Result<std::vector<TargetRule>> FieldMapRules::targets(const Value& value)
{
    std::vector<TargetRule> rules;
    for (const Value& part : value.asArray()) {
        CORDON_TRY(TargetRule made, target(part));
        rules.push_back(std::move(made));
    }
    return rules;
}

Result<TargetRule> FieldMapRules::target(const Value& value)
{
    CORDON_CHECK(allowKeys(
        value, {"thing", "id", "name", "relation", "owner", "also", "when", "last", "subject_of", "not_in"}, "a target"));
    TargetRule rule;
    CORDON_TRY(rule.entity, entity(value));
    CORDON_TRY(rule.relation, relationOrVerb(value["relation"], value));
    rule.isLast = value["last"].asBool();
    CORDON_TRY(rule.subjectOf, textsOf(value["subject_of"], "subject_of"));
    if (!rule.subjectOf.empty() && !rule.relation.empty())
        return invalid(value["subject_of"], "subject_of belongs to a target whose relation is by_verb");
    CORDON_TRY(rule.notIn, fields(value["not_in"]));
    if (!value["owner"].isNull()) {
        CORDON_CHECK(allowKeys(value["owner"], {"thing", "id"}, "owner"));
        CORDON_TRY(EntityRule owner, entity(value["owner"]));
        rule.owner.push_back(std::move(owner));
    }
    if (!value["also"].isNull()) {
        CORDON_CHECK(allowKeys(value["also"], {"thing", "id", "when"}, "also"));
        CORDON_TRY(EntityRule also, entity(value["also"]));
        rule.also.push_back(std::move(also));
    }
    return rule;
}

Result<EntityRule> FieldMapRules::entity(const Value& value)
{
    EntityRule rule;
    CORDON_TRY(const std::string thing, textOf(value["thing"], "thing"));
    rule.isToldByName = thing == byNameWord;
    if (thing != byArnWord && thing != byNameWord) {
        const auto place = m_map.things.find(thing);
        if (place == m_map.things.end())
            return invalid(value["thing"], "unknown thing '" + thing + "'");
        rule.thing = &place->second;
    }
    CORDON_TRY(std::vector<std::string> paths, textsOf(value["id"], "id"));
    rule.orActor = !paths.empty() && paths.back() == actorWord;
    if (rule.orActor)
        paths.pop_back();
    for (const std::string& path : paths) {
        if (path.front() == '$')
            return invalid(value["id"],
                           actorWord.data() + std::string(" may only stand last, and nothing else starts with $"));
        rule.id.push_back(m_plan.add(path));
    }
    if (rule.id.empty() && !rule.orActor)
        return invalid(value, "an id is missing");
    CORDON_TRY(rule.name, fields(value["name"]));
    CORDON_TRY(rule.when, conditions(value["when"]));
    return rule;
}

Result<std::vector<FieldIndex>> FieldMapRules::fields(const Value& value)
{
    CORDON_TRY(const std::vector<std::string> paths, textsOf(value, "a field path"));
    std::vector<FieldIndex> indexes;
    for (const std::string& path : paths)
        indexes.push_back(m_plan.add(path));
    return indexes;
}

Result<std::vector<FieldCondition>> FieldMapRules::conditions(const Value& value)
{
    std::vector<FieldCondition> found;
    for (const auto& [path, wanted] : value.asObject()) {
        const Value::Array one{wanted};
        FieldCondition condition{m_plan.add(path), {}};
        for (const Value& text : wanted.isArray() ? wanted.asArray() : one) {
            if (!text.isString())
                return invalid(value, "the text that a condition asks for must be a text");
            condition.is.push_back(text.asString());
        }
        found.push_back(std::move(condition));
    }
    if (!value.isNull() && found.empty())
        return invalid(value, "conditions are a mapping of field path to text");
    return found;
}

} // namespace cordon::ingest
