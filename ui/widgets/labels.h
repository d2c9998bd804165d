#pragma once

#include "ui/theme/tokens.h"

#include <QLabel>
#include <QPushButton>

class QComboBox;
class QFrame;
class QHBoxLayout;
class QVBoxLayout;

namespace cordon::ui::widgets {

/// How a text stands on the page; the style rules say what that looks like.
enum class TextRole { Body, Title, Heading, Strong, Small, Figure };

/// A label with role and tone ("dim", "agent"… or "" for plain), selectable by mouse.
[[nodiscard]] QLabel* label(const QString& text, TextRole role, const QString& tone, QWidget* parent);
void setTone(QWidget* widget, const QString& tone);
/// Small severity or section caption in capitals, bold and coloured.
[[nodiscard]] QLabel* caption(const QString& text, const QString& tone, QWidget* parent);
/// A label in the monospaced face.
[[nodiscard]] QLabel* monoLabel(const QString& text, const QString& tone, QWidget* parent);

enum class ButtonLook { Plain, Primary, Danger, Link };
/// A push button that is never a dialog's default by accident.
[[nodiscard]] QPushButton* button(const QString& text, ButtonLook look, QWidget* parent);

/// Gives the list that an editable box proposes while one types the look of every other list.
void dressCompleter(QComboBox* box);

/// A rounded card: kind is "plain", "raised", "people", "attacker" or "pill".
[[nodiscard]] QFrame* card(const QString& kind, QWidget* parent);
void setCard(QFrame* frame, const QString& kind);
/// A plain ground ("panel", "window") with one edge line ("top", "bottom", "left", "right" or "").
[[nodiscard]] QFrame* ground(const QString& kind, const QString& edge, QWidget* parent);
[[nodiscard]] QFrame* line(QWidget* parent);

/// Removes and deletes everything a layout holds.
void clear(QLayout* layout);

} // namespace cordon::ui::widgets
