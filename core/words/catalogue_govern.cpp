#include "core/words/words.h"

namespace cordon::words {

void addGovernTexts([[maybe_unused]] Catalogue& catalogue) {}

} // namespace cordon::words
