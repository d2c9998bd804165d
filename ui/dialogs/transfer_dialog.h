#pragma once

#include "ui/bridge/commander.h"
#include "ui/dialogs/plain_dialog.h"

class QComboBox;
class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Asks to whom evidence is handed over, and why. Both sides sign: who hands it over now, who takes it over then.
class TransferDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param items  how each item is called
    /// @param people  who may receive it
    TransferDialog(const QStringList& items, const std::vector<engine::PersonRow>& people, QWidget* parent);

signals:
    void answered(const QString& to, const QString& purpose);

private:
    QComboBox* m_to;
    QPlainTextEdit* m_purpose;
};

} // namespace cordon::ui::dialogs
