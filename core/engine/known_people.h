#pragma once

#include "core/base/clock.h"
#include "core/record/custody_audit.h"

#include <filesystem>
#include <optional>

namespace cordon::engine {

/// Whose key was whose, and when, as the signed acts of this installation say; nothing while nobody is enrolled.
/// A retired key counts until the act came in force here. ErrorCode::Untrusted when the acts do not hold.
/// Source: docs/formats/people.md, "Acts"
[[nodiscard]] Result<std::optional<record::KnownPeople>> knownPeople(const std::filesystem::path& home);

/// The same for whoever obeys what people signed: where the acts do not hold, or nobody was ever enrolled, nobody is known
/// in the cases that this installation began. Nothing where it began none.
[[nodiscard]] std::optional<record::KnownPeople> knownOrNobody(const std::filesystem::path& home);

/// The lines of an order of revocation that name who is an owner here, one below the other; "" while nobody is enrolled.
/// Source: docs/formats/ledger.md, "Keys and anchors"
[[nodiscard]] Result<std::string> ownerLines(const std::filesystem::path& home);
/// Writes into the ledger of the people that a case's log key was taken out of force, with the order that owners signed.
[[nodiscard]] Result<void> noteRevokedKey(const std::filesystem::path& home, const MachineClock& clock,
                                          const std::string& origin, const std::string& order);

} // namespace cordon::engine
