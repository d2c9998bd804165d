#include "ui/views/notes_page.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/rights.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/labels.h"

#include <QFrame>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

NotesPage::NotesPage(QWidget* parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_add(button(tr("Add note…"), ButtonLook::Plain, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    column->addLayout(m_list);
    m_list->setSpacing(8);
    markAsChanging(m_add);
    connect(m_add, &QPushButton::clicked, this, &NotesPage::addRequested);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    column->addStretch(1);
}

void NotesPage::setWhyNot(const QString& why)
{
    permit(m_add, why);
}

void NotesPage::show(const std::vector<std::pair<Timestamp, std::string>>& notes)
{
    if (m_hasShown && notes == m_shown)
        return;
    m_hasShown = true;
    m_shown = notes;
    clear(m_list);
    for (const auto& [time, note] : notes) {
        QFrame* frame = card(QStringLiteral("plain"), this);
        auto* column = new QVBoxLayout(frame);
        column->setContentsMargins(12, 8, 12, 9);
        column->setSpacing(3);
        QLabel* when = monoLabel(text::dayAndClock(time), QStringLiteral("dim"), frame);
        when->setToolTip(text::localTooltip(time));
        column->addWidget(when);
        QLabel* words = label(text::plainLine(note, 2000), TextRole::Body, {}, frame);
        words->setWordWrap(true);
        column->addWidget(words);
        m_list->addWidget(frame);
    }
    if (notes.empty())
        m_list->addWidget(label(tr("No notes yet. What you write here stays with the incident, in the ledger."), TextRole::Body,
                                QStringLiteral("dim"), this));
}

} // namespace cordon::ui::views
