#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/models/rejected_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QStackedWidget;

namespace cordon::ui::views {

/// What was read: files, counts, how far they reach, and every record that could not be used.
class SourcesView : public CaseView
{
    Q_OBJECT

public:
    SourcesView(bridge::CaseQueries& queries, QWidget* parent);

signals:
    void addRequested();

protected:
    void reload(const engine::Notice& notice) override;

private:
    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_sources;
    models::RejectedTableModel* m_rejected;
    QLabel* m_rate;
    QLabel* m_rejectedTitle;
    QStackedWidget* m_pages;
};

} // namespace cordon::ui::views
