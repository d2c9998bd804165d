#pragma once

#include <QWidget>

namespace cordon::ui::widgets {

/// One icon, painted in a tone of the theme in force. Decoration: the text beside it says the same.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(const QString& iconName, const QString& tone, int size, QWidget* parent);
    void show(const QString& iconName, const QString& tone);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    QString m_tone;
};

} // namespace cordon::ui::widgets
