#include "ui/views/incident_queue.h"

#include "ui/views/incident_delegate.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

IncidentQueue::IncidentQueue(QWidget* parent)
    : QFrame(parent)
    , m_model(new models::IncidentListModel(this))
    , m_list(new QListView(this))
    , m_count(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_pages(new QStackedWidget(this))
{
    setProperty("ground", "panel");
    setProperty("edge", "right");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    QFrame* head = ground(QStringLiteral("panel"), QStringLiteral("bottom"), this);
    head->setFixedHeight(42);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(14, 0, 14, 0);
    row->addWidget(label(tr("Incidents"), TextRole::Strong, {}, head));
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(label(tr("by risk"), TextRole::Small, QStringLiteral("faint"), head));
    column->addWidget(head);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new IncidentDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setLayoutMode(QListView::Batched); // a flood of incidents is laid out little by little
    m_list->setBatchSize(200);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Incidents, highest risk first"));
    setFocusProxy(m_list);
    m_pages->addWidget(m_list);
    m_pages->addWidget(new EmptyNote(QStringLiteral("triage"), tr("No incidents"),
                                     tr("Alerts that belong together appear here as incidents. Open logs or an exercise to begin."),
                                     m_pages));
    m_pages->setCurrentIndex(1);
    column->addWidget(m_pages, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        m_hasChosen = m_hasChosen || (now.isValid() && !m_isUpdating);
        if (now.isValid())
            emit chosen(m_model->idAt(now.row()));
    });
}

void IncidentQueue::setRows(models::IncidentRows rows)
{
    const IncidentId kept = m_hasChosen ? current() : IncidentId{};
    m_isUpdating = true;
    m_model->setRows(std::move(rows));
    const bool isFirst = m_pages->currentIndex() == 1 && m_model->rowCount() > 0;
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (isFirst && isVisible() && window()->isActiveWindow())
        m_list->setFocus();
    m_count->setText(tr("%1 open · %2 need you").arg(m_model->open()).arg(m_model->needYou()));
    const int row = m_model->rowOf(kept);
    m_model->showUpTo(row);
    if (m_model->rowCount() > 0 && m_list->currentIndex().row() != std::max(0, row))
        m_list->setCurrentIndex(m_model->index(std::max(0, row)));
    m_isUpdating = false;
}

IncidentId IncidentQueue::current() const
{
    return m_model->idAt(m_list->currentIndex().row());
}

void IncidentQueue::choose(IncidentId id)
{
    const int row = m_model->rowOf(id);
    m_model->showUpTo(row);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row));
}

void IncidentQueue::step(int by)
{
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, std::max(0, m_model->size() - 1));
    m_model->showUpTo(row);
    m_list->setCurrentIndex(m_model->index(row));
}

} // namespace cordon::ui::views
