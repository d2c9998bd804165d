#include "ui/dialogs/person_dialogs.h"

#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

std::vector<QCheckBox*> addRoleBoxes(QHBoxLayout* row, const QStringList& chosen, QWidget* parent)
{
    std::vector<QCheckBox*> boxes;
    for (const char* role : {"analyst", "commander", "owner", "reviewer"}) {
        auto* box = new QCheckBox(QString::fromLatin1(role), parent);
        box->setAccessibleName(RolesDialog::tr("Role %1").arg(box->text()));
        box->setChecked(chosen.contains(box->text()));
        row->addWidget(box);
        boxes.push_back(box);
    }
    return boxes;
}

QStringList chosenRoles(const std::vector<QCheckBox*>& boxes)
{
    QStringList roles;
    for (const QCheckBox* box : boxes) {
        if (box->isChecked())
            roles += box->text();
    }
    return roles;
}

QDateEdit* makeDayField(const QDate& day, const QString& name, QWidget* parent)
{
    auto* field = new QDateEdit(day, parent);
    field->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    field->setMinimumDate(QDateTime::currentDateTimeUtc().date().addDays(1));
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setAccessibleName(name);
    return field;
}

Timestamp endOf(const QDate& day)
{
    return Timestamp::fromMicros(QDateTime(day, QTime(23, 59, 59), Qt::UTC).toMSecsSinceEpoch() * 1000);
}

RolesDialog::RolesDialog(const QString& person, const QStringList& roles, QWidget* parent)
    : PlainDialog(tr("Roles of %1").arg(person), parent)
{
    QLabel* what = label(tr("They count once an owner has signed; to make somebody an owner takes two."), TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->addWidget(what);
    auto* row = new QHBoxLayout;
    const auto boxes = addRoleBoxes(row, roles, this);
    row->addStretch(1);
    body()->addLayout(row);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    QPushButton* sign = addButton(button(tr("Sign as owner…"), ButtonLook::Primary, this));
    const auto refresh = [sign, boxes, before = chosenRoles(boxes)] {
        const QStringList now = chosenRoles(boxes);
        sign->setEnabled(!now.isEmpty() && now != before);
    };
    for (QCheckBox* box : boxes)
        connect(box, &QCheckBox::toggled, this, refresh);
    refresh();
    connect(sign, &QPushButton::clicked, this, [this, boxes] {
        emit answered(chosenRoles(boxes));
        accept();
    });
}

TrainingDialog::TrainingDialog(const QString& person, const QDate& until, QWidget* parent)
    : PlainDialog(tr("Training of %1").arg(person), parent)
{
    QLabel* what = label(tr("Without training nobody approves. It counts to the end of that day, UTC, once an owner has signed."),
                         TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->addWidget(what);
    auto* row = new QHBoxLayout;
    QLabel* name = label(tr("Trained until"), TextRole::Small, QStringLiteral("dim"), this);
    QDateEdit* day = makeDayField(until, tr("Trained until"), this);
    name->setBuddy(day);
    row->addWidget(name);
    row->addWidget(day);
    row->addStretch(1);
    body()->addLayout(row);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    QPushButton* sign = addButton(button(tr("Sign as owner…"), ButtonLook::Primary, this));
    connect(sign, &QPushButton::clicked, this, [this, day] {
        emit answered(day->date());
        accept();
    });
}

} // namespace cordon::ui::dialogs
