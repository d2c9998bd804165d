#include "ui/dialogs/drill_dialog.h"

#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

DrillDialog::DrillDialog(bool isHalted, QWidget* parent)
    : PlainDialog(tr("Practise halting"), parent)
{
    setMinimumWidth(460);
    QLabel* words = label(tr("A drill halts every agent of this installation, as Halt agent does: what runs is stopped, requests "
                             "that wait become void, and people have to resume it. The ledger keeps it as a drill. "
                             "One is due every 90 days."),
                          TextRole::Body, QStringLiteral("dim"), this);
    words->setWordWrap(true);
    body()->addWidget(words);
    if (isHalted)
        body()->addWidget(label(tr("The agent is halted already. Resume it first."), TextRole::Body, QStringLiteral("attacker"), this));
    QPushButton* cancel = addButton(button(tr("Not now"), ButtonLook::Plain, this));
    QPushButton* start = addButton(button(tr("Halt as a drill"), ButtonLook::Danger, this));
    start->setEnabled(!isHalted);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(start, &QPushButton::clicked, this, [this] {
        emit confirmed();
        accept();
    });
    cancel->setFocus();
}

} // namespace cordon::ui::dialogs
