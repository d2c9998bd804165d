// What screens ask about real systems that a case acted on.
#include "core/engine/case_reader_state.h"
#include "core/engine/codec.h"
#include "core/engine/connected_systems.h"
#include "core/value/json.h"

namespace cordon::engine {

Result<std::vector<SystemState>> CaseReader::systems()
{
    CORDON_TRY(const auto entries, m_state->queries().ledgerEntries("systems.connected", ""));
    std::vector<SystemState> systems;
    if (entries.empty())
        return systems;
    CORDON_TRY(const Value data, json::parse(entries.back().data));
    for (const Value& told : data["systems"].asArray()) {
        act::ConnectorSettings settings;
        settings.name = told["name"].asString();
        settings.kind = told["kind"].asString();
        settings.tenant = told["tenant"].asString();
        settings.environment = told["environment"].asString();
        settings.options = told["options"];
        systems.push_back(stateFrom(settings));
        systems.back().verbs = codec::textListFrom(told["verbs"]);
    }
    return systems;
}

} // namespace cordon::engine
