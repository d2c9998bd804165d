#include "core/ingest/wrapped_record.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cordon::ingest {
namespace {

/// Unused places are empty.
using Words = std::array<std::string_view, 19>;

/// One member of the envelope.
struct Member
{
    std::string_view key;   ///< as written, escapes and all
    std::string_view value; ///< as written
};
using Members = std::vector<Member>;

std::string_view valueOf(const Members& members, std::string_view key)
{
    const auto place = std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.key == key; });
    return place == members.end() ? std::string_view() : place->value;
}

/// The text of a string without its quotes; "" when it is none.
std::string_view textOf(const Members& members, std::string_view key)
{
    const std::string_view value = valueOf(members, key);
    return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : std::string_view();
}

/// What the carrier's words say of the records in it: nothing when they do not fit. See WrappedRecords::sources.
using Sources = std::optional<std::string_view>;

/// A bus names who sent the event, and only Amazon's services and partners can send as `aws.…`.
Sources fromItsService(const Members& members)
{
    const std::string_view source = textOf(members, "source");
    const std::string_view type = textOf(members, "detail-type");
    if (source == "aws.guardduty" && type == "GuardDuty Finding")
        return "aws.guardduty ";
    if (source == "aws.securityhub" && type.starts_with("Security Hub Findings"))
        return "aws.securityhub ";
    if (source.starts_with("aws.partner/okta.com/") && type == "SystemLog")
        return "okta.system ";
    if (source.starts_with("aws.") && !source.starts_with("aws.partner/") && type.ends_with(" via CloudTrail"))
        return "aws.cloudtrail ";
    return std::nullopt;
}

Sources auditList(const Members& members)
{
    const bool fits = textOf(members, "kind") == "EventList" && textOf(members, "apiVersion").starts_with("audit.k8s.io/");
    return fits ? Sources("kubernetes.audit ") : std::nullopt;
}

/// The control plane of a cluster writes its audit log into streams of its own; what applications write stands elsewhere.
Sources auditStream(const Members& members)
{
    const std::string_view group = textOf(members, "logGroup");
    const bool fits = group.starts_with("/aws/eks/") && group.ends_with("/cluster") &&
                      textOf(members, "logStream").starts_with("kube-apiserver-audit-");
    return fits ? Sources("kubernetes.audit ") : std::nullopt;
}

struct SourceType
{
    std::string_view starts;
    std::string_view sources;
};

/// What the add-ons of Splunk call the data of each source. A type of one's own says nothing about who wrote the event.
constexpr std::array sourceTypes{
    SourceType{"aws:cloudtrail", "aws.cloudtrail "},
    SourceType{"aws:cloudwatch:guardduty", "aws.guardduty "},
    SourceType{"aws:guardduty", "aws.guardduty "},
    SourceType{"aws:securityhub", "aws.securityhub "},
    SourceType{"aws:asl", "ocsf. "},
    SourceType{"amazon:securitylake", "ocsf. "},
    SourceType{"ocsf", "ocsf. "},
    SourceType{"OktaIM2:", "okta.system "},
    SourceType{"okta", "okta.system "},
    SourceType{"azure:monitor:", "azure.activity entra. kubernetes.audit "},
    SourceType{"mscs:azure:", "azure.activity entra. kubernetes.audit "},
    SourceType{"azure:", "azure.activity entra. kubernetes.audit "},
    SourceType{"ms:aad:", "entra. "},
    SourceType{"ms:o365:", "m365.audit entra. "},
    SourceType{"o365:", "m365.audit entra. "},
    SourceType{"ms:defender:", "defender.alert "},
    SourceType{"ms365:defender:", "defender.alert "},
    SourceType{"google:gcp:", "gcp.audit "},
    SourceType{"github", "github. "},
    SourceType{"kube:", "kubernetes.audit "},
    SourceType{"WinEventLog", "windows "},
    SourceType{"XmlWinEventLog", "windows "},
    SourceType{"suricata", "suricata.alert "},
    SourceType{"CrowdStrike:", "crowdstrike. "},
};

Sources ofSourceType(const Members& members)
{
    const std::string_view type = textOf(members, "sourcetype");
    const auto known = std::find_if(sourceTypes.begin(), sourceTypes.end(),
                                    [type](const SourceType& one) { return type.starts_with(one.starts); });
    return known == sourceTypes.end() ? std::nullopt : Sources(known->sources);
}

struct Carrier
{
    std::string_view opens; ///< the key under which the records stand
    Words needs;            ///< keys that are always there beside it
    Words may;              ///< keys that may be there
    bool isList = true;     ///< it holds a list, else one object
    Sources (*fits)(const Members&) = nullptr;
    std::string_view name = {}; ///< by which field maps ask for it
};

constexpr std::array carriers{
    Carrier{"detail",
            {"detail-type", "source", "account", "time", "region"},
            {"version", "id", "resources", "replay-name"},
            false,
            fromItsService},
    Carrier{"findings", {}, {"actionName", "actionDescription"}}, // the detail of Security Hub's events
    Carrier{"Findings", {}, {"NextToken", "ResponseMetadata"}},
    Carrier{"Events", {}, {"NextToken", "ResponseMetadata"}},
    Carrier{"logEvents",
            {"messageType", "logGroup", "logStream"},
            {"owner", "subscriptionFilters"},
            true,
            auditStream,
            "cluster_audit_stream"},
    Carrier{"events", {}, {"searchedLogStreams", "nextToken"}}, // log events that were asked for
    Carrier{"Records", {}, {}}, // several delivery files made one list
    Carrier{"records", {}, {}},
    Carrier{"value", {}, {"nextLink"}},
    Carrier{"alerts",
            {"id", "displayName", "severity"},
            {"tenantId", "status", "incidentWebUrl", "redirectIncidentId", "createdDateTime", "lastUpdateDateTime",
             "assignedTo", "classification", "determination", "comments", "customTags", "systemTags", "description",
             "lastModifiedBy", "resolvingComment", "summary", "priorityScore", "recommendedActions",
             "recommendedHuntingQueries"}},
    Carrier{"items", {"kind", "apiVersion"}, {"metadata"}, true, auditList},
    Carrier{"entries", {"nextPageToken"}, {}},
    Carrier{"resources", {"meta", "errors"}, {}},
    Carrier{"hits",
            {"took", "timed_out"},
            {"_shards", "_clusters", "_scroll_id", "pit_id", "num_reduced_phases", "terminated_early", "aggregations",
             "max_score", "profile", "suggest"},
            false},
    Carrier{"hits", {"total"}, {"max_score"}},
    Carrier{"hits", {"max_score"}, {}},
    Carrier{"_source",
            {"_index", "_id"},
            {"_score", "_type", "_version", "_seq_no", "_primary_term", "_routing", "_ignored", "sort", "fields",
             "highlight", "ignored_field_values", "inner_hits", "matched_queries"},
            false},
    Carrier{"result", {"preview"}, {"offset", "lastrow"}, false},
    Carrier{"results",
            {"preview", "fields"},
            {"init_offset", "messages", "highlighted", "post_process_count", "next_offset"}},
    Carrier{"event", {"sourcetype"}, {"time", "host", "source", "index", "fields"}, false, ofSourceType},
};

bool isIn(const Words& words, std::string_view word)
{
    return !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
}

/// Answers of Microsoft's APIs are annotated; nobody else writes such keys.
bool isAnnotation(const Carrier& carrier, std::string_view key)
{
    return (carrier.opens == "value" || carrier.opens == "alerts") && key.find("@odata.") != std::string_view::npos;
}

Sources carriedBy(const Carrier& carrier, const Members& members)
{
    const std::string_view held = valueOf(members, carrier.opens);
    if (held.empty() || held.front() != (carrier.isList ? '[' : '{'))
        return std::nullopt;
    const bool isKnown = std::all_of(members.begin(), members.end(), [&](const Member& one) {
        return one.key == carrier.opens || isIn(carrier.needs, one.key) || isIn(carrier.may, one.key) ||
               isAnnotation(carrier, one.key);
    });
    const bool isWhole = std::all_of(carrier.needs.begin(), carrier.needs.end(), [&](std::string_view key) {
        return key.empty() || !valueOf(members, key).empty();
    });
    if (!isKnown || !isWhole)
        return std::nullopt;
    return carrier.fits ? carrier.fits(members) : Sources("");
}

/// Walks valid JSON; a place past the end is the end.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    [[nodiscard]] char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }

    [[nodiscard]] std::size_t solidFrom(std::size_t place) const
    {
        return std::min(m_text.find_first_not_of(" \t\r\n,:", place), m_text.size());
    }

    /// Behind the string that starts at `place`.
    [[nodiscard]] std::size_t behindString(std::size_t place) const
    {
        for (++place; place < m_text.size() && m_text[place] != '"'; ++place)
            place += m_text[place] == '\\' ? 1 : 0;
        return std::min(place + 1, m_text.size());
    }

    /// Behind the value that starts at `place`.
    [[nodiscard]] std::size_t behindValue(std::size_t place) const
    {
        if (at(place) == '"')
            return behindString(place);
        if (at(place) != '{' && at(place) != '[')
            return std::min(m_text.find_first_of(",]} \t\r\n", place), m_text.size());
        std::size_t depth = 0;
        while (place < m_text.size()) {
            const char c = m_text[place];
            if (c == '"') {
                place = behindString(place);
                continue;
            }
            ++place;
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && --depth == 0)
                break;
        }
        return place;
    }

private:
    std::string_view m_text;
};

std::vector<std::string_view> objectsOf(std::string_view text, const Scanner& scanner, std::size_t place)
{
    std::vector<std::string_view> objects;
    if (scanner.at(place) == '{')
        objects.push_back(text.substr(place, scanner.behindValue(place) - place));
    if (scanner.at(place) != '[')
        return objects;
    place = scanner.solidFrom(place + 1);
    while (place < text.size() && scanner.at(place) != ']') {
        const std::size_t end = scanner.behindValue(place);
        if (scanner.at(place) == '{')
            objects.push_back(text.substr(place, end - place));
        place = scanner.solidFrom(std::max(end, place + 1));
    }
    return objects;
}

/// @return none when there are more than any carrier writes, or one twice
Members membersOf(std::string_view record, const Scanner& scanner)
{
    constexpr std::size_t most = 32;
    Members members;
    std::size_t place = scanner.solidFrom(0);
    if (scanner.at(place) != '{')
        return members;
    place = scanner.solidFrom(place + 1);
    while (scanner.at(place) == '"') {
        const std::size_t keyEnd = scanner.behindString(place);
        const std::string_view key = record.substr(place + 1, keyEnd - place - 2);
        const std::size_t value = scanner.solidFrom(keyEnd);
        const std::size_t end = std::max(scanner.behindValue(value), value);
        if (members.size() == most || !valueOf(members, key).empty())
            return {};
        members.push_back({key, record.substr(value, end - value)});
        place = scanner.solidFrom(std::max(end, value + 1));
    }
    return members;
}

} // namespace

bool mayBeOf(std::string_view sources, std::string_view source)
{
    if (sources.empty())
        return true;
    for (; !sources.empty(); sources.remove_prefix(sources.find(' ') + 1)) {
        const std::string_view one = sources.substr(0, sources.find(' '));
        if (one.ends_with('.') ? source.starts_with(one) : source == one)
            return true;
    }
    return false;
}

WrappedRecords wrappedRecords(std::string_view record)
{
    const Scanner scanner(record);
    const Members members = membersOf(record, scanner);
    for (const Carrier& carrier : carriers) {
        const Sources sources = carriedBy(carrier, members);
        if (!sources)
            continue;
        const std::string_view held = valueOf(members, carrier.opens);
        return {objectsOf(record, scanner, static_cast<std::size_t>(held.data() - record.data())), carrier.name, *sources};
    }
    return {};
}

} // namespace cordon::ingest
