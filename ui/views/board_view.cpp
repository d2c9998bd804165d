#include "ui/views/board_view.h"

#include "ui/models/case_rows.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/labels.h"

#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

BoardView::BoardView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_rows(new models::CellTableModel(models::boardHeaders(), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(6);
    column->addWidget(label(tr("Board"), TextRole::Title, {}, this));
    column->addWidget(label(tr("All incidents of the case. Handover and metrics are not in this version."), TextRole::Small,
                            QStringLiteral("dim"), this));
    QTableView* view = table(tr("All incidents"), tableRoles(), this);
    view->setModel(m_rows);
    const int widths[] = {95, 110, 330, 120, 160, 140, 190, 190};
    for (int i = 0; i < 8; ++i)
        view->setColumnWidth(i, widths[i]);
    column->addWidget(view, 1);
    connect(view, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit incidentChosen(IncidentId{m_rows->keyAt(index.row()).toLongLong()}); });
}

void BoardView::reload(const engine::Notice&)
{
    m_queries.ask<std::vector<engine::IncidentRow>>(
        this, [](bridge::CaseSource& source) { return source.incidents(); },
        [this](const Result<std::vector<engine::IncidentRow>>& rows) {
            if (rows)
                m_rows->setRows(models::boardRows(*rows));
        });
}

} // namespace cordon::ui::views
