#pragma once

#include <QString>

namespace cordon::ui::text {

/// What a program said when it ended, with each reason code that the catalogue knows as its sentence:
/// `cordon_approve: vault_unreadable: …` becomes "This person's vault cannot be read."
[[nodiscard]] QString withRefusalsInWords(const QString& complaint);

} // namespace cordon::ui::text
