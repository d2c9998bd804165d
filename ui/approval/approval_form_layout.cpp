#include "ui/approval/approval_form.h"

#include "core/govern/approval_render.h"
#include "core/govern/people.h"
#include "ui/approval/approve_button.h"
#include "ui/approval/fact_list.h"
#include "ui/approval/factor_fields.h"
#include "ui/approval/form_header.h"
#include "ui/text/names.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextOption>

#include <limits>

namespace cordon::ui::approval {
namespace {

constexpr int formWidth = 760;
constexpr int edge = 22;

/// The exact bytes of the action, then the text whose digest is signed beside it, with what cannot be seen spelled out.
QString exactText(const ApprovalRequest& request)
{
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    QStringList lines{QString::fromStdString(govern::escapedForPeople(request.actionBytes, all)), QString()};
    for (const QString& line : QString::fromStdString(request.render).split(QLatin1Char('\n')))
        lines.append(QString::fromStdString(govern::escapedForPeople(line.toStdString(), all)));
    return lines.join(QLatin1Char('\n')).trimmed();
}

QFrame* exerciseBand(QWidget* parent)
{
    auto* band = new QFrame(parent);
    band->setObjectName(QStringLiteral("exerciseBand"));
    band->setProperty("band", "exercise");
    auto* row = new QHBoxLayout(band);
    row->setContentsMargins(edge, 7, edge, 7);
    row->setSpacing(8);
    QLabel* word = widgets::caption(ApprovalForm::tr("Exercise"), QStringLiteral("medium"), band);
    QLabel* text = widgets::label(ApprovalForm::tr("Nothing outside the exercise tenant is touched."),
                                  widgets::TextRole::Small, QStringLiteral("dim"), band);
    row->addWidget(word);
    row->addWidget(text);
    row->addStretch();
    return band;
}

QLabel* statusLabel(Qt::Alignment alignment, QWidget* parent)
{
    QLabel* made = widgets::label({}, widgets::TextRole::Small, QStringLiteral("dim"), parent);
    made->setTextInteractionFlags(Qt::NoTextInteraction);
    made->setWordWrap(true);
    made->setAlignment(alignment | Qt::AlignVCenter);
    // Always room for two lines: what it says must not move anything, as that would start the reading delay again.
    made->setFixedHeight(2 * QFontMetrics(theme::interfaceFont(12)).lineSpacing());
    return made;
}

} // namespace

ApprovalForm::ApprovalForm(FormInput input, const MachineClock& clock, ReadingDelay::Now readingClock, QWidget* parent)
    : QDialog(parent)
    , m_input(std::move(input))
    , m_clock(clock)
    , m_openedNanos(clock.monotonicNanos())
    , m_delay(ReadingDelay::lengthFor(m_input.request.tier), std::move(readingClock))
{
    setWindowTitle(m_input.request.isExercise ? tr("EXERCISE: decide a response step") : tr("Decide a response step"));
    setProperty("frame", "drawn");
    setAccessibleName(windowTitle());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    if (m_input.request.isExercise)
        column->addWidget(exerciseBand(this));
    m_header = new FormHeader(m_input.request, this);
    column->addWidget(m_header);
    buildBody(column);
    buildFooter(column);
    wireUp();
    setFixedWidth(formWidth);
    // The form itself has the focus at first: no field and no button is chosen for the person, and arrow and page keys
    // move the facts.
    setFocusPolicy(Qt::ClickFocus);
    setFocus(Qt::OtherFocusReason);
    fitToScreen();
    tick();
}

ApprovalForm::~ApprovalForm() = default;

void ApprovalForm::buildBody(QBoxLayout* column)
{
    auto* body = new QVBoxLayout;
    body->setContentsMargins(edge, 16, edge, 16);
    body->setSpacing(12);
    m_facts = new FactList(m_input.request, formWidth - 2 * (edge + 1), this);
    m_exactBytes = new QPlainTextEdit(exactText(m_input.request), this);
    m_exactBytes->setObjectName(QStringLiteral("exactBytes"));
    m_exactBytes->setAccessibleName(tr("The exact bytes that would be carried out"));
    m_exactBytes->setReadOnly(true);
    m_exactBytes->setTabChangesFocus(true);
    m_exactBytes->setFont(theme::monoFont(11));
    m_exactBytes->setWordWrapMode(QTextOption::WrapAnywhere);
    m_exactBytes->setLayoutDirection(Qt::LeftToRight);
    m_exactBytes->setContextMenuPolicy(Qt::NoContextMenu);
    m_exactBytes->setFixedHeight(120);
    m_exactBytes->hide();
    const auto people = govern::PeopleDirectory::load(m_input.peopleFolder);
    const govern::Person* person = people ? people->find(m_input.person) : nullptr;
    m_fields = new FactorFields(m_input.request, m_input.securityKey && person && !person->securityKeys.empty(), this);
    m_message = widgets::label({}, widgets::TextRole::Body, QStringLiteral("critical"), this);
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setWordWrap(true);
    m_message->hide();
    body->addWidget(m_facts, 1);
    body->addWidget(m_exactBytes);
    body->addWidget(m_fields);
    body->addWidget(m_message);
    body->addWidget(approversLine());
    column->addLayout(body, 1);
}

QWidget* ApprovalForm::approversLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    const QString name = text::personName(m_input.person);
    row->addWidget(new widgets::StatusDot(tr("%1 (you)").arg(name), QStringLiteral("people"), true, line));
    const int others = m_input.request.needs.approvers - 1;
    if (others > 0) {
        const auto people = govern::PeopleDirectory::load(m_input.peopleFolder);
        const govern::Person* self = people ? people->find(m_input.person) : nullptr;
        const bool needsCommander = m_input.request.needs.needsCommander && !(self && self->hasRole("commander"));
        QString words;
        if (others > 1)
            words = needsCommander ? tr("%n more approver(s), one of them an incident commander, none of them you",
                                        nullptr, others)
                                   : tr("%n more approver(s), none of them you", nullptr, others);
        else
            words = needsCommander ? tr("second approver — any incident commander but you")
                                   : tr("second approver — any analyst or incident commander but you");
        QLabel* sign = widgets::label(QStringLiteral("○"), widgets::TextRole::Body, QStringLiteral("dim"), line);
        QLabel* text = widgets::label(words, widgets::TextRole::Body, QStringLiteral("dim"), line);
        text->setObjectName(QStringLiteral("otherApprovers"));
        row->addWidget(sign);
        row->setSpacing(6);
        row->addWidget(text);
    }
    row->addStretch();
    const auto known = govern::PeopleDirectory::load(m_input.peopleFolder);
    const govern::Person* you = known ? known->find(m_input.person) : nullptr;
    if (you && you->isTrainingEnding(m_clock.now())) {
        const QString words = tr("Your training ends on %1.").arg(text::dayAndClock(*you->trainedUntil));
        QLabel* ending = widgets::label(words, widgets::TextRole::Small, QStringLiteral("medium"), line);
        ending->setObjectName(QStringLiteral("trainingEnds"));
        row->addWidget(ending);
    }
    return line;
}

void ApprovalForm::buildFooter(QBoxLayout* column)
{
    QFrame* ground = widgets::ground(QStringLiteral("window"), QStringLiteral("top"), this);
    auto* around = new QVBoxLayout(ground);
    around->setContentsMargins(edge, 14, edge, 14);
    m_footer = new QStackedWidget(ground);
    around->addWidget(m_footer);
    column->addWidget(ground);

    const auto page = [this] {
        auto* made = new QWidget(m_footer);
        auto* row = new QHBoxLayout(made);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(10);
        m_footer->addWidget(made);
        return row;
    };
    const auto button = [this](const QString& text, const QString& name) {
        QPushButton* made = widgets::button(text, widgets::ButtonLook::Plain, m_footer);
        made->setObjectName(name);
        return made;
    };
    const auto leave = [this, button](const QString& name) {
        QPushButton* made = button(tr("Not now"), name);
        connect(made, &QPushButton::clicked, this, &ApprovalForm::reject);
        return made;
    };

    const int count = m_input.request.needs.approvers;
    const QString approveWords = count > 1 ? tr("Approve, one of %1").arg(count) : tr("Approve");
    m_deny = button(tr("Deny…"), QStringLiteral("deny"));
    m_denyAndPause = button(tr("Deny and pause agent"), QStringLiteral("denyAndPause"));
    m_status = statusLabel(Qt::AlignRight, m_footer);
    m_status->setObjectName(QStringLiteral("status"));
    m_approve = new ApproveButton(approveWords, m_input.request.tier, m_footer);
    m_approve->setObjectName(QStringLiteral("approve"));
    m_approve->setEnabled(false);
    m_approve->setToolTip(tr("Ctrl+Shift+Enter"));
    QHBoxLayout* deciding = page();
    deciding->addWidget(m_deny);
    deciding->addWidget(m_denyAndPause);
    deciding->addWidget(m_status, 1);
    deciding->addWidget(leave(QStringLiteral("notNow")));
    deciding->addWidget(m_approve);

    m_back = button(tr("Back"), QStringLiteral("back"));
    m_denialStatus = statusLabel(Qt::AlignRight, m_footer);
    m_denialStatus->setObjectName(QStringLiteral("denialStatus"));
    m_confirmDenial = button(tr("Deny"), QStringLiteral("confirmDenial"));
    QHBoxLayout* denying = page();
    denying->addWidget(m_back);
    denying->addWidget(m_denialStatus, 1);
    denying->addWidget(leave(QStringLiteral("notNowEither")));
    denying->addWidget(m_confirmDenial);
}

} // namespace cordon::ui::approval
