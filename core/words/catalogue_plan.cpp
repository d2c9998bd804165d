#include "core/words/words.h"

namespace cordon::words {

void addPlanTexts([[maybe_unused]] Catalogue& catalogue) {}

} // namespace cordon::words
