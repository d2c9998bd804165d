#pragma once

#include "ui/approval/person_form.h"

namespace cordon::ui::approval {

// What the personal form says, by kind.
[[nodiscard]] QString titleOf(PersonForm::Kind kind);
[[nodiscard]] QString noteOf(PersonForm::Kind kind);
[[nodiscard]] QString buttonOf(PersonForm::Kind kind);
/// The sentence for an error whose detail begins with a reason code.
[[nodiscard]] QString refusalOf(const Error& error);

} // namespace cordon::ui::approval
