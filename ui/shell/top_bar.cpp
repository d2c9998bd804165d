#include "ui/shell/top_bar.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/views/rights.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <cstdlib>

namespace cordon::ui::shell {

using namespace widgets;

namespace {

constexpr int widestName = 170;
constexpr qint64 dayMicros = 86'400'000'000;

QString agentWord(engine::AgentState state)
{
    switch (state) {
    case engine::AgentState::Observing: return TopBar::tr("Agent observing");
    case engine::AgentState::Acting: return TopBar::tr("Agent acting");
    case engine::AgentState::Waiting: return TopBar::tr("Agent waits for people");
    case engine::AgentState::Halted: return TopBar::tr("Agent halted");
    case engine::AgentState::Paused: return TopBar::tr("Agent paused");
    }
    return {};
}

QString agentTone(engine::AgentState state)
{
    switch (state) {
    case engine::AgentState::Halted:
    case engine::AgentState::Paused: return QStringLiteral("attacker");
    case engine::AgentState::Waiting: return QStringLiteral("people");
    default: return QStringLiteral("agent");
    }
}

QFrame* pill(QWidget* content, QWidget* parent)
{
    QFrame* frame = card(QStringLiteral("pill"), parent);
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(10, 4, 10, 4);
    row->setSpacing(6);
    row->addWidget(content);
    frame->setFixedHeight(28);
    return frame;
}

} // namespace

TopBar::TopBar(const QString& caseName, QWidget* parent)
    : QFrame(parent)
    , m_name(label({}, TextRole::Body, {}, this))
    , m_ledger(new StatusDot(tr("Ledger"), QStringLiteral("good"), false, this))
    , m_log(new StatusDot(tr("no log yet"), QStringLiteral("faint"), false, this))
    , m_agent(new StatusDot(tr("Agent observing"), QStringLiteral("agent"), true, this))
    , m_budget(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_palette(new QPushButton(this))
    , m_halt(button(tr("Halt agent"), ButtonLook::Danger, this))
    , m_resume(button(tr("Resume…"), ButtonLook::Plain, this))
{
    markAsChanging(m_resume);
    markAsChanging(m_halt);
    setProperty("ground", "panel");
    setProperty("edge", "bottom");
    setFixedHeight(46);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(12);
    row->addWidget(label(tr("Cordon"), TextRole::Strong, {}, this));
    row->addWidget(label(QStringLiteral("/"), TextRole::Body, QStringLiteral("faint"), this));
    setCaseName(caseName);
    row->addWidget(m_name);
    row->addWidget(pill(m_ledger, this));
    row->addWidget(pill(m_log, this));
    row->addStretch(1);
    m_palette->setText(tr("Search or run…      Ctrl+K"));
    m_palette->setProperty("look", "search");
    m_palette->setAccessibleName(tr("Search or run a command"));
    m_palette->setAutoDefault(false);
    m_palette->setMinimumWidth(80); // gives way before the agent's state does
    row->addWidget(m_palette);
    QFrame* agent = pill(m_agent, this);
    agent->layout()->addWidget(m_budget);
    markAsChanging(agent); // nothing acts in a sealed case
    row->addWidget(agent);
    m_halt->setToolTip(tr("Stops everything the agent does, at once, without asking (Ctrl+Shift+H)"));
    row->addWidget(m_halt);
    m_resume->hide();
    row->addWidget(m_resume);
    connect(m_halt, &QPushButton::clicked, this, &TopBar::haltRequested);
    connect(m_resume, &QPushButton::clicked, this, &TopBar::resumeRequested);
    connect(m_palette, &QPushButton::clicked, this, &TopBar::paletteRequested);
}

void TopBar::setCaseName(const QString& name)
{
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideMiddle, widestName));
    m_name->setToolTip(name);
    m_name->setAccessibleName(name);
}

void TopBar::show(const engine::Notice& notice)
{
    m_ledger->show(notice.isLedgerHealthy ? tr("Ledger healthy · %1 entries").arg(text::count(notice.ledgerEntries))
                                          : tr("Ledger damaged"),
                   notice.isLedgerHealthy ? QStringLiteral("good") : QStringLiteral("attacker"));
    showLog(notice);
    showAgent(notice);
}

void TopBar::showLog(const engine::Notice& notice)
{
    if (notice.events == 0) {
        m_log->show(tr("no events yet"), QStringLiteral("faint"));
        return;
    }
    const Duration behind = notice.caseNow - notice.logReaches;
    const bool isToday = std::abs(behind.count()) < dayMicros;
    const QString reaches = isToday ? text::clockSeconds(notice.logReaches) : text::dayAndClock(notice.logReaches);
    QString line = tr("log to %1", "time").arg(reaches);
    if (isToday && behind.count() > 0 && notice.phase == engine::Phase::Live)
        line = tr("log to %1 · %2 behind", "time, how long").arg(reaches, text::length(behind));
    m_log->show(line, notice.phase == engine::Phase::Ingesting ? QStringLiteral("accent") : QStringLiteral("good"));
    m_log->setToolTip(text::localTooltip(notice.logReaches));
}

void TopBar::showAgent(const engine::Notice& notice)
{
    m_agent->show(agentWord(notice.agent), agentTone(notice.agent));
    QStringList budget;
    if (notice.actionsMost > 0)
        budget += tr("%1 of %2 actions").arg(notice.actionsUsed).arg(notice.actionsMost);
    if (notice.sessionUntil)
        budget += tr("session %1", "time left").arg(text::countdown(*notice.sessionUntil - notice.caseNow));
    m_budget->setText(budget.isEmpty() ? QString() : QStringLiteral("· ") + budget.join(QStringLiteral(" · ")));
    m_budget->setVisible(!budget.isEmpty());
    const bool isHalted = notice.agent == engine::AgentState::Halted;
    m_halt->setVisible(!isHalted);
    m_resume->setVisible(isHalted);
}

void TopBar::setWhyNotResume(const QString& why)
{
    views::permit(m_resume, why, tr("Two people let the agent act again, one lets it observe"));
}

void TopBar::showHalted()
{
    m_agent->show(agentWord(engine::AgentState::Halted), agentTone(engine::AgentState::Halted));
    m_halt->hide();
    m_resume->show();
}

} // namespace cordon::ui::shell
