#include "ui/views/triage_view.h"

#include "ui/dialogs/decision_dialog.h"
#include "ui/dialogs/decision_rows.h"
#include "ui/views/containment_panel.h"
#include "ui/views/incident_pane.h"
#include "ui/views/incident_queue.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>

#include <algorithm>
#include <map>
#include <utility>

namespace cordon::ui::views {
namespace {

constexpr int restShare = 10;      // times as long as showing an incident took, before it is shown anew
constexpr int longestRest = 3'000; // milliseconds
constexpr int queueShare = 21;     // per cent of the screen's width
constexpr int sequenceShare = 31;

} // namespace

TriageView::TriageView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_queue(new IncidentQueue(m_splitter))
    , m_pane(new IncidentPane(queries, commander, m_splitter))
    , m_containment(new ContainmentPanel(commander, m_splitter))
    , m_rest(new QTimer(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_queue->setMinimumWidth(230);
    m_pane->setMinimumWidth(440);
    m_containment->setMinimumWidth(320);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isSetByHand = true; });
    m_queue->model().setPerson(commander.person());
    connect(m_queue, &IncidentQueue::chosen, this, &TriageView::load);
    connect(m_containment, &ContainmentPanel::reviewRequested, this, &CaseView::reviewRequested);
    connect(m_containment, &ContainmentPanel::decisionWanted, this, &TriageView::showDecision);
    connect(&commander, &bridge::Commander::personChosen, this, [this](const QString& person) {
        m_queue->model().setPerson(person);
        if (m_pane->detail().incident.id.isSet())
            m_pane->setDetail(engine::IncidentDetail(m_pane->detail()));
    });
    m_rest->setSingleShot(true);
    connect(m_rest, &QTimer::timeout, this, [this] {
        if (std::exchange(m_wantsReload, false) && m_pane->detail().incident.id.isSet())
            load(m_pane->detail().incident.id);
    });
    setFocusProxy(m_queue);
    addShortcuts();
}

void TriageView::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    add(Qt::Key_J, [this] { m_queue->step(1); });
    add(Qt::Key_K, [this] { m_queue->step(-1); });
    add(Qt::Key_A, [this] { m_pane->assignToMe(); });
    add(Qt::Key_C, [this] { m_pane->closeIncident(); });
    add(Qt::Key_M, [this] { m_pane->arrange(); });
    add(Qt::Key_N, [this] { m_pane->addNote(); });
    add(Qt::Key_R, [this] { m_containment->reviewFirst(); });
    add(Qt::CTRL | Qt::Key_Tab, [this] { m_pane->nextTab(1); });
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab, [this] { m_pane->nextTab(-1); });
}

void TriageView::choose(IncidentId id)
{
    m_queue->choose(id);
}

IncidentId TriageView::current() const
{
    return m_queue->current();
}

QByteArray TriageView::layoutState() const
{
    return m_isSetByHand ? m_splitter->saveState() : QByteArray();
}

void TriageView::restoreLayout(const QByteArray& state)
{
    m_isSetByHand = m_splitter->restoreState(state);
}

void TriageView::setSealed()
{
    m_containment->setSealed();
}

void TriageView::shareWidth()
{
    const int queue = std::clamp(width() * queueShare / 100, 240, 380);
    const int sequence = std::clamp(width() * sequenceShare / 100, 330, 460);
    m_splitter->setSizes({queue, std::max(1, width() - queue - sequence), sequence});
}

void TriageView::resizeEvent(QResizeEvent* event)
{
    CaseView::resizeEvent(event);
    if (!m_isSetByHand)
        shareWidth();
}

void TriageView::reload(const engine::Notice& notice)
{
    m_notice = notice;
    m_containment->setNow(notice.caseNow);
    m_containment->setHalted(notice.agent == engine::AgentState::Halted);
    m_queue->model().setHalted(notice.agent == engine::AgentState::Halted);
    if (m_isAsking) {
        m_isStale = true;
        return;
    }
    m_isAsking = true;
    m_queries.ask<models::IncidentRows>(
        this,
        [former = std::make_shared<models::IncidentRows>(std::move(m_former))](bridge::CaseSource& source) -> Result<models::IncidentRows> {
            former->reset(); // tens of thousands of rows are let go of here, not in the window's thread
            CORDON_TRY(std::vector<engine::IncidentRow> rows, source.incidents());
            return std::make_shared<const std::vector<engine::IncidentRow>>(std::move(rows));
        },
        [this](const Result<models::IncidentRows>& rows) {
            m_isAsking = false;
            const bool isStale = std::exchange(m_isStale, false);
            if (!rows) {
                if (rows.error().code == ErrorCode::NotFound && !m_hasBeenRead)
                    return; // the case is being begun: its index does not stand yet
                emit said(tr("The incidents could not be read: %1").arg(QString::fromStdString(rows.error().detail)));
                return; // the next notice asks anew
            }
            m_hasBeenRead = true;
            const IncidentId before = m_queue->current();
            m_former = m_queue->model().rows();
            m_queue->setRows(*rows);
            if (before.isSet() && before == m_queue->current())
                load(before);
            if ((*rows)->empty()) {
                m_pane->clearDetail();
                m_containment->clearDetail();
            }
            if (isStale)
                reload(m_notice);
        });
}

/// With the words of the mandate's clauses: their names alone tell nobody anything.
void TriageView::showDecision(const Step& step)
{
    m_queries.ask<engine::AgentPicture>(
        this, [](bridge::CaseSource& source) { return source.agent(); },
        [this, step](const Result<engine::AgentPicture>& agent) {
            const auto clauses = agent ? dialogs::clauseTexts(*agent) : std::map<std::string, Text>();
            (new dialogs::DecisionDialog(step, clauses, window()))->open();
        });
}

void TriageView::load(IncidentId id)
{
    const bool isSame = m_pane->detail().incident.id == id;
    if ((m_isLoading || m_rest->isActive()) && isSame) {
        m_wantsReload = true;
        return;
    }
    m_isLoading = true;
    const quint64 question = ++m_question;
    m_queries.ask<engine::IncidentDetail>(
        this, [id](bridge::CaseSource& source) { return source.incident(id); },
        [this, question](const Result<engine::IncidentDetail>& detail) {
            if (question != m_question)
                return;
            m_isLoading = false;
            if (!detail) {
                m_wantsReload = false; // the next notice asks anew
                emit said(tr("The incident could not be read: %1").arg(QString::fromStdString(detail.error().detail)));
                return;
            }
            QElapsedTimer took;
            took.start();
            m_pane->setDetail(*detail);
            m_containment->setDetail(*detail);
            m_rest->start(static_cast<int>(std::min<qint64>(took.elapsed() * restShare, longestRest)));
        });
    m_queries.ask<std::vector<engine::TimelineMark>>(
        this, [id](bridge::CaseSource& source) { return source.marks(id); },
        [this, question](const Result<std::vector<engine::TimelineMark>>& marks) {
            if (question == m_question && marks)
                m_pane->setMarks(*marks);
        });
}

} // namespace cordon::ui::views
