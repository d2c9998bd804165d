#include "ui/views/evidence_view.h"

#include "ui/dialogs/reason_dialog.h"
#include "ui/models/case_rows.h"
#include "ui/text/texts.h"
#include "ui/theme/fonts.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/labels.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

EvidenceView::EvidenceView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_rows(new models::CellTableModel(models::evidenceHeaders(), this))
{
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(6);
    addHead(*column);
    QLabel* explanation = label(tr("All that this case rests on, each sealed under its SHA-256 and never written again. Every citation "
                                   "opens exact bytes of one of them. Drop a file or picture here to add it as an exhibit."),
                                TextRole::Small, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    m_table = table(tr("Evidence"), tableRoles(), splitter);
    m_table->setModel(m_rows);
    shareWidth(*m_table, {84, -1, 132, 78, 150});
    m_table->setTextElideMode(Qt::ElideMiddle); // paths and digests differ at both ends
    auto* side = new QWidget(splitter);
    auto* sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(14, 8, 0, 0);
    m_which = label(tr("Choose an item to read its chain of custody"), TextRole::Strong, {}, side);
    m_which->setWordWrap(true);
    sideColumn->addWidget(m_which);
    m_receipt = new QPlainTextEdit(side);
    m_receipt->setObjectName(QStringLiteral("receipt"));
    m_receipt->setReadOnly(true);
    m_receipt->setFont(theme::monoFont(12));
    m_receipt->setAccessibleName(tr("Chain of custody of the chosen item"));
    sideColumn->addWidget(m_receipt, 1);
    splitter->addWidget(m_table);
    splitter->addWidget(side);
    splitter->setSizes({700, 460});
    column->addWidget(splitter, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &EvidenceView::showChosen);
}

void EvidenceView::addHead(QVBoxLayout& column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Evidence"), TextRole::Title, {}, this), 1);
    m_hold = button(tr("Legal hold…"), ButtonLook::Plain, this);
    m_hold->setObjectName(QStringLiteral("hold"));
    m_hold->setToolTip(tr("What is under legal hold must not be erased; a commander lifts it."));
    connect(m_hold, &QPushButton::clicked, this, &EvidenceView::changeHold);
    m_copy = button(tr("Export a copy…"), ButtonLook::Plain, this);
    m_copy->setObjectName(QStringLiteral("copy"));
    m_copy->setToolTip(tr("Writes a working copy of the bytes, after checking every one of them; the item stays as it is."));
    connect(m_copy, &QPushButton::clicked, this, &EvidenceView::copyOut);
    QPushButton* add = button(tr("Add exhibit…"), ButtonLook::Plain, this);
    add->setToolTip(tr("Any file or picture: it gets a number, and you sign for it."));
    connect(add, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(window(), tr("Add exhibit"));
        if (!file.isEmpty())
            addExhibit(file);
    });
    for (QPushButton* one : {m_hold, m_copy, add})
        head->addWidget(one);
    m_hold->setEnabled(false);
    m_copy->setEnabled(false);
    column.addLayout(head);
}

void EvidenceView::reload(const engine::Notice&)
{
    m_queries.ask<std::vector<engine::EvidenceRow>>(
        this, [](bridge::CaseSource& source) { return source.evidence(); },
        [this](const Result<std::vector<engine::EvidenceRow>>& rows) {
            if (rows)
                showRows(*rows);
        });
}

void EvidenceView::showRows(std::vector<engine::EvidenceRow> rows)
{
    const QVariant before = m_rows->keyAt(m_table->currentIndex().row());
    m_evidence = std::move(rows);
    m_rows->setRows(models::evidenceRows(m_evidence));
    if (const int row = m_rows->rowOf(before); row >= 0)
        m_table->setCurrentIndex(m_rows->index(row, 0));
    showChosen();
}

const engine::EvidenceRow* EvidenceView::chosen() const
{
    const std::string digest = m_rows->keyAt(m_table->currentIndex().row()).toString().toStdString();
    const auto place = std::find_if(m_evidence.begin(), m_evidence.end(),
                                    [&](const engine::EvidenceRow& row) { return row.digest == digest; });
    return place == m_evidence.end() ? nullptr : &*place;
}

void EvidenceView::showChosen()
{
    const engine::EvidenceRow* row = chosen();
    m_copy->setEnabled(row && !row->isErased);
    m_hold->setEnabled(row && !row->isErased);
    m_hold->setText(row && row->isHeld ? tr("Lift legal hold…") : tr("Legal hold…"));
    if (!row)
        return;
    m_which->setText(row->number.empty() ? text::plainLine(row->name)
                                         : tr("Exhibit %1").arg(QString::fromStdString(row->number)));
    if (const QString receipt = QString::fromStdString(row->receipt); m_receipt->toPlainText() != receipt)
        m_receipt->setPlainText(receipt);
}

void EvidenceView::addExhibit(const QString& file)
{
    auto* dialog = new dialogs::ReasonDialog({tr("Add exhibit"),
                                              tr("%1 is sealed under its SHA-256 and cannot be changed or taken back. You sign for it.")
                                                  .arg(text::plainLine(QFileInfo(file).fileName().toStdString())),
                                              tr("What it is and where it came from"), tr("Add exhibit")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, file](const QString& note) {
        m_queries.ask<std::string>(
            this, [file](bridge::CaseSource& source) { return source.sealFile(file.toStdString()); },
            [this, file, note](const Result<std::string>& digest) {
                if (digest)
                    m_commander.addExhibit(QString::fromStdString(*digest), file, note, false);
                else
                    emit said(tr("The exhibit was not added: %1").arg(text::plainLine(digest.error().detail)));
            });
    });
    dialog->open();
}

void EvidenceView::copyOut()
{
    const engine::EvidenceRow* row = chosen();
    if (!row)
        return;
    const QString proposed = QFileInfo(QString::fromStdString(row->name)).fileName();
    const QString file = QFileDialog::getSaveFileName(window(), tr("Export a copy"), proposed);
    if (file.isEmpty())
        return;
    m_queries.ask<bool>(
        this,
        [digest = row->digest, file](bridge::CaseSource& source) -> Result<bool> {
            CORDON_CHECK(source.exportEvidence(digest, file.toStdString()));
            return true;
        },
        [this, file](const Result<bool>& done) {
            emit said(done ? tr("A copy was written to %1.").arg(text::plainLine(file.toStdString()))
                           : tr("No copy was written: %1").arg(text::plainLine(done.error().detail)));
        });
}

void EvidenceView::changeHold()
{
    const engine::EvidenceRow* row = chosen();
    if (!row)
        return;
    const bool isHeld = !row->isHeld;
    auto* dialog = new dialogs::ReasonDialog({isHeld ? tr("Legal hold") : tr("Lift legal hold"),
                                              isHeld ? tr("It must not be erased until a commander lifts the hold.")
                                                     : tr("A commander lifts a hold, with their own factors."),
                                              tr("Why"), isHeld ? tr("Put under hold") : tr("Lift")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, isHeld, item = QString::fromStdString(row->digest)](const QString& why) {
        m_commander.setHold(item, isHeld, why);
    });
    dialog->open();
}

/// Any file is an exhibit here; logs are dropped on the other screens.
void EvidenceView::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1 &&
        QFileInfo(event->mimeData()->urls().first().toLocalFile()).isFile())
        event->acceptProposedAction();
}

void EvidenceView::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    addExhibit(event->mimeData()->urls().first().toLocalFile());
}

} // namespace cordon::ui::views
