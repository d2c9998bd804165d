#include "core/engine/chosen_scenario.h"

namespace cordon::engine {

namespace fs = std::filesystem;

Result<tenant::Scenario> loadScenario(const EngineOptions& options)
{
    const fs::path all = options.resources / "scenarios";
    std::error_code error;
    std::string known;
    for (const auto& item : fs::directory_iterator(all, error)) {
        if (!item.is_directory())
            continue;
        CORDON_TRY(tenant::Scenario scenario, tenant::Scenario::load(item.path()));
        if (scenario.id == options.exercise || item.path().filename() == options.exercise)
            return scenario;
        known += (known.empty() ? "" : ", ") + scenario.id;
    }
    return fail(ErrorCode::NotFound, "no exercise '" + options.exercise + "'; there is: from-log, " + known);
}

bool isScenario(const EngineOptions& options)
{
    return !options.exercise.empty() && options.exercise != "from-log";
}

} // namespace cordon::engine
