#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace cordon::ui::views {

/// Requests to people: open ones first, then all that ever were, with who decided, when, how and why.
class ApprovalsView : public CaseView
{
    Q_OBJECT

public:
    /// @param commander  asked who is at the desk, for what is greyed
    ApprovalsView(bridge::CaseQueries& queries, const bridge::Commander& commander, QWidget* parent);

signals:
    void ledgerEntryRequested(qint64 seq);
    /// A request that ran out or became void shall be made anew.
    void askAgainRequested(const QString& step);
    /// A signed reply came back through a chat, mail or camera.
    void replyBrought(const QString& reply);

protected:
    void reload(const engine::Notice& notice) override;

private:
    [[nodiscard]] QWidget* makeDetails();
    void refill();
    void showDetails();
    void showRights();
    void copyRequest();
    void pasteReply();
    [[nodiscard]] bool canBeAskedAgain(const engine::ApprovalRow& row) const;
    [[nodiscard]] bool isWanted(const engine::ApprovalRow& row) const;
    [[nodiscard]] const engine::ApprovalRow* current() const;

    bridge::CaseQueries& m_queries;
    const bridge::Commander& m_commander;
    std::vector<engine::ApprovalRow> m_all;
    models::CellTableModel* m_requests;
    models::CellTableModel* m_acts;
    QLabel* m_counts;
    QComboBox* m_states;
    QLineEdit* m_filter;
    QStackedWidget* m_pages;
    QTableView* m_table;
    QTableView* m_actTable;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_digest;
    QPushButton* m_review;
    QPushButton* m_askAgain;
    QPushButton* m_copy;
    QPushButton* m_paste;
};

} // namespace cordon::ui::views
