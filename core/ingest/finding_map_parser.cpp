#include "core/ingest/finding_map_parser.h"

#include "core/ingest/map_text.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace cordon::ingest {
namespace {

/// One text or a list of texts; nothing when absent. Numbers count as they are written.
Result<std::vector<std::string>> wordsOf(const Value& value)
{
    std::vector<std::string> texts;
    if (value.isNull())
        return texts;
    const Value::Array one{value};
    for (const Value& item : value.isArray() ? value.asArray() : one) {
        if (item.isInt())
            texts.push_back(std::to_string(item.asInt()));
        else if (item.isString() && !item.asString().empty())
            texts.push_back(item.asString());
        else
            return invalid(value, "a text or a list of texts is wanted");
    }
    return texts;
}

/// A text without braces is a path, one with them a template, one behind `=` itself.
Result<TextTemplate> templateOf(const Value& at, std::string_view text)
{
    TextTemplate made;
    if (text.starts_with('=')) {
        made.pieces.push_back({false, std::string(text.substr(1))});
        return made;
    }
    if (text.find('{') == std::string_view::npos) {
        made.pieces.push_back({true, std::string(text)});
        return made;
    }
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        if (open > 0)
            made.pieces.push_back({false, std::string(text.substr(0, open))});
        text.remove_prefix(open);
        if (text.empty())
            break;
        const std::size_t close = text.find('}');
        if (close == std::string_view::npos || close == 1)
            return invalid(at, "a place in braces is not closed or empty");
        made.pieces.push_back({true, std::string(text.substr(1, close - 1))});
        text.remove_prefix(close + 1);
    }
    return made;
}

Result<TextRule> ruleOf(const Value& value)
{
    CORDON_TRY(const std::vector<std::string> texts, wordsOf(value));
    TextRule rule;
    for (const std::string& text : texts) {
        CORDON_TRY(TextTemplate made, templateOf(value, text));
        rule.push_back(std::move(made));
    }
    return rule;
}

Result<Severity> severityOf(const Value& value)
{
    const auto severity = severityFrom(value.asString());
    if (!severity)
        return invalid(value, "unknown level '" + value.asString() + "'");
    return *severity;
}

Result<FindingState> stateOf(const Value& value)
{
    const FindingState state = findingStateFrom(value.asString());
    if (toString(state) != value.asString())
        return invalid(value, "a state is open, closed or dismissed");
    return state;
}

template<class Meaning>
Result<ScaleRule<Meaning>> scaleOf(const Value& value, std::string_view what,
                                   const std::function<Result<Meaning>(const Value&)>& meaningOf)
{
    CORDON_CHECK(allowKeys(value, {"from", "at_least", "words", "otherwise"}, what));
    ScaleRule<Meaning> rule;
    CORDON_TRY(rule.from, ruleOf(value["from"]));
    for (const auto& [bound, meaning] : value["at_least"].asObject()) {
        int number = 0;
        if (std::from_chars(bound.data(), bound.data() + bound.size(), number).ptr != bound.data() + bound.size())
            return invalid(meaning, "a bound of at_least is a whole number");
        CORDON_TRY(Meaning known, meaningOf(meaning));
        rule.atLeast.emplace_back(number, known);
    }
    std::sort(rule.atLeast.begin(), rule.atLeast.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [word, meaning] : value["words"].asObject()) {
        CORDON_TRY(Meaning known, meaningOf(meaning));
        rule.words.emplace_back(word, known);
    }
    if (!value["otherwise"].isNull()) {
        CORDON_TRY(rule.otherwise, meaningOf(value["otherwise"]));
    }
    return rule;
}

class Builder
{
public:
    Result<FindingMap> build(const Value& root)
    {
        CORDON_CHECK(readProduct(root["product"]));
        for (const auto& [name, from] : root["names"].asObject()) {
            CORDON_TRY(m_map.names[name], ruleOf(from));
        }
        CORDON_CHECK(readFinding(root["finding"]));
        for (const Value& part : root["entities"].asArray())
            CORDON_CHECK(readEntity(part));
        return std::move(m_map);
    }

private:
    Result<void> readProduct(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"id", "name", "from", "known", "name_from"}, "product"));
        CORDON_TRY(m_map.product, nameOf(value));
        CORDON_TRY(m_map.productFrom, ruleOf(value["from"]));
        CORDON_TRY(m_map.productNameFrom, ruleOf(value["name_from"]));
        for (const auto& [pattern, product] : value["known"].asObject()) {
            CORDON_CHECK(allowKeys(product, {"id", "name"}, "a known product"));
            CORDON_TRY(ProductName name, nameOf(product));
            m_map.knownProducts.emplace_back(pattern, std::move(name));
        }
        return {};
    }

    Result<ProductName> nameOf(const Value& value)
    {
        ProductName name{value["id"].asString(), value["name"].asString()};
        if (name.id.empty() || name.name.empty())
            return invalid(value, "a product needs id and name");
        return name;
    }

    Result<void> readFinding(const Value& value)
    {
        const std::initializer_list<std::pair<std::string_view, TextRule*>> parts{
            {"id", &m_map.id},           {"type", &m_map.type},       {"title", &m_map.title},
            {"link", &m_map.link},       {"updated", &m_map.updated}, {"description", &m_map.description},
            {"first", &m_map.first},     {"last", &m_map.last},       {"tenant", &m_map.tenant},
            {"region", &m_map.region},   {"techniques", &m_map.techniques}};
        CORDON_CHECK(allowKeys(value,
                               {"id", "type", "title", "link", "updated", "description", "first", "last", "tenant",
                                "region", "techniques", "tactics", "severity", "status", "verdict", "drawn_from"},
                               "finding"));
        for (const auto& [key, into] : parts) {
            CORDON_TRY(*into, ruleOf(value[key]));
        }
        if (m_map.title.empty() || m_map.updated.empty())
            return invalid(value, "finding needs title and updated");
        CORDON_CHECK(readTactics(value["tactics"]));
        CORDON_TRY(m_map.severity, scaleOf<Severity>(value["severity"], "severity", severityOf));
        if (!value["status"].isNull()) {
            CORDON_TRY(m_map.status, scaleOf<FindingState>(value["status"], "status", stateOf));
        }
        if (!value["verdict"].isNull()) {
            CORDON_TRY(m_map.verdict, scaleOf<FindingState>(value["verdict"], "verdict", stateOf));
        }
        for (const Value& part : value["drawn_from"].asArray())
            CORDON_CHECK(readDrawnFrom(part));
        return {};
    }

    Result<void> readTactics(const Value& value)
    {
        if (value.isNull())
            return {};
        CORDON_CHECK(allowKeys(value, {"from", "words"}, "tactics"));
        CORDON_TRY(m_map.tactics, ruleOf(value["from"]));
        for (const auto& [word, tactic] : value["words"].asObject())
            m_map.tacticWords.emplace_back(word, tactic.asString());
        return {};
    }

    Result<void> readDrawnFrom(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"from", "words", "otherwise"}, "drawn_from"));
        DrawnFromRule rule;
        CORDON_TRY(rule.from, ruleOf(value["from"]));
        for (const auto& [word, sources] : value["words"].asObject()) {
            CORDON_TRY(std::vector<std::string> names, wordsOf(sources));
            rule.words.emplace_back(word, std::move(names));
        }
        CORDON_TRY(rule.otherwise, wordsOf(value["otherwise"]));
        m_map.drawnFrom.push_back(std::move(rule));
        return {};
    }

    Result<void> readEntity(const Value& value)
    {
        CORDON_CHECK(allowKeys(value, {"part", "kind", "type", "each", "from", "id", "name", "when", "lower_case"},
                               "an entity"));
        FindingEntityRule rule;
        rule.part = value["part"].asString();
        if (rule.part != "actor" && rule.part != "via" && rule.part != "target" && rule.part != "address")
            return invalid(value, "an entity's part is actor, via, target or address");
        CORDON_CHECK(readKind(value["kind"], rule));
        rule.type = value["type"].asString();
        rule.each = value["each"].asString();
        rule.isFolded = value["lower_case"].asBool();
        CORDON_TRY(rule.from, ruleOf(value["from"]));
        if (rule.from.empty())
            return invalid(value, "an entity needs `from`");
        if (!value["id"].isNull()) {
            CORDON_TRY(rule.id, templateOf(value["id"], value["id"].asString()));
        }
        CORDON_TRY(rule.name, ruleOf(value["name"]));
        for (const auto& [path, wanted] : value["when"].asObject()) {
            CORDON_TRY(std::vector<std::string> texts, wordsOf(wanted));
            rule.when.push_back({path, std::move(texts)});
        }
        m_map.entities.push_back(std::move(rule));
        return {};
    }

    /// `account`; `account_or_arn`; `arn`; `endpoint`.
    static Result<void> readKind(const Value& value, FindingEntityRule& rule)
    {
        constexpr std::string_view orArn = "_or_arn";
        std::string_view name = value.asString();
        if (name == "arn" || name == "endpoint") {
            rule.form = name == "arn" ? FindingEntityRule::Form::Arn : FindingEntityRule::Form::Endpoint;
            return {};
        }
        if (name.ends_with(orArn)) {
            rule.form = FindingEntityRule::Form::OrArn;
            name.remove_suffix(orArn.size());
        }
        const auto kind = entityKindFrom(name);
        if (!kind)
            return invalid(value, "unknown kind '" + value.asString() + "'");
        rule.kind = *kind;
        return {};
    }

    FindingMap m_map;
};

} // namespace

Result<FindingMap> parseFindingMap(const Value& root)
{
    return Builder().build(root);
}

} // namespace cordon::ingest
