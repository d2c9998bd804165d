#pragma once

#include <QPalette>
#include <QRect>
#include <QString>
#include <QStringList>

class QPainter;

namespace cordon::ui::widgets {

/// Width a chip with this text takes, in pixels.
[[nodiscard]] int chipWidth(const QString& text);
/// A name in a quiet rounded box.
void paintChip(QPainter& painter, const QRect& where, const QString& text, const QPalette& palette);
/// A row of chips that fit into `where`; what does not fit is counted in a last chip "+3".
/// @param more  how many further ones there are beyond `names`
void paintChipRow(QPainter& painter, const QRect& where, const QStringList& names, int more, const QPalette& palette);
/// A filled dot, 9 px wide, centred on `middle` vertically.
void paintDot(QPainter& painter, const QPointF& middle, const QColor& color);

} // namespace cordon::ui::widgets
