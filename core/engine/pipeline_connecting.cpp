// How a real case acts: on systems that a person named, under the installation's mandate in force, as its own agent.
#include "core/engine/pipeline.h"

#include "core/act/connector_process.h"
#include "core/engine/agent_identity.h"
#include "core/engine/agent_vault.h"
#include "core/engine/codec.h"
#include "core/platform/file.h"

namespace cordon::engine {
namespace {

constexpr const char* agentName = "nhi:cordon"; ///< of this installation's agent

/// One mandate is for one environment, and so is what acts under it.
Result<std::vector<act::ConnectorSettings>> systemsIn(const std::filesystem::path& file)
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

} // namespace

/// What is wrong is said before a case is made of it.
Result<void> Pipeline::checkConnection() const
{
    if (!m_options.connect)
        return {};
    if (!m_options.exercise.empty())
        return fail(ErrorCode::Denied, "an exercise can never connect to a real system");
    if (m_options.replay != ReplayMode::None || m_options.now)
        return fail(ErrorCode::Denied, "real systems are acted on by the machine's clock alone: no replay, no other start of the clock");
    if (!m_options.identity)
        return fail(ErrorCode::Denied, "acting on real systems takes the agent's key of this installation");
    CORDON_TRY(const auto systems, systemsIn(m_options.connect->settings));
    const auto key = m_options.identity->key();
    if (!key)
        return {}; // a window asks for its passphrase later
    CORDON_TRY([[maybe_unused]] const SignedMandate mandate,
               mandateInForce(m_options.home, {agentName, key->publicKey().toString()}, systems.front().environment, m_machine.now()));
    return {};
}

/// Does nothing until the agent's key is open, and once the systems are connected.
Result<void> Pipeline::connectSystems(const std::stop_token& stop)
{
    if (m_isAgentReady || !m_options.connect || !m_ownKey || m_folder->isExercise())
        return {};
    CORDON_TRY(m_systems, systemsIn(m_options.connect->settings));
    CORDON_TRY(SignedMandate mandate, mandateInForce(m_options.home, {agentName, m_ownKey->publicKey().toString()},
                                                     m_systems.front().environment, m_machine.now()));
    m_lines.reset();
    m_views.clear();
    m_registry = std::make_unique<act::ConnectorRegistry>(false);
    for (const act::ConnectorSettings& one : m_systems) {
        CORDON_TRY(auto connector, act::ConnectorProcess::make(m_options.connect->program, one,
                                                               *m_options.connect->credentials, m_clock));
        CORDON_CHECK(addConnector(std::move(connector)));
    }
    CORDON_CHECK(openLines());
    m_inForce = std::move(mandate);
    CORDON_CHECK(platform::writeFileAtomically(AgentVault(m_options.home).publicKeyFile(), m_inForce->mandate->agent.key + "\n"));
    CORDON_CHECK(takeUpWork(*m_inForce));
    // What was proposed before anything was connected is planned anew, for what these systems can do.
    CORDON_CHECK(takeInbox(stop)); // what people decided meanwhile comes before anything is done
    return settle(m_notice.logReaches, stop);
}

/// Tried once the agent's key is open; what is wrong is told once.
Result<void> Pipeline::connectLater(const std::stop_token& stop)
{
    if (m_isConnectionRefused)
        return {};
    auto connected = connectSystems(stop);
    if (connected || !m_journal->isHealthy())
        return connected;
    m_isConnectionRefused = true;
    notify(Text{"engine.problem", {{"why", connected.error().detail}}}, true);
    return {};
}

/// The mandate with its people, and the systems, each time that they are connected: what was asked of whom is in the ledger.
Result<void> Pipeline::noteSystems(const LedgerPast& past, const SignedMandate& mandate)
{
    const bool isSameId = past.mandate["id"].asString() == mandate.mandate->id;
    if (isSameId && mandate.mandate->revision < past.mandate["revision"].asInt())
        return fail(ErrorCode::Conflict, mandate.mandate->id + ": revision " + std::to_string(mandate.mandate->revision) +
                                             " is in force, and this case knows revision " +
                                             std::to_string(past.mandate["revision"].asInt()));
    m_desk.newestSeenRevision = mandate.mandate->revision;
    const bool isSame = past.mandate["digest"].asString() == mandate.mandate->digest;
    if (!past.mandate.isNull() && !isSame) {
        for (auto& [id, incident] : m_files) {
            CORDON_CHECK(m_responder->closeSession(incident, "mandate_changed"));
            if (!incident.session.id.empty())
                incident.editors.insert(mandate.signers.begin(), mandate.signers.end());
        }
        CORDON_CHECK(writeDesk(m_desk.approvals->voidAll("mandate_changed", m_clock.now()), "approval.void"));
    }
    if (!isSame || past.mandate["people"] != m_desk.people.toValue())
        CORDON_CHECK(writeMandate(mandate));
    Value::Array systems;
    for (std::size_t i = 0; i < m_systems.size(); ++i) {
        Value told = m_systems[i].toValue();
        told.set("verbs", codec::textList(m_views[i].verbs));
        systems.push_back(std::move(told));
    }
    LedgerDraft draft;
    draft.type = "systems.connected";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.mandate = mandate.mandate->digest;
    draft.data = Value::Object{{"mandate_id", mandate.mandate->id},
                               {"revision", mandate.mandate->revision},
                               {"systems", std::move(systems)}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

/// Approvals count by the people that the ledger names with the mandate, so a change among them is written down.
Result<void> Pipeline::notePeople()
{
    if (!m_isAgentReady || !m_inForce || m_peopleNoted == m_desk.people.toValue())
        return {};
    const bool isFirst = m_peopleNoted.isNull(); // they came with the mandate
    m_peopleNoted = m_desk.people.toValue();
    return isFirst ? Result<void>() : writeMandate(*m_inForce);
}

} // namespace cordon::engine
