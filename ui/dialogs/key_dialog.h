#pragma once

#include "ui/dialogs/plain_dialog.h"

class QLabel;
class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Asks for a ledger's public key, pasted or from a file, as `cordonctl verify --key` takes it.
class KeyDialog : public PlainDialog
{
    Q_OBJECT

public:
    explicit KeyDialog(QWidget* parent);

signals:
    void answered(const QString& key);

private:
    void takeFile(const QString& path);
    void look();

    QPlainTextEdit* m_text;
    QLabel* m_said;
    QPushButton* m_check;
};

} // namespace cordon::ui::dialogs
