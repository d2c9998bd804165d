#pragma once

#include "ui/bridge/case_session.h"
#include "ui/shell/case_opening.h"
#include "ui/theme/tokens.h"

#include <QMainWindow>

#include <memory>

class QStackedWidget;

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
    void askForLogs(bool isRehearsal);
    void askWhatToFollow(bool isFolder);
    void askForCase();
    void openPaths(const QStringList& paths, bool isRehearsal);
    void restore();

    Places m_places;
    theme::Mode m_mode;
    QStackedWidget* m_pages;
    FirstRun* m_first;
    Workspace* m_workspace = nullptr;
    std::unique_ptr<bridge::CaseSession> m_session;
};

} // namespace cordon::ui::shell
