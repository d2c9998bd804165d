#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

namespace cordon::ui::views {

/// The sealed logs by digest. Custody per item is not in this version and the page says so.
class EvidenceView : public CaseView
{
    Q_OBJECT

public:
    EvidenceView(bridge::CaseQueries& queries, QWidget* parent);

protected:
    void reload(const engine::Notice& notice) override;

private:
    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_rows;
};

} // namespace cordon::ui::views
