#include "ui/widgets/step_mark.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace cordon::ui::widgets {

StepMark::StepMark(int number, const QString& iconName, const QString& tone, QWidget* parent)
    : QWidget(parent)
    , m_number(number)
    , m_icon(iconName)
    , m_tone(tone)
{
    setFixedSize(20, 20);
}

void StepMark::paintEvent(QPaintEvent*)
{
    const theme::Tokens& t = theme::tokensOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFilled = !m_tone.isEmpty();
    const QColor fill = isFilled ? t.of(theme::toneFrom(m_tone).value_or(theme::Tone::Faint))
                                 : theme::mixed(t.faint, t.panel, 0.22);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawEllipse(QRectF(rect()));
    const QColor ink = isFilled ? t.onAccent : t.dim;
    if (!m_icon.isEmpty()) {
        theme::paintIcon(painter, m_icon, QRectF(rect()).adjusted(4, 4, -4, -4), ink);
        return;
    }
    painter.setFont(theme::interfaceFont(11, QFont::DemiBold));
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
}

} // namespace cordon::ui::widgets
