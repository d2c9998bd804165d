#pragma once

#include <QFont>
#include <QTextLayout>
#include <QWidget>

namespace cordon::ui::approval {

/// One fact, shown as the plain characters it is made of: no markup is read from it, it breaks anywhere rather than be
/// cut, and it reads from left to right whatever it holds.
class FactText : public QWidget
{
    Q_OBJECT

public:
    enum class Face { Interface, Mono };
    FactText(const QString& text, Face face, QWidget* parent);

    /// Sets the first occurrence of `part` apart. Nothing happens when it is not there.
    void mark(const QString& part, Face face, bool isBold, const QColor& color = {});
    /// Colours every occurrence of a sign.
    void markAll(const QString& sign, const QColor& color);
    void setColor(const QColor& color);
    [[nodiscard]] const QString& text() const { return m_text; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// Breaks the text into lines and returns their whole height.
    double breakLines(QTextLayout& layout, double width) const;
    [[nodiscard]] QFont font(Face face, bool isBold) const;

    QString m_text;
    Face m_face;
    QColor m_color;
    QList<QTextLayout::FormatRange> m_marks;
};

} // namespace cordon::ui::approval
