#include "ui/views/ledger_view.h"

#include "ui/dialogs/key_dialog.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progress_line.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace cordon::ui::views {

using namespace widgets;

LedgerView::LedgerView(bridge::CaseQueries& queries, Verified verified, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_verified(std::move(verified))
    , m_work(new bridge::LongWork(this))
    , m_verify(button(tr("Verify"), ButtonLook::Plain, this))
    , m_againstKey(button(tr("Check against a key…"), ButtonLook::Plain, this))
    , m_progress(new ProgressLine(tr("Share of the case that is verified"), this))
    , m_verdict(label({}, TextRole::Strong, {}, this))
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
    column->addWidget(verifyRow());
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    QTableView* view = table(tr("Ledger entries, newest first"), tableRoles(), splitter);
    view->setModel(m_entries);
    shareWidth(*view, {54, 190, 112, 112, 76, -1});
    auto* side = new QWidget(splitter);
    auto* sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(14, 8, 0, 0);
    sideColumn->addWidget(m_which);
    m_entry->setReadOnly(true);
    m_entry->setFont(theme::monoFont(12));
    m_entry->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_entry->setAccessibleName(tr("Content of the ledger entry"));
    sideColumn->addWidget(m_entry, 1);
    splitter->addWidget(view);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({780, 400}); // an entry is read beside the list, not through a slit
    column->addWidget(splitter, 1);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid())
            open(m_entries->seqAt(now.row()));
    });
    connect(m_entries, &models::LedgerTableModel::failed, this, &CaseView::said);
}

QWidget* LedgerView::verifyRow()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 2, 0, 4);
    row->setSpacing(10);
    m_verify->setToolTip(tr("Reads every byte of ledger and evidence again and says whether they hold"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    row->addWidget(m_verify);
    m_againstKey->setToolTip(tr("Verifies it by a key that you were told, instead of the one that is known on this machine"));
    row->addWidget(m_againstKey);
    connect(m_againstKey, &QPushButton::clicked, this, &LedgerView::askForKey);
    row->addWidget(m_progress);
    row->addWidget(m_verdict, 1);
    row->addStretch(1);
    const auto add = [&](const QString& words, const QString& tip, void (LedgerView::*requested)()) {
        QPushButton* one = button(words, ButtonLook::Plain, this);
        one->setToolTip(tip);
        connect(one, &QPushButton::clicked, this, requested);
        row->addWidget(one);
        return one;
    };
    add(tr("Replay…"), tr("What other rules or another mandate would have made of this case; changes nothing"), &LedgerView::replayRequested);
    add(tr("Export…"), tr("Writes the case as report, timeline or for other programs"), &LedgerView::exportRequested);
    markAsChanging(add(tr("Seal case…"), tr("Puts the case, or one incident, into one signed file to be handed over"), &LedgerView::sealRequested));
    connect(m_verify, &QPushButton::clicked, this, [this] { verify(); });
    connect(m_progress, &ProgressLine::cancelled, m_work, &bridge::LongWork::cancel);
    connect(m_work, &bridge::LongWork::progressed, m_progress, &ProgressLine::show);
    return line;
}

void LedgerView::askForKey()
{
    auto* dialog = new dialogs::KeyDialog(this);
    connect(dialog, &dialogs::KeyDialog::answered, this, [this](const QString& key) { verify(key); });
    dialog->open();
}

void LedgerView::verify(const QString& key)
{
    m_verify->setEnabled(false);
    m_againstKey->setEnabled(false);
    m_verdict->setText({});
    m_verdict->hide();
    m_progress->begin(tr("Reading every byte…"));
    m_work->run<engine::CaseVerdict>(
        [place = m_verified.place.toStdString(), home = m_verified.home.toStdString(), isOpenHere = m_isOpenHere, key = key.toStdString()](
            const bridge::LongWork::Told& told, const std::stop_token& stop) { return engine::verifyCase(place, home, told, stop, isOpenHere, key); },
        [this](const Result<engine::CaseVerdict>& verdict) { showVerdict(verdict); });
}

void LedgerView::showVerdict(const Result<engine::CaseVerdict>& verdict)
{
    m_verify->setEnabled(true);
    m_againstKey->setEnabled(true);
    m_progress->end();
    m_verdict->show();
    widgets::setTone(m_verdict, {});
    if (!verdict) {
        m_verdict->setText(verdict.error().code == ErrorCode::Cancelled ? tr("Verification was stopped. Nothing is said.")
                                                                        : text::plainLine(verdict.error().detail));
        return;
    }
    const QString result = QString::fromStdString(verdict->result);
    const QString meaning = verdict->exitStatus == 0   ? tr("everything fits")
                            : verdict->exitStatus == 1 ? tr("something was altered: read the lines on the right")
                            : verdict->exitStatus == 2 ? tr("something is missing or not signed yet")
                            : verdict->isOtherKey      ? tr("the key is another: either this is not the case you think or the key is wrong")
                                                       : tr("the key is not known here, or no anchor was at hand");
    m_verdict->setText(tr("%1: %2", "verdict and its meaning").arg(result, meaning));
    m_verdict->setAccessibleName(tr("Verdict: %1").arg(m_verdict->text()));
    widgets::setTone(m_verdict, verdict->exitStatus == 0 ? QStringLiteral("good")
                                : verdict->exitStatus == 1 ? QStringLiteral("critical") : QStringLiteral("medium"));
    m_shown = -1;
    m_which->setText(tr("What the verifier found"));
    m_entry->setPlainText(QString::fromStdString(verdict->text));
}

void LedgerView::reload(const engine::Notice& notice)
{
    m_isOpenHere = !notice.isFollowed && !m_verified.place.endsWith(QLatin1String(".cordonz"));
    m_entries->refresh();
    if (std::exchange(m_verified.beginsAtOnce, false)) // behind the queue: reading every byte keeps the disk busy
        m_queries.ask<std::vector<engine::IncidentRow>>(
            this, [](bridge::CaseSource& source) { return source.incidents(); },
            [this](const Result<std::vector<engine::IncidentRow>>&) { verify(); });
    m_queries.ask<engine::CaseSummary>(
        this, [](bridge::CaseSource& source) { return source.summary(); },
        [this](const Result<engine::CaseSummary>& summary) {
            if (summary)
                m_summary->setText(tr("Origin %1 · genesis key %2 · append-only, hash-chained, signed. Verify checks it from the bytes, as cordonctl verify does.")
                                       .arg(text::plainLine(summary->origin), text::plainLine(summary->genesisKey)));
        });
}

void LedgerView::open(qint64 seq)
{
    if (seq < 0)
        return;
    m_shown = seq;
    m_queries.ask<std::string>(
        this,
        [seq, place = m_verified.place.toStdString()](bridge::CaseSource& source) -> Result<std::string> {
            CORDON_TRY(const std::string entry, source.ledgerEntry(seq));
            const auto why = engine::explainEntry(place, seq); // as `cordonctl why` says it
            return why ? engine::explanationText(*why) + "\n" + entry : entry;
        },
        [this, seq](const Result<std::string>& entry) {
            if (seq != m_shown)
                return;
            m_which->setText(tr("Entry %1").arg(text::count(seq)));
            m_entry->setPlainText(entry ? QString::fromStdString(*entry)
                                        : tr("The entry could not be read: %1").arg(QString::fromStdString(entry.error().detail)));
        });
}

} // namespace cordon::ui::views
