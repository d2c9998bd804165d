#include "core/domain/event.h"

namespace cordon {

std::string_view toString(EventOutcome outcome)
{
    switch (outcome) {
    case EventOutcome::Success: return "success";
    case EventOutcome::Failure: return "failure";
    case EventOutcome::Unknown: break;
    }
    return "unknown";
}

} // namespace cordon
