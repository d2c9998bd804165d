#include "ui/widgets/timeline_strip.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/time_ticks.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cordon::ui::widgets {
namespace {

constexpr int laneHeight = 27;
constexpr int markHeight = 14;
constexpr int axisHeight = 22;
constexpr qint64 narrowest = 1'000; // one millisecond

} // namespace

TimelineStrip::TimelineStrip(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Timeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimelineStrip::setLanes(std::vector<Lane> lanes)
{
    m_lanes = std::move(lanes);
    describe();
    updateGeometry();
    update();
}

void TimelineStrip::setMilestone(qint64 at, const QString& note, const QString& tone)
{
    m_milestone = at;
    m_milestoneNote = note;
    m_milestoneTone = tone;
    describe();
    updateGeometry();
    update();
}

void TimelineStrip::setRange(qint64 from, qint64 to)
{
    m_from = from;
    m_to = std::max(to, from + narrowest);
    update();
}

void TimelineStrip::setFullRange(qint64 from, qint64 to)
{
    m_fullFrom = from;
    m_fullTo = std::max(to, from + narrowest);
}

void TimelineStrip::setInteractive(bool isInteractive)
{
    m_isInteractive = isInteractive;
    setFocusPolicy(isInteractive ? Qt::StrongFocus : Qt::NoFocus);
}

void TimelineStrip::describe()
{
    QStringList lines;
    for (const Lane& lane : m_lanes)
        lines += tr("%1: %n mark(s)", nullptr, static_cast<int>(lane.marks.size())).arg(lane.label);
    if (!m_milestoneNote.isEmpty())
        lines += m_milestoneNote;
    setAccessibleDescription(lines.join(QStringLiteral(". ")));
}

QSize TimelineStrip::sizeHint() const
{
    const int lanes = std::max<int>(1, static_cast<int>(m_lanes.size()));
    return {500, axisHeight + 4 + lanes * laneHeight + (m_milestoneNote.isEmpty() ? 0 : 18)};
}

QSize TimelineStrip::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

QRect TimelineStrip::plot() const
{
    int labels = 60;
    const QFontMetrics metrics(theme::interfaceFont(11));
    for (const Lane& lane : m_lanes)
        labels = std::max(labels, metrics.horizontalAdvance(lane.label) + 20);
    labels = std::min(labels, width() / 3);
    return {labels, axisHeight, std::max(40, width() - labels - 10), height() - axisHeight};
}

double TimelineStrip::xOf(qint64 time) const
{
    const QRect area = plot();
    return area.left() + static_cast<double>(time - m_from) / static_cast<double>(m_to - m_from) * area.width();
}

int TimelineStrip::laneTop(int lane) const
{
    return axisHeight + 2 + lane * laneHeight;
}

void TimelineStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxis(painter);
    for (int i = 0; i < static_cast<int>(m_lanes.size()); ++i)
        paintLane(painter, i);
    paintMilestone(painter);
    if (hasFocus()) {
        painter.setPen(QPen(theme::tokensOf(palette()).accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void TimelineStrip::paintAxis(QPainter& painter) const
{
    const theme::Tokens& t = theme::tokensOf(palette());
    const QRect area = plot();
    painter.setFont(theme::interfaceFont(11));
    for (const TimeTick& tick : timeTicks(m_from, m_to, std::max(1, area.width() / 92))) {
        const double x = xOf(tick.at);
        painter.setPen(QPen(theme::mixed(t.line, t.window, 0.9), 1));
        painter.drawLine(QPointF(x, axisHeight - 4), QPointF(x, height()));
        painter.setPen(t.dim);
        const double wide = painter.fontMetrics().horizontalAdvance(tick.label) + 2;
        const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.drawText(QRectF(left, 0, wide, axisHeight - 5), Qt::AlignCenter, tick.label);
    }
}

void TimelineStrip::paintLane(QPainter& painter, int index) const
{
    const theme::Tokens& t = theme::tokensOf(palette());
    const Lane& lane = m_lanes[static_cast<std::size_t>(index)];
    const QRect area = plot();
    const int top = laneTop(index);
    const QFont font = theme::interfaceFont(11);
    painter.setFont(font);
    painter.setPen(t.dim);
    painter.drawText(QRect(0, top, area.left() - 10, laneHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(font).elidedText(lane.label, Qt::ElideMiddle, area.left() - 12));
    painter.save();
    painter.setClipRect(area);
    painter.setPen(Qt::NoPen);
    // Marks that fall on the same pixel are painted once: never more strokes than pixels.
    int lastPixel = -1;
    QString lastTone;
    for (const Mark& mark : lane.marks) {
        if (mark.to < m_from || mark.from > m_to)
            continue;
        const double left = xOf(mark.from);
        const double wide = std::max(4.0, xOf(mark.to) - left);
        const int pixel = static_cast<int>(left);
        if (pixel == lastPixel && mark.tone == lastTone && wide <= 4.0)
            continue;
        lastPixel = pixel;
        lastTone = mark.tone;
        QColor color = t.of(theme::toneFrom(mark.tone).value_or(theme::Tone::Faint));
        color.setAlphaF(wide > 12 ? 0.65F : 0.92F);
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(left, top + (laneHeight - markHeight) / 2.0, wide, markHeight), 2, 2);
    }
    painter.restore();
}

void TimelineStrip::paintMilestone(QPainter& painter) const
{
    if (m_milestoneNote.isEmpty() || m_milestone < m_from || m_milestone > m_to)
        return;
    const theme::Tokens& t = theme::tokensOf(palette());
    const QColor color = t.of(theme::toneFrom(m_milestoneTone).value_or(theme::Tone::Dim));
    const double x = xOf(m_milestone);
    QPen pen(color, 1.2);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, axisHeight - 4), QPointF(x, height() - 18));
    painter.setFont(theme::interfaceFont(11));
    const double wide = QFontMetricsF(painter.font()).horizontalAdvance(m_milestoneNote) + 8;
    const double left = std::min(x + 6, width() - wide);
    painter.drawText(QRectF(left, height() - 17, wide, 16), Qt::AlignVCenter | Qt::AlignLeft, m_milestoneNote);
}

const TimelineStrip::Mark* TimelineStrip::markAt(const QPointF& place) const
{
    const int lane = static_cast<int>(std::floor((place.y() - laneTop(0)) / laneHeight));
    if (lane < 0 || lane >= static_cast<int>(m_lanes.size()))
        return nullptr;
    for (const Mark& mark : m_lanes[static_cast<std::size_t>(lane)].marks) {
        const double left = xOf(mark.from);
        if (place.x() >= left - 2 && place.x() <= std::max(left + 5, xOf(mark.to) + 2))
            return &mark;
    }
    return nullptr;
}

void TimelineStrip::moveTo(qint64 from, qint64 to)
{
    setRange(from, to);
    emit rangeChanged(m_from, m_to);
}

void TimelineStrip::zoom(double factor, double around)
{
    const double wide = static_cast<double>(m_to - m_from);
    const double middle = static_cast<double>(m_from) + wide * around;
    const double next = std::clamp(wide * factor, static_cast<double>(narrowest), static_cast<double>(m_fullTo - m_fullFrom) * 2);
    moveTo(static_cast<qint64>(middle - next * around), static_cast<qint64>(middle + next * (1 - around)));
}

void TimelineStrip::stepMark(bool isForward)
{
    const qint64 middle = m_from + (m_to - m_from) / 2;
    const Mark* best = nullptr;
    for (const Lane& lane : m_lanes) {
        for (const Mark& mark : lane.marks) {
            const bool isAhead = isForward ? mark.from > middle + narrowest : mark.from < middle - narrowest;
            if (isAhead && (!best || std::llabs(mark.from - middle) < std::llabs(best->from - middle)))
                best = &mark;
        }
    }
    if (!best)
        return;
    const qint64 half = (m_to - m_from) / 2;
    moveTo(best->from - half, best->from + half);
    emit markActivated(best->tag);
}

void TimelineStrip::keyPressEvent(QKeyEvent* event)
{
    const qint64 step = (m_to - m_from) / 8;
    switch (event->key()) {
    case Qt::Key_Left: return moveTo(m_from - step, m_to - step);
    case Qt::Key_Right: return moveTo(m_from + step, m_to + step);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoom(0.6, 0.5);
    case Qt::Key_Minus: return zoom(1.0 / 0.6, 0.5);
    case Qt::Key_F: return moveTo(m_fullFrom, m_fullTo);
    case Qt::Key_BracketLeft: return stepMark(false);
    case Qt::Key_BracketRight: return stepMark(true);
    default: QWidget::keyPressEvent(event);
    }
}

void TimelineStrip::wheelEvent(QWheelEvent* event)
{
    if (!m_isInteractive)
        return QWidget::wheelEvent(event);
    const QRect area = plot();
    const double around = std::clamp((event->position().x() - area.left()) / area.width(), 0.0, 1.0);
    zoom(event->angleDelta().y() > 0 ? 0.8 : 1.25, around);
    event->accept();
}

void TimelineStrip::mousePressEvent(QMouseEvent* event)
{
    m_dragX = event->position().x();
    if (const Mark* mark = markAt(event->position()))
        emit markActivated(mark->tag);
}

void TimelineStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_isInteractive || !(event->buttons() & Qt::LeftButton))
        return;
    const double perPixel = static_cast<double>(m_to - m_from) / plot().width();
    const auto moved = static_cast<qint64>((m_dragX - event->position().x()) * perPixel);
    m_dragX = event->position().x();
    moveTo(m_from + moved, m_to + moved);
}

bool TimelineStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Mark* mark = markAt(help->pos());
    QToolTip::showText(help->globalPos(), mark ? mark->tip : QString(), this);
    return true;
}

} // namespace cordon::ui::widgets
