#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace cordon::ui::views {

/// What the case knows beside its logs: imported inventories and indicators with their age and the rows that could not
/// be used, and what the agent cannot touch for want of facts.
class ListsView : public CaseView
{
    Q_OBJECT

public:
    ListsView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);

    /// Asks what there is to say of a file and has the person sign for it.
    void import(const QString& file, bool isInventory);

protected:
    void reload(const engine::Notice& notice) override;

private:
    void addHead(QVBoxLayout& column);
    void choose(bool isInventory);
    void show(const engine::ListPicture& picture);
    void showRejected();

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    models::CellTableModel* m_lists;
    models::CellTableModel* m_missing;
    models::CellTableModel* m_rejected;
    QLabel* m_summary;
    QLabel* m_missingTitle;
    QLabel* m_rejectedTitle;
    QStackedWidget* m_pages;
    QTableView* m_table;
    QPushButton* m_inventory = nullptr;
    QPushButton* m_indicators = nullptr;
    std::vector<engine::ListRow> m_rows;
};

} // namespace cordon::ui::views
