#include "core/detect/rule_document.h"

#include "core/detect/baseline_condition.h"
#include "core/detect/correlation_section.h"
#include "core/detect/field_item.h"
#include "core/detect/text_fold.h"
#include "core/detect/text_items.h"
#include "core/value/tree_builder.h"

#include <algorithm>

namespace cordon::detect {
namespace {

std::string lineText(std::string_view text, int line)
{
    for (; line > 1 && !text.empty(); --line)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return std::string(text.substr(0, text.find('\n')));
}

/// A list's line is that of its first item, so that the key must be looked for from there upwards.
int lineOfKey(std::string_view text, std::string_view key, int valueLine)
{
    for (int line = valueLine; line > 0 && line > valueLine - 20; --line) {
        if (lineText(text, line).find(key) != std::string::npos)
            return line;
    }
    return valueLine;
}

class DocumentReader
{
public:
    DocumentReader(const Value& document, std::string_view text, const std::string& file,
                   const Placeholders& placeholders, int& line)
        : m_document(document)
        , m_text(text)
        , m_file(file)
        , m_placeholders(placeholders)
        , m_line(line)
    {}

    Result<void> read(ParsedRules& parsed)
    {
        if (!m_document.isObject())
            return fail(ErrorCode::Invalid, "a rule must be a map");
        if (const Value* filter = m_document.find("filter")) {
            CORDON_TRY(RuleFilter read, readFilter(*filter));
            parsed.filters.push_back(std::move(read));
            return {};
        }
        Rule rule;
        CORDON_CHECK(readInfo(rule, parsed.rules.size() + parsed.rejected.size()));
        if (const Value* correlation = m_document.find("correlation")) {
            m_line = correlation->line() > 0 ? correlation->line() : m_line;
            CORDON_TRY(rule.correlation, readCorrelationSection(*correlation, m_line));
            rule.correlation->generate = rule.correlation->generate || m_document["generate"].asBool();
        } else {
            rule.logSource = readLogSource();
            const Value* detection = m_document.find("detection");
            if (!detection)
                return fail(ErrorCode::Invalid, "no detection, correlation or filter section");
            CORDON_TRY(rule.condition, readDetection(*detection, {}, rule.tests, rule.disabledReason));
            CORDON_CHECK(splitBaseline(rule));
        }
        parsed.rules.push_back(std::move(rule));
        return {};
    }

private:
    [[nodiscard]] Result<void> blame(const Value& value, ErrorCode code, std::string reason)
    {
        m_line = value.line() > 0 ? value.line() : m_line;
        return fail(code, std::move(reason));
    }

    Result<void> readInfo(Rule& rule, std::size_t position)
    {
        RuleInfo& info = rule.info;
        rule.line = m_line;
        info.file = m_file;
        info.title = m_document["title"].asString();
        rule.name = m_document["name"].asString();
        if (info.title.empty())
            info.title = rule.name; // parts of a correlation may have no more than a name
        if (info.title.empty())
            return fail(ErrorCode::Invalid, "no title");
        info.id = m_document["id"].asString();
        if (info.id.empty())
            info.id = rule.name.empty() ? m_file + '#' + std::to_string(position + 1) : rule.name;
        info.description = m_document["description"].asString();
        info.license = m_document["license"].asString();
        for (const std::string& author : textsOf(m_document["author"]))
            info.author += (info.author.empty() ? "" : ", ") + author;
        info.falsePositives = textsOf(m_document["falsepositives"]);
        rule.references = textsOf(m_document["references"]);
        rule.status = m_document["status"].asString();
        if (rule.status == "unsupported")
            rule.disabledReason = "the rule's own status is unsupported";
        for (const Value& related : m_document["related"].asArray())
            rule.related.push_back({related["id"].asString(), related["type"].asString()});
        readTags(rule);
        const Value& level = m_document["level"];
        if (level.isNull())
            return {};
        const auto severity = severityFrom(folded(level.asString()));
        if (!severity)
            return blame(level, ErrorCode::Invalid, "unknown level " + quotedForDetail(level.asString()));
        info.level = *severity;
        return {};
    }

    void readTags(Rule& rule)
    {
        rule.tags = textsOf(m_document["tags"]);
        for (const std::string& tag : rule.tags) {
            std::string name = folded(tag);
            constexpr std::string_view space = "attack.";
            if (!name.starts_with(space))
                continue;
            name.erase(0, space.size());
            const bool isNumbered = name.size() > 1 && name[1] >= '0' && name[1] <= '9';
            if (isNumbered && name[0] == 't') {
                name[0] = 'T';
                rule.info.techniques.push_back(name);
            } else if (!isNumbered && !name.empty() && !name.starts_with("ds")) {
                std::replace(name.begin(), name.end(), '_', '-');
                rule.info.tactics.push_back(name);
            }
        }
    }

    LogSource readLogSource() const
    {
        const Value& source = m_document["logsource"];
        return {folded(source["product"].asString()), folded(source["service"].asString()),
                folded(source["category"].asString())};
    }

    /// @param reserved  keys beside `condition` that are no search identifiers
    Result<Expression> readDetection(const Value& section, const std::vector<std::string_view>& reserved,
                                     std::vector<FieldTest>& tests, std::string& disabledReason)
    {
        if (!section.isObject())
            return fail(ErrorCode::Invalid, "the detection section must be a map");
        SearchIdentifiers identifiers;
        for (const auto& [name, value] : section.asObject()) {
            const bool isReserved = std::find(reserved.begin(), reserved.end(), name) != reserved.end();
            if (name == "condition" || name == "timeframe" || isReserved)
                continue;
            CORDON_TRY(identifiers[name], readIdentifier(value, tests, disabledReason));
        }
        const Value* condition = section.find("condition");
        if (!condition)
            return fail(ErrorCode::Invalid, "no condition");
        m_line = condition->line() > 0 ? condition->line() : m_line;
        std::vector<Expression> alternatives;
        CORDON_TRY(const std::vector<std::string> texts, onlyTextsOf(*condition, "the condition"));
        for (const std::string& text : texts) {
            CORDON_TRY(Expression read, parseCondition(text, identifiers));
            alternatives.push_back(std::move(read));
        }
        if (alternatives.empty())
            return fail(ErrorCode::Invalid, "the condition must be a text or a list of texts");
        return Expression::join(Expression::Kind::Any, std::move(alternatives));
    }

    Result<Expression> readIdentifier(const Value& value, std::vector<FieldTest>& tests, std::string& disabledReason)
    {
        if (value.isObject())
            return readMap(value, tests, disabledReason);
        if (!value.isArray())
            return readItem("", value, tests, disabledReason);
        std::vector<Expression> alternatives;
        for (const Value& item : value.asArray()) {
            CORDON_TRY(Expression read, item.isObject() ? readMap(item, tests, disabledReason)
                                                        : readItem("", item, tests, disabledReason));
            alternatives.push_back(std::move(read));
        }
        if (alternatives.empty()) {
            m_line = value.line() > 0 ? value.line() : m_line;
            return fail(ErrorCode::Invalid, "a search identifier is empty");
        }
        return Expression::join(Expression::Kind::Any, std::move(alternatives));
    }

    Result<Expression> readMap(const Value& map, std::vector<FieldTest>& tests, std::string& disabledReason)
    {
        std::vector<Expression> parts;
        for (const auto& [key, value] : map.asObject()) {
            CORDON_TRY(Expression part, readItem(key, value, tests, disabledReason));
            parts.push_back(std::move(part));
        }
        if (parts.empty()) {
            m_line = map.line() > 0 ? map.line() : m_line;
            return fail(ErrorCode::Invalid, "a search identifier is empty");
        }
        return Expression::join(Expression::Kind::All, std::move(parts));
    }

    Result<Expression> readItem(std::string_view key, const Value& value, std::vector<FieldTest>& tests,
                                std::string& disabledReason)
    {
        auto read = readFieldItem(key, value, m_placeholders, tests, disabledReason);
        if (!read && value.line() > 0)
            m_line = lineOfKey(m_text, key, value.line());
        return read;
    }

    Result<RuleFilter> readFilter(const Value& section);

    const Value& m_document;
    std::string_view m_text;
    const std::string& m_file;
    const Placeholders& m_placeholders;
    int& m_line;
};

Result<RuleFilter> DocumentReader::readFilter(const Value& section)
{
    m_line = section.line() > 0 ? section.line() : m_line;
    RuleFilter filter;
    filter.title = m_document["title"].asString();
    filter.file = m_file;
    filter.line = m_line;
    filter.logSource = readLogSource();
    if (!m_document["logsource"].isObject())
        return fail(ErrorCode::Invalid, "a filter must have a logsource");
    CORDON_TRY(filter.ruleNames, onlyTextsOf(section["rules"], "rules"));
    if (filter.ruleNames.empty())
        return fail(ErrorCode::Invalid, "a filter must name rules");
    CORDON_TRY(filter.condition, readDetection(section, {"rules"}, filter.tests, filter.disabledReason));
    // The specification's filter selects what to leave out. One that is `not …` as a whole was written for tools that
    // take it as what to keep, and means the same; read our way, it would silence everything else.
    if (filter.condition.kind == Expression::Kind::Not)
        filter.condition = Expression(std::move(filter.condition.parts.front()));
    else if (folded(section["condition"].asString()).starts_with("not "))
        return fail(ErrorCode::Unsupported,
                    "a filter's condition selects what is left out; 'not' may only stand before the whole of it");
    return filter;
}

} // namespace

Result<void> readRuleDocument(const Value& document, std::string_view text, const std::string& file,
                              const Placeholders& placeholders, ParsedRules& parsed, int& line)
{
    return DocumentReader(document, text, file, placeholders, line).read(parsed);
}

} // namespace cordon::detect
