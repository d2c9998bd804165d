#include "ui/widgets/histogram_strip.h"

#include "ui/theme/tokens.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cordon::ui::widgets {

HistogramStrip::HistogramStrip(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Events over time"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::IBeamCursor);
}

void HistogramStrip::setCounts(std::vector<qint64> counts, qint64 from, qint64 to)
{
    m_counts = std::move(counts);
    m_from = from;
    m_to = std::max(to, from + 1);
    qint64 sum = 0;
    for (const qint64 count : m_counts)
        sum += count;
    setAccessibleDescription(tr("%n event(s) in the whole span", nullptr, static_cast<int>(std::min<qint64>(sum, 2'000'000'000))));
    update();
}

void HistogramStrip::setBrush(qint64 from, qint64 to)
{
    m_brushFrom = from;
    m_brushTo = to;
    update();
}

double HistogramStrip::xOf(qint64 time) const
{
    return static_cast<double>(time - m_from) / static_cast<double>(m_to - m_from) * width();
}

qint64 HistogramStrip::timeAt(double x) const
{
    const double part = std::clamp(x / std::max(1, width()), 0.0, 1.0);
    return m_from + static_cast<qint64>(part * static_cast<double>(m_to - m_from));
}

void HistogramStrip::paintEvent(QPaintEvent*)
{
    const theme::Tokens& t = theme::tokensOf(palette());
    QPainter painter(this);
    const double left = std::clamp(xOf(m_brushFrom), 0.0, static_cast<double>(width()));
    const double right = std::clamp(xOf(m_brushTo), left + 2, static_cast<double>(width()) + 2);
    painter.fillRect(QRectF(left, 0, right - left, height()), theme::mixed(t.accent, t.window, 0.16));
    painter.setPen(QPen(t.line, 1));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (m_counts.empty())
        return;
    const qint64 most = std::max<qint64>(1, *std::max_element(m_counts.begin(), m_counts.end()));
    const double wide = static_cast<double>(width()) / static_cast<double>(m_counts.size());
    const QColor quiet = theme::mixed(t.faint, t.window, 0.65);
    const QColor lit = theme::mixed(t.accent, t.faint, 0.45);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0)
            continue;
        const double x = static_cast<double>(i) * wide;
        const double tall = std::max(2.0, std::sqrt(static_cast<double>(m_counts[i]) / static_cast<double>(most)) * (height() - 8));
        const bool isLit = x + wide > left && x < right;
        painter.fillRect(QRectF(x, height() - 1 - tall, std::max(1.0, wide - 1.2), tall), isLit ? lit : quiet);
    }
}

void HistogramStrip::mousePressEvent(QMouseEvent* event)
{
    m_pressX = event->position().x();
}

void HistogramStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressX < 0)
        return;
    const auto [low, high] = std::minmax(m_pressX, event->position().x());
    setBrush(timeAt(low), timeAt(high));
}

void HistogramStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_pressX < 0)
        return;
    const double pressed = m_pressX;
    m_pressX = -1;
    const double x = event->position().x();
    if (std::abs(x - pressed) < 4) {
        const qint64 half = (m_brushTo - m_brushFrom) / 2;
        setBrush(timeAt(x) - half, timeAt(x) + half);
    } else {
        setBrush(timeAt(std::min(x, pressed)), timeAt(std::max(x, pressed)));
    }
    emit brushed(m_brushFrom, m_brushTo);
}

} // namespace cordon::ui::widgets
