#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QLabel;

namespace cordon::ui::views {

/// All incidents at once. This version shows the table; handover and metrics are not in it and the page says so.
class BoardView : public CaseView
{
    Q_OBJECT

public:
    BoardView(bridge::CaseQueries& queries, QWidget* parent);

signals:
    void incidentChosen(cordon::IncidentId id);

protected:
    void reload(const engine::Notice& notice) override;

private:
    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_rows;
    QLabel* m_rest;
};

} // namespace cordon::ui::views
