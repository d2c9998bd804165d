#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>
#include <QStringList>

class QPainter;
class QRectF;

namespace cordon::ui::theme {

/// Draws one of Cordon's line icons (resources/icons, named without ".svg") in one colour. Nothing for unknown names.
void paintIcon(QPainter& painter, const QString& name, const QRectF& where, const QColor& color);
/// The same as a pixmap of `size` logical pixels.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int size = 16, double pixelRatio = 1.0);
/// The same for buttons and actions, sharp at one and two pixels per point.
[[nodiscard]] QIcon icon(const QString& name, const QColor& color, int size = 16);
/// Every icon there is.
[[nodiscard]] QStringList iconNames();

} // namespace cordon::ui::theme
