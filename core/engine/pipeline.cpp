#include "core/engine/pipeline.h"

#include "core/base/log.h"
#include "core/engine/case_documents.h"
#include "core/engine/case_report.h"
#include "core/engine/chosen_scenario.h"
#include "core/engine/entity_names.h"
#include "core/engine/record_bytes.h"
#include "core/engine/stage_time.h"
#include "core/engine/version.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <algorithm>
#include <utility>

namespace cordon::engine {
namespace fs = std::filesystem;

Pipeline::Pipeline(EngineOptions options, const MachineClock& clock, Observer observer)
    : m_options(std::move(options)), m_machine(clock), m_clock(clock), m_observer(std::move(observer))
    , m_heartbeat(clock), m_patience(m_work, m_clock, clock, m_options.callTime)
{
}

Pipeline::~Pipeline() = default;

Result<std::unique_ptr<Pipeline>> Pipeline::open(EngineOptions options, const MachineClock& clock, Observer observer)
{
    std::unique_ptr<Pipeline> pipeline(new Pipeline(std::move(options), clock, std::move(observer)));
    pipeline->m_planner = std::make_unique<plan::Planner>(std::vector<plan::Playbook>());
    CORDON_CHECK(pipeline->openCase());
    CORDON_CHECK(pipeline->checkResources());
    CORDON_TRY(pipeline->m_detection, Detection::load({pipeline->m_options.resources, pipeline->m_options.rules,
                                                       pipeline->m_options.usesBuiltinRules,
                                                       pipeline->m_options.placeholders, pipeline->m_options.maps}));
    auto library = plan::PlaybookLibrary::load(pipeline->m_options.resources / "playbooks");
    for (const Error& refused : library.refused)
        logWarning("playbook refused: " + refused.detail);
    *pipeline->m_planner = plan::Planner(std::move(library.playbooks));
    record::CaseStore& store = pipeline->m_folder->store();
    CORDON_CHECK(store.setMeta("rules", std::to_string(pipeline->m_detection->ruleCount())));
    CORDON_CHECK(store.setMeta("playbooks", std::to_string(pipeline->m_planner->playbooks().size())));
    CORDON_CHECK(pipeline->restore());
    return pipeline;
}

Result<void> Pipeline::run(const std::stop_token& stop)
{
    CORDON_TRY(const std::vector<fs::path> logs, logsToRead());
    CORDON_CHECK(read(logs, stop));
    CORDON_CHECK(prepare(stop));
    while (const auto due = nextAlert()) {
        CORDON_CHECK(advance(std::max(*due, m_notice.logReaches), stop));
        if (stop.stop_requested())
            break;
    }
    return finish();
}

Result<std::vector<fs::path>> Pipeline::logsToRead()
{
    if (!isScenario(m_options) || !m_options.logs.empty())
        return m_options.logs;
    CORDON_TRY(const tenant::Scenario scenario, loadScenario(m_options));
    CORDON_CHECK(scenario.writeLog(scenarioLog()));
    return std::vector<fs::path>{scenarioLog()};
}

fs::path Pipeline::scenarioLog() const
{
    return m_folder->path() / "scenario-log.json";
}

Result<void> Pipeline::openCase()
{
    CORDON_CHECK(platform::makeFolders(m_options.home));
    CORDON_CHECK(checkConnection());
    record::CaseOptions options;
    options.home = m_options.home;
    options.isExercise = !m_options.exercise.empty();
    options.rebuildsIndex = m_options.rebuildsIndex;
    options.encryptsEvidence = m_options.encryptsEvidence;
    options.evidencePassphrase = m_options.evidencePassphrase;
    options.genesis = Value::Object{{"program", "cordon"}, {"version", versionText}};
    const bool isThere = record::isCase(m_options.folder);
    CORDON_TRY(m_folder, isThere ? record::CaseFolder::open(m_options.folder, options, m_machine)
                                 : record::CaseFolder::create(m_options.folder, options, m_machine));
    if (isThere && options.isExercise && !m_folder->isExercise())
        return fail(ErrorCode::Denied, m_options.folder.string() + ": this case is real; an exercise cannot run in it");
    if (m_folder->isExercise() && m_options.connect)
        return fail(ErrorCode::Denied, "an exercise can never connect to a real system");
    CORDON_TRY(crypto::SigningKey key, record::LogKeys(m_options.home).caseKey(m_folder->ledger().origin()));
    m_indexKey.emplace(std::move(key));
    m_journal = std::make_unique<Journal>(*m_folder, m_clock);
    m_killSwitch = m_folder->isExercise() ? std::make_unique<govern::KillSwitch>(record::haltPath(m_folder->path()),
                                                                                 m_options.home / "halt")
                                          : std::make_unique<govern::KillSwitch>(m_options.home / "halt");
    m_desk.caseName = m_folder->name();
    m_desk.killSwitch = m_killSwitch.get();
    m_desk.vault = &m_folder->vault();
    m_desk.journal = m_journal.get();
    m_desk.clock = &m_clock;
    m_desk.heartbeat = &m_heartbeat;
    m_desk.mostSessions = m_options.mostSessions;
    m_desk.machine = &m_machine;
    m_incidents = std::make_unique<IncidentDesk>(m_folder->store(), m_files, *m_planner, *m_indexKey);
    CORDON_TRY(auto names, readEntityNames(m_options.resources));
    m_incidents->setNames(std::move(names));
    CORDON_TRY(m_unproven, findUnprovenActs(m_folder->path(), m_options.home, &m_leftOrders, &m_reached));
    m_desk.isRecordProven = m_unproven.empty();
    CORDON_TRY(m_arrangements, readArrangements(m_folder->path(), m_unproven));
    CORDON_CHECK(m_incidents->setOrders(m_arrangements.standing));
    m_inventory = std::make_unique<InventoryDesk>(*m_folder, *m_journal);
    m_incidents->setRecords(recordsIn(m_folder->vault()));
    m_desk.inventory = &m_inventory->inventory();
    m_responder = std::make_unique<Responder>(m_desk, [this](IncidentFile& file) { onChange(file); });
    return {};
}

Result<void> Pipeline::restore()
{
    m_indicators = std::make_unique<IndicatorDesk>(*m_folder, *m_journal, *m_detection);
    CORDON_CHECK(m_indicators->recall(m_unproven)); // an index that is filled anew is looked through as it was at first
    CORDON_CHECK(fillIndex());
    CORDON_CHECK(m_folder->store().discardUnsealed());
    CORDON_TRY(m_files, loadIncidents(m_folder->store(), m_indexKey->publicKey()));
    CORDON_CHECK(m_incidents->loadGone());
    m_notice.events = 0;
    CORDON_TRY(m_notice.events, m_folder->store().queries().countEvents({}));
    CORDON_TRY(m_notice.rejected, m_folder->store().queries().countRejected());
    CORDON_CHECK(m_inventory->recall(m_unproven));
    CORDON_CHECK(endFilling());
    if (!m_unproven.empty())
        notify(Text{"engine.forged_record", {{"entry", std::to_string(m_unproven.begin()->first)},
                                             {"count", std::to_string(m_unproven.size())},
                                             {"why", m_unproven.begin()->second}}}, true);
    // Where the case clock stood against the machine's when the ledger was last written. What is told of the ledger itself,
    // such as another log key, has no case time.
    constexpr std::int64_t few = 100;
    const std::int64_t from = std::max<std::int64_t>(1, m_folder->ledger().size() - few);
    CORDON_CHECK(record::eachEntry(m_folder->path(), from, [this](const LedgerEntry& entry) {
        if (const auto at = Timestamp::parse(entry.data["at"].asString())) {
            m_wasAt = *at;
            m_clock.follow(*at - entry.ts);
        }
        return true;
    }));
    return endLeftOrders();
}

/// Keeps what the reader has ready, some batches in one transaction: what many of them touch is then written once.
/// A file's end ends the transaction, because the ledger must not tell of it before its events are kept.
/// @return false when nothing more comes
Result<bool> Pipeline::takeSome(std::vector<record::SourceId>& sources, const std::vector<fs::path>& files,
                                const std::stop_token& stop)
{
    constexpr int mostBatches = 128;
    std::optional<ReadBatch> batch;
    const auto keep = [&]() -> Result<void> {
        for (int count = 0; count < mostBatches; ++count) {
            batch = m_reading->next(stop);
            if (!batch)
                return {};
            if (m_isReadingCancelled.load())
                m_reading->cancel();
            CORDON_CHECK(takeBatch(*batch, sources[batch->file], files[batch->file]));
            noteProgress(files[batch->file]);
            if (batch->end)
                return {};
        }
        return {};
    };
    CORDON_CHECK(m_folder->store().write(keep));
    if (batch && batch->end)
        CORDON_CHECK(endFile(*batch, sources[batch->file], files[batch->file]));
    return batch.has_value();
}

void Pipeline::noteProgress(const fs::path& file)
{
    const double elapsed =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - m_readingSince).count();
    m_notice.bytesRead = m_reading->bytesRead();
    m_notice.bytesTotal = m_reading->bytesTotal();
    m_notice.currentFile = file.filename().string();
    m_notice.bytesPerSecond = elapsed > 0 ? static_cast<double>(m_notice.bytesRead) / elapsed : 0;
    notify();
}

Result<void> Pipeline::prepare(const std::stop_token& stop)
{
    const StageTime time(m_seconds, "correlate");
    m_notice.phase = Phase::Deciding;
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    m_notice.logReaches = span.second;
    CORDON_TRY(const bool needsTenant, needsTenantFromLog());
    CORDON_TRY(const std::int64_t events, m_folder->store().queries().countEvents({}));
    if (needsTenant && m_orderedLog && m_orderedLog->isWhole(events)) {
        m_fromLog = m_orderedLog->take();
        CORDON_CHECK(m_incidents->lineUp());
    } else if (needsTenant) {
        m_fromLog.emplace();
        CORDON_CHECK(m_incidents->lineUp([this](const Event& event) { m_fromLog->add(event); }));
    } else {
        CORDON_CHECK(m_incidents->lineUp());
    }
    m_orderedLog.reset();
    CORDON_CHECK(startClock());
    return prepareAgent(stop);
}

Result<void> Pipeline::startClock()
{
    if (m_isClockStarted) { // logs that are added later do not turn it back; a replay at its log's end goes on to the new one
        const Duration further = m_notice.logReaches - m_clock.now();
        if (m_options.replay == ReplayMode::Batch && m_clock.isFrozen() && further > Duration::zero())
            m_clock.tick(further);
        return {};
    }
    m_isClockStarted = true;
    if (m_options.replay == ReplayMode::None) {
        if (m_options.connect) // real systems go by the machine's clock, whatever a replay left behind
            m_clock.follow(std::chrono::seconds(0));
        else if (m_options.now)
            m_clock.follow(*m_options.now - m_machine.now());
        return {};
    }
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    const Timestamp end = span.second == Timestamp() ? m_machine.now() : span.second;
    Timestamp start = end;
    if (m_options.replay == ReplayMode::Paced) {
        start = m_incidents->nextAlert().value_or(end) - std::chrono::seconds(5);
        if (isScenario(m_options)) {
            CORDON_TRY(const tenant::Scenario scenario, loadScenario(m_options));
            start = scenario.replayFrom;
            m_pace = scenario.pace;
        }
        if (m_options.pace > 0)
            m_pace = m_options.pace;
    }
    // A case that is opened again goes on where its clock was, never back.
    if (m_wasAt)
        start = std::max(start, *m_wasAt);
    m_clock.freeze(start);
    return {};
}

/// Whether the tenant is made from the log and has not seen all of it.
Result<bool> Pipeline::needsTenantFromLog()
{
    if (!m_folder->isExercise())
        return false;
    record::CaseQueries& queries = m_folder->store().queries();
    CORDON_TRY(const std::string kind, queries.meta("tenant"));
    if (kind.empty() ? isScenario(m_options) : kind != "from-log")
        return false;
    CORDON_TRY(const std::string seen, queries.meta("tenant_events"));
    CORDON_TRY(const std::string there, eventsInCase());
    return seen != there;
}

Result<std::string> Pipeline::eventsInCase()
{
    CORDON_TRY(const std::int64_t count, m_folder->store().queries().countEvents({}));
    return std::to_string(count);
}

/// Does nothing when `prepare` did so already.
Result<void> Pipeline::lookThroughLog()
{
    if (m_fromLog)
        return {};
    m_fromLog.emplace();
    return m_folder->store().lookup().each([this](const Event& event) {
        m_fromLog->add(event);
        return true;
    });
}

Result<void> Pipeline::finish()
{
    saveChanged();
    savePages();
    CORDON_CHECK(keepIndex());
    CORDON_TRY([[maybe_unused]] const record::Checkpoint checkpoint, m_folder->ledger().checkpoint());
    return {};
}

void Pipeline::saveChanged()
{
    for (const IncidentId id : std::exchange(m_unsaved, {})) {
        const auto place = m_files.find(id);
        if (place == m_files.end())
            continue; // merged into another
        // A saved page can be made again from the ledger, so a failure here is told and does not stop containment.
        if (auto saved = saveIncident(m_folder->store(), place->second, *m_indexKey); !saved)
            logError("incident not saved: " + saved.error().detail);
    }
}

IncidentFile* Pipeline::fileOfStep(const std::string& step)
{
    for (auto& [id, file] : m_files) {
        if (file.step(step))
            return &file;
    }
    return nullptr;
}

Result<std::string> Pipeline::requestText(const std::string& request) const
{
    if (const auto place = m_requestTexts.find(request); place != m_requestTexts.end())
        return place->second;
    auto& queries = m_folder->store().queries();
    auto page = queries.document(documents::approvalKind, request);
    if (!page)
        return fail(ErrorCode::NotFound, "no request " + request + " in this case");
    CORDON_TRY(const Value value, json::parse(*page));
    return value["text"].asString();
}

Result<Value> Pipeline::report()
{
    saveChanged();
    return caseReport(m_folder->path(), m_folder->store().queries(), {m_seconds, m_duplicates});
}

Result<void> Pipeline::writeReport(ReportFormat format, std::ostream& out)
{
    saveChanged();
    return writeCaseReport(m_folder->path(), m_folder->store().queries(), {format, {}}, out, {m_seconds, m_duplicates});
}

Result<void> Pipeline::wake()
{
    CORDON_CHECK(prepareAgent());
    if (!m_agentProblem.empty() && !m_agentKeyLock)
        return fail(ErrorCode::Conflict, m_agentProblem);
    if (!m_desk.canAct())
        return fail(ErrorCode::Unsupported, m_folder->path().string() + ": no agent and no mandate in this case");
    return {};
}

} // namespace cordon::engine
