// Who sits at this console: sign-in, commands that take the factors, the lock.
#include "ui/dialogs/installation_dialog.h"
#include "ui/shell/bands.h"
#include "ui/shell/foot_bar.h"
#include "ui/shell/idle_watch.h"
#include "ui/shell/lock_page.h"
#include "ui/shell/workspace.h"
#include "ui/text/refusals.h"
#include "ui/theme/tokens.h"

#include <QDialog>
#include <QSettings>
#include <QStackedLayout>

#include <algorithm>
#include <chrono>

namespace cordon::ui::shell {
namespace {

constexpr int usualMinutes = 15; // SP 800-63B-4, AAL3: at most 15 minutes without activity

} // namespace

void Workspace::addDesk()
{
    bridge::Commander& commander = m_links.commander;
    const int minutes = QSettings().value(QStringLiteral("lock/minutes"), usualMinutes).toInt();
    m_idle->setTime(std::chrono::minutes(std::clamp(minutes, 1, usualMinutes)));
    connect(m_idle, &IdleWatch::idle, this, [this] { lock(true); });
    connect(m_followed, &FollowBand::takeOverRequested, &commander, &bridge::Commander::takeOver);
    connect(&commander, &bridge::Commander::signInNeeded, this, [this] { signIn(m_links.commander.person()); });
    connect(&commander, &bridge::Commander::factorsNeeded, this, &Workspace::signOrder);
    connect(&commander, &bridge::Commander::signedInChanged, m_foot, &FootBar::setSignedIn);
    connect(m_personal, &bridge::ApprovalProcess::replied, this, &Workspace::takePersonal);
    connect(m_personal, &bridge::ApprovalProcess::closedWithoutDecision, this, [this] {
        m_links.commander.forgetWaiting();
        m_foot->say(tr("Nothing was signed."));
    });
    connect(m_personal, &bridge::ApprovalProcess::failed, this, [this](const QString& why) {
        m_links.commander.forgetWaiting();
        const QString words = text::withRefusalsInWords(why);
        isLocked() ? m_lock->say(words) : say(words, true);
    });
    connect(m_lock, &LockPage::haltRequested, this, &Workspace::halt);
    connect(m_lock, &LockPage::peopleRequested, this, &Workspace::showPeople);
    connect(m_lock, &LockPage::unlockRequested, this, [this](const QString& person) {
        m_links.commander.choose(person);
        signIn(person);
    });
}

const engine::PersonRow* Workspace::personRow(const QString& person) const
{
    const auto found = std::find_if(m_people.begin(), m_people.end(), [&](const engine::PersonRow& row) {
        return row.id == person.toStdString();
    });
    return found == m_people.end() ? nullptr : &*found;
}

void Workspace::startPersonal(QStringList arguments, const QString& person, const QString& input)
{
    const engine::PersonRow* row = personRow(person);
    if (!row) {
        m_links.commander.forgetWaiting();
        const QString why = tr("Nobody of this case is at the desk, so nothing can be signed. Enrol people with “cordonctl people enrol”.");
        isLocked() ? m_lock->say(why) : say(why, true);
        return;
    }
    if (m_personal->isRunning() || m_approval->isRunning()) {
        m_foot->say(tr("A step-up form is open already. Decide there first."));
        return;
    }
    arguments += {QStringLiteral("--people"),
                  row->isOfInstallation ? m_links.home + QStringLiteral("/people")
                                        : QString::fromStdString(m_summary.people.string()),
                  QStringLiteral("--as"), person, QStringLiteral("--theme"),
                  theme::nameOf(theme::modeOf(palette()))};
    if (m_links.isExercise || m_summary.isExercise)
        arguments += QStringLiteral("--exercise");
    m_personal->startPersonal(arguments, input);
}

void Workspace::signIn(const QString& person)
{
    if (m_personal->isRunning())
        return; // what waits goes out with the sign-in that is open
    m_form = Form::SignIn;
    startPersonal({QStringLiteral("--sign-in")}, person, m_links.commander.signInWish());
}

void Workspace::signOrder(const QString& order, const QString& what)
{
    if (!m_personal->isRunning()) {
        m_form = Form::Order;
        m_order = what;
    }
    startPersonal({QStringLiteral("--sign-command")}, m_links.commander.person(), order);
}

void Workspace::takePersonal(const QString& block)
{
    if (m_form == Form::Order)
        return m_links.commander.submitSigned(block, m_order);
    if (m_form == Form::People)
        return m_peopleDesk->submit(block);
    if (!m_links.commander.beginSitting(block, m_links.home.toStdString(), m_summary.people)) {
        const QString why = tr("The sign-in was for another sitting, or is signed by nobody of this case. Try again.");
        isLocked() ? m_lock->say(why) : say(why, true);
        return;
    }
    if (!isLocked())
        return;
    m_pages->setCurrentWidget(m_content);
    m_idle->setTime(m_idle->time());
    emit lockChanged(false);
}

void Workspace::showInstallation()
{
    auto* dialog = new dialogs::InstallationDialog(*m_peopleDesk, window());
    connect(dialog, &dialogs::InstallationDialog::formRequested, this,
            [this](const QString& mode, const QString& person, const QString& text, const QString& installation) {
                if (m_personal->isRunning() || m_approval->isRunning())
                    return;
                m_form = Form::People;
                m_personal->startPersonal({mode, QStringLiteral("--people"), m_peopleDesk->folder(), QStringLiteral("--as"), person,
                                           QStringLiteral("--installation"), installation, QStringLiteral("--theme"),
                                           theme::nameOf(theme::modeOf(palette()))},
                                          text);
            });
    dialog->open();
}

bool Workspace::isLocked() const
{
    return m_pages->currentWidget() == m_lock;
}

void Workspace::lock(bool isIdle)
{
    if (isLocked())
        return;
    m_links.commander.endSitting(isIdle ? QStringLiteral("idle") : QStringLiteral("locked"));
    m_links.commander.forgetWaiting();
    m_approval->cancel();
    m_personal->cancel();
    for (QDialog* dialog : window()->findChildren<QDialog*>())
        dialog->reject();
    m_lock->setExercise(m_links.isExercise || m_summary.isExercise);
    m_lock->setPeople(m_people, m_links.commander.person());
    m_lock->setWhy(isIdle);
    m_pages->setCurrentWidget(m_lock);
    m_lock->setFocus();
    emit lockChanged(true);
}

} // namespace cordon::ui::shell
