#include "core/engine/baseline_texts.h"

#include <algorithm>
#include <cmath>

namespace cordon::engine {

Measured measuredOf(const detect::BaselineFacts& facts)
{
    Measured measured;
    measured.rarity = 1;
    for (const detect::BaselineFacts::Fresh& fresh : facts.fresh) {
        measured.texts.push_back({"baseline.new_" + std::string(toString(fresh.trait)),
                                  {{"value", fresh.value},
                                   {"events", std::to_string(facts.pastEvents)},
                                   {"days", std::to_string(std::llround(facts.pastDays))},
                                   {"one_in", std::to_string(std::llround(1 / fresh.rarity))}}});
        measured.rarity = std::min(*measured.rarity, fresh.rarity);
    }
    return measured;
}

} // namespace cordon::engine
