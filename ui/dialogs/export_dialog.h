#pragma once

#include "ui/dialogs/work_dialog.h"

class QCheckBox;

namespace cordon::ui::dialogs {

/// Writes a case, open or sealed, in one of the formats of docs/formats/exports.md.
class ExportDialog : public WorkDialog
{
    Q_OBJECT

public:
    /// @param place  case folder or sealed case; @param home  $CORDON_HOME; @param isOpenHere  this window holds the case
    ExportDialog(bridge::CaseQueries& queries, QString place, QString home, bool isOpenHere, QWidget* parent);

protected:
    void startWork() override;

private:
    void showFormat();
    [[nodiscard]] QString format() const;

    QString m_place;
    QString m_home;
    bool m_isOpenHere;
    QComboBox* m_format;
    QComboBox* m_incident;
    QComboBox* m_zone;
    QCheckBox* m_verifies;
    QLineEdit* m_out;
};

} // namespace cordon::ui::dialogs
