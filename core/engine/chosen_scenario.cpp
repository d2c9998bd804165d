#include "core/engine/chosen_scenario.h"

#include "core/platform/file.h"

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

Result<std::string> exerciseMandate(const EngineOptions& options)
{
    CORDON_TRY(std::string pattern, platform::readFile(options.resources / "mandates" / "exercise.yaml"));
    if (!isScenario(options))
        return pattern;
    CORDON_TRY(const tenant::Scenario scenario, loadScenario(options));
    if (!scenario.isTakenOnByPeople)
        return pattern;
    constexpr std::string_view byItself = "decision: correlate, autonomy: auto}";
    const auto place = pattern.find(byItself);
    if (place == std::string::npos)
        return fail(ErrorCode::Invalid, "the exercise's mandate has no clause on 'correlate'");
    pattern.replace(place, byItself.size(), "decision: correlate, autonomy: approve, approvers: 1}");
    return pattern;
}

} // namespace cordon::engine
