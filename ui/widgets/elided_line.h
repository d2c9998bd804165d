#pragma once

#include <QLabel>

namespace cordon::ui::widgets {

/// One line that takes the room it is given and no more: what does not fit is cut off with an ellipsis
/// and stands whole in the tooltip and for screen readers.
class ElidedLine : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLine(QWidget* parent);
    void setLine(const QString& line);
    /// The whole line, also where less of it is shown.
    [[nodiscard]] const QString& line() const { return m_line; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QString m_line;
};

} // namespace cordon::ui::widgets
