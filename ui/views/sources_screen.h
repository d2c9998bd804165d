#pragma once

#include "ui/views/case_view.h"

class QTabWidget;

namespace cordon::ui::views {

class ListsView;
class SourcesView;

/// The Sources screen: logs on one page, what the case knows beside them on the other.
class SourcesScreen : public CaseView
{
    Q_OBJECT

public:
    SourcesScreen(SourcesView* sources, ListsView* lists, QWidget* parent);

protected:
    void reload(const engine::Notice& notice) override;

private:
    SourcesView* m_sources;
    ListsView* m_lists;
};

} // namespace cordon::ui::views
