#include "ui/dialogs/decision_dialog.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const std::string& part : parts)
        list += text::plainLine(part);
    return list.join(QStringLiteral(", "));
}

} // namespace

DecisionDialog::DecisionDialog(const Step& step, QWidget* parent)
    : PlainDialog(tr("Decision on step %1: %2").arg(step.ordinal).arg(text::sentence(step.title)), parent)
{
    setMinimumWidth(560);
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    QStringList targets;
    for (const EntityRef& target : step.action.targets)
        targets += text::entityFull(target);
    addRow(tr("Would do"), text::plainLine(step.action.type), true, {});
    addRow(tr("Target"), targets.join(QStringLiteral(", ")), false, {});
    if (!step.decision) {
        addRow(tr("Decision"), tr("Not judged yet: an earlier step comes first."), false, {});
        return;
    }
    const Decision& decision = *step.decision;
    addRow(tr("Decision"), text::effectWord(decision.effect), false, text::effectTone(decision.effect));
    addRow(tr("Tier"), tr("%1 (floor of the verb: %2)").arg(text::tierWord(decision.tier), text::tierWord(step.floor)), false,
           text::tierTone(decision.tier));
    addRow(tr("Deciding clauses"), joined(decision.clauses), true, {});
    QStringList reasons;
    for (const Text& reason : decision.reasons)
        reasons += QStringLiteral("• ") + text::sentence(reason);
    if (!reasons.isEmpty())
        addRow(tr("Because"), reasons.join(QLatin1Char('\n')), false, {});
    QStringList missing;
    for (const std::string& code : decision.missing)
        missing += QStringLiteral("• ") + text::missingWord(code);
    if (!missing.isEmpty())
        addRow(tr("Still missing"), missing.join(QLatin1Char('\n')), false, QStringLiteral("people"));
    if (decision.needs.approvers > 0) {
        const QString who = decision.needs.needsCommander ? tr("%1, one of them a commander") : QStringLiteral("%1");
        addRow(tr("People"), who.arg(text::needsWord(decision.needs, decision.tier)), false, {});
    }
    if (!step.note.empty())
        addRow(tr("Note"), text::plainLine(step.note, 600), false, {});
    if (step.decisionSeq >= 0)
        addRow(tr("Ledger entry"), text::count(step.decisionSeq), true, {});
    addRow(tr("Action digest"), QString::fromStdString(decision.digest), true, {});
}

void DecisionDialog::addRow(const QString& name, const QString& value, bool isMono, const QString& tone)
{
    auto* row = new QHBoxLayout;
    QLabel* key = label(name, TextRole::Body, QStringLiteral("dim"), this);
    key->setFixedWidth(130);
    QLabel* shown = isMono ? monoLabel(value, tone, this) : label(value, TextRole::Body, tone, this);
    shown->setWordWrap(true);
    shown->setAccessibleName(name);
    row->addWidget(key, 0, Qt::AlignTop);
    row->addWidget(shown, 1);
    body()->addLayout(row);
}

} // namespace cordon::ui::dialogs
