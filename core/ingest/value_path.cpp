#include "core/ingest/value_path.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostElements = 4096;
constexpr std::size_t mostFoldedMembers = 1024;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

const Value* memberOf(const Value& object, std::string_view key)
{
    if (const Value* exact = object.find(key))
        return exact;
    const Value::Object& members = object.asObject();
    if (members.size() > mostFoldedMembers)
        return nullptr;
    const auto place = std::find_if(members.begin(), members.end(), [key](const auto& member) {
        return std::equal(key.begin(), key.end(), member.first.begin(), member.first.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    });
    return place == members.end() ? nullptr : &place->second;
}

/// @return false once `take` has enough
bool walk(const Value& value, std::string_view path, const std::function<bool(const Value&)>& take)
{
    if (value.isArray()) {
        const Value::Array& elements = value.asArray();
        const std::size_t count = std::min(elements.size(), mostElements);
        return std::all_of(elements.begin(), elements.begin() + static_cast<std::ptrdiff_t>(count),
                           [&](const Value& element) { return walk(element, path, take); });
    }
    if (path.empty())
        return value.isNull() || take(value);
    if (!value.isObject())
        return true;
    for (std::size_t end = path.size(); end != std::string_view::npos; end = path.rfind('.', end - 1)) {
        if (const Value* member = end > 0 ? memberOf(value, path.substr(0, end)) : nullptr)
            return walk(*member, path.substr(std::min(end + 1, path.size())), take);
        if (end == 0)
            break;
    }
    return true;
}

} // namespace

void eachAt(const Value& root, std::string_view path, const std::function<bool(const Value&)>& take)
{
    (void)walk(root, path, take);
}

std::string scalarText(const Value& value)
{
    if (value.isString())
        return value.asString();
    return value.isNull() || value.isArray() || value.isObject() ? std::string() : json::write(value);
}

} // namespace cordon::ingest
