#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/models/rejected_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPushButton;
class QTableView;
class QVBoxLayout;
class QStackedWidget;

namespace cordon::ui::views {

/// What was read and what is followed: files and folders, counts, how far they reach and lag, and every record that could
/// not be used.
class SourcesView : public CaseView
{
    Q_OBJECT

public:
    SourcesView(bridge::CaseQueries& queries, QWidget* parent);

signals:
    void addRequested(bool wantsOptions);
    void followFolderRequested();
    void followFileRequested();
    void stopFollowingRequested(const QString& root);

protected:
    void reload(const engine::Notice& notice) override;

private:
    /// Both halves of the table.
    struct Answer
    {
        std::vector<engine::FollowedRow> followed;
        std::vector<engine::SourceRow> files;
    };
    void addHead(QVBoxLayout& column);
    void show(const Answer& answer);

    bridge::CaseQueries& m_queries;
    models::CellTableModel* m_sources;
    models::RejectedTableModel* m_rejected;
    QLabel* m_rate;
    QLabel* m_rejectedTitle;
    QStackedWidget* m_pages;
    QTableView* m_table = nullptr;
    QPushButton* m_stop = nullptr;
};

} // namespace cordon::ui::views
