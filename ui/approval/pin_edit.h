#pragma once

#include "core/crypto/secret_bytes.h"

#include <QLineEdit>

namespace cordon::ui::approval {

/// A field for a PIN: never shown, copied or dragged.
class PinEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit PinEdit(QWidget* parent);

    /// What was typed, moved into a buffer that is wiped; the field is empty afterwards. What cannot be reached and so
    /// is not wiped: single characters in Qt's event queue and in the field's own edit history, until they are reused.
    /// The program therefore writes no core dump, cannot be traced and ends with the decision.
    [[nodiscard]] crypto::SecretBytes take();
    /// Long enough to be a PIN: four characters.
    [[nodiscard]] bool isFilled() const;
};

} // namespace cordon::ui::approval
