#pragma once

#include "core/record/custody_audit.h"

#include <filesystem>
#include <optional>

namespace cordon::engine {

/// Whose key was whose, and when, as the signed acts of this installation say; nothing while nobody is enrolled.
/// A retired key counts until the act came in force here. ErrorCode::Untrusted when the acts do not hold.
/// Source: docs/formats/people.md, "Acts"
[[nodiscard]] Result<std::optional<record::KnownPeople>> knownPeople(const std::filesystem::path& home);

} // namespace cordon::engine
