#include "ui/views/ledger_view.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

LedgerView::LedgerView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_entries(new models::LedgerTableModel(queries, this))
    , m_summary(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_which(label(tr("Choose an entry to read it"), TextRole::Strong, {}, this))
    , m_entry(new QPlainTextEdit(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(6);
    column->addWidget(label(tr("Ledger"), TextRole::Title, {}, this));
    m_summary->setWordWrap(true);
    column->addWidget(m_summary);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    QTableView* view = table(tr("Ledger entries, newest first"), tableRoles(), splitter);
    view->setModel(m_entries);
    const int widths[] = {80, 185, 170, 150, 100};
    for (int i = 0; i < 5; ++i)
        view->setColumnWidth(i, widths[i]);
    auto* side = new QWidget(splitter);
    auto* sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(14, 8, 0, 0);
    sideColumn->addWidget(m_which);
    m_entry->setReadOnly(true);
    m_entry->setFont(theme::monoFont(12));
    m_entry->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_entry->setAccessibleName(tr("Content of the ledger entry"));
    sideColumn->addWidget(m_entry, 1);
    splitter->addWidget(view);
    splitter->addWidget(side);
    splitter->setSizes({760, 420});
    column->addWidget(splitter, 1);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid())
            open(m_entries->seqAt(now.row()));
    });
    connect(m_entries, &models::LedgerTableModel::failed, this, &CaseView::said);
}

void LedgerView::reload(const engine::Notice&)
{
    m_entries->refresh();
    m_queries.ask<engine::CaseSummary>(
        this, [](bridge::CaseSource& source) { return source.summary(); },
        [this](const Result<engine::CaseSummary>& summary) {
            if (summary)
                m_summary->setText(tr("Origin %1 · genesis key %2 · append-only, hash-chained, signed. Check it from the bytes with: cordonctl verify")
                                       .arg(text::plainLine(summary->origin), text::plainLine(summary->genesisKey)));
        });
}

void LedgerView::open(qint64 seq)
{
    if (seq < 0)
        return;
    m_shown = seq;
    m_queries.ask<std::string>(
        this, [seq](bridge::CaseSource& source) { return source.ledgerEntry(seq); },
        [this, seq](const Result<std::string>& entry) {
            if (seq != m_shown)
                return;
            m_which->setText(tr("Entry %1").arg(text::count(seq)));
            m_entry->setPlainText(entry ? QString::fromStdString(*entry)
                                        : tr("The entry could not be read: %1").arg(QString::fromStdString(entry.error().detail)));
        });
}

} // namespace cordon::ui::views
