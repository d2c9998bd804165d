#include "ui/dialogs/plain_dialog.h"

#include "ui/widgets/labels.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QVariant>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

/// What the window says of itself; a dialog of a dialog of it says so, too.
QVariant inherited(const QWidget* from, const char* property)
{
    for (; from; from = from->parentWidget()) {
        if (const QVariant value = from->window()->property(property); value.isValid())
            return value;
    }
    return {};
}

} // namespace

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
    if (inherited(parent, exerciseProperty).toBool())
        headRow->addWidget(caption(tr("Exercise"), QStringLiteral("medium"), head));
    if (const QString real = inherited(parent, realProperty).toString(); !real.isEmpty())
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
    constexpr int allOfIt = 100; // a line of text takes the room that the buttons leave, instead of breaking after each word
    m_row->insertWidget(0, widget, qobject_cast<QLabel*>(widget) ? allOfIt : 0);
}

} // namespace cordon::ui::dialogs
