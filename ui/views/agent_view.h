#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QHBoxLayout;
class QLabel;
class QTabWidget;
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
    AgentView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);

    /// The real systems that it acts on; none in an exercise.
    void showSystems(const std::vector<engine::SystemState>& systems);
    /// Asks whether halting shall be practised.
    void openDrill();

signals:
    void ledgerEntryRequested(qint64 seq);

protected:
    void reload(const engine::Notice& notice) override;

private:
    void showPicture(const engine::AgentPicture& picture);
    void showRecord(const engine::AgentRecord& record);
    [[nodiscard]] QWidget* makeTables();
    void addTable(QTabWidget* tabs, const QString& title, const QString& name,
                  models::CellTableModel* model, std::initializer_list<int> widths);
    void openEditor();
    void openTest();
    [[nodiscard]] QVBoxLayout* addPanel(QHBoxLayout* row, const QString& title, const QString& explanation);
    void fill(QVBoxLayout* rows, const std::vector<engine::MandateRow>& lines, const QString& kind);

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
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
    models::CellTableModel* m_sessions;
    models::CellTableModel* m_controls;
    models::CellTableModel* m_systems;
    int m_actionsMost = 0;
};

} // namespace cordon::ui::views
