#include "ui/views/sources_screen.h"

#include "ui/views/lists_view.h"
#include "ui/views/sources_view.h"
#include "ui/views/systems_view.h"

#include <QTabWidget>
#include <QVBoxLayout>

namespace cordon::ui::views {

SourcesScreen::SourcesScreen(SourcesView* sources, ListsView* lists, SystemsView* systems, QWidget* parent)
    : CaseView(parent)
    , m_sources(sources)
    , m_lists(lists)
    , m_systems(systems)
    , m_tabs(new QTabWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_tabs->setAccessibleName(tr("Sources"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(sources, tr("Logs"));
    m_tabs->addTab(lists, tr("Inventory and indicators"));
    m_tabs->addTab(systems, tr("Real systems"));
    column->addWidget(m_tabs);
    for (CaseView* view : {static_cast<CaseView*>(sources), static_cast<CaseView*>(lists), static_cast<CaseView*>(systems)})
        connect(view, &CaseView::said, this, &CaseView::said);
}

void SourcesScreen::showSystems()
{
    m_tabs->setCurrentWidget(m_systems);
}

void SourcesScreen::reload(const engine::Notice& notice)
{
    m_sources->caseChanged(notice);
    m_lists->caseChanged(notice);
}

} // namespace cordon::ui::views
