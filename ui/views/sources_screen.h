#pragma once

#include "ui/views/case_view.h"

class QTabWidget;

namespace cordon::ui::views {

class ListsView;
class SourcesView;
class SystemsView;

/// The Sources screen: logs, what the case knows beside them, and the real systems that it acts on.
class SourcesScreen : public CaseView
{
    Q_OBJECT

public:
    SourcesScreen(SourcesView* sources, ListsView* lists, SystemsView* systems, QWidget* parent);
    void showSystems();

protected:
    void reload(const engine::Notice& notice) override;

private:
    SourcesView* m_sources;
    ListsView* m_lists;
    SystemsView* m_systems;
    QTabWidget* m_tabs;
};

} // namespace cordon::ui::views
