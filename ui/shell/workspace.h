#pragma once

#include "ui/bridge/approval_process.h"
#include "ui/bridge/people_desk.h"
#include "ui/shell/case_links.h"
#include "ui/shell/rail.h"

#include <QWidget>

#include <vector>

class QSettings;
class QStackedLayout;
class QStackedWidget;

namespace cordon::ui::views {
class AgentView;
class BoardView;
class CaseView;
class SourcesScreen;
class SourcesView;
class SystemsView;
class TimelineView;
class TriageView;
}

namespace cordon::ui::shell {

class ExerciseBand;
class FollowBand;
class FootBar;
class IdleWatch;
class LockPage;
class MessageBand;
class ReadingBand;
class RealBand;
class SealedBand;
class SealedGuard;
class TopBar;

/// An open case on screen: rail, bars, bands and the eight screens. Knows the case only through CaseLinks.
class Workspace : public QWidget
{
    Q_OBJECT

public:
    enum Screen { Triage, Board, Timeline, Approvals, Evidence, Agent, Ledger, Sources };

    Workspace(const CaseLinks& links, QWidget* parent);
    void go(int screen);
    [[nodiscard]] int screen() const;
    void rememberLayout(QSettings& settings) const;
    void restoreLayout(QSettings& settings);
    void say(const QString& line, bool isProblem);
    /// Hides everything of the case and ends the sitting; the agent goes on. Nothing happens while nobody could unlock.
    /// @param isIdle  nobody touched the console; else a person locked it
    void lock(bool isIdle = false);
    [[nodiscard]] bool isLocked() const;

signals:
    void openLogsRequested(bool wantsOptions);
    /// Something is to be followed: a folder, or one growing file.
    void followRequested(bool isFolder);
    void openCaseRequested();
    void openSealedRequested();
    void themeToggled();
    void closeCaseRequested();
    /// The real systems shall be connected to this case.
    void connectRequested();
    void lockChanged(bool isLocked);

private:
    void makeScreens();
    void addShortcuts();
    void take(const engine::Notice& notice);
    void askCase();
    void halt();
    void resume();
    void review(const QString& request);
    void startApproval(const engine::ApprovalRow& row);
    void showPeople();
    void openPalette();
    [[nodiscard]] static std::vector<Rail::Entry> screens();
    void addDesk();
    void signIn(const QString& person);
    void signOrder(const QString& order, const QString& what);
    void takePersonal(const QString& block);
    void startPersonal(QStringList arguments, const QString& person, const QString& input);
    void sealCase();
    void exportCase();
    void replayCase();
    void showInstallation();
    void addSystems();
    void askSystems();
    void showSystems();
    void goToSystems();
    void testSystems();
    void takeTest(const std::vector<engine::SystemCheck>& checks);
    [[nodiscard]] const engine::PersonRow* personRow(const QString& person) const;

    CaseLinks m_links;
    bridge::ApprovalProcess* m_approval;
    Timestamp m_caseNow; ///< as the engine told it last
    bridge::ApprovalProcess* m_personal; ///< sign-in and signed commands
    QStackedLayout* m_pages;             ///< the case, or the lock
    QWidget* m_content;
    LockPage* m_lock;
    bridge::PeopleDesk* m_peopleDesk;
    IdleWatch* m_idle;
    TopBar* m_top;
    Rail* m_rail;
    QStackedWidget* m_stack;
    ExerciseBand* m_exercise;
    RealBand* m_real;
    ReadingBand* m_reading;
    FollowBand* m_followed;
    SealedBand* m_sealed;
    SealedGuard* m_guard;
    MessageBand* m_message;
    FootBar* m_foot;
    views::AgentView* m_agent = nullptr;
    views::TriageView* m_triage = nullptr;
    views::TimelineView* m_timeline = nullptr;
    views::SourcesView* m_sources = nullptr;
    views::SystemsView* m_systems = nullptr;
    views::SourcesScreen* m_sourcesScreen = nullptr;
    std::vector<engine::SystemState> m_knownSystems; ///< by the ledger
    std::vector<act::ConnectorSettings> m_settings;  ///< of systems that could be asked; none while that is unknown or refused
    bool m_wantsTest = false;                        ///< once the vault is open
    std::vector<views::CaseView*> m_views;
    engine::CaseSummary m_summary;
    std::vector<engine::PersonRow> m_people;
    bool m_isHeldHere = false; ///< this process writes the case
    bool m_hasPerson = false; ///< somebody of the case is at the desk
    enum class Form { SignIn, Order, People };
    Form m_form = Form::SignIn; ///< which personal form is open
    QString m_order;            ///< what the command does that it signs
    std::uint64_t m_askedAt = 0;
    bool m_hasAsked = false;
};

} // namespace cordon::ui::shell
