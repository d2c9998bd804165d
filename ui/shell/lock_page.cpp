#include "ui/shell/lock_page.h"

#include "ui/text/names.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::shell {

using namespace widgets;

namespace {

constexpr int textWidth = 404; // the box without its margins

/// A box that stands in the middle asks its labels for one line only: they say how many they need.
void setWrapped(QLabel* label, const QString& text)
{
    label->setText(text);
    label->ensurePolished();
    label->setMinimumHeight(text.isEmpty() ? 0 : label->heightForWidth(textWidth));
}

} // namespace

LockPage::LockPage(QWidget* parent)
    : QWidget(parent)
    , m_people(new QComboBox(this))
    , m_exercise(caption(tr("Exercise"), QStringLiteral("medium"), this))
    , m_exercisePeople(button(tr("People of this exercise…"), ButtonLook::Link, this))
    , m_why(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_agent(label({}, TextRole::Body, QStringLiteral("agent"), this))
    , m_line(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    setAccessibleName(tr("This console is locked"));
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    QFrame* box = card(QStringLiteral("raised"), this);
    box->setFixedWidth(460);
    auto* inner = new QVBoxLayout(box);
    inner->setContentsMargins(28, 24, 28, 24);
    inner->setSpacing(12);
    inner->addWidget(m_exercise);
    inner->addWidget(label(tr("Locked"), TextRole::Title, {}, box));
    m_why->setWordWrap(true);
    m_why->setFixedWidth(textWidth);
    inner->addWidget(m_why);
    inner->addWidget(m_agent);
    m_people->setAccessibleName(tr("Who unlocks"));
    m_people->setMinimumHeight(32);
    inner->addWidget(m_people);
    m_line->setWordWrap(true);
    m_line->setFixedWidth(textWidth);
    inner->addWidget(m_line);
    auto* row = new QHBoxLayout;
    QPushButton* halt = button(tr("Halt agent"), ButtonLook::Danger, box);
    halt->setAccessibleName(tr("Halt agent while locked"));
    connect(halt, &QPushButton::clicked, this, &LockPage::haltRequested);
    QPushButton* unlock = button(tr("Unlock…"), ButtonLook::Primary, box);
    connect(unlock, &QPushButton::clicked, this, [this] { emit unlockRequested(m_people->currentData().toString()); });
    row->addWidget(halt);
    connect(m_exercisePeople, &QPushButton::clicked, this, &LockPage::peopleRequested);
    row->addWidget(m_exercisePeople);
    row->addStretch(1);
    row->addWidget(unlock);
    inner->addLayout(row);
    column->addWidget(box, 0, Qt::AlignHCenter);
    column->addStretch(3);
    setFocusProxy(unlock);
    setWhy(true);
    setExercise(false);
    setHalted(false);
}

void LockPage::setExercise(bool isExercise)
{
    m_exercise->setVisible(isExercise);
    m_exercisePeople->setVisible(isExercise);
}

void LockPage::setWhy(bool isIdle)
{
    setWrapped(m_why, isIdle ? tr("Nobody touched this console for a while, so the case is hidden. Notes and commands "
                                  "need a new sign-in.")
                             : tr("The case is hidden. Notes and commands need a new sign-in."));
}

void LockPage::setPeople(const std::vector<engine::PersonRow>& people, const QString& atTheDesk)
{
    m_people->clear();
    for (const engine::PersonRow& person : people)
        m_people->addItem(text::personName(person.id), QString::fromStdString(person.id));
    m_people->setCurrentIndex(std::max(0, m_people->findData(atTheDesk)));
    setWrapped(m_line, {});
}

void LockPage::say(const QString& line)
{
    setWrapped(m_line, line);
}

void LockPage::setHalted(bool isHalted)
{
    m_agent->setText(isHalted ? tr("The agent is halted.") : tr("The agent goes on within its mandate."));
}

} // namespace cordon::ui::shell
