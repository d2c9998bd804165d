#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace cordon::ui::views {

/// All evidence by digest with the chain of custody of the chosen item beside it; adds exhibits, by dialog or by dropping
/// a file here, copies items out, puts them under legal hold, hands them over, takes them over and erases them.
class EvidenceView : public CaseView
{
    Q_OBJECT

public:
    EvidenceView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);
    /// Asks what the file is, then seals it; the person signs for it.
    void addExhibit(const QString& file);

protected:
    void reload(const engine::Notice& notice) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addHead(QVBoxLayout& column);
    void showRows(std::vector<engine::EvidenceRow> rows);
    void showChosen();
    void showChosenActs(const engine::EvidenceRow* row);
    [[nodiscard]] const engine::EvidenceRow* chosen() const;
    void copyOut();
    void changeHold();
    void handOver();
    void takeOver();
    void erase();
    /// Of one item; a person answers in a dialog.
    void ask(const dialogs::ReasonDialog::Words& words, const std::function<void(const QString&)>& answered);
    [[nodiscard]] std::vector<const engine::EvidenceRow*> marked() const;

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    models::CellTableModel* m_rows;
    std::vector<engine::EvidenceRow> m_evidence;
    QTableView* m_table;
    QLabel* m_which;
    QPlainTextEdit* m_receipt;
    QPushButton* m_hold = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_give = nullptr; ///< hands over, or takes over what is on its way
    QPushButton* m_erase = nullptr;
};

} // namespace cordon::ui::views
