#include "ui/models/event_table_model.h"

#include "ui/models/cell_roles.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <utility>

namespace cordon::ui::models {

EventTableModel::EventTableModel(bridge::CaseQueries& queries, QObject* parent)
    : PagedTableModel(parent)
    , m_queries(queries)
{
}

void EventTableModel::setFilter(const engine::EventFilter& filter)
{
    m_filter = filter;
    ++m_question;
    m_isCounting = false;
    forgetPages();
    refresh();
}

void EventTableModel::refresh()
{
    if (m_isCounting) {
        m_isStale = true;
        return;
    }
    m_isCounting = true;
    m_queries.ask<std::int64_t>(
        this, [filter = m_filter](bridge::CaseSource& source) { return source.countEvents(filter); },
        [this, question = m_question](const Result<std::int64_t>& count) {
            if (question != m_question)
                return;
            m_isCounting = false;
            if (!count)
                return emit failed(QString::fromStdString(count.error().detail));
            setCount(*count, false);
            emit counted(*count);
            if (std::exchange(m_isStale, false))
                refresh();
        });
}

void EventTableModel::setContext(std::set<std::string> attackers, std::map<EventId, QString> rules)
{
    m_attackers = std::move(attackers);
    m_rules = std::move(rules);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnTotal - 1));
}

EventId EventTableModel::eventAt(int row) const
{
    const Event* event = m_pages.find(row);
    return event ? event->id : EventId{};
}

int EventTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant EventTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time (UTC)");
    case Who: return tr("Who");
    case Identity: return tr("Identity");
    case Did: return tr("Did");
    case To: return tr("To");
    case Outcome: return tr("Outcome");
    case Why: return tr("Rule");
    default: return {};
    }
}

void EventTableModel::fetch(qint64 page, quint64 wanted)
{
    m_queries.ask<std::vector<Event>>(
        this,
        [filter = m_filter, page](bridge::CaseSource& source) { return source.events(filter, page * pageRows, pageRows); },
        [this, page, wanted](const Result<std::vector<Event>>& rows) {
            if (wanted != generation())
                return;
            if (!rows)
                return emit failed(QString::fromStdString(rows.error().detail));
            m_pages.keep(page, *rows);
            pageArrived(page);
        });
}

void EventTableModel::dropPage(qint64 page)
{
    m_pages.drop(page);
}

bool EventTableModel::isSuspected(const Event& event) const
{
    const auto has = [this](const std::string& key) { return m_attackers.count(key) > 0; };
    return (event.actor && has(event.actor->key())) || (event.via && has(event.via->key()))
           || (!event.address.empty() && has("address:" + event.address));
}

QString EventTableModel::words(const Event& event, int column) const
{
    switch (column) {
    case Time: return text::momentMillis(event.time);
    case Who: return isSuspected(event) ? tr("suspected") : tr("other");
    case Identity:
        return event.actor ? text::entityName(*event.actor) : event.via ? text::entityName(*event.via) : tr("—");
    case Did: return text::plainLine(event.action);
    case To: {
        if (event.targets.empty())
            return tr("—");
        const QString first = text::entityName(event.targets.front().entity);
        const auto more = event.targets.size() - 1;
        return more == 0 ? first : tr("%1 +%2", "entity and how many more").arg(first).arg(more);
    }
    case Outcome: return event.error.empty() ? text::outcomeWord(event.outcome) : text::plainLine(event.error);
    case Why: {
        const auto rule = m_rules.find(event.id);
        return rule == m_rules.end() ? tr("—") : rule->second;
    }
    default: return {};
    }
}

QVariant EventTableModel::cell(qint64 row, int column, int role) const
{
    const Event* event = m_pages.find(row);
    if (!event)
        return {};
    switch (role) {
    case Qt::DisplayRole: return words(*event, column);
    case Qt::ToolTipRole:
        if (column == Time)
            return text::localTooltip(event->time);
        if (column == Identity && event->actor)
            return text::entityFull(*event->actor);
        return column == To && !event->targets.empty() ? QVariant(text::entityFull(event->targets.front().entity)) : QVariant();
    case ToneRole:
        if (column == Who)
            return isSuspected(*event) ? QStringLiteral("attacker") : QStringLiteral("dim");
        return column == Why ? QStringLiteral("dim") : QString();
    case DotRole: return column == Who;
    case MonoRole: return column == Time || column == Did;
    case KeyRole: return static_cast<qlonglong>(event->id.value);
    default: return {};
    }
}

} // namespace cordon::ui::models
