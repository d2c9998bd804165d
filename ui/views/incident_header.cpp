#include "ui/views/incident_header.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/views/rights.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::views {

using namespace widgets;

namespace {

constexpr qsizetype mostChips = 4; ///< the rest stands in the tip of one more

QString riskTip(const Incident& incident)
{
    QStringList lines{IncidentHeader::tr("Risk %1 of 100").arg(incident.risk)};
    for (const RiskPart& part : incident.riskParts)
        lines += IncidentHeader::tr("+%1  %2", "points, reason").arg(part.points).arg(text::sentence(part.reason));
    return lines.join(QLatin1Char('\n'));
}

QString closingLine(const std::optional<Closing>& closing)
{
    if (!closing || !closing->verdict)
        return IncidentHeader::tr("Closed by the agent");
    return IncidentHeader::tr("Closed: %1 · %2 · %3 · %4", "verdict, person, time, reason")
        .arg(text::verdictWord(*closing->verdict), text::personName(closing->by), text::momentMinutes(closing->at),
             text::plainLine(closing->reason, 300));
}

} // namespace

IncidentHeader::IncidentHeader(QWidget* parent)
    : QWidget(parent)
    , m_severity(caption({}, {}, this))
    , m_facts(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_assign(button(tr("Assign to me"), ButtonLook::Link, this))
    , m_close(button(tr("Close…"), ButtonLook::Link, this))
    , m_reopen(button(tr("Open again…"), ButtonLook::Link, this))
    , m_arrange(button(tr("Arrange…"), ButtonLook::Link, this))
    , m_verdict(label({}, TextRole::Small, {}, this))
    , m_title(label({}, TextRole::Title, {}, this))
    , m_chips(new QWidget(this))
    , m_chipFlow(new FlowLayout(6, m_chips))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 12, 18, 0);
    column->setSpacing(6);
    auto* line = new QWidget(this); // in as many lines as a narrow window needs
    auto* row = new FlowLayout(10, line);
    row->addWidget(m_severity);
    row->addWidget(m_facts);
    setWhyNot({});
    for (QPushButton* one : {m_assign, m_close, m_reopen, m_arrange}) {
        markAsChanging(one);
        one->setFont(theme::interfaceFont(12));
        if (one != m_arrange)
            row->addWidget(one);
    }
    column->addWidget(line);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    m_verdict->setWordWrap(true);
    column->addWidget(m_verdict);
    auto* below = new QHBoxLayout; // beside the chips there is room also in a narrow window
    below->setSpacing(10);
    below->addWidget(m_chips, 1);
    below->addWidget(m_arrange, 0, Qt::AlignTop | Qt::AlignTrailing);
    column->addLayout(below);
    connect(m_assign, &QPushButton::clicked, this, &IncidentHeader::assignRequested);
    connect(m_close, &QPushButton::clicked, this, &IncidentHeader::closeRequested);
    connect(m_reopen, &QPushButton::clicked, this, &IncidentHeader::reopenRequested);
    connect(m_arrange, &QPushButton::clicked, this, &IncidentHeader::arrangeRequested);
}

void IncidentHeader::setWhyNot(const QString& why)
{
    permit(m_assign, why, tr("Take this incident (A)"));
    permit(m_close, why, tr("Asks for a verdict; kept in the ledger under your name"));
    permit(m_reopen, why, tr("The agent may work on it again"));
    permit(m_arrange, why, tr("Merge incidents, split alerts off, move them, or take that back (M)"));
}

void IncidentHeader::show(const engine::IncidentDetail& detail, const QString& person)
{
    const Incident& incident = detail.incident;
    const bool isClosed = incident.status == IncidentStatus::Closed;
    m_close->setVisible(!isClosed);
    m_reopen->setVisible(isClosed);
    m_verdict->setVisible(isClosed);
    m_verdict->setText(isClosed ? closingLine(detail.closing) : QString());
    m_severity->setText(tr("%1 %2", "severity, risk").arg(text::severityWord(incident.severity)).arg(incident.risk).toUpper());
    m_severity->setToolTip(riskTip(incident));
    setTone(m_severity, text::severityTone(incident.severity));
    const QString id = QString::fromStdString(toString(incident.id));
    const QString span = text::span(incident.firstSeen, incident.lastSeen);
    m_facts->setText(incident.assignee.empty()
                         ? tr("%1 · %2", "incident, time span").arg(id, span)
                         : tr("%1 · %2 · owner %3", "incident, time span, owner").arg(id, span, text::personName(incident.assignee)));
    m_facts->setToolTip(tr("First: %1\nLast: %2").arg(text::localTooltip(incident.firstSeen), text::localTooltip(incident.lastSeen)));
    m_assign->setVisible(!isClosed && person.toStdString() != incident.assignee);
    m_title->setText(text::sentence(incident.title));
    QStringList chips;
    QStringList tips;
    for (const std::string& technique : incident.techniques) {
        chips += text::techniqueName(technique);
        tips += text::techniqueTip(technique);
    }
    for (const std::string& tactic : incident.tactics)
        chips += text::plainLine(tactic).replace(QLatin1Char('-'), QLatin1Char(' '));
    if (chips.size() > mostChips) {
        const QStringList rest = chips.mid(mostChips);
        chips = chips.mid(0, mostChips) + QStringList{tr("+%n more", nullptr, static_cast<int>(rest.size()))};
        tips = tips.mid(0, mostChips);
        tips.resize(mostChips);
        tips += rest.join(QLatin1Char('\n'));
    }
    if (chips == m_shownChips)
        return;
    m_shownChips = chips;
    clear(m_chipFlow);
    for (qsizetype i = 0; i < chips.size(); ++i) {
        auto* made = new Badge(Badge::Kind::Chip, chips[i], {}, m_chips);
        made->setToolTip(tips.value(i));
        m_chipFlow->addWidget(made);
        made->show();
    }
    m_chips->setVisible(!chips.isEmpty());
}

} // namespace cordon::ui::views
