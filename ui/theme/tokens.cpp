#include "ui/theme/tokens.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cordon::ui::theme {
namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

std::optional<Tone> toneFrom(QStringView name)
{
    static const std::array<std::pair<QStringView, Tone>, 12> names{{
        {u"plain", Tone::Plain},
        {u"dim", Tone::Dim},
        {u"faint", Tone::Faint},
        {u"accent", Tone::Accent},
        {u"critical", Tone::Critical},
        {u"high", Tone::High},
        {u"medium", Tone::Medium},
        {u"low", Tone::Low},
        {u"attacker", Tone::Attacker},
        {u"agent", Tone::Agent},
        {u"people", Tone::People},
        {u"good", Tone::Good},
    }};
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == name; });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

QColor Tokens::of(Tone tone) const
{
    switch (tone) {
    case Tone::Plain: return text;
    case Tone::Dim: return dim;
    case Tone::Faint: return faint;
    case Tone::Accent: return accent;
    case Tone::Critical:
    case Tone::Attacker: return attacker;
    case Tone::High: return high;
    case Tone::Medium: return medium;
    case Tone::Low: return low;
    case Tone::Agent: return agent;
    case Tone::People: return people;
    case Tone::Good: return good;
    }
    return text;
}

const std::array<Mode, 3>& modes()
{
    static const std::array<Mode, 3> all{Mode::Dark, Mode::Light, Mode::HighContrast};
    return all;
}

QString nameOf(Mode mode)
{
    switch (mode) {
    case Mode::Dark: return QStringLiteral("dark");
    case Mode::Light: return QStringLiteral("light");
    case Mode::HighContrast: return QStringLiteral("contrast");
    }
    return {};
}

std::optional<Mode> modeFrom(QStringView name)
{
    for (const Mode mode : modes()) {
        if (name == nameOf(mode))
            return mode;
    }
    return std::nullopt;
}

const Tokens& tokensFor(Mode mode)
{
    static const Tokens dark{
        .window = QColor(0x0f, 0x12, 0x16),
        .panel = QColor(0x15, 0x1a, 0x20),
        .raised = QColor(0x1b, 0x21, 0x29),
        .line = QColor(0x26, 0x2e, 0x38),
        .text = QColor(0xe6, 0xea, 0xf0),
        .dim = QColor(0x9a, 0xa5, 0xb4),
        .faint = QColor(0x83, 0x8e, 0x9c),
        .accent = QColor(0x5b, 0x9d, 0xff),
        .onAccent = QColor(0x0f, 0x12, 0x16),
        .attacker = QColor(0xf2, 0x55, 0x5a),
        .high = QColor(0xf5, 0x84, 0x3d),
        .medium = QColor(0xe8, 0xb3, 0x39),
        .low = QColor(0x5b, 0x9d, 0xff),
        .agent = QColor(0x2e, 0xc4, 0xa6),
        .people = QColor(0xb1, 0x8c, 0xff),
        .good = QColor(0x4c, 0xc3, 0x8a),
    };
    static const Tokens light{
        .window = QColor(0xf4, 0xf6, 0xf9),
        .panel = QColor(0xff, 0xff, 0xff),
        .raised = QColor(0xf0, 0xf3, 0xf7),
        .line = QColor(0xd9, 0xdf, 0xe7),
        .text = QColor(0x17, 0x1c, 0x23),
        .dim = QColor(0x55, 0x60, 0x70),
        .faint = QColor(0x66, 0x71, 0x7f),
        // One shade darker than the design page, where it misses 4.5:1 as text on window and raised.
        .accent = QColor(0x1c, 0x69, 0xe0),
        .onAccent = QColor(0xff, 0xff, 0xff),
        .attacker = QColor(0xc6, 0x2a, 0x2f),
        .high = QColor(0xbd, 0x4b, 0x00),
        .medium = QColor(0x8f, 0x64, 0x00),
        .low = QColor(0x1c, 0x69, 0xe0),
        .agent = QColor(0x0d, 0x7d, 0x68),
        .people = QColor(0x70, 0x47, 0xc4),
        .good = QColor(0x1f, 0x7f, 0x4c),
    };
    // 7:1 for text on every ground, and lines that can be seen.
    static const Tokens contrasting{
        .window = QColor(0x00, 0x00, 0x00),
        .panel = QColor(0x00, 0x00, 0x00),
        .raised = QColor(0x1c, 0x1c, 0x1c),
        .line = QColor(0x9a, 0x9a, 0x9a),
        .text = QColor(0xff, 0xff, 0xff),
        .dim = QColor(0xe4, 0xe4, 0xe4),
        .faint = QColor(0xd0, 0xd0, 0xd0),
        .accent = QColor(0x7c, 0xbb, 0xff),
        .onAccent = QColor(0x00, 0x00, 0x00),
        .attacker = QColor(0xff, 0x8a, 0x8e),
        .high = QColor(0xff, 0xa6, 0x6b),
        .medium = QColor(0xff, 0xd6, 0x57),
        .low = QColor(0x7c, 0xbb, 0xff),
        .agent = QColor(0x45, 0xe6, 0xc5),
        .people = QColor(0xd0, 0xb8, 0xff),
        .good = QColor(0x7b, 0xe8, 0xb0),
    };
    return mode == Mode::Dark ? dark : mode == Mode::Light ? light : contrasting;
}

Mode modeOf(const QPalette& palette)
{
    // Style rules change Window and Text of the widgets they touch; no rule touches Link.
    const QColor link = palette.color(QPalette::Link);
    for (const Mode mode : modes()) {
        if (link == tokensFor(mode).accent)
            return mode;
    }
    return palette.color(QPalette::Window).lightness() < 128 ? Mode::Dark : Mode::Light;
}

const Tokens& tokensOf(const QPalette& palette)
{
    return tokensFor(modeOf(palette));
}

QPalette paletteFor(Mode mode)
{
    const Tokens& t = tokensFor(mode);
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.window);
    palette.setColor(QPalette::AlternateBase, t.panel);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.faint);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.attacker);
    palette.setColor(QPalette::Highlight, mixed(t.accent, t.window, mode == Mode::Light ? 0.16 : 0.28));
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Light, t.raised);
    palette.setColor(QPalette::Midlight, t.raised);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.line);
    palette.setColor(QPalette::Shadow, mode == Mode::Light ? t.line : QColor(Qt::black));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(t.faint, t.panel, 0.7));
    return palette;
}

QColor mixed(const QColor& over, const QColor& ground, double opacity)
{
    const auto part = [opacity](int a, int b) { return static_cast<int>(std::lround(a * opacity + b * (1 - opacity))); };
    return {part(over.red(), ground.red()), part(over.green(), ground.green()), part(over.blue(), ground.blue())};
}

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace cordon::ui::theme
