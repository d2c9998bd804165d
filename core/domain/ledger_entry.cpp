#include "core/domain/ledger_entry.h"

namespace cordon {

std::string_view toString(Actor::Kind kind)
{
    switch (kind) {
    case Actor::Kind::Agent: return "agent";
    case Actor::Kind::Person: return "person";
    case Actor::Kind::Engine: break;
    }
    return "engine";
}

} // namespace cordon
