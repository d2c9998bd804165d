#include "core/ingest/field_map_parser.h"

#include "core/ingest/field_map_rules.h"
#include "core/ingest/finding_map_parser.h"
#include "core/ingest/map_text.h"
#include "core/ingest/time_pattern.h"
#include "core/value/yaml.h"

namespace cordon::ingest {
namespace {

constexpr std::string_view formatName = "cordon-field-map/1";

Result<EventOutcome> outcomeOf(const Value& value, EventOutcome otherwise)
{
    if (value.isNull())
        return otherwise;
    for (const EventOutcome outcome : {EventOutcome::Success, EventOutcome::Failure, EventOutcome::Unknown}) {
        if (value.asString() == toString(outcome))
            return outcome;
    }
    return invalid(value, "an outcome is success, failure or unknown");
}

class Builder
{
public:
    Builder(FieldPlan& plan, std::size_t number, FieldMapOrigin origin)
        : m_plan(plan)
        , m_rules(plan, *m_map)
    {
        m_map->number = number;
        if (origin == FieldMapOrigin::Shipped)
            m_map->zone = TimeZone();
    }

    Result<std::unique_ptr<const FieldMap>> build(const Value& root)
    {
        if (root["kind"].asString() == "finding")
            return buildFinding(root);
        CORDON_CHECK(allowKeys(root,
                               {"format", "name", "source", "logsource", "read", "recognise", "tried", "event", "names", "things",
                                "routes", "fields", "identities", "credentials", "unlisted", "actions"},
                               "the field map"));
        if (root["format"].asString() != formatName)
            return invalid(root["format"], "format must be " + std::string(formatName));
        CORDON_TRY(m_map->name, textOf(root["name"], "name"));
        CORDON_TRY(m_map->source, textOf(root["source"], "source"));
        CORDON_CHECK(readLogSource(root["logsource"]));
        CORDON_CHECK(readTable(root["read"]));
        CORDON_CHECK(readRoutes(root["routes"]));
        CORDON_CHECK(readFields(root["fields"]));
        CORDON_CHECK(readRecognition(root["recognise"]));
        if (const Value& tried = root["tried"]; !tried.isNull() && tried.asString() != "first")
            return invalid(tried, "tried can only be `first`");
        m_map->isTriedFirst = !root["tried"].isNull();
        CORDON_CHECK(readEvent(root["event"]));
        CORDON_CHECK(readNames(root["names"]));
        CORDON_CHECK(m_rules.readThings(root["things"]));
        CORDON_CHECK(m_rules.readIdentities(root["identities"]));
        CORDON_CHECK(m_rules.readCredentials(root["credentials"]));
        CORDON_CHECK(m_rules.readUnlisted(root["unlisted"]));
        CORDON_CHECK(m_rules.readActions(root["actions"]));
        return std::unique_ptr<const FieldMap>(std::move(m_map));
    }

private:
    /// Another product's alerts: told apart like any record, and read in a way of their own.
    Result<std::unique_ptr<const FieldMap>> buildFinding(const Value& root)
    {
        CORDON_CHECK(allowKeys(
            root,
            {"format", "kind", "name", "source", "logsource", "recognise", "product", "names", "finding", "entities"},
            "the finding map"));
        CORDON_TRY(m_map->name, textOf(root["name"], "name"));
        CORDON_TRY(m_map->source, textOf(root["source"], "source"));
        CORDON_CHECK(readLogSource(root["logsource"]));
        CORDON_CHECK(readRecognition(root["recognise"]));
        CORDON_TRY(m_map->finding, parseFindingMap(root));
        return std::unique_ptr<const FieldMap>(std::move(m_map));
    }

    Result<void> readLogSource(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"product", "service"}, "logsource"));
        CORDON_TRY(m_map->product, textOf(value["product"], "product"));
        if (!value["service"].isNull()) {
            CORDON_TRY(m_map->service, textOf(value["service"], "service"));
        }
        return {};
    }

    Result<void> readTable(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"format", "delimiter", "columns"}, "read"));
        if (value["format"].asString() == "json")
            return {};
        if (value["format"].asString() != "csv")
            return invalid(value, "the format to read is csv or json");
        CsvShape& shape = m_map->csv.emplace();
        if (!value["delimiter"].isNull()) {
            const std::string& text = value["delimiter"].asString();
            if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r")
                return invalid(value["delimiter"], "a delimiter is one character and no quote");
            shape.delimiter = text.front();
        }
        CORDON_TRY(shape.columns, textsOf(value["columns"], "a column"));
        return {};
    }

    Result<void> readRoutes(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"by", "agree", "cases"}, "routes"));
        CORDON_TRY(m_map->routeBy, m_rules.fields(value["by"]));
        if (m_map->routeBy.empty())
            return invalid(value, "routes need the fields in `by`");
        for (const Value& places : value["agree"].asArray()) {
            CORDON_TRY(m_map->agree.emplace_back(), m_rules.fields(places));
        }
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
        CORDON_CHECK(allowKeys(value, {"below", "names", "constants"}, "fields"));
        CORDON_TRY(m_map->fields.below, textsOf(value["below"], "below"));
        for (const auto& [name, paths] : value["names"].asObject()) {
            CORDON_TRY(m_map->fields.names[name], textsOf(paths, "a field path"));
            m_plan.add(name);
        }
        for (const auto& [name, text] : value["constants"].asObject()) {
            CORDON_TRY(m_map->fields.constants[name], textOf(text, "a constant"));
        }
        return {};
    }

    Result<void> readRecognition(const Value& value)
    {
        if (!value.isArray())
            return readLook(value);
        for (const Value& one : value.asArray())
            CORDON_CHECK(readLook(one));
        return {};
    }

    Result<void> readLook(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"at_least", "of", "all", "none", "when", "carried_by", "first"}, "recognise"));
        Recognition look;
        CORDON_TRY(look.of, m_rules.fields(value["of"]));
        CORDON_TRY(look.none, m_rules.fields(value["none"]));
        CORDON_TRY(look.when, m_rules.conditions(value["when"]));
        if (!value["carried_by"].isNull()) {
            CORDON_TRY(look.carriedBy, textOf(value["carried_by"], "carried_by"));
        }
        CORDON_TRY(look.first, textsOf(value["first"], "first"));
        look.number = m_map->recognise.size();
        for (const Value& group : value["all"].asArray()) {
            CORDON_TRY(look.all.emplace_back(), m_rules.fields(group));
        }
        const bool hasOther = !look.all.empty() || !look.when.empty();
        const std::int64_t atLeast = value["at_least"].asInt(look.of.empty() && hasOther ? 0 : 1);
        if (atLeast < (hasOther ? 0 : 1) || static_cast<std::size_t>(atLeast) > look.of.size())
            return invalid(value, "at_least must be between 1 and the number of fields");
        look.atLeast = static_cast<std::size_t>(atLeast);
        m_map->recognise.push_back(std::move(look));
        return {};
    }

    Result<void> readEvent(const Value& value)
    {
        const std::initializer_list<std::pair<std::string_view, std::vector<FieldIndex>*>> parts{
            {"time", &m_map->time},
            {"time_text", &m_map->timeText},
            {"id", &m_map->externalId},
            {"id_part", &m_map->externalIdPart},
            {"service", &m_map->actionService},
            {"part", &m_map->actionPart},
            {"verb", &m_map->actionVerb},
            {"tenant", &m_map->tenant},
            {"address", &m_map->address},
            {"user_agent", &m_map->userAgent},
            {"region", &m_map->region},
            {"error", &m_map->error},
            {"read_only", &m_map->readOnly}};
        CORDON_CHECK(allowKeys(value,
                               {"time", "time_text", "time_format", "zone", "id", "id_part", "service", "part", "verb",
                                "other_verb", "fold_case", "tenant", "address", "user_agent", "region", "error",
                                "read_only", "failed_when", "outcome", "sign_in"},
                               "event"));
        for (const auto& [key, into] : parts) {
            CORDON_TRY(*into, m_rules.fields(value[key]));
        }
        m_map->otherVerb = value["other_verb"].asString();
        m_map->isCaseFolded = value["fold_case"].asBool();
        if (m_map->time.empty() || (m_map->actionVerb.empty() && m_map->otherVerb.empty()))
            return invalid(value, "event needs time and verb");
        CORDON_CHECK(readTimeForm(value));
        CORDON_CHECK(readOutcome(value["outcome"]));
        CORDON_TRY(m_map->failedWhen, m_rules.conditions(value["failed_when"]));
        CORDON_TRY(m_map->signIn, m_rules.conditions(value["sign_in"]));
        return {};
    }

    Result<void> readTimeForm(const Value& event)
    {
        if (!event["time_format"].isNull()) {
            CORDON_TRY(m_map->timePattern, textOf(event["time_format"], "time_format"));
            if (auto isKnown = checkTimePattern(m_map->timePattern); !isKnown)
                return invalid(event["time_format"], isKnown.error().detail);
        }
        if (event["zone"].isNull())
            return {};
        CORDON_TRY(const std::string name, textOf(event["zone"], "zone"));
        m_map->zone.reset();
        if (name == "ask")
            return {};
        auto zone = TimeZone::named(name);
        if (!zone)
            return invalid(event["zone"], zone.error().detail);
        m_map->zone = std::move(*zone);
        return {};
    }

    Result<void> readOutcome(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"from", "success", "failure", "otherwise", "absent"}, "outcome"));
        OutcomeRule rule;
        CORDON_TRY(rule.from, m_rules.fields(value["from"]));
        CORDON_TRY(rule.success, textsOf(value["success"], "success"));
        CORDON_TRY(rule.failure, textsOf(value["failure"], "failure"));
        CORDON_TRY(rule.otherwise, outcomeOf(value["otherwise"], EventOutcome::Unknown));
        CORDON_TRY(rule.absent, outcomeOf(value["absent"], EventOutcome::Unknown));
        if (rule.from.empty())
            return invalid(value, "outcome needs the fields in `from`");
        m_map->outcome = std::move(rule);
        return {};
    }

    Result<void> readNames(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"partition_from", "actor_account"}, "names"));
        CORDON_TRY(m_map->partitionFrom, m_rules.fields(value["partition_from"]));
        CORDON_TRY(m_map->actorAccount, m_rules.fields(value["actor_account"]));
        return {};
    }

    std::unique_ptr<FieldMap> m_map = std::make_unique<FieldMap>();
    FieldPlan& m_plan;
    FieldMapRules m_rules;
};

} // namespace

Result<std::unique_ptr<const FieldMap>> parseFieldMap(std::string_view text, FieldPlan& plan, std::size_t number,
                                                      FieldMapOrigin origin)
{
    CORDON_TRY(const Value root, yaml::parse(text));
    return Builder(plan, number, origin).build(root);
}

} // namespace cordon::ingest
