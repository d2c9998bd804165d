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
    m_incidents->setOrders(m_arrangements.standing);
    return advance(reached, stop);
}

Result<void> Pipeline::noteJoined()
{
    std::vector<LedgerDraft> drafts;
    for (const auto& [incident, into] : m_incidents->takeJoined()) {
        LedgerDraft draft;
        draft.type = into.isSet() ? "incident.absorbed" : "incident.restored";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.incident = toString(incident);
        draft.data = into.isSet() ? Value::Object{{"into", toString(into)}} : Value::Object{};
        drafts.push_back(std::move(draft));
    }
    return drafts.empty() ? Result<void>() : m_journal->writeAll(std::move(drafts));
}

} // namespace cordon::engine
