#pragma once

#include <QFont>

namespace cordon::ui::theme {

/// Registers the embedded faces. Call once, after the application object is made.
/// @return false when a face is missing; the desktop's own fonts then serve
bool loadFonts();
/// The interface face (Inter). @param px  height in pixels
[[nodiscard]] QFont interfaceFont(int px = 13, QFont::Weight weight = QFont::Normal);
/// Identifiers, times, digests and bytes: JetBrains Mono, tabular by nature.
[[nodiscard]] QFont monoFont(int px = 12, QFont::Weight weight = QFont::Normal);

} // namespace cordon::ui::theme
