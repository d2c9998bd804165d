#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace cordon::ui::travel {

/// Takes a signed text that came through a chat, mail or camera.
class PasteDialog : public QDialog
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;
        QString explanation;
        QString name;    ///< of the field, for screen readers
        QString accept;  ///< on the button
        QString nothing; ///< when it is no such text
    };

    /// @param format  the line that every such text has, as the clipboard is looked at for it; "" for any
    PasteDialog(const Words& words, const QString& format, QWidget* parent = nullptr);
    /// What was pasted, with QR pieces put together; "" before it was accepted.
    [[nodiscard]] const QString& text() const { return m_whole; }

private:
    void take();

    QString m_nothing;
    QString m_format;
    QPlainTextEdit* m_edit = nullptr;
    QLabel* m_problem = nullptr;
    QString m_whole;
};

} // namespace cordon::ui::travel
