#include "core/detect/rule_parser.h"

#include "core/detect/rule_document.h"
#include "core/value/tree_builder.h"
#include "core/value/yaml.h"

#include <charconv>

namespace cordon::detect {
namespace {

/// `over` on top of `base`; objects are merged, everything else replaces.
Value merged(const Value& base, const Value& over)
{
    if (!base.isObject() || !over.isObject())
        return over;
    Value result = base;
    for (const auto& [key, value] : over.asObject()) {
        const Value* present = base.find(key);
        result.set(key, present ? merged(*present, value) : value);
    }
    result.setLine(over.line());
    return result;
}

Value without(const Value& document, std::string_view key)
{
    Value::Object kept = document.asObject();
    if (const auto found = kept.find(key); found != kept.end())
        kept.erase(found);
    Value result(std::move(kept));
    result.setLine(document.line());
    return result;
}

/// Splits the YAML reader's `line 12: reason`.
RejectedRule fromYamlError(const std::string& file, const std::string& detail)
{
    RejectedRule rejected{file, 0, detail};
    constexpr std::string_view prefix = "line ";
    const std::size_t colon = detail.find(": ");
    if (detail.starts_with(prefix) && colon != std::string::npos) {
        std::from_chars(detail.data() + prefix.size(), detail.data() + colon, rejected.line);
        rejected.reason = detail.substr(colon + 2);
    }
    return rejected;
}

} // namespace

ParsedRules parseRules(std::string_view text, const std::string& file, const Placeholders& placeholders)
{
    ParsedRules parsed;
    yaml::ReadOptions options;
    options.bytes = 1U << 20U;
    const auto documents = yaml::parseAll(text, options);
    if (!documents) {
        parsed.rejected.push_back(fromYamlError(file, documents.error().detail));
        return parsed;
    }
    Value global;
    Value previous;
    for (const Value& written : *documents) {
        if (written.isNull())
            continue;
        const std::string action = written["action"].asString();
        const Value document = written.isObject() && !action.empty() ? without(written, "action") : written;
        if (action == "global") {
            global = merged(global, document);
            continue;
        }
        if (!action.empty() && action != "reset" && action != "repeat") {
            parsed.rejected.push_back({file, written.line(), "unknown action " + quotedForDetail(action)});
            continue;
        }
        if (action == "reset")
            global = Value();
        const Value whole = merged(action == "repeat" ? previous : global, document);
        previous = whole;
        int line = written.line();
        if (const auto read = readRuleDocument(whole, text, file, placeholders, parsed, line); !read)
            parsed.rejected.push_back({file, line, read.error().detail});
    }
    if (parsed.rules.empty() && parsed.filters.empty() && parsed.rejected.empty())
        parsed.rejected.push_back({file, 0, "no rule in this file"});
    return parsed;
}

} // namespace cordon::detect
