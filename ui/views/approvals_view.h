#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace cordon::ui::views {

/// Requests that wait for people, and every request there ever was.
class ApprovalsView : public CaseView
{
    Q_OBJECT

public:
    ApprovalsView(bridge::CaseQueries& queries, QWidget* parent);

protected:
    void reload(const engine::Notice& notice) override;

private:
    void show(const std::vector<engine::ApprovalRow>& rows);

    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_waiting;
    models::CellTableModel* m_history;
    QLabel* m_waitingTitle;
    QLabel* m_historyTitle;
    QStackedWidget* m_waitingPages;
    QTableView* m_waitingTable;
    QPushButton* m_review;
};

} // namespace cordon::ui::views
