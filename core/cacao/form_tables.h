#pragma once

#include "core/cacao/form_checks.h"

namespace cordon::cacao::form {

// Parts of the form that stand in more than one place, or in a file of their own.

void reference(const Spot& spot, const Value& value);  ///< external-reference
void extensions(const Spot& spot, const Value& value); ///< anything by the extension's identifier, at least one
void variables(const Spot& spot, const Value& value);
void steps(const Spot& spot, const Value& value);      ///< the workflow
void agentsAndTargets(const Spot& spot, const Value& value);
void logins(const Spot& spot, const Value& value);     ///< authentication information
void markings(const Spot& spot, const Value& value);
void signature(const Spot& spot, const Value& value);
void extensionDefinitions(const Spot& spot, const Value& value);

} // namespace cordon::cacao::form
