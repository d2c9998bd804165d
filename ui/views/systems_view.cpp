#include "ui/views/systems_view.h"

#include "ui/models/system_rows.h"
#include "ui/text/texts.h"
#include "ui/views/rights.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/table_delegate.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::views {

using namespace widgets;

SystemsView::SystemsView(QWidget* parent)
    : CaseView(parent)
    , m_rows(new models::CellTableModel(models::systemHeaders(), this))
    , m_tests(new models::CellTableModel({tr("System"), tr("Works"), tr("As whom, or what is wrong")}, this))
    , m_summary(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_pages(new QStackedWidget(this))
    , m_hint(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_test(table(tr("What the connection test found"), tableRoles(), this))
    , m_connect(button(tr("Connect…"), ButtonLook::Plain, this))
    , m_check(button(tr("Test connections…"), ButtonLook::Plain, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 14);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->addWidget(label(tr("Real systems"), TextRole::Title, {}, this));
    head->addWidget(m_summary, 1);
    markAsChanging(m_connect);
    markAsChanging(m_check);
    m_connect->setAccessibleName(tr("Connect real systems"));
    m_check->setToolTip(tr("Asks each system by calls that change nothing whether credential and way work"));
    connect(m_connect, &QPushButton::clicked, this, &SystemsView::connectRequested);
    connect(m_check, &QPushButton::clicked, this, &SystemsView::testRequested);
    head->addWidget(m_connect);
    head->addWidget(m_check);
    column->addLayout(head);
    QTableView* systems = table(tr("Real systems of this case"), tableRoles(), this);
    systems->setModel(m_rows);
    shareWidth(*systems, {116, 200, 76, 96, 166, -1, 60, 96, 100, 70});
    m_pages->addWidget(systems);
    m_pages->addWidget(new EmptyNote(QStringLiteral("sources"), tr("No real system is connected"),
                                     tr("The agent proposes and does nothing. Systems are described in a settings file, owners put a mandate in "
                                        "force for their environment, and their credentials lie in a vault."),
                                     m_pages));
    m_pages->setCurrentIndex(1);
    column->addWidget(m_pages, 3);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    m_test->setModel(m_tests);
    m_test->setColumnWidth(0, 160);
    m_test->setColumnWidth(1, 150);
    m_test->hide();
    column->addWidget(m_test, 2);
    refresh();
}

void SystemsView::show(const std::vector<engine::SystemState>& systems)
{
    m_rows->setRows(models::systemRows(systems));
    m_pages->setCurrentIndex(systems.empty() ? 1 : 0);
    m_isConnected = std::any_of(systems.begin(), systems.end(), [](const engine::SystemState& one) { return one.isConnected; });
    m_summary->setText(systems.empty()   ? QString()
                       : m_isConnected ? tr("the agent acts on them now, in %1", "environment").arg(text::plainLine(systems.front().environment))
                                       : tr("this case acted on them; none is connected here, so nothing is done"));
    refresh();
}

void SystemsView::setWhyNot(const QString& why)
{
    m_whyNot = why;
    refresh();
}

void SystemsView::setTesting(bool isTesting)
{
    m_isTesting = isTesting;
    refresh();
}

void SystemsView::showTest(std::vector<models::CellRow> rows)
{
    m_tests->setRows(std::move(rows));
    m_test->show();
    setTesting(false);
}

void SystemsView::refresh()
{
    m_connect->setVisible(!m_isConnected);
    permit(m_connect, m_whyNot, tr("The agent acts on them from then on, under the mandate in force"));
    m_check->setEnabled(!m_isTesting && m_whyNot.isEmpty());
    m_check->setText(m_isTesting ? tr("Testing…") : tr("Test connections…"));
    m_hint->setText(m_isConnected ? QString() : m_whyNot);
    m_hint->setVisible(!m_hint->text().isEmpty());
}

void SystemsView::reload(const engine::Notice& /*notice*/)
{
}

} // namespace cordon::ui::views
