#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

#include <QString>

#include <map>
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

signals:
    /// A request that ran out or became void shall be made anew.
    void askAgainRequested(const QString& step);
    /// A signed reply came back through the clipboard.
    void replyBrought(const QString& reply);

protected:
    void reload(const engine::Notice& notice) override;

private:
    void show(const std::vector<engine::ApprovalRow>& rows);
    void followHistory();

    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_waiting;
    models::CellTableModel* m_history;
    QLabel* m_waitingTitle;
    QLabel* m_historyTitle;
    QStackedWidget* m_waitingPages;
    QTableView* m_waitingTable;
    QTableView* m_historyTable;
    QPushButton* m_review;
    QPushButton* m_askAgain;
    QPushButton* m_bringReply;
    std::map<QString, QString> m_stepsToAskAgain; ///< by request
};

} // namespace cordon::ui::views
