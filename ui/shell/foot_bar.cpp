#include "ui/shell/foot_bar.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/elided_line.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QTimer>

namespace cordon::ui::shell {

using namespace widgets;

namespace {

constexpr int messageMillis = 8000;

} // namespace

FootBar::FootBar(QWidget* parent)
    : QFrame(parent)
    , m_clock(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_people(new QComboBox(this))
    , m_who(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_message(new ElidedLine(this))
    , m_rules(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_mandate(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    setProperty("ground", "panel");
    setProperty("edge", "top");
    setFixedHeight(28);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(6);
    m_clock->setMinimumWidth(96);
    m_clock->setFont(theme::monoFont(11));
    row->addWidget(m_clock);
    row->addSpacing(10);
    row->addWidget(m_who);
    setSignedIn(false);
    m_people->setProperty("look", "quiet");
    m_people->setAccessibleName(tr("Signed in as"));
    m_people->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_people->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_people->setFont(theme::interfaceFont(12));
    row->addWidget(m_people);
    markAsChanging(m_people); // nobody is at the desk of a sealed case
    markAsChanging(m_who);
    row->addSpacing(10);
    row->addWidget(m_rules);
    row->addSpacing(14);
    row->addWidget(m_message, 1); // takes what room is left: what is clicked beside it never moves under the hand
    row->addWidget(m_mandate);
    connect(m_people, &QComboBox::activated, this, [this](int index) { emit personChosen(m_people->itemData(index).toString()); });
}

void FootBar::show(const engine::Notice& notice)
{
    m_now = notice.caseNow;
    m_clock->setText(tr("UTC %1", "case clock").arg(text::clockSeconds(notice.caseNow)));
    m_clock->setToolTip(tr("Case clock: %1").arg(text::localTooltip(notice.caseNow)));
}

void FootBar::show(const engine::CaseSummary& summary)
{
    m_rules->setText(tr("Rules %1 · Playbooks %2").arg(text::count(summary.rules), text::count(summary.playbooks)));
}

void FootBar::show(const engine::AgentPicture& agent)
{
    if (agent.mandateId.empty()) {
        m_mandate->setText(tr("No mandate: the agent may only observe"));
        return;
    }
    const Duration left = agent.validUntil - m_now;
    const QString ends = left.count() > 0 ? tr("expires in %1", "how long").arg(text::length(left)) : tr("expired");
    m_mandate->setText(tr("Mandate %1@v%2 · %3 · %4", "id, revision, signatures, expiry")
                           .arg(text::plainLine(agent.mandateId), QString::number(agent.mandateRevision),
                                tr("%n owner(s) signed", nullptr, agent.owners), ends));
    m_mandate->setToolTip(tr("Valid until %1").arg(text::localTooltip(agent.validUntil)));
}

void FootBar::setPeople(const std::vector<engine::PersonRow>& people, const QString& signedIn)
{
    const QSignalBlocker quiet(m_people);
    m_people->clear();
    for (const engine::PersonRow& person : people) {
        m_people->addItem(tr("%1 · %2", "person, roles").arg(text::personName(person.id), text::roleNames(person.roles)),
                          QString::fromStdString(person.id));
    }
    if (signedIn.isEmpty())
        m_people->insertItem(0, tr("Nobody"), signedIn);
    else if (m_people->findData(signedIn) < 0)
        m_people->addItem(text::personName(signedIn.toStdString()), signedIn);
    m_people->setCurrentIndex(m_people->findData(signedIn));
    m_people->setEnabled(m_people->count() > 1);
}

void FootBar::setSignedIn(bool isSignedIn)
{
    m_who->setText(isSignedIn ? tr("Signed in:") : tr("At the desk:"));
    m_who->setToolTip(isSignedIn ? tr("Notes, assignments and skipped steps are signed for this person")
                                 : tr("Asked to sign in with the first note or assignment"));
}

void FootBar::say(const QString& line)
{
    m_message->setLine(line);
    QTimer::singleShot(messageMillis, m_message, [this, line] {
        if (m_message->line() == line)
            m_message->setLine({});
    });
}

} // namespace cordon::ui::shell
