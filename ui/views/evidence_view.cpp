#include "ui/views/evidence_view.h"

#include "ui/models/case_rows.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/labels.h"

#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

EvidenceView::EvidenceView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_rows(new models::CellTableModel(models::evidenceHeaders(), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(6);
    column->addWidget(label(tr("Evidence"), TextRole::Title, {}, this));
    QLabel* explanation = label(tr("Logs as they were read, each sealed under its SHA-256. Every citation opens exact bytes of one of them. "
                                   "Custody per item and exhibits are not in this version."),
                                TextRole::Small, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    QTableView* view = table(tr("Sealed logs"), tableRoles(), this);
    view->setModel(m_rows);
    view->setColumnWidth(0, 480);
    view->setColumnWidth(1, 380);
    column->addWidget(view, 1);
}

void EvidenceView::reload(const engine::Notice&)
{
    m_queries.ask<std::vector<engine::SourceRow>>(
        this, [](bridge::CaseSource& source) { return source.sources(); },
        [this](const Result<std::vector<engine::SourceRow>>& rows) {
            if (rows)
                m_rows->setRows(models::evidenceRows(*rows));
        });
}

} // namespace cordon::ui::views
