#pragma once

#include "ui/bridge/agent_key_desk.h"
#include "ui/bridge/case_session.h"
#include "ui/bridge/log_looker.h"
#include "ui/bridge/systems_desk.h"
#include "ui/shell/case_opening.h"
#include "ui/theme/tokens.h"

#include <QMainWindow>
#include <QPointer>

#include <memory>
#include <optional>

class QStackedWidget;

namespace cordon::ui::dialogs {
class ImportDialog;
}

namespace cordon::ui::shell {

class FirstRun;
class Workspace;

/// The window: the first screen, or one open case. Drop logs or a case on it to open them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Places places, theme::Mode mode, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const CaseWish& wish);
    /// The same, after asking what its logs do not say.
    void start(const CaseWish& wish);
    /// The settings that *Real systems* means from now on, and whether that is what new cases act on.
    void useSettings(const QString& file, bool isWanted);
    /// Shows a screen of the open case, 0 to 7.
    void go(int screen);
    [[nodiscard]] Workspace* workspace() const { return m_workspace; }

signals:
    void themeRequested(cordon::ui::theme::Mode mode);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void closeCase();
    void askForLogs(bool wantsOptions);
    void askWhatToFollow(bool isFolder);
    void askForCase();
    void askForSealed();
    void openPaths(const QStringList& paths, bool wantsOptions = false);
    /// What is to be read once it is clear what it says.
    struct Import
    {
        CaseWish wish; ///< with the logs; the case to make where none is open
        bool wantsOptions = false;
        bool wantsFollowing = false;
    };
    void consider(Import import);
    void ask(const engine::LogLooks& looks);
    void import(const Import& what, const bridge::ImportWish& wish);
    void restore();
    void startAgent();
    void askForAgentKey();
    // Acting on real systems takes, in this order: settings and mandate, the agent's key, the vault. Nothing is opened before.
    void connectAndOpen(const CaseWish& wish);
    void takeLook(const engine::ConnectionLook& look);
    void goOnConnecting();
    void askForVault();
    void refuseConnection(const QString& why);
    void reconnect();
    [[nodiscard]] engine::ConnectWish connection(const CaseWish& wish) const;

    Places m_places;
    std::shared_ptr<engine::AgentIdentity> m_identity;
    bridge::AgentKeyDesk m_agentKey;
    bool m_hasAskedForKey = false; ///< once in the life of this window
    bridge::SystemsDesk m_systems;
    QString m_settings;                 ///< of real systems
    std::optional<CaseWish> m_connecting; ///< to be opened once everything is there
    QString m_connectingTo;             ///< those systems, as people read it; "" until they were looked at
    bool m_hasTriedKeyring = false;     ///< for the vault, since it was asked for last
    theme::Mode m_mode;
    QStackedWidget* m_pages;
    FirstRun* m_first;
    Workspace* m_workspace = nullptr;
    std::unique_ptr<bridge::CaseSession> m_session;
    int m_screen = -1; ///< to show once a case is open
    Import m_import;   ///< being looked at, or asked about
    QPointer<dialogs::ImportDialog> m_dialog;
    bridge::LogLooker m_looker;
};

} // namespace cordon::ui::shell
