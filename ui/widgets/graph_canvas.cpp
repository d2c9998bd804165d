#include "ui/widgets/graph_canvas.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cordon::ui::widgets {
namespace {

QString captionText(bool hasScope)
{
    return hasScope ? GraphCanvas::tr("Verified scope — the agent may act only inside")
                    : GraphCanvas::tr("No verified scope yet — the agent may only observe");
}

double distanceToLine(const QPointF& p, const QPointF& a, const QPointF& b)
{
    const QPointF line = b - a;
    const double length = QPointF::dotProduct(line, line);
    const double along = length > 0 ? std::clamp(QPointF::dotProduct(p - a, line) / length, 0.0, 1.0) : 0.0;
    const QPointF away = p - (a + line * along);
    return std::hypot(away.x(), away.y());
}

} // namespace

GraphCanvas::GraphCanvas(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Entity graph"));
}

void GraphCanvas::setGraph(Graph graph)
{
    m_graph = std::move(graph);
    m_selected = -1;
    m_hovered = -1;
    updateGeometry();
    relayout();
    describe();
}

QSize GraphCanvas::minimumSizeHint() const
{
    const auto inColumn = [this](GraphZone zone) {
        return std::count_if(m_graph.nodes.begin(), m_graph.nodes.end(), [zone](const GraphNode& node) { return node.zone == zone; });
    };
    const auto fullest = static_cast<int>(std::max(inColumn(GraphZone::Left), inColumn(GraphZone::Right)));
    return {300, std::max(190, 90 + (fullest - 1) * 52)};
}

void GraphCanvas::describe()
{
    QStringList lines{captionText(m_graph.hasScope)};
    for (const GraphNode& node : m_graph.nodes) {
        const QString place = m_graph.hasScope && node.zone == GraphZone::Inside ? tr("inside the verified scope")
                                                                                  : tr("outside the verified scope");
        lines += node.isAttacker ? tr("%1: suspected attacker, %2").arg(node.label, place)
                                 : tr("%1: %2", "entity, place").arg(node.label, place);
    }
    for (const GraphEdge& edge : m_graph.edges)
        lines += tr("%1 %2 %3", "entity, relation, entity")
                     .arg(m_graph.nodes[static_cast<std::size_t>(edge.from)].label, edge.label,
                          m_graph.nodes[static_cast<std::size_t>(edge.to)].label);
    setAccessibleDescription(lines.join(QStringLiteral(". ")));
}

void GraphCanvas::relayout()
{
    m_layout = GraphLayout::of(m_graph, QSizeF(size()));
    update();
}

void GraphCanvas::resizeEvent(QResizeEvent*)
{
    relayout();
}

double GraphCanvas::radius(int node) const
{
    return m_graph.nodes[static_cast<std::size_t>(node)].zone == GraphZone::Inside ? 20 : 16;
}

int GraphCanvas::nodeAt(const QPointF& place) const
{
    for (int i = 0; i < static_cast<int>(m_layout.places.size()); ++i) {
        const QPointF away = place - m_layout.places[static_cast<std::size_t>(i)];
        if (std::hypot(away.x(), away.y()) <= radius(i) + 2)
            return i;
    }
    return -1;
}

int GraphCanvas::edgeAt(const QPointF& place) const
{
    for (int i = 0; i < static_cast<int>(m_graph.edges.size()); ++i) {
        const GraphEdge& edge = m_graph.edges[static_cast<std::size_t>(i)];
        if (distanceToLine(place, m_layout.places[static_cast<std::size_t>(edge.from)],
                           m_layout.places[static_cast<std::size_t>(edge.to)]) < 6)
            return i;
    }
    return -1;
}

void GraphCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_graph.nodes.empty()) {
        painter.setPen(theme::tokensOf(palette()).faint);
        painter.drawText(rect(), Qt::AlignCenter, tr("No entities are known for this incident yet."));
        return;
    }
    paintScope(painter);
    for (const GraphEdge& edge : m_graph.edges)
        paintEdge(painter, edge);
    for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i)
        paintNode(painter, i);
}

void GraphCanvas::paintScope(QPainter& painter) const
{
    const theme::Tokens& t = theme::tokensOf(palette());
    painter.setFont(theme::interfaceFont(11));
    painter.setPen(m_graph.hasScope ? t.accent : t.faint);
    painter.drawText(QRectF(m_layout.scope.left() + 12, 6, width() - m_layout.scope.left() - 12, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     captionText(m_graph.hasScope));
    if (!m_graph.hasScope)
        return;
    QPen pen(t.accent, 1.4);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(m_layout.scope, 18, 18);
}

void GraphCanvas::paintEdge(QPainter& painter, const GraphEdge& edge) const
{
    const theme::Tokens& t = theme::tokensOf(palette());
    const QPointF a = m_layout.places[static_cast<std::size_t>(edge.from)];
    const QPointF b = m_layout.places[static_cast<std::size_t>(edge.to)];
    const QColor quiet = theme::mixed(t.faint, t.window, 0.45);
    painter.setPen(QPen(edge.isAttack ? t.attacker : quiet, edge.isAttack ? 1.6 : 1.2));
    painter.drawLine(a, b);
    const QFont font = theme::interfaceFont(11);
    const QSizeF size(QFontMetricsF(font).horizontalAdvance(edge.label) + 8, 15);
    const double free = std::hypot(a.x() - b.x(), a.y() - b.y()) - radius(edge.from) - radius(edge.to);
    if (edge.label.isEmpty() || free < size.width() + 6)
        return;
    const QPointF middle = (a + b) / 2;
    const QRectF box(middle - QPointF(size.width() / 2, size.height() / 2), size);
    if (coversLabel(box))
        return;
    painter.fillRect(box, t.window);
    painter.setFont(font);
    painter.setPen(t.dim);
    painter.drawText(box, Qt::AlignCenter, edge.label);
}

void GraphCanvas::paintNode(QPainter& painter, int index) const
{
    const theme::Tokens& t = theme::tokensOf(palette());
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
    const QPointF place = m_layout.places[static_cast<std::size_t>(index)];
    const double r = radius(index);
    const bool isMarked = index == m_hovered || (index == m_selected && hasFocus());
    if (isMarked) {
        painter.setPen(QPen(t.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(place, r + 4, r + 4);
    }
    painter.setBrush(t.raised);
    painter.setPen(QPen(node.isAttacker ? t.attacker : theme::mixed(t.faint, t.window, 0.45), node.isAttacker ? 1.8 : 1.2));
    painter.drawEllipse(place, r, r);
    const double side = r * 0.95;
    theme::paintIcon(painter, node.icon, QRectF(place.x() - side / 2, place.y() - side / 2, side, side),
                     node.isAttacker ? t.attacker : t.dim);
    const QRectF box = labelBox(index);
    painter.setFont(theme::interfaceFont(11));
    painter.fillRect(box.adjusted(0, 1, 0, -1), t.window);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, shownLabel(index));
}

QString GraphCanvas::shownLabel(int index) const
{
    const GraphNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
    const double most = node.zone == GraphZone::Inside ? 150 : 104;
    return QFontMetricsF(theme::interfaceFont(11)).elidedText(node.label, Qt::ElideMiddle, most);
}

QRectF GraphCanvas::labelBox(int index) const
{
    const QPointF place = m_layout.places[static_cast<std::size_t>(index)];
    const double textWidth = QFontMetricsF(theme::interfaceFont(11)).horizontalAdvance(shownLabel(index)) + 4;
    const double left = std::clamp(place.x() - textWidth / 2, 0.0, std::max(0.0, width() - textWidth));
    return {left, place.y() + radius(index) + 3, textWidth, 16};
}

bool GraphCanvas::coversLabel(const QRectF& box) const
{
    for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i) {
        if (box.intersects(labelBox(i)))
            return true;
    }
    return false;
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const int hit = nodeAt(event->position());
    if (hit != m_hovered) {
        m_hovered = hit;
        setCursor(hit >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void GraphCanvas::mousePressEvent(QMouseEvent* event)
{
    const int hit = nodeAt(event->position());
    if (hit < 0 || event->button() != Qt::LeftButton)
        return;
    select(hit);
    emit nodeActivated(m_graph.nodes[static_cast<std::size_t>(hit)].id);
}

void GraphCanvas::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void GraphCanvas::select(int node)
{
    m_selected = node;
    update();
    if (node < 0)
        return;
    const auto index = static_cast<std::size_t>(node);
    QToolTip::showText(mapToGlobal(m_layout.places[index].toPoint() + QPoint(18, 12)), m_graph.nodes[index].tip, this);
}

void GraphCanvas::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_graph.nodes.size());
    if (count == 0)
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down: return select((m_selected + 1) % count);
    case Qt::Key_Left:
    case Qt::Key_Up: return select((std::max(0, m_selected) + count - 1) % count);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected >= 0)
            emit nodeActivated(m_graph.nodes[static_cast<std::size_t>(m_selected)].id);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

bool GraphCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int node = nodeAt(help->pos());
    const int edge = node >= 0 ? -1 : edgeAt(help->pos());
    const QString tip = node >= 0   ? m_graph.nodes[static_cast<std::size_t>(node)].tip
                        : edge >= 0 ? m_graph.edges[static_cast<std::size_t>(edge)].tip
                                    : QString();
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

} // namespace cordon::ui::widgets
