#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace cordon::ui::widgets {

/// How far a long piece of work is, how long it will still take, and a way to end it. Hidden while nothing runs.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    /// @param what  what the bar says, for screen readers
    ProgressLine(const QString& what, QWidget* parent);

    /// Shows that work began. @param doing  until the first figure comes
    void begin(const QString& doing);
    /// @param total  0 where nobody knows it
    void show(quint64 done, quint64 total);
    void end();

signals:
    void cancelled();

private:
    QProgressBar* m_bar;
    QLabel* m_figures;
    QElapsedTimer m_since;
};

} // namespace cordon::ui::widgets
