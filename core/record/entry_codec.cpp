#include "core/record/entry_codec.h"

#include "core/record/ledger_format.h"
#include "core/value/canonical_reader.h"
#include "core/value/json.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {
namespace {

constexpr std::int64_t largestExact = (std::int64_t{1} << 53U) - 1;

Value textOrNull(const std::string& text)
{
    return text.empty() ? Value() : Value(text);
}

/// Canonical JSON has no integers beyond 2^53-1, which nanoseconds reach after 104 days without a restart.
Value nanosValue(std::int64_t nanos)
{
    return nanos > largestExact ? Value(std::to_string(nanos)) : Value(nanos);
}

tl::unexpected<Error> corrupt(const std::string& what)
{
    return fail(ErrorCode::Corrupt, "entry: " + what);
}

Result<std::string> optionalText(const Value& entry, std::string_view key)
{
    const Value& value = entry[key];
    if (value.isNull())
        return std::string();
    if (!value.isString() || value.asString().empty())
        return corrupt("'" + std::string(key) + "' is neither null nor a text");
    return value.asString();
}

Result<std::int64_t> nanosFrom(const Value& value)
{
    if (value.isInt() && value.asInt() >= 0)
        return value.asInt();
    const std::string& text = value.asString();
    std::int64_t nanos = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), nanos);
    if (error != std::errc() || end != text.data() + text.size() || nanos <= largestExact || std::to_string(nanos) != text)
        return corrupt("'mono_ns' is no number");
    return nanos;
}

Result<Actor> actorFrom(const Value& value)
{
    if (value.asObject().size() != 2 || !value["id"].isString() || !value["kind"].isString())
        return corrupt("'actor' is not {id, kind}");
    for (const auto kind : {Actor::Kind::Agent, Actor::Kind::Person, Actor::Kind::Engine}) {
        if (toString(kind) == value["kind"].asString())
            return Actor{kind, value["id"].asString()};
    }
    return corrupt("unknown actor kind");
}

} // namespace

Result<std::string> encodeEntry(const LedgerEntry& entry)
{
    const Value value = Value::Object{
        {"v", 1},
        {"seq", entry.seq},
        {"ts", entry.ts.toString()},
        {"boot", entry.boot},
        {"mono_ns", nanosValue(entry.monoNanos)},
        {"type", entry.type},
        {"actor", Value::Object{{"id", entry.actor.id}, {"kind", toString(entry.actor.kind)}}},
        {"session", textOrNull(entry.session)},
        {"incident", textOrNull(entry.incident)},
        {"mandate", textOrNull(entry.mandate)},
        {"data", entry.data.isNull() ? Value(Value::Object{}) : entry.data},
    };
    CORDON_TRY(std::string bytes, json::canonical(value));
    if (bytes.size() > format::longestEntry)
        return fail(ErrorCode::Invalid, "ledger entry of type " + entry.type + ": " + std::to_string(bytes.size()) +
                                            " bytes, more than 64 KiB");
    return bytes;
}

Result<LedgerEntry> decodeEntry(std::string_view bytes)
{
    auto parsed = json::readCanonical(bytes);
    if (!parsed)
        return corrupt(parsed.error().detail);
    Value& value = *parsed;
    for (const auto* key :
         {"v", "seq", "ts", "boot", "mono_ns", "type", "actor", "session", "incident", "mandate", "data"}) {
        if (!value.has(key))
            return corrupt("'" + std::string(key) + "' is missing");
    }
    if (value.asObject().size() != 11 || !value["v"].isInt() || value["v"].asInt() != 1)
        return corrupt("not of version 1");
    if (!value["seq"].isInt() || !value["boot"].isString() || value["type"].asString().empty() ||
        !value["data"].isObject())
        return corrupt("a member has the wrong kind");
    LedgerEntry entry;
    entry.seq = value["seq"].asInt();
    const auto time = Timestamp::parse(value["ts"].asString());
    if (!time || time->toString() != value["ts"].asString())
        return corrupt("'ts' is no time");
    entry.ts = *time;
    entry.boot = value["boot"].asString();
    constexpr std::size_t bootSize = 32;
    if (entry.boot.size() != bootSize || entry.boot.find_first_not_of("0123456789abcdef") != std::string::npos)
        return corrupt("'boot' is not 32 hex digits");
    CORDON_TRY(entry.monoNanos, nanosFrom(value["mono_ns"]));
    entry.type = value["type"].asString();
    CORDON_TRY(entry.actor, actorFrom(value["actor"]));
    CORDON_TRY(entry.session, optionalText(value, "session"));
    CORDON_TRY(entry.incident, optionalText(value, "incident"));
    CORDON_TRY(entry.mandate, optionalText(value, "mandate"));
    entry.data = value["data"];
    return entry;
}

} // namespace cordon::record
