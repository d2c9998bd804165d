#include "ui/dialogs/undo_dialog.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

UndoDialog::UndoDialog(const Step& step, QWidget* parent)
    : PlainDialog(tr("Undo: %1").arg(text::sentence(step.title)), parent)
{
    setMinimumWidth(460);
    QStringList targets;
    for (const EntityRef& target : step.action.targets)
        targets += text::entityFull(target);
    const auto add = [this](const QString& line, const QString& tone) {
        QLabel* made = label(line, TextRole::Body, tone, this);
        made->setWordWrap(true);
        body()->addWidget(made);
    };
    add(tr("Gives back: %1").arg(targets.join(QStringLiteral(", "))), {});
    if (step.preview && !step.preview->undo.empty())
        add(text::plainLine(step.preview->undo, 600), QStringLiteral("dim"));
    if (step.isTargetMadeByIncident)
        add(tr("This was made during the incident. Giving it back gives it to whoever made it."), QStringLiteral("attacker"));
    add(tr("The undo goes through the same gate and into the ledger under your name."), QStringLiteral("dim"));
    auto* overwrite = new QCheckBox(tr("Also if somebody changed it since"), this);
    overwrite->setAccessibleName(overwrite->text());
    body()->addWidget(overwrite);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    QPushButton* undo = addButton(button(tr("Undo"), ButtonLook::Primary, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(undo, &QPushButton::clicked, this, [this, overwrite] {
        emit confirmed(overwrite->isChecked());
        accept();
    });
    cancel->setFocus();
}

} // namespace cordon::ui::dialogs
