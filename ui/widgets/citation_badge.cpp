#include "ui/widgets/citation_badge.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QWidget>

namespace cordon::ui::widgets {

CitationBadge::CitationBadge(QWidget* parent)
    : QObject(parent)
    , m_page(parent)
{
}

QSizeF CitationBadge::intrinsicSize(QTextDocument*, int, const QTextFormat& format)
{
    const QFontMetricsF metrics(theme::monoFont(10));
    return {metrics.horizontalAdvance(format.property(shownProperty).toString()) + 14, 16};
}

void CitationBadge::drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format)
{
    const theme::Tokens& t = theme::tokensOf(m_page->palette());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = rect.adjusted(2.5, -1.5, -2.5, -2.5);
    painter->setPen(QPen(theme::mixed(t.faint, t.window, 0.45), 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(box, 3.5, 3.5);
    painter->setPen(t.accent);
    painter->setFont(theme::monoFont(10));
    painter->drawText(box, Qt::AlignCenter, format.property(shownProperty).toString());
    painter->restore();
}

} // namespace cordon::ui::widgets
