#include "core/engine/system_check.h"

#include "core/act/connector_process.h"
#include "core/base/secret_shapes.h"

namespace cordon::engine {

std::vector<SystemCheck> checkSystems(const std::filesystem::path& program, const std::vector<act::ConnectorSettings>& systems,
                                      act::CredentialSource& credentials, const std::stop_token& stop)
{
    const MachineClock clock;
    std::vector<SystemCheck> checks;
    for (const act::ConnectorSettings& settings : systems) {
        if (stop.stop_requested())
            break;
        auto connector = act::ConnectorProcess::make(program, settings, credentials, clock);
        Result<Value> said = connector ? (*connector)->check(stop) : fail(connector.error());
        if (!said)
            said = fail(said.error().code, withoutSecrets(said.error().detail)); // it goes to a screen
        checks.push_back({settings.name, settings.kind, std::move(said)});
    }
    return checks;
}

} // namespace cordon::engine
