#pragma once

#include "ui/widgets/graph_layout.h"

#include <QWidget>

namespace cordon::ui::widgets {

/// Entities and how they relate, with the verified scope drawn as a line around its members. Arrow keys step through
/// the nodes, Enter opens one. Knows no domain type.
class GraphCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit GraphCanvas(QWidget* parent);
    void setGraph(Graph graph);
    [[nodiscard]] const Graph& graph() const { return m_graph; }
    [[nodiscard]] QSize sizeHint() const override { return {560, 270}; }
    /// Tall enough that the fuller outside column keeps its nodes apart.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void nodeActivated(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int nodeAt(const QPointF& place) const;
    [[nodiscard]] int edgeAt(const QPointF& place) const;
    [[nodiscard]] double radius(int node) const;
    [[nodiscard]] QString shownLabel(int node) const;
    [[nodiscard]] QRectF labelBox(int node) const;
    [[nodiscard]] bool coversLabel(const QRectF& box) const;
    void relayout();
    void describe();
    void select(int node);
    void paintScope(QPainter& painter) const;
    void paintEdge(QPainter& painter, const GraphEdge& edge) const;
    void paintNode(QPainter& painter, int node) const;

    Graph m_graph;
    GraphLayout m_layout;
    int m_hovered = -1;
    int m_selected = -1;
};

} // namespace cordon::ui::widgets
