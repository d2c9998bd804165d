#pragma once

#include <QPlainTextEdit>
#include <QSet>

namespace cordon::ui::widgets {

/// A plain text with its line numbers beside it; lines with something wrong are marked with a bar and their number in
/// red. Tab leaves the field, as everywhere: the formats edited here allow no tabs.
class NumberedTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit NumberedTextEdit(QWidget* parent);
    /// @param lines  from 1 on
    void markLines(const QSet<int>& lines);
    void goToLine(int line);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void paintNumbers();
    void fitMargin();

    QWidget* m_numbers;
    QSet<int> m_marked;
};

} // namespace cordon::ui::widgets
