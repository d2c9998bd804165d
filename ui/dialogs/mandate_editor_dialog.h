#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/dialogs/plain_dialog.h"

class QListWidget;
class QTimer;

namespace cordon::ui::models {
class CellTableModel;
}
namespace cordon::ui::widgets {
class NumberedTextEdit;
}

namespace cordon::ui::dialogs {

/// The mandate in force as text to edit: checked by the loader's rules as one types, with what the edited text would
/// have decided differently on this case's past decisions. Saving writes a file for the owners to sign and puts nothing
/// in force.
class MandateEditorDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param queries  outlives the dialog
    MandateEditorDialog(bridge::CaseQueries& queries, QWidget* parent);
    /// Writes the text to a file, or says why not. @return whether it was written
    bool saveTo(const QString& file);

signals:
    void saved(const QString& file);

protected:
    void reject() override;

private:
    void check();
    void show(const Result<engine::MandateTrial>& trial);
    void showDecisions(const engine::MandateTrial& trial);
    void askFile();

    bridge::CaseQueries& m_queries;
    widgets::NumberedTextEdit* m_text;
    QTimer* m_pause;
    QLabel* m_verdict;
    QListWidget* m_problems;
    QLabel* m_summary;
    models::CellTableModel* m_decisions;
    QLabel* m_note;
    QPushButton* m_save;
    QString m_inForce;
    int m_revisionInForce = -1;
    bool m_isAsking = false;
    bool m_isStale = false; ///< typed on while the text was being judged
    bool m_isKept = true;   ///< nothing was typed since it was opened or saved
    bool m_isWarned = false;
};

} // namespace cordon::ui::dialogs
