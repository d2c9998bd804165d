#include "core/detect/correlation_section.h"

#include "core/detect/text_items.h"
#include "core/value/tree_builder.h"

#include <algorithm>
#include <set>

namespace cordon::detect {
namespace {

using Kind = CorrelationRule::Kind;
using Order = CorrelationRule::Order;

class SectionReader
{
public:
    SectionReader(const Value& section, int& line)
        : m_section(section)
        , m_line(line)
    {}

    Result<CorrelationRule> read()
    {
        CORDON_CHECK(checkKeys());
        CORDON_CHECK(readKind());
        CORDON_TRY(m_rule.ruleNames, texts("rules"));
        if (m_rule.ruleNames.empty())
            return fail(ErrorCode::Invalid, "a correlation must name rules");
        const std::set<std::string> different(m_rule.ruleNames.begin(), m_rule.ruleNames.end());
        if (different.size() < m_rule.ruleNames.size())
            return blame("rules", ErrorCode::Invalid, "a correlation names each rule once");
        CORDON_TRY(m_rule.groupBy, texts("group-by"));
        const auto timespan = parseDuration(m_section["timespan"].asString());
        if (!timespan)
            return blame("timespan", ErrorCode::Invalid, "timespan must be a number and s, m, h or d");
        m_rule.timespan = *timespan;
        CORDON_CHECK(readAliases());
        m_rule.generate = m_section["generate"].asBool();
        CORDON_CHECK(readCondition());
        CORDON_CHECK(checkCondition());
        return std::move(m_rule);
    }

private:
    [[nodiscard]] Result<void> blameAt(const Value& value, ErrorCode code, std::string reason)
    {
        m_line = value.line() > 0 ? value.line() : m_line;
        return fail(code, std::move(reason));
    }
    [[nodiscard]] tl::unexpected<Error> blame(std::string_view key, ErrorCode code, std::string reason)
    {
        const int line = m_section[key].line();
        m_line = line > 0 ? line : m_line;
        return fail(code, std::move(reason));
    }

    Result<std::vector<std::string>> texts(std::string_view key)
    {
        auto found = onlyTextsOf(m_section[key], key);
        if (!found)
            return blame(key, ErrorCode::Invalid, found.error().detail);
        return found;
    }

    /// A misspelt `group-by` would make one group of all.
    Result<void> checkKeys()
    {
        static const std::set<std::string_view> known{"type",    "rules",     "group-by", "timespan",
                                                      "aliases", "condition", "generate"};
        for (const auto& [key, value] : m_section.asObject()) {
            if (!known.contains(key))
                return blameAt(value, ErrorCode::Invalid, "unknown correlation attribute " + quotedForDetail(key));
        }
        return {};
    }

    Result<void> readKind()
    {
        static const std::map<std::string_view, Kind> kinds{
            {"event_count", Kind::EventCount},   {"value_count", Kind::ValueCount},
            {"temporal", Kind::Temporal},        {"temporal_ordered", Kind::TemporalOrdered},
            {"value_sum", Kind::ValueSum},       {"value_avg", Kind::ValueAverage},
            {"value_median", Kind::ValueMedian}, {"value_percentile", Kind::ValuePercentile}};
        const std::string& type = m_section["type"].asString();
        const auto kind = kinds.find(type);
        if (kind == kinds.end())
            return fail(ErrorCode::Unsupported, "correlation type " + quotedForDetail(type) + " is not known");
        m_rule.kind = kind->second;
        m_name = type;
        return {};
    }

    Result<void> readAliases()
    {
        for (const auto& [alias, fields] : m_section["aliases"].asObject()) {
            for (const auto& [name, field] : fields.asObject()) {
                if (!field.isString())
                    return blameAt(field, ErrorCode::Invalid, "the alias " + quotedForDetail(alias) + " needs a field");
                m_rule.aliases[alias][name] = field.asString();
            }
        }
        return {};
    }

    Result<void> readCondition()
    {
        const Value& condition = m_section["condition"];
        if (!condition.isNull() && !condition.isObject())
            return blameAt(condition, ErrorCode::Unsupported, "a correlation condition must be a map");
        bool hasPercentile = false;
        for (const auto& [key, value] : condition.asObject()) {
            if (key == "field") {
                auto fields = onlyTextsOf(value, "field");
                if (!fields)
                    return blameAt(value, ErrorCode::Invalid, fields.error().detail);
                m_rule.valueFields = std::move(*fields);
            } else if (key == "percentile") {
                hasPercentile = true;
                CORDON_CHECK(readPercentile(value));
            } else {
                CORDON_CHECK(readBound(key, value));
            }
        }
        if (m_rule.kind == Kind::ValuePercentile && !hasPercentile)
            m_rule.kind = Kind::ValueShare;
        return {};
    }

    Result<void> readPercentile(const Value& value)
    {
        const bool isNumber = value.isInt() || value.kind() == Value::Kind::Double;
        m_rule.percentile = isNumber ? value.asDouble() : -1;
        if (m_rule.percentile < 0 || m_rule.percentile > 100)
            return blameAt(value, ErrorCode::Invalid, "percentile must be a number from 0 to 100");
        if (m_rule.kind != Kind::ValuePercentile)
            return blameAt(value, ErrorCode::Invalid, m_name + " takes no percentile");
        return {};
    }

    Result<void> readBound(const std::string& key, const Value& value)
    {
        static const std::map<std::string_view, Order> orders{{"lt", Order::Less},    {"lte", Order::LessOrEqual},
                                                              {"gt", Order::Greater}, {"gte", Order::GreaterOrEqual},
                                                              {"eq", Order::Equal},   {"neq", Order::NotEqual}};
        const auto order = orders.find(key);
        if (order == orders.end())
            return blameAt(value, ErrorCode::Invalid, "unknown correlation condition " + quotedForDetail(key));
        const bool mayBeFraction = m_rule.measuresNumbers();
        if (!value.isInt() && !(mayBeFraction && value.kind() == Value::Kind::Double))
            return blameAt(value, ErrorCode::Invalid,
                           "correlation condition " + quotedForDetail(key) +
                               (mayBeFraction ? " needs a number" : " needs a whole number"));
        m_rule.bounds.push_back({order->second, value.asDouble()});
        return {};
    }

    Result<void> checkCondition()
    {
        const std::size_t fields = m_rule.valueFields.size();
        if (m_rule.measuresValues() && fields == 0)
            return fail(ErrorCode::Invalid, m_name + " needs a field in its condition");
        if (!m_rule.measuresValues() && fields > 0)
            return blame("condition", ErrorCode::Invalid, m_name + " takes no field in its condition");
        if (m_rule.measuresNumbers() && fields > 1)
            return blame("condition", ErrorCode::Invalid, m_name + " takes one field");
        const bool isTemporal = m_rule.kind == Kind::Temporal || m_rule.kind == Kind::TemporalOrdered;
        if (!isTemporal)
            return m_rule.bounds.empty() ? fail(ErrorCode::Invalid, "the correlation needs a condition")
                                         : Result<void>();
        return checkTemporal();
    }

    Result<void> checkTemporal()
    {
        const auto all = static_cast<double>(m_rule.ruleNames.size());
        if (m_rule.bounds.empty())
            m_rule.bounds.push_back({Order::GreaterOrEqual, all});
        const auto isWithin = [&](double least) { return m_rule.holds(least); };
        bool mayHold = false;
        for (double count = 1; count <= all; ++count)
            mayHold = mayHold || isWithin(count);
        if (!mayHold)
            return blame("condition", ErrorCode::Invalid, "no number of the named rules meets the condition");
        // In an ordered sequence, "fewer than" has no moment at which it comes true.
        if (m_rule.kind == Kind::TemporalOrdered && !isWithin(all))
            return blame("condition", ErrorCode::Unsupported,
                         "temporal_ordered needs a condition that the whole sequence meets");
        return {};
    }

    const Value& m_section;
    int& m_line;
    std::string m_name;
    CorrelationRule m_rule;
};

} // namespace

Result<CorrelationRule> readCorrelationSection(const Value& section, int& line)
{
    return SectionReader(section, line).read();
}

} // namespace cordon::detect
