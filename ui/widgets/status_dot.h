#pragma once

#include <QWidget>

class QLabel;

namespace cordon::ui::widgets {

/// A coloured dot with the word that says the same.
class StatusDot : public QWidget
{
    Q_OBJECT

public:
    /// @param colorsWord  the word takes the dot's colour too
    StatusDot(const QString& text, const QString& tone, bool colorsWord, QWidget* parent);
    void show(const QString& text, const QString& tone);
    [[nodiscard]] QString text() const;

private:
    class Dot;
    Dot* m_dot;
    QLabel* m_label;
    bool m_colorsWord;
};

} // namespace cordon::ui::widgets
