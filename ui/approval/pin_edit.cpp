#include "ui/approval/pin_edit.h"

namespace cordon::ui::approval {

PinEdit::PinEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhHiddenText);
    setContextMenuPolicy(Qt::NoContextMenu);
    setAcceptDrops(false);
    setDragEnabled(false);
    setMaxLength(128);
    setStyleSheet(QStringLiteral("QLineEdit { lineedit-password-character: 8226; }"));
}

crypto::SecretBytes PinEdit::take()
{
    QString typed = text();
    clear(); // The field lets go of its text, so that filling ours below overwrites the only copy.
    QByteArray bytes = typed.toUtf8();
    crypto::SecretBytes secret =
        crypto::SecretBytes::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    bytes.fill('\0');
    typed.fill(QChar(u'\0'));
    return secret;
}

bool PinEdit::isFilled() const
{
    return text().size() >= 4;
}

} // namespace cordon::ui::approval
