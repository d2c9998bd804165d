#pragma once

#include "ui/bridge/commander.h"
#include "ui/dialogs/work_dialog.h"

class QCheckBox;

namespace cordon::ui::dialogs {

/// Puts the open case, or one incident of it, into one file, with a transfer sheet, and shows what the receiver has to
/// compare: the file's hash and the key's fingerprint, also as a QR code.
class SealDialog : public WorkDialog
{
    Q_OBJECT

public:
    /// @param place  the case folder; @param home  $CORDON_HOME
    SealDialog(bridge::CaseQueries& queries, bridge::Commander& commander, QString place, QString home, QWidget* parent);

protected:
    void startWork() override;

private:
    void proposeName();
    void showOutcome(const exports::SealOutcome& outcome);

    bridge::Commander& m_commander;
    QString m_place;
    QString m_home;
    QComboBox* m_what;
    QLineEdit* m_out;
    QCheckBox* m_sheet;
    QWidget* m_result = nullptr;
};

} // namespace cordon::ui::dialogs
