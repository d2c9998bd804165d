#pragma once

#include "core/engine/notice.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace cordon::ui::widgets {
class StatusDot;
}

namespace cordon::ui::shell {

/// Case, ledger, how far the log reaches, command palette, the agent and the button that stops it.
class TopBar : public QFrame
{
    Q_OBJECT

public:
    TopBar(const QString& caseName, QWidget* parent);
    void show(const engine::Notice& notice);
    void setCaseName(const QString& name);
    /// Says "halted" before the engine's own notice arrives, because the halt has already taken effect.
    void showHalted();
    /// Why the person at the desk cannot resume; "" when they can.
    void setWhyNotResume(const QString& why);

signals:
    void haltRequested();
    void resumeRequested();
    void paletteRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitBudget();
    void showAgent(const engine::Notice& notice);
    void showLog(const engine::Notice& notice);

    QLabel* m_name;
    widgets::StatusDot* m_ledger;
    widgets::StatusDot* m_log;
    widgets::StatusDot* m_agent;
    QLabel* m_budget;
    QStringList m_budgets; ///< what it could say, the longest first; the last is nothing
    QPushButton* m_palette;
    QPushButton* m_halt;
    QPushButton* m_resume;
};

} // namespace cordon::ui::shell
