#include "ui/views/evidence_view.h"

#include "ui/dialogs/transfer_dialog.h"
#include "ui/models/case_rows.h"
#include "ui/text/names.h"
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
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection); // what is handed over may be several
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
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EvidenceView::showChosen);
}

void EvidenceView::addHead(QVBoxLayout& column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Evidence"), TextRole::Title, {}, this), 1);
    m_hold = button(tr("Legal hold…"), ButtonLook::Plain, this);
    m_hold->setObjectName(QStringLiteral("hold"));
    m_hold->setToolTip(tr("What is under legal hold must not be erased; a commander lifts it."));
    connect(m_hold, &QPushButton::clicked, this, &EvidenceView::changeHold);
    m_give = button(tr("Hand over…"), ButtonLook::Plain, this);
    m_give->setObjectName(QStringLiteral("give"));
    connect(m_give, &QPushButton::clicked, this, [this] {
        const engine::EvidenceRow* row = chosen();
        if (row && !row->transfer.empty())
            takeOver();
        else
            handOver();
    });
    m_erase = button(tr("Erase…"), ButtonLook::Plain, this);
    m_erase->setObjectName(QStringLiteral("erase"));
    connect(m_erase, &QPushButton::clicked, this, &EvidenceView::erase);
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
    for (QPushButton* one : {m_hold, m_give, m_erase, m_copy, add})
        head->addWidget(one);
    column.addLayout(head);
    showChosenActs(nullptr);
}

/// What can be done with the item. The engine decides; this says beforehand what it would say.
void EvidenceView::showChosenActs(const engine::EvidenceRow* row)
{
    const bool isThere = row && !row->isErased;
    m_copy->setEnabled(isThere);
    m_hold->setEnabled(isThere);
    m_hold->setText(row && row->isHeld ? tr("Lift legal hold…") : tr("Legal hold…"));
    const bool isOnItsWay = row && !row->transfer.empty();
    m_give->setText(isOnItsWay ? tr("Take over %1…").arg(QString::fromStdString(row->transfer)) : tr("Hand over…"));
    m_give->setEnabled(isThere);
    m_give->setToolTip(!isThere      ? tr("Choose what is to be handed over.")
                       : isOnItsWay ? tr("%1 takes it over, after every byte was checked, and signs.").arg(text::personName(row->transferTo))
                                    : tr("Whoever has it signs for handing it over, the other person for taking it over."));
    const bool isLog = row && (row->kind == "log" || row->kind == "packed");
    const QString whyNot = !isThere             ? tr("Choose what is to be erased.")
                           : isLog             ? tr("A log cannot be erased: its events stand in the index and in pages that rest on it.")
                           : !row->isEncrypted ? tr("Only what is encrypted can be erased: its key is taken away. This item is not.")
                           : row->isHeld       ? tr("It is under legal hold.")
                           : isOnItsWay        ? tr("It is on its way by %1.").arg(QString::fromStdString(row->transfer))
                                               : QString();
    m_erase->setEnabled(whyNot.isEmpty());
    m_erase->setToolTip(whyNot.isEmpty() ? tr("A commander takes its key away, for ever; the ledger still proves what it was.") : whyNot);
    m_erase->setAccessibleDescription(whyNot);
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
    showChosenActs(row);
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

void EvidenceView::ask(const dialogs::ReasonDialog::Words& words, const std::function<void(const QString&)>& answered)
{
    auto* dialog = new dialogs::ReasonDialog(words, window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, answered);
    dialog->open();
}

void EvidenceView::changeHold()
{
    const engine::EvidenceRow* row = chosen();
    if (!row)
        return;
    const bool isHeld = !row->isHeld;
    ask({isHeld ? tr("Legal hold") : tr("Lift legal hold"),
         isHeld ? tr("It must not be erased until a commander lifts the hold.")
                : tr("A commander lifts a hold, with their own factors."),
         tr("Why"), isHeld ? tr("Put under hold") : tr("Lift")},
        [this, isHeld, item = QString::fromStdString(row->digest)](const QString& why) {
            m_commander.setHold(item, isHeld, why);
        });
}

std::vector<const engine::EvidenceRow*> EvidenceView::marked() const
{
    std::vector<const engine::EvidenceRow*> rows;
    for (const engine::EvidenceRow& row : m_evidence) {
        const int at = m_rows->rowOf(QString::fromStdString(row.digest));
        if (at >= 0 && m_table->selectionModel()->isRowSelected(at))
            rows.push_back(&row);
    }
    return rows;
}

void EvidenceView::handOver()
{
    QStringList items;
    QStringList names;
    for (const engine::EvidenceRow* row : marked()) {
        items += QString::fromStdString(row->digest);
        names += row->number.empty() ? text::plainLine(row->name) : QString::fromStdString(row->number) + QLatin1Char(' ') + text::plainLine(row->name);
    }
    std::vector<engine::PersonRow> others = m_commander.people();
    std::erase_if(others, [this](const engine::PersonRow& person) {
        const bool maySign = std::any_of(person.roles.begin(), person.roles.end(), [](const std::string& role) {
            return role == "analyst" || role == "commander";
        });
        return !maySign || person.id == m_commander.person().toStdString();
    });
    if (items.isEmpty())
        return;
    if (others.empty())
        return emit said(tr("This case knows nobody else to whom evidence could be handed over."));
    auto* dialog = new dialogs::TransferDialog(names, others, window());
    connect(dialog, &dialogs::TransferDialog::answered, this,
            [this, items](const QString& to, const QString& purpose) { m_commander.handOverEvidence(items, to, purpose); });
    dialog->open();
}

void EvidenceView::takeOver()
{
    const engine::EvidenceRow* row = chosen();
    const QString transfer = row ? QString::fromStdString(row->transfer) : QString();
    if (transfer.isEmpty())
        return;
    ask({tr("Take over %1").arg(transfer),
         tr("Only %1 takes it over. Cordon checks every byte of every item of %2 first; what is not whole is not taken over.")
             .arg(text::personName(row->transferTo), transfer),
         tr("In what condition it came"), tr("Take over")},
        [this, transfer](const QString& condition) { m_commander.receiveEvidence(transfer, condition); });
}

void EvidenceView::erase()
{
    const engine::EvidenceRow* row = chosen();
    if (!row)
        return;
    ask({tr("Erase evidence"),
         tr("The key of %1 is taken away and its bytes can never be read again. What the ledger says of it stays and can still be verified. "
            "A commander signs for it.")
             .arg(text::plainLine(row->number.empty() ? row->name : row->number)),
         tr("Why, and by whose order"), tr("Erase for ever")},
        [this, item = QString::fromStdString(row->digest)](const QString& why) { m_commander.eraseEvidence(item, why); });
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
