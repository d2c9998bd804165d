#include "ui/views/sources_view.h"

#include "ui/models/case_rows.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

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
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Sources"), TextRole::Title, {}, this));
    head->addWidget(m_rate, 1);
    QPushButton* add = button(tr("Add logs…"), ButtonLook::Plain, this);
    connect(add, &QPushButton::clicked, this, &SourcesView::addRequested);
    head->addWidget(add);
    column->addLayout(head);
    QTableView* sources = table(tr("Log files"), tableRoles(), this);
    sources->setModel(m_sources);
    sources->setColumnWidth(0, 320);
    sources->setColumnWidth(1, 130);
    sources->setColumnWidth(6, 150);
    sources->setColumnWidth(7, 150);
    m_pages->addWidget(sources);
    m_pages->addWidget(new EmptyNote(QStringLiteral("sources"), tr("No sources yet"),
                                     tr("Drop log files or folders here, or press Add logs."), m_pages));
    m_pages->setCurrentIndex(1);
    column->addWidget(m_pages, 3);
    column->addWidget(m_rejectedTitle);
    QTableView* rejected = table(tr("Records that could not be used"), tableRoles(), this);
    rejected->setModel(m_rejected);
    rejected->setColumnWidth(0, 320);
    column->addWidget(rejected, 2);
}

void SourcesView::reload(const engine::Notice& notice)
{
    m_rejected->setTotal(notice.rejected);
    m_rejectedTitle->setText(tr("Records that could not be used · %1").arg(text::count(notice.rejected)));
    m_rate->setText(notice.phase == engine::Phase::Ingesting
                        ? tr("reading %1 at %2/s", "file, bytes per second")
                              .arg(text::plainLine(notice.currentFile).section(QLatin1Char('/'), -1), text::bytes(notice.bytesPerSecond))
                        : tr("%1 events · log reaches %2 UTC").arg(text::count(notice.events), text::dayAndClock(notice.logReaches)));
    m_queries.ask<std::vector<engine::SourceRow>>(
        this, [](bridge::CaseSource& source) { return source.sources(); },
        [this](const Result<std::vector<engine::SourceRow>>& rows) {
            if (!rows)
                return;
            m_sources->setRows(models::sourceRows(*rows));
            m_pages->setCurrentIndex(rows->empty() ? 1 : 0);
        });
}

} // namespace cordon::ui::views
