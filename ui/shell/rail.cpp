#include "ui/shell/rail.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace cordon::ui::shell {

class Rail::RailButton : public QToolButton
{
public:
    using QToolButton::QToolButton;
    int waiting = 0;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QToolButton::paintEvent(event);
        if (waiting == 0)
            return;
        const theme::Tokens& t = theme::tokensOf(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF mark(width() - 19.0, 3, 16, 14);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.people);
        painter.drawRoundedRect(mark, 7, 7);
        painter.setPen(t.onAccent);
        painter.setFont(theme::interfaceFont(9, QFont::DemiBold));
        painter.drawText(mark, Qt::AlignCenter, waiting > 9 ? QStringLiteral("9+") : QString::number(waiting));
    }
};

Rail::Rail(const std::vector<Entry>& entries, QWidget* parent)
    : QFrame(parent)
    , m_entries(entries)
    , m_group(new QButtonGroup(this))
{
    setProperty("ground", "panel");
    setProperty("edge", "right");
    setFixedWidth(64);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 9, 7, 9);
    column->setSpacing(4);
    for (int i = 0; i < static_cast<int>(entries.size()); ++i) {
        const Entry& entry = entries[static_cast<std::size_t>(i)];
        auto* made = new RailButton(this);
        made->setProperty("look", "rail");
        made->setCheckable(true);
        made->setText(entry.name);
        made->setToolTip(tr("%1 (Ctrl+%2)").arg(entry.name).arg(i + 1));
        made->setAccessibleName(entry.name);
        made->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        made->setIconSize(QSize(20, 20));
        made->setFixedSize(51, 48);
        m_group->addButton(made, i);
        m_buttons.push_back(made);
        column->addWidget(made);
    }
    column->addStretch(1);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &Rail::chosen);
    drawIcons();
}

void Rail::drawIcons()
{
    const theme::Tokens& t = theme::tokensOf(palette());
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setIcon(theme::icon(m_entries[i].icon, t.dim, 20));
}

void Rail::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

void Rail::choose(int screen)
{
    m_group->button(screen)->setChecked(true);
}

void Rail::setWaiting(int screen, int count)
{
    RailButton* made = m_buttons[static_cast<std::size_t>(screen)];
    if (made->waiting == count)
        return;
    made->waiting = count;
    const QString name = m_entries[static_cast<std::size_t>(screen)].name;
    made->setAccessibleName(count == 0 ? name : tr("%1, %n waiting", nullptr, count).arg(name));
    made->update();
}

} // namespace cordon::ui::shell
