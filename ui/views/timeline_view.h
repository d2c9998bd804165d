#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/cell_table_model.h"
#include "ui/models/event_table_model.h"
#include "ui/views/case_view.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QTableView;

namespace cordon::ui::widgets {
class HistogramStrip;
class TimelineStrip;
class StatusDot;
}

namespace cordon::ui::views {

/// All events as a histogram with a brush, one incident's lanes, and the table of what the brush holds.
class TimelineView : public CaseView
{
    Q_OBJECT

public:
    TimelineView(bridge::CaseQueries& queries, QWidget* parent);
    /// Shows this incident's lanes; unset shows agent and people over the whole case.
    void choose(IncidentId id);

protected:
    void reload(const engine::Notice& notice) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Look
    {
        qint64 from = 0;
        qint64 to = 0;
    };
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeBottom();
    void addShortcuts();
    void askSummary();
    void askHistogram();
    void askIncidents();
    void askLanes();
    void showLanes(const engine::IncidentDetail& detail, const std::vector<engine::TimelineMark>& marks);
    void look(qint64 from, qint64 to, bool remembers);
    void undoLook();
    void applyFilter();
    void openEvent(EventId id);

    bridge::CaseQueries& m_queries;
    IncidentId m_incident;
    engine::CaseSummary m_summary;
    Look m_now;
    std::vector<Look> m_before;
    bool m_hasRange = false;
    quint64 m_question = 0;
    QComboBox* m_incidents;
    QLineEdit* m_text;
    QComboBox* m_scope;
    QLabel* m_total;
    widgets::HistogramStrip* m_histogram;
    widgets::TimelineStrip* m_lanes;
    models::EventTableModel* m_events;
    models::CellTableModel* m_marks;
    QSplitter* m_splitter;
    QTableView* m_table = nullptr;
    bool m_hasFitted = false;
    QLabel* m_count;
};

} // namespace cordon::ui::views
