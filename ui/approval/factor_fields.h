#pragma once

#include "core/crypto/secret_bytes.h"
#include "core/domain/approval.h"

#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QLabel;
class QLineEdit;

namespace cordon::ui::approval {

class PinEdit;
class TypedEdit;

/// What a person gives: the code of the digest, the target's name where it is asked for, PIN, authenticator code,
/// reason. Fields that this request does not need are not there.
class FactorFields : public QWidget
{
    Q_OBJECT

public:
    /// @param hasSecurityKey  the person has enrolled one: it can stand in for the authenticator code
    FactorFields(const ApprovalRequest& request, bool hasSecurityKey, QWidget* parent);

    /// The first thing that an approval still lacks.
    enum class Missing { Nothing, Code, Target, Pin, AuthenticatorCode, ShorterReason };
    [[nodiscard]] Missing missing() const;
    [[nodiscard]] bool hasReason() const;
    [[nodiscard]] bool hasPin() const;

    /// For a denial only PIN and reason count; the rest is greyed out.
    void setDenying(bool isDenying);
    void focusReason();
    void focusPin();

    /// The person wants to touch a security key instead of typing an authenticator code.
    [[nodiscard]] bool usesSecurityKey() const;
    /// The security key's own PIN; empty for a key that knows its user's finger.
    [[nodiscard]] crypto::SecretBytes takeKeyPin();
    [[nodiscard]] crypto::SecretBytes takePin();
    void clearPin();
    void clearAuthenticatorCode();
    [[nodiscard]] std::string typedCode() const;
    [[nodiscard]] std::string typedTarget() const;
    [[nodiscard]] std::string authenticatorCode() const;
    [[nodiscard]] std::string reason() const;

signals:
    void edited();

private:
    void addField(QBoxLayout* row, const QList<QLabel*>& captions, QLineEdit* edit, const QString& name,
                  const QString& accessibleName);
    void buildFactors(QBoxLayout* row);
    void buildReason(QBoxLayout* column);
    void buildSecurityKey(QBoxLayout* row, QBoxLayout* column);

    QString m_digest;
    QString m_targetName; ///< "" when it need not be typed
    bool m_isTargetCount; ///< what must be typed is the number of targets
    bool m_isCodeNeeded;
    bool m_isTotpNeeded;
    bool m_isKeyNeeded;
    bool m_isKeyOffered;
    TypedEdit* m_code = nullptr;
    TypedEdit* m_target = nullptr;
    PinEdit* m_pin = nullptr;
    QLineEdit* m_totp = nullptr;
    QCheckBox* m_useKey = nullptr;
    PinEdit* m_keyPin = nullptr;
    QLineEdit* m_reason = nullptr;
    QLabel* m_reasonCaption = nullptr;
};

} // namespace cordon::ui::approval
