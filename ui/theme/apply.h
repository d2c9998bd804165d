#pragma once

#include "ui/theme/tokens.h"

class QApplication;

namespace cordon::ui::theme {

/// Gives the whole application Cordon's look: Fusion, palette, the few style rules that Fusion needs, the font.
/// May be called again with another mode at any time.
void apply(QApplication& application, Mode mode);

/// The style rules alone, filled with a theme's colours.
[[nodiscard]] QString styleSheetFor(Mode mode);

} // namespace cordon::ui::theme
