#include "core/exports/case_contents.h"

#include "core/record/case_folder.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::exports {
namespace {

constexpr int page = 1000;

} // namespace

Result<std::unique_ptr<CaseContents>> CaseContents::open(const std::filesystem::path& folder)
{
    std::unique_ptr<CaseContents> contents(new CaseContents);
    contents->m_folder = folder;
    contents->m_name = (folder / "").lexically_normal().parent_path().filename().string();
    if (!record::isCase(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": no case here");
    CORDON_TRY(contents->m_origin, record::caseOrigin(folder));
    contents->m_isExercise = record::isExerciseOrigin(contents->m_origin);
    CORDON_TRY(contents->m_index, record::CaseIndexReader::open(record::databasePath(folder)));
    return contents;
}

Result<std::vector<IncidentId>> CaseContents::wanted(const std::string& only)
{
    CORDON_TRY(std::vector<IncidentId> ids, queries().incidentIds());
    if (only.empty())
        return ids;
    std::erase_if(ids, [&](IncidentId id) { return toString(id) != only; });
    if (ids.empty())
        return fail(ErrorCode::NotFound, "no incident " + only + " in this case");
    return ids;
}

Result<void> CaseContents::goesOn() const
{
    return m_stop.stop_requested() ? fail(ErrorCode::Cancelled, "the export was stopped") : Result<void>();
}

Result<void> CaseContents::eachIncident(const std::string& only, const std::function<Result<void>(const Value&)>& visit)
{
    CORDON_TRY(const std::vector<IncidentId> ids, wanted(only));
    for (const IncidentId id : ids) {
        const auto stored = queries().incident(id);
        if (!stored && stored.error().code == ErrorCode::NotFound)
            continue; // merged into another meanwhile
        if (!stored)
            return fail(stored.error());
        CORDON_TRY(const Value body, json::parse(stored->body));
        CORDON_CHECK(goesOn());
        CORDON_CHECK(visit(body));
    }
    return {};
}

Result<void> CaseContents::eachAlert(const std::string& only, const std::function<Result<void>(const Value&)>& visit)
{
    std::optional<IncidentId> incident;
    if (!only.empty()) {
        CORDON_TRY(const std::vector<IncidentId> ids, wanted(only));
        incident = ids.front();
    }
    for (std::int64_t offset = 0;; offset += page) {
        CORDON_CHECK(goesOn());
        CORDON_TRY(const auto alerts, queries().alerts(incident, offset, page));
        for (const record::StoredAlert& stored : alerts) {
            CORDON_TRY(Value body, json::parse(stored.body));
            body.set("incident", stored.incident.isSet() ? Value(toString(stored.incident)) : Value());
            CORDON_CHECK(visit(body));
        }
        if (alerts.size() < page)
            return {};
    }
}

Result<void> CaseContents::eachEntry(const std::string& only,
                                     const std::function<Result<void>(const record::StoredEntry&, const Value&)>& visit)
{
    CORDON_TRY(const std::int64_t count, queries().countLedger());
    for (std::int64_t done = 0; done < count; done += page) {
        CORDON_CHECK(goesOn());
        const std::int64_t size = std::min<std::int64_t>(page, count - done);
        CORDON_TRY(auto entries, queries().ledger(count - done - size, static_cast<int>(size))); // newest first
        std::reverse(entries.begin(), entries.end());
        for (const record::StoredEntry& entry : entries) {
            if (!only.empty() && entry.incident != only)
                continue;
            CORDON_TRY(const Value data, json::parse(entry.data));
            CORDON_CHECK(visit(entry, data));
        }
    }
    return {};
}

Result<void> CaseContents::eachEvent(const std::string& only, const std::function<Result<void>(const Event&)>& visit)
{
    record::EventQuery query;
    if (!only.empty()) {
        CORDON_TRY(const std::vector<IncidentId> ids, wanted(only));
        query.incident = ids.front();
    }
    // Each page begins at the time of the last event, behind those of that time which were there: skipping from the
    // beginning would take ever longer.
    for (std::int64_t skip = 0;;) {
        CORDON_CHECK(goesOn());
        CORDON_TRY(const std::vector<Event> events, queries().events(query, skip, page));
        for (const Event& event : events)
            CORDON_CHECK(visit(event));
        if (events.size() < page)
            return {};
        const Timestamp last = events.back().time;
        const auto isLast = [&](const Event& event) { return event.time == last; };
        const auto ofLast = std::count_if(events.begin(), events.end(), isLast);
        skip = query.from == last ? skip + ofLast : std::int64_t{ofLast};
        query.from = last;
    }
}

} // namespace cordon::exports
