#include "ui/dialogs/decision_dialog.h"

#include "ui/dialogs/decision_rows.h"
#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

DecisionDialog::DecisionDialog(const Step& step, const std::map<std::string, Text>& clauses, QWidget* parent)
    : PlainDialog(tr("Decision on step %1: %2").arg(step.ordinal).arg(text::sentence(step.title)), parent)
{
    setMinimumWidth(560);
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    QStringList targets;
    for (const EntityRef& target : step.action.targets)
        targets += text::entityFull(target);
    addDecisionRow(body(), this, tr("Would do"), text::plainLine(step.action.type), true, {});
    addDecisionRow(body(), this, tr("Target"), targets.join(QStringLiteral(", ")), false, {});
    if (!step.decision) {
        addDecisionRow(body(), this, tr("Decision"), tr("Not judged yet: an earlier step comes first."), false, {});
        return;
    }
    addDecision(body(), this, *step.decision, step.floor, clauses);
    if (!step.note.code.empty())
        addDecisionRow(body(), this, tr("Note"), text::plainLine(text::sentence(step.note).toStdString(), 600), false, {});
    if (step.decisionSeq >= 0)
        addDecisionRow(body(), this, tr("Ledger entry"), text::count(step.decisionSeq), true, {});
}

} // namespace cordon::ui::dialogs
