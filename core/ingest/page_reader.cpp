// Reads long texts of the program's own with simdjson's DOM parser. Trust boundaries keep `json::parse`.
#include "core/ingest/page_reader.h"

#include <simdjson.h>

namespace cordon::ingest {
namespace {

constexpr int onlyLine = 1;

/// @return false for what the strict parser has to judge
bool build(simdjson::dom::element element, std::size_t depth, Value& value)
{
    switch (element.type()) {
    case simdjson::dom::element_type::NULL_VALUE: value = Value(); break;
    case simdjson::dom::element_type::BOOL: value = Value(bool(element.get_bool().value_unsafe())); break;
    case simdjson::dom::element_type::INT64: value = Value(std::int64_t(element.get_int64().value_unsafe())); break;
    case simdjson::dom::element_type::DOUBLE: value = Value(double(element.get_double().value_unsafe())); break;
    case simdjson::dom::element_type::STRING: value = Value(std::string_view(element.get_string().value_unsafe())); break;
    case simdjson::dom::element_type::UINT64: return false; // beyond int64
    case simdjson::dom::element_type::ARRAY: {
        if (depth == 0)
            return false;
        const simdjson::dom::array items = element.get_array().value_unsafe();
        Value::Array array;
        array.reserve(items.size());
        for (const simdjson::dom::element item : items) {
            if (!build(item, depth - 1, array.emplace_back()))
                return false;
        }
        value = Value(std::move(array));
        break;
    }
    case simdjson::dom::element_type::OBJECT: {
        if (depth == 0)
            return false;
        Value::Object object;
        for (const auto& [name, member] : simdjson::dom::object(element.get_object().value_unsafe())) {
            const std::size_t before = object.size(); // keys come sorted
            const auto place = object.emplace_hint(object.end(), std::string(name), Value());
            if (object.size() == before || !build(member, depth - 1, place->second))
                return false;
        }
        value = Value(std::move(object));
    }
    }
    value.setLine(onlyLine);
    return true;
}

} // namespace

Result<Value> parsePage(std::string_view text, const json::ReadLimits& limits)
{
    // Lines are counted, and half a pair of surrogates is judged, by the strict parser.
    const bool isPlain = text.size() <= limits.bytes && text.find('\n') == std::string_view::npos &&
                         text.find("\\u") == std::string_view::npos;
    if (!isPlain)
        return json::parse(text, limits);
    thread_local simdjson::dom::parser parser;
    simdjson::dom::element root;
    Value value;
    if (parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS && build(root, limits.depth, value))
        return value;
    return json::parse(text, limits);
}

} // namespace cordon::ingest
