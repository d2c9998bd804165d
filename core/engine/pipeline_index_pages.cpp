// Pages of an index that is filled anew: incidents under the numbers that they had, and what people wrote since.
// Source: docs/formats/case.md, "When case.db is lost or damaged"
#include "core/base/log.h"
#include "core/engine/incident_closing.h"
#include "core/engine/pipeline.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {

/// What a crash left is not believed, but for what this case signed: the pages of its incidents, of whose numbers and steps the
/// ledger speaks. Of an exercise it is also asked what its tenant was made of; who wrote it could have written that as well.
Result<void> Pipeline::lookAtWhatWasLeft()
{
    const record::IndexState& was = m_folder->indexState();
    if (!was.isUnnamed)
        return {};
    const auto before = record::CaseIndexReader::openToJudge(m_folder->path() / was.aside);
    auto files = before ? loadSignedIncidents((*before)->queries(), m_indexKey->publicKey()) : fail(before.error());
    if (!files) {
        logWarning("nothing could be taken over of what a crash left: " + files.error().detail);
        return {};
    }
    m_left = std::move(*files);
    CORDON_CHECK(lookAtLeftPieces((*before)->queries()));
    for (const char* name : {"tenant", "tenant_events"}) {
        const auto value = (*before)->queries().meta(name);
        if (m_folder->isExercise() && value && !value->empty())
            CORDON_CHECK(m_folder->store().setMeta(name, *value));
    }
    return {};
}

/// A followed file's number and names stand nowhere else. How far it was read is asked of the ledger alone.
Result<void> Pipeline::lookAtLeftPieces(record::CaseQueries& left)
{
    const auto pieces = left.sources();
    const auto files = left.followed();
    if (!pieces || !files)
        return {};
    for (const record::StoredSource& piece : *pieces) {
        const auto file = std::find_if(files->begin(), files->end(), [&](const FollowedFile& one) { return one.id == piece.followed; });
        if (piece.followed.isSet() && file != files->end())
            m_leftPieces.emplace(std::tuple(piece.digest, piece.begins, piece.file), *file);
    }
    return {};
}

/// Whether a page still speaks of what is in the case: events may have other numbers now.
Result<bool> Pipeline::isStillSo(const IncidentFile& file)
{
    constexpr std::size_t most = 8; ///< events looked at for each member
    for (const IncidentMember& member : file.incident.members) {
        for (std::size_t i = 0; i < std::min(most, member.events.size()); ++i) {
            const auto event = m_folder->store().queries().event(member.events[i]);
            if (!event && event.error().code != ErrorCode::NotFound)
                return fail(event.error());
            const bool takesPart = event && (event->actor == member.entity || event->via == member.entity ||
                                             std::any_of(event->targets.begin(), event->targets.end(), [&](const EventTarget& target) {
                                                 return target.entity == member.entity;
                                             }));
            if (takesPart)
                return true;
        }
    }
    return false;
}

/// Steps, sessions and what is known of members as they were; what people wrote comes from what was kept and from the ledger.
Result<void> Pipeline::takeLeftPages()
{
    for (auto& [id, file] : std::exchange(m_left, {})) {
        CORDON_TRY(const bool counts, isStillSo(file));
        if (!counts)
            continue;
        const IncidentFile kept = m_files.contains(id) ? m_files.at(id) : IncidentFile();
        file.notes = kept.notes;
        file.closing = kept.closing;
        file.incident.assignee = kept.incident.assignee;
        file.incident.status = kept.incident.status;
        m_files[id] = std::move(file);
        m_unsaved.insert(id);
    }
    return {};
}

/// Incidents are made of the alerts once more.
Result<void> Pipeline::workOutPages()
{
    record::CaseStore& store = m_folder->store();
    CORDON_CHECK(m_incidents->lineUp());
    CORDON_TRY(const auto span, store.queries().span());
    return store.write([&]() -> Result<void> {
        CORDON_TRY(const auto made, m_incidents->take(span.second, connectorView(), [](IncidentId) { return false; }));
        for (const IncidentId id : made)
            CORDON_CHECK(saveIncident(store, m_files.at(id), *m_indexKey));
        return {};
    });
}

/// Where incidents went that are none any more, as the ledger tells it.
Result<std::map<std::string, std::string>> Pipeline::wentInto()
{
    record::CaseQueries& queries = m_folder->store().queries();
    std::map<std::string, std::pair<std::int64_t, std::string>> newest; ///< with its place in the ledger
    for (const char* type : {"incident.absorbed", "incident.restored"}) {
        CORDON_TRY(const auto entries, queries.ledgerEntries(type, ""));
        for (const record::StoredEntry& entry : entries) {
            CORDON_TRY(const Value data, json::parse(entry.data));
            auto& known = newest[entry.incident];
            if (known.second.empty() || known.first < entry.seq)
                known = {entry.seq, data["into"].asString()};
        }
    }
    std::map<std::string, std::string> into;
    for (const auto& [incident, where] : newest) {
        if (!where.second.empty())
            into.emplace(incident, where.second);
    }
    return into;
}

/// What people wrote after the pages were kept stands in the ledger.
Result<void> Pipeline::endFilling()
{
    if (!m_filledSince)
        return {};
    const std::int64_t since = *std::exchange(m_filledSince, std::nullopt);
    if (since == 0 || std::exchange(m_hasReadAgain, false)) {
        CORDON_CHECK(takeLeftPages());
        CORDON_CHECK(workOutPages());
        (void)m_incidents->takeJoined(); // the ledger told of it then
        (void)m_incidents->takeDropped();
    }
    CORDON_TRY(const auto into, wentInto());
    for (const char* type : {"incident.assigned", "incident.note", "incident.closed", "incident.reopened"}) {
        CORDON_TRY(const auto entries, m_folder->store().queries().ledgerEntries(type, ""));
        for (const record::StoredEntry& entry : entries) {
            std::string incident = entry.incident;
            for (std::size_t hops = 0; hops < into.size() && into.contains(incident); ++hops)
                incident = into.at(incident);
            const std::string from = incident == entry.incident ? std::string() : entry.incident + " · ";
            const auto place = std::find_if(m_files.begin(), m_files.end(), [&](const auto& one) {
                return toString(one.first) == incident;
            });
            if (entry.seq < since || place == m_files.end() || m_unproven.contains(entry.seq))
                continue;
            CORDON_TRY(const Value data, json::parse(entry.data));
            if (entry.type == "incident.note")
                place->second.notes.emplace_back(entry.at, from + entry.actor + ": " + data["text"].asString());
            else if (!from.empty())
                continue; // what was said of an incident that went into this one
            else if (entry.type == "incident.closed" ||
                     (place->second.closing && place->second.closing->at <= entry.at && entry.type == "incident.reopened"))
                takeClosing(place->second, entry.type, entry.actor, entry.at, data);
            else if (entry.type == "incident.assigned")
                place->second.incident.assignee = data["to"].asString();
            m_unsaved.insert(place->first);
        }
    }
    if (m_arrangements.given > 0) {
        CORDON_CHECK(workOutPages()); // what people arranged since the pages were kept
        (void)m_incidents->takeJoined(); // the ledger told of it then
        (void)m_incidents->takeDropped();
    }
    saveChanged();
    CORDON_CHECK(m_folder->indexIsFilled());
    CORDON_CHECK(keepIndex()); // what it holds now is what the ledger names, also where that is something else than before
    const record::IndexState& was = m_folder->indexState();
    notify(Text{"engine.index_rebuilt",
                {{"why", was.why}, {"aside", was.aside.empty() ? std::string() : " It is kept as " + was.aside + "."}}});
    return {};
}

} // namespace cordon::engine
