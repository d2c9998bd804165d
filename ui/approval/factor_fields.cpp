#include "ui/approval/factor_fields.h"

#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "ui/approval/pin_edit.h"
#include "ui/approval/typed_edit.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QRegularExpressionValidator>

#include <algorithm>

namespace cordon::ui::approval {
namespace {

constexpr int mostReasonBytes = 500;

bool isAskedFor(const ApprovalRequest& request, std::string_view factor)
{
    const auto& factors = request.needs.factors;
    return std::find(factors.begin(), factors.end(), factor) != factors.end();
}

bool hasSeveralTargets(const ApprovalRequest& request)
{
    const auto action = govern::actionFromBytes(request.actionBytes);
    return action && action->targets.size() > 1;
}

QLabel* captionLabel(const QString& text, QWidget* parent)
{
    QLabel* made = widgets::label(text, widgets::TextRole::Small, QStringLiteral("dim"), parent);
    // The code must be read and typed, so nothing here can be selected and copied.
    made->setTextInteractionFlags(Qt::NoTextInteraction);
    return made;
}

QFont spacedMono(double gap)
{
    QFont font = theme::monoFont(13);
    font.setLetterSpacing(QFont::AbsoluteSpacing, gap);
    return font;
}

} // namespace

FactorFields::FactorFields(const ApprovalRequest& request, bool hasSecurityKey, QWidget* parent)
    : QWidget(parent)
    , m_digest(QString::fromStdString(request.actionDigest))
    , m_targetName(QString::fromStdString(govern::typedTargetOf(request)))
    , m_isTargetCount(hasSeveralTargets(request))
    , m_isCodeNeeded(request.tier >= Tier::T3)
    , m_isTotpNeeded(isAskedFor(request, "totp"))
    , m_isKeyNeeded(isAskedFor(request, "security_key"))
    , m_isKeyOffered(m_isKeyNeeded || (m_isTotpNeeded && hasSecurityKey))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    column->addLayout(row);
    buildFactors(row);
    if (m_isKeyOffered)
        buildSecurityKey(row, column);
    buildReason(column);
    for (const QLineEdit* edit : findChildren<QLineEdit*>())
        connect(edit, &QLineEdit::textChanged, this, &FactorFields::edited);
}

FactorFields::Missing FactorFields::missing() const
{
    if (m_code && !govern::isShortCode(typedCode(), m_digest.toStdString()))
        return Missing::Code;
    if (m_target && m_target->text() != m_targetName)
        return Missing::Target;
    if (!m_pin->isFilled())
        return Missing::Pin;
    if (m_totp && !usesSecurityKey() && !m_totp->hasAcceptableInput())
        return Missing::AuthenticatorCode;
    return reason().size() > mostReasonBytes ? Missing::ShorterReason : Missing::Nothing;
}

bool FactorFields::hasReason() const
{
    return !reason().empty() && reason().size() <= mostReasonBytes;
}

bool FactorFields::hasPin() const
{
    return m_pin->isFilled();
}

void FactorFields::setDenying(bool isDenying)
{
    for (QLineEdit* edit : {static_cast<QLineEdit*>(m_code), static_cast<QLineEdit*>(m_target), m_totp}) {
        if (edit)
            edit->setEnabled(!isDenying);
    }
    m_reasonCaption->setText(isDenying ? tr("Why do you deny this? (needed; kept in the ledger)")
                                       : tr("Reason (kept in the ledger)"));
    m_reason->setAccessibleName(m_reasonCaption->text());
}

void FactorFields::focusReason()
{
    m_reason->setFocus(Qt::OtherFocusReason);
}

void FactorFields::focusPin()
{
    m_pin->setFocus(Qt::OtherFocusReason);
}

bool FactorFields::usesSecurityKey() const
{
    return m_isKeyNeeded || (m_useKey && m_useKey->isChecked());
}

crypto::SecretBytes FactorFields::takeKeyPin()
{
    return m_keyPin ? m_keyPin->take() : crypto::SecretBytes();
}

crypto::SecretBytes FactorFields::takePin()
{
    return m_pin->take();
}

void FactorFields::clearPin()
{
    m_pin->clear();
}

void FactorFields::clearAuthenticatorCode()
{
    if (m_totp)
        m_totp->clear();
    if (m_keyPin)
        m_keyPin->clear();
}

std::string FactorFields::typedCode() const
{
    return m_code ? m_code->text().toStdString() : std::string();
}

std::string FactorFields::typedTarget() const
{
    return m_target ? m_target->text().toStdString() : std::string();
}

std::string FactorFields::authenticatorCode() const
{
    return m_totp && !usesSecurityKey() ? m_totp->text().toStdString() : std::string();
}

std::string FactorFields::reason() const
{
    return m_reason->text().trimmed().toStdString();
}

void FactorFields::addField(QBoxLayout* row, const QList<QLabel*>& captions, QLineEdit* edit, const QString& name,
                            const QString& accessibleName)
{
    edit->setObjectName(name);
    edit->setAccessibleName(accessibleName);
    edit->setMinimumHeight(34);
    auto* top = new QHBoxLayout;
    top->setSpacing(6);
    for (QLabel* caption : captions)
        top->addWidget(caption);
    top->addStretch();
    captions.front()->setBuddy(edit);
    auto* column = new QVBoxLayout;
    column->setSpacing(5);
    column->addLayout(top);
    column->addWidget(edit);
    row->addLayout(column, 1);
}

void FactorFields::buildFactors(QBoxLayout* row)
{
    if (m_isCodeNeeded) {
        const QString code = QString::fromStdString(govern::shortCode(m_digest.toStdString()));
        m_code = new TypedEdit(this);
        m_code->setFont(theme::monoFont(13));
        m_code->setMaxLength(16);
        m_code->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhPreferUppercase);
        QLabel* shown = widgets::monoLabel(code, {}, this);
        shown->setFont(theme::monoFont(12, QFont::DemiBold));
        shown->setTextInteractionFlags(Qt::NoTextInteraction);
        shown->setObjectName(QStringLiteral("shownCode"));
        addField(row, {captionLabel(tr("Type the code"), this), shown}, m_code, QStringLiteral("code"),
                 tr("Type the code %1").arg(code));
    }
    if (!m_targetName.isEmpty()) {
        m_target = new TypedEdit(this);
        m_target->setFont(theme::monoFont(13));
        m_target->setMaxLength(64);
        const QString words = m_isTargetCount ? tr("Type the number of targets") : tr("Type the target’s name");
        addField(row, {captionLabel(words, this)}, m_target, QStringLiteral("typedTarget"), words);
    }
    m_pin = new PinEdit(this);
    m_pin->setFont(spacedMono(1.5));
    addField(row, {captionLabel(tr("PIN"), this)}, m_pin, QStringLiteral("pin"), tr("PIN"));
    if (m_isTotpNeeded) {
        m_totp = new QLineEdit(this);
        m_totp->setFont(spacedMono(6));
        m_totp->setMaxLength(6);
        m_totp->setContextMenuPolicy(Qt::NoContextMenu);
        m_totp->setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
        m_totp->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{6}")), m_totp));
        addField(row, {captionLabel(tr("Authenticator code"), this)}, m_totp, QStringLiteral("totp"),
                 tr("Authenticator code"));
    }
    // Few fields keep the width they have beside others.
    for (int i = row->count(); i < 3; ++i)
        row->addStretch(1);
}

void FactorFields::buildSecurityKey(QBoxLayout* row, QBoxLayout* column)
{
    m_keyPin = new PinEdit(this);
    m_keyPin->setFont(spacedMono(1.5));
    addField(row, {captionLabel(tr("Security key PIN"), this)}, m_keyPin, QStringLiteral("keyPin"),
             tr("Security key PIN, empty for a key that knows your finger"));
    m_useKey = new QCheckBox(tr("Use my security key in place of the authenticator code: touch it when it blinks"), this);
    m_useKey->setObjectName(QStringLiteral("useSecurityKey"));
    m_useKey->setVisible(!m_isKeyNeeded);
    column->addWidget(m_useKey);
    const auto follow = [this] {
        m_keyPin->setEnabled(usesSecurityKey());
        if (m_totp)
            m_totp->setEnabled(!usesSecurityKey());
        emit edited();
    };
    connect(m_useKey, &QCheckBox::toggled, this, follow);
    follow();
}

void FactorFields::buildReason(QBoxLayout* column)
{
    m_reason = new QLineEdit(this);
    m_reason->setMaxLength(mostReasonBytes);
    m_reasonCaption = captionLabel(tr("Reason (kept in the ledger)"), this);
    addField(column, {m_reasonCaption}, m_reason, QStringLiteral("reason"), m_reasonCaption->text());
}

} // namespace cordon::ui::approval
