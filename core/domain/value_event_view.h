#pragma once

#include "core/domain/event_view.h"
#include "core/value/json.h"

#include <deque>
#include <vector>

namespace cordon {

/// An EventView over a JSON value in memory: for samples of rules and for tests, which need no reader. Field names are
/// the record's own.
class ValueEventView : public EventView
{
public:
    ValueEventView(const FieldPlan& plan, Value record, std::string product = "aws", std::string service = "cloudtrail",
                   std::vector<std::string> categories = {})
        : m_record(std::move(record))
        , m_raw(json::write(m_record))
        , m_product(std::move(product))
        , m_service(std::move(service))
        , m_categories(std::move(categories))
        , m_values(plan.size())
    {
        for (std::size_t field = 0; field < plan.size(); ++field)
            collect(m_record, plan.paths()[field], m_values[field]);
    }

    [[nodiscard]] std::string_view raw() const override { return m_raw; }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override { return m_values[field]; }
    [[nodiscard]] std::string_view product() const override { return m_product; }
    [[nodiscard]] std::string_view service() const override { return m_service; }
    [[nodiscard]] std::span<const std::string> categories() const override { return m_categories; }
    void eachScalar(const std::function<bool(std::string_view)>& visit) const override { (void)each(m_record, visit); }

private:
    void collect(const Value& value, std::string_view path, std::vector<FieldValue>& found)
    {
        if (value.isArray()) {
            for (const Value& item : value.asArray())
                collect(item, path, found);
            return;
        }
        if (path.empty()) {
            found.push_back(fieldValue(value));
            return;
        }
        const std::size_t dot = path.find('.');
        if (const Value* member = value.find(path.substr(0, dot)))
            collect(*member, dot == std::string_view::npos ? "" : path.substr(dot + 1), found);
    }

    FieldValue fieldValue(const Value& value)
    {
        using Kind = FieldValue::Kind;
        switch (value.kind()) {
        case Value::Kind::Null:
            return {Kind::Null, {}, 0};
        case Value::Kind::String:
            return {Kind::String, keep(value.asString()), 0};
        case Value::Kind::Bool:
            return {Kind::Bool, value.asBool() ? "true" : "false", 0};
        case Value::Kind::Object:
            return {Kind::Object, keep(json::write(value)), 0};
        default:
            return {Kind::Number, keep(json::write(value)), value.asDouble()};
        }
    }

    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

    static bool each(const Value& value, const std::function<bool(std::string_view)>& visit)
    {
        for (const Value& item : value.asArray()) {
            if (!each(item, visit))
                return false;
        }
        for (const auto& [key, member] : value.asObject()) {
            if (!each(member, visit))
                return false;
        }
        if (value.isArray() || value.isObject() || value.isNull())
            return true;
        return visit(value.isString() ? std::string_view(value.asString()) : std::string_view(json::write(value)));
    }

    Value m_record;
    std::string m_raw;
    std::string m_product;
    std::string m_service;
    std::vector<std::string> m_categories;
    std::deque<std::string> m_texts; ///< does not move its elements
    std::vector<std::vector<FieldValue>> m_values;
};

} // namespace cordon
