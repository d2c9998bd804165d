#include "core/ingest/map_text.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

constexpr std::array<std::string_view, 17> relations{
    "created", "deleted", "activated", "deactivated", "updated", "attached", "detached",    "granted",
    "assumed", "read",    "listed",    "shared",      "stopped", "used",     "impersonated", "same",
    "also"};

} // namespace

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

Result<std::string> relationOf(const Value& value, const Value& rule)
{
    if (!value.isString())
        return invalid(rule, "a relation is missing");
    if (std::find(relations.begin(), relations.end(), value.asString()) == relations.end())
        return invalid(value, "unknown relation '" + value.asString() + "'");
    return value.asString();
}

} // namespace cordon::ingest
