#pragma once

#include "core/govern/gate_request.h"

#include <string>
#include <vector>

namespace cordon::govern {

/// One entity that a selector is asked about, with what is known of it. Borrows from a GateRequest.
struct Subject
{
    EntityRef entity;
    const TargetFacts* facts = nullptr;             ///< null: nobody answered
    const std::vector<std::string>* tags = nullptr; ///< complete set; null: unknown
    const std::vector<std::string>* knownTags = nullptr; ///< named by somebody; others it may have as well
    bool isUnknownOwner = false;                    ///< there may be an owner; nobody said who
};

/// Three-valued: does the selector hold for the subject? `self` means one of the request's own ids.
[[nodiscard]] Truth matches(const Selector& selector, const Subject& subject, const GateRequest& request);

/// The target as a subject: what permits are judged on.
[[nodiscard]] Subject subjectOf(const EntityRef& target, const GateRequest& request);

/// Everything that forbids are judged on: targets, their owners, entities in params. An owner that nobody answered is a
/// subject of its own about which everything is unknown.
[[nodiscard]] std::vector<Subject> forbidSubjects(const GateRequest& request);

} // namespace cordon::govern
