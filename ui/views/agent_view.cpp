#include "ui/views/agent_view.h"

#include "ui/dialogs/drill_dialog.h"
#include "ui/dialogs/mandate_editor_dialog.h"
#include "ui/dialogs/test_decision_dialog.h"
#include "ui/models/agent_rows.h"
#include "ui/models/case_rows.h"
#include "ui/models/system_rows.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/budget_card.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/table_delegate.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

namespace {

QString stateWord(engine::AgentState state)
{
    switch (state) {
    case engine::AgentState::Observing: return AgentView::tr("observing");
    case engine::AgentState::Acting: return AgentView::tr("acting");
    case engine::AgentState::Waiting: return AgentView::tr("waiting for people");
    case engine::AgentState::Halted: return AgentView::tr("halted");
    case engine::AgentState::Paused: return AgentView::tr("paused");
    }
    return {};
}

QString verdictWord(const std::string& verdict)
{
    if (verdict == "auto")
        return AgentView::tr("auto");
    if (verdict == "never")
        return AgentView::tr("never");
    if (verdict == "read")
        return AgentView::tr("may read");
    if (verdict.rfind("approve:", 0) == 0) {
        const int people = QString::fromStdString(verdict.substr(8)).toInt();
        return people == 1 ? AgentView::tr("1 approver") : AgentView::tr("%1 approvers").arg(people);
    }
    return text::plainLine(verdict);
}

QString verdictTone(const std::string& verdict)
{
    if (verdict == "auto")
        return QStringLiteral("agent");
    if (verdict == "never")
        return QStringLiteral("attacker");
    return verdict == "read" ? QStringLiteral("dim") : QStringLiteral("people");
}

QString partOf(int used, int most)
{
    return most > 0 ? AgentView::tr("%1 of %2").arg(used).arg(most) : QString::number(used);
}

double share(int used, int most)
{
    return most > 0 ? static_cast<double>(used) / most : 0.0;
}

} // namespace

AgentView::AgentView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_name(label({}, TextRole::Title, {}, this))
    , m_state(new StatusDot({}, QStringLiteral("agent"), true, this))
    , m_waits(new StatusDot({}, QStringLiteral("people"), true, this))
    , m_identity(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_session(new BudgetCard(tr("Session remaining"), QStringLiteral("agent"), this))
    , m_incident(new BudgetCard(tr("Actions used"), QStringLiteral("agent"), this))
    , m_hour(new BudgetCard(tr("Actions in the window"), QStringLiteral("agent"), this))
    , m_touched(new BudgetCard(tr("Identities touched"), QStringLiteral("agent"), this))
    , m_refused(new BudgetCard(tr("Refused by policy"), QStringLiteral("attacker"), this))
    , m_decisions(new models::CellTableModel(models::decisionHeaders(), this))
    , m_sessions(new models::CellTableModel(models::sessionHeaders(), this))
    , m_controls(new models::CellTableModel(models::controlHeaders(), this))
    , m_systems(new models::CellTableModel(models::systemHeaders(), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 18);
    column->setSpacing(14);
    auto* head = new QVBoxLayout;
    head->setSpacing(5);
    auto* nameRow = new QHBoxLayout;
    nameRow->setSpacing(12);
    nameRow->addWidget(m_name, 1);
    QPushButton* edit = button(tr("Edit mandate…"), ButtonLook::Plain, this);
    QPushButton* test = button(tr("Test a decision…"), ButtonLook::Plain, this);
    markAsChanging(test);
    connect(edit, &QPushButton::clicked, this, &AgentView::openEditor);
    connect(test, &QPushButton::clicked, this, &AgentView::openTest);
    QPushButton* drill = button(tr("Drill…"), ButtonLook::Plain, this);
    markAsChanging(drill);
    drill->setToolTip(tr("Practise halting: due every 90 days"));
    drill->setAccessibleName(tr("Practise halting"));
    connect(drill, &QPushButton::clicked, this, &AgentView::openDrill);
    nameRow->addWidget(drill);
    nameRow->addWidget(edit);
    nameRow->addWidget(test);
    head->addLayout(nameRow);
    auto* states = new QHBoxLayout;
    states->setSpacing(12);
    states->addWidget(m_state);
    states->addWidget(m_waits);
    states->addStretch(1);
    head->addLayout(states);
    m_identity->setWordWrap(true);
    head->addWidget(m_identity);
    column->addLayout(head);
    auto* budgets = new QHBoxLayout;
    budgets->setSpacing(14);
    for (BudgetCard* budget : {m_session, m_incident, m_hour, m_touched, m_refused})
        budgets->addWidget(budget, 1);
    column->addLayout(budgets);
    auto* panels = new QHBoxLayout;
    panels->setSpacing(14);
    m_see = addPanel(panels, tr("Can see"), tr("Data the agent may read in this session"));
    m_decide = addPanel(panels, tr("Can decide"), tr("What it may conclude without a person"));
    m_change = addPanel(panels, tr("Can change"), tr("Actions inside the verified scope"));
    column->addLayout(panels, 3);
    column->addWidget(makeTables(), 4);
}

QWidget* AgentView::makeTables()
{
    QFrame* frame = card(QStringLiteral("plain"), this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(10, 4, 10, 8);
    auto* tabs = new QTabWidget(frame);
    tabs->setAccessibleName(tr("Decisions, sessions and controls of the agent"));
    addTable(tabs, tr("Decisions"), tr("Every proposal, whoever made it, and the clause that decided; Enter opens the ledger entry"),
             m_decisions, {120, 380, 120, 150, 160});
    addTable(tabs, tr("Sessions"), tr("Sessions of the agent; Enter opens the ledger entry"), m_sessions, {172, 100, 100, 100, 172, 150});
    addTable(tabs, tr("Control frameworks"),
             tr("Controls, what meets them, and the newest ledger entry that shows it; Enter opens that entry"), m_controls,
             {110, 110, 240, 190, 150});
    QTableView* systems = table(tr("Real systems that the agent acts on"), tableRoles(), tabs);
    systems->setModel(m_systems);
    shareWidth(*systems, {116, 200, 76, 96, 166, -1, 60, 96, 100, 70});
    tabs->setTabToolTip(tabs->addTab(systems, tr("Real systems")), systems->accessibleName());
    column->addWidget(tabs);
    return frame;
}

void AgentView::addTable(QTabWidget* tabs, const QString& title, const QString& name, models::CellTableModel* model,
                         std::initializer_list<int> widths)
{
    QTableView* view = table(name, tableRoles(), tabs);
    view->setModel(model);
    int columnAt = 0;
    for (const int width : widths)
        view->setColumnWidth(columnAt++, width);
    connect(view, &QTableView::activated, this, [this, model](const QModelIndex& at) {
        const qint64 seq = model->keyAt(at.row()).toLongLong();
        if (seq >= 0)
            emit ledgerEntryRequested(seq);
        else
            emit said(tr("No entry of this case's ledger shows this control."));
    });
    tabs->setTabToolTip(tabs->addTab(view, title), name);
}

void AgentView::showSystems(const std::vector<engine::SystemState>& systems)
{
    m_systems->setRows(models::systemRows(systems));
}

void AgentView::openEditor()
{
    auto* editor = new dialogs::MandateEditorDialog(m_queries, window());
    connect(editor, &dialogs::MandateEditorDialog::saved, this,
            [this](const QString& file) { emit said(tr("%1 is saved for its owners to sign; the mandate in force is unchanged.").arg(file)); });
    editor->open();
}

void AgentView::openDrill()
{
    auto* dialog = new dialogs::DrillDialog(m_notice.agent == engine::AgentState::Halted, window());
    connect(dialog, &dialogs::DrillDialog::confirmed, &m_commander, &bridge::Commander::drill);
    dialog->open();
}

void AgentView::openTest()
{
    (new dialogs::TestDecisionDialog(m_queries, m_commander, window()))->open();
}

QVBoxLayout* AgentView::addPanel(QHBoxLayout* row, const QString& title, const QString& explanation)
{
    QFrame* frame = card(QStringLiteral("plain"), this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(16, 12, 4, 10);
    column->setSpacing(3);
    column->addWidget(label(title, TextRole::Strong, {}, frame));
    column->addWidget(label(explanation, TextRole::Small, QStringLiteral("dim"), frame));
    column->addSpacing(4);
    auto* scroll = new QScrollArea(frame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(title);
    auto* page = new QWidget(scroll);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 10, 0);
    rows->setSpacing(0);
    scroll->setWidget(page);
    column->addWidget(scroll, 1);
    row->addWidget(frame, 1);
    return rows;
}

void AgentView::fill(QVBoxLayout* rows, const std::vector<engine::MandateRow>& lines, const QString& kind)
{
    clear(rows);
    for (const engine::MandateRow& line : lines) {
        QFrame* frame = ground(QStringLiteral("panel"), QStringLiteral("top"), this);
        auto* row = new QHBoxLayout(frame);
        row->setContentsMargins(0, 6, 0, 6);
        QLabel* what = label(text::sentence(line.text), TextRole::Body, {}, frame);
        what->setWordWrap(true);
        what->setToolTip(tr("Clause %1 of the mandate, %2").arg(text::plainLine(line.clause), kind));
        QLabel* clause = monoLabel(text::plainLine(line.clause), QStringLiteral("faint"), frame);
        clause->setMinimumWidth(34); // one under the other; a longer name is not cut
        row->addWidget(clause, 0, Qt::AlignTop);
        row->addWidget(what, 1);
        row->addWidget(label(verdictWord(line.verdict), TextRole::Body, verdictTone(line.verdict), frame), 0, Qt::AlignTop);
        rows->addWidget(frame);
    }
    rows->addStretch(1);
}

void AgentView::reload(const engine::Notice& notice)
{
    m_notice = notice;
    m_queries.ask<engine::AgentPicture>(
        this, [](bridge::CaseSource& source) { return source.agent(); },
        [this](const Result<engine::AgentPicture>& picture) {
            if (picture)
                showPicture(*picture);
            else
                emit said(tr("The agent's mandate could not be read: %1").arg(QString::fromStdString(picture.error().detail)));
        });
    m_queries.ask<engine::AgentRecord>(
        this, [](bridge::CaseSource& source) { return source.agentRecord(); },
        [this](const Result<engine::AgentRecord>& record) {
            if (record)
                showRecord(*record);
            else
                emit said(tr("The agent's sessions could not be read: %1").arg(QString::fromStdString(record.error().detail)));
        });
}

void AgentView::showPicture(const engine::AgentPicture& picture)
{
    m_name->setText(text::plainLine(picture.id));
    const bool isStopped = m_notice.agent == engine::AgentState::Halted || m_notice.agent == engine::AgentState::Paused;
    const bool waits = m_notice.agent == engine::AgentState::Waiting;
    m_state->show(stateWord(m_notice.agent), isStopped ? QStringLiteral("attacker")
                                             : waits   ? QStringLiteral("people")
                                                       : QStringLiteral("agent"));
    m_waits->show(tr("%n step(s) wait for people", nullptr, m_notice.waitingApprovals), QStringLiteral("people"));
    m_identity->setText(tr("Non-human identity · owner %1 · deputy %2 · key %3 · mandate %4 revision %5, %6 · %7 · until %8")
                            .arg(text::plainLine(picture.owner), text::plainLine(picture.deputy),
                                 text::plainLine(picture.keyFingerprint).left(24), text::plainLine(picture.mandateId),
                                 QString::number(picture.mandateRevision), tr("signed by %n owner(s)", nullptr, picture.owners),
                                 text::plainLine(picture.environment), text::dayAndClock(picture.validUntil)));
    m_identity->setToolTip(tr("Mandate sha256 %1").arg(QString::fromStdString(picture.mandateDigest)));
    if (picture.sessionUntil) {
        const Duration left = *picture.sessionUntil - m_notice.caseNow;
        m_session->show(left < Duration(std::chrono::hours(1)) ? text::countdown(left) : text::length(left), std::min(1.0, static_cast<double>(left.count()) / (4.0 * 3600 * 1e6)));
    } else {
        m_session->show(tr("no session"), 0);
    }
    m_incident->show(partOf(picture.actionsUsed, picture.actionsMost), share(picture.actionsUsed, picture.actionsMost));
    m_hour->show(partOf(picture.perWindowUsed, picture.perWindowMost), share(picture.perWindowUsed, picture.perWindowMost));
    m_touched->show(partOf(picture.identitiesTouched, picture.identitiesMost), share(picture.identitiesTouched, picture.identitiesMost));
    m_refused->show(QString::number(picture.refused), picture.refused > 0 ? std::min(1.0, picture.refused / 20.0) : 0);
    if (const QString digest = QString::fromStdString(picture.mandateDigest); digest != m_shownMandate || digest.isEmpty()) {
        m_shownMandate = digest;
        std::vector<engine::MandateRow> change = picture.change;
        change.insert(change.end(), picture.forbid.begin(), picture.forbid.end());
        fill(m_see, picture.see, tr("what it can see"));
        fill(m_decide, picture.decide, tr("what it can decide"));
        fill(m_change, change, tr("what it can change"));
    }
    m_decisions->setRows(models::decisionRows(picture.decisions));
    m_actionsMost = picture.actionsMost;
}

void AgentView::showRecord(const engine::AgentRecord& record)
{
    m_sessions->setRows(models::sessionRows(record.sessions, m_actionsMost));
    m_controls->setRows(models::controlRows(record.controls));
}

} // namespace cordon::ui::views
