#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

namespace cordon::ui::widgets {

/// Where a node belongs: inside the verified scope, or outside to the left (who) or right (what and where).
enum class GraphZone { Inside, Left, Right };

struct GraphNode
{
    QString id;
    QString label;
    QString icon;
    QString tip;  ///< what it is, why it is here, why it counts as attacker
    GraphZone zone = GraphZone::Inside;
    bool isAttacker = false;
};

struct GraphEdge
{
    int from = 0;
    int to = 0;
    QString label;
    QString tip;
    bool isAttack = false;
};

struct Graph
{
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    bool hasScope = false; ///< some node lies in a verified scope; the line is drawn only then
};

/// Places for the nodes and the box of the inside ones. Same input, same picture: no randomness, no clock.
struct GraphLayout
{
    std::vector<QPointF> places;
    QRectF scope;

    [[nodiscard]] static GraphLayout of(const Graph& graph, const QSizeF& canvas);
};

} // namespace cordon::ui::widgets
