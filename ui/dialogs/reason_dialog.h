#pragma once

#include "ui/dialogs/plain_dialog.h"

class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Asks for one text that goes into the ledger: a reason, a note, what was done elsewhere.
class ReasonDialog : public PlainDialog
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;
        QString explanation;
        QString field;
        QString accept;
    };
    ReasonDialog(const Words& words, QWidget* parent);

signals:
    void answered(const QString& text);

private:
    QPlainTextEdit* m_text;
};

} // namespace cordon::ui::dialogs
