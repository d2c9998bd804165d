#include "ui/shell/main_window.h"

#include "core/keyring/secret_service.h"
#include "ui/dialogs/agent_key_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/shell/first_run.h"
#include "ui/shell/workspace.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QScreen>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace cordon::ui::shell {
namespace {

QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths += url.toLocalFile();
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(Places places, theme::Mode mode, QWidget* parent)
    : QMainWindow(parent)
    , m_places(std::move(places))
    , m_identity(std::make_shared<engine::AgentIdentity>(m_places.home.toStdString(), keyring::secretService()))
    , m_agentKey(m_identity)
    , m_systems(m_places.home, QDir(m_places.programs).filePath(QStringLiteral("cordon_connector")),
                std::make_shared<engine::SystemVault>(m_places.home.toStdString(), keyring::secretService()))
    , m_settings(m_systems.usualSettings())
    , m_mode(mode)
    , m_pages(new QStackedWidget(this))
    , m_first(new FirstRun(shippedExercises(m_places), m_pages))
    , m_looker(m_places.resources)
{
    setWindowTitle(tr("Cordon"));
    setAcceptDrops(true);
    setMinimumSize(1100, 640);
    // A smaller screen keeps Halt and the status bar in sight; the window manager's frame comes on top of this size.
    constexpr QSize frame(16, 40);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - frame));
    m_pages->addWidget(m_first);
    setCentralWidget(m_pages);
    connect(m_first, &FirstRun::exerciseChosen, this, [this](const QString& id) {
        CaseWish wish;
        wish.exercise = id;
        open(wish);
    });
    connect(m_first, &FirstRun::logsRequested, this, &MainWindow::askForLogs);
    connect(&m_looker, &bridge::LogLooker::looked, this, [this](const engine::LogLooks& looks) {
        if (m_dialog)
            m_dialog->show(looks);
        else if (m_import.wantsOptions || !dialogs::ImportDialog::isClear(looks))
            ask(looks);
        else
            import(m_import, {});
    });
    connect(&m_looker, &bridge::LogLooker::failed, this, [this](const QString& why) {
        if (m_dialog)
            m_dialog->say(tr("The map cannot be read: %1").arg(why));
        else
            import(m_import, {}); // the engine says what is wrong with its own maps
    });
    connect(m_first, &FirstRun::caseRequested, this, &MainWindow::askForCase);
    connect(m_first, &FirstRun::sealedRequested, this, &MainWindow::askForSealed);
    connect(&m_agentKey, &bridge::AgentKeyDesk::asked, this, &MainWindow::askForAgentKey);
    connect(&m_agentKey, &bridge::AgentKeyDesk::opened, this, &MainWindow::goOnConnecting);
    connect(&m_systems, &bridge::SystemsDesk::looked, this, &MainWindow::takeLook);
    connect(&m_systems, &bridge::SystemsDesk::asked, this, &MainWindow::askForVault);
    connect(&m_systems, &bridge::SystemsDesk::opened, this, &MainWindow::goOnConnecting);
    m_systems.look(m_settings);
    restore();
}

MainWindow::~MainWindow()
{
    closeCase();
}

void MainWindow::restore()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
}

void MainWindow::open(const CaseWish& wish)
{
    closeCase();
    m_first->say({});
    engine::EngineOptions options = optionsFor(wish, m_places);
    const bool isExercise = !wish.exercise.isEmpty() || QFileInfo::exists(wish.folder + QStringLiteral("/exercise"));
    const bool isSealed = wish.folder.endsWith(QLatin1String(".cordonz")); // no agent acts in it
    if (!isExercise && !isSealed)
        options.identity = m_identity;
    if (!wish.connect.isEmpty())
        options.connect = connection(wish);
    m_session = std::make_unique<bridge::CaseSession>(options);
    const QString name = QString::fromStdString(options.folder.filename().string());
    const CaseLinks links{m_session->notices(), m_session->queries(), m_session->commander(), name, !wish.exercise.isEmpty(),
                          QString::fromStdString(options.folder.string()), m_places.resources, m_places.home, &m_systems,
                          options.connect ? options.connect->systems : nullptr, wish.connect.isEmpty() ? m_settings : wish.connect};
    m_workspace = new Workspace(links, m_pages);
    m_pages->addWidget(m_workspace);
    m_pages->setCurrentWidget(m_workspace);
    setWindowTitle(!wish.connect.isEmpty()  ? tr("REAL SYSTEMS – %1 – Cordon").arg(name)
                   : wish.exercise.isEmpty() ? tr("%1 – Cordon").arg(name)
                                             : tr("EXERCISE – %1 – Cordon").arg(name));
    connect(m_workspace, &Workspace::openLogsRequested, this, &MainWindow::askForLogs);
    connect(m_workspace, &Workspace::connectRequested, this, &MainWindow::reconnect, Qt::QueuedConnection);
    connect(m_workspace, &Workspace::followRequested, this, &MainWindow::askWhatToFollow);
    connect(m_workspace, &Workspace::openCaseRequested, this, &MainWindow::askForCase);
    connect(m_workspace, &Workspace::openSealedRequested, this, &MainWindow::askForSealed);
    connect(m_workspace, &Workspace::closeCaseRequested, this, &MainWindow::closeCase, Qt::QueuedConnection);
    connect(m_workspace, &Workspace::lockChanged, this, [this, title = windowTitle()](bool isLocked) {
        setWindowTitle(isLocked ? tr("Locked – Cordon") : title);
    });
    connect(m_workspace, &Workspace::themeToggled, this, [this] {
        const auto& all = theme::modes();
        const auto now = std::find(all.begin(), all.end(), m_mode);
        m_mode = now == all.end() || now + 1 == all.end() ? all.front() : *(now + 1);
        emit themeRequested(m_mode);
    });
    connect(m_session.get(), &bridge::CaseSession::failed, this, [this](const QString& why) {
        closeCase();
        m_first->say(tr("The case could not be opened: %1").arg(why));
    }, Qt::QueuedConnection);
    QSettings settings;
    m_workspace->restoreLayout(settings);
    m_session->start();
    go(std::exchange(m_screen, -1));
    if (!isExercise && !isSealed)
        startAgent();
}

/// The case is open and read meanwhile; the agent is nobody until its key is open.
void MainWindow::startAgent()
{
    if (m_agentKey.isOpen() || std::exchange(m_hasAskedForKey, true))
        return;
    if (m_agentKey.hasKeyring() && !m_agentKey.isFirst())
        m_agentKey.openFromKeyring();
    else
        askForAgentKey();
}

void MainWindow::askForAgentKey()
{
    auto* dialog = new dialogs::AgentKeyDialog(m_agentKey, m_connecting.has_value(), this);
    connect(dialog, &QDialog::rejected, this, [this] {
        if (m_connecting)
            refuseConnection(tr("The agent’s key stays closed, so nothing can be done in its name."));
        else
            m_agentKey.leaveClosed();
    });
    connect(dialog, &dialogs::AgentKeyDialog::notKept, this, [this](const QString& why) {
        if (m_workspace)
            m_workspace->say(tr("The keyring did not take the passphrase: %1").arg(why), true);
    });
    dialog->open();
}

void MainWindow::go(int screen)
{
    if (screen < Workspace::Triage || screen > Workspace::Sources)
        return;
    if (m_workspace)
        m_workspace->go(screen);
    else
        m_screen = screen;
}

void MainWindow::closeCase()
{
    if (m_workspace) {
        QSettings settings;
        m_workspace->rememberLayout(settings);
        delete m_workspace;
        m_workspace = nullptr;
    }
    m_session.reset();
    m_pages->setCurrentWidget(m_first);
    setWindowTitle(tr("Cordon"));
    m_systems.look(m_settings); // what is offered may have changed meanwhile
}

void MainWindow::askForLogs(bool wantsOptions)
{
    auto* dialog = new QFileDialog(this, tr("Open logs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Logs (*.json *.jsonl *.ndjson *.gz *.zst *.log *.csv *.txt *.evtx)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, wantsOptions](const QStringList& paths) { openPaths(paths, wantsOptions); });
    dialog->open();
}

void MainWindow::askWhatToFollow(bool isFolder)
{
    auto* dialog = new QFileDialog(this, isFolder ? tr("Add folder to follow") : tr("Follow a growing file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, isFolder);
    dialog->setLabelText(QFileDialog::Accept, tr("Follow"));
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        CaseWish wish;
        wish.logs = paths;
        if (m_session)
            consider({wish, false, true});
    });
    dialog->open();
}

void MainWindow::askForCase()
{
    auto* dialog = new QFileDialog(this, tr("Open a case"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        CaseWish wish;
        wish.folder = path;
        open(wish);
    });
    dialog->open();
}

void MainWindow::askForSealed()
{
    auto* dialog = new QFileDialog(this, tr("Open a sealed case"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Sealed cases (*.cordonz)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        CaseWish wish;
        wish.folder = path;
        open(wish);
    });
    dialog->open();
}

void MainWindow::openPaths(const QStringList& paths, bool wantsOptions)
{
    if (paths.isEmpty())
        return;
    if (isCase(paths.front())) {
        CaseWish wish;
        wish.folder = paths.front();
        return open(wish);
    }
    CaseWish wish;
    wish.logs = paths;
    const ActOn actOn = m_first->actOn();
    wish.exercise = actOn == ActOn::Exercise ? QStringLiteral("from-log") : QString();
    wish.connect = actOn == ActOn::Systems ? m_settings : QString();
    consider({wish, wantsOptions, false});
}

void MainWindow::consider(Import import)
{
    delete m_dialog; // the newer wish counts
    m_import = std::move(import);
    m_looker.look(m_import.wish.logs);
}

void MainWindow::start(const CaseWish& wish)
{
    if (wish.logs.isEmpty())
        return wish.connect.isEmpty() ? open(wish) : connectAndOpen(wish);
    consider({wish, false, false});
}

void MainWindow::ask(const engine::LogLooks& looks)
{
    m_dialog = new dialogs::ImportDialog(looks, m_session == nullptr, this);
    m_dialog->setFollowing(m_import.wantsFollowing);
    connect(m_dialog, &dialogs::ImportDialog::mapsChosen, this,
            [this](const QStringList& maps) { m_looker.look(m_import.wish.logs, maps); });
    connect(m_dialog, &dialogs::ImportDialog::answered, this,
            [this](const bridge::ImportWish& wish) { import(m_import, wish); });
    m_dialog->open();
}

void MainWindow::import(const Import& what, const bridge::ImportWish& wish)
{
    if (m_session) {
        if (what.wantsFollowing || wish.follows)
            m_session->commander().follow(what.wish.logs, wish);
        else
            m_session->commander().addSources(what.wish.logs, wish);
        return;
    }
    CaseWish made = what.wish;
    made.import = wish;
    if (wish.follows)
        made.exercise.clear(); // what comes later cannot be rehearsed
    if (made.connect.isEmpty())
        open(made);
    else
        connectAndOpen(made);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    closeCase();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    openPaths(localFiles(*event->mimeData()));
    event->acceptProposedAction();
}

} // namespace cordon::ui::shell
