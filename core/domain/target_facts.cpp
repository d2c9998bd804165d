#include "core/domain/target_facts.h"

namespace cordon {

std::string_view toString(Criticality criticality)
{
    switch (criticality) {
    case Criticality::Low: return "low";
    case Criticality::Normal: return "normal";
    case Criticality::High: break;
    }
    return "high";
}

std::optional<Criticality> criticalityFrom(std::string_view text)
{
    for (const Criticality candidate : {Criticality::Low, Criticality::Normal, Criticality::High}) {
        if (toString(candidate) == text)
            return candidate;
    }
    return std::nullopt;
}

} // namespace cordon
