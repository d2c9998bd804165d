#pragma once

#include "core/cacao/finding.h"

namespace cordon::cacao {

/// Compares a document with the form that the published JSON schemas of CACAO 2.0 give it: every finding is of kind Form
/// and points at what they refuse, and there is none for what they let through. Members that the schemas do not know are
/// let through, as by a validator of the draft that they declare. Source: docs/formats/playbook.md, "Form"
void checkForm(const Value& root, std::vector<Finding>& findings);

} // namespace cordon::cacao
