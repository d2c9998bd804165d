#include "ui/models/rejected_table_model.h"

#include "ui/models/cell_roles.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

namespace cordon::ui::models {

RejectedTableModel::RejectedTableModel(bridge::CaseQueries& queries, QObject* parent)
    : PagedTableModel(parent)
    , m_queries(queries)
{
}

void RejectedTableModel::setTotal(qint64 total)
{
    setCount(total, false);
}

int RejectedTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant RejectedTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case File: return tr("File");
    case Offset: return tr("At byte");
    case Length: return tr("Length");
    case Reason: return tr("Why it was not used");
    default: return {};
    }
}

void RejectedTableModel::fetch(qint64 page, quint64 wanted)
{
    m_queries.ask<std::vector<RejectedRecord>>(
        this, [page](bridge::CaseSource& source) { return source.rejected(page * pageRows, pageRows); },
        [this, page, wanted](const Result<std::vector<RejectedRecord>>& rows) {
            if (wanted != generation() || !rows)
                return;
            m_pages.keep(page, *rows);
            pageArrived(page);
        });
}

void RejectedTableModel::dropPage(qint64 page)
{
    m_pages.drop(page);
}

QVariant RejectedTableModel::cell(qint64 row, int column, int role) const
{
    const RejectedRecord* record = m_pages.find(row);
    if (!record)
        return {};
    if (role == MonoRole)
        return column == Offset || column == Length;
    if (role == Qt::ToolTipRole && (column == File || column == Reason))
        return text::plainLine(column == File ? record->file : record->reason, 1000);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case File: return text::plainLine(record->file);
    case Offset: return text::count(static_cast<qint64>(record->offset));
    case Length: return record->length == 0 ? tr("whole file") : text::count(static_cast<qint64>(record->length));
    case Reason: return text::plainLine(record->reason, 400);
    default: return {};
    }
}

} // namespace cordon::ui::models
