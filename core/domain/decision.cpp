#include "core/domain/decision.h"

namespace cordon {

std::string_view toString(Effect effect)
{
    switch (effect) {
    case Effect::Allow: return "allow";
    case Effect::Hold: return "hold";
    case Effect::Deny: break;
    }
    return "deny";
}

} // namespace cordon
