#pragma once

#include <QWidget>

namespace cordon::ui::widgets {

/// The round mark at the head of a step: its number, or a tick, cross, pause… in the colour of who owns it.
class StepMark : public QWidget
{
    Q_OBJECT

public:
    /// @param iconName  shown in a filled circle; "" shows the number
    StepMark(int number, const QString& iconName, const QString& tone, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_number;
    QString m_icon;
    QString m_tone;
};

} // namespace cordon::ui::widgets
