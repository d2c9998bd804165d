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

#include <algorithm>
#include <chrono>
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
    content->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred); // never half a word of what it says
    frame->setFixedHeight(28);
    frame->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return frame;
}

/// Says as much of what it does as fits: never half a word.
class SearchButton : public QPushButton
{
public:
    explicit SearchButton(QWidget* parent)
        : QPushButton(parent)
    {
        setProperty("look", "search");
        setAutoDefault(false);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // a button's own would never shrink
    }
    [[nodiscard]] QSize sizeHint() const override { return {widthOf(texts().front()), QPushButton::sizeHint().height()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {widthOf(texts().back()), QPushButton::minimumSizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QPushButton::resizeEvent(event);
        const QStringList all = texts();
        const auto fits = std::find_if(all.begin(), all.end(), [this](const QString& one) { return widthOf(one) <= width(); });
        setText(fits == all.end() ? all.back() : *fits);
    }

private:
    static QStringList texts() { return {TopBar::tr("Search or run…      Ctrl+K"), TopBar::tr("Search or run…"), TopBar::tr("Search…")}; }
    [[nodiscard]] int widthOf(const QString& line) const { return fontMetrics().horizontalAdvance(line) + 24; } // padding and edges of its look
};

/// Hours and more are not written like a time of day.
QString leftOf(Duration left)
{
    constexpr Duration hour = std::chrono::hours(1);
    return left < hour ? text::countdown(left) : text::length(left);
}

} // namespace

TopBar::TopBar(const QString& caseName, QWidget* parent)
    : QFrame(parent)
    , m_name(label({}, TextRole::Body, {}, this))
    , m_ledger(new StatusDot(tr("Ledger"), QStringLiteral("good"), false, this))
    , m_log(new StatusDot(tr("no log yet"), QStringLiteral("faint"), false, this))
    , m_agent(new StatusDot(tr("Agent observing"), QStringLiteral("agent"), true, this))
    , m_budget(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_palette(new SearchButton(this))
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
    m_palette->setAccessibleName(tr("Search or run a command")); // gives way before the agent's state does
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
    if (notice.sessionUntil)
        budget += tr("session %1", "time left").arg(leftOf(*notice.sessionUntil - notice.caseNow));
    m_budgets = QStringList{QString()};
    if (!budget.isEmpty())
        m_budgets.prepend(QStringLiteral("· ") + budget.front());
    if (notice.actionsMost > 0) {
        budget.prepend(tr("%1 of %2 actions").arg(notice.actionsUsed).arg(notice.actionsMost));
        m_budgets.prepend(QStringLiteral("· ") + budget.join(QStringLiteral(" · ")));
    }
    fitBudget();
    const bool isHalted = notice.agent == engine::AgentState::Halted;
    m_halt->setVisible(!isHalted);
    m_resume->setVisible(isHalted);
}

/// As much of what is left as there is room for; all of it is on the Agent screen.
void TopBar::fitBudget()
{
    for (const QString& line : m_budgets) {
        m_budget->setText(line);
        m_budget->setVisible(!line.isEmpty());
        layout()->activate();
        if (layout()->minimumSize().width() <= width())
            break;
    }
    m_budget->setToolTip(m_budgets.isEmpty() ? QString() : m_budgets.front().mid(2));
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitBudget();
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
