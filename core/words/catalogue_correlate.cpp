#include "core/words/words.h"

namespace cordon::words {

void addCorrelateTexts([[maybe_unused]] Catalogue& catalogue) {}

} // namespace cordon::words
