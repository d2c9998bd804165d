#include "ui/widgets/elided_line.h"

#include <QFontMetrics>

namespace cordon::ui::widgets {

ElidedLine::ElidedLine(QWidget* parent)
    : QLabel(parent)
{
    setProperty("role", "small");
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLine::setLine(const QString& line)
{
    m_line = line;
    setToolTip(line);
    setAccessibleName(line);
    fit();
}

void ElidedLine::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ElidedLine::fit()
{
    setText(fontMetrics().elidedText(m_line, Qt::ElideRight, contentsRect().width()));
}

} // namespace cordon::ui::widgets
