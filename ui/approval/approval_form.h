#pragma once

#include "core/base/clock.h"
#include "core/govern/step_up.h"
#include "ui/approval/reading_delay.h"

#include <QDialog>
#include <QElapsedTimer>

#include <thread>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace cordon::ui::approval {

class ApproveButton;
class FactList;
class FactorFields;
class FormHeader;

/// Whom the form asks, and about what. `request` is what `govern::readRequest` made of `requestText`.
struct FormInput
{
    std::string requestText;
    ApprovalRequest request;
    crypto::PublicKey agentKey;
    std::filesystem::path peopleFolder;
    std::string person; ///< user:analyst-a
    int slot = 0;       ///< approver slot, 1 and up; 0: the first nonce that the text carries
    factor::Authenticator* securityKey = nullptr; ///< outlives the form; used from its second thread
    /// Case clock when the console opened the form: an exercise's may have run ahead of the machine's since it was asked.
    std::optional<Timestamp> caseNow = {};
};

/// The step-up form: shows exactly what would be done, takes what proves that a person decided, and gives one signed
/// reply. Denying and *Not now* are always possible, nothing is preselected, Enter does nothing, Esc is *Not now*.
/// Approve opens once everything has been in view, unchanged and in front for the reading delay, and every field is
/// right. Rules: docs/formats/approval.md. Every one of them is enforced again by `govern::stepUp`. GUI thread; the
/// factors are checked on a thread of its own.
class ApprovalForm : public QDialog
{
    Q_OBJECT

public:
    /// @param clock  must outlive the form; used from both threads
    /// @param readingClock  for the reading delay; the machine's own when empty
    ApprovalForm(FormInput input, const MachineClock& clock, ReadingDelay::Now readingClock = {},
                 QWidget* parent = nullptr);
    ~ApprovalForm() override;

    /// What the last refusal told the person; "" when there was none.
    [[nodiscard]] QString message() const;

public slots:
    /// Esc, *Not now* and closing the window.
    void reject() override;

signals:
    /// The person decided: the signed reply text. At most once, and then never `notNow`.
    void decided(const QString& reply, bool isApproved);
    /// The person left without deciding.
    void notNow();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Answer { Approve, Deny, DenyAndPause };
    enum class Phase { Open, Checking, Done };

    void buildBody(QBoxLayout* column);
    void buildFooter(QBoxLayout* column);
    [[nodiscard]] QWidget* approversLine();
    void wireUp();

    void tick();
    void noteChange();
    void contentChanged();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] Duration timeLeft() const;
    [[nodiscard]] QString whatIsNext() const;
    void showStatus();
    void showExactBytes(bool isShown);
    void fitToScreen();

    void approve();
    void startDenial(Answer answer);
    void leaveDenial();
    void deny();
    void submit(Answer answer);
    void finish(const govern::StepUpResult& result, Answer answer);
    void showMessage(const QString& words);
    void setPhase(Phase phase);

    FormInput m_input;
    const MachineClock& m_clock;
    std::int64_t m_openedNanos; ///< the machine's running time
    ReadingDelay m_delay;
    Phase m_phase = Phase::Open;
    Answer m_denial = Answer::Deny;
    bool m_isDenying = false;
    bool m_wasReady = false; ///< already at the tick before: whatever was clicked before that has been delivered
    int m_wrongAttempts = 0;
    QElapsedTimer m_shown; ///< since it came up

    FormHeader* m_header = nullptr;
    FactList* m_facts = nullptr;
    QPlainTextEdit* m_exactBytes = nullptr;
    FactorFields* m_fields = nullptr;
    QLabel* m_message = nullptr;
    QStackedWidget* m_footer = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_denialStatus = nullptr;
    QPushButton* m_deny = nullptr;
    QPushButton* m_denyAndPause = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_confirmDenial = nullptr;
    ApproveButton* m_approve = nullptr;
    QTimer* m_ticker = nullptr;
    std::jthread m_worker; // last: joined before what it posts to goes away
};

} // namespace cordon::ui::approval
