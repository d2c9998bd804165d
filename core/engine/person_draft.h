#pragma once

#include "core/domain/ledger_entry.h"

namespace cordon::engine {

/// An entry whose actor is a person, before it is written.
[[nodiscard]] inline LedgerDraft personDraft(std::string type, const std::string& person, Value data)
{
    LedgerDraft draft;
    draft.type = std::move(type);
    draft.actor = {Actor::Kind::Person, person};
    draft.data = std::move(data);
    return draft;
}

} // namespace cordon::engine
