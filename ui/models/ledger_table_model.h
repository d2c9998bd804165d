#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/page_store.h"

namespace cordon::ui::models {

/// Ledger entries, newest first, by pages.
class LedgerTableModel : public PagedTableModel
{
    Q_OBJECT

public:
    enum Column { Seq, Time, Type, Actor, Incident, Summary, columnTotal };

    LedgerTableModel(bridge::CaseQueries& queries, QObject* parent);
    void refresh();
    [[nodiscard]] qint64 seqAt(int row) const; ///< -1 when its page is not here

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void failed(const QString& why);

protected:
    void fetch(qint64 page, quint64 generation) override;
    [[nodiscard]] QVariant cell(qint64 row, int column, int role) const override;
    void dropPage(qint64 page) override;

private:
    bridge::CaseQueries& m_queries;
    PageStore<engine::LedgerRow> m_pages;
    bool m_isCounting = false;
};

} // namespace cordon::ui::models
