#include "ui/models/ledger_table_model.h"

#include "ui/models/cell_roles.h"
#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

namespace cordon::ui::models {
namespace {

QString toneOf(const engine::LedgerRow& row)
{
    if (row.actorKind == "agent")
        return QStringLiteral("agent");
    return row.actorKind == "person" ? QStringLiteral("people") : QStringLiteral("dim");
}

} // namespace

LedgerTableModel::LedgerTableModel(bridge::CaseQueries& queries, QObject* parent)
    : PagedTableModel(parent)
    , m_queries(queries)
{
}

void LedgerTableModel::refresh()
{
    if (m_isCounting)
        return;
    m_isCounting = true;
    m_queries.ask<std::int64_t>(
        this, [](bridge::CaseSource& source) { return source.countLedger(); },
        [this](const Result<std::int64_t>& count) {
            m_isCounting = false;
            if (!count)
                return emit failed(QString::fromStdString(count.error().detail));
            setCount(*count, true);
        });
}

qint64 LedgerTableModel::seqAt(int row) const
{
    const engine::LedgerRow* found = m_pages.find(row);
    return found ? found->seq : -1;
}

int LedgerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant LedgerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Seq: return tr("Entry");
    case Time: return tr("Case time (UTC)");
    case Type: return tr("Type");
    case Actor: return tr("Who");
    case Incident: return tr("Incident");
    case Summary: return tr("What");
    default: return {};
    }
}

void LedgerTableModel::fetch(qint64 page, quint64 wanted)
{
    m_queries.ask<std::vector<engine::LedgerRow>>(
        this, [page](bridge::CaseSource& source) { return source.ledger(page * pageRows, pageRows); },
        [this, page, wanted](const Result<std::vector<engine::LedgerRow>>& rows) {
            if (wanted != generation())
                return;
            if (!rows)
                return emit failed(QString::fromStdString(rows.error().detail));
            m_pages.keep(page, *rows);
            pageArrived(page);
        });
}

void LedgerTableModel::dropPage(qint64 page)
{
    m_pages.drop(page);
}

QVariant LedgerTableModel::cell(qint64 row, int column, int role) const
{
    const engine::LedgerRow* entry = m_pages.find(row);
    if (!entry)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Seq: return text::count(entry->seq);
        case Time: return entry->at == Timestamp() ? tr("—") : text::momentMillis(entry->at); // outside the case's time
        case Type: return text::plainLine(entry->type);
        case Actor: return text::personName(entry->actor);
        case Incident: return entry->incident.empty() ? tr("—") : text::plainLine(entry->incident);
        case Summary: return text::sentence(entry->summary);
        default: return {};
        }
    case Qt::ToolTipRole:
        if (column == Time)
            return tr("%1\nMachine clock: %2").arg(text::localTooltip(entry->at), text::localTooltip(entry->ts));
        return column == Summary ? QVariant(text::sentence(entry->summary)) : QVariant();
    case ToneRole: return column == Actor ? toneOf(*entry) : QString();
    case DotRole: return column == Actor;
    case MonoRole: return column <= Type;
    case KeyRole: return static_cast<qlonglong>(entry->seq);
    default: return {};
    }
}

} // namespace cordon::ui::models
