#pragma once

#include <QWidget>

#include <algorithm>
#include <vector>

namespace cordon::ui::widgets {

/// Counts over the whole span as bars, with a brush that says which part is looked at. Times are microseconds UTC.
class HistogramStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramStrip(QWidget* parent);
    /// One count per equal part of [from, to).
    void setCounts(std::vector<qint64> counts, qint64 from, qint64 to);
    void setBrush(qint64 from, qint64 to);
    [[nodiscard]] int buckets() const { return std::max(1, width() / 5); }
    [[nodiscard]] QSize sizeHint() const override { return {500, 52}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 52}; }

signals:
    /// The person drew or moved the brush.
    void brushed(qint64 from, qint64 to);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] qint64 timeAt(double x) const;
    [[nodiscard]] double xOf(qint64 time) const;

    std::vector<qint64> m_counts;
    qint64 m_from = 0;
    qint64 m_to = 1;
    qint64 m_brushFrom = 0;
    qint64 m_brushTo = 1;
    double m_pressX = -1;
};

} // namespace cordon::ui::widgets
