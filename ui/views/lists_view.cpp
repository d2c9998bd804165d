#include "ui/views/lists_view.h"

#include "ui/dialogs/list_dialog.h"
#include "ui/models/list_rows.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/rights.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

ListsView::ListsView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_lists(new models::CellTableModel(models::listHeaders(), this))
    , m_missing(new models::CellTableModel(models::coverageHeaders(), this))
    , m_rejected(new models::CellTableModel(models::rejectedRowHeaders(), this))
    , m_summary(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_missingTitle(label({}, TextRole::Heading, {}, this))
    , m_rejectedTitle(label({}, TextRole::Heading, {}, this))
    , m_pages(new QStackedWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(10);
    addHead(*column);
    m_table = table(tr("Imported lists"), tableRoles(), this);
    m_table->setModel(m_lists);
    m_table->setColumnWidth(0, 160);
    for (const int moment : {4, 5})
        m_table->setColumnWidth(moment, 165);
    m_pages->addWidget(m_table);
    m_pages->addWidget(new EmptyNote(QStringLiteral("sources"), tr("No lists yet"),
                                     tr("Import an inventory, so that the agent knows owners, criticality and tags, or "
                                        "indicators, so that records are searched for them."),
                                     m_pages));
    m_pages->setCurrentIndex(1);
    column->addWidget(m_pages, 2);
    column->addWidget(m_missingTitle);
    QTableView* missing = table(tr("What the agent cannot touch for want of facts"), tableRoles(), this);
    missing->setModel(m_missing);
    missing->setColumnWidth(0, 320);
    missing->setColumnWidth(2, 150);
    missing->setColumnWidth(3, 280);
    column->addWidget(missing, 3);
    column->addWidget(m_rejectedTitle);
    QTableView* rejected = table(tr("Rows that could not be used"), tableRoles(), this);
    rejected->setModel(m_rejected);
    rejected->setColumnWidth(0, 260);
    column->addWidget(rejected, 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { showRejected(); });
}

void ListsView::addHead(QVBoxLayout& column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Lists"), TextRole::Title, {}, this));
    head->addWidget(m_summary, 1);
    m_inventory = button(tr("Import inventory…"), ButtonLook::Plain, this);
    connect(m_inventory, &QPushButton::clicked, this, [this] { choose(true); });
    m_indicators = button(tr("Import indicators…"), ButtonLook::Plain, this);
    connect(m_indicators, &QPushButton::clicked, this, [this] { choose(false); });
    head->addWidget(m_inventory);
    head->addWidget(m_indicators);
    column.addLayout(head);
}

void ListsView::choose(bool isInventory)
{
    const QString file =
        QFileDialog::getOpenFileName(window(), isInventory ? tr("Import inventory") : tr("Import indicators"), {},
                                     isInventory ? tr("Lists (*.csv *.json *.jsonl *.txt);;All files (*)")
                                                 : tr("Indicators (*.json *.csv *.txt);;All files (*)"));
    if (!file.isEmpty())
        import(file, isInventory);
}

void ListsView::import(const QString& file, bool isInventory)
{
    auto* dialog = new dialogs::ListDialog(file, isInventory, window());
    connect(dialog, &dialogs::ListDialog::answered, this, [this, file, isInventory](const Value& args) {
        m_queries.ask<std::string>(
            this, [file](bridge::CaseSource& source) { return source.sealFile(file.toStdString()); },
            [this, file, isInventory, args](const Result<std::string>& digest) {
                if (digest)
                    m_commander.importList(isInventory, QString::fromStdString(*digest), file, args);
                else
                    emit said(tr("The list was not imported: %1").arg(text::plainLine(digest.error().detail)));
            });
    });
    dialog->open();
}

void ListsView::show(const engine::ListPicture& picture)
{
    const QVariant chosen = m_lists->keyAt(m_table->currentIndex().row());
    m_rows = picture.lists;
    m_lists->setRows(models::listRows(m_rows));
    const int row = std::max(0, m_lists->rowOf(chosen));
    if (m_lists->rowCount() > 0)
        m_table->setCurrentIndex(m_lists->index(row, 0));
    m_pages->setCurrentIndex(m_lists->rowCount() == 0 ? 1 : 0);
    m_missing->setRows(models::coverageRows(picture.coverage));
    const auto untouchable = std::count_if(picture.coverage.begin(), picture.coverage.end(),
                                           [](const engine::CoverageRow& missing) { return missing.isUntouchable; });
    m_missingTitle->setText(tr("What the agent cannot touch for want of facts · %1").arg(text::count(untouchable)));
    m_summary->setText(tr("%n account(s) known", nullptr, picture.accounts));
    showRejected();
}

void ListsView::showRejected()
{
    const int row = m_table->currentIndex().row();
    const bool isThere = row >= 0 && row < static_cast<int>(m_rows.size());
    const auto rejected = isThere ? m_rows[static_cast<std::size_t>(row)].rejected : std::vector<RejectedRecord>();
    m_rejected->setRows(models::rejectedRows(rejected));
    m_rejectedTitle->setText(
        tr("Rows that could not be used · %1").arg(text::count(static_cast<std::int64_t>(rejected.size()))));
}

void ListsView::reload(const engine::Notice& /*notice*/)
{
    const QString why = whyNot(m_commander);
    permit(m_inventory, why);
    permit(m_indicators, why);
    m_queries.ask<engine::ListPicture>(
        this, [](bridge::CaseSource& source) { return source.lists(); },
        [this](const Result<engine::ListPicture>& picture) {
            if (picture)
                show(*picture);
        });
}

} // namespace cordon::ui::views
