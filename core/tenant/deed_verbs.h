#pragma once

#include "core/tenant/deed.h"

namespace cordon::tenant {

/// What a verb may look at while it adds its part for one target to the deed.
struct DeedContext
{
    Tenant& tenant;
    const Action& action;
    const TargetFacts& facts; ///< of this target, now
};

using DeedVerb = Result<void> (*)(const DeedContext&, Deed&);

/// The function for a verb, or null: identities and their credentials, policies, grants, trust and consents.
[[nodiscard]] DeedVerb identityVerb(std::string_view verb);
/// The same for workloads, addresses, secrets, dependents, evidence and change records.
[[nodiscard]] DeedVerb resourceVerb(std::string_view verb);

/// The attribute now; null when it has none.
[[nodiscard]] const Value& stateOf(const TargetFacts& facts, const std::string& attribute);
/// Adds one change and, when it is the first for this deed, its undo line.
void addChange(Deed& deed, const TargetFacts& facts, const std::string& attribute, Value after);
/// `items` without the one that equals `item`; nothing when it is not in.
[[nodiscard]] std::optional<Value> without(const Value& items, const std::string& item);
/// What people call it.
[[nodiscard]] const std::string& nameOf(const EntityRef& entity);
/// Upper-case base32 letters made from a text: stable ids for what a deed makes.
[[nodiscard]] std::string madeUpId(std::string_view prefix, std::string_view from, std::size_t letters);

} // namespace cordon::tenant
