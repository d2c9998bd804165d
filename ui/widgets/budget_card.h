#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;

namespace cordon::ui::widgets {

/// A figure with what it is a part of, as a bar.
class BudgetCard : public QFrame
{
    Q_OBJECT

public:
    BudgetCard(const QString& title, const QString& tone, QWidget* parent);
    /// @param part  0..1 of the bar; below 0 hides it
    void show(const QString& figure, double part);

private:
    QString m_title;
    QLabel* m_figure;
    QProgressBar* m_bar;
};

} // namespace cordon::ui::widgets
