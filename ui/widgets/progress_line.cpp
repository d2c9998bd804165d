#include "ui/widgets/progress_line.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace cordon::ui::widgets {

ProgressLine::ProgressLine(const QString& what, QWidget* parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_figures(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(what);
    m_bar->setMaximumWidth(260);
    QPushButton* cancel = button(tr("Cancel"), ButtonLook::Plain, this);
    cancel->setObjectName(QStringLiteral("cancelWork"));
    cancel->setAccessibleName(tr("Cancel: %1").arg(what));
    connect(cancel, &QPushButton::clicked, this, &ProgressLine::cancelled);
    row->addWidget(m_bar, 1);
    row->addWidget(m_figures);
    row->addWidget(cancel);
    hide();
}

void ProgressLine::begin(const QString& doing)
{
    m_since.start();
    m_bar->setRange(0, 1000);
    m_bar->setValue(0);
    m_figures->setText(doing);
    setVisible(true);
}

void ProgressLine::show(quint64 done, quint64 total)
{
    if (total == 0) { // nobody knows how long
        m_bar->setRange(0, 0);
        m_figures->setText(tr("Working…"));
        return;
    }
    m_bar->setRange(0, 1000);
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    m_bar->setValue(static_cast<int>(share * 1000));
    const auto percent = static_cast<int>(share * 100);
    constexpr qint64 sensible = 2000; // ms after which the pace says something
    if (share <= 0.01 || m_since.elapsed() < sensible) {
        m_figures->setText(tr("%1 %").arg(percent));
        return;
    }
    const auto left = static_cast<qint64>(static_cast<double>(m_since.elapsed()) * (1 - share) / share / 1000);
    m_figures->setText(left < 90 ? tr("%1 %, about %2 s left").arg(percent).arg(left + 1)
                                 : tr("%1 %, about %2 min left").arg(percent).arg((left + 30) / 60));
}

void ProgressLine::end()
{
    hide();
}

} // namespace cordon::ui::widgets
