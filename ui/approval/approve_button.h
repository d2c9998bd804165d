#pragma once

#include "core/domain/action.h"

#include <QPushButton>

namespace cordon::ui::approval {

/// The one button that gives leave. Only a press and a release of the mouse inside it, both while it is enabled, click
/// it; Enter and Space do nothing. Keyboard users have the form's own key combination.
class ApproveButton : public QPushButton
{
    Q_OBJECT

public:
    /// @param tier  T3 is filled in the colour of danger
    ApproveButton(const QString& text, Tier tier, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
};

} // namespace cordon::ui::approval
