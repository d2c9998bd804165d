#pragma once

#include "ui/bridge/commander.h"

class QWidget;

namespace cordon::ui::views {

/// Why the person at the desk cannot decide about steps and incidents, as a sentence; "" when they can, or when nobody is
/// known yet. For the eye only: the engine checks every command. Source: docs/formats/people.md, roles
[[nodiscard]] QString whyNot(const bridge::Commander& commander);

/// Greys a control and says why; an empty `why` gives it back with its usual tip.
void permit(QWidget* control, const QString& why, const QString& usualTip = {});

} // namespace cordon::ui::views
