#pragma once

#include "core/act/connector_settings.h"
#include "core/connectors/asker.h"

#include <map>
#include <set>

namespace cordon::connectors {

/// Options of a system that is asked over HTTP: texts by name. Source: docs/formats/connectors.md
class HttpOptions
{
public:
    /// @param known   names besides `endpoint` and `authorities`, which every kind takes
    /// @param wanted  names that must be there
    /// ErrorCode::Invalid names the option that is not known, malformed or missing.
    [[nodiscard]] static Result<HttpOptions> of(const act::ConnectorSettings& settings, const std::set<std::string>& known,
                                                const std::set<std::string>& wanted = {});
    /// The text, or `otherwise`. Addresses come without a final slash.
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise = {}) const;
    /// An asker that believes the system's authorities.
    [[nodiscard]] Result<Asker> asker(Asker::Pause pause) const;

private:
    std::map<std::string, std::string> m_texts;
};

/// The credential's object with those members, all texts, and others only of `optional`.
/// ErrorCode::Denied says what the kind wants; never what is there.
[[nodiscard]] Result<Value> credentialOf(const act::CallContext& context, const std::string& kind, const std::set<std::string>& wanted,
                                         const std::set<std::string>& optional = {});

} // namespace cordon::connectors
