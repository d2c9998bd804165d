#pragma once

#include "core/act/provider.h"
#include "core/connectors/rest_client.h"
#include "core/domain/action.h"

namespace cordon::connectors::entra {

// Secrets of an application are made by Microsoft: the value comes back once, in the answer of addPassword, and goes to the vault.

/// The name under which an action's secret stands in the application, by which it is found again.
[[nodiscard]] std::string markOf(const Action& action);
/// Names of secrets that actions of Cordon made.
[[nodiscard]] bool isMark(const std::string& displayName);
/// @param application  its path, `/applications/ID`  @param valueFor  under which id the vault keeps the value
[[nodiscard]] Step makeSecret(const std::string& application, const std::string& mark, const std::string& valueFor);
[[nodiscard]] Step removeMadeSecret(const std::string& application, const std::string& mark);
[[nodiscard]] bool isSecretCall(const Value& call);
/// The value, where one was made. Errors as `RestClient`.
[[nodiscard]] Result<std::optional<act::MadeValue>> changeSecrets(RestClient& client, const Value& call);

} // namespace cordon::connectors::entra
