#include "core/ingest/entity_names.h"

#include "core/ingest/arn.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>
#include <utility>

namespace cordon::ingest {
namespace {

/// What a text says without the dress that it wears in some records.
std::string_view bare(const Thing& thing, std::string_view text)
{
    text = unquoted(thing, text);
    for (const std::string& lead : thing.without) {
        if (text.size() > lead.size() && fitsPattern(text.substr(0, lead.size()), lead))
            text.remove_prefix(lead.size());
    }
    if (!thing.before.empty())
        text = text.substr(0, text.find(thing.before));
    if (!thing.afterLast.empty()) {
        if (const std::size_t last = text.rfind(thing.afterLast); last != std::string_view::npos)
            text.remove_prefix(last + thing.afterLast.size());
    }
    return text;
}

std::string spelled(Spelling spelling, std::string_view arn)
{
    switch (spelling) {
    case Spelling::IamName:
        return withoutIamPath(arn);
    case Spelling::SecretName:
        return withoutSecretSuffix(arn);
    case Spelling::ArnTail:
        return std::string(lastPart(arn));
    case Spelling::AsIs:
    case Spelling::Arn:
        break;
    }
    return std::string(arn);
}

/// A Windows domain has a long name and a short one, and records use either: `corp.example\alice` is `corp\alice`.
std::string withShortDomain(std::string id)
{
    const std::size_t slash = id.find('\\');
    const std::size_t dot = id.find('.');
    const bool isName = !id.empty() && (id.front() < '0' || id.front() > '9');
    if (slash != std::string::npos && dot < slash && dot > 0 && isName)
        id.erase(dot, slash - dot);
    return id;
}

/// Names that are told by their look are paths; people call such a thing by the last step.
std::string_view lastStep(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

} // namespace

bool isScalar(const FieldValue& value)
{
    return value.kind != FieldValue::Kind::Null && value.kind != FieldValue::Kind::Object;
}

std::string bounded(std::string_view text)
{
    if (text.size() > longestText) {
        std::size_t end = longestText;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
            --end;
        text = text.substr(0, end);
    }
    return std::string(text);
}

std::string_view unquoted(const Thing& thing, std::string_view text)
{
    if (!thing.isUnquoted)
        return text;
    constexpr std::string_view dress = "[]\"\\ ";
    text.remove_prefix(std::min(text.find_first_not_of(dress), text.size()));
    return text.substr(0, text.find_last_not_of(dress) + 1);
}

std::string_view takeName(const Thing& thing, std::string_view& rest)
{
    const std::string& mark = thing.behindEach.empty() ? thing.split : thing.behindEach;
    if (mark.empty())
        return std::exchange(rest, {});
    if (!thing.behindEach.empty()) {
        const std::size_t start = rest.find(mark);
        rest = start == std::string_view::npos ? std::string_view() : rest.substr(start + mark.size());
    }
    const std::size_t end = rest.find(mark);
    const std::string_view name = rest.substr(0, end);
    const std::size_t next = thing.split == mark ? end + mark.size() : end;
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(next);
    return name;
}

std::optional<EntityRef> EntityNames::made(const Thing& thing, std::string_view text, std::string_view owner) const
{
    text = bare(thing, text);
    if (text.empty())
        return std::nullopt;
    EntityRef entity{thing.kind, {}, thing.type, {}};
    if (thing.spelling != Spelling::AsIs && Arn::parse(text)) {
        entity.id = bounded(spelled(thing.spelling, text));
        entity.name = bounded(lastPart(entity.id));
    } else {
        const auto id = filled(thing, text, owner);
        if (!id)
            return std::nullopt;
        entity.id = bounded(thing.isFolded ? folded(*id) : *id);
        if (thing.isFolded && thing.kind == EntityKind::Account)
            entity.id = withShortDomain(std::move(entity.id));
        entity.name = bounded(thing.like.empty() ? text : lastStep(text));
    }
    if (const auto known = thing.known.empty() ? thing.known.end() : thing.known.find(folded(entity.id)); known != thing.known.end())
        entity.name = known->second;
    if (const auto arn = Arn::parse(entity.id); thing.kind == EntityKind::Account && arn && arn->resource == "root")
        entity.type = "root";
    return entity;
}

std::optional<EntityRef> EntityNames::byArn(std::string_view text) const
{
    const auto arn = Arn::parse(text);
    for (const auto& [name, thing] : m_map.things) {
        for (const std::string& pattern : thing.arns) {
            const std::size_t colon = pattern.find(':');
            const std::string_view start = std::string_view(pattern).substr(colon + 1);
            if (arn && arn->service == std::string_view(pattern).substr(0, colon) &&
                arn->resource.substr(0, start.size()) == start)
                return made(thing, text, {});
        }
    }
    return EntityRef{arn ? EntityKind::Resource : EntityKind::Account, bounded(text), {}, bounded(lastPart(text))};
}

std::optional<EntityRef> EntityNames::byName(std::string_view text) const
{
    text = text.substr(0, longestText);
    // The longest pattern says the most.
    const Thing* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [name, thing] : m_map.things) {
        for (const std::string& pattern : thing.like) {
            if (pattern.size() > longest && fitsPattern(text, pattern)) {
                best = &thing;
                longest = pattern.size();
            }
        }
    }
    if (best)
        return made(*best, text, {});
    return EntityRef{EntityKind::Resource, bounded(text), {}, bounded(lastStep(text))};
}

std::optional<std::string> EntityNames::filled(const Thing& thing, std::string_view text, std::string_view owner) const
{
    std::string_view pattern = thing.id;
    if (pattern.empty())
        return std::string(text);
    std::string whole;
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        whole += pattern.substr(0, open);
        pattern.remove_prefix(open);
        const std::size_t close = pattern.find('}');
        if (close == std::string_view::npos) {
            whole += pattern;
            break;
        }
        const std::string_view name = pattern.substr(1, close - 1);
        const std::string_view value = place(thing, name, text, owner);
        const bool isField = std::any_of(thing.fields.begin(), thing.fields.end(),
                                         [name](const auto& field) { return field.first == name; });
        if (isField && value.empty())
            return std::nullopt;
        whole += value;
        pattern.remove_prefix(close + 1);
    }
    return whole;
}

std::string_view EntityNames::place(const Thing& thing, std::string_view name, std::string_view text,
                                    std::string_view owner) const
{
    if (name == "text")
        return text;
    if (name == "path") // a name that may be written with or without its first slash
        return text.substr(text.rfind('/', 0) == 0 ? 1 : 0);
    if (name == "partition")
        return partition;
    if (name == "region")
        return region;
    if (name == "account")
        return account;
    if (name == "owner")
        return owner;
    for (const auto& [path, field] : thing.fields) {
        if (path != name)
            continue;
        for (const FieldValue& value : m_view.values(field)) {
            if (isScalar(value) && !value.text.empty())
                return value.text;
        }
    }
    return {};
}

} // namespace cordon::ingest
