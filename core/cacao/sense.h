#pragma once

#include "core/cacao/playbook.h"

namespace cordon::cacao {

// What the text of the standard asks and no schema can say. The form is sound when these are called.

/// References to steps, agents, targets, logins, markings and extensions; the head's times.
void checkReferences(const Playbook& playbook, std::vector<Finding>& findings);
/// Circles, steps that nothing leads to, and what follows what.
void checkGraph(const Playbook& playbook, std::vector<Finding>& findings);
/// Names, types, values; variables that are used and never defined; conditions.
void checkVariables(const Playbook& playbook, std::vector<Finding>& findings);

} // namespace cordon::cacao
