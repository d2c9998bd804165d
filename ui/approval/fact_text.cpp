#include "ui/approval/fact_text.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QTextOption>

#include <cmath>

namespace cordon::ui::approval {
namespace {

constexpr double lineGap = 3;

} // namespace

FactText::FactText(const QString& text, Face face, QWidget* parent)
    : QWidget(parent)
    , m_text(QString(text).replace(QLatin1Char('\n'), QChar(QChar::LineSeparator)))
    , m_face(face)
    , m_color(theme::tokensOf(palette()).text)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(text);
}

void FactText::mark(const QString& part, Face face, bool isBold, const QColor& color)
{
    const qsizetype start = part.isEmpty() ? -1 : m_text.indexOf(part);
    if (start < 0)
        return;
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(start);
    range.length = static_cast<int>(part.size());
    range.format.setFont(font(face, isBold));
    if (color.isValid())
        range.format.setForeground(color);
    m_marks.append(range);
    updateGeometry();
    update();
}

void FactText::markAll(const QString& sign, const QColor& color)
{
    for (qsizetype at = m_text.indexOf(sign); at >= 0; at = m_text.indexOf(sign, at + sign.size())) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(at);
        range.length = static_cast<int>(sign.size());
        range.format.setForeground(color);
        m_marks.append(range);
    }
    update();
}

void FactText::setColor(const QColor& color)
{
    m_color = color;
    update();
}

int FactText::heightForWidth(int width) const
{
    QTextLayout layout(m_text, font(m_face, false));
    return static_cast<int>(std::ceil(breakLines(layout, width)));
}

QSize FactText::sizeHint() const
{
    return {320, heightForWidth(320)};
}

QSize FactText::minimumSizeHint() const
{
    return {120, fontMetrics().height()};
}

void FactText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(m_color);
    QTextLayout layout(m_text, font(m_face, false));
    breakLines(layout, width());
    layout.draw(&painter, QPointF(0, 0));
}

double FactText::breakLines(QTextLayout& layout, double width) const
{
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setFormats(m_marks);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() + lineGap;
    }
    layout.endLayout();
    return y;
}

QFont FactText::font(Face face, bool isBold) const
{
    const QFont::Weight weight = isBold ? QFont::DemiBold : QFont::Normal;
    return face == Face::Mono ? theme::monoFont(12, weight) : theme::interfaceFont(13, weight);
}

} // namespace cordon::ui::approval
