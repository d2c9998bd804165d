#include "ui/dialogs/close_dialog.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

CloseDialog::CloseDialog(const engine::IncidentDetail& detail, QWidget* parent)
    : PlainDialog(tr("Close %1").arg(QString::fromStdString(toString(detail.incident.id))), parent)
    , m_verdicts(new QButtonGroup(this))
    , m_hint(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_reason(new QPlainTextEdit(this))
    , m_close(button(tr("Close the incident"), ButtonLook::Primary, this))
{
    setMinimumWidth(500);
    int waiting = 0;
    for (const Step& step : detail.plan.steps) {
        const QString title = text::sentence(step.title);
        const bool isVerified = step.state == StepState::Verified;
        if (isVerified && step.leaseUntil)
            addLine(tr("A lease is open until %1: %2. It runs on and is given back or asked about then.")
                        .arg(text::dayAndClock(*step.leaseUntil), title), QStringLiteral("people"));
        if (isVerified && step.outcome && !step.outcome->undoRecord.isNull())
            m_undoable += (m_undoable.isEmpty() ? QString() : QStringLiteral("\n")) + QStringLiteral("· ") + title;
        waiting += step.state == StepState::AwaitingApproval || step.state == StepState::Proposed ? 1 : 0;
    }
    if (waiting > 0)
        addLine(tr("Waiting, and not to be done any more: %n step(s).", nullptr, waiting), QStringLiteral("people"));
    int open = 0;
    for (const ResidualAccess& access : detail.brief.residual) {
        const auto further = access.text.args.find("n"); // a line that counts what is not listed
        open += further == access.text.args.end() ? 1 : QString::fromStdString(further->second).toInt();
    }
    if (open > 0)
        addLine(tr("Still open to the intruder: %n way(s) in.", nullptr, open), QStringLiteral("attacker"));
    addVerdicts();
    m_hint->setWordWrap(true);
    body()->addWidget(m_hint);
    QLabel* field = label(tr("Reason, for the ledger"), TextRole::Small, QStringLiteral("dim"), this);
    field->setBuddy(m_reason);
    body()->addWidget(field);
    m_reason->setAccessibleName(field->text());
    m_reason->setTabChangesFocus(true);
    m_reason->setMaximumHeight(90);
    body()->addWidget(m_reason);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    addButton(m_close);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_verdicts, &QButtonGroup::idClicked, this, &CloseDialog::showState);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &CloseDialog::showState);
    connect(m_close, &QPushButton::clicked, this, [this] {
        emit answered(*verdict(), m_reason->toPlainText().trimmed().left(2000));
        QDialog::accept();
    });
    showState();
    cancel->setFocus();
}

void CloseDialog::addVerdicts()
{
    const std::pair<Verdict, QString> choices[] = {
        {Verdict::TruePositive, tr("An attack, or misuse")},
        {Verdict::FalsePositive, tr("It did not happen as the alerts say")},
        {Verdict::Benign, tr("It happened, and was meant")},
    };
    for (const auto& [verdict, meaning] : choices) {
        auto* choice = new QRadioButton(tr("%1: %2", "verdict, what it means").arg(text::verdictWord(verdict), meaning), this);
        choice->setAccessibleName(choice->text());
        m_verdicts->addButton(choice, static_cast<int>(verdict));
        body()->addWidget(choice);
    }
}

void CloseDialog::addLine(const QString& line, const QString& tone)
{
    QLabel* made = label(line, TextRole::Body, tone, this);
    made->setWordWrap(true);
    body()->addWidget(made);
}

std::optional<Verdict> CloseDialog::verdict() const
{
    const int id = m_verdicts->checkedId(); // -1 for none
    return id < 0 ? std::nullopt : std::optional(static_cast<Verdict>(id));
}

void CloseDialog::showState()
{
    const bool isFalse = verdict() == Verdict::FalsePositive && !m_undoable.isEmpty();
    m_hint->setText(isFalse ? tr("These steps stand. Nothing is taken back by itself: use Undo at each of them.") +
                                  QLatin1Char('\n') + m_undoable
                            : QString());
    m_hint->setVisible(isFalse);
    m_close->setEnabled(verdict() && !m_reason->toPlainText().trimmed().isEmpty());
}

} // namespace cordon::ui::dialogs
