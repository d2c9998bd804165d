#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QHBoxLayout;
class QLabel;
class QTableView;
class QVBoxLayout;

namespace cordon::ui::widgets {
class BudgetCard;
class StatusDot;
}

namespace cordon::ui::views {

/// Who the agent is, what is left of its budgets, what it may see, decide and change, and every decision.
class AgentView : public CaseView
{
    Q_OBJECT

public:
    AgentView(bridge::CaseQueries& queries, QWidget* parent);

protected:
    void reload(const engine::Notice& notice) override;

private:
    void show(const engine::AgentPicture& picture);
    [[nodiscard]] QVBoxLayout* addPanel(QHBoxLayout* row, const QString& title, const QString& explanation);
    void fill(QVBoxLayout* rows, const std::vector<engine::MandateRow>& lines, const QString& kind);

    bridge::CaseQueries& m_queries;
    engine::Notice m_notice;
    QLabel* m_name;
    widgets::StatusDot* m_state;
    widgets::StatusDot* m_waits;
    QLabel* m_identity;
    widgets::BudgetCard* m_session;
    widgets::BudgetCard* m_incident;
    widgets::BudgetCard* m_hour;
    widgets::BudgetCard* m_touched;
    widgets::BudgetCard* m_refused;
    QVBoxLayout* m_see = nullptr;
    QVBoxLayout* m_decide = nullptr;
    QVBoxLayout* m_change = nullptr;
    QString m_shownMandate;
    models::CellTableModel* m_decisions;
    QTableView* m_table;
};

} // namespace cordon::ui::views
