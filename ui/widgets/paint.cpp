#include "ui/widgets/paint.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace cordon::ui::widgets {
namespace {

constexpr int chipHeight = 19;
constexpr int chipGap = 6;

} // namespace

int chipWidth(const QString& text)
{
    return QFontMetrics(theme::interfaceFont(11)).horizontalAdvance(text) + 13;
}

void paintChip(QPainter& painter, const QRect& where, const QString& text, const QPalette& palette)
{
    const theme::Tokens& t = theme::tokensOf(palette);
    painter.setPen(QPen(theme::mixed(t.faint, t.panel, 0.30), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(t.dim);
    const QFont font = theme::interfaceFont(11);
    painter.setFont(font);
    const QRect inner = where.adjusted(6, 0, -6, 0);
    painter.drawText(inner, Qt::AlignCenter, QFontMetrics(font).elidedText(text, Qt::ElideMiddle, inner.width() + 1));
}

void paintChipRow(QPainter& painter, const QRect& where, const QStringList& names, int more, const QPalette& palette)
{
    int x = where.left();
    qsizetype shown = 0;
    const int tail = chipWidth(QStringLiteral("+99")) + chipGap;
    for (const QString& name : names) {
        const bool isLast = shown + 1 == names.size() && more == 0;
        const int room = where.right() - x - (isLast ? 0 : tail);
        const int wanted = chipWidth(name);
        if (shown > 0 && wanted > room)
            break;
        const int width = std::min(wanted, room);
        paintChip(painter, QRect(x, where.top(), width, chipHeight), name, palette);
        x += width + chipGap;
        ++shown;
    }
    const qsizetype rest = names.size() - shown + more;
    if (rest > 0) {
        const QString text = QStringLiteral("+%1").arg(rest);
        paintChip(painter, QRect(x, where.top(), chipWidth(text), chipHeight), text, palette);
    }
}

void paintDot(QPainter& painter, const QPointF& middle, const QColor& color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(middle, 4.0, 4.0);
}

} // namespace cordon::ui::widgets
