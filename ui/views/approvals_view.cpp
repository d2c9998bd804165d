#include "ui/views/approvals_view.h"

#include "ui/models/agent_rows.h"
#include "ui/models/case_rows.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/travel/paste_dialog.h"
#include "ui/travel/text_dialog.h"
#include "ui/views/rights.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

ApprovalsView::ApprovalsView(bridge::CaseQueries& queries, const bridge::Commander& commander, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_requests(new models::CellTableModel(models::historyHeaders(), this))
    , m_acts(new models::CellTableModel(models::approvalActHeaders(), this))
    , m_counts(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_states(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_table(table(tr("Requests, open ones first"), tableRoles(), this))
    , m_review(button(tr("Review…"), ButtonLook::Primary, this))
    , m_askAgain(button(tr("Ask again"), ButtonLook::Plain, this))
    , m_copy(button(tr("Copy request…"), ButtonLook::Plain, this))
    , m_paste(button(tr("Paste reply…"), ButtonLook::Plain, this))
{
    markAsChanging(m_paste);
    markAsChanging(m_copy);
    markAsChanging(m_askAgain);
    markAsChanging(m_review);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(label(tr("Approvals"), TextRole::Title, {}, this));
    head->addWidget(m_counts);
    head->addStretch(1);
    m_states->addItem(tr("All requests"), QString());
    m_states->addItem(tr("Waiting"), QStringLiteral("waiting partly"));
    m_states->addItem(tr("Approved or done"), QStringLiteral("approved executed"));
    m_states->addItem(tr("Denied"), QStringLiteral("denied"));
    m_states->addItem(tr("Ran out or void"), QStringLiteral("expired void"));
    m_states->setAccessibleName(tr("Which requests"));
    m_filter->setPlaceholderText(tr("Step, person, code…"));
    m_filter->setAccessibleName(tr("Filter the requests"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(240);
    head->addWidget(m_states);
    head->addWidget(m_filter);
    head->addWidget(m_paste);
    head->addWidget(m_copy);
    head->addWidget(m_askAgain);
    head->addWidget(m_review);
    column->addLayout(head);
    m_table->setModel(m_requests);
    shareWidth(*m_table, {72, -1, 78, 92, 108, 88, 158, 158, 60, 104, 92});
    m_pages->addWidget(m_table);
    m_pages->addWidget(new EmptyNote(QStringLiteral("approvals"), tr("No request here"),
                                     tr("When a step is disruptive or destructive, the agent asks here and in Triage. What was asked stays listed for ever."),
                                     m_pages));
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_pages);
    splitter->addWidget(makeDetails());
    splitter->setSizes({400, 260});
    column->addWidget(splitter, 1);
    m_review->setObjectName(QStringLiteral("review"));
    m_review->setAccessibleName(tr("Review the chosen request"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ApprovalsView::showDetails);
    const auto review = [this] {
        const engine::ApprovalRow* row = current();
        if (row && models::isWaiting(*row) && whyNot(m_commander).isEmpty())
            emit reviewRequested(QString::fromStdString(row->id));
    };
    connect(m_review, &QPushButton::clicked, this, review);
    connect(m_table, &QTableView::activated, this, review);
    m_copy->setObjectName(QStringLiteral("copyRequest"));
    m_copy->setToolTip(tr("For somebody elsewhere: the signed request as text and as QR code"));
    connect(m_copy, &QPushButton::clicked, this, &ApprovalsView::copyRequest);
    m_paste->setObjectName(QStringLiteral("pasteReply"));
    m_paste->setToolTip(tr("Takes a signed reply that came through a chat, mail or camera"));
    connect(m_paste, &QPushButton::clicked, this, &ApprovalsView::pasteReply);
    connect(&commander, &bridge::Commander::rolesChanged, this, &ApprovalsView::showRights);
    m_askAgain->setObjectName(QStringLiteral("askAgain"));
    m_askAgain->setAccessibleName(tr("Ask again for the chosen request"));
    connect(m_askAgain, &QPushButton::clicked, this, [this] {
        if (const engine::ApprovalRow* row = current(); row && canBeAskedAgain(*row))
            emit askAgainRequested(QString::fromStdString(row->step));
    });
    connect(m_states, &QComboBox::currentIndexChanged, this, &ApprovalsView::refill);
    connect(m_filter, &QLineEdit::textChanged, this, &ApprovalsView::refill);
    connect(m_actTable, &QTableView::activated, this,
            [this](const QModelIndex& at) { emit ledgerEntryRequested(m_acts->keyAt(at.row()).toLongLong()); });
    setFocusProxy(m_table);
    refill();
}

QWidget* ApprovalsView::makeDetails()
{
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(4);
    m_title = label(tr("Choose a request to read what became of it"), TextRole::Heading, {}, side);
    m_facts = label({}, TextRole::Body, QStringLiteral("dim"), side);
    m_digest = monoLabel({}, QStringLiteral("dim"), side);
    m_digest->setAccessibleName(tr("Digest of the action"));
    for (QLabel* line : {m_title, m_facts, m_digest}) {
        line->setWordWrap(true);
        column->addWidget(line);
    }
    m_actTable = table(tr("What became of the request, oldest first; Enter opens the ledger entry"), tableRoles(), side);
    m_actTable->setModel(m_acts);
    const int widths[] = {172, 130, 160, 150, 90, 80};
    for (int i = 0; i < 6; ++i)
        m_actTable->setColumnWidth(i, widths[i]);
    column->addWidget(m_actTable, 1);
    return side;
}

void ApprovalsView::reload(const engine::Notice&)
{
    m_queries.ask<std::vector<engine::ApprovalRow>>(
        this, [](bridge::CaseSource& source) { return source.approvals(); },
        [this](const Result<std::vector<engine::ApprovalRow>>& rows) {
            if (!rows)
                return void(emit said(tr("The approvals could not be read: %1").arg(QString::fromStdString(rows.error().detail))));
            m_all = *rows;
            refill();
        });
}

/// Only a step's newest request: an older one was asked again already, or decided since.
bool ApprovalsView::canBeAskedAgain(const engine::ApprovalRow& row) const
{
    const bool isOver = row.state == "expired" || row.state == "void";
    return isOver && std::none_of(m_all.begin(), m_all.end(), [&](const engine::ApprovalRow& other) {
               return other.step == row.step && other.id > row.id;
           });
}

bool ApprovalsView::isWanted(const engine::ApprovalRow& row) const
{
    const QString states = m_states->currentData().toString();
    if (!states.isEmpty() && !states.split(QLatin1Char(' ')).contains(QString::fromStdString(row.state)))
        return false;
    QString all = text::sentence(row.title) + QLatin1Char(' ') +
                  QString::fromStdString(row.id + ' ' + row.incident + ' ' + row.code + ' ' + row.digest + ' ' + row.verb);
    for (const engine::ApprovalAct& act : row.acts)
        all += QLatin1Char(' ') + QString::fromStdString(act.who + ' ' + act.reason);
    return all.contains(m_filter->text().trimmed(), Qt::CaseInsensitive);
}

const engine::ApprovalRow* ApprovalsView::current() const
{
    const std::string id = m_requests->keyAt(m_table->currentIndex().row()).toString().toStdString();
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const engine::ApprovalRow& row) { return row.id == id; });
    return found == m_all.end() ? nullptr : &*found;
}

void ApprovalsView::refill()
{
    const QVariant chosen = m_requests->keyAt(m_table->currentIndex().row());
    std::vector<engine::ApprovalRow> wanted;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(wanted), [this](const engine::ApprovalRow& row) { return isWanted(row); });
    const auto waiting = std::count_if(m_all.begin(), m_all.end(), [](const engine::ApprovalRow& row) { return models::isWaiting(row); });
    m_counts->setText(tr("%1 waiting · %2 in all · %3 shown").arg(waiting).arg(m_all.size()).arg(wanted.size()));
    m_pages->setCurrentIndex(wanted.empty() ? 1 : 0);
    m_requests->setRows(models::historyRows(std::move(wanted)));
    if (m_requests->rowCount() > 0)
        m_table->selectRow(std::max(0, m_requests->rowOf(chosen)));
    showDetails();
}

/// Roles first: who may not decide reads why. What does not fit the request is merely grey.
void ApprovalsView::showRights()
{
    const engine::ApprovalRow* row = current();
    const QString why = whyNot(m_commander);
    permit(m_review, why);
    permit(m_askAgain, why, tr("Who asks again cannot approve it"));
    m_review->setEnabled(m_review->isEnabled() && row && models::isWaiting(*row));
    m_askAgain->setEnabled(m_askAgain->isEnabled() && row && canBeAskedAgain(*row));
    m_copy->setEnabled(row && models::isWaiting(*row) && !row->requestText.empty());
}

void ApprovalsView::copyRequest()
{
    const engine::ApprovalRow* row = current();
    if (!row)
        return;
    const QString text = QString::fromStdString(row->requestText);
    QGuiApplication::clipboard()->setText(text);
    auto* dialog = new travel::TextDialog({tr("Request %1").arg(text::plainLine(row->id)),
                                           tr("It is on the clipboard. Send it through any chat or mail, or have it scanned; there it is "
                                              "opened with cordon_approve --paste, or cordon_approve_tty. The signed reply comes back "
                                              "the same way, to Paste reply."),
                                           tr("The signed request as text")},
                                          text, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ApprovalsView::pasteReply()
{
    auto* dialog = new travel::PasteDialog({tr("Paste a reply"),
                                            tr("Paste the signed reply as it came: the text, or what a camera read from its QR codes, in "
                                               "any order. Whether it counts is checked by the engine."),
                                            tr("The reply as text"), tr("Hand in"), tr("This is no signed reply.")},
                                           QStringLiteral("cordon.approval-reply.v1"), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit replyBrought(dialog->text()); });
    dialog->open();
}

void ApprovalsView::showDetails()
{
    const engine::ApprovalRow* row = current();
    showRights();
    m_acts->setRows(row ? models::approvalActRows(*row) : std::vector<models::CellRow>());
    m_facts->setVisible(row != nullptr);
    m_digest->setVisible(row && !row->digest.empty());
    if (!row)
        return m_title->setText(tr("Choose a request to read what became of it"));
    m_title->setText(text::sentence(row->title));
    m_facts->setText(tr("%1 · %2 · step %3 · %4 · %5 · %6 of %7 approved · to be decided by %8 UTC")
                         .arg(text::plainLine(row->id), text::plainLine(row->verb), text::plainLine(row->step), text::tierWord(row->tier),
                              text::approvalWord(row->state))
                         .arg(row->given)
                         .arg(row->needed)
                         .arg(text::dayAndClock(row->approveBy)));
    m_digest->setText(tr("code %1 · sha256 %2").arg(text::plainLine(row->code), text::plainLine(row->digest)));
}

} // namespace cordon::ui::views
