#pragma once

#include <QObject>
#include <QTimer>

namespace cordon::ui::shell {

/// Says when nobody touched keyboard or mouse for a while. GUI thread.
class IdleWatch : public QObject
{
    Q_OBJECT

public:
    explicit IdleWatch(QObject* parent);

    /// @param time  longer than zero
    void setTime(std::chrono::milliseconds time);
    [[nodiscard]] std::chrono::milliseconds time() const { return std::chrono::milliseconds(m_timer.interval()); }

signals:
    void idle();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer m_timer;
};

} // namespace cordon::ui::shell
