#pragma once

#include <string>

class QLineEdit;
class QString;
class QVBoxLayout;
class QWidget;

namespace cordon::ui::dialogs {

/// A field for a passphrase with its name above: nothing of it is shown, dragged away or learned by an input method.
[[nodiscard]] QLineEdit* addSecretField(const QString& name, QVBoxLayout* column, QWidget* parent);
/// What was typed. The field lets go of its text, so that overwriting ours takes the only copy we can reach.
[[nodiscard]] std::string takeSecret(QLineEdit* field);

} // namespace cordon::ui::dialogs
