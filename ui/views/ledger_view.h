#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/ledger_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPlainTextEdit;

namespace cordon::ui::views {

/// Every entry of the ledger, newest first, with its exact content beside it.
class LedgerView : public CaseView
{
    Q_OBJECT

public:
    LedgerView(bridge::CaseQueries& queries, QWidget* parent);
    /// Shows that entry's content; the list stays where it is.
    void open(qint64 seq);

protected:
    void reload(const engine::Notice& notice) override;

private:
    bridge::CaseQueries& m_queries;
    models::LedgerTableModel* m_entries;
    QLabel* m_summary;
    QLabel* m_which;
    QPlainTextEdit* m_entry;
    qint64 m_shown = -1;
};

} // namespace cordon::ui::views
