#include "ui/theme/icons.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

static void initIconResource()
{
    Q_INIT_RESOURCE(cordon_icons);
}

namespace cordon::ui::theme {
namespace {

QByteArray drawing(const QString& name, const QColor& color)
{
    initIconResource();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", color.name().toUtf8());
}

} // namespace

void paintIcon(QPainter& painter, const QString& name, const QRectF& where, const QColor& color)
{
    const QByteArray svg = drawing(name, color);
    if (svg.isEmpty())
        return;
    QSvgRenderer renderer(svg);
    renderer.render(&painter, where);
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, double pixelRatio)
{
    const int side = static_cast<int>(size * pixelRatio);
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintIcon(painter, name, QRectF(0, 0, side, side), color);
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

QIcon icon(const QString& name, const QColor& color, int size)
{
    QIcon made;
    made.addPixmap(iconPixmap(name, color, size, 1.0));
    made.addPixmap(iconPixmap(name, color, size, 2.0));
    return made;
}

QStringList iconNames()
{
    initIconResource();
    QStringList names = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    for (QString& name : names)
        name.chop(4);
    return names;
}

} // namespace cordon::ui::theme
