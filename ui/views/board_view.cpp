#include "ui/views/board_view.h"

#include "ui/models/case_rows.h"
#include "ui/models/choices.h"
#include "ui/text/times.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

namespace {

constexpr int mostShown = 2000;

} // namespace

BoardView::BoardView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_rows(new models::CellTableModel(models::boardHeaders(), this))
    , m_rest(label({}, TextRole::Small, QStringLiteral("dim"), this))
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
    m_rest->hide();
    column->addWidget(m_rest);
    connect(view, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit incidentChosen(IncidentId{m_rows->keyAt(index.row()).toLongLong()}); });
}

void BoardView::reload(const engine::Notice&)
{
    using Answer = std::pair<std::vector<models::CellRow>, std::size_t>; // with how many there are
    m_queries.ask<Answer>(
        this,
        [](bridge::CaseSource& source) -> Result<Answer> { // there, so that many do not hold up the window
            CORDON_TRY(const std::vector<engine::IncidentRow> rows, source.incidents());
            return Answer(models::boardRows(models::firstChoices(rows, mostShown)), rows.size());
        },
        [this](const Result<Answer>& answer) {
            if (!answer)
                return;
            m_rows->setRows(answer->first);
            m_rest->setVisible(answer->second > mostShown);
            m_rest->setText(tr("The %1 of highest risk of %2 are shown.").arg(text::count(mostShown), text::count(static_cast<qint64>(answer->second))));
        });
}

} // namespace cordon::ui::views
