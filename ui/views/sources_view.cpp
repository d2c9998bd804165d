#include "ui/views/sources_view.h"

#include "ui/models/case_rows.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace cordon::ui::views {

using namespace widgets;

SourcesView::SourcesView(bridge::CaseQueries& queries, QWidget* parent)
    : CaseView(parent)
    , m_queries(queries)
    , m_sources(new models::CellTableModel(models::sourceHeaders(), this))
    , m_rejected(new models::RejectedTableModel(queries, this))
    , m_rate(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_rejectedTitle(label({}, TextRole::Heading, {}, this))
    , m_pages(new QStackedWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(10);
    addHead(*column);
    m_table = table(tr("Log files and followed folders"), tableRoles(), this);
    m_table->setModel(m_sources);
    const std::array<int, 9> widths{260, 125, 190, 85, 80, 95, 80, 155, 155};
    for (std::size_t i = 0; i < widths.size(); ++i)
        m_table->setColumnWidth(static_cast<int>(i), widths[i]);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        m_stop->setEnabled(models::isFollowedKey(m_sources->keyAt(current.row())));
    });
    m_pages->addWidget(m_table);
    m_pages->addWidget(new EmptyNote(QStringLiteral("sources"), tr("No sources yet"),
                                     tr("Drop log files or folders here, press Add logs, or follow a folder into which logs are written."),
                                     m_pages));
    m_pages->setCurrentIndex(1);
    column->addWidget(m_pages, 3);
    column->addWidget(m_rejectedTitle);
    QTableView* rejected = table(tr("Records that could not be used"), tableRoles(), this);
    rejected->setModel(m_rejected);
    rejected->setColumnWidth(0, 320);
    column->addWidget(rejected, 2);
}

void SourcesView::addHead(QVBoxLayout& column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Sources"), TextRole::Title, {}, this));
    head->addWidget(m_rate, 1);
    m_stop = button(tr("Stop following"), ButtonLook::Plain, this);
    markAsChanging(m_stop);
    m_stop->setEnabled(false);
    m_stop->setToolTip(tr("The chosen source is left alone from now on; what was read stays. Following it again goes on there."));
    connect(m_stop, &QPushButton::clicked, this,
            [this] { emit stopFollowingRequested(m_sources->keyAt(m_table->currentIndex().row()).toString()); });
    QPushButton* file = button(tr("Follow a growing file…"), ButtonLook::Plain, this);
    markAsChanging(file);
    connect(file, &QPushButton::clicked, this, &SourcesView::followFileRequested);
    QPushButton* folder = button(tr("Add folder to follow…"), ButtonLook::Plain, this);
    markAsChanging(folder);
    connect(folder, &QPushButton::clicked, this, &SourcesView::followFolderRequested);
    QPushButton* add = button(tr("Add logs…"), ButtonLook::Plain, this);
    markAsChanging(add);
    connect(add, &QPushButton::clicked, this, [this] { emit addRequested(false); });
    QPushButton* options = button(tr("With options…"), ButtonLook::Plain, this);
    markAsChanging(options);
    options->setAccessibleName(tr("Add logs with options"));
    options->setToolTip(tr("Asks for zone, clock offset and year of the logs also where nothing is missing."));
    connect(options, &QPushButton::clicked, this, [this] { emit addRequested(true); });
    for (QPushButton* one : {m_stop, file, folder, add, options})
        head->addWidget(one);
    column.addLayout(head);
}

void SourcesView::show(const Answer& answer)
{
    const QVariant chosen = m_sources->keyAt(m_table->currentIndex().row());
    m_sources->setRows(models::sourceRows(answer.followed, answer.files));
    if (const int row = m_sources->rowOf(chosen); row >= 0)
        m_table->setCurrentIndex(m_sources->index(row, 0));
    m_stop->setEnabled(models::isFollowedKey(m_sources->keyAt(m_table->currentIndex().row())));
    m_pages->setCurrentIndex(m_sources->rowCount() == 0 ? 1 : 0);
}

void SourcesView::reload(const engine::Notice& notice)
{
    m_rejected->setTotal(notice.rejected);
    m_rejectedTitle->setText(tr("Records that could not be used · %1").arg(text::count(notice.rejected)));
    m_rate->setText(notice.phase == engine::Phase::Ingesting
                        ? tr("reading %1 at %2/s", "file, bytes per second")
                              .arg(text::plainLine(notice.currentFile).section(QLatin1Char('/'), -1), text::bytes(notice.bytesPerSecond))
                        : tr("%1 event(s) · log reaches %2 UTC", nullptr, static_cast<int>(notice.events)).arg(text::count(notice.events), text::dayAndClock(notice.logReaches)));
    m_queries.ask<Answer>(
        this,
        [](bridge::CaseSource& source) -> Result<Answer> {
            Answer answer;
            CORDON_TRY(answer.followed, source.followed());
            CORDON_TRY(answer.files, source.sources());
            return answer;
        },
        [this](const Result<Answer>& answer) {
            if (answer)
                show(*answer);
        });
}

} // namespace cordon::ui::views
