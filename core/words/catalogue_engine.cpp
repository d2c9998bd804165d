#include "core/words/words.h"

namespace cordon::words {

void addEngineTexts([[maybe_unused]] Catalogue& catalogue) {}

} // namespace cordon::words
