#pragma once

#include "core/govern/step_up.h"

#include <QString>

namespace cordon::ui::approval {

/// Why a step-up was refused, in words for the person in front of the form, and what to do about it.
/// @param wrongAttempts  wrong factors given in this window so far, this one included
[[nodiscard]] QString refusalWords(const govern::StepUpResult& refused, int wrongAttempts);

} // namespace cordon::ui::approval
