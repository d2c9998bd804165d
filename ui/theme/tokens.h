#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <QStringView>

#include <array>
#include <optional>

namespace cordon::ui::theme {

enum class Mode { Dark, Light, HighContrast };
/// All looks, in the order in which one goes from each to the next.
[[nodiscard]] const std::array<Mode, 3>& modes();
/// "dark", "light" or "contrast", as command lines and settings write it.
[[nodiscard]] QString nameOf(Mode mode);
[[nodiscard]] std::optional<Mode> modeFrom(QStringView name);

/// What a colour says. Severity has red, orange, amber, blue; attacker red, agent teal, people violet; the rest is grey.
enum class Tone { Plain, Dim, Faint, Accent, Critical, High, Medium, Low, Attacker, Agent, People, Good };
/// "attacker", "agent", "people", "good", "critical"… as models name meanings. Unknown names are empty.
[[nodiscard]] std::optional<Tone> toneFrom(QStringView name);

/// The colours of one theme. Source: docs/guide, "How it looks"
struct Tokens
{
    QColor window;
    QColor panel;
    QColor raised;
    QColor line;
    QColor text;
    QColor dim;
    QColor faint;
    QColor accent;
    QColor onAccent; ///< text on a filled accent, attacker, agent or people ground
    QColor attacker;
    QColor high;
    QColor medium;
    QColor low;
    QColor agent;
    QColor people;
    QColor good;

    [[nodiscard]] QColor of(Tone tone) const;
};

[[nodiscard]] const Tokens& tokensFor(Mode mode);
/// The theme that a palette belongs to, so that a widget needs nothing but its own palette to paint.
[[nodiscard]] Mode modeOf(const QPalette& palette);
[[nodiscard]] const Tokens& tokensOf(const QPalette& palette);
[[nodiscard]] QPalette paletteFor(Mode mode);

/// `over` laid on `ground` with `opacity` 0..1, as one solid colour.
[[nodiscard]] QColor mixed(const QColor& over, const QColor& ground, double opacity);
/// WCAG 2.1 contrast ratio, 1..21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

} // namespace cordon::ui::theme
