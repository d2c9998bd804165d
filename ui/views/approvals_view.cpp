#include "ui/views/approvals_view.h"

#include "ui/models/case_rows.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

ApprovalsView::ApprovalsView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_waiting(new models::CellTableModel(models::approvalHeaders(), this))
    , m_history(new models::CellTableModel(models::approvalHeaders(), this))
    , m_waitingTitle(label({}, TextRole::Heading, {}, this))
    , m_historyTitle(label({}, TextRole::Heading, {}, this))
    , m_waitingPages(new QStackedWidget(this))
    , m_waitingTable(table(tr("Requests that wait"), tableRoles(), this))
    , m_historyTable(table(tr("All requests"), tableRoles(), this))
    , m_review(button(tr("Review…"), ButtonLook::Primary, this))
    , m_askAgain(button(tr("Ask again"), ButtonLook::Plain, this))
    , m_bringReply(button(tr("Bring a reply"), ButtonLook::Plain, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Approvals"), TextRole::Title, {}, this));
    head->addStretch(1);
    head->addWidget(m_bringReply);
    head->addWidget(m_review);
    column->addLayout(head);
    column->addWidget(m_waitingTitle);
    m_waitingTable->setModel(m_waiting);
    m_waitingPages->addWidget(m_waitingTable);
    m_waitingPages->addWidget(new EmptyNote(QStringLiteral("approvals"), tr("Nothing waits for people"),
                                            tr("When a step is disruptive or destructive, the agent asks here and in Triage."),
                                            m_waitingPages));
    m_waitingPages->setCurrentIndex(1);
    column->addWidget(m_waitingPages, 2);
    auto* past = new QHBoxLayout;
    past->addWidget(m_historyTitle);
    past->addStretch(1);
    past->addWidget(m_askAgain);
    column->addLayout(past);
    m_historyTable->setModel(m_history);
    column->addWidget(m_historyTable, 3);
    for (QTableView* view : {m_waitingTable, m_historyTable}) {
        view->setColumnWidth(1, 300);
        view->setColumnWidth(4, 150);
    }
    m_bringReply->setObjectName(QStringLiteral("bringReply"));
    m_bringReply->setToolTip(tr("Takes a signed reply that came through a chat or mail from the clipboard"));
    connect(m_bringReply, &QPushButton::clicked, this,
            [this] { emit replyBrought(QGuiApplication::clipboard()->text()); });
    m_askAgain->setObjectName(QStringLiteral("askAgain"));
    m_askAgain->setToolTip(tr("Who asks again cannot approve it"));
    m_askAgain->setAccessibleName(tr("Ask again for the chosen request"));
    connect(m_historyTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ApprovalsView::followHistory);
    connect(m_askAgain, &QPushButton::clicked, this, [this] {
        const auto step = m_stepsToAskAgain.find(m_history->keyAt(m_historyTable->currentIndex().row()).toString());
        if (step != m_stepsToAskAgain.end())
            emit askAgainRequested(step->second);
    });
    m_review->setEnabled(false);
    m_review->setAccessibleName(tr("Review the chosen request"));
    connect(m_waitingTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) { m_review->setEnabled(now.isValid()); });
    connect(m_review, &QPushButton::clicked, this, [this] {
        emit reviewRequested(m_waiting->keyAt(m_waitingTable->currentIndex().row()).toString());
    });
    connect(m_waitingTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit reviewRequested(m_waiting->keyAt(index.row()).toString()); });
    show({});
}

void ApprovalsView::reload(const engine::Notice&)
{
    m_queries.ask<std::vector<engine::ApprovalRow>>(
        this, [](bridge::CaseSource& source) { return source.approvals(); },
        [this](const Result<std::vector<engine::ApprovalRow>>& rows) {
            if (rows)
                show(*rows);
            else
                emit said(tr("The approvals could not be read: %1").arg(QString::fromStdString(rows.error().detail)));
        });
}

void ApprovalsView::show(const std::vector<engine::ApprovalRow>& rows)
{
    std::vector<engine::ApprovalRow> waiting;
    std::vector<engine::ApprovalRow> past;
    for (const engine::ApprovalRow& row : rows)
        (models::isWaiting(row) ? waiting : past).push_back(row);
    m_waiting->setRows(models::approvalRows(waiting));
    m_history->setRows(models::approvalRows(past));
    m_waitingPages->setCurrentIndex(waiting.empty() ? 1 : 0);
    m_waitingTitle->setText(tr("Waiting for people · %1").arg(waiting.size()));
    m_historyTitle->setText(tr("Decided, expired or void · %1").arg(past.size()));
    if (!waiting.empty() && !m_waitingTable->currentIndex().isValid())
        m_waitingTable->selectRow(0);
    m_review->setEnabled(!waiting.empty());
    // Only a step's newest request: an older one was asked again already, or decided since.
    m_stepsToAskAgain.clear();
    std::map<std::string, const engine::ApprovalRow*> newest;
    for (const engine::ApprovalRow& row : rows) {
        const engine::ApprovalRow*& known = newest[row.step];
        if (!known || known->id < row.id)
            known = &row;
    }
    for (const auto& [step, row] : newest) {
        if (row->state == "expired" || row->state == "void")
            m_stepsToAskAgain[QString::fromStdString(row->id)] = QString::fromStdString(step);
    }
    followHistory();
}

void ApprovalsView::followHistory()
{
    const QModelIndex current = m_historyTable->currentIndex();
    m_askAgain->setEnabled(current.isValid() &&
                           m_stepsToAskAgain.contains(m_history->keyAt(current.row()).toString()));
}

} // namespace cordon::ui::views
