#pragma once

#include "ui/bridge/systems_desk.h"
#include "ui/dialogs/plain_dialog.h"

class QCheckBox;
class QLineEdit;

namespace cordon::ui::dialogs {

/// Asks for the passphrase of the vault with the real systems' credentials. Enter opens nothing by habit: there is no
/// default button.
class VaultDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param systems  what it is opened for, as people read it
    VaultDialog(bridge::SystemsDesk& desk, const QString& systems, QWidget* parent);

signals:
    /// The passphrase opened the vault, but the keyring did not take it.
    void notKept(const QString& why);

private:
    void refresh();
    void give();
    void say(const QString& code, const QString& detail);

    bridge::SystemsDesk& m_desk;
    QLineEdit* m_passphrase;
    QCheckBox* m_keep = nullptr; ///< where there is a keyring
    QLabel* m_problem;
    QPushButton* m_open;
};

} // namespace cordon::ui::dialogs
