#include "core/ingest/field_map_parser.h"

#include "core/value/yaml.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace cordon::ingest {
namespace {

constexpr std::string_view formatName = "cordon-field-map/1";
constexpr std::string_view actorWord = "$actor";
constexpr std::string_view byArnWord = "by_arn";
constexpr std::array<std::string_view, 15> relations{
    "created", "deleted", "activated", "deactivated", "updated", "attached", "detached",    "granted",
    "assumed", "read",    "listed",    "shared",      "stopped", "used",     "impersonated"};

tl::unexpected<Error> invalid(const Value& at, const std::string& what)
{
    return fail(ErrorCode::Invalid, "line " + std::to_string(at.line()) + ": " + what);
}

Result<void> allowKeys(const Value& value, std::initializer_list<std::string_view> allowed, std::string_view what)
{
    if (!value.isObject())
        return invalid(value, std::string(what) + " must be a mapping");
    for (const auto& [key, member] : value.asObject()) {
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end())
            return invalid(member, "unknown key '" + key + "' in " + std::string(what));
    }
    return {};
}

Result<std::string> textOf(const Value& value, std::string_view what)
{
    if (!value.isString() || value.asString().empty())
        return invalid(value, std::string(what) + " must be a text");
    return value.asString();
}

/// One text or a list of texts; nothing when absent.
Result<std::vector<std::string>> textsOf(const Value& value, std::string_view what)
{
    std::vector<std::string> texts;
    if (value.isNull())
        return texts;
    if (!value.isArray()) {
        CORDON_TRY(texts.emplace_back(), textOf(value, what));
        return texts;
    }
    for (const Value& item : value.asArray()) {
        CORDON_TRY(texts.emplace_back(), textOf(item, what));
    }
    return texts;
}

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

Result<std::string> relationOf(const Value& value, const Value& rule)
{
    if (!value.isString())
        return invalid(rule, "a relation is missing");
    if (std::find(relations.begin(), relations.end(), value.asString()) == relations.end())
        return invalid(value, "unknown relation '" + value.asString() + "'");
    return value.asString();
}

class Builder
{
public:
    Builder(FieldPlan& plan, std::size_t number)
        : m_plan(plan)
    {
        m_map->number = number;
    }

    Result<std::unique_ptr<const FieldMap>> build(const Value& root)
    {
        CORDON_CHECK(allowKeys(root,
                               {"format", "name", "source", "logsource", "recognise", "event", "names", "things",
                                "routes", "fields", "identities", "credentials", "unlisted", "actions"},
                               "the field map"));
        if (root["format"].asString() != formatName)
            return invalid(root["format"], "format must be " + std::string(formatName));
        CORDON_TRY(m_map->name, textOf(root["name"], "name"));
        CORDON_TRY(m_map->source, textOf(root["source"], "source"));
        CORDON_CHECK(readLogSource(root["logsource"]));
        CORDON_CHECK(readRoutes(root["routes"]));
        CORDON_CHECK(readFields(root["fields"]));
        CORDON_CHECK(readRecognition(root["recognise"]));
        CORDON_CHECK(readEvent(root["event"]));
        CORDON_CHECK(readNames(root["names"]));
        CORDON_CHECK(readThings(root["things"]));
        CORDON_CHECK(readIdentities(root["identities"]));
        CORDON_CHECK(readCredentials(root["credentials"]));
        CORDON_CHECK(readUnlisted(root["unlisted"]));
        for (const auto& [action, rule] : root["actions"].asObject())
            CORDON_CHECK(readAction(action, rule));
        return std::unique_ptr<const FieldMap>(std::move(m_map));
    }

private:
    Result<void> readLogSource(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"product", "service"}, "logsource"));
        CORDON_TRY(m_map->product, textOf(value["product"], "product"));
        if (!value["service"].isNull()) {
            CORDON_TRY(m_map->service, textOf(value["service"], "service"));
        }
        return {};
    }

    Result<void> readRoutes(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"by", "cases"}, "routes"));
        CORDON_TRY(m_map->routeBy, fields(value["by"]));
        if (m_map->routeBy.empty())
            return invalid(value, "routes need the fields in `by`");
        for (const Value& part : value["cases"].asArray()) {
            CORDON_CHECK(allowKeys(part, {"is", "product", "service", "categories"}, "a route"));
            CORDON_TRY(const std::vector<std::string> is, textsOf(part["is"], "is"));
            if (is.size() != m_map->routeBy.size())
                return invalid(part, "a route's `is` needs one text for each field in `by`");
            std::string key;
            for (const std::string& text : is)
                LogRoute::append(key, text);
            LogRoute route;
            route.product = part["product"].isNull() ? m_map->product : part["product"].asString();
            route.service = part["service"].isNull() ? m_map->service : part["service"].asString();
            CORDON_TRY(route.categories, textsOf(part["categories"], "categories"));
            if (!m_map->routes.emplace(std::move(key), std::move(route)).second)
                return invalid(part, "this route stands twice");
        }
        return {};
    }

    Result<void> readFields(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"below", "names"}, "fields"));
        CORDON_TRY(m_map->fields.below, textsOf(value["below"], "below"));
        for (const auto& [name, paths] : value["names"].asObject()) {
            CORDON_TRY(m_map->fields.names[name], textsOf(paths, "a field path"));
            m_plan.add(name);
        }
        return {};
    }

    Result<void> readRecognition(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"at_least", "of"}, "recognise"));
        CORDON_TRY(m_map->recogniseBy, fields(value["of"]));
        const std::int64_t atLeast = value["at_least"].asInt(1);
        if (atLeast < 1 || static_cast<std::size_t>(atLeast) > m_map->recogniseBy.size())
            return invalid(value, "at_least must be between 1 and the number of fields");
        m_map->recogniseAtLeast = static_cast<std::size_t>(atLeast);
        return {};
    }

    Result<void> readEvent(const Value& value)
    {
        const std::initializer_list<std::pair<std::string_view, std::vector<FieldIndex>*>> parts{
            {"time", &m_map->time},
            {"id", &m_map->externalId},
            {"service", &m_map->actionService},
            {"verb", &m_map->actionVerb},
            {"tenant", &m_map->tenant},
            {"address", &m_map->address},
            {"user_agent", &m_map->userAgent},
            {"region", &m_map->region},
            {"error", &m_map->error},
            {"read_only", &m_map->readOnly}};
        CORDON_CHECK(allowKeys(value,
                               {"time", "id", "service", "verb", "tenant", "address", "user_agent", "region", "error",
                                "read_only", "failed_when"},
                               "event"));
        for (const auto& [key, into] : parts) {
            CORDON_TRY(*into, fields(value[key]));
        }
        if (m_map->time.empty() || m_map->actionVerb.empty())
            return invalid(value, "event needs time and verb");
        CORDON_TRY(m_map->failedWhen, conditions(value["failed_when"]));
        return {};
    }

    Result<void> readNames(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"partition_from", "actor_account"}, "names"));
        CORDON_TRY(m_map->partitionFrom, fields(value["partition_from"]));
        CORDON_TRY(m_map->actorAccount, fields(value["actor_account"]));
        return {};
    }

    Result<void> readThings(const Value& value)
    {
        for (const auto& [name, part] : value.asObject()) {
            CORDON_CHECK(allowKeys(part, {"kind", "type", "spelling", "id", "arns"}, "thing " + name));
            Thing thing;
            const auto kind = entityKindFrom(part["kind"].asString());
            if (!kind)
                return invalid(part, "thing " + name + " has no known kind");
            thing.kind = *kind;
            thing.type = part["type"].asString();
            CORDON_TRY(thing.spelling, spellingOf(part["spelling"]));
            thing.id = part["id"].asString();
            CORDON_TRY(thing.arns, textsOf(part["arns"], "arns"));
            m_map->things.emplace(name, std::move(thing));
        }
        return {};
    }

    Result<void> readIdentities(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"type", "cases", "otherwise"}, "identities"));
        CORDON_TRY(m_map->identityType, fields(value["type"]));
        for (const auto& [type, rule] : value["cases"].asObject()) {
            CORDON_TRY(m_map->identities[type], identity(rule));
        }
        if (!value["otherwise"].isNull()) {
            CORDON_TRY(m_map->otherIdentity, identity(value["otherwise"]));
        }
        return {};
    }

    Result<IdentityRule> identity(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"actor", "session"}, "an identity"));
        IdentityRule rule;
        if (!value["actor"].isNull()) {
            CORDON_CHECK(allowKeys(value["actor"], {"thing", "id", "name"}, "actor"));
            CORDON_TRY(rule.actor, entity(value["actor"]));
        }
        if (!value["session"].isNull()) {
            CORDON_CHECK(allowKeys(value["session"], {"thing", "id", "name"}, "session"));
            CORDON_TRY(rule.session, entity(value["session"]));
        }
        return rule;
    }

    Result<void> readCredentials(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"id", "types"}, "credentials"));
        CORDON_TRY(m_map->credentialId, fields(value["id"]));
        for (const auto& [prefix, type] : value["types"].asObject()) {
            CORDON_TRY(std::string name, textOf(type, "a credential type"));
            m_map->credentialTypes.emplace_back(prefix, std::move(name));
        }
        return {};
    }

    Result<void> readUnlisted(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"resources", "verbs"}, "unlisted"));
        CORDON_TRY(m_map->namedResources, fields(value["resources"]));
        for (const Value& part : value["verbs"].asArray()) {
            CORDON_CHECK(allowKeys(part, {"prefix", "relation", "read_only"}, "a verb"));
            VerbRule verb;
            CORDON_TRY(verb.prefix, textOf(part["prefix"], "prefix"));
            CORDON_TRY(verb.relation, relationOf(part["relation"], part));
            verb.isReadOnly = part["read_only"].asBool();
            m_map->verbs.push_back(std::move(verb));
        }
        return {};
    }

    Result<void> readAction(const std::string& names, const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"identity_change", "targets"}, "action " + names));
        ActionRule rule;
        rule.isIdentityChange = value["identity_change"].asBool();
        for (const Value& part : value["targets"].asArray()) {
            CORDON_TRY(TargetRule made, target(part));
            rule.targets.push_back(std::move(made));
        }
        if (!m_map->actions.emplace(names, std::move(rule)).second)
            return invalid(value, "action " + names + " stands twice");
        return {};
    }

    Result<TargetRule> target(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"thing", "id", "name", "relation", "owner", "when"}, "a target"));
        TargetRule rule;
        CORDON_TRY(rule.entity, entity(value));
        CORDON_TRY(rule.relation, relationOf(value["relation"], value));
        CORDON_TRY(rule.when, conditions(value["when"]));
        if (!value["owner"].isNull()) {
            CORDON_CHECK(allowKeys(value["owner"], {"thing", "id"}, "owner"));
            CORDON_TRY(EntityRule owner, entity(value["owner"]));
            rule.owner.push_back(std::move(owner));
        }
        return rule;
    }

    Result<EntityRule> entity(const Value& value)
    {
        EntityRule rule;
        CORDON_TRY(const std::string thing, textOf(value["thing"], "thing"));
        if (thing != byArnWord) {
            const auto place = m_map->things.find(thing);
            if (place == m_map->things.end())
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
        return rule;
    }

    Result<std::vector<FieldIndex>> fields(const Value& value)
    {
        CORDON_TRY(const std::vector<std::string> paths, textsOf(value, "a field path"));
        std::vector<FieldIndex> indexes;
        for (const std::string& path : paths)
            indexes.push_back(m_plan.add(path));
        return indexes;
    }

    Result<std::vector<FieldCondition>> conditions(const Value& value)
    {
        std::vector<FieldCondition> found;
        for (const auto& [path, wanted] : value.asObject()) {
            CORDON_TRY(std::string is, textOf(wanted, "the text that a condition asks for"));
            found.push_back({m_plan.add(path), std::move(is)});
        }
        if (!value.isNull() && found.empty())
            return invalid(value, "conditions are a mapping of field path to text");
        return found;
    }

    FieldPlan& m_plan;
    std::unique_ptr<FieldMap> m_map = std::make_unique<FieldMap>();
};

} // namespace

Result<std::unique_ptr<const FieldMap>> parseFieldMap(std::string_view text, FieldPlan& plan, std::size_t number)
{
    CORDON_TRY(const Value root, yaml::parse(text));
    return Builder(plan, number).build(root);
}

} // namespace cordon::ingest
