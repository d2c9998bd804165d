#pragma once

#include "ui/models/paged_table_model.h"

#include <map>
#include <vector>

namespace cordon::ui::models {

/// The rows of the pages that a PagedTableModel holds.
template<class Row>
class PageStore
{
public:
    void keep(qint64 page, std::vector<Row> rows) { m_pages[page] = std::move(rows); }
    void drop(qint64 page) { m_pages.erase(page); }
    /// Null when the page is not here or shorter than expected.
    [[nodiscard]] const Row* find(qint64 row) const
    {
        const auto page = m_pages.find(row / PagedTableModel::pageRows);
        if (page == m_pages.end())
            return nullptr;
        const auto within = static_cast<std::size_t>(row % PagedTableModel::pageRows);
        return within < page->second.size() ? &page->second[within] : nullptr;
    }

private:
    std::map<qint64, std::vector<Row>> m_pages;
};

} // namespace cordon::ui::models
