#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// Who was seen using the incident's credentials, accounts, roles and secrets before its first event. A key or account
/// is used by an application, known as `program@address`; a role is assumed, a secret read, by whoever did it.
/// Uses of the intruder never count: nothing after the first event, and nothing before it that is tied to the intruder
/// and no habit. Source: docs/formats/verbs.md, "Dependents"
[[nodiscard]] Result<std::vector<Brief::Use>> dependentsOf(const Inquiry& inquiry);

} // namespace cordon::investigate
