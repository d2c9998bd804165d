#include "ui/views/step_card.h"

#include "ui/theme/fonts.h"
#include "ui/views/rights.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/step_mark.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

namespace {

/// What has room beside a target in the narrowest panel; names that are longer get a line of their own.
constexpr int besidePixels = 150;

} // namespace

StepCard::StepCard(const StepContent& content, QWidget* parent)
    : QFrame(parent)
    , m_content(content)
{
    setProperty("card", content.card);
    setAccessibleName(tr("Step %1: %2, %3, %4", "number, title, tier, state")
                          .arg(QString::number(content.ordinal), content.title, content.tier,
                               content.verdict.isEmpty() ? content.state : content.verdict));
    auto* row = new QHBoxLayout(this);
    const int air = content.isBrief ? 8 : 11;
    row->setContentsMargins(12, air, 12, air);
    row->setSpacing(8);
    row->addWidget(new StepMark(content.ordinal, content.markIcon, content.markTone, this), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(content.isBrief ? 3 : 5);
    row->addLayout(column, 1);
    addHead(column);
    addTarget(column);
    addState(column);
    addHeld(column);
    addButtons(column);
}

void StepCard::addHead(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    QLabel* title = label(m_content.title, TextRole::Strong, m_content.isFaint ? QStringLiteral("dim") : QString(), this);
    title->setWordWrap(true);
    row->addWidget(title, 1);
    row->addWidget(new Badge(Badge::Kind::Tier, m_content.tier, m_content.tierTone, this), 0, Qt::AlignTop);
    column->addLayout(row);
}

void StepCard::addTarget(QVBoxLayout* column)
{
    if (!hasTargetLine())
        return;
    auto* row = new QHBoxLayout;
    row->setSpacing(5);
    QLabel* target = monoLabel(m_content.target, QStringLiteral("dim"), this);
    target->setToolTip(m_content.targetTip);
    row->addWidget(target, 0, Qt::AlignTop);
    QLabel* effect = m_content.effect.isEmpty() ? nullptr : label(m_content.effect, TextRole::Body, QStringLiteral("dim"), this);
    if (effect)
        effect->ensurePolished(); // for the width that it will have
    const bool isBeside = effect && effect->sizeHint().width() <= besidePixels;
    if (effect) {
        effect->setWordWrap(true);
        effect->setToolTip(m_content.effectTip);
    }
    if (isBeside) {
        effect->setText(QStringLiteral("· ") + m_content.effect);
        row->addWidget(effect, 1);
    } else {
        row->addStretch(1);
    }
    if (hasChanges())
        row->addWidget(changeButton(this), 0, Qt::AlignTop);
    column->addLayout(row);
    if (effect && !isBeside)
        column->addWidget(effect);
}

bool StepCard::hasTargetLine() const
{
    const bool isInTitle = m_content.isBrief && m_content.title.contains(m_content.target);
    return !m_content.target.isEmpty() && !isInTitle;
}

bool StepCard::hasChanges() const
{
    return m_content.canChange || m_content.canRestore;
}

void StepCard::addState(QVBoxLayout* column)
{
    auto* line = new QWidget(this);
    auto* flow = new FlowLayout(10, line);
    if (!m_content.state.isEmpty())
        flow->addWidget(label(m_content.state, TextRole::Small, m_content.stateTone.isEmpty() ? QStringLiteral("dim") : m_content.stateTone, line));
    if (!m_content.verdict.isEmpty())
        flow->addWidget(label(m_content.verdict, TextRole::Small, QStringLiteral("dim"), line));
    if (!m_content.back.isEmpty() && m_content.verdict.isEmpty())
        flow->addWidget(label(m_content.back, TextRole::Small, QStringLiteral("dim"), line));
    QPushButton* why = button(tr("Why?"), ButtonLook::Link, line);
    why->setFont(theme::interfaceFont(12));
    why->setAccessibleName(tr("Why: decision on step %1").arg(m_content.ordinal));
    connect(why, &QPushButton::clicked, this, [this] { emit decisionRequested(m_content.step); });
    flow->addWidget(why);
    if (!hasTargetLine() && hasChanges())
        flow->addWidget(changeButton(line));
    column->addWidget(line);
    if (!m_content.edited.isEmpty())
        column->addWidget(label(m_content.edited, TextRole::Small, QStringLiteral("people"), this));
    if (m_content.note.isEmpty())
        return;
    QLabel* note = label(m_content.note, TextRole::Small, QStringLiteral("dim"), this);
    note->setWordWrap(true);
    column->addWidget(note);
}

/// Beside the target, so that the three things to do with a step stand in one line below.
QPushButton* StepCard::changeButton(QWidget* parent)
{
    QPushButton* change = button(tr("Change…"), ButtonLook::Link, parent);
    markAsChanging(change);
    change->setFont(theme::interfaceFont(12));
    change->setObjectName(QStringLiteral("changeStep"));
    change->setAccessibleName(tr("Change step %1").arg(m_content.ordinal));
    connect(change, &QPushButton::clicked, this, [this, change] { showChanges(change->mapToGlobal(change->rect().bottomLeft())); });
    permit(change, m_content.whyNot, m_content.evidence);
    return change;
}

void StepCard::addHeld(QVBoxLayout* column)
{
    if (m_content.back.isEmpty() || (m_content.verdict.isEmpty() && !m_content.canUndo))
        return;
    auto* line = new QWidget(this);
    auto* flow = new FlowLayout(10, line);
    flow->addWidget(label(m_content.back, TextRole::Small, QStringLiteral("dim"), line));
    if (m_content.canUndo) {
        QPushButton* undo = button(tr("Undo…"), ButtonLook::Link, line);
        markAsChanging(undo);
        undo->setFont(theme::interfaceFont(12));
        undo->setAccessibleName(tr("Undo step %1").arg(m_content.ordinal));
        connect(undo, &QPushButton::clicked, this, [this] { emit undoRequested(m_content.step); });
        permit(undo, m_content.whyNot);
        flow->addWidget(undo);
    }
    if (m_content.canKeep) {
        QPushButton* keep = button(tr("Keep contained"), ButtonLook::Link, line);
        markAsChanging(keep);
        keep->setFont(theme::interfaceFont(12));
        keep->setAccessibleName(tr("Keep step %1 contained for longer").arg(m_content.ordinal));
        auto* menu = new QMenu(keep);
        for (const int hours : {1, 4, 24})
            menu->addAction(tr("for %n hour(s) more", nullptr, hours), this, [this, hours] { emit keepRequested(m_content.step, hours); });
        keep->setMenu(menu);
        keep->setProperty("opens", "menu");
        permit(keep, m_content.whyNot);
        flow->addWidget(keep);
    }
    column->addWidget(line);
}

void StepCard::addButtons(QVBoxLayout* column)
{
    if (!m_content.canReview && !m_content.canSkip && !m_content.canAskAgain)
        return;
    auto* line = new QWidget(this);
    auto* flow = new FlowLayout(8, line);
    const QString number = QString::number(m_content.ordinal);
    if (m_content.canReview) {
        QPushButton* review = button(tr("Review…"), m_content.isFirstWaiting ? ButtonLook::Primary : ButtonLook::Plain, line);
        markAsChanging(review);
        review->setAccessibleName(tr("Review step %1").arg(number));
        connect(review, &QPushButton::clicked, this, [this] { emit reviewRequested(m_content.request); });
        permit(review, m_content.whyNot);
        flow->addWidget(review);
    }
    if (m_content.canAskAgain) {
        QPushButton* again = button(tr("Ask again"), ButtonLook::Plain, line);
        markAsChanging(again);
        again->setObjectName(QStringLiteral("askAgain"));
        again->setAccessibleName(tr("Ask again for step %1").arg(number));
        connect(again, &QPushButton::clicked, this, [this] { emit askAgainRequested(m_content.step); });
        permit(again, m_content.whyNot, tr("Who asks again cannot approve it"));
        flow->addWidget(again);
    }
    if (m_content.canSkip) {
        QPushButton* skip = button(tr("Skip"), ButtonLook::Plain, line);
        markAsChanging(skip);
        skip->setAccessibleName(tr("Skip step %1").arg(number));
        connect(skip, &QPushButton::clicked, this, [this] { emit skipRequested(m_content.step); });
        permit(skip, m_content.whyNot);
        flow->addWidget(skip);
        QPushButton* elsewhere = button(tr("Done elsewhere…"), ButtonLook::Plain, line);
        markAsChanging(elsewhere);
        elsewhere->setAccessibleName(tr("Step %1 was done elsewhere").arg(number));
        connect(elsewhere, &QPushButton::clicked, this, [this] { emit doneElsewhereRequested(m_content.step); });
        permit(elsewhere, m_content.whyNot);
        flow->addWidget(elsewhere);
    }
    column->addSpacing(3);
    column->addWidget(line);
}

void StepCard::fillChanges(QMenu* menu)
{
    const QString own = m_content.step;
    if (m_content.canRestore) {
        menu->addAction(tr("Restore…"), this, [this, own] { emit restoreRequested(own); });
        return;
    }
    if (!m_content.evidence.isEmpty())
        menu->addAction(m_content.evidence)->setEnabled(false);
    QAction* up = menu->addAction(tr("Move up…"), this, [this, own] { emit moveRequested(own, own, m_content.above); });
    up->setEnabled(!m_content.above.isEmpty());
    QAction* down = menu->addAction(tr("Move down…"), this, [this, own] { emit moveRequested(own, m_content.below, own); });
    down->setEnabled(!m_content.below.isEmpty());
    menu->addAction(tr("Edit…"), this, [this, own] { emit editRequested(own); });
    menu->addAction(tr("Leave out…"), this, [this, own] { emit skipRequested(own); });
}

void StepCard::contextMenuEvent(QContextMenuEvent* event)
{
    const auto* change = findChild<QPushButton*>(QStringLiteral("changeStep"));
    if (!change || !change->isVisible() || !change->isEnabled()) // in a sealed case there is nothing to change
        return QFrame::contextMenuEvent(event);
    showChanges(event->globalPos());
}

void StepCard::showChanges(const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Change step %1").arg(m_content.ordinal));
    fillChanges(menu);
    menu->popup(place);
}

} // namespace cordon::ui::views
