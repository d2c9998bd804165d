#include "ui/approval/person_form.h"

#include "core/factor/otpauth.h"
#include "core/govern/approval_render.h"
#include "core/value/json.h"
#include "ui/approval/person_words.h"
#include "ui/approval/pin_edit.h"
#include "ui/text/names.h"
#include "ui/theme/fonts.h"
#include "ui/travel/qr_view.h"
#include "ui/widgets/labels.h"

#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace cordon::ui::approval {

using namespace widgets;
using Kind = PersonForm::Kind;

namespace {

constexpr int formWidth = 520;

QString shown(const std::string& text, std::size_t most = 512)
{
    return QString::fromStdString(govern::escapedForPeople(text, most));
}

/// Long words may be broken after any punctuation: what runs out of the form is not what a person saw.
QString wrappable(const QString& line)
{
    constexpr int longest = 56;
    QStringList words = line.split(QLatin1Char(' '));
    for (QString& word : words) {
        if (word.size() <= longest)
            continue;
        QString broken;
        for (const QChar c : word) {
            broken += c;
            if (c.isPunct() || c.isSymbol())
                broken += QChar(0x200b);
        }
        word = broken;
    }
    return words.join(QLatin1Char(' '));
}

} // namespace

Result<std::unique_ptr<PersonForm>> PersonForm::make(Input input, const MachineClock& clock, QWidget* parent)
{
    std::unique_ptr<PersonForm> form(new PersonForm(std::move(input), clock, parent));
    CORDON_CHECK(form->build());
    return form;
}

PersonForm::PersonForm(Input input, const MachineClock& clock, QWidget* parent)
    : QDialog(parent)
    , m_input(std::move(input))
    , m_clock(clock)
{
    setProperty("frame", "drawn");
    setMinimumWidth(formWidth);
    const QString title = titleOf(m_input.kind);
    setWindowTitle(m_input.isExercise ? tr("EXERCISE: %1").arg(title) : title);
    setAccessibleName(windowTitle());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QFrame* head = ground(QStringLiteral("panel"), QStringLiteral("bottom"), this);
    auto* headColumn = new QVBoxLayout(head);
    headColumn->setContentsMargins(22, 14, 22, 14);
    if (m_input.isExercise)
        headColumn->addWidget(caption(tr("Exercise"), QStringLiteral("medium"), head));
    headColumn->addWidget(label(title, TextRole::Heading, {}, head));
    column->addWidget(head);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(22, 16, 22, 16);
    m_body->setSpacing(10);
    column->addLayout(m_body, 1);
    QFrame* foot = ground(QStringLiteral("window"), QStringLiteral("top"), this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(22, 12, 22, 12);
    m_problem = label({}, TextRole::Small, QStringLiteral("attacker"), foot);
    m_problem->setWordWrap(true);
    row->addWidget(m_problem, 1);
    QPushButton* later = button(tr("Not now"), ButtonLook::Plain, foot);
    connect(later, &QPushButton::clicked, this, &PersonForm::notNow);
    m_sign = button(buttonOf(m_input.kind), ButtonLook::Primary, foot);
    m_sign->setEnabled(false);
    connect(m_sign, &QPushButton::clicked, this, &PersonForm::press);
    row->addWidget(later);
    row->addWidget(m_sign);
    column->addWidget(foot);
}

Result<void> PersonForm::build()
{
    const bool isAct = m_input.kind == Kind::People || m_input.kind == Kind::Enrol;
    if (m_input.kind == Kind::People) {
        CORDON_TRY(m_act, govern::actToSign(m_input.text));
    } else if (m_input.kind != Kind::ChangePin) {
        auto wish = json::parse(m_input.text);
        if (!wish || !wish->isObject())
            return fail(ErrorCode::Invalid, "request_invalid: nothing to sign");
        m_wish = std::move(*wish);
    }
    if (m_input.kind == Kind::Enrol) {
        CORDON_TRY(m_act, govern::Enrolment::wishFrom(m_wish));
        m_input.person = m_act.person;
    }
    std::vector<std::pair<QString, QString>> lines;
    if (m_input.kind != Kind::Enrol)
        lines.emplace_back(tr("Person"), text::personName(m_input.person));
    if (isAct) {
        for (const auto& [name, line] : m_act.lines())
            lines.emplace_back(shown(name), shown(line));
    }
    if (m_input.kind == Kind::Order)
        lines.emplace_back(tr("Command"), commandWord(m_wish["command"].asString()));
    if (m_input.kind == Kind::Order) {
        for (const auto& [name, value] : m_wish["args"].asObject())
            lines.push_back(argumentWords(name, value));
    }
    if (m_input.kind == Kind::AddKey && m_wish["name"].asString().empty())
        return fail(ErrorCode::Invalid, "request_invalid: a security key needs a name");
    if (m_input.kind == Kind::AddKey)
        lines.emplace_back(tr("Security key"), shown(m_wish["name"].asString(), 120));
    if (m_input.kind == Kind::Order || m_input.kind == Kind::SignIn)
        lines.emplace_back(tr("Ledger"), shown(m_wish["case"].asString(), 120));
    addLines(lines);
    QLabel* note = label(noteOf(m_input.kind), TextRole::Small, QStringLiteral("dim"), this);
    note->setWordWrap(true);
    m_body->addWidget(note);
    if (m_input.kind != Kind::Enrol)
        m_pin = addPin(tr("PIN"));
    if (m_input.kind == Kind::Enrol || m_input.kind == Kind::ChangePin) {
        m_newPin = addPin(tr("New PIN, six characters or more"));
        m_again = addPin(tr("The same again"));
    }
    const bool takesCode = m_input.kind == Kind::Order && govern::takesCode(m_wish["command"].asString());
    if (m_input.kind == Kind::People || m_input.kind == Kind::ChangePin || m_input.kind == Kind::AddKey || takesCode)
        m_totp = addField(new QLineEdit(this), tr("Authenticator code"));
    if (m_input.kind == Kind::AddKey)
        m_keyPin = addPin(tr("PIN of the security key itself, empty for one that knows your finger"));
    (m_pin ? m_pin : m_newPin)->setFocus(Qt::OtherFocusReason);
    refresh();
    fit();
    return {};
}

/// As tall as its texts at this width: left alone, the layout guesses the height at another width and spreads the rest.
void PersonForm::fit()
{
    layout()->activate();
    resize(formWidth, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(formWidth) : sizeHint().height());
}

void PersonForm::addLines(const std::vector<std::pair<QString, QString>>& lines)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [name, line] : lines) {
        QLabel* left = label(name, TextRole::Small, QStringLiteral("dim"), this);
        QLabel* right = label(wrappable(line), TextRole::Body, {}, this);
        right->setWordWrap(true);
        right->setAccessibleName(QStringLiteral("%1: %2").arg(name, line));
        left->setMinimumHeight(right->fontMetrics().height()); // on one line with what it names
        grid->addWidget(left, row, 0, Qt::AlignTop);
        grid->addWidget(right, row++, 1, Qt::AlignTop);
    }
    m_body->addLayout(grid);
}

QLineEdit* PersonForm::addField(QLineEdit* field, const QString& name)
{
    QLabel* above = label(name, TextRole::Small, QStringLiteral("dim"), this);
    above->setBuddy(field);
    field->setAccessibleName(name);
    field->setMinimumHeight(32);
    if (field->echoMode() == QLineEdit::Normal) {
        field->setMaxLength(6);
        field->setFont(theme::monoFont(14));
        field->setContextMenuPolicy(Qt::NoContextMenu);
        field->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{6}")), field));
    }
    auto* group = new QVBoxLayout;
    group->setSpacing(4);
    group->addWidget(above);
    group->addWidget(field);
    m_body->addLayout(group);
    connect(field, &QLineEdit::textChanged, this, &PersonForm::refresh);
    return field;
}

PinEdit* PersonForm::addPin(const QString& name)
{
    auto* field = new PinEdit(this);
    (void)addField(field, name);
    return field;
}

void PersonForm::refresh()
{
    bool isReady = true;
    for (const PinEdit* pin : {m_pin, m_newPin, m_again})
        isReady = isReady && (!pin || !pin->isVisibleTo(this) || pin->isFilled());
    m_sign->setEnabled(isReady && (!m_totp || m_totp->hasAcceptableInput()));
}

govern::PersonFactors PersonForm::factors()
{
    govern::PersonFactors given;
    given.folder = m_input.folder;
    given.person = m_input.person;
    given.pin = m_pin->take();
    if (m_totp)
        given.totp = m_totp->text().toStdString();
    return given;
}

Result<std::string> PersonForm::signedBlock()
{
    switch (m_input.kind) {
    case Kind::SignIn: return govern::signIn(factors(), m_wish, m_clock);
    case Kind::Order: return govern::signOrder(factors(), m_wish, m_clock);
    case Kind::People: return govern::countersign(factors(), m_input.text, m_clock);
    case Kind::ChangePin: {
        const crypto::SecretBytes pin = m_newPin->take();
        const crypto::SecretBytes again = m_again->take();
        return govern::changePin(factors(), pin, again, m_input.installation, m_clock);
    }
    case Kind::AddKey:
    case Kind::Enrol: break;
    }
    return m_enrolment->finish(m_totp->text().toStdString(), m_clock.now());
}

void PersonForm::press()
{
    if (m_input.kind == Kind::AddKey)
        return touchKey();
    if (m_input.kind != Kind::Enrol || m_enrolment)
        return finish(signedBlock());
    const crypto::SecretBytes pin = m_newPin->take();
    const crypto::SecretBytes again = m_again->take();
    auto begun = govern::Enrolment::begin(m_input.folder, m_act, pin, again);
    if (!begun)
        return refuse(begun.error());
    m_enrolment = std::make_unique<govern::Enrolment>(std::move(*begun));
    showSecret();
}

/// Waiting for a touch takes as long as the person does: not on this thread.
void PersonForm::touchKey()
{
    govern::PersonFactors given = factors();
    crypto::SecretBytes keyPin = m_keyPin->take();
    for (QWidget* field : std::initializer_list<QWidget*>{m_pin, m_totp, m_keyPin, m_sign})
        field->setEnabled(false);
    m_problem->setText(tr("Touch the security key when it blinks, twice."));
    m_problem->setAccessibleName(m_problem->text());
    m_worker = std::jthread([this, given = std::move(given), keyPin = std::move(keyPin)] {
        auto block = govern::addSecurityKey(given, m_wish, *m_input.authenticator, keyPin, m_clock);
        QMetaObject::invokeMethod(
            this,
            [this, block = std::move(block)] {
                for (QWidget* field : std::initializer_list<QWidget*>{m_pin, m_totp, m_keyPin})
                    field->setEnabled(true);
                finish(block);
            },
            Qt::QueuedConnection);
    });
}

/// The PIN was chosen: the secret as a picture and as text, once, and the code that proves that it arrived.
void PersonForm::showSecret()
{
    for (PinEdit* pin : {m_newPin, m_again})
        pin->setEnabled(false);
    std::string address = factor::otpauthUri(m_act.person, "", m_enrolment->secret());
    m_body->addWidget(new travel::QrView(QString::fromStdString(address), this), 0, Qt::AlignHCenter);
    crypto::wipe(address);
    QLabel* how = label(tr("Scan this with your authenticator, or type the secret. It is not shown again."),
                        TextRole::Small, QStringLiteral("dim"), this);
    how->setWordWrap(true);
    m_body->addWidget(how);
    const crypto::SecretBytes secret = m_enrolment->shownSecret();
    QLabel* typed = monoLabel(QString::fromLatin1(secret.text().data(), static_cast<qsizetype>(secret.size())), {}, this);
    typed->setAccessibleName(tr("Secret for the authenticator"));
    typed->setTextInteractionFlags(Qt::NoTextInteraction);
    m_body->addWidget(typed);
    addLines({{tr("Your new key"), QString::fromStdString(m_enrolment->act().key->fingerprint())}});
    QLabel* compare = label(tr("Whoever signs for you sees this fingerprint too: tell it to them by another way."),
                            TextRole::Small, QStringLiteral("dim"), this);
    compare->setWordWrap(true);
    m_body->addWidget(compare);
    m_totp = addField(new QLineEdit(this), tr("The six digits that it shows now"));
    m_sign->setText(tr("Finish"));
    m_newPin = nullptr;
    m_again = nullptr;
    m_problem->clear();
    m_totp->setFocus(Qt::OtherFocusReason);
    refresh();
    fit();
}

void PersonForm::finish(const Result<std::string>& block)
{
    if (!block)
        return refuse(block.error());
    emit decided(QString::fromStdString(*block));
}

void PersonForm::refuse(const Error& error)
{
    m_problem->setText(refusalOf(error));
    m_problem->setAccessibleName(m_problem->text());
    for (PinEdit* pin : {m_pin, m_newPin, m_again, m_keyPin}) {
        if (pin)
            pin->clear();
    }
    if (m_totp)
        m_totp->clear();
    if (QLineEdit* first = m_pin ? static_cast<QLineEdit*>(m_pin) : m_newPin ? m_newPin : m_totp)
        first->setFocus(Qt::OtherFocusReason);
}

/// Nothing is signed by a key that was held or pressed by habit.
void PersonForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace cordon::ui::approval
