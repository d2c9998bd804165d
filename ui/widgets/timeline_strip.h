#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace cordon::ui::widgets {

/// Lanes of marks over time. Times are microseconds UTC. Optionally pans and zooms (arrows, +/-, F, wheel, drag).
/// Knows no domain type.
class TimelineStrip : public QWidget
{
    Q_OBJECT

public:
    struct Mark
    {
        qint64 from = 0;
        qint64 to = 0; ///< equal to `from` for a moment
        QString tone;  ///< "attacker", "agent", "people" or ""
        QString tip;
        qint64 tag = 0; ///< given back when the mark is activated
    };
    struct Lane
    {
        QString label;
        std::vector<Mark> marks;
    };

    explicit TimelineStrip(QWidget* parent);
    void setLanes(std::vector<Lane> lanes);
    /// A dashed line through all lanes with a note below, such as the first containment. Empty note: none.
    void setMilestone(qint64 at, const QString& note, const QString& tone);
    void setRange(qint64 from, qint64 to);
    /// What the F key goes back to.
    void setFullRange(qint64 from, qint64 to);
    void setInteractive(bool isInteractive);
    [[nodiscard]] qint64 from() const { return m_from; }
    [[nodiscard]] qint64 to() const { return m_to; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Goes to the next (or previous) mark after the middle of the view: the keys ] and [.
    void stepMark(bool isForward);

signals:
    void rangeChanged(qint64 from, qint64 to);
    void markActivated(qint64 tag);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] double xOf(qint64 time) const;
    [[nodiscard]] int laneTop(int lane) const;
    [[nodiscard]] const Mark* markAt(const QPointF& place) const;
    void moveTo(qint64 from, qint64 to);
    void zoom(double factor, double around);
    void paintAxis(QPainter& painter) const;
    void paintLane(QPainter& painter, int lane) const;
    void paintMilestone(QPainter& painter) const;
    void describe();

    std::vector<Lane> m_lanes;
    qint64 m_milestone = 0;
    QString m_milestoneNote;
    QString m_milestoneTone;
    qint64 m_from = 0;
    qint64 m_to = 1;
    qint64 m_fullFrom = 0;
    qint64 m_fullTo = 1;
    bool m_isInteractive = false;
    double m_dragX = 0;
};

} // namespace cordon::ui::widgets
