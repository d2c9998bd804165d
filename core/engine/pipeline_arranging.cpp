// How incidents are arranged by people, and what the ledger hears of those that went into another.
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"

#include <algorithm>

namespace cordon::engine {

Result<void> Pipeline::applyOne(const Arrange& wish, const std::stop_token& stop)
{
    const std::string type = arrangementType(wish.act);
    if (type.empty())
        return fail(ErrorCode::Unsupported, "incidents cannot be arranged by '" + wish.act + "'");
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    const Timestamp reached = m_clock.isFrozen() ? m_clock.now() : span.second;
    if (m_incidents->alertCount() == 0) { // opened for this command alone
        CORDON_CHECK(m_incidents->lineUp());
        CORDON_CHECK(advance(reached, stop));
    }
    for (const IncidentId id : m_incidents->touchedBy(wish)) {
        if (m_work.isBusy(id))
            return fail(ErrorCode::Conflict, "the agent is at work on " + toString(id) + " just now; order it again in a moment");
    }
    const bool isUndo = wish.act == "undo-arrangement";
    HandOrder order{wish.order, {}};
    if (isUndo) {
        const auto& all = m_arrangements.standing;
        if (std::none_of(all.begin(), all.end(), [&](const HandOrder& one) { return one.id == wish.order; }))
            return fail(ErrorCode::NotFound, "no order " + wish.order + " stands");
    } else {
        CORDON_TRY(order, m_incidents->orderFor(wish));
        order.id = m_arrangements.nextId();
    }
    Value::Array others;
    for (const IncidentId id : wish.others)
        others.emplace_back(toString(id));
    Value::Array alerts;
    for (const AlertId id : wish.alerts)
        alerts.emplace_back(toString(id));
    LedgerDraft draft = personDraft(type, wish.by,
                                    Value::Object{{"order", order.id},
                                                  {"why", wish.why},
                                                  {"others", std::move(others)},
                                                  {"alerts", std::move(alerts)},
                                                  {"lists", toValue(order)}});
    if (wish.incident.isSet())
        draft.incident = toString(wish.incident);
    CORDON_TRY(const LedgerEntry entry, m_journal->write(std::move(draft)));
    m_arrangements.take(entry);
    CORDON_CHECK(m_incidents->setOrders(m_arrangements.standing));
    return advance(reached, stop);
}

/// What waited there is void, and not denied: the incident that holds its alerts now asks anew, in a session of its own.
Result<void> Pipeline::endSessionOfGone(IncidentId incident)
{
    const auto gone = m_incidents->absorbed().find(incident);
    if (gone == m_incidents->absorbed().end() || !gone->second.file.session.isOpen || !m_desk.canAct())
        return {};
    CORDON_CHECK(m_responder->closeSession(gone->second.file, "incident_merged", m_incidents->holderOf(incident)));
    return saveAbsorbed(m_folder->store(), gone->second, *m_indexKey);
}

Result<void> Pipeline::noteJoined()
{
    for (const auto& [incident, request] : m_incidents->takeDropped()) {
        const auto file = m_files.find(incident);
        if (m_desk.canAct() && file != m_files.end())
            CORDON_CHECK(m_responder->voidRequest(file->second, request, "incident_arranged"));
    }
    const std::vector<IncidentDesk::Joined> joined = m_incidents->takeJoined();
    for (const auto& [incident, into] : joined)
        CORDON_CHECK(endSessionOfGone(incident));
    std::vector<LedgerDraft> drafts;
    for (const auto& [incident, into] : joined) {
        LedgerDraft draft;
        draft.type = into.isSet() ? "incident.absorbed" : "incident.restored";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.incident = toString(incident);
        const auto gone = m_incidents->absorbed().find(incident);
        if (into.isSet())
            draft.data = Value::Object{{"into", toString(into)}};
        if (into.isSet() && gone != m_incidents->absorbed().end() && gone->second.file.session.actionsUsed > 0)
            draft.data.set("actions_used", gone->second.file.session.actionsUsed);
        drafts.push_back(std::move(draft));
    }
    return drafts.empty() ? Result<void>() : m_journal->writeAll(std::move(drafts));
}

} // namespace cordon::engine
