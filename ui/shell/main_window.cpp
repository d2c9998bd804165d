#include "ui/shell/main_window.h"

#include "ui/shell/first_run.h"
#include "ui/shell/workspace.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QSettings>
#include <QScreen>
#include <QStackedWidget>
#include <QUrl>

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
    , m_mode(mode)
    , m_pages(new QStackedWidget(this))
    , m_first(new FirstRun(shippedExercises(m_places), m_pages))
{
    setWindowTitle(tr("Cordon"));
    setAcceptDrops(true);
    setMinimumSize(1100, 640);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize())); // a smaller screen keeps Halt in sight
    m_pages->addWidget(m_first);
    setCentralWidget(m_pages);
    connect(m_first, &FirstRun::exerciseChosen, this, [this](const QString& id) {
        CaseWish wish;
        wish.exercise = id;
        open(wish);
    });
    connect(m_first, &FirstRun::logsRequested, this, &MainWindow::askForLogs);
    connect(m_first, &FirstRun::caseRequested, this, &MainWindow::askForCase);
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
    const engine::EngineOptions options = optionsFor(wish, m_places);
    m_session = std::make_unique<bridge::CaseSession>(options);
    const QString name = QString::fromStdString(options.folder.filename().string());
    const CaseLinks links{m_session->notices(), m_session->queries(), m_session->commander(), name, !wish.exercise.isEmpty()};
    m_workspace = new Workspace(links, m_pages);
    m_pages->addWidget(m_workspace);
    m_pages->setCurrentWidget(m_workspace);
    setWindowTitle(wish.exercise.isEmpty() ? tr("%1 – Cordon").arg(name) : tr("EXERCISE – %1 – Cordon").arg(name));
    connect(m_workspace, &Workspace::openLogsRequested, this, [this] { askForLogs(true); });
    connect(m_workspace, &Workspace::followRequested, this, &MainWindow::askWhatToFollow);
    connect(m_workspace, &Workspace::openCaseRequested, this, &MainWindow::askForCase);
    connect(m_workspace, &Workspace::closeCaseRequested, this, &MainWindow::closeCase, Qt::QueuedConnection);
    connect(m_workspace, &Workspace::themeToggled, this, [this] {
        m_mode = m_mode == theme::Mode::Dark ? theme::Mode::Light : theme::Mode::Dark;
        emit themeRequested(m_mode);
    });
    connect(m_session.get(), &bridge::CaseSession::failed, this, [this](const QString& why) {
        closeCase();
        m_first->say(tr("The case could not be opened: %1").arg(why));
    }, Qt::QueuedConnection);
    QSettings settings;
    m_workspace->restoreLayout(settings);
    m_session->start();
}

void MainWindow::go(int screen)
{
    if (m_workspace && screen >= Workspace::Triage && screen <= Workspace::Sources)
        m_workspace->go(screen);
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
}

void MainWindow::askForLogs(bool isRehearsal)
{
    auto* dialog = new QFileDialog(this, tr("Open logs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Logs (*.json *.jsonl *.ndjson *.gz *.zst *.log)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, isRehearsal](const QStringList& paths) { openPaths(paths, isRehearsal); });
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
        if (m_session)
            m_session->commander().follow(paths);
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

void MainWindow::openPaths(const QStringList& paths, bool isRehearsal)
{
    if (paths.isEmpty())
        return;
    CaseWish wish;
    if (isCase(paths.front())) {
        wish.folder = paths.front();
        return open(wish);
    }
    if (m_session)
        return m_session->commander().addSources(paths);
    wish.logs = paths;
    wish.exercise = isRehearsal ? QStringLiteral("from-log") : QString();
    open(wish);
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
    openPaths(localFiles(*event->mimeData()), true);
    event->acceptProposedAction();
}

} // namespace cordon::ui::shell
