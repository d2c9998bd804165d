#include "core/tenant/scenario.h"

#include "core/tenant/scenario_log.h"
#include "core/value/yaml.h"

#include <fstream>
#include <iterator>

namespace cordon::tenant {
namespace {

constexpr std::uintmax_t longestFile = 1U << 20U;

Result<Value> readYaml(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return fail(ErrorCode::NotFound, file.string() + ": cannot be read");
    if (size > longestFile)
        return fail(ErrorCode::Invalid, file.string() + ": longer than 1 MiB");
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream && !stream.eof())
        return fail(ErrorCode::Io, file.string() + ": reading failed");
    auto value = yaml::parse(text);
    if (!value)
        return fail(value.error().code, file.string() + ": " + value.error().detail);
    return value;
}

Result<Timestamp> timeAt(const Value& object, std::string_view key)
{
    const auto time = Timestamp::parse(object[key].asString());
    if (!time)
        return fail(ErrorCode::Invalid, "line " + std::to_string(object.line()) + ": '" + std::string(key) +
                                            "' must be a quoted RFC 3339 time");
    return time;
}

Result<std::string> textAt(const Value& object, std::string_view key)
{
    if (object[key].asString().empty())
        return fail(ErrorCode::Invalid,
                    "line " + std::to_string(object.line()) + ": '" + std::string(key) + "' is missing");
    return object[key].asString();
}

Result<Scenario> fromValue(const Value& value)
{
    if (value["scenario"].asString() != "cordon/v1")
        return fail(ErrorCode::Invalid, "'scenario' must be cordon/v1");
    Scenario scenario;
    CORDON_TRY(scenario.id, textAt(value, "id"));
    CORDON_TRY(scenario.title, textAt(value, "title"));
    CORDON_TRY(scenario.description, textAt(value, "description"));
    for (const Value& person : value["people"].asArray()) {
        ScenarioPerson one;
        CORDON_TRY(one.id, textAt(person, "id"));
        for (const Value& role : person["roles"].asArray())
            one.roles.push_back(role.asString());
        scenario.people.push_back(std::move(one));
    }
    for (const Value& owner : value["owners"].asArray())
        scenario.owners.push_back(owner.asString());
    if (scenario.people.empty() || scenario.owners.size() < 2)
        return fail(ErrorCode::Invalid, "an exercise needs people and two owners");
    CORDON_TRY(scenario.replayFrom, timeAt(value["pace"], "replay_from"));
    scenario.pace = value["pace"]["speed"].asDouble(1.0);
    if (!(scenario.pace > 0) || scenario.pace > 3600)
        return fail(ErrorCode::Invalid, "'speed' must be above 0 and at most 3600");
    const Value& log = value["log"];
    CORDON_TRY(scenario.generator, textAt(log, "generator"));
    CORDON_TRY(scenario.from, timeAt(log, "from"));
    CORDON_TRY(scenario.attack, timeAt(log, "attack"));
    scenario.isTakenOnByPeople = value["taken_on_by_people"].asBool();
    scenario.seed = static_cast<std::uint64_t>(log["seed"].asInt());
    return scenario;
}

Result<ScenarioLog> logOf(const Scenario& scenario)
{
    return ScenarioLog::make(
        {scenario.generator, scenario.from, scenario.attack, scenario.seed, scenario.tenant["name"].asString()});
}

} // namespace

Result<Scenario> Scenario::load(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "scenario.yaml";
    CORDON_TRY(const Value value, readYaml(file));
    auto scenario = fromValue(value);
    if (!scenario)
        return fail(scenario.error().code, file.string() + ": " + scenario.error().detail);
    const std::filesystem::path tenantFile = value["tenant"].asString();
    if (tenantFile.empty() || tenantFile.has_parent_path())
        return fail(ErrorCode::Invalid, file.string() + ": 'tenant' must name a file beside it");
    CORDON_TRY(scenario->tenant, readYaml(folder / tenantFile));
    return scenario;
}

Result<void> Scenario::writeLog(const std::filesystem::path& file) const
{
    CORDON_TRY(const ScenarioLog log, logOf(*this));
    return log.write(file);
}

Result<Tenant> Scenario::createTenant(const std::filesystem::path& file, const Clock& clock) const
{
    CORDON_TRY(const ScenarioLog log, logOf(*this));
    return Tenant::create(file, tenant, clock, log.uses());
}

} // namespace cordon::tenant
