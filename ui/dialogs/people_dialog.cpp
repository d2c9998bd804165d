#include "ui/dialogs/people_dialog.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QFrame>
#include <QGridLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

PeopleDialog::PeopleDialog(std::vector<engine::PersonRow> people, CodeOf codeOf, QWidget* parent)
    : PlainDialog(tr("People of this exercise"), parent)
    , m_codeOf(std::move(codeOf))
{
    setMinimumWidth(520);
    QLabel* explanation = label(tr("These people exist only here. Use their PIN and authenticator code in the step-up form; "
                                   "in a real case both belong to the person alone."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    for (const engine::PersonRow& person : people)
        addPerson(person);
    if (people.empty())
        body()->addWidget(label(tr("This case names no people."), TextRole::Body, {}, this));
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &PeopleDialog::refreshCodes);
    timer->start(1000);
    refreshCodes();
}

void PeopleDialog::addPerson(const engine::PersonRow& person)
{
    QFrame* frame = card(QStringLiteral("raised"), this);
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(14, 10, 14, 10);
    grid->setVerticalSpacing(4);
    const QString name = text::personName(person.id);
    QStringList roles;
    for (const std::string& role : person.roles)
        roles += text::plainLine(role);
    grid->addWidget(label(name, TextRole::Strong, QStringLiteral("people"), frame), 0, 0);
    grid->addWidget(label(roles.join(QStringLiteral(", ")), TextRole::Body, QStringLiteral("dim"), frame), 0, 1, 1, 3);
    const auto add = [&](int row, int column, const QString& what, const QString& value) {
        grid->addWidget(label(what, TextRole::Small, QStringLiteral("dim"), frame), row, column);
        QLabel* shown = monoLabel(value, {}, frame);
        shown->setAccessibleName(tr("%1 of %2").arg(what, name));
        grid->addWidget(shown, row, column + 1);
        return shown;
    };
    add(1, 0, tr("PIN"), QString::fromStdString(person.pin));
    QLabel* code = add(1, 2, tr("Code now"), {});
    add(2, 0, tr("Secret (base32)"), QString::fromStdString(person.totpSecret));
    grid->setColumnStretch(3, 1);
    m_codes.push_back({code, QString::fromStdString(person.totpSecret)});
    body()->addWidget(frame);
}

void PeopleDialog::refreshCodes()
{
    for (const Code& code : m_codes) {
        const QString digits = m_codeOf ? m_codeOf(code.secret) : QString();
        code.label->setText(digits.isEmpty() ? tr("—") : digits);
    }
}

} // namespace cordon::ui::dialogs
