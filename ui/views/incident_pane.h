#pragma once

#include "ui/bridge/commander.h"
#include "ui/models/cell_table_model.h"
#include "ui/models/event_table_model.h"
#include "ui/views/incident_story.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;
class QVBoxLayout;

namespace cordon::ui::widgets {
class GraphCanvas;
class TimelineStrip;
}

namespace cordon::ui::views {

class IncidentHeader;
class NotesPage;

/// The middle of Triage: one incident, as story, graph, alerts, events, evidence and notes, its timeline below.
class IncidentPane : public QWidget
{
    Q_OBJECT

public:
    IncidentPane(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);
    void setDetail(const engine::IncidentDetail& detail);
    void setMarks(const std::vector<engine::TimelineMark>& marks);
    void clearDetail();
    void assignToMe();
    void addNote();
    void closeIncident();
    void reopenIncident();
    void arrange();
    void nextTab(int by);
    [[nodiscard]] const engine::IncidentDetail& detail() const { return m_detail; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Tab { Story, Graph, Alerts, Events, Evidence, Notes };
    [[nodiscard]] QWidget* storyPage();
    [[nodiscard]] QWidget* graphPage();
    [[nodiscard]] QWidget* tablePage(QTableView* table);
    void showRights();
    void openCitation(const QString& link);
    void openEvents(std::vector<EventId> events);
    void showTabs();
    void showTables();
    void fillShownTable();
    void askSources();
    void fillAlerts();
    void showTimeline();
    void shareHeight();
    void addStrip(QVBoxLayout* column);

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    engine::IncidentDetail m_detail;
    std::vector<engine::TimelineMark> m_marks;
    IncidentStory m_story;
    IncidentHeader* m_header;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    widgets::StoryText* m_storyText = nullptr;
    widgets::GraphCanvas* m_smallGraph = nullptr;
    widgets::GraphCanvas* m_bigGraph = nullptr;
    models::CellTableModel* m_members;    ///< filled when its tab is looked at, as alerts are
    bool m_areMembersStale = true;
    bool m_areAlertsStale = true;
    models::CellTableModel* m_alerts;
    QTableView* m_alertTable = nullptr;
    models::CellTableModel* m_evidence;
    std::vector<engine::SourceRow> m_sources; ///< of the case, once somebody looks at the evidence
    models::EventTableModel* m_events;
    NotesPage* m_notes;
    QLabel* m_spanLabel;
    QPushButton* m_fold;
    widgets::TimelineStrip* m_timeline;
    std::optional<bool> m_wantsTimeline; ///< said by a person; until then there is one where it fits
};

} // namespace cordon::ui::views
