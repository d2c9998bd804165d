#include "core/domain/outcome.h"

namespace cordon {

std::string_view toString(OutcomeState state)
{
    switch (state) {
    case OutcomeState::Verified: return "verified";
    case OutcomeState::Failed: return "failed";
    case OutcomeState::Unknown: break;
    }
    return "unknown";
}

} // namespace cordon
