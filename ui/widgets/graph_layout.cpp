#include "ui/widgets/graph_layout.h"

#include <algorithm>
#include <cmath>

namespace cordon::ui::widgets {
namespace {

constexpr double topMargin = 30;
constexpr double outerMargin = 46;
constexpr int rounds = 260;
/// Further apart than this, related things no longer look related.
constexpr double widestIdeal = 185;
/// Wider than this for its height, a picture only has longer lines: it is drawn in the middle instead.
constexpr double widestShape = 2.5;

double distance(const QPointF& a, const QPointF& b)
{
    return std::max(1.0, std::hypot(a.x() - b.x(), a.y() - b.y()));
}

std::vector<std::size_t> inZone(const Graph& graph, GraphZone zone)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].zone == zone)
            found.push_back(i);
    }
    return found;
}

/// A column of outside nodes, spread over the height, the ones with inside neighbours higher up kept higher.
void spread(const std::vector<std::size_t>& column, double x, const QSizeF& size, std::vector<QPointF>& places)
{
    const double first = topMargin + 18;
    const double room = size.height() - 42 - first; // the last one's name stands below it
    const auto count = static_cast<double>(column.size());
    const double step = count < 4 ? room / count : room / (count - 1);
    for (std::size_t i = 0; i < column.size(); ++i)
        places[column[i]] = QPointF(x, first + step * (static_cast<double>(i) + (count < 4 ? 0.5 : 0.0)));
}

/// Start of the inside nodes: a spiral of the golden angle, so that no two are alike and none depends on chance.
void seed(const std::vector<std::size_t>& inside, const QRectF& box, std::vector<QPointF>& places)
{
    const double golden = 2.399963;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const double turn = golden * static_cast<double>(i);
        const double reach = std::sqrt((static_cast<double>(i) + 0.3) / static_cast<double>(inside.size())) * 0.45;
        places[inside[i]] = box.center() + QPointF(std::cos(turn) * reach * box.width(), std::sin(turn) * reach * box.height());
    }
}

QPointF within(const QPointF& place, const QRectF& box)
{
    return {std::clamp(place.x(), box.left() + 48, std::max(box.left() + 48, box.right() - 48)),
            std::clamp(place.y(), box.top() + 34, std::max(box.top() + 34, box.bottom() - 46))};
}

void relax(const Graph& graph, const std::vector<std::size_t>& inside, const QRectF& box, std::vector<QPointF>& places)
{
    const double room = std::sqrt(box.width() * box.height() / static_cast<double>(std::max<std::size_t>(1, inside.size())));
    const double ideal = std::min(0.85 * room, widestIdeal);
    for (int round = 0; round < rounds; ++round) {
        std::vector<QPointF> push(places.size());
        for (const std::size_t a : inside) {
            for (const std::size_t b : inside) {
                if (a == b)
                    continue;
                const double d = distance(places[a], places[b]);
                push[a] += (places[a] - places[b]) / d * (ideal * ideal / d) * 0.6;
            }
            push[a] += (box.center() - places[a]) * 0.06;
        }
        for (const GraphEdge& edge : graph.edges) {
            const auto from = static_cast<std::size_t>(edge.from);
            const auto to = static_cast<std::size_t>(edge.to);
            const QPointF line = places[to] - places[from];
            const bool isInner = graph.nodes[from].zone == graph.nodes[to].zone;
            const QPointF pull = line * (distance(places[from], places[to]) / ideal) * (isInner ? 0.35 : 0.05);
            push[from] += pull;
            push[to] -= pull;
        }
        const double most = 24.0 * (1.0 - static_cast<double>(round) / rounds) + 0.5;
        for (const std::size_t i : inside) {
            const double size = std::max(1.0, std::hypot(push[i].x(), push[i].y()));
            places[i] += push[i] / size * std::min(size, most);
            places[i] = within(places[i], box);
        }
    }
}

/// A node takes its circle and the name below it; where two overlap they give way along the shorter way out.
void keepNamesApart(const std::vector<std::size_t>& inside, const QRectF& box, std::vector<QPointF>& places)
{
    constexpr double width = 104;
    constexpr double height = 60;
    constexpr int most = 120;
    bool isClear = false;
    for (int round = 0; round < most && !isClear; ++round) {
        isClear = true;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            for (std::size_t j = i + 1; j < inside.size(); ++j) {
                QPointF& a = places[inside[i]];
                QPointF& b = places[inside[j]];
                const double across = width - std::abs(a.x() - b.x());
                const double down = height - std::abs(a.y() - b.y());
                if (across <= 0 || down <= 0)
                    continue;
                isClear = false;
                const QPointF way = across / width < down / height ? QPointF(a.x() < b.x() ? -across : across, 0)
                                                                   : QPointF(0, a.y() < b.y() ? -down : down);
                a = within(a + way * 0.5, box);
                b = within(b - way * 0.5, box);
            }
        }
    }
}

/// Outside columns in the order of their neighbours' height, so that lines cross less.
void sortByNeighbours(const Graph& graph, std::vector<std::size_t>& column, const std::vector<QPointF>& places)
{
    const auto height = [&](std::size_t node) {
        double sum = 0;
        int count = 0;
        for (const GraphEdge& edge : graph.edges) {
            const auto from = static_cast<std::size_t>(edge.from);
            const auto to = static_cast<std::size_t>(edge.to);
            if (from != node && to != node)
                continue;
            sum += places[from == node ? to : from].y();
            ++count;
        }
        return count == 0 ? 1e9 : sum / count;
    };
    std::stable_sort(column.begin(), column.end(), [&](std::size_t a, std::size_t b) { return height(a) < height(b); });
}

} // namespace

GraphLayout GraphLayout::of(const Graph& graph, const QSizeF& canvas)
{
    GraphLayout layout;
    const QSizeF size(std::min(canvas.width(), std::max(620.0, canvas.height() * widestShape)), canvas.height());
    layout.places.resize(graph.nodes.size());
    const std::vector<std::size_t> inside = inZone(graph, GraphZone::Inside);
    std::vector<std::size_t> left = inZone(graph, GraphZone::Left);
    std::vector<std::size_t> right = inZone(graph, GraphZone::Right);
    const double leftRoom = left.empty() ? 12 : std::min(118.0, size.width() * 0.19);
    const double rightRoom = right.empty() ? 12 : std::min(140.0, size.width() * 0.21);
    layout.scope = QRectF(leftRoom, topMargin, size.width() - leftRoom - rightRoom, size.height() - topMargin - 10);
    spread(left, std::min(outerMargin, leftRoom / 2), size, layout.places);
    spread(right, size.width() - std::min(outerMargin + 8, rightRoom / 2), size, layout.places);
    seed(inside, layout.scope, layout.places);
    relax(graph, inside, layout.scope, layout.places);
    sortByNeighbours(graph, left, layout.places);
    sortByNeighbours(graph, right, layout.places);
    spread(left, std::min(outerMargin, leftRoom / 2), size, layout.places);
    spread(right, size.width() - std::min(outerMargin + 8, rightRoom / 2), size, layout.places);
    relax(graph, inside, layout.scope, layout.places);
    keepNamesApart(inside, layout.scope, layout.places);
    const QPointF aside((canvas.width() - size.width()) / 2, 0);
    layout.scope.translate(aside);
    for (QPointF& place : layout.places)
        place += aside;
    return layout;
}

} // namespace cordon::ui::widgets
