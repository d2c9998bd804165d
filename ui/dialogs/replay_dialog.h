#pragma once

#include "ui/dialogs/work_dialog.h"

class QCheckBox;
class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Goes through a case again with other rules, or judges its decisions under another mandate, and shows what would
/// differ. The case is only read.
class ReplayDialog : public WorkDialog
{
    Q_OBJECT

public:
    /// @param place  case folder or sealed case; @param home  $CORDON_HOME; @param resources  where Cordon's own rules are
    ReplayDialog(QString place, QString home, QString resources, QWidget* parent);

protected:
    void startWork() override;

private:
    QString m_place;
    QString m_home;
    QString m_resources;
    QLineEdit* m_rules;
    QCheckBox* m_own;
    QLineEdit* m_mandate;
    QPlainTextEdit* m_differences;
};

} // namespace cordon::ui::dialogs
