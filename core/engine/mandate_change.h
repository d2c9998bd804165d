#pragma once

#include "core/base/time.h"
#include "core/domain/mandate.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cordon::engine {

/// A mandate with what shows that it may be in force.
struct SignedMandate
{
    std::shared_ptr<const Mandate> mandate;
    std::string text;
    std::vector<std::string> signers;
    std::string note; ///< the owners' signatures; "" for the one that an exercise was made with

    [[nodiscard]] bool isSigned() const
    {
        return mandate && static_cast<int>(signers.size()) >= mandate->owner.signaturesToLoad;
    }
};

/// What a `mandate.in_force` entry of the case's own ledger put in force after the exercise's own: whose signatures it
/// bears counts, not whose names. ErrorCode::Untrusted when it does not hold together, is for another agent, or when too
/// few owners whom the installation knows, or knew, signed it.
[[nodiscard]] Result<SignedMandate> mandateFromLedger(const Value& entryData, const Mandate::Agent& agent,
                                                      const std::filesystem::path& home);

/// A mandate that a person brings to an exercise, checked whole: rules, environment, this agent, and signatures of
/// owners whom the installation knows (`$CORDON_HOME/people`). ErrorCode::Invalid, Denied or Untrusted with the reason.
[[nodiscard]] Result<SignedMandate> mandateForExercise(const std::filesystem::path& file,
                                                       const std::filesystem::path& home, const Mandate::Agent& agent);

/// The mandate that owners put in force in the installation for an agent and an environment, checked again as it lies
/// there: rules, owners' signatures, agent, days of validity, and its revision against both marks. A case that acts on
/// real systems works under it, and writes it down as `mandate.in_force` with its `note`.
/// ErrorCode::NotFound when none is in force for this agent and environment, Conflict when several are, else as
/// `MandateShelf::inForce`.
[[nodiscard]] Result<SignedMandate> mandateInForce(const std::filesystem::path& home, const Mandate::Agent& agent,
                                                   const std::string& environment, Timestamp now);

} // namespace cordon::engine
