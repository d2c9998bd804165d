#include "core/engine/pipeline.h"

#include "core/base/log.h"
#include "core/engine/case_documents.h"
#include "core/engine/case_report.h"
#include "core/engine/codec.h"
#include "core/engine/version.h"
#include "core/ingest/file_list.h"
#include "core/tenant/scenario.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

/// Adds the time until it goes away to a stage's sum.
class StageTime
{
public:
    StageTime(std::map<std::string, double>& seconds, const char* stage)
        : m_sum(seconds[stage]), m_start(std::chrono::steady_clock::now())
    {
    }
    ~StageTime() { m_sum += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }
    StageTime(const StageTime&) = delete;
    StageTime& operator=(const StageTime&) = delete;

private:
    double& m_sum;
    std::chrono::steady_clock::time_point m_start;
};

/// A shipped scenario by its id or its folder's name.
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

} // namespace

Pipeline::Pipeline(EngineOptions options, const MachineClock& clock, Observer observer)
    : m_options(std::move(options)), m_machine(clock), m_clock(clock), m_observer(std::move(observer))
{
}

Pipeline::~Pipeline() = default;

Result<std::unique_ptr<Pipeline>> Pipeline::open(EngineOptions options, const MachineClock& clock, Observer observer)
{
    std::unique_ptr<Pipeline> pipeline(new Pipeline(std::move(options), clock, std::move(observer)));
    CORDON_TRY(pipeline->m_detection, Detection::load({pipeline->m_options.resources, pipeline->m_options.rules,
                                                       pipeline->m_options.usesBuiltinRules}));
    auto library = plan::PlaybookLibrary::load(pipeline->m_options.resources / "playbooks");
    for (const Error& refused : library.refused)
        logWarning("playbook refused: " + refused.detail);
    pipeline->m_planner = std::make_unique<plan::Planner>(std::move(library.playbooks));
    CORDON_CHECK(pipeline->openCase());
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
    CORDON_CHECK(prepare());
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
    const fs::path file = m_folder->path() / "scenario-log.json";
    CORDON_CHECK(scenario.writeLog(file));
    return std::vector<fs::path>{file};
}

Result<void> Pipeline::openCase()
{
    CORDON_CHECK(platform::makeFolders(m_options.home));
    record::CaseOptions options;
    options.home = m_options.home;
    options.isExercise = !m_options.exercise.empty();
    options.genesis = Value::Object{{"program", "cordon"}, {"version", versionText}};
    const bool isThere = record::isCase(m_options.folder);
    CORDON_TRY(m_folder, isThere ? record::CaseFolder::open(m_options.folder, options, m_machine)
                                 : record::CaseFolder::create(m_options.folder, options, m_machine));
    if (isThere && options.isExercise && !m_folder->isExercise())
        return fail(ErrorCode::Denied, m_options.folder.string() + ": this case is real; an exercise cannot run in it");
    if (m_folder->isExercise() && m_options.connect)
        return fail(ErrorCode::Denied, "an exercise can never connect to a real system");
    m_journal = std::make_unique<Journal>(*m_folder, m_clock);
    m_killSwitch = std::make_unique<govern::KillSwitch>(m_options.home / "halt");
    m_desk.caseName = m_folder->name();
    m_desk.killSwitch = m_killSwitch.get();
    m_desk.vault = &m_folder->vault();
    m_desk.journal = m_journal.get();
    m_desk.clock = &m_clock;
    m_desk.machine = &m_machine;
    m_incidents = std::make_unique<IncidentDesk>(m_folder->store(), m_files, *m_planner);
    m_responder = std::make_unique<Responder>(m_desk, [this](IncidentFile& file) { onChange(file); });
    return {};
}

Result<void> Pipeline::restore()
{
    CORDON_CHECK(m_folder->store().discardUnsealed());
    CORDON_TRY(m_files, loadIncidents(m_folder->store()));
    CORDON_TRY(const std::string offset, m_folder->store().queries().meta("clock_offset"));
    if (!offset.empty())
        m_clock.follow(Duration(std::stoll(offset)));
    return {};
}

Result<void> Pipeline::read(const std::vector<fs::path>& logs, const std::stop_token& stop)
{
    const StageTime time(m_seconds, "read");
    m_notice.phase = Phase::Ingesting;
    ingest::FileList list = ingest::listFiles(logs);
    record::CaseStore& store = m_folder->store();
    m_rejectedInRun += static_cast<std::int64_t>(list.rejected.size());
    for (const RejectedRecord& rejected : list.rejected)
        logWarning(rejected.file + ": " + rejected.reason);
    CORDON_CHECK(store.write([&] { return store.addRejected(record::SourceId{}, list.rejected); }));
    if (list.files.empty())
        return {};

    CORDON_CHECK(store.setLoading(true));
    m_reading = std::make_unique<LogReading>(list.files, *m_detection, m_folder->vault());
    std::vector<record::SourceId> sources(list.files.size());
    const auto start = std::chrono::steady_clock::now();
    Result<void> taken;
    m_isReadingCancelled.store(false);
    while (auto batch = m_reading->next(stop)) {
        if (m_isReadingCancelled.load())
            m_reading->cancel();
        taken = takeBatch(*batch, sources, list.files);
        if (!taken)
            break;
        m_notice.bytesRead = m_reading->bytesRead();
        m_notice.bytesTotal = m_reading->bytesTotal();
        m_notice.currentFile = list.files[batch->file].filename().string();
        const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        m_notice.bytesPerSecond = elapsed > 0 ? static_cast<double>(m_notice.bytesRead) / elapsed : 0;
        notify();
    }
    m_reading.reset();
    CORDON_CHECK(store.setLoading(false));
    CORDON_CHECK(std::move(taken));
    return keepCorrelations();
}

Result<void> Pipeline::takeBatch(ReadBatch& batch, std::vector<record::SourceId>& sources,
                                 const std::vector<fs::path>& files)
{
    record::CaseStore& store = m_folder->store();
    record::SourceId& source = sources[batch.file];
    const auto keep = [&]() -> Result<void> {
        if (!source.isSet()) {
            CORDON_TRY(source, store.addSource(files[batch.file].string(), ""));
        }
        std::vector<Event> events;
        events.reserve(batch.events.size());
        for (ReadEvent& item : batch.events)
            events.push_back(std::move(item.event));
        CORDON_TRY(const std::size_t added, store.addEvents(source, events));
        m_notice.events += static_cast<std::int64_t>(added);
        m_duplicates += static_cast<std::int64_t>(events.size() - added);
        m_recordsInRun += static_cast<std::int64_t>(events.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (!events[i].id.isSet())
                continue; // the case has it already: counted once
            m_notice.logReaches = std::max(m_notice.logReaches, events[i].time);
            for (const detect::RuleIndex rule : batch.events[i].rules)
                CORDON_CHECK(m_incidents->keepHit(m_detection->program->rule(rule).info, {events[i].id}));
            for (detect::CorrelationInput& input : batch.events[i].inputs) {
                input.event.value = static_cast<std::uint64_t>(events[i].id.value);
                m_detection->correlations->add(input);
            }
        }
        m_rejectedInRun += static_cast<std::int64_t>(batch.rejected.size());
        m_notice.rejected += static_cast<std::int64_t>(batch.rejected.size());
        return store.addRejected(source, batch.rejected);
    };
    CORDON_CHECK(store.write(keep));
    return batch.end ? endFile(batch, source, files[batch.file]) : Result<void>();
}

Result<void> Pipeline::endFile(ReadBatch& batch, record::SourceId source, const fs::path& file)
{
    const bool hasSummary = batch.end->has_value();
    if (!hasSummary) {
        const Error& error = batch.end->error();
        logWarning(file.string() + ": " + error.detail);
        ++m_rejectedInRun;
        const RejectedRecord whole{file.string(), 0, 0, error.detail};
        CORDON_CHECK(m_folder->store().write(
            [&] { return m_folder->store().addRejected(source, std::span(&whole, 1)); }));
        if (error.code == ErrorCode::DiskFull)
            return fail(error);
    }
    EvidenceRecord record;
    record.source = file.string();
    record.kind = "log";
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = m_options.operatorId;
    record.method = "read from file";
    record.acquired = m_machine.now();
    record.isWhole = hasSummary && (*batch.end)->isWhole;
    CORDON_TRY(record, batch.evidence->seal(std::move(record)));
    CORDON_CHECK(m_folder->store().write([&] { return m_folder->store().sealSource(source, record); }));
    LedgerDraft draft;
    draft.type = "evidence.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = record::toValue(record);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

Result<void> Pipeline::keepCorrelations()
{
    std::map<std::pair<detect::RuleIndex, std::uint64_t>, detect::CorrelationMatch> newest;
    for (detect::CorrelationMatch& match : m_detection->correlations->finish()) {
        const auto key = std::pair(match.rule, match.episode);
        newest[key] = std::move(match);
    }
    return m_folder->store().write([&]() -> Result<void> {
        for (const auto& [key, match] : newest) {
            const detect::Rule& rule = m_detection->program->rule(match.rule);
            if (!rule.raisesAlert || match.events.empty())
                continue;
            std::vector<EventId> events;
            for (const detect::EventRef event : match.events)
                events.push_back(EventId{static_cast<std::int64_t>(event.value)});
            CORDON_CHECK(m_incidents->keepHit(rule.info, events));
        }
        return {};
    });
}

Result<void> Pipeline::prepare()
{
    const StageTime time(m_seconds, "correlate");
    m_notice.phase = Phase::Deciding;
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    m_notice.logReaches = span.second;
    CORDON_TRY(const bool needsTenant, needsTenantFromLog());
    if (needsTenant) {
        m_fromLog.emplace();
        CORDON_CHECK(m_incidents->lineUp([this](const Event& event) { m_fromLog->add(event); }));
    } else {
        CORDON_CHECK(m_incidents->lineUp());
    }
    CORDON_CHECK(startClock());
    return prepareAgent();
}

Result<void> Pipeline::startClock()
{
    if (m_options.replay == ReplayMode::None) {
        if (m_options.now)
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
    CORDON_TRY(const std::string known, m_folder->store().queries().meta("clock_offset"));
    if (!known.empty())
        start = std::max(start, m_machine.now() + Duration(std::stoll(known)));
    m_clock.freeze(start);
    return {};
}

plan::ConnectorView Pipeline::connectorView() const
{
    plan::ConnectorView view;
    if (m_connector) {
        view.name = m_connector->name();
        view.tenant = m_connector->tenant();
        for (const act::Capability& capability : m_connector->capabilities())
            view.verbs.push_back(capability.verb);
        return view;
    }
    view.name = "none";
    for (const Verb& verb : verbCatalogue())
        view.verbs.emplace_back(verb.name);
    return view;
}

Result<void> Pipeline::advance(Timestamp upTo, const std::stop_token& stop)
{
    std::vector<IncidentId> changed;
    {
        const StageTime time(m_seconds, "correlate");
        const auto takeIn = [&]() -> Result<void> {
            CORDON_TRY(changed, m_incidents->take(upTo, connectorView()));
            for (const IncidentId id : changed)
                CORDON_CHECK(saveIncident(m_folder->store(), m_files.at(id)));
            return {};
        };
        CORDON_CHECK(m_folder->store().write(takeIn));
    }
    const StageTime time(m_seconds, "act");
    for (const IncidentId id : changed) {
        if (stop.stop_requested())
            break;
        CORDON_CHECK(work(m_files.at(id), true, stop));
    }
    savePages();
    notify();
    return {};
}

Result<void> Pipeline::work(IncidentFile& file, bool isNew, const std::stop_token& stop)
{
    if (!m_desk.canAct()) {
        onChange(file);
        return {};
    }
    CORDON_TRY(const bool hasSession, m_responder->openSession(file));
    if (!hasSession) {
        for (Step& step : file.plan.steps)
            step.note = step.note.empty() ? "waits for a free agent session" : step.note;
        onChange(file);
        return {};
    }
    if (isNew) {
        CORDON_TRY(const std::vector<Event> misuse, m_incidents->misuseEvents(file));
        CORDON_CHECK(m_responder->verifyScope(file, misuse, stop));
    }
    CORDON_CHECK(m_responder->advance(file, stop));
    onChange(file);
    return {};
}

Result<void> Pipeline::prepareAgent()
{
    if (m_isAgentReady || !m_folder->isExercise())
        return {};
    const fs::path folder = record::exercisePath(m_folder->path());
    auto parties = ExerciseParties::open(folder);
    if (!parties && parties.error().code == ErrorCode::NotFound) {
        CORDON_TRY(const std::string pattern, platform::readFile(m_options.resources / "mandates" / "exercise.yaml"));
        parties = ExerciseParties::make(folder, {pattern, m_clock.now()});
    }
    if (!parties)
        return fail(parties.error());
    m_parties.emplace(std::move(*parties));
    CORDON_CHECK(prepareTenant());
    m_desk.agentId = m_parties->mandate().agent.id;
    m_desk.agentKey = &m_parties->agentKey();
    m_desk.mandate = std::make_shared<const Mandate>(m_parties->mandate());
    m_desk.isMandateSigned =
        static_cast<int>(m_parties->signers().size()) >= m_desk.mandate->owner.signaturesToLoad;
    m_desk.people = m_parties->people();
    m_desk.connector = m_connector.get();
    m_desk.approvals = std::make_unique<govern::ApprovalDesk>(m_desk.agentId, m_parties->agentKey().publicKey());
    m_isAgentReady = true;

    CORDON_TRY(LedgerPast past, readPast(m_folder->path(), m_desk, m_files));
    m_requestTexts = std::move(past.requestTexts);
    m_desk.openSessions = past.openSessions;
    m_journal->setLastTime(past.lastTime);
    CORDON_CHECK(noteMandate());
    for (const OpenAct& open : past.open) {
        IncidentFile* file = fileOfStep(open.step);
        Step* step = file ? file->step(open.step) : nullptr;
        if (step)
            CORDON_CHECK(m_responder->settleUnknown(*file, *step, open.permit, {}));
    }
    return {};
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
        CORDON_CHECK(m_fromLog->flush(contents));
        CORDON_TRY(const std::string events, eventsInCase());
        CORDON_CHECK(m_folder->store().setMeta("tenant_events", events));
    }
    m_fromLog.reset();
    m_connector = std::make_unique<tenant::ExerciseConnector>(std::move(contents));
    return {};
}

/// Whether the tenant is made from the log and has not seen all of it.
Result<bool> Pipeline::needsTenantFromLog()
{
    if (m_isAgentReady || !m_folder->isExercise())
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

Result<void> Pipeline::noteMandate()
{
    CORDON_TRY(const std::string noted, m_folder->store().queries().meta("mandate_noted"));
    if (noted == m_desk.mandate->digest)
        return {};
    LedgerDraft draft;
    draft.type = "mandate.in_force";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.mandate = m_desk.mandate->digest;
    draft.data = Value::Object{{"id", m_desk.mandate->id},
                               {"revision", m_desk.mandate->revision},
                               {"digest", m_desk.mandate->digest},
                               {"agent", m_desk.mandate->agent.id},
                               {"agent_key", m_desk.mandate->agent.key},
                               {"accountable", m_desk.mandate->owner.accountable},
                               {"deputy", m_desk.mandate->owner.deputy},
                               {"signers", codec::textList(m_parties->signers())},
                               {"text", m_parties->mandateText()},
                               {"people", m_desk.people.toValue()}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return m_folder->store().setMeta("mandate_noted", m_desk.mandate->digest);
}

Result<void> Pipeline::finish()
{
    savePages();
    CORDON_CHECK(m_folder->store().setMeta("clock_offset", std::to_string(m_clock.offset().count())));
    CORDON_TRY([[maybe_unused]] const record::Checkpoint checkpoint, m_folder->ledger().checkpoint());
    return {};
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
    return caseReport(m_folder->path(), m_folder->store().queries(), m_seconds, m_duplicates);
}

Result<void> Pipeline::wake()
{
    CORDON_CHECK(prepareAgent());
    if (!m_desk.canAct())
        return fail(ErrorCode::Unsupported, m_folder->path().string() + ": no agent and no mandate in this case");
    return {};
}

} // namespace cordon::engine
