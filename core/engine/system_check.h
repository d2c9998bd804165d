#pragma once

#include "core/act/connector_settings.h"
#include "core/act/credential_source.h"

#include <filesystem>
#include <stop_token>
#include <vector>

namespace cordon::engine {

/// What a connected system answered when it was asked whether credential and way work.
struct SystemCheck
{
    std::string name;
    std::string kind;
    Result<Value> said; ///< {"identity", "tenant", …}
};

/// Asks each system by calls that change nothing, in a process of its own; beside a case that acts on them, too.
/// @param program  cordon_connector
[[nodiscard]] std::vector<SystemCheck> checkSystems(const std::filesystem::path& program, const std::vector<act::ConnectorSettings>& systems,
                                                    act::CredentialSource& credentials, const std::stop_token& stop);

} // namespace cordon::engine
