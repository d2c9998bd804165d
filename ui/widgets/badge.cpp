#include "ui/widgets/badge.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint.h"

#include <QPainter>

namespace cordon::ui::widgets {

Badge::Badge(Kind kind, const QString& text, const QString& tone, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_text(kind == Kind::Tier ? text.toUpper() : text)
    , m_tone(tone)
{
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QFont Badge::face() const
{
    return m_kind == Kind::Tier ? theme::interfaceFont(10, QFont::DemiBold) : theme::interfaceFont(11);
}

QSize Badge::sizeHint() const
{
    const QFontMetrics metrics(face());
    return m_kind == Kind::Tier ? QSize(metrics.horizontalAdvance(m_text) + 15, 19)
                                : QSize(metrics.horizontalAdvance(m_text) + 13, 19);
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Tokens& t = theme::tokensOf(palette());
    if (m_kind == Kind::Chip) {
        paintChip(painter, rect(), m_text, palette());
        return;
    }
    const QColor color = t.of(theme::toneFrom(m_tone).value_or(theme::Tone::Plain));
    painter.setPen(QPen(color, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(face());
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace cordon::ui::widgets
