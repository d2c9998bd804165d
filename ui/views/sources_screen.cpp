#include "ui/views/sources_screen.h"

#include "ui/views/lists_view.h"
#include "ui/views/sources_view.h"

#include <QTabWidget>
#include <QVBoxLayout>

namespace cordon::ui::views {

SourcesScreen::SourcesScreen(SourcesView* sources, ListsView* lists, QWidget* parent)
    : CaseView(parent)
    , m_sources(sources)
    , m_lists(lists)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* tabs = new QTabWidget(this);
    tabs->setAccessibleName(tr("Sources"));
    tabs->setDocumentMode(true);
    tabs->addTab(sources, tr("Logs"));
    tabs->addTab(lists, tr("Inventory and indicators"));
    column->addWidget(tabs);
    for (CaseView* view : {static_cast<CaseView*>(sources), static_cast<CaseView*>(lists)})
        connect(view, &CaseView::said, this, &CaseView::said);
}

void SourcesScreen::reload(const engine::Notice& notice)
{
    m_sources->caseChanged(notice);
    m_lists->caseChanged(notice);
}

} // namespace cordon::ui::views
