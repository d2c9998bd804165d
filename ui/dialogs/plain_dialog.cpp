#include "ui/dialogs/plain_dialog.h"

#include "ui/widgets/labels.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

PlainDialog::PlainDialog(const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_row(new QHBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("frame", "drawn");
    setWindowTitle(title);
    setAccessibleName(title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QFrame* head = ground(QStringLiteral("panel"), QStringLiteral("bottom"), this);
    auto* headRow = new QVBoxLayout(head);
    headRow->setContentsMargins(20, 14, 20, 14);
    headRow->setSpacing(2);
    if (parent && parent->window()->property(exerciseProperty).toBool())
        headRow->addWidget(caption(tr("Exercise"), QStringLiteral("medium"), head));
    if (const QString real = parent ? parent->window()->property(realProperty).toString() : QString(); !real.isEmpty())
        headRow->addWidget(caption(tr("Real systems · %1", "environment").arg(real), {}, head));
    QLabel* heading = label(title, TextRole::Heading, {}, head);
    heading->setWordWrap(true);
    headRow->addWidget(heading);
    column->addWidget(head);
    m_body->setContentsMargins(20, 16, 20, 16);
    m_body->setSpacing(10);
    column->addLayout(m_body, 1);
    QFrame* foot = ground(QStringLiteral("window"), QStringLiteral("top"), this);
    foot->setLayout(m_row);
    m_row->setContentsMargins(20, 12, 20, 12);
    m_row->setSpacing(10);
    m_row->addStretch(1);
    column->addWidget(foot);
}

QPushButton* PlainDialog::addButton(QPushButton* button)
{
    m_row->addWidget(button);
    return button;
}

void PlainDialog::addAside(QWidget* widget)
{
    m_row->insertWidget(0, widget);
}

} // namespace cordon::ui::dialogs
