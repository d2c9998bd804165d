#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/page_store.h"

namespace cordon::ui::models {

/// Records that could not be used, by pages.
class RejectedTableModel : public PagedTableModel
{
    Q_OBJECT

public:
    enum Column { File, Offset, Length, Reason, columnTotal };

    RejectedTableModel(bridge::CaseQueries& queries, QObject* parent);
    /// How many there are, as the summary of the case says.
    void setTotal(qint64 total);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    void fetch(qint64 page, quint64 generation) override;
    [[nodiscard]] QVariant cell(qint64 row, int column, int role) const override;
    void dropPage(qint64 page) override;

private:
    bridge::CaseQueries& m_queries;
    PageStore<RejectedRecord> m_pages;
};

} // namespace cordon::ui::models
