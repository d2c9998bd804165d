#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace cordon::ui::views {

/// All evidence by digest with the chain of custody of the chosen item beside it; adds exhibits, by dialog or by dropping
/// a file here, copies items out, and puts them under legal hold.
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
    [[nodiscard]] const engine::EvidenceRow* chosen() const;
    void copyOut();
    void changeHold();

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    models::CellTableModel* m_rows;
    std::vector<engine::EvidenceRow> m_evidence;
    QTableView* m_table;
    QLabel* m_which;
    QPlainTextEdit* m_receipt;
    QPushButton* m_hold = nullptr;
    QPushButton* m_copy = nullptr;
};

} // namespace cordon::ui::views
