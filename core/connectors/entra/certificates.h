#pragma once

#include "core/connectors/new_values.h"
#include "core/connectors/rest_client.h"
#include "core/domain/action.h"

namespace cordon::connectors::entra {

// Certificates that an application signs in with. Graph takes them as one list with the application (`keyCredentials`): addKey and removeKey
// want a proof that is signed with a key of the application, which nobody here has. Each change reads the list, changes one of it, and writes it.

/// The certificate in a PEM text, as Base64 of its DER form; nothing for a text that holds anything else, such as a private key.
[[nodiscard]] std::optional<std::string> certificateIn(std::string_view pem);
/// The id of the certificate that an action adds: asked for twice, it is added once.
[[nodiscard]] std::string keyIdOf(const Action& action);
/// @param application  its path, `/applications/ID`  @param valueOf  under which id the vault holds the certificate
[[nodiscard]] Step addCertificate(const std::string& application, const std::string& keyId, const std::string& valueOf);
[[nodiscard]] Step removeCertificate(const std::string& application, const std::string& keyId);
[[nodiscard]] bool isCertificateCall(const Value& call);
/// `/applications/ID`, and nothing behind it.
[[nodiscard]] bool isApplicationPath(const std::string& path);
/// Errors as `RestClient`; ErrorCode::Denied when Graph does not give the list whole: written back, the others would be lost.
[[nodiscard]] Result<void> changeCertificates(RestClient& client, const Value& call, const NewValues& newValues);

} // namespace cordon::connectors::entra
