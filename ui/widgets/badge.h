#pragma once

#include <QWidget>

namespace cordon::ui::widgets {

/// A small outlined word: a tier (capitals, coloured) or a chip (a name in a quiet box). Knows no domain type.
class Badge : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Tier, Chip };
    Badge(Kind kind, const QString& text, const QString& tone, QWidget* parent);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont face() const;
    Kind m_kind;
    QString m_text;
    QString m_tone;
};

} // namespace cordon::ui::widgets
