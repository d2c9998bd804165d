#pragma once

#include <QString>

class QDialog;
class QPlainTextEdit;
class QVBoxLayout;

namespace cordon::ui::travel {

/// The look that the dialogs for travelling texts share: a title, what to do, and room below.
[[nodiscard]] QVBoxLayout* travelColumn(QDialog* dialog, const QString& title, const QString& words);
/// A field for a signed text.
[[nodiscard]] QPlainTextEdit* travelText(const QString& name, QDialog* dialog);

} // namespace cordon::ui::travel
