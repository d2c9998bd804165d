#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::ldap {

/// A directory: OpenLDAP with password policy, or Active Directory. Accounts and the groups that they are in. Source: docs/formats/connectors.md, "ldap"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeLdapProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::ldap
