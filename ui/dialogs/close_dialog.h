#pragma once

#include "ui/bridge/case_source.h"
#include "ui/dialogs/plain_dialog.h"

#include <optional>

class QButtonGroup;
class QLabel;
class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Asks for a verdict and a reason before an incident is closed, and tells first what is still open: leases, steps that
/// wait, ways in. With *false positive* it lists what stands and can be taken back, by *Undo* as ever.
class CloseDialog : public PlainDialog
{
    Q_OBJECT

public:
    CloseDialog(const engine::IncidentDetail& detail, QWidget* parent);

signals:
    void answered(Verdict verdict, const QString& reason);

private:
    void addVerdicts();
    void addLine(const QString& line, const QString& tone);
    [[nodiscard]] std::optional<Verdict> verdict() const;
    void showState();

    QString m_undoable; ///< titles of steps that can be taken back, one a line
    QButtonGroup* m_verdicts;
    QLabel* m_hint;
    QPlainTextEdit* m_reason;
    QPushButton* m_close;
};

} // namespace cordon::ui::dialogs
