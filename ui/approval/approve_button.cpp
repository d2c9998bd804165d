#include "ui/approval/approve_button.h"

#include "ui/theme/tokens.h"

#include <QKeyEvent>

namespace cordon::ui::approval {

ApproveButton::ApproveButton(const QString& text, Tier tier, QWidget* parent)
    : QPushButton(text, parent)
{
    setAutoDefault(false);
    setDefault(false);
    setAccessibleName(text);
    const theme::Tokens& t = theme::tokensOf(palette());
    const QColor ground = tier >= Tier::T3 ? t.attacker : t.accent;
    const QString sheet =
        QStringLiteral("QPushButton { background: %1; color: %2; border: 1px solid %1; font-weight: 600; }"
                       "QPushButton:hover { background: %3; }"
                       "QPushButton:focus { border-color: %4; }"
                       "QPushButton:disabled { background: %5; color: %6; border-color: %5; }");
    setStyleSheet(sheet.arg(ground.name(), t.onAccent.name(), theme::mixed(t.text, ground, 0.14).name(), t.text.name(),
                            theme::mixed(ground, t.panel, 0.42).name(), theme::mixed(t.text, t.panel, 0.55).name()));
}

void ApproveButton::keyPressEvent(QKeyEvent* event)
{
    event->ignore();
}

void ApproveButton::keyReleaseEvent(QKeyEvent* event)
{
    event->ignore();
}

} // namespace cordon::ui::approval
