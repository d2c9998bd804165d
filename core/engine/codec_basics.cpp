#include "core/engine/codec.h"
#include "core/words/words.h"

namespace cordon::engine::codec {

Value toValue(const Text& text)
{
    Value::Object args;
    for (const auto& [name, value] : text.args)
        args.emplace(name, value);
    return Value::Object{{"code", text.code}, {"args", std::move(args)}, {"text", words::english(text)}};
}

Text textFrom(const Value& value)
{
    Text text;
    text.code = value["code"].asString();
    for (const auto& [name, argument] : value["args"].asObject())
        text.args.emplace(name, argument.asString());
    return text;
}

Value toValue(const EntityRef& entity)
{
    return Value::Object{{"kind", toString(entity.kind)},
                         {"name", entity.name.empty() ? entity.id : entity.name},
                         {"id", entity.id},
                         {"type", entity.type}};
}

Result<EntityRef> entityFrom(const Value& value)
{
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind)
        return fail(ErrorCode::Invalid, "unknown entity kind '" + value["kind"].asString() + "'");
    return EntityRef{*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
}

Value toValue(const Citation& cite)
{
    return Value::Object{{"evidence", cite.evidence.hex()},
                         {"offset", static_cast<std::int64_t>(cite.offset)},
                         {"length", static_cast<std::int64_t>(cite.length)}};
}

Value timeValue(const std::optional<Timestamp>& time)
{
    return time ? Value(time->toString()) : Value();
}

std::optional<Timestamp> timeFrom(const Value& value)
{
    const auto time = Timestamp::parse(value.asString());
    return time ? std::optional(*time) : std::nullopt;
}

Value textList(const std::vector<std::string>& items)
{
    Value::Array list;
    for (const std::string& item : items)
        list.emplace_back(item);
    return list;
}

std::vector<std::string> textListFrom(const Value& value)
{
    std::vector<std::string> items;
    for (const Value& item : value.asArray())
        items.push_back(item.asString());
    return items;
}

Value texts(const std::vector<Text>& items)
{
    Value::Array list;
    for (const Text& item : items)
        list.push_back(toValue(item));
    return list;
}

std::vector<Text> textsFrom(const Value& value)
{
    std::vector<Text> items;
    for (const Value& item : value.asArray())
        items.push_back(textFrom(item));
    return items;
}

} // namespace cordon::engine::codec
