#include "ui/widgets/budget_card.h"

#include "ui/widgets/labels.h"

#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::widgets {

BudgetCard::BudgetCard(const QString& title, const QString& tone, QWidget* parent)
    : QFrame(parent)
    , m_title(title)
    , m_figure(label(QStringLiteral("—"), TextRole::Figure, {}, this))
    , m_bar(new QProgressBar(this))
{
    setProperty("card", "plain");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 13, 16, 13);
    column->setSpacing(3);
    column->addWidget(label(title, TextRole::Body, QStringLiteral("dim"), this));
    column->addWidget(m_figure);
    column->addSpacing(5);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setProperty("tone", tone);
    m_bar->setAccessibleName(title);
    column->addWidget(m_bar);
    setAccessibleName(title);
}

void BudgetCard::show(const QString& figure, double part)
{
    m_figure->setText(figure);
    m_figure->setAccessibleName(tr("%1: %2", "title, figure").arg(m_title, figure));
    m_bar->setValue(static_cast<int>(std::clamp(part, 0.0, 1.0) * 1000));
}

} // namespace cordon::ui::widgets
