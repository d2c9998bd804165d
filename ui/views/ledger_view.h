#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/case_work.h"
#include "ui/models/ledger_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace cordon::ui::widgets {
class ProgressLine;
}

namespace cordon::ui::views {

/// Every entry of the ledger, newest first, with its exact content beside it, and the verifier.
class LedgerView : public CaseView
{
    Q_OBJECT

public:
    /// What is verified, and when.
    struct Verified
    {
        QString place;             ///< case folder or sealed case
        QString home;              ///< where keys are pinned
        bool beginsAtOnce = false; ///< a sealed case is verified as soon as it is shown
    };
    LedgerView(bridge::CaseQueries& queries, Verified verified, QWidget* parent);
    /// Shows that entry's content; the list stays where it is.
    void open(qint64 seq);

signals:
    void exportRequested();
    void sealRequested();
    void replayRequested();

protected:
    void reload(const engine::Notice& notice) override;

private:
    QWidget* verifyRow();
    void verify(const QString& key = {});
    void askForKey();
    void showVerdict(const Result<engine::CaseVerdict>& verdict);

    bridge::CaseQueries& m_queries;
    Verified m_verified;
    bool m_isOpenHere = false;
    bridge::LongWork* m_work;
    QPushButton* m_verify;
    QPushButton* m_againstKey;
    widgets::ProgressLine* m_progress;
    QLabel* m_verdict;
    models::LedgerTableModel* m_entries;
    QLabel* m_summary;
    QLabel* m_which;
    QPlainTextEdit* m_entry;
    qint64 m_shown = -1;
};

} // namespace cordon::ui::views
