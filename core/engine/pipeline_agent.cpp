// How the agent gets ready: parties of an exercise, its tenant, the mandate in force, what a crash left behind.
#include "core/engine/pipeline.h"

#include "core/base/log.h"
#include "core/act/discreet_connector.h"
#include "core/engine/agent_identity.h"
#include "core/engine/chosen_scenario.h"
#include "core/engine/codec.h"
#include "core/engine/sequence_change.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/self_test.h"
#include "core/record/ledger_reader.h"
#include "core/value/yaml.h"

namespace cordon::engine {

namespace fs = std::filesystem;

namespace {

/// Writes what the log tells into the tenant; what is there already, and what the agent did since, stays.
Result<void> fill(tenant::Tenant& contents, tenant::TenantFromLog& log, record::CaseStore& store, const std::string& events)
{
    CORDON_CHECK(log.flush(contents));
    return store.setMeta("tenant_events", events);
}

} // namespace

Result<void> Pipeline::prepareAgent(const std::stop_token& stop)
{
    if (m_isAgentReady) { // logs were added: what they name joins the rehearsal
        CORDON_TRY(const bool hasGrown, needsTenantFromLog());
        if (!hasGrown)
            return {};
        CORDON_TRY(tenant::Tenant contents, tenant::Tenant::open(record::tenantPath(m_folder->path()), m_clock));
        CORDON_CHECK(lookThroughLog());
        CORDON_TRY(const std::string events, eventsInCase());
        CORDON_CHECK(fill(contents, *m_fromLog, m_folder->store(), events));
        m_fromLog.reset();
        return {};
    }
    if (!m_folder->isExercise()) {
        CORDON_CHECK(recallSigned());
        CORDON_CHECK(presentAgent());
        return connectSystems(stop);
    }
    const fs::path folder = record::exercisePath(m_folder->path());
    CORDON_TRY(const bool hasMandate, ledgerNamesMandate());
    auto parties = ExerciseParties::open(folder);
    if (!parties && parties.error().code == ErrorCode::NotFound && hasMandate)
        return fail(ErrorCode::Untrusted, folder.string() + ": gone, though the ledger names its people and mandate");
    if (!parties && parties.error().code == ErrorCode::NotFound) {
        CORDON_TRY(const std::string pattern, exerciseMandate(m_options));
        parties = ExerciseParties::make(folder, {pattern, m_clock.now()});
    }
    if (!parties)
        return fail(parties.error());
    m_parties.emplace(std::move(*parties));
    if (auto taken = takeAgentKey(m_parties->agentKey().publicKey()); !taken)
        return taken.error().code == ErrorCode::Conflict ? Result<void>() : taken;
    CORDON_CHECK(prepareTenant());
    m_desk.agentKey = &m_parties->agentKey();
    m_desk.people = m_parties->people();
    return takeUpWork({std::make_shared<const Mandate>(m_parties->mandate()), m_parties->mandateText(), m_parties->signers(), {}});
}

/// From here on the agent acts: under that mandate, with what the ledger says of before. Where that fails it does nothing.
Result<void> Pipeline::takeUpWork(const SignedMandate& mandate)
{
    auto begun = beginWork(mandate);
    if (!begun) {
        m_desk.lines = nullptr;
        m_isAgentReady = false;
    }
    return begun;
}

Result<void> Pipeline::beginWork(const SignedMandate& mandate)
{
    m_desk.selfTestProblem = govern::selfTestProblem();
    if (!m_desk.selfTestProblem.empty())
        logError("gate: the self-test failed, nothing is allowed: " + m_desk.selfTestProblem);
    m_desk.agentId = mandate.mandate->agent.id;
    m_desk.mandate = mandate.mandate;
    m_desk.isMandateSigned = mandate.isSigned();
    m_incidents->setMandate(m_desk.mandate);
    m_desk.lines = m_lines.get();
    m_desk.forgetPast(); // an attempt before this one may have read the ledger, too
    m_desk.approvals = std::make_unique<govern::ApprovalDesk>(m_desk.agentId, m_desk.agentKey->publicKey());
    m_isAgentReady = true;

    CORDON_TRY(const LedgerPast past, recallLedger());
    m_notedHalt = past.haltId;
    if (!past.haltId.empty())
        (past.isHaltOwn ? *m_killSwitch : m_killSwitch->installation()).recall(past.haltId, past.haltNoted);
    CORDON_CHECK(m_parties ? noteMandate(past) : noteSystems(past, mandate)); // nothing acts on others than the ledger knows
    CORDON_CHECK(lookAfterPeople(true)); // who counts, before anything goes on from what they said
    m_desk.needsReauthentication = past.isClockDistrusted;
    if (!past.isClockDistrusted && !past.lastBoot.empty() && past.lastBoot != m_machine.bootId())
        CORDON_CHECK(distrustClock("boot_changed"));
    if (past.lastBoot == m_machine.bootId() && past.lastBoot != std::string(32, '0'))
        m_clockMark = ClockMark{past.lastTime, past.lastMono};
    CORDON_CHECK(noteClock());
    CORDON_CHECK(noteStops({})); // halted while nobody held the case: what waited is void
    CORDON_CHECK(noteHaltsSince(past.lastTime));
    CORDON_CHECK(settleOpen(past));
    return cleanUpSessions();
}

Result<LedgerPast> Pipeline::recallLedger()
{
    CORDON_TRY(LedgerPast past, readPast(m_folder->path(), m_desk, m_files, m_incidents->absorbed(), m_unproven));
    for (auto& [id, file] : m_files)
        placeChanges(file, connectorView());
    m_requestTexts = std::move(past.requestTexts);
    m_desk.openSessions = past.openSessions;
    m_journal->setLastTime(past.lastTime);
    m_seenCommands = std::move(past.commands);
    m_joined = std::move(past.joined);
    m_wrongTries = std::move(past.wrongTries);
    return past;
}

Result<void> Pipeline::settleOpen(const LedgerPast& past)
{
    for (const OpenAct& open : past.open) {
        IncidentFile* file = fileOfStep(open.step);
        Step* step = file ? file->step(open.step) : nullptr;
        const auto settled = step ? m_responder->settleUnknown(*file, *step, open, {})
                                  : Result<void>(fail(ErrorCode::NotFound, open.step + ": begun before a crash, and in no sequence any more"));
        if (settled)
            continue;
        if (!m_journal->isHealthy() || settled.error().code == ErrorCode::DiskFull)
            return settled;
        // One act that nobody can look at keeps no other incident from being worked on.
        logError(open.step + ": " + settled.error().detail);
        notify(Text{"engine.problem", {{"why", settled.error().detail}}}, true);
    }
    return {};
}

/// In a real case the agent is the one of this installation. While its key is closed it is nobody: it reads and
/// proposes, and nothing is done or asked in its name.
Result<void> Pipeline::presentAgent()
{
    if (m_folder->isExercise() || !m_options.identity || m_desk.agentKey)
        return {};
    const auto key = m_options.identity->key();
    const std::string why = m_options.identity->problem();
    if (!key && (why.empty() || why == m_closedBecause))
        return {};
    LedgerDraft draft;
    draft.actor = {Actor::Kind::Engine, "cordon"};
    if (!key) {
        m_closedBecause = why;
        draft.type = "agent.key_closed";
        draft.data = Value::Object{{"why", why}};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        notify(Text{"engine.agent_closed", {{"why", why}}}, true);
        return {};
    }
    if (auto taken = takeAgentKey(key->publicKey()); !taken)
        return taken.error().code == ErrorCode::Conflict ? Result<void>() : taken;
    m_ownKey = key;
    m_desk.agentKey = m_ownKey.get();
    m_desk.agentId = installedAgent;
    draft.type = "agent.present";
    draft.data = Value::Object{{"agent", m_desk.agentId}, {"key", key->publicKey().fingerprint()}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    notify(Text{"engine.agent_present", {{"key", key->publicKey().fingerprint()}}});
    return {};
}

/// One live process for each agent key. Where another has it this one only observes, and the ledger says so (NHI9).
Result<void> Pipeline::takeAgentKey(const crypto::PublicKey& key)
{
    if (m_agentKeyLock)
        return {};
    auto lock = AgentKeyLock::take(m_options.home / "agent", key, AgentKeyLock::Holder::self(m_machine), m_machine.now());
    if (lock) {
        m_agentKeyLock.emplace(std::move(*lock));
        return {};
    }
    if (lock.error().code != ErrorCode::Conflict || m_agentProblem == lock.error().detail)
        return fail(lock.error());
    m_agentProblem = lock.error().detail;
    LedgerDraft draft;
    draft.type = "agent.key_refused";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"key", key.fingerprint()}, {"why", m_agentProblem}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    notify(Text{"engine.problem", {{"why", m_agentProblem}}}, true);
    return fail(lock.error());
}

Result<bool> Pipeline::ledgerNamesMandate() const
{
    bool isNamed = false;
    CORDON_CHECK(record::eachEntry(m_folder->path(), 0, [&](const LedgerEntry& entry) {
        isNamed = entry.type == "mandate.in_force";
        return !isNamed;
    }));
    return isNamed;
}

Result<void> Pipeline::prepareTenant()
{
    CORDON_TRY(const bool isFromLog, needsTenantFromLog());
    const fs::path file = record::tenantPath(m_folder->path());
    if (!fs::exists(file)) {
        if (isScenario(m_options)) {
            CORDON_TRY(const tenant::Scenario scenario, loadScenario(m_options));
            CORDON_TRY([[maybe_unused]] const tenant::Tenant made, scenario.createTenant(file, m_clock));
        } else {
            CORDON_CHECK(lookThroughLog());
            CORDON_TRY([[maybe_unused]] const tenant::Tenant made,
                       tenant::Tenant::create(file, m_fromLog->description(), m_clock));
        }
        CORDON_CHECK(m_folder->store().setMeta("tenant", isScenario(m_options) ? m_options.exercise : "from-log"));
    }
    CORDON_TRY(tenant::Tenant contents, tenant::Tenant::open(file, m_clock));
    if (isFromLog) {
        CORDON_CHECK(lookThroughLog());
        CORDON_TRY(const std::string events, eventsInCase());
        CORDON_CHECK(fill(contents, *m_fromLog, m_folder->store(), events));
    }
    m_fromLog.reset();
    CORDON_TRY(std::vector<tenant::Tenant::Part> parts, contents.parts());
    parts.push_back({tenant::ExerciseConnector::connectorName, {}}); // what is in no part
    m_registry = std::make_unique<act::ConnectorRegistry>(m_folder->isExercise());
    for (tenant::Tenant::Part& part : parts) {
        CORDON_TRY(tenant::Tenant own, tenant::Tenant::open(file, m_clock)); // each belongs to its connector's thread
        std::unique_ptr<act::Connector> connector =
            std::make_unique<tenant::ExerciseConnector>(std::move(own), std::move(part));
        CORDON_CHECK(addConnector(std::move(connector)));
    }
    return openLines();
}

Result<void> Pipeline::addConnector(std::unique_ptr<act::Connector> connector)
{
    connector = std::make_unique<act::DiscreetConnector>(std::move(connector));
    if (m_options.watchConnector)
        connector = m_options.watchConnector(std::move(connector));
    return m_registry->add(std::move(connector));
}

Result<void> Pipeline::openLines()
{
    CORDON_TRY(m_lines, act::ConnectorLines::make(*m_registry, m_patience));
    for (const auto& line : m_lines->all()) {
        plan::ConnectorView view{line->name(), line->tenant(), {}, {}};
        for (const act::Capability& capability : line->capabilities())
            view.verbs.push_back(capability.verb);
        m_views.push_back(std::move(view));
    }
    return {};
}

/// The first time it is written down; ever after what lies in the folder must be what the ledger says. The newest that
/// the ledger names is in force, unless a person brings a newer one.
Result<void> Pipeline::noteMandate(const LedgerPast& past)
{
    const Value& first = past.firstMandate;
    const bool isKnown = !first.isObject() || (first["digest"].asString() == m_desk.mandate->digest &&
                                               first["agent_key"].asString() == m_desk.mandate->agent.key &&
                                               first["people"] == m_desk.people.toValue());
    if (!isKnown)
        return fail(ErrorCode::Untrusted, record::exercisePath(m_folder->path()).string() +
                                              ": mandate, agent or people are not those that the ledger names");
    if (!first.isObject()) {
        CORDON_CHECK(writeMandate({m_desk.mandate, m_parties->mandateText(), m_parties->signers(), {}}));
    } else if (past.mandate["digest"].asString() != m_desk.mandate->digest) {
        CORDON_TRY(SignedMandate newest, mandateFromLedger(past.mandate, m_parties->mandate().agent, m_options.home));
        takeMandate(newest);
    }
    return m_options.mandate ? changeMandate(*m_options.mandate) : Result<void>();
}

/// A revision has to rise; the same one again changes nothing.
Result<void> Pipeline::changeMandate(const fs::path& file)
{
    CORDON_TRY(const std::string text, platform::readFile(file, 1U << 20U));
    const auto parsed = govern::parseMandate(text, file.string());
    if (parsed && parsed->digest == m_desk.mandate->digest)
        return {};
    CORDON_TRY(SignedMandate brought, mandateForExercise(file, m_options.home, m_parties->mandate().agent));
    if (brought.mandate->revision <= m_desk.newestSeenRevision)
        return fail(ErrorCode::Conflict, file.string() + ": revision " + std::to_string(brought.mandate->revision) +
                                             " is not above revision " + std::to_string(m_desk.newestSeenRevision) +
                                             ", which was in force in this case");
    for (auto& [id, incident] : m_files)
        CORDON_CHECK(m_responder->closeSession(incident, "mandate_changed")); // nothing goes on under another charter
    CORDON_CHECK(writeDesk(m_desk.approvals->voidAll("mandate_changed", m_clock.now()), "approval.void"));
    CORDON_CHECK(writeMandate(brought));
    for (auto& [id, incident] : m_files) {
        if (!incident.session.id.empty()) // who changed the rules meanwhile does not decide under them
            incident.editors.insert(brought.signers.begin(), brought.signers.end());
    }
    takeMandate(brought);
    return {};
}

void Pipeline::takeMandate(const SignedMandate& taken)
{
    m_desk.mandate = taken.mandate;
    m_desk.isMandateSigned = taken.isSigned();
    m_desk.newestSeenRevision = std::max<std::int64_t>(m_desk.newestSeenRevision, taken.mandate->revision);
}

Result<void> Pipeline::writeMandate(const SignedMandate& inForce)
{
    const Mandate& mandate = *inForce.mandate;
    LedgerDraft draft;
    draft.type = "mandate.in_force";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.mandate = mandate.digest;
    CORDON_TRY(Value content, yaml::parse(inForce.text)); // for who reads no YAML
    draft.data = Value::Object{{"id", mandate.id},
                               {"revision", mandate.revision},
                               {"digest", mandate.digest},
                               {"agent", mandate.agent.id},
                               {"agent_key", mandate.agent.key},
                               {"accountable", mandate.owner.accountable},
                               {"deputy", mandate.owner.deputy},
                               {"signers", codec::textList(inForce.signers)},
                               {"text", inForce.text},
                               {"content", std::move(content)},
                               {"note", inForce.note},
                               {"people", m_desk.people.toValue()}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

} // namespace cordon::engine
