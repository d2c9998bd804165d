#include "core/engine/indicator_desk.h"

#include "core/base/log.h"
#include "core/domain/plain_name.h"
#include "core/domain/sighting.h"
#include "core/engine/evidence_reading.h"
#include "core/engine/list_evidence.h"
#include "core/indicators/feed_parser.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::engine {
namespace {

using Place = std::pair<Digest, std::uint64_t>; ///< evidence and offset of a record

/// Looks at every record that a reader gives and remembers where something was found.
class Searcher final : public ingest::RecordSink
{
public:
    Searcher(const indicators::Watchlist& watchlist, const Digest& evidence,
             std::map<Place, std::vector<indicators::IndicatorIndex>>& found)
        : m_watchlist(watchlist)
        , m_evidence(evidence)
        , m_found(found)
    {}

    [[nodiscard]] Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t /*record*/) override
    {
        std::vector<indicators::IndicatorIndex> hits;
        m_watchlist.match(event, view.json().empty() ? view.raw() : view.json(), hits);
        constexpr std::size_t mostPlaces = 100'000;
        if (!hits.empty() && m_found.size() < mostPlaces)
            m_found[{m_evidence, event.cite.offset}] = std::move(hits);
        return {};
    }
    [[nodiscard]] Result<void> onFinding(Event&& /*event*/, Alert&& /*alert*/, const EventView& /*view*/,
                                         std::uint64_t /*record*/) override
    {
        return {}; // what another product said is nobody's act
    }
    void onRejected(RejectedRecord /*rejected*/) override {}

private:
    const indicators::Watchlist& m_watchlist;
    Digest m_evidence;
    std::map<Place, std::vector<indicators::IndicatorIndex>>& m_found;
};

} // namespace

Result<std::vector<indicators::IndicatorList>> indicatorsOf(record::CaseQueries& queries,
                                                            const record::EvidenceVault& vault, const UnprovenActs& unproven)
{
    CORDON_TRY(const auto entries, queries.ledgerEntries("indicators.imported", ""));
    std::set<std::string> seen;
    std::vector<indicators::IndicatorList> lists;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (unproven.contains(entry->seq))
            continue;
        CORDON_TRY(const Value said, json::parse(entry->data));
        if (!seen.insert(said["name"].asString()).second)
            continue; // replaced
        auto bytes = listBytes(vault, said["digest"].asString(), indicators::mostFeedBytes);
        auto list = bytes ? indicators::parseFeed(*bytes, said["source"].asString())
                          : Result<indicators::IndicatorList>(fail(bytes.error()));
        if (!list) {
            logWarning("the indicators '" + said["name"].asString() + "' cannot be used: " + list.error().detail);
            continue;
        }
        list->name = said["name"].asString();
        list->digest = said["digest"].asString();
        list->by = entry->actor;
        list->seq = entry->seq;
        lists.push_back(std::move(*list));
    }
    std::reverse(lists.begin(), lists.end());
    return lists;
}

RuleInfo sightingRuleOf(const indicators::Watchlist& watchlist, indicators::IndicatorIndex index)
{
    const indicators::Indicator& indicator = watchlist.indicator(index);
    const indicators::IndicatorList& list = watchlist.listOf(index);
    RuleInfo rule;
    rule.id = std::string(sightingRule) + list.name + "/" + indicator.id;
    rule.title = "Indicator seen: " + plainText(indicator.name.empty() ? indicator.text : indicator.name);
    rule.description = plainText(indicator.text, 400) + " (TLP:" + std::string(toString(indicator.tlp)) + ")";
    rule.author = plainText(list.name);
    rule.level = Severity::Low;
    return rule;
}

Result<void> IndicatorDesk::recall(const UnprovenActs& unproven)
{
    CORDON_TRY(m_lists, indicatorsOf(m_folder.store().queries(), m_folder.vault(), unproven));
    if (!m_lists.empty())
        m_detection.watch->set(std::make_shared<const indicators::Watchlist>(m_lists));
    return {};
}

Result<std::shared_ptr<const indicators::Watchlist>> IndicatorDesk::import(const BringList& order, Timestamp machineNow)
{
    const std::string& digest = order.args["digest"].asString();
    CORDON_TRY(const std::string bytes, listBytes(m_folder.vault(), digest, indicators::mostFeedBytes));
    CORDON_TRY(indicators::IndicatorList list, indicators::parseFeed(bytes, order.args["source"].asString()));
    if (list.indicators.empty())
        return fail(ErrorCode::Invalid, list.rejected.empty()
                                            ? "there is not one indicator in it"
                                            : "none of it can be matched; the first: " + list.rejected.front().reason);
    CORDON_TRY(list.name, listName(order, "indicators"));
    CORDON_CHECK(noteImport(m_folder.vault(), m_journal, order, "indicators", bytes.size(), machineNow,
                            Value::Object{{"name", list.name},
                                          {"rows", static_cast<std::int64_t>(list.indicators.size())},
                                          {"rejected", static_cast<std::int64_t>(list.rejected.size())}}));
    list.digest = digest;
    list.by = order.by;
    list.seq = m_journal.size() - 1;
    auto alone = std::make_shared<const indicators::Watchlist>(std::vector<indicators::IndicatorList>{list});
    const auto same = std::find_if(m_lists.begin(), m_lists.end(),
                                   [&](const indicators::IndicatorList& known) { return known.name == list.name; });
    if (same != m_lists.end())
        *same = std::move(list);
    else
        m_lists.push_back(std::move(list));
    m_detection.watch->set(std::make_shared<const indicators::Watchlist>(m_lists));
    return alone;
}

Result<void> IndicatorDesk::keep(const indicators::Watchlist& watchlist,
                                 const std::vector<indicators::IndicatorIndex>& found, EventId event,
                                 IncidentDesk& incidents)
{
    for (const indicators::IndicatorIndex index : found) {
        const RuleInfo rule = sightingRuleOf(watchlist, index);
        if (++m_hits[rule.id] <= mostHits)
            CORDON_CHECK(incidents.keepHit(rule, {event}));
    }
    return {};
}

Result<std::int64_t> IndicatorDesk::searchBack(const indicators::Watchlist& watchlist, IncidentDesk& incidents,
                                               const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                                               const std::stop_token& stop)
{
    record::CaseStore& store = m_folder.store();
    CORDON_TRY(std::vector<record::StoredSource> sources, store.queries().sources());
    std::erase_if(sources, [](const record::StoredSource& source) { return source.digest.empty(); });
    std::uint64_t total = 0;
    for (const record::StoredSource& source : sources)
        total += source.bytes;
    std::map<Place, std::vector<indicators::IndicatorIndex>> found;
    EvidenceReading reading(m_folder, sources, m_detection);
    std::uint64_t before = 0;
    for (const record::StoredSource& source : sources) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the search was cancelled");
        CORDON_TRY(const Digest digest, Digest::fromHex(source.digest));
        Searcher searcher(watchlist, digest, found);
        auto read = reading.look(
            source, searcher, [&](std::uint64_t done, std::uint64_t) { progress(before + done, total); }, stop);
        if (!read && read.error().code == ErrorCode::Cancelled)
            return fail(read.error());
        if (!read)
            logWarning(source.file + " could not be searched: " + read.error().detail);
        before += source.bytes;
    }
    if (found.empty())
        return std::int64_t{0};
    std::vector<std::pair<EventId, const std::vector<indicators::IndicatorIndex>*>> hits;
    CORDON_CHECK(store.lookup().each([&](const Event& event) {
        const auto place = found.find({event.cite.evidence, event.cite.offset});
        if (place != found.end())
            hits.emplace_back(event.id, &place->second);
        return true;
    }));
    CORDON_CHECK(store.write([&]() -> Result<void> {
        for (const auto& [event, indices] : hits)
            CORDON_CHECK(keep(watchlist, *indices, event, incidents));
        return {};
    }));
    return static_cast<std::int64_t>(hits.size());
}

} // namespace cordon::engine
