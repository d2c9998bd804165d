// How a real case acts: on systems that a person named, under the installation's mandate in force, as its own agent.
#include "core/engine/pipeline.h"

#include "core/act/connector_process.h"
#include "core/engine/agent_identity.h"
#include "core/engine/agent_vault.h"
#include "core/engine/codec.h"
#include "core/engine/connected_systems.h"
#include "core/engine/connection_look.h"
#include "core/engine/people_office.h"
#include "core/govern/mandate_shelf.h"
#include "core/platform/packed_folder.h"

namespace cordon::engine {
namespace {

/// What tells that another mandate may be in force: all that lies on the shelf, and the ledger of who is an owner.
std::string traceOfMandates(const std::filesystem::path& home)
{
    namespace fs = std::filesystem;
    std::string trace;
    const auto add = [&trace](const fs::path& file) {
        std::error_code none;
        const auto changed = fs::last_write_time(file, none);
        const auto size = none ? 0 : fs::file_size(file, none);
        trace += file.string() + (none ? " gone" : ' ' + std::to_string(changed.time_since_epoch().count()) + ' ' + std::to_string(size)) + '\n';
    };
    add(PeopleOffice::folder(home) / "ledger" / "00000001.log");
    for (const std::string& id : govern::MandateShelf(home / "mandates").ids()) {
        const fs::path folder = home / "mandates" / id;
        const auto names = platform::listFolder(folder);
        for (const std::string& name : names ? *names : std::vector<std::string>())
            add(folder / name);
    }
    return trace;
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
               mandateInForce(m_options.home, {installedAgent, key->publicKey().toString()}, systems.front().environment, m_machine.now()));
    return {};
}

/// Does nothing until the agent's key is open, and once the systems are connected.
Result<void> Pipeline::connectSystems(const std::stop_token& stop)
{
    if (m_isAgentReady || !m_options.connect || !m_ownKey || m_folder->isExercise())
        return {};
    CORDON_TRY(m_systems, systemsIn(m_options.connect->settings));
    m_mandateSeen = traceOfMandates(m_options.home); // before it is read: what comes in force meanwhile is another one
    CORDON_TRY(SignedMandate mandate, mandateInForce(m_options.home, {installedAgent, m_ownKey->publicKey().toString()},
                                                     m_systems.front().environment, m_machine.now()));
    m_lines.reset();
    m_views.clear();
    m_registry = std::make_unique<act::ConnectorRegistry>(false);
    std::vector<ConnectedSystems::Member> members;
    for (const act::ConnectorSettings& one : m_systems) {
        CORDON_TRY(auto connector, act::ConnectorProcess::make(m_options.connect->program, one,
                                                               *m_options.connect->credentials, m_clock));
        members.push_back({one, {}, connector->newestProcess()});
        for (const act::Capability& can : connector->capabilities())
            members.back().verbs.push_back(can.verb);
        CORDON_CHECK(addConnector(std::move(connector)));
    }
    CORDON_CHECK(openLines());
    m_inForce = std::move(mandate);
    m_desk.isMandateCurrent = [this] { return m_desk.isMandateSigned && traceOfMandates(m_options.home) == m_mandateSeen; };
    CORDON_CHECK(platform::writeFileAtomically(AgentVault(m_options.home).publicKeyFile(), m_inForce->mandate->agent.key + "\n"));
    CORDON_CHECK(takeUpWork(*m_inForce));
    if (m_options.connect->systems)
        m_options.connect->systems->connect(std::move(members));
    // What was proposed before anything was connected is planned anew, for what these systems can do.
    CORDON_CHECK(takeInbox(stop)); // what people decided meanwhile comes before anything is done
    return settle(m_notice.logReaches, stop);
}

/// Tried once the agent's key is open, and again each minute: a system that is being restarted, or a mandate that comes in
/// force, needs nobody to open the case anew. The same trouble is told once.
Result<void> Pipeline::connectLater(const std::stop_token& stop)
{
    constexpr std::int64_t minute = 60'000'000'000; // ns
    if (m_isAgentReady || m_machine.monotonicNanos() < m_connectAgainAt)
        return {};
    auto connected = connectSystems(stop);
    if (connected || !m_journal->isHealthy())
        return connected;
    m_connectAgainAt = m_machine.monotonicNanos() + minute;
    if (m_connectionProblem != connected.error().detail)
        notify(Text{"engine.problem", {{"why", connected.error().detail}}}, true);
    m_connectionProblem = connected.error().detail;
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

/// A tighter revision, or an owner who left, counts from now on and not from the next connection on. While work is under
/// way nothing new begins (`isMandateCurrent`), and it is looked at once that has ended.
Result<void> Pipeline::followMandate(const std::stop_token& stop)
{
    const std::string seen = m_inForce && m_isAgentReady ? traceOfMandates(m_options.home) : m_mandateSeen;
    if (seen == m_mandateSeen || !m_work.isIdle())
        return {};
    m_mandateSeen = seen;
    auto newest = mandateInForce(m_options.home, {installedAgent, m_ownKey->publicKey().toString()}, m_systems.front().environment, m_machine.now());
    if (!newest)
        return stopUnderMandate(newest.error());
    const bool isSame = newest->mandate->digest == m_inForce->mandate->digest && m_desk.isMandateSigned;
    if (isSame)
        return {};
    LedgerPast past;
    past.mandate = Value::Object{{"id", m_inForce->mandate->id},
                                 {"revision", m_inForce->mandate->revision},
                                 {"digest", m_inForce->mandate->digest},
                                 {"people", m_peopleNoted}};
    if (auto noted = noteSystems(past, *newest); !noted)
        return m_journal->isHealthy() ? stopUnderMandate(noted.error()) : noted;
    m_inForce = std::move(*newest);
    takeMandate(*m_inForce);
    m_incidents->setMandate(m_desk.mandate);
    return settle(m_notice.logReaches, stop);
}

/// No mandate allows anything any more, until owners put one in force that does.
Result<void> Pipeline::stopUnderMandate(const Error& why)
{
    if (!std::exchange(m_desk.isMandateSigned, false))
        return {};
    for (auto& [id, file] : m_files)
        CORDON_CHECK(m_responder->closeSession(file, "mandate_changed"));
    CORDON_CHECK(writeDesk(m_desk.approvals->voidAll("mandate_changed", m_clock.now()), "approval.void"));
    notify(Text{"engine.problem", {{"why", why.detail}}}, true);
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
