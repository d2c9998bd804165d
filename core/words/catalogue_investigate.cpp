#include "core/words/words.h"

namespace cordon::words {

void addInvestigateTexts([[maybe_unused]] Catalogue& catalogue) {}

} // namespace cordon::words
