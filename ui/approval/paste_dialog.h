#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace cordon::ui::approval {

/// Takes a request that came through a chat, mail or camera.
class PasteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PasteDialog(QWidget* parent = nullptr);
    /// What was pasted, with QR pieces put together; "" before it was accepted.
    [[nodiscard]] const QString& text() const { return m_whole; }

private:
    void take();

    QPlainTextEdit* m_edit = nullptr;
    QLabel* m_problem = nullptr;
    QString m_whole;
};

} // namespace cordon::ui::approval
