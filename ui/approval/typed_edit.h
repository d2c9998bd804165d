#pragma once

#include <QLineEdit>

namespace cordon::ui::approval {

/// A field that takes what is typed, one character at a time, and nothing that is pasted, dropped or filled in: whoever
/// fills it has read it. Input methods may compose.
class TypedEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit TypedEdit(QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    void keepOnlyWhatWasTyped(const QString& text);
    QString m_last;
    bool m_isComposing = false;
};

} // namespace cordon::ui::approval
