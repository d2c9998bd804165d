#pragma once

#include "core/govern/approval_desk.h"

namespace cordon::govern {

/// The first place of a request, from 1 up, on which nobody has answered; one behind the last when all are taken. Places
/// are given out in any order, and so are answered in any.
[[nodiscard]] inline int nextSlot(const DeskRequest& held)
{
    int slot = 1;
    for (const std::string& nonce : held.request.nonces) {
        if (!held.usedNonces.contains(nonce))
            break;
        ++slot;
    }
    return slot;
}

} // namespace cordon::govern
