#include "core/indicators/feed_draft.h"
#include "core/indicators/stix_pattern.h"

#include <algorithm>
#include <map>

namespace cordon::indicators {
namespace {

/// TLP 2.0 marks its levels by a name, TLP 1 by objects whose ids the standard fixes.
const std::map<std::string, Tlp, std::less<>>& fixedMarkings()
{
    static const std::map<std::string, Tlp, std::less<>> markings{
        {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear},
        {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green},
        {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber},
        {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red},
        {"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear},
        {"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green},
        {"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber},
        {"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict},
        {"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red}};
    return markings;
}

using Markings = std::map<std::string, Tlp, std::less<>>;

Markings markingsIn(const Value& objects)
{
    Markings all = fixedMarkings();
    for (const Value& object : objects.asArray()) {
        if (object["type"].asString() != "marking-definition")
            continue;
        const std::string& named = object["definition"]["tlp"].asString();
        if (const auto tlp = tlpFrom(named.empty() ? object["name"].asString() : named))
            all[object["id"].asString()] = *tlp;
    }
    return all;
}

std::uint64_t lineOf(const Value& object)
{
    return static_cast<std::uint64_t>(std::max(0, object.line()));
}

void readIndicator(const Value& object, const Markings& markings, FeedDraft& draft)
{
    const std::string& id = object["id"].asString();
    const std::uint64_t line = lineOf(object);
    if (object["revoked"].asBool())
        return draft.reject(line, id, "not matched: its author revoked it");
    const std::string& kind = object["pattern_type"].asString();
    if (!kind.empty() && kind != "stix")
        return draft.reject(line, id, "not matched: a pattern in another language than STIX");
    auto alternatives = readStixPattern(object["pattern"].asString());
    if (!alternatives)
        return draft.reject(line, id, alternatives.error().detail);
    Indicator indicator;
    indicator.id = id;
    indicator.name = object["name"].asString();
    indicator.text = object["pattern"].asString();
    indicator.alternatives = std::move(*alternatives);
    indicator.line = line;
    indicator.validFrom = timeIn(object["valid_from"].asString());
    if (const std::string& until = object["valid_until"].asString(); !until.empty()) {
        indicator.validUntil = timeIn(until);
        if (!indicator.validUntil)
            return draft.reject(line, id, "'valid_until' is no time");
    }
    std::optional<Tlp> strictest;
    for (const Value& reference : object["object_marking_refs"].asArray()) {
        const auto found = markings.find(reference.asString());
        if (found != markings.end() && (!strictest || *strictest < found->second))
            strictest = found->second;
    }
    indicator.tlp = strictest.value_or(Tlp::Amber);
    draft.take(std::move(indicator));
}

} // namespace

void readStix(const Value& objects, FeedDraft& draft)
{
    const Markings markings = markingsIn(objects);
    for (const Value& object : objects.asArray()) {
        const std::string& type = object["type"].asString();
        if (!object.isObject() || type.empty())
            draft.reject(lineOf(object), {}, "no STIX object");
        else if (type == "indicator")
            readIndicator(object, markings, draft);
    }
}

} // namespace cordon::indicators
