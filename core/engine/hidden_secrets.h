#pragma once

#include "core/base/secret_shapes.h"
#include "core/domain/event.h"

namespace cordon::engine {

/// What a record lets slip stays in the evidence; the index, and all that is made from it, does without.
inline void hideSecrets(Event& event)
{
    const auto hide = [](std::string& text) {
        if (text.size() >= 12) // shorter ones hold none
            text = withoutSecrets(text);
    };
    hide(event.userAgent);
    hide(event.error);
    if (event.actor)
        hide(event.actor->name);
    if (event.via)
        hide(event.via->name);
    for (EventTarget& target : event.targets)
        hide(target.entity.name);
}

} // namespace cordon::engine
