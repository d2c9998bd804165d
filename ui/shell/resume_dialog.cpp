#include "ui/shell/resume_dialog.h"

#include "ui/text/names.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace cordon::ui::shell {

using namespace widgets;

ResumeDialog::ResumeDialog(const QString& person, QWidget* parent)
    : PlainDialog(tr("Resume the agent"), parent)
{
    setMinimumWidth(440);
    const QString who = person.isEmpty() ? tr("nobody") : text::personName(person.toStdString());
    QLabel* explanation = label(tr("One person lets the agent observe again. A second person, here or at another console, "
                                   "lets it act again. Approvals that waited before the halt are void."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    body()->addWidget(label(tr("At the desk: %1. Choose somebody else in the status bar.").arg(who), TextRole::Body, {}, this));
    QPushButton* cancel = addButton(button(tr("Stay halted"), ButtonLook::Plain, this));
    QPushButton* resume = addButton(button(tr("Sign and resume…"), ButtonLook::Primary, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(resume, &QPushButton::clicked, this, [this] {
        emit confirmed();
        accept();
    });
    cancel->setFocus();
}

} // namespace cordon::ui::shell
