#include "ui/shell/resume_dialog.h"

#include "ui/text/names.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace cordon::ui::shell {

using namespace widgets;

ResumeDialog::ResumeDialog(const std::vector<engine::PersonRow>& people, const QString& signedIn, QWidget* parent)
    : PlainDialog(tr("Resume the agent"), parent)
{
    setMinimumWidth(440);
    QLabel* explanation = label(tr("One person lets the agent observe again. Two persons let it act again. Approvals that waited "
                                   "before the halt are void."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    const auto add = [this, &signedIn](const QString& id) {
        auto* box = new QCheckBox(text::personName(id.toStdString()), this);
        box->setAccessibleName(tr("Resumed by %1").arg(box->text()));
        box->setChecked(id == signedIn);
        body()->addWidget(box);
        m_people.emplace_back(box, id);
    };
    for (const engine::PersonRow& person : people)
        add(QString::fromStdString(person.id));
    if (people.empty())
        add(signedIn);
    QPushButton* cancel = addButton(button(tr("Stay halted"), ButtonLook::Plain, this));
    QPushButton* resume = addButton(button(tr("Resume"), ButtonLook::Primary, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(resume, &QPushButton::clicked, this, [this] {
        QStringList by;
        for (const auto& [box, id] : m_people) {
            if (box->isChecked())
                by += id;
        }
        if (by.isEmpty())
            return;
        emit confirmed(by);
        accept();
    });
    cancel->setFocus();
}

} // namespace cordon::ui::shell
