#include "ui/views/timeline_view.h"

#include "ui/dialogs/event_bytes_dialog.h"
#include "ui/models/case_rows.h"
#include "ui/models/choices.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/incident_timeline.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/histogram_strip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/timeline_strip.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

namespace {

constexpr std::size_t keptLooks = 50;
constexpr std::size_t mostLanes = 8;
constexpr int typingPause = 250;

enum Scope { AllEvents, OfIncident, OnlyFailures };

} // namespace

TimelineView::TimelineView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_incidents(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_scope(new QComboBox(this))
    , m_total(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_histogram(new HistogramStrip(this))
    , m_lanes(new TimelineStrip(this))
    , m_events(new models::EventTableModel(queries, this))
    , m_marks(new models::CellTableModel(models::markHeaders(), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_count(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    QSplitter* splitter = m_splitter;
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    auto* scroll = new QScrollArea(splitter);
    scroll->setWidgetResizable(true);
    auto* page = new QWidget(scroll);
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(18, 4, 18, 8);
    pageColumn->addWidget(m_lanes);
    pageColumn->addStretch(1);
    scroll->setWidget(page);
    m_lanes->setInteractive(true);
    m_lanes->setAccessibleName(tr("Lanes of the incident"));
    splitter->addWidget(scroll);
    splitter->addWidget(makeBottom());
    splitter->setSizes({320, 320});
    column->addWidget(splitter, 1);

    connect(m_histogram, &HistogramStrip::brushed, this, [this](qint64 from, qint64 to) { look(from, to, true); });
    connect(m_lanes, &TimelineStrip::rangeChanged, this, [this](qint64 from, qint64 to) { look(from, to, true); });
    connect(m_lanes, &TimelineStrip::markActivated, this, [this](qint64 tag) { openEvent(EventId{tag}); });
    connect(m_incidents, &QComboBox::activated, this, [this](int row) { choose(IncidentId{m_incidents->itemData(row).toLongLong()}); });
    connect(m_scope, &QComboBox::activated, this, &TimelineView::applyFilter);
    auto* pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(typingPause);
    connect(m_text, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(pause, &QTimer::timeout, this, &TimelineView::applyFilter);
    connect(m_events, &models::EventTableModel::counted, this,
            [this](qint64 events) { m_count->setText(tr("%1 event(s) in view", nullptr, static_cast<int>(events)).arg(text::count(events))); });
    addShortcuts();
}

QWidget* TimelineView::makeHead()
{
    auto* head = new QWidget(this);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(18, 12, 18, 8);
    column->setSpacing(10);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(label(tr("Timeline"), TextRole::Title, {}, head));
    m_incidents->setAccessibleName(tr("Incident shown in the lanes"));
    m_incidents->setMinimumWidth(260);
    m_incidents->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(m_incidents);
    m_scope->addItems({tr("All events"), tr("Events of the incident"), tr("Only failures")});
    m_scope->setAccessibleName(tr("Which events the table shows"));
    row->addWidget(m_scope);
    m_text->setPlaceholderText(tr("Filter by action, identity or address  /"));
    m_text->setAccessibleName(tr("Filter events"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(320);
    row->addWidget(m_text, 1);
    row->addStretch(1);
    row->addWidget(new StatusDot(tr("suspected attacker"), QStringLiteral("attacker"), true, head));
    row->addWidget(new StatusDot(tr("agent"), QStringLiteral("agent"), true, head));
    row->addWidget(new StatusDot(tr("people"), QStringLiteral("people"), true, head));
    column->addLayout(row);
    auto* overview = new QHBoxLayout;
    m_total->setFixedWidth(130);
    m_total->setWordWrap(true);
    overview->addWidget(m_total);
    overview->addWidget(m_histogram, 1);
    column->addLayout(overview);
    return head;
}

QWidget* TimelineView::makeBottom()
{
    auto* tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(tr("Tables below the timeline"));
    m_table = table(tr("Events in view"), tableRoles(), tabs);
    m_table->setModel(m_events);
    const int widths[] = {204, 110, 190, 230, 200, 150};
    for (int i = 0; i < 6; ++i)
        m_table->setColumnWidth(i, widths[i]);
    QTableView* marks = table(tr("What agent and people did"), tableRoles(), tabs);
    marks->setModel(m_marks);
    marks->setColumnWidth(0, 204);
    marks->setColumnWidth(1, 100);
    marks->setColumnWidth(2, 180);
    marks->setColumnWidth(3, 420);
    tabs->addTab(m_table, tr("Events"));
    tabs->addTab(marks, tr("Agent and people"));
    m_count->setContentsMargins(0, 0, 18, 0);
    tabs->setCornerWidget(m_count, Qt::TopRightCorner);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) { openEvent(m_events->eventAt(index.row())); });
    return tabs;
}

void TimelineView::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    add(Qt::Key_Slash, [this] { m_text->setFocus(); });
    add(QKeySequence::Undo, [this] { undoLook(); });
    add(Qt::Key_BracketLeft, [this] { m_lanes->stepMark(false); });
    add(Qt::Key_BracketRight, [this] { m_lanes->stepMark(true); });
}

void TimelineView::choose(IncidentId id)
{
    if (m_incident == id)
        return;
    m_incident = id;
    m_hasRange = false;
    const int row = m_incidents->findData(static_cast<qlonglong>(id.value));
    if (row >= 0)
        m_incidents->setCurrentIndex(row);
    if (isVisible())
        askLanes();
}

void TimelineView::reload(const engine::Notice&)
{
    askSummary();
    askIncidents();
    askLanes();
    m_events->refresh();
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    CaseView::resizeEvent(event);
    if (isVisible())
        askHistogram();
}

void TimelineView::askSummary()
{
    m_queries.ask<engine::CaseSummary>(
        this, [](bridge::CaseSource& source) { return source.summary(); },
        [this](const Result<engine::CaseSummary>& summary) {
            if (!summary)
                return;
            m_summary = *summary;
            m_total->setText(m_summary.events == 0 ? tr("No events yet")
                                                   : tr("All events · %1\n%2", "count, day")
                                                         .arg(text::count(m_summary.events), text::day(m_summary.first)));
            if (!m_hasRange && !m_incident.isSet())
                look(m_summary.first.micros(), m_summary.last.micros() + 1, false);
            askHistogram();
        });
}

void TimelineView::askHistogram()
{
    if (m_summary.events == 0)
        return;
    const Timestamp from = m_summary.first;
    const Timestamp to = m_summary.last + Duration(1);
    const int buckets = m_histogram->buckets();
    m_queries.ask<std::vector<std::int64_t>>(
        this,
        [from, to, buckets](bridge::CaseSource& source) { return source.histogram(engine::EventFilter{}, from, to, buckets); },
        [this, from, to](const Result<std::vector<std::int64_t>>& counts) {
            if (counts)
                m_histogram->setCounts(std::vector<qint64>(counts->begin(), counts->end()), from.micros(), to.micros());
        });
}

void TimelineView::askIncidents()
{
    m_queries.ask<std::vector<engine::IncidentRow>>(
        this, [](bridge::CaseSource& source) { return source.incidents(); },
        [this](const Result<std::vector<engine::IncidentRow>>& rows) {
            if (!rows)
                return;
            m_incidents->clear();
            m_incidents->addItem(tr("Whole case"), 0LL);
            for (const engine::IncidentRow& row : models::firstChoices(*rows))
                m_incidents->addItem(tr("%1 · %2", "incident, title").arg(QString::fromStdString(toString(row.id)), text::sentence(row.title)),
                                     static_cast<qlonglong>(row.id.value));
            const QVariant chosen = static_cast<qlonglong>(m_incident.value);
            if (m_incident.isSet() && m_incidents->findData(chosen) < 0)
                m_incidents->addItem(QString::fromStdString(toString(m_incident)), chosen);
            m_incidents->setCurrentIndex(std::max(0, m_incidents->findData(chosen)));
        });
}

void TimelineView::askLanes()
{
    const IncidentId id = m_incident;
    const quint64 question = ++m_question;
    using Answer = std::pair<engine::IncidentDetail, std::vector<engine::TimelineMark>>;
    m_queries.ask<Answer>(
        this,
        [id](bridge::CaseSource& source) -> Result<Answer> {
            Answer answer;
            if (id.isSet()) {
                CORDON_TRY(answer.first, source.incident(id));
                CORDON_TRY(answer.second, source.marks(id));
            } else {
                CORDON_TRY(answer.second, source.marks(std::nullopt));
            }
            return answer;
        },
        [this, question](const Result<Answer>& answer) {
            if (question == m_question && answer)
                showLanes(answer->first, answer->second);
        });
}

void TimelineView::showLanes(const engine::IncidentDetail& detail, const std::vector<engine::TimelineMark>& marks)
{
    IncidentTimeline timeline = timelineOf(detail, marks, mostLanes);
    if (!m_incident.isSet() && m_summary.events > 0) {
        timeline.from = m_summary.first.micros();
        timeline.to = m_summary.last.micros() + 1;
        for (const engine::TimelineMark& mark : marks)
            timeline.to = std::max<qint64>(timeline.to, mark.time.micros() + 1'000'000);
    }
    m_lanes->setLanes(timeline.lanes);
    m_lanes->setMilestone(timeline.firstContainment, timeline.milestone, QStringLiteral("agent"));
    m_lanes->setFullRange(timeline.from, timeline.to);
    m_marks->setRows(models::markRows(marks));
    std::set<std::string> attackers;
    for (const IncidentMember& member : detail.incident.members) {
        if (member.role == EntityRole::Attacker)
            attackers.insert(member.entity.key());
    }
    std::map<EventId, QString> rules;
    for (const Alert& alert : detail.alerts) {
        for (const EventId event : alert.events)
            rules.emplace(event, text::plainLine(alert.rule.title));
    }
    m_events->setContext(std::move(attackers), std::move(rules));
    if (!m_hasFitted) {
        m_hasFitted = true;
        const int lanes = std::min(m_lanes->sizeHint().height() + 34, m_splitter->height() / 2);
        m_splitter->setSizes({lanes, m_splitter->height() - lanes});
    }
    if (!m_hasRange)
        look(timeline.from, timeline.to, false);
}

void TimelineView::look(qint64 from, qint64 to, bool remembers)
{
    if (remembers && m_hasRange) {
        m_before.push_back(m_now);
        if (m_before.size() > keptLooks)
            m_before.erase(m_before.begin());
    }
    m_now = {from, to};
    m_hasRange = true;
    m_lanes->setRange(from, to);
    m_histogram->setBrush(from, to);
    applyFilter();
}

void TimelineView::undoLook()
{
    if (m_before.empty())
        return;
    const Look last = m_before.back();
    m_before.pop_back();
    look(last.from, last.to, false);
}

void TimelineView::applyFilter()
{
    engine::EventFilter filter;
    filter.from = Timestamp::fromMicros(m_now.from);
    filter.to = Timestamp::fromMicros(m_now.to);
    filter.text = m_text->text().trimmed().toStdString();
    filter.onlyFailures = m_scope->currentIndex() == OnlyFailures;
    if (m_scope->currentIndex() == OfIncident && m_incident.isSet())
        filter.incident = m_incident;
    m_events->setFilter(filter);
}

void TimelineView::openEvent(EventId id)
{
    if (id.isSet())
        (new dialogs::EventBytesDialog(m_queries, {id}, window()))->open();
}

} // namespace cordon::ui::views
