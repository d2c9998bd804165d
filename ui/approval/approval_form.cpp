#include "ui/approval/approval_form.h"

#include "ui/approval/approve_button.h"
#include "ui/approval/fact_list.h"
#include "ui/approval/factor_fields.h"
#include "ui/approval/form_header.h"
#include "ui/approval/refusal_words.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QPlainTextEdit>
#include <QScreen>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>

namespace cordon::ui::approval {
namespace {

constexpr int tickMillis = 100;

bool isAboutPin(const std::string& reason)
{
    return reason == "pin_wrong";
}

bool isAboutAuthenticator(const std::string& reason)
{
    return reason.starts_with("totp_");
}

} // namespace

void ApprovalForm::wireUp()
{
    connect(m_facts, &FactList::seenMore, this, &ApprovalForm::noteChange);
    connect(m_facts->exactBytesLink(), &QPushButton::clicked, this,
            [this] { showExactBytes(m_exactBytes->isHidden()); });
    connect(m_fields, &FactorFields::edited, this, &ApprovalForm::noteChange);
    connect(m_approve, &QPushButton::clicked, this, &ApprovalForm::approve);
    connect(m_deny, &QPushButton::clicked, this, [this] { startDenial(Answer::Deny); });
    connect(m_denyAndPause, &QPushButton::clicked, this, [this] { startDenial(Answer::DenyAndPause); });
    connect(m_back, &QPushButton::clicked, this, &ApprovalForm::leaveDenial);
    connect(m_confirmDenial, &QPushButton::clicked, this, &ApprovalForm::deny);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* keys = new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | static_cast<Qt::Key>(key)), this);
        keys->setAutoRepeat(false);
        connect(keys, &QShortcut::activated, this, &ApprovalForm::approve);
    }
    // A screen that gets locked takes the application out of the foreground.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &ApprovalForm::contentChanged);
    m_ticker = new QTimer(this);
    m_ticker->setObjectName(QStringLiteral("ticker"));
    m_ticker->setInterval(tickMillis);
    connect(m_ticker, &QTimer::timeout, this, &ApprovalForm::tick);
    m_ticker->start();
}

QString ApprovalForm::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

void ApprovalForm::reject()
{
    if (m_phase != Phase::Open)
        return;
    setPhase(Phase::Done);
    m_fields->clearPin();
    m_fields->clearAuthenticatorCode();
    emit notNow();
    QDialog::reject();
}

bool ApprovalForm::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::Show:
        if (!m_shown.isValid())
            m_shown.start();
        contentChanged();
        break;
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::WindowStateChange:
    case QEvent::PaletteChange:
    case QEvent::LanguageChange:
        contentChanged();
        break;
    default:
        break;
    }
    return QDialog::event(event);
}

void ApprovalForm::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* bar = m_facts->verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return; // no default button
    case Qt::Key_PageDown:
        bar->triggerAction(QScrollBar::SliderPageStepAdd);
        return;
    case Qt::Key_PageUp:
        bar->triggerAction(QScrollBar::SliderPageStepSub);
        return;
    case Qt::Key_Down:
        bar->triggerAction(QScrollBar::SliderSingleStepAdd);
        return;
    case Qt::Key_Up:
        bar->triggerAction(QScrollBar::SliderSingleStepSub);
        return;
    default:
        QDialog::keyPressEvent(event);
    }
}

void ApprovalForm::tick()
{
    m_header->showTimeLeft(isOpen() ? timeLeft() : Duration::zero());
    // INVARIANT: Approve opens only at the second tick in a row that finds everything in place. Between the two the
    // event loop has delivered every click and key that was waiting, to a button that was still closed.
    const bool isReadyNow = isReady();
    m_approve->setEnabled(isReadyNow && m_wasReady);
    m_wasReady = isReadyNow;
    showStatus();
}

void ApprovalForm::noteChange()
{
    if (!isReady()) {
        m_wasReady = false;
        m_approve->setEnabled(false);
    }
    showStatus();
}

void ApprovalForm::contentChanged()
{
    if (!m_ticker)
        return; // still being built
    m_delay.restart();
    m_wasReady = false;
    m_approve->setEnabled(false);
    showStatus();
}

bool ApprovalForm::isReady() const
{
    return m_phase == Phase::Open && !m_isDenying && isOpen() && isActiveWindow() && m_facts->isAllSeen() &&
           m_fields->missing() == FactorFields::Missing::Nothing && m_delay.left().count() == 0;
}

bool ApprovalForm::isOpen() const
{
    return govern::isStillOpen(m_input.request, m_clock) && timeLeft() > Duration::zero();
}

/// By the machine or by the case, whichever ends first.
Duration ApprovalForm::timeLeft() const
{
    const Timestamp until = m_input.request.approveBy;
    const Duration here = until - govern::timeFor(m_input.request, m_clock);
    if (!m_input.caseNow)
        return here;
    return std::min(here, until - *m_input.caseNow - Duration((m_clock.monotonicNanos() - m_openedNanos) / 1000));
}

QString ApprovalForm::whatIsNext() const
{
    if (m_phase == Phase::Checking)
        return tr("Checking…");
    if (!isOpen())
        return tr("This request has run out. It has to be asked for again.");
    if (m_isDenying)
        return tr("A denial is final for this action.");
    if (!m_facts->isAllSeen())
        return tr("Scroll down to see all of it.");
    switch (m_fields->missing()) {
    case FactorFields::Missing::Code:
        return tr("To approve, type the code.");
    case FactorFields::Missing::Target:
        return tr("To approve, type the target too.");
    case FactorFields::Missing::Pin:
        return tr("To approve, enter your PIN.");
    case FactorFields::Missing::AuthenticatorCode:
        return tr("To approve, enter the six digits of your authenticator.");
    case FactorFields::Missing::ShorterReason:
        return tr("The reason is too long.");
    case FactorFields::Missing::Nothing:
        break;
    }
    if (!m_approve->isEnabled())
        return tr("Approve opens in a moment.");
    return tr("Click Approve, or press Ctrl+Shift+Enter.");
}

void ApprovalForm::showStatus()
{
    QLabel* status = m_isDenying ? m_denialStatus : m_status;
    const QString words = whatIsNext();
    if (status->text() != words)
        status->setText(words);
}

void ApprovalForm::showExactBytes(bool isShown)
{
    m_exactBytes->setVisible(isShown);
    m_facts->exactBytesLink()->setText(isShown ? tr("hide exact bytes") : tr("show exact bytes"));
    m_facts->exactBytesLink()->setAccessibleName(m_facts->exactBytesLink()->text());
    fitToScreen();
    contentChanged();
}

void ApprovalForm::fitToScreen()
{
    layout()->activate();
    const QRect available = screen()->availableGeometry();
    resize(width(), qMin(sizeHint().height(), available.height() - 48));
    const int beyond = geometry().bottom() - available.bottom();
    if (isVisible() && beyond > 0)
        move(x(), qMax(available.top(), y() - beyond - 24));
}

void ApprovalForm::approve()
{
    // Asked again here: nothing may have changed between the press and the release.
    if (m_approve->isEnabled() && isReady())
        submit(Answer::Approve);
}

void ApprovalForm::startDenial(Answer answer)
{
    if (m_phase != Phase::Open)
        return;
    m_denial = answer;
    if (answer == Answer::DenyAndPause && m_fields->hasReason() && m_fields->hasPin()) {
        deny();
        return;
    }
    m_isDenying = true;
    m_confirmDenial->setText(answer == Answer::DenyAndPause ? tr("Deny and pause agent") : tr("Deny"));
    m_confirmDenial->setAccessibleName(m_confirmDenial->text());
    m_fields->setDenying(true);
    m_footer->setCurrentIndex(1);
    showMessage({});
    m_fields->focusReason();
    contentChanged();
}

void ApprovalForm::leaveDenial()
{
    m_isDenying = false;
    m_fields->setDenying(false);
    m_footer->setCurrentIndex(0);
    showMessage({});
    m_deny->setFocus(Qt::OtherFocusReason);
    contentChanged();
}

void ApprovalForm::deny()
{
    if (m_phase != Phase::Open)
        return;
    if (!m_fields->hasReason()) {
        showMessage(tr("A denial needs a reason, of at most 500 bytes."));
        m_fields->focusReason();
        return;
    }
    if (!m_fields->hasPin()) {
        showMessage(tr("Your PIN signs the denial."));
        m_fields->focusPin();
        return;
    }
    submit(m_denial);
}

void ApprovalForm::submit(Answer answer)
{
    govern::StepUpInput input;
    input.requestText = m_input.requestText;
    input.agentKey = m_input.agentKey;
    input.peopleFolder = m_input.peopleFolder;
    input.person = m_input.person;
    input.slot = m_input.slot;
    input.isApproved = answer == Answer::Approve;
    input.isAgentPaused = answer == Answer::DenyAndPause;
    input.reason = m_fields->reason();
    if (input.isApproved) {
        input.typedCode = m_fields->typedCode();
        input.typedTarget = m_fields->typedTarget();
        input.totp = m_fields->authenticatorCode();
    }
    if (input.isApproved && m_fields->usesSecurityKey()) {
        input.securityKey = m_input.securityKey;
        input.keyPin = m_fields->takeKeyPin();
    }
    input.decidedAfterMillis = m_shown.isValid() ? m_shown.elapsed() : -1;
    input.pin = m_fields->takePin();
    showMessage({});
    setPhase(Phase::Checking);
    // Opening the vault takes a quarter of a second by design, too long for this thread.
    m_worker = std::jthread([this, answer, given = std::move(input)] {
        const govern::StepUpResult result = govern::stepUp(given, m_clock);
        QMetaObject::invokeMethod(
            this, [this, answer, result] { finish(result, answer); }, Qt::QueuedConnection);
    });
}

void ApprovalForm::finish(const govern::StepUpResult& result, Answer answer)
{
    if (result.isGiven()) {
        setPhase(Phase::Done);
        m_fields->clearAuthenticatorCode();
        emit decided(QString::fromStdString(result.reply), answer == Answer::Approve);
        accept();
        return;
    }
    setPhase(Phase::Open);
    if (isAboutPin(result.reason) || isAboutAuthenticator(result.reason))
        ++m_wrongAttempts;
    showMessage(refusalWords(result, m_wrongAttempts));
    if (isAboutAuthenticator(result.reason))
        m_fields->clearAuthenticatorCode();
    m_fields->focusPin();
}

void ApprovalForm::showMessage(const QString& words)
{
    m_message->setText(words);
    m_message->setAccessibleName(words);
    m_message->setVisible(!words.isEmpty());
    fitToScreen();
    contentChanged();
}

void ApprovalForm::setPhase(Phase phase)
{
    m_phase = phase;
    const bool isIdle = phase == Phase::Open;
    m_fields->setEnabled(isIdle);
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setEnabled(isIdle && button != m_approve);
    m_wasReady = false;
    showStatus();
}

} // namespace cordon::ui::approval
