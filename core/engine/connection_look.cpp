#include "core/engine/connection_look.h"

#include "core/act/credential_vault.h"
#include "core/engine/agent_identity.h"
#include "core/engine/agent_vault.h"
#include "core/platform/file.h"

#include <algorithm>

namespace cordon::engine {

namespace fs = std::filesystem;

fs::path systemsFile(const fs::path& home)
{
    return home / "connectors" / "systems.yaml";
}

Result<std::vector<act::ConnectorSettings>> systemsIn(const fs::path& file)
{
    CORDON_TRY(const std::string text, platform::readFile(file, 1U << 20U));
    CORDON_TRY(auto systems, act::ConnectorSettings::parse(text, file.string()));
    if (systems.empty())
        return fail(ErrorCode::Invalid, file.string() + ": no system in it");
    for (const act::ConnectorSettings& one : systems) {
        if (one.environment != systems.front().environment)
            return fail(ErrorCode::Invalid, file.string() + ": '" + systems.front().name + "' is in environment '" +
                                                systems.front().environment + "' and '" + one.name + "' in '" +
                                                one.environment + "'; a mandate is for one");
    }
    return systems;
}

ConnectionLook lookAtConnection(const fs::path& home, const fs::path& settings, Timestamp now)
{
    ConnectionLook look;
    look.settings = settings;
    auto systems = systemsIn(settings);
    if (!systems) {
        look.problem = systems.error().code == ErrorCode::NotFound ? Text{"connection.no_settings", {{"file", settings.string()}}}
                                                                   : Text{"connection.bad_settings", {{"why", systems.error().detail}}};
        return look;
    }
    look.systems = std::move(*systems);
    const AgentVault agent(home);
    const auto key = fs::exists(agent.file()) ? agent.publicKey() : Result<crypto::PublicKey>(fail(ErrorCode::NotFound, "no key"));
    if (!key) {
        look.problem = Text{"connection.no_key", {}};
        return look;
    }
    const auto mandate = mandateInForce(home, {installedAgent, key->toString()}, look.environment(), now);
    if (!mandate) {
        look.problem = Text{"connection.no_mandate", {{"environment", look.environment()}, {"why", mandate.error().detail}}};
        return look;
    }
    look.mandate = mandate->mandate->id;
    look.revision = mandate->mandate->revision;
    look.validUntil = mandate->mandate->validUntil;
    if (!act::CredentialVault::isThere(home)) {
        look.problem = Text{"connection.no_vault", {}};
        return look;
    }
    const std::vector<std::string> kept = act::CredentialVault::names(home);
    for (const act::ConnectorSettings& one : look.systems) {
        if (std::find(kept.begin(), kept.end(), one.name) == kept.end())
            look.withoutCredential.push_back(one.name);
    }
    return look;
}

} // namespace cordon::engine
