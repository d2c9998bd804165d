#include "core/correlate/name_rules.h"

#include <algorithm>
#include <map>

namespace cordon::correlate {
namespace {

/// Ids are no longer; what is gets no other name.
constexpr std::size_t longestId = 512;

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

} // namespace

Result<std::vector<NameRules::Piece>> NameRules::piecesOf(const std::string& pattern)
{
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < pattern.size();) {
        const bool isPlace = pattern[at] == '{';
        const std::size_t end = isPlace ? pattern.find('}', at) : std::min(pattern.find('{', at), pattern.size());
        if (end == std::string::npos || (isPlace && end == at + 1))
            return fail(ErrorCode::Invalid, "template '" + pattern + "': a place is not closed, or has no name");
        if (isPlace && !pieces.empty() && pieces.back().isPlace)
            return fail(ErrorCode::Invalid, "template '" + pattern + "': two places follow each other");
        pieces.push_back(isPlace ? Piece{true, pattern.substr(at + 1, end - at - 1)}
                                 : Piece{false, lowerCase(pattern.substr(at, end - at))});
        at = isPlace ? end + 1 : end;
    }
    return pieces;
}

Result<void> NameRules::add(const Form& form)
{
    Rule rule;
    rule.kind = form.kind;
    CORDON_TRY(rule.from, piecesOf(form.from));
    CORDON_TRY(rule.as, piecesOf(form.as));
    if (rule.from.empty() || rule.as.empty())
        return fail(ErrorCode::Invalid, form.id + ": an empty template");
    for (const Piece& piece : rule.as) {
        const bool isKnown = !piece.isPlace || std::any_of(rule.from.begin(), rule.from.end(), [&](const Piece& other) {
            return other.isPlace && other.text == piece.text;
        });
        if (!isKnown)
            return fail(ErrorCode::Invalid, form.id + ": 'from' has no {" + piece.text + "}");
    }
    m_rules.push_back(std::move(rule));
    return {};
}

std::optional<std::string> NameRules::apply(const Rule& rule, std::string_view id)
{
    std::map<std::string_view, std::string_view> values;
    std::size_t at = 0;
    for (std::size_t i = 0; i < rule.from.size(); ++i) {
        const Piece& piece = rule.from[i];
        if (!piece.isPlace) {
            if (id.substr(at, piece.text.size()) != piece.text)
                return std::nullopt;
            at += piece.text.size();
            continue;
        }
        const bool isLast = i + 1 == rule.from.size();
        const std::size_t end = isLast ? id.size() : id.find(rule.from[i + 1].text, at);
        if (end == std::string_view::npos || end <= at)
            return std::nullopt;
        values[piece.text] = id.substr(at, end - at);
        at = end;
    }
    if (at != id.size())
        return std::nullopt;
    std::string made;
    for (const Piece& piece : rule.as)
        made += piece.isPlace ? std::string(values[piece.text]) : piece.text;
    return made;
}

std::optional<EntityRef> NameRules::canonicalOf(const EntityRef& entity) const
{
    if (entity.id.size() > longestId)
        return std::nullopt;
    std::string lower;
    for (const Rule& rule : m_rules) {
        if (rule.kind != entity.kind)
            continue;
        if (lower.empty())
            lower = lowerCase(entity.id);
        if (auto id = apply(rule, lower); id && *id != lower)
            return EntityRef{entity.kind, *id, {}, std::move(*id)};
    }
    return std::nullopt;
}

} // namespace cordon::correlate
