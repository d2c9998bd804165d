#pragma once

#include "ui/bridge/agent_key_desk.h"
#include "ui/dialogs/plain_dialog.h"

class QCheckBox;
class QLabel;
class QLineEdit;

namespace cordon::ui::dialogs {

/// Asks for the passphrase of the agent's key: twice the first time, when the key is made. *Later* leaves it closed; the
/// agent then proposes and does not act. Enter opens nothing by habit: there is no default button.
class AgentKeyDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param isForSystems  asked before a case is opened on real systems: closed, nothing is opened at all
    AgentKeyDialog(bridge::AgentKeyDesk& desk, bool isForSystems, QWidget* parent);

signals:
    /// The passphrase opened the key, but the keyring did not take it.
    void notKept(const QString& why);

private:
    [[nodiscard]] QLineEdit* addField(const QString& name);
    void refresh();
    void give();
    void say(const QString& code, const QString& detail);

    bridge::AgentKeyDesk& m_desk;
    QLineEdit* m_passphrase = nullptr;
    QLineEdit* m_again = nullptr; ///< the first time
    QCheckBox* m_keep = nullptr;  ///< where there is a keyring
    QLabel* m_problem = nullptr;
    QPushButton* m_open = nullptr;
};

} // namespace cordon::ui::dialogs
