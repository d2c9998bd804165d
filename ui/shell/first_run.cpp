#include "ui/shell/first_run.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/labels.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace cordon::ui::shell {

using namespace widgets;

FirstRun::FirstRun(const std::vector<ExerciseChoice>& exercises, QWidget* parent)
    : QWidget(parent)
    , m_problem(label({}, TextRole::Body, QStringLiteral("attacker"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(40, 40, 40, 40);
    column->setSpacing(10);
    column->addStretch(2);
    QLabel* title = label(tr("Cordon"), TextRole::Figure, {}, this);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    QLabel* line = label(tr("From log lines to contained incidents. The agent acts only inside its mandate; everything else waits for you."),
                         TextRole::Body, QStringLiteral("dim"), this);
    line->setAlignment(Qt::AlignHCenter);
    line->setWordWrap(true);
    column->addWidget(line);
    m_problem->setAlignment(Qt::AlignHCenter);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addSpacing(18);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addStretch(1);

    QFrame* exercise = addCard(row, QStringLiteral("rehearse"), tr("Open an exercise"),
                               tr("An intruder, a made-up tenant and an agent that acts. Nothing real is touched."));
    for (const ExerciseChoice& choice : exercises) {
        QPushButton* open = button(choice.title, &choice == &exercises.front() ? ButtonLook::Primary : ButtonLook::Plain, exercise);
        open->setAccessibleName(tr("Open the exercise: %1").arg(choice.title));
        connect(open, &QPushButton::clicked, this, [this, id = choice.id] { emit exerciseChosen(id); });
        exercise->layout()->addWidget(open);
    }
    if (exercises.empty())
        exercise->layout()->addWidget(label(tr("No exercise is installed."), TextRole::Body, QStringLiteral("dim"), exercise));

    QFrame* logs = addCard(row, QStringLiteral("file"), tr("Open logs"),
                           tr("Logs as services deliver them, plain or compressed, single files or whole folders. Or drop them here."));
    addChoice(logs);
    QPushButton* openLogs = button(tr("Open logs…"), ButtonLook::Plain, logs);
    connect(openLogs, &QPushButton::clicked, this, [this] { emit logsRequested(false); });
    logs->layout()->addWidget(openLogs);
    QPushButton* withOptions = button(tr("Open logs with options…"), ButtonLook::Plain, logs);
    withOptions->setToolTip(tr("Asks for zone, clock offset, year and map also where nothing is missing, and whether to follow the logs."));
    connect(withOptions, &QPushButton::clicked, this, [this] { emit logsRequested(true); });
    logs->layout()->addWidget(withOptions);

    QFrame* known = addCard(row, QStringLiteral("folder"), tr("Open a case"), tr("A folder that Cordon made before (name.cordon)."));
    QPushButton* openCase = button(tr("Open a case…"), ButtonLook::Plain, known);
    connect(openCase, &QPushButton::clicked, this, &FirstRun::caseRequested);
    known->layout()->addWidget(openCase);
    QPushButton* openSealed = button(tr("Open a sealed case…"), ButtonLook::Plain, known);
    openSealed->setToolTip(tr("A file name.cordonz that somebody handed over; it is only read"));
    connect(openSealed, &QPushButton::clicked, this, &FirstRun::sealedRequested);
    known->layout()->addWidget(openSealed);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(3);
}

QFrame* FirstRun::addCard(QHBoxLayout* row, const QString& icon, const QString& title, const QString& explanation)
{
    QFrame* frame = card(QStringLiteral("plain"), this);
    frame->setFixedWidth(345);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(new IconLabel(icon, QStringLiteral("accent"), 26, frame));
    column->addWidget(label(title, TextRole::Heading, {}, frame));
    QLabel* words = label(explanation, TextRole::Body, QStringLiteral("dim"), frame);
    words->setWordWrap(true);
    words->setMinimumHeight(56);
    words->setAlignment(Qt::AlignTop);
    column->addWidget(words);
    column->addStretch(1);
    row->addWidget(frame);
    return frame;
}

void FirstRun::addChoice(QFrame* card)
{
    card->layout()->addWidget(label(tr("The agent acts on"), TextRole::Small, QStringLiteral("dim"), card));
    m_nothing = new QRadioButton(tr("Nothing: it proposes"), card);
    m_exercise = new QRadioButton(tr("An exercise derived from these logs"), card);
    m_systems = new QRadioButton(tr("Real systems"), card);
    m_about = label({}, TextRole::Small, QStringLiteral("dim"), card);
    for (QRadioButton* choice : {m_nothing, m_exercise, m_systems}) {
        choice->setAccessibleName(tr("The agent acts on: %1").arg(choice->text()));
        card->layout()->addWidget(choice);
    }
    m_exercise->setChecked(true);
    m_systems->setEnabled(false);
    m_about->setWordWrap(true);
    card->layout()->addWidget(m_about);
}

void FirstRun::offer(const engine::ConnectionLook& look)
{
    QStringList names;
    for (const act::ConnectorSettings& one : look.systems)
        names += text::plainLine(one.name);
    const QString environment = text::plainLine(look.environment());
    const bool isOffered = !look.problem;
    m_systems->setText(isOffered ? tr("Real systems in %1", "environment").arg(environment) : tr("Real systems"));
    m_systems->setAccessibleName(tr("The agent acts on: %1").arg(m_systems->text()));
    m_systems->setEnabled(isOffered);
    QString about;
    if (!isOffered) {
        about = text::sentence(*look.problem);
    } else {
        about = tr("%1, under mandate %2 revision %3 until %4 UTC", "systems, mandate, revision, time")
                    .arg(names.join(QStringLiteral(", ")), text::plainLine(look.mandate), QString::number(look.revision), text::dayAndClock(look.validUntil));
        QStringList without;
        for (const std::string& name : look.withoutCredential)
            without += text::plainLine(name);
        if (!without.isEmpty())
            about += QLatin1Char('\n') + tr("No credential is kept for %1: calls to it fail.").arg(without.join(QStringLiteral(", ")));
    }
    m_about->setText(about);
    m_systems->setAccessibleDescription(about);
    m_systems->setToolTip(look.problem ? text::plainLine(look.problem->args.contains("why") ? look.problem->args.at("why") : std::string(), 600) : QString());
    if (!isOffered && m_systems->isChecked())
        m_exercise->setChecked(true);
    if (m_wanted)
        choose(*m_wanted);
}

ActOn FirstRun::actOn() const
{
    return m_systems->isChecked() ? ActOn::Systems : m_exercise->isChecked() ? ActOn::Exercise : ActOn::Nothing;
}

void FirstRun::choose(ActOn what)
{
    m_wanted = what;
    QRadioButton* wanted = what == ActOn::Systems ? m_systems : what == ActOn::Exercise ? m_exercise : m_nothing;
    if (!wanted->isEnabled())
        return;
    wanted->setChecked(true);
    m_wanted.reset();
}

void FirstRun::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace cordon::ui::shell
