#include "core/indicators/feed_draft.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace cordon::indicators {
namespace {

constexpr int mostNested = 4;

const std::map<std::string, TermKind, std::less<>>& simpleTypes()
{
    static const std::map<std::string, TermKind, std::less<>> types{{"ip-src", TermKind::Address},
                                                                    {"ip-dst", TermKind::Address},
                                                                    {"ip", TermKind::Address},
                                                                    {"domain", TermKind::Domain},
                                                                    {"hostname", TermKind::Domain},
                                                                    {"url", TermKind::Url},
                                                                    {"uri", TermKind::Url},
                                                                    {"md5", TermKind::Hash},
                                                                    {"sha1", TermKind::Hash},
                                                                    {"sha256", TermKind::Hash},
                                                                    {"sha512", TermKind::Hash},
                                                                    {"x509-fingerprint-md5", TermKind::Hash},
                                                                    {"x509-fingerprint-sha1", TermKind::Hash},
                                                                    {"x509-fingerprint-sha256", TermKind::Hash},
                                                                    {"email", TermKind::Email},
                                                                    {"email-src", TermKind::Email},
                                                                    {"email-dst", TermKind::Email},
                                                                    {"user-agent", TermKind::UserAgent},
                                                                    {"github-username", TermKind::Account},
                                                                    {"target-user", TermKind::Account}};
    return types;
}

std::uint64_t lineOf(const Value& object)
{
    return static_cast<std::uint64_t>(std::max(0, object.line()));
}

/// The strictest of the tags; nothing when none is of the traffic light protocol.
std::optional<Tlp> tlpIn(const Value& tags)
{
    std::optional<Tlp> strictest;
    for (const Value& tag : tags.asArray()) {
        const std::string& name = tag["name"].asString();
        if (name.size() < 4 || (name.substr(0, 4) != "tlp:" && name.substr(0, 4) != "TLP:"))
            continue;
        const auto tlp = tlpFrom(name);
        if (tlp && (!strictest || *strictest < *tlp))
            strictest = tlp;
    }
    return strictest;
}

/// MISP writes numbers as texts, and so its seconds.
std::optional<Timestamp> secondsIn(const Value& value)
{
    std::int64_t seconds = value.asInt();
    if (value.isString()) {
        const std::string& text = value.asString();
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (problem != std::errc() || end != text.data() + text.size())
            return std::nullopt;
    }
    constexpr std::int64_t latest = 4'102'444'800; // 2100
    if (seconds <= 0 || seconds > latest)
        return std::nullopt;
    return Timestamp::fromMicros(seconds * 1'000'000);
}

/// Which parts of `type` and `value` with a bar are to be looked for, all in one record.
Result<std::vector<Term>> termsOf(const std::string& type, const std::string& value)
{
    const std::size_t bar = type.find('|');
    std::vector<Term> terms;
    std::size_t at = 0;
    for (std::string_view rest = type; !rest.empty();) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        const auto kind = simpleTypes().find(rest.substr(0, end));
        const std::size_t valueEnd =
            bar == std::string::npos ? value.size() : std::min(value.find('|', at), value.size());
        if (kind != simpleTypes().end()) {
            CORDON_TRY(Term term, normalTerm(kind->second, std::string_view(value).substr(at, valueEnd - at)));
            terms.push_back(std::move(term));
        } else if (rest.substr(0, end) != "port" && rest.substr(0, end) != "filename") {
            return fail(ErrorCode::Unsupported, "not matched: nothing is looked for of this type");
        }
        at = std::min(valueEnd + 1, value.size());
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (terms.empty())
        return fail(ErrorCode::Unsupported, "not matched: nothing is looked for of this type");
    return terms;
}

void readAttribute(const Value& attribute, const std::string& event, std::optional<Tlp> eventTlp, FeedDraft& draft)
{
    const std::string& id = attribute["uuid"].asString();
    const std::uint64_t line = lineOf(attribute);
    if (attribute["deleted"].asBool())
        return draft.reject(line, id, "not matched: deleted");
    const Value& forDetection = attribute["to_ids"];
    const bool isText = forDetection.isString() && forDetection.asString() != "1" && forDetection.asString() != "true";
    if ((forDetection.isBool() && !forDetection.asBool()) || (forDetection.isInt() && forDetection.asInt() == 0) ||
        isText)
        return draft.reject(line, id, "not matched: its author does not mean it for detection (to_ids)");
    const std::string& type = attribute["type"].asString();
    auto terms = termsOf(type, attribute["value"].asString());
    if (!terms)
        return draft.reject(line, id, terms.error().detail);
    Indicator indicator;
    indicator.id = id;
    indicator.name = attribute["comment"].asString().empty() ? event : attribute["comment"].asString();
    indicator.text = type + " " + attribute["value"].asString().substr(0, 500);
    indicator.alternatives = {std::move(*terms)};
    indicator.validFrom = secondsIn(attribute["timestamp"]);
    indicator.tlp = tlpIn(attribute["Tag"]).value_or(eventTlp.value_or(Tlp::Amber));
    indicator.line = line;
    draft.take(std::move(indicator));
}

void readEvent(const Value& event, FeedDraft& draft)
{
    const std::optional<Tlp> tlp = tlpIn(event["Tag"]);
    const std::string& info = event["info"].asString();
    for (const Value& attribute : event["Attribute"].asArray())
        readAttribute(attribute, info, tlp, draft);
    for (const Value& object : event["Object"].asArray()) {
        for (const Value& attribute : object["Attribute"].asArray())
            readAttribute(attribute, info, tlp, draft);
    }
}

void readAny(const Value& document, FeedDraft& draft, int depth)
{
    if (depth > mostNested)
        return draft.reject(lineOf(document), {}, "lists in lists in lists");
    if (document.isArray()) {
        for (const Value& item : document.asArray())
            readAny(item, draft, depth + 1);
    } else if (document.has("response")) {
        readAny(document["response"], draft, depth + 1);
    } else if (document.has("Event")) {
        readEvent(document["Event"], draft);
    } else if (document.has("Attribute")) {
        readEvent(document, draft);
    } else {
        draft.reject(lineOf(document), {}, "neither an event nor attributes");
    }
}

} // namespace

void readMisp(const Value& document, FeedDraft& draft)
{
    readAny(document, draft, 0);
}

} // namespace cordon::indicators
