#pragma once

#include "core/base/clock.h"
#include "core/govern/enrolment.h"
#include "core/govern/personal_signature.h"

#include <QDialog>

#include <memory>
#include <thread>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace cordon::ui::approval {

class PinEdit;

/// The step-up program's form for everything that is no approval: sign-in, a command, an act about people, another PIN,
/// enrolment, a security key. It shows what is signed, takes the factors, and gives the signed block; the rules are core/govern's.
/// Enter signs nothing, Escape is *Not now*.
class PersonForm : public QDialog
{
    Q_OBJECT

public:
    enum class Kind { SignIn, Order, People, ChangePin, Enrol, AddKey };
    struct Input
    {
        Kind kind = Kind::SignIn;
        std::string folder;       ///< of the people
        std::string person;       ///< whose factors; whom it is about for Enrol
        std::string text;         ///< what to sign, as it came in
        std::string installation; ///< ChangePin
        bool isExercise = false;
        factor::Authenticator* authenticator = nullptr; ///< AddKey; outlives the form
    };

    /// ErrorCode::Invalid with the reason code first when the text is nothing to sign.
    [[nodiscard]] static Result<std::unique_ptr<PersonForm>> make(Input input, const MachineClock& clock,
                                                                  QWidget* parent = nullptr);

signals:
    void decided(const QString& block);
    void notNow();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void reject() override { emit notNow(); }

private:
    PersonForm(Input input, const MachineClock& clock, QWidget* parent);
    [[nodiscard]] Result<void> build();
    void addLines(const std::vector<std::pair<QString, QString>>& lines);
    [[nodiscard]] QLineEdit* addField(QLineEdit* field, const QString& name);
    [[nodiscard]] PinEdit* addPin(const QString& name);
    void refresh();
    void fit();
    void press();
    void touchKey();
    void showSecret();
    void finish(const Result<std::string>& block);
    void refuse(const Error& error);
    [[nodiscard]] Result<std::string> signedBlock();
    [[nodiscard]] govern::PersonFactors factors();

    Input m_input;
    const MachineClock& m_clock;
    Value m_wish;
    govern::PeopleAct m_act;
    QVBoxLayout* m_body = nullptr;
    PinEdit* m_pin = nullptr;
    PinEdit* m_newPin = nullptr;
    PinEdit* m_again = nullptr;
    PinEdit* m_keyPin = nullptr; ///< of the security key; may stay empty
    QLineEdit* m_totp = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_sign = nullptr;
    std::unique_ptr<govern::Enrolment> m_enrolment; ///< once the PIN was chosen
    std::jthread m_worker;                          ///< waits for touches; last, so that it ends first
};

} // namespace cordon::ui::approval
