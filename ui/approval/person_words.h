#pragma once

#include "ui/approval/person_form.h"

namespace cordon::ui::approval {

// What the personal form says, by kind.
[[nodiscard]] QString titleOf(PersonForm::Kind kind);
[[nodiscard]] QString noteOf(PersonForm::Kind kind);
/// A command as people say it; its name where there is no word for it.
[[nodiscard]] QString commandWord(const std::string& command);
/// The name of a command's argument, and its value.
[[nodiscard]] std::pair<QString, QString> argumentWords(const std::string& name, const Value& value);
[[nodiscard]] QString buttonOf(PersonForm::Kind kind);
/// The sentence for an error whose detail begins with a reason code.
[[nodiscard]] QString refusalOf(const Error& error);

} // namespace cordon::ui::approval
