#include "core/detect/placeholders.h"

#include "core/detect/scalar_text.h"
#include "core/detect/text_fold.h"
#include "core/value/tree_builder.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace cordon::detect {
namespace {

constexpr std::size_t mostTexts = 10'000;

/// Length of the `%name%` that `text` starts with, or 0.
std::size_t placeholderLength(std::string_view text)
{
    const std::size_t end = text.empty() || text.front() != '%' ? std::string_view::npos : text.find('%', 1);
    if (end == std::string_view::npos || end == 1 ||
        text.substr(1, end - 1).find_first_of(" \t\\") != std::string_view::npos)
        return 0;
    return end + 1;
}

/// Cuts a text into plain parts and placeholders, one after another; plain parts come first and may be empty.
std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts{{}};
    for (std::size_t at = 0; at < text.size();) {
        const bool isEscape = text[at] == '\\' && at + 1 < text.size();
        if (isEscape && text[at + 1] == '%') {
            parts.back() += '%';
            at += 2;
        } else if (isEscape && text[at + 1] == '\\') {
            parts.back() += "\\\\"; // an escaped backslash protects nothing
            at += 2;
        } else if (const std::size_t length = placeholderLength(text.substr(at)); length > 0) {
            parts.emplace_back(text.substr(at, length));
            parts.emplace_back();
            at += length;
        } else {
            parts.back() += text[at++];
        }
    }
    return parts;
}

} // namespace

Result<Placeholders> Placeholders::read(std::string_view text, const std::string& file)
{
    const auto at = [&file](int line, const std::string& why) {
        return fail(ErrorCode::Invalid, file + ":" + std::to_string(line) + ": " + why);
    };
    auto document = yaml::parse(text);
    if (!document)
        return fail(ErrorCode::Invalid, file + ": " + document.error().detail);
    if (!document->isObject())
        return at(1, "placeholders must be a map from names to values");
    Placeholders placeholders;
    for (const auto& [name, value] : document->asObject()) {
        const auto [place, isNew] = placeholders.m_values.try_emplace(folded(name));
        if (!isNew)
            return at(value.line(), quotedForDetail(name) + " is there already; names ignore case");
        const std::vector<Value> single{value};
        for (const Value& item : value.isArray() ? value.asArray() : single) {
            if (item.isArray() || item.isObject() || item.isNull())
                return at(value.line(), quotedForDetail(name) + " must have texts or numbers");
            place->second.push_back(scalarText(item));
        }
    }
    return placeholders;
}

Result<Placeholders::Expanded> Placeholders::expand(std::string_view text) const
{
    const std::vector<std::string> parts = partsOf(text);
    Expanded expanded{{parts.front()}, {}};
    for (std::size_t at = 1; at < parts.size(); at += 2) {
        const std::string& name = parts[at];
        const auto values = m_values.find(folded(std::string_view(name).substr(1, name.size() - 2)));
        if (values == m_values.end() || values->second.empty())
            return Expanded{{}, name};
        if (expanded.texts.size() * values->second.size() > mostTexts)
            return fail(ErrorCode::Invalid, "placeholders expand to more than 10,000 values");
        std::vector<std::string> longer;
        for (const std::string& start : expanded.texts) {
            for (const std::string& value : values->second)
                longer.push_back(start + value + parts[at + 1]);
        }
        expanded.texts = std::move(longer);
    }
    return expanded;
}

} // namespace cordon::detect
