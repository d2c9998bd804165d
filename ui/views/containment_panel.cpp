#include "ui/views/containment_panel.h"

#include "ui/dialogs/reason_dialog.h"
#include "ui/dialogs/undo_dialog.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/views/rights.h"
#include "ui/views/step_card.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/story_text.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextDocument>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cordon::ui::views {

using namespace widgets;

namespace {

constexpr int highestResidual = 132; ///< the sequence keeps its room; more scrolls

} // namespace

ContainmentPanel::ContainmentPanel(bridge::Commander& commander, QWidget* parent)
    : QFrame(parent)
    , m_commander(commander)
    , m_continue(button(tr("Continue…"), ButtonLook::Primary, this))
    , m_add(button(tr("Add step…"), ButtonLook::Link, this))
    , m_take(button(tr("Proposal…"), ButtonLook::Link, this))
    , m_paused(pausedCard())
    , m_subtitle(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_scroll(new QScrollArea(this))
    , m_residual(card(QStringLiteral("attacker"), this))
    , m_residualText(new StoryText(m_residual))
    , m_cards(new QVBoxLayout)
    , m_empty(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_foot(ground(QStringLiteral("panel"), QStringLiteral("top"), this))
    , m_why(label({}, TextRole::Small, QStringLiteral("dim"), m_foot))
    , m_showDecision(button(tr("show decision"), ButtonLook::Link, m_foot))
{
    markAsChanging(m_continue);
    m_showDecision->setFont(theme::interfaceFont(12));
    setProperty("ground", "panel");
    setProperty("edge", "left");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    QFrame* head = ground(QStringLiteral("panel"), QStringLiteral("bottom"), this);
    head->setFixedHeight(42);
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 0, 14, 0);
    headRow->addWidget(label(tr("Containment sequence"), TextRole::Strong, {}, head));
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    headRow->addWidget(m_subtitle, 1);
    m_add->setObjectName(QStringLiteral("addStep"));
    m_add->setAccessibleName(tr("Add a step to the containment sequence"));
    connect(m_add, &QPushButton::clicked, this, &ContainmentPanel::addStep);
    m_take->setObjectName(QStringLiteral("takeProposal"));
    m_take->setAccessibleName(tr("Take a sequence that somebody else wrote"));
    connect(m_take, &QPushButton::clicked, this, &ContainmentPanel::takeProposal);
    for (QPushButton* changing : {m_take, m_add}) {
        markAsChanging(changing);
        changing->setFont(theme::interfaceFont(12));
        headRow->addWidget(changing);
    }
    column->addWidget(head);

    auto* above = new QVBoxLayout; // what the intruder can still do stays in sight
    above->setContentsMargins(12, 11, 12, 9);
    above->addWidget(m_residual);
    above->setSpacing(9);
    above->addWidget(m_paused);
    column->addLayout(above);
    auto* page = new QWidget(m_scroll);
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(12, 0, 12, 12);
    pageColumn->setSpacing(9);
    auto* residualRow = new QVBoxLayout(m_residual);
    residualRow->setContentsMargins(12, 9, 12, 9);
    m_residualText->setMaximumHeight(highestResidual);
    m_residualText->setAccessibleName(tr("Residual access"));
    residualRow->addWidget(m_residualText);
    m_cards->setSpacing(9);
    pageColumn->addLayout(m_cards);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter);
    pageColumn->addWidget(m_empty);
    pageColumn->addStretch(1);
    m_scroll->setWidget(page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    m_scroll->setAccessibleName(tr("Containment sequence"));
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, pageColumn, [pageColumn, this](int, int most) {
        const int bar = most > 0 ? m_scroll->verticalScrollBar()->sizeHint().width() : 0; // the cards keep their width
        pageColumn->setContentsMargins(12, 0, 12 - bar, 12);
    });
    column->addWidget(m_scroll, 1);

    auto* footColumn = new QVBoxLayout(m_foot);
    footColumn->setContentsMargins(14, 10, 14, 10);
    footColumn->setSpacing(2);
    m_why->setWordWrap(true);
    footColumn->addWidget(m_why);
    footColumn->addWidget(m_showDecision);
    column->addWidget(m_foot);
    connect(m_showDecision, &QPushButton::clicked, this, [this] {
        if (const Step* step = firstWaiting(m_plan))
            showDecision(QString::fromStdString(step->id));
    });
    connect(&commander, &bridge::Commander::rolesChanged, this, [this] {
        showCards();
        showPaused();
        for (QPushButton* changing : {m_take, m_add})
            permit(changing, whyNot(m_commander));
    });
    clearDetail();
}

QFrame* ContainmentPanel::pausedCard()
{
    QFrame* made = card(QStringLiteral("people"), this);
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(12, 9, 12, 9);
    QLabel* words = label(tr("The agent's session is paused: two failures in a row. Look at what failed; then the session may go on."),
                          TextRole::Body, {}, made);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addWidget(m_continue, 0, Qt::AlignLeft);
    connect(m_continue, &QPushButton::clicked, this, [this] { m_commander.continueSession(m_incident); });
    made->hide();
    return made;
}

void ContainmentPanel::showPaused()
{
    const QString why = m_isHalted ? tr("The agent is halted. Resume it first.") : whyNot(m_commander);
    permit(m_continue, why, tr("Takes your PIN; the ledger keeps who looked"));
    m_paused->setVisible(m_isPaused);
}

void ContainmentPanel::setDetail(const engine::IncidentDetail& detail)
{
    m_plan = detail.plan;
    m_incident = detail.incident.id;
    m_brief = detail.brief;
    m_members.clear();
    for (const IncidentMember& member : detail.incident.members)
        m_members.push_back(member.entity);
    m_isPaused = detail.isSessionPaused;
    const QString name = text::sentence(m_plan.playbookName);
    m_playbook = m_plan.playbook.empty() ? QString() : tr("v%1 · %2", "revision, playbook").arg(m_plan.revision).arg(name);
    showPlaybook();
    QString tip = tr("Playbook %1\nsha256 %2").arg(QString::fromStdString(m_plan.playbook), QString::fromStdString(m_plan.playbookDigest));
    if (!m_plan.chosen.code.empty())
        tip += QLatin1Char('\n') + text::sentence(m_plan.chosen);
    for (const LeftOut& left : m_plan.leftOut)
        tip += QLatin1Char('\n') + tr("Not here: %1 (%2)", "step, why").arg(text::sentence(left.title), text::sentence(left.why));
    m_subtitle->setToolTip(Qt::convertFromPlainText(tip));
    showCards();
    showChangers(!m_plan.steps.empty());
    const bool isIdle = containsNothing(m_plan);
    m_empty->setVisible(m_plan.steps.empty() || isIdle);
    m_empty->setText(isIdle                     ? tr("Nothing in this sequence contains anything: its steps only look and keep.")
                     : m_plan.note.code.empty() ? tr("No sequence yet.")
                                                : text::sentence(m_plan.note));
    showResidual();
    showPaused();
    showWhy();
    // Once laid out: what waits for people is in sight.
    const Step* waiting = firstWaiting(m_plan);
    const std::string revealed = toString(detail.incident.id) + (waiting ? waiting->id : "");
    if (std::exchange(m_revealed, revealed) != revealed)
        QTimer::singleShot(0, this, &ContainmentPanel::revealFirstWaiting);
}

void ContainmentPanel::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    showPlaybook();
}

void ContainmentPanel::showPlaybook()
{
    m_subtitle->setText(m_subtitle->fontMetrics().elidedText(m_playbook, Qt::ElideRight, m_subtitle->width()));
    m_subtitle->setAccessibleName(m_playbook);
}

void ContainmentPanel::setHalted(bool isHalted)
{
    if (std::exchange(m_isHalted, isHalted) == isHalted)
        return;
    showCards();
    showPaused();
}

void ContainmentPanel::setSealed()
{
    m_isSealed = true;
    showCards();
}

void ContainmentPanel::showCards()
{
    std::vector<StepContent> contents;
    for (const Step& step : m_plan.steps) {
        contents.push_back(contentOf(step, m_plan, m_isHalted));
        contents.back().whyNot = whyNot(m_commander);
        if (m_isSealed && step.state == StepState::AwaitingApproval)
            contents.back().state = tr("undecided when it was sealed");
        if (m_isSealed && step.state == StepState::Expired)
            contents.back().state = tr("no decision");
    }
    if (contents != m_shown)
        rebuild(contents);
}

void ContainmentPanel::revealFirstWaiting()
{
    m_scroll->verticalScrollBar()->setValue(0);
    for (int i = 0; i < m_cards->count(); ++i) {
        const auto* made = qobject_cast<StepCard*>(m_cards->itemAt(i)->widget());
        if (made && made->content().isFirstWaiting)
            m_scroll->ensureWidgetVisible(m_cards->itemAt(i)->widget(), 0, 12);
    }
}

void ContainmentPanel::clearDetail()
{
    m_plan = {};
    m_brief = {};
    m_members.clear();
    showChangers(false);
    m_shown.clear();
    clear(m_cards);
    m_playbook.clear();
    showPlaybook();
    m_residual->hide();
    m_paused->hide();
    m_foot->hide();
    m_empty->setText(tr("Choose an incident to see how it is contained."));
    m_empty->show();
}

void ContainmentPanel::rebuild(const std::vector<StepContent>& contents)
{
    const int place = m_scroll->verticalScrollBar()->value();
    const bool isSameSequence = contents.size() == m_shown.size() && m_cards->count() == static_cast<int>(contents.size());
    if (!isSameSequence)
        clear(m_cards);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        if (isSameSequence && contents[i] == m_shown[i])
            continue;
        auto* made = new StepCard(contents[i], this);
        connectCard(made);
        if (isSameSequence) {
            QLayoutItem* old = m_cards->takeAt(static_cast<int>(i));
            old->widget()->hide();
            old->widget()->deleteLater();
            delete old;
        }
        m_cards->insertWidget(static_cast<int>(i), made);
    }
    m_shown = contents;
    m_scroll->verticalScrollBar()->setValue(place);
}

void ContainmentPanel::connectCard(StepCard* made)
{
    connect(made, &StepCard::reviewRequested, this, &ContainmentPanel::reviewRequested);
    connect(made, &StepCard::skipRequested, this, &ContainmentPanel::skip);
    connect(made, &StepCard::doneElsewhereRequested, this, &ContainmentPanel::doneElsewhere);
    connect(made, &StepCard::askAgainRequested, &m_commander, &bridge::Commander::askAgain);
    connect(made, &StepCard::undoRequested, this, &ContainmentPanel::undo);
    connect(made, &StepCard::moveRequested, this, &ContainmentPanel::moveStep);
    connect(made, &StepCard::editRequested, this, &ContainmentPanel::editStep);
    connect(made, &StepCard::restoreRequested, this, &ContainmentPanel::restoreStep);
    connect(made, &StepCard::decisionRequested, this, &ContainmentPanel::showDecision);
    connect(made, &StepCard::keepRequested, this, [this](const QString& step, int hours) {
        const Step* found = find(step);
        if (!found || !found->leaseUntil)
            return;
        m_commander.keepContained(step, std::max(*found->leaseUntil, m_now) + std::chrono::hours(hours));
    });
}

void ContainmentPanel::showResidual()
{
    const theme::Tokens& t = theme::tokensOf(palette());
    QStringList parts;
    for (const ResidualAccess& access : m_brief.residual) {
        QString part = text::richSentence(access.text);
        if (access.until && !access.text.args.contains("until")) // some say so themselves
            part = tr("%1 until %2", "residual access, time").arg(part, text::momentMinutes(*access.until));
        parts += part;
    }
    const bool isOpen = !parts.isEmpty();
    const QString shown = isOpen ? tr("<b>Residual access</b> %1").arg(parts.join(QStringLiteral(" · ")))
                                 : tr("<b>No residual access known</b>");
    setCard(m_residual, isOpen ? QStringLiteral("attacker") : QStringLiteral("plain"));
    QString html = shown;
    html.replace(html.indexOf(QLatin1String("<b>")), 3,
                 QStringLiteral("<b style=\"color:%1;font-weight:600\">").arg((isOpen ? t.attacker : t.good).name()));
    if (html != m_shownResidual) {
        m_shownResidual = html;
        m_residualText->setSentences({{html, {}, QStringLiteral("dim"), false}});
    }
    m_residual->setVisible(!m_plan.steps.empty() || isOpen);
}

void ContainmentPanel::showWhy()
{
    const Step* waiting = firstWaiting(m_plan);
    m_foot->setVisible(waiting != nullptr);
    m_showDecision->setAccessibleName(tr("Show the decision on the step that waits"));
    if (!waiting)
        return;
    QString reason = tr("the mandate asks for a person");
    if (waiting->decision && !waiting->decision->reasons.empty()) {
        const auto& reasons = waiting->decision->reasons;
        const auto raised = std::find_if(reasons.begin(), reasons.end(), [](const Text& one) {
            return one.code.rfind("gate.tier.raised", 0) == 0;
        }); // what made it more than routine says most
        reason = text::sentence(raised == reasons.end() ? reasons.back() : *raised);
    }
    QStringList clauses;
    if (waiting->decision) {
        for (const std::string& clause : waiting->decision->clauses)
            clauses += text::plainLine(clause);
    }
    m_why->setText(tr("Why step %1 waits: %2 (%3)", "number, reason, clauses")
                       .arg(QString::number(waiting->ordinal), reason, clauses.join(QStringLiteral(", "))));
}

const Step* ContainmentPanel::find(const QString& step) const
{
    const std::string id = step.toStdString();
    const auto found = std::find_if(m_plan.steps.begin(), m_plan.steps.end(), [&](const Step& one) { return one.id == id; });
    return found == m_plan.steps.end() ? nullptr : &*found;
}

void ContainmentPanel::reviewFirst()
{
    const Step* step = firstWaiting(m_plan);
    if (step && !step->request.empty() && whyNot(m_commander).isEmpty())
        emit reviewRequested(QString::fromStdString(step->request));
}

void ContainmentPanel::showDecision(const QString& step)
{
    if (const Step* found = find(step))
        emit decisionWanted(*found);
}

void ContainmentPanel::skip(const QString& step)
{
    auto* dialog = new dialogs::ReasonDialog({tr("Skip %1").arg(step), tr("The step is not done in this incident. Later steps that wait for it go on without it."),
                                              tr("Reason (kept in the ledger)"), tr("Skip step")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, step](const QString& why) { m_commander.skip(step, why); });
    dialog->open();
}

void ContainmentPanel::doneElsewhere(const QString& step)
{
    auto* dialog = new dialogs::ReasonDialog({tr("%1 was done elsewhere").arg(step),
                                              tr("Say who did what, and where. Cordon looks at the target itself before it counts the step as done."),
                                              tr("What was done (kept in the ledger)"), tr("Record and verify")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this,
            [this, step](const QString& note) { m_commander.doneElsewhere(step, note); });
    dialog->open();
}

void ContainmentPanel::undo(const QString& step)
{
    const Step* found = find(step);
    if (!found)
        return;
    auto* dialog = new dialogs::UndoDialog(*found, window());
    connect(dialog, &dialogs::UndoDialog::confirmed, this,
            [this, step](bool overwritesDrift) { m_commander.undo(step, overwritesDrift); });
    dialog->open();
}

} // namespace cordon::ui::views
