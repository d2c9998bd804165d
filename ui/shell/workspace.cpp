#include "ui/shell/workspace.h"

#include "ui/dialogs/people_dialog.h"
#include "ui/dialogs/plain_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/shell/bands.h"
#include "ui/shell/exercise_code.h"
#include "ui/shell/foot_bar.h"
#include "ui/shell/idle_watch.h"
#include "ui/shell/lock_page.h"
#include "ui/shell/rail.h"
#include "ui/shell/resume_dialog.h"
#include "ui/shell/sealed_guard.h"
#include "ui/shell/top_bar.h"
#include "ui/text/refusals.h"
#include "ui/text/texts.h"
#include "ui/theme/tokens.h"
#include "ui/views/agent_view.h"
#include "ui/views/approvals_view.h"
#include "ui/views/board_view.h"
#include "ui/views/evidence_view.h"
#include "ui/views/ledger_view.h"
#include "ui/views/lists_view.h"
#include "ui/views/rights.h"
#include "ui/views/sources_screen.h"
#include "ui/views/sources_view.h"
#include "ui/views/systems_view.h"
#include "ui/views/timeline_view.h"
#include "ui/views/triage_view.h"

#include <QDateTime>
#include <QSettings>
#include <QShortcut>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cordon::ui::shell {
namespace {

/// Where the vaults of the installation's people are.
QString installationPeople(const CaseLinks& links)
{
    return links.home + QStringLiteral("/people");
}

} // namespace

Workspace::Workspace(const CaseLinks& links, QWidget* parent)
    : QWidget(parent)
    , m_links(links)
    , m_approval(new bridge::ApprovalProcess(this))
    , m_personal(new bridge::ApprovalProcess(this))
    , m_pages(new QStackedLayout(this))
    , m_content(new QWidget(this))
    , m_lock(new LockPage(this))
    , m_peopleDesk(new bridge::PeopleDesk(links.home, this))
    , m_idle(new IdleWatch(this))
    , m_top(new TopBar(links.name, m_content))
    , m_rail(new Rail(screens(), m_content))
    , m_stack(new QStackedWidget(m_content))
    , m_exercise(new ExerciseBand(m_content))
    , m_real(new RealBand(m_content))
    , m_reading(new ReadingBand(m_content))
    , m_followed(new FollowBand(m_content))
    , m_sealed(new SealedBand(m_content))
    , m_guard(new SealedGuard(this))
    , m_message(new MessageBand(m_content))
    , m_foot(new FootBar(m_content))
{
    m_pages->addWidget(m_content);
    m_pages->addWidget(m_lock);
    window()->setProperty(dialogs::PlainDialog::exerciseProperty, links.isExercise);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_exercise);
    column->addWidget(m_real);
    column->addWidget(m_top);
    column->addWidget(m_followed);
    column->addWidget(m_sealed);
    column->addWidget(m_message);
    column->addWidget(m_reading);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    column->addLayout(middle, 1);
    column->addWidget(m_foot);
    m_exercise->setVisible(links.isExercise);
    makeScreens();
    addShortcuts();
    m_foot->setPeople({}, links.commander.person());

    connect(m_rail, &Rail::chosen, this, &Workspace::go);
    connect(m_top, &TopBar::haltRequested, this, &Workspace::halt);
    connect(m_top, &TopBar::resumeRequested, this, &Workspace::resume);
    connect(m_top, &TopBar::paletteRequested, this, &Workspace::openPalette);
    connect(m_exercise, &ExerciseBand::peopleRequested, this, &Workspace::showPeople);
    connect(m_reading, &ReadingBand::cancelRequested, this, [this] { m_links.commander.cancelReading(); });
    connect(m_foot, &FootBar::personChosen, this, [this](const QString& person) {
        m_hasPerson = true;
        m_links.commander.choose(person);
    });
    addDesk();
    addSystems();
    connect(&links.commander, &bridge::Commander::rolesChanged, this,
            [this] { m_top->setWhyNotResume(views::whyNot(m_links.commander)); });
    connect(&links.commander, &bridge::Commander::submitted, m_foot, &FootBar::say);
    connect(&links.notices, &bridge::EngineBridge::changed, this, &Workspace::take);
    connect(&links.notices, &bridge::EngineBridge::messageArrived, this,
            [this](const Text& text, bool isProblem) { say(text::sentence(text), isProblem); });
    connect(m_approval, &bridge::ApprovalProcess::replied, this, [this](const QString& reply) { m_links.commander.submitReply(reply); });
    connect(m_approval, &bridge::ApprovalProcess::closedWithoutDecision, this, [this] { m_foot->say(tr("Nothing was decided.")); });
    connect(m_approval, &bridge::ApprovalProcess::failed, this,
            [this](const QString& why) { say(text::withRefusalsInWords(why), true); });
    if (links.isSealed()) {
        m_sealed->show();
        m_triage->setSealed();
        m_guard->guard(this);
    }
    go(Triage);
    take(links.notices.latest());
}

void Workspace::makeScreens()
{
    bridge::CaseQueries& queries = m_links.queries;
    m_triage = new views::TriageView(queries, m_links.commander, m_stack);
    auto* board = new views::BoardView(queries, m_stack);
    m_timeline = new views::TimelineView(queries, m_stack);
    m_sources = new views::SourcesView(queries, m_stack);
    auto* lists = new views::ListsView(queries, m_links.commander, m_stack);
    m_systems = new views::SystemsView(m_stack);
    m_sourcesScreen = new views::SourcesScreen(m_sources, lists, m_systems, m_stack);
    auto* approvals = new views::ApprovalsView(queries, m_links.commander, m_stack);
    m_agent = new views::AgentView(queries, m_links.commander, m_stack);
    auto* ledger = new views::LedgerView(queries, {m_links.place, m_links.home, m_links.isSealed()}, m_stack);
    connect(ledger, &views::LedgerView::exportRequested, this, &Workspace::exportCase);
    connect(ledger, &views::LedgerView::sealRequested, this, &Workspace::sealCase);
    connect(ledger, &views::LedgerView::replayRequested, this, &Workspace::replayCase);
    const auto openEntry = [this, ledger](qint64 seq) {
        go(Ledger);
        ledger->open(seq);
    };
    connect(approvals, &views::ApprovalsView::ledgerEntryRequested, this, openEntry);
    connect(m_agent, &views::AgentView::ledgerEntryRequested, this, openEntry);
    m_views = {m_triage,
               board,
               m_timeline,
               approvals,
               new views::EvidenceView(queries, m_links.commander, m_stack),
               m_agent,
               ledger,
               m_sourcesScreen};
    for (views::CaseView* view : m_views) {
        m_stack->addWidget(view);
        connect(view, &views::CaseView::said, m_foot, &FootBar::say);
        connect(view, &views::CaseView::reviewRequested, this, &Workspace::review);
    }
    connect(approvals, &views::ApprovalsView::askAgainRequested, &m_links.commander, &bridge::Commander::askAgain);
    connect(approvals, &views::ApprovalsView::replyBrought, &m_links.commander, &bridge::Commander::submitReply);
    connect(board, &views::BoardView::incidentChosen, this, [this](IncidentId id) {
        m_triage->choose(id);
        go(Triage);
    });
    connect(m_sources, &views::SourcesView::addRequested, this, &Workspace::openLogsRequested);
    connect(m_sources, &views::SourcesView::followFolderRequested, this, [this] { emit followRequested(true); });
    connect(m_sources, &views::SourcesView::followFileRequested, this, [this] { emit followRequested(false); });
    connect(m_sources, &views::SourcesView::stopFollowingRequested, this,
            [this](const QString& root) { m_links.commander.stopFollowing(root); });
}

void Workspace::addShortcuts()
{
    auto* stop = new QShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_H, this); // locked or not
    connect(stop, &QShortcut::activated, this, &Workspace::halt);
    const auto add = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, m_content);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    add(Qt::CTRL | Qt::Key_K, [this] { openPalette(); });
    add(Qt::CTRL | Qt::Key_L, [this] { lock(); });
    add(Qt::CTRL | Qt::Key_O, [this] {
        if (!m_guard->isOn())
            emit openLogsRequested(false);
    });
    add(Qt::CTRL | Qt::Key_Slash, [this] { (new dialogs::ShortcutsDialog(window()))->open(); });
    for (int screen = Triage; screen <= Sources; ++screen)
        add(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + screen)), [this, screen] { go(screen); });
}

void Workspace::go(int screen)
{
    if (screen == Timeline && m_triage->current().isSet())
        m_timeline->choose(m_triage->current());
    m_rail->choose(screen);
    m_stack->setCurrentIndex(screen);
    m_stack->currentWidget()->setFocus();
}

int Workspace::screen() const
{
    return m_stack->currentIndex();
}

void Workspace::take(const engine::Notice& notice)
{
    m_caseNow = notice.caseNow;
    m_top->show(notice);
    m_foot->show(notice);
    m_reading->show(notice);
    m_followed->show(notice);
    m_isHeldHere = !notice.isFollowed && !m_links.isSealed();
    showSystems();
    m_lock->setHalted(notice.agent == engine::AgentState::Halted);
    m_rail->setWaiting(Approvals, notice.waitingApprovals);
    m_rail->setWaiting(Triage, notice.needsYou);
    for (views::CaseView* view : m_views)
        view->caseChanged(notice);
    if (!m_hasAsked || notice.revision != m_askedAt) {
        m_hasAsked = true;
        m_askedAt = notice.revision;
        askCase();
    }
}

void Workspace::askCase()
{
    askSystems();
    m_links.queries.ask<engine::CaseSummary>(
        this, [](bridge::CaseSource& source) { return source.summary(); },
        [this](const Result<engine::CaseSummary>& summary) {
            if (!summary)
                return;
            m_summary = *summary;
            m_foot->show(*summary);
            m_exercise->setVisible(m_links.isExercise || summary->isExercise);
            window()->setProperty(dialogs::PlainDialog::exerciseProperty, m_links.isExercise || summary->isExercise);
        });
    m_links.queries.ask<engine::AgentPicture>(
        this, [](bridge::CaseSource& source) { return source.agent(); },
        [this](const Result<engine::AgentPicture>& agent) {
            if (agent)
                m_foot->show(*agent);
        });
    m_links.queries.ask<std::vector<engine::PersonRow>>(
        this, [](bridge::CaseSource& source) { return source.people(); },
        [this](const Result<std::vector<engine::PersonRow>>& people) {
            if (!people || people->empty())
                return;
            m_links.commander.setPeople(*people);
            if (people->size() == m_people.size())
                return;
            m_people = *people;
            // In an exercise somebody of the exercise is at the desk from the start.
            if (!m_hasPerson)
                m_links.commander.choose(QString::fromStdString(people->front().id));
            m_foot->setPeople(*people, m_links.commander.person());
            m_lock->setPeople(*people, m_links.commander.person());
        });
}

void Workspace::halt()
{
    if (m_guard->isOn())
        return m_foot->say(tr("A sealed case has no agent to halt."));
    m_links.commander.halt();
    m_top->showHalted();
}

void Workspace::resume()
{
    auto* dialog = new ResumeDialog(m_links.commander.person(), window());
    connect(dialog, &ResumeDialog::confirmed, this, [this] { m_links.commander.resume(); });
    dialog->open();
}

void Workspace::review(const QString& request)
{
    if (m_approval->isRunning()) {
        m_foot->say(tr("A step-up form is open already. Decide there first."));
        return;
    }
    m_links.queries.ask<std::vector<engine::ApprovalRow>>(
        this, [](bridge::CaseSource& source) { return source.approvals(); },
        [this, request](const Result<std::vector<engine::ApprovalRow>>& rows) {
            if (!rows)
                return say(QString::fromStdString(rows.error().detail), true);
            for (const engine::ApprovalRow& row : *rows) {
                if (row.id == request.toStdString())
                    return startApproval(row);
            }
            m_foot->say(tr("%1 no longer waits.").arg(request));
        });
}

void Workspace::startApproval(const engine::ApprovalRow& row)
{
    bridge::ApprovalProcess::Settings settings;
    settings.people = QString::fromStdString(m_summary.people.string());
    settings.agentKey = QString::fromStdString(m_summary.agentKey.string());
    settings.person = m_links.commander.person();
    if (const engine::PersonRow* person = personRow(settings.person); person && person->isOfInstallation)
        settings.people = installationPeople(m_links);
    settings.slot = row.slot;
    settings.theme = theme::nameOf(theme::modeOf(palette()));
    if (m_caseNow > Timestamp())
        settings.caseNow = QString::fromStdString(m_caseNow.toString());
    m_approval->start(QString::fromStdString(row.requestText), settings);
    m_foot->say(tr("The step-up form for %1 is open.").arg(QString::fromStdString(row.id)));
}

void Workspace::showPeople()
{
    const auto codeOf = [](const QString& secret) { return exerciseCode(secret, QDateTime::currentSecsSinceEpoch()); };
    (new dialogs::PeopleDialog(m_people, codeOf, window()))->open();
}

void Workspace::say(const QString& line, bool isProblem)
{
    if (isProblem)
        m_message->say(line, true);
    else
        m_foot->say(line);
}

void Workspace::rememberLayout(QSettings& settings) const
{
    settings.setValue(QStringLiteral("triage/splitter"), m_triage->layoutState());
    settings.setValue(QStringLiteral("screen"), screen());
}

void Workspace::restoreLayout(QSettings& settings)
{
    const QByteArray splitter = settings.value(QStringLiteral("triage/splitter")).toByteArray();
    if (!splitter.isEmpty())
        m_triage->restoreLayout(splitter);
}

} // namespace cordon::ui::shell
