#include "ui/dialogs/installation_dialog.h"

#include "ui/dialogs/person_dialogs.h"
#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDateTime>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;
using Kind = engine::PeopleOffice::Kind;

InstallationDialog::InstallationDialog(bridge::PeopleDesk& desk, QWidget* parent)
    : PlainDialog(tr("People of this installation"), parent)
    , m_desk(desk)
    , m_list(new QVBoxLayout)
    , m_line(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    setMinimumSize(720, 480);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto* inner = new QWidget(scroll);
    inner->setLayout(m_list);
    m_list->setContentsMargins(0, 0, 8, 0);
    m_list->setSpacing(8);
    scroll->setWidget(inner);
    body()->addWidget(scroll, 1);
    m_line->setWordWrap(true);
    addAside(m_line);
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&desk, &bridge::PeopleDesk::listed, this, &InstallationDialog::show);
    connect(&desk, &bridge::PeopleDesk::failed, this, &InstallationDialog::say);
    connect(&desk, &bridge::PeopleDesk::handedIn, this, [this](bool isTaken) {
        say(isTaken ? tr("It counts, and is in the ledger.") : tr("It waits for owners."));
        m_desk.refresh();
    });
    connect(&desk, &bridge::PeopleDesk::drawn, this, [this](const QString& text, const QString& mode, const QString& person) {
        emit formRequested(mode, mode == QLatin1String("--add-key") ? person : owner(), text, m_installation);
    });
    desk.refresh();
}

void InstallationDialog::say(const QString& line)
{
    m_line->setText(text::plainLine(line.toStdString()));
}

QString InstallationDialog::owner() const
{
    return m_owner ? m_owner->currentData().toString() : QString();
}

void InstallationDialog::show(const QString& installation, const std::vector<bridge::PeopleDesk::Known>& people,
                              const std::vector<bridge::PeopleDesk::Waiting>& waiting)
{
    clear(m_list);
    m_owner = nullptr;
    m_installation = installation;
    m_owners.clear();
    for (const bridge::PeopleDesk::Known& person : people) {
        if (person.roles.contains(QStringLiteral("owner")) && !person.isRetired)
            m_owners += person.id;
    }
    if (!m_owners.isEmpty()) {
        auto* row = new QHBoxLayout;
        row->addWidget(label(tr("Owner at this console"), TextRole::Small, QStringLiteral("dim"), this));
        m_owner = new QComboBox(this);
        m_owner->setAccessibleName(tr("Owner at this console"));
        for (const QString& id : m_owners)
            m_owner->addItem(text::personName(id.toStdString()), id);
        row->addWidget(m_owner, 1);
        m_list->addLayout(row);
    }
    for (const bridge::PeopleDesk::Waiting& act : waiting)
        addWaiting(act);
    for (const bridge::PeopleDesk::Known& person : people)
        addPerson(person);
    addEnrolment(people.empty());
    m_list->addStretch(1);
}

void InstallationDialog::addPerson(const bridge::PeopleDesk::Known& person)
{
    QFrame* frame = card(QStringLiteral("raised"), this);
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(14, 10, 14, 10);
    const QString name = text::personName(person.id.toStdString());
    grid->addWidget(label(name, TextRole::Strong, QStringLiteral("people"), frame), 0, 0);
    QStringList states = person.roles;
    if (person.isRetired)
        states += tr("retired");
    else if (!person.isTrained)
        states += tr("not trained");
    else if (person.trainedUntil)
        states += tr("trained until %1", "day").arg(text::dayAndClock(*person.trainedUntil).left(10));
    grid->addWidget(label(states.join(QStringLiteral(", ")), TextRole::Body, QStringLiteral("dim"), frame), 0, 1);
    grid->addWidget(monoLabel(person.fingerprint, QStringLiteral("dim"), frame), 1, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    m_list->addWidget(frame);
    if (person.isRetired)
        return;
    auto* row = new QHBoxLayout;
    const auto add = [&](const QString& what, auto act) {
        QPushButton* made = button(what, ButtonLook::Link, frame);
        made->setAccessibleName(QStringLiteral("%1 %2").arg(what, name));
        connect(made, &QPushButton::clicked, this, act);
        row->addWidget(made);
    };
    add(tr("Change PIN…"), [this, id = person.id] { emit formRequested(QStringLiteral("--change-pin"), id, {}, m_installation); });
    add(tr("New key and factors…"), [this, id = person.id] { m_desk.draw({Kind::Rekey, id, {}, {}}); });
    add(tr("Let try again…"), [this, id = person.id] { m_desk.draw({Kind::Free, id, {}, {}}); });
    add(tr("Roles…"), [this, person, name] {
        auto* dialog = new RolesDialog(name, person.roles, this);
        connect(dialog, &RolesDialog::answered, this, [this, id = person.id](const QStringList& roles) { m_desk.draw({Kind::Roles, id, {}, roles}); });
        dialog->open();
    });
    add(tr("Training…"), [this, person, name] {
        auto* dialog = new TrainingDialog(name, QDateTime::currentDateTimeUtc().date().addYears(1), this);
        connect(dialog, &TrainingDialog::answered, this, [this, id = person.id](const QDate& until) { m_desk.draw({Kind::Train, id, {}, {}, endOf(until)}); });
        dialog->open();
    });
    add(tr("Retire…"), [this, id = person.id] { m_desk.draw({Kind::Retire, id, {}, {}}); });
    row->addStretch(1);
    grid->addLayout(row, 2, 0, 1, 2);
    row = new QHBoxLayout;
    QString fresh; // a name that none of this person's keys has
    for (int number = 1; fresh.isEmpty() || person.securityKeys.contains(fresh); ++number)
        fresh = tr("security key %1").arg(number);
    add(tr("Add a security key…"), [this, id = person.id, fresh] { m_desk.draw({Kind::AddKey, id, fresh, {}}); });
    for (const QString& key : person.securityKeys)
        add(tr("Lost: %1…").arg(key), [this, id = person.id, key] { m_desk.draw({Kind::RemoveKey, id, key, {}}); });
    row->addStretch(1);
    grid->addLayout(row, 3, 0, 1, 2);
}

void InstallationDialog::addWaiting(const bridge::PeopleDesk::Waiting& act)
{
    QFrame* frame = card(QStringLiteral("people"), this);
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(14, 10, 14, 10);
    QLabel* what = label(tr("Waits: %1 (%2 of %3 owners signed)").arg(text::plainLine(act.what.toStdString())).arg(act.signedBy).arg(act.needed),
                         TextRole::Body, {}, frame);
    what->setWordWrap(true);
    row->addWidget(what, 1);
    QPushButton* sign = button(tr("Sign as owner…"), ButtonLook::Primary, frame);
    sign->setEnabled(!m_owners.isEmpty());
    connect(sign, &QPushButton::clicked, this,
            [this, block = act.block] { emit formRequested(QStringLiteral("--sign-people"), owner(), block, m_installation); });
    row->addWidget(sign);
    m_list->addWidget(frame);
}

void InstallationDialog::addEnrolment(bool isFirst)
{
    QFrame* frame = card(QStringLiteral("plain"), this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(14, 10, 14, 12);
    QLabel* heading = label(isFirst ? tr("Nobody is enrolled here. The first person is an owner and signs alone.")
                                    : tr("Enrol somebody who sits here now; owners sign afterwards."),
                            TextRole::Body, QStringLiteral("dim"), frame);
    heading->setWordWrap(true);
    column->addWidget(heading);
    auto* row = new QHBoxLayout;
    auto* id = new QLineEdit(frame);
    id->setPlaceholderText(tr("short name, such as ann"));
    id->setAccessibleName(tr("Short name"));
    auto* name = new QLineEdit(frame);
    name->setPlaceholderText(tr("Full name"));
    name->setAccessibleName(tr("Full name"));
    row->addWidget(id);
    row->addWidget(name);
    column->addLayout(row);
    auto* last = new QHBoxLayout;
    const auto boxes = addRoleBoxes(last, isFirst ? QStringList{QStringLiteral("owner")} : QStringList(), frame);
    auto* trained = new QCheckBox(tr("trained until"), frame);
    QDateEdit* day = makeDayField(QDateTime::currentDateTimeUtc().date().addYears(1), tr("Trained until"), frame);
    day->setEnabled(false);
    connect(trained, &QCheckBox::toggled, day, &QWidget::setEnabled);
    last->addSpacing(12);
    last->addWidget(trained);
    last->addWidget(day);
    last->addStretch(1);
    QPushButton* enrol = button(tr("Enrol…"), ButtonLook::Primary, frame);
    connect(enrol, &QPushButton::clicked, this, [this, id, name, boxes, trained, day] {
        m_desk.draw({Kind::Enrol, id->text().trimmed(), name->text().trimmed(), chosenRoles(boxes),
                     trained->isChecked() ? std::optional(endOf(day->date())) : std::nullopt});
    });
    last->addWidget(enrol);
    column->addLayout(last);
    m_list->addWidget(frame);
}

} // namespace cordon::ui::dialogs
