#include "ui/widgets/icon_label.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace cordon::ui::widgets {

IconLabel::IconLabel(const QString& iconName, const QString& tone, int size, QWidget* parent)
    : QWidget(parent)
    , m_icon(iconName)
    , m_tone(tone)
{
    setFixedSize(size, size);
}

void IconLabel::show(const QString& iconName, const QString& tone)
{
    m_icon = iconName;
    m_tone = tone;
    update();
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Tone tone = theme::toneFrom(m_tone).value_or(theme::Tone::Plain);
    theme::paintIcon(painter, m_icon, QRectF(rect()), theme::tokensOf(palette()).of(tone));
}

} // namespace cordon::ui::widgets
