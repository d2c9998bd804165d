#include "ui/views/incident_pane.h"

#include "ui/dialogs/event_bytes_dialog.h"
#include "ui/models/case_rows.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/views/cited_evidence.h"
#include "ui/views/incident_graph.h"
#include "ui/views/incident_header.h"
#include "ui/views/incident_timeline.h"
#include "ui/views/member_list.h"
#include "ui/views/notes_page.h"
#include "ui/views/rights.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/graph_canvas.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/timeline_strip.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <map>
#include <utility>

namespace cordon::ui::views {

using namespace widgets;

namespace {

constexpr int fewestStoryPixels = 96;

} // namespace

IncidentPane::IncidentPane(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : QWidget(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_header(new IncidentHeader(this))
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_members(new models::CellTableModel(memberHeaders(), this))
    , m_alerts(new models::CellTableModel(models::alertHeaders(), this))
    , m_evidence(new models::CellTableModel(citedEvidenceHeaders(), this))
    , m_events(new models::EventTableModel(queries, this))
    , m_notes(new NotesPage(this))
    , m_spanLabel(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_fold(button({}, ButtonLook::Link, this))
    , m_timeline(new TimelineStrip(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    QFrame* tabLine = ground(QStringLiteral("window"), QStringLiteral("bottom"), this);
    auto* tabRow = new QHBoxLayout(tabLine);
    tabRow->setContentsMargins(18, 6, 18, 0);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true); // only where the words do not fit
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setAccessibleName(tr("Views of the incident"));
    for (int i = Story; i <= Notes; ++i)
        m_tabs->addTab({});
    tabRow->addWidget(m_tabs, 1);
    column->addWidget(tabLine);

    QTableView* alerts = m_alertTable = table(tr("Alerts of the incident"), tableRoles(), this);
    alerts->setModel(m_alerts);
    alerts->setSelectionMode(QAbstractItemView::ExtendedSelection); // what is selected can be split off or moved
    QTableView* events = table(tr("Events of the incident"), tableRoles(), this);
    events->setModel(m_events);
    QTableView* evidence = table(tr("Evidence cited by the incident"), tableRoles(), this);
    evidence->setModel(m_evidence);
    evidence->setColumnWidth(0, 240);
    evidence->setColumnWidth(1, 130);
    evidence->setColumnWidth(2, 110);
    for (int i = 0; i < m_events->columnCount(); ++i)
        events->setColumnWidth(i, i == models::EventTableModel::Did ? 200 : i == models::EventTableModel::Time ? 185 : 110);
    alerts->setColumnWidth(0, 190);
    alerts->setColumnWidth(2, 230);
    alerts->setColumnWidth(3, 190);
    m_pages->addWidget(storyPage());
    m_pages->addWidget(graphPage());
    m_pages->addWidget(tablePage(alerts));
    m_pages->addWidget(tablePage(events));
    m_pages->addWidget(tablePage(evidence));
    m_pages->addWidget(m_notes);
    column->addWidget(m_pages, 1);

    addStrip(column);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        fillShownTable();
    });
    connect(m_header, &IncidentHeader::assignRequested, this, &IncidentPane::assignToMe);
    connect(m_header, &IncidentHeader::closeRequested, this, &IncidentPane::closeIncident);
    connect(m_header, &IncidentHeader::reopenRequested, this, &IncidentPane::reopenIncident);
    connect(m_header, &IncidentHeader::arrangeRequested, this, &IncidentPane::arrange);
    connect(m_notes, &NotesPage::addRequested, this, &IncidentPane::addNote);
    connect(m_storyText, &StoryText::linkActivated, this, &IncidentPane::openCitation);
    connect(m_timeline, &TimelineStrip::markActivated, this, [this](qint64 tag) {
        if (tag > 0)
            openEvents({EventId{tag}});
    });
    connect(events, &QTableView::activated, this, [this](const QModelIndex& index) {
        openEvents({m_events->eventAt(index.row())});
    });
    connect(alerts, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto row = static_cast<std::size_t>(index.row());
        if (row < m_detail.alerts.size())
            openEvents(m_detail.alerts[row].events);
    });
    connect(m_events, &models::EventTableModel::counted, this, [this](qint64) { showTabs(); });
    connect(&commander, &bridge::Commander::rolesChanged, this, &IncidentPane::showRights);
    showRights();
    clearDetail();
}

void IncidentPane::showRights()
{
    m_header->setWhyNot(whyNot(m_commander));
    m_notes->setWhyNot(whyNot(m_commander));
}

void IncidentPane::addStrip(QVBoxLayout* column)
{
    QFrame* strip = ground(QStringLiteral("window"), QStringLiteral("top"), this);
    auto* stripColumn = new QVBoxLayout(strip);
    stripColumn->setContentsMargins(18, 10, 18, 10);
    stripColumn->setSpacing(8);
    auto* legend = new QHBoxLayout;
    legend->setSpacing(8);
    legend->addWidget(label(tr("Timeline"), TextRole::Strong, {}, strip));
    legend->addWidget(new StatusDot(tr("attacker"), QStringLiteral("attacker"), true, strip));
    legend->addWidget(new StatusDot(tr("agent"), QStringLiteral("agent"), true, strip));
    legend->addWidget(new StatusDot(tr("people"), QStringLiteral("people"), true, strip));
    legend->addStretch(1);
    legend->addWidget(m_spanLabel);
    m_fold->setFont(theme::interfaceFont(12));
    legend->addWidget(m_fold);
    connect(m_fold, &QPushButton::clicked, this, [this] {
        m_wantsTimeline = m_timeline->isHidden();
        shareHeight();
    });
    stripColumn->addLayout(legend);
    stripColumn->addWidget(m_timeline);
    column->addWidget(strip);
}

QWidget* IncidentPane::storyPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(18, 13, 18, 12);
    column->setSpacing(10);
    m_storyText = new StoryText(page);
    m_storyText->setAccessibleName(tr("Story of the incident"));
    column->addWidget(m_storyText);
    m_smallGraph = new GraphCanvas(page);
    column->addWidget(m_smallGraph, 1);
    column->addStretch(0); // below the story where the graph is not
    connect(m_smallGraph, &GraphCanvas::nodeActivated, this, [this] { m_tabs->setCurrentIndex(Graph); });
    return page;
}

QWidget* IncidentPane::graphPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(18, 13, 18, 12);
    m_bigGraph = new GraphCanvas(page);
    m_bigGraph->setAccessibleName(tr("Entity graph, large"));
    column->addWidget(m_bigGraph, 3);
    QTableView* members = table(tr("Members of the incident"), tableRoles(), page);
    members->setModel(m_members);
    members->setColumnWidth(0, 170);
    members->setColumnWidth(2, 150);
    members->setColumnWidth(3, 50);
    members->setColumnWidth(4, 110);
    column->addWidget(members, 2);
    connect(m_bigGraph, &GraphCanvas::nodeActivated, this, [this, members](const QString& id) {
        const int row = m_members->rowOf(id);
        if (row >= 0)
            members->selectRow(row);
    });
    return page;
}

QWidget* IncidentPane::tablePage(QTableView* view)
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 6, 10, 6);
    column->addWidget(view);
    return page;
}

void IncidentPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareHeight();
}

/// The story and the graph come first. Where the timeline does not fit beside them it folds; unfolded by hand, it takes
/// the graph's place, which has a tab of its own.
void IncidentPane::shareHeight()
{
    const int head = (m_header->hasHeightForWidth() ? m_header->heightForWidth(width()) : m_header->sizeHint().height()) + m_tabs->sizeHint().height();
    const int strip = m_timeline->sizeHint().height() + m_fold->sizeHint().height() + 28;
    const int left = height() - head - fewestStoryPixels - 44;
    const int graph = m_smallGraph->minimumSizeHint().height();
    const bool showsTimeline = m_wantsTimeline.value_or(left >= graph + strip);
    m_timeline->setVisible(showsTimeline);
    m_smallGraph->setVisible(left >= graph + (showsTimeline ? strip : m_fold->sizeHint().height()));
    m_fold->setText(showsTimeline ? tr("hide") : tr("show"));
    m_fold->setAccessibleName(showsTimeline ? tr("Hide the timeline") : tr("Show the timeline"));
}

void IncidentPane::setDetail(const engine::IncidentDetail& detail)
{
    const bool isOther = detail.incident.id != m_detail.incident.id;
    m_detail = detail;
    if (isOther) { // nothing of the other stays selected
        m_members->setRows({});
        m_alerts->setRows({});
    }
    setEnabled(true);
    m_header->show(detail, m_commander.person());
    m_story = storyOf(detail.brief);
    m_storyText->setSentences(m_story.sentences);
    const widgets::Graph graph = graphOf(detail.incident, detail.brief.identityChanges);
    m_smallGraph->setGraph(graph);
    m_bigGraph->setGraph(graph);
    m_notes->show(detail.notes);
    showTables();
    if (isOther) {
        m_marks.clear();
        engine::EventFilter filter;
        filter.incident = detail.incident.id;
        m_events->setFilter(filter);
    } else {
        m_events->refresh();
    }
    showTimeline();
    showTabs();
    shareHeight();
}

void IncidentPane::setMarks(const std::vector<engine::TimelineMark>& marks)
{
    m_marks = marks;
    showTimeline();
}

void IncidentPane::clearDetail()
{
    m_detail = {};
    setEnabled(false);
    m_storyText->setSentences({});
    showTabs();
}

void IncidentPane::showTables()
{
    m_areMembersStale = m_areAlertsStale = true;
    fillShownTable();
    m_evidence->setRows(citedEvidence(m_detail.alerts, m_sources));
    std::set<std::string> attackers;
    for (const IncidentMember& member : m_detail.incident.members) {
        if (member.role == EntityRole::Attacker)
            attackers.insert(member.entity.key());
    }
    std::map<EventId, QString> rules;
    for (const Alert& alert : m_detail.alerts) {
        for (const EventId event : alert.events)
            rules.emplace(event, text::plainLine(alert.rule.title));
    }
    m_events->setContext(std::move(attackers), std::move(rules));
}

/// Which files the digests are.
void IncidentPane::askSources()
{
    m_queries.ask<std::vector<engine::SourceRow>>(
        this, [](bridge::CaseSource& source) { return source.sources(); },
        [this](const Result<std::vector<engine::SourceRow>>& sources) {
            if (!sources)
                return;
            m_sources = *sources;
            m_evidence->setRows(citedEvidence(m_detail.alerts, m_sources));
        });
}

/// A flood makes thousands of rows at each look; those of tabs that nobody sees wait.
void IncidentPane::fillShownTable()
{
    if (m_pages->currentIndex() == Graph && std::exchange(m_areMembersStale, false))
        m_members->setRows(memberRows(m_detail.incident, m_detail.alerts));
    if (m_pages->currentIndex() == Alerts)
        fillAlerts();
    if (m_pages->currentIndex() == Evidence)
        askSources();
}

void IncidentPane::fillAlerts()
{
    if (std::exchange(m_areAlertsStale, false))
        m_alerts->setRows(models::alertRows(m_detail.alerts));
}

void IncidentPane::showTimeline()
{
    const IncidentTimeline timeline = timelineOf(m_detail, m_marks, 3);
    m_timeline->setLanes(timeline.lanes);
    m_timeline->setRange(timeline.from, timeline.to);
    const QString span = text::span(Timestamp::fromMicros(timeline.from), Timestamp::fromMicros(timeline.to));
    m_spanLabel->setText(span);
    m_spanLabel->setToolTip(span);
}

void IncidentPane::showTabs()
{
    m_tabs->setTabText(Story, tr("Story"));
    m_tabs->setTabText(Graph, tr("Graph"));
    const std::size_t all = m_detail.incident.alerts.size();
    m_tabs->setTabText(Alerts, all > m_detail.alerts.size()
                                   ? tr("Alerts %1 of %2", "shown, all").arg(text::count(static_cast<qint64>(m_detail.alerts.size())), text::count(static_cast<qint64>(all)))
                                   : tr("Alerts %1").arg(m_detail.alerts.size()));
    m_tabs->setTabText(Events, tr("Events %1").arg(text::count(m_detail.incident.id.isSet() ? m_events->rowCount() : 0)));
    m_tabs->setTabText(Evidence, tr("Evidence %1").arg(m_evidence->rowCount()));
    m_tabs->setTabText(Notes, tr("Notes %1").arg(m_detail.notes.size()));
}

void IncidentPane::openCitation(const QString& link)
{
    const auto number = static_cast<std::size_t>(link.section(QLatin1Char(':'), 1).toUInt());
    if (number < m_story.cited.size())
        openEvents(m_story.cited[number]);
}

void IncidentPane::openEvents(std::vector<EventId> events)
{
    std::erase_if(events, [](EventId id) { return !id.isSet(); });
    if (!events.empty())
        (new dialogs::EventBytesDialog(m_queries, std::move(events), window()))->open();
}

void IncidentPane::nextTab(int by)
{
    m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
}

} // namespace cordon::ui::views
