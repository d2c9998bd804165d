#include "ui/models/paged_table_model.h"

#include <algorithm>
#include <limits>

namespace cordon::ui::models {

PagedTableModel::PagedTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

int PagedTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_count);
}

void PagedTableModel::setCount(qint64 count, bool growsAtTop)
{
    count = std::min<qint64>(count, std::numeric_limits<int>::max());
    if (count == m_count)
        return;
    if (count < m_count || m_count == 0) {
        beginResetModel();
        forgetPages();
        m_count = count;
        endResetModel();
        return;
    }
    const int added = static_cast<int>(count - m_count);
    const int first = growsAtTop ? 0 : static_cast<int>(m_count);
    forgetPages(); // before: during an insertion no row that stays may change
    beginInsertRows({}, first, first + added - 1);
    m_count = count;
    endInsertRows();
}

void PagedTableModel::forgetPages()
{
    ++m_generation;
    for (const qint64 page : m_recent)
        dropPage(page);
    m_recent.clear();
    m_asked.clear();
    if (m_count > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QVariant PagedTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qint64 page = index.row() / pageRows;
    const auto here = std::find(m_recent.begin(), m_recent.end(), page);
    if (here == m_recent.end()) {
        if (role != Qt::DisplayRole)
            return {};
        if (m_asked.insert(page).second)
            const_cast<PagedTableModel*>(this)->fetch(page, m_generation);
        return QString(QChar(0x2026));
    }
    m_recent.splice(m_recent.begin(), m_recent, here);
    return cell(index.row(), index.column(), role);
}

void PagedTableModel::pageArrived(qint64 page)
{
    m_asked.erase(page);
    m_recent.push_front(page);
    while (m_recent.size() > keptPages) {
        dropPage(m_recent.back());
        m_recent.pop_back();
    }
    const int first = static_cast<int>(page * pageRows);
    const int last = std::min(rowCount(), first + pageRows) - 1;
    if (first <= last)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
}

} // namespace cordon::ui::models
