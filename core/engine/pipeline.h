#pragma once

#include "core/act/connector_registry.h"
#include "core/act/connector_settings.h"
#include "core/engine/agent_key_lock.h"
#include "core/engine/arrangements.h"
#include "core/engine/baseline_desk.h"
#include "core/engine/commands.h"
#include "core/engine/engine.h"
#include "core/engine/engine_patience.h"
#include "core/engine/exercise_parties.h"
#include "core/engine/following.h"
#include "core/engine/incident_desk.h"
#include "core/engine/indicator_desk.h"
#include "core/engine/inventory_desk.h"
#include "core/engine/ledger_past.h"
#include "core/engine/log_pace.h"
#include "core/engine/log_reading.h"
#include "core/engine/mandate_change.h"
#include "core/engine/ordered_log.h"
#include "core/engine/report_stream.h"
#include "core/engine/responder.h"
#include "core/engine/under_way.h"
#include "core/engine/waiting_tally.h"
#include "core/plan/playbook_library.h"
#include "core/record/kept_index.h"
#include "core/tenant/exercise_connector.h"
#include "core/tenant/tenant_from_log.h"

#include <atomic>
#include <functional>
#include <memory>
#include <set>

namespace cordon::engine {

/// The story of a case: log lines become contained incidents. The only place that knows every room; read `run`.
/// Belongs to the engine thread.
class Pipeline
{
public:
    using Observer = std::function<void(const Notice&)>;

    /// Loads rules, maps and playbooks, and opens or makes the case.
    /// @param clock  the machine's; outlives the pipeline
    [[nodiscard]] static Result<std::unique_ptr<Pipeline>> open(EngineOptions options, const MachineClock& clock,
                                                                Observer observer = {});
    ~Pipeline();
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    /// The whole job once, front to back: read, think, act, sign. What waits for people stays waiting.
    [[nodiscard]] Result<void> run(const std::stop_token& stop);

    // The same in parts, for a console that goes on living.
    /// Reads logs into the case: every byte sealed, every record an event or rejected, rule hits kept.
    [[nodiscard]] Result<void> read(const std::vector<std::filesystem::path>& logs, const std::stop_token& stop);
    /// The same with what is said of these logs alone.
    [[nodiscard]] Result<void> read(const std::vector<std::filesystem::path>& logs, const std::stop_token& stop,
                                    const ingest::ImportOptions& import);
    /// Puts the alerts in line, starts the case clock, and gets agent and tenant ready.
    [[nodiscard]] Result<void> prepare(const std::stop_token& stop = {});
    /// Gets agent and tenant ready without looking at any log: for one command on a case that exists.
    /// ErrorCode::Unsupported when the case has no agent.
    [[nodiscard]] Result<void> wake();
    /// Takes in the alerts that are due and lets the agent work on what changed.
    [[nodiscard]] Result<void> advance(Timestamp upTo, const std::stop_token& stop);
    /// Looks at every incident once more with all that the log holds up to `upTo`: at the end of a paced replay.
    [[nodiscard]] Result<void> settle(Timestamp upTo, const std::stop_token& stop);

    /// Goes on with the folders that the case follows, or only with what is known of their files.
    [[nodiscard]] Result<void> openFollowing(bool goesOn);
    /// @param by  who wants it
    /// @param import  nothing said: what the case was opened with, else what was said when it was followed before
    [[nodiscard]] Result<void> follow(const std::filesystem::path& root, const std::string& by, const ingest::ImportOptions& import = {});
    [[nodiscard]] Result<void> stopFollowing(const std::filesystem::path& root);
    [[nodiscard]] bool isFollowing() const { return m_following && !m_following->isEmpty(); }
    /// Takes in some of what is new in followed folders and works its alerts out. After `prepare`.
    /// @return whether records came; then there may be more
    [[nodiscard]] Result<bool> followSome(const std::stop_token& stop);
    /// Decides what correlations were still waiting for more about, as at the end of a log, and signs the ledger's head.
    [[nodiscard]] Result<void> endFollowing(const std::stop_token& stop);
    /// Waits at most `time` for a change below followed folders. @return whether there may be one
    [[nodiscard]] bool awaitsChange(std::chrono::milliseconds time) { return m_following->hasChanged(time); }
    [[nodiscard]] bool isStillLooking() const { return m_following && m_following->isLooking(); }

    /// From now on incidents are worked on side by side, and no call returns with them done. The caller has the turn.
    void share() { m_work.share(); }
    /// Work that is under way ends; what is asked for from now on is done when the call returns.
    void stopSharing() { m_work.stopSharing(); }
    /// Where the caller waits, it lets others have the turn.
    [[nodiscard]] WorkTable& work() { return m_work; }

    [[nodiscard]] Timestamp logReaches() const { return m_notice.logReaches; }
    /// One person's command.
    [[nodiscard]] Result<void> apply(const Command& command, const std::stop_token& stop);
    /// Clocks: requests and leases that end, commands in the inbox, a halt from elsewhere.
    [[nodiscard]] Result<void> tick(const std::stop_token& stop);
    /// The case cannot be written: the agent is paused, and `tick` looks for room. Reading goes on.
    void pauseForRoom(const Error& error);
    [[nodiscard]] bool isPausedForRoom() const { return m_isDiskFull; }
    /// Tells people when halting was not practised for long.
    void warnOfDrill();
    /// Signs the ledger's head.
    [[nodiscard]] Result<void> finish();

    /// Log seconds per second of a paced replay: as asked, else the exercise's own, else 10.
    [[nodiscard]] double pace() const { return m_pace; }
    [[nodiscard]] std::optional<Timestamp> nextAlert() const { return m_incidents->nextAlert(); }
    /// As one value, for a small case.
    [[nodiscard]] Result<Value> report();
    [[nodiscard]] Result<void> writeReport(ReportFormat format, std::ostream& out);
    /// By stage of the job.
    [[nodiscard]] const std::map<std::string, double>& seconds() const { return m_seconds; }
    [[nodiscard]] const IncidentFiles& files() const { return m_files; }
    [[nodiscard]] const IncidentDesk& incidents() const { return *m_incidents; }
    [[nodiscard]] IncidentFile* fileOfStep(const std::string& step);
    /// The newest answer to a reply, for the one who gave it.
    [[nodiscard]] const govern::DeskAnswer& lastAnswer() const { return m_lastAnswer; }
    /// The signed text of a request. ErrorCode::NotFound when the case has none of that name.
    [[nodiscard]] Result<std::string> requestText(const std::string& request) const;
    /// The copy for one approver, 1 and up: it carries that approver's nonce alone.
    [[nodiscard]] Result<std::string> requestText(const std::string& request, int slot) const;
    [[nodiscard]] const govern::ApprovalDesk& approvals() const { return *m_desk.approvals; }
    /// Whether the agent acted here, or could: the ledger names a mandate that was in force.
    [[nodiscard]] Result<bool> hasActed() const { return ledgerNamesMandate(); }
    /// A signed command text, checked and applied as if it had come through the inbox.
    [[nodiscard]] Result<void> applySigned(const std::string& text, const std::stop_token& stop);
    [[nodiscard]] record::CaseFolder& folder() { return *m_folder; }
    [[nodiscard]] CaseClock& clock() { return m_clock; }
    /// Whether anybody is known here who could sign a command.
    [[nodiscard]] bool hasSigners() const;
    [[nodiscard]] govern::KillSwitch& killSwitch() { return *m_killSwitch; }
    [[nodiscard]] const Detection& detection() const { return *m_detection; }
    [[nodiscard]] bool isExercise() const { return m_folder->isExercise(); }
    [[nodiscard]] std::int64_t rejectedInRun() const { return m_rejectedInRun; }
    [[nodiscard]] std::int64_t recordsInRun() const { return m_recordsInRun; }
    /// Ends the reading in progress; what was read stays. Safe from any thread.
    void cancelReading() { m_isReadingCancelled.store(true); }
    /// Replaces the logs by a scenario's own, where one is played and none was given.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> logsToRead();
    /// The log that a shipped exercise makes for itself.
    [[nodiscard]] std::filesystem::path scenarioLog() const;
    /// Saves what changed and tells of it.
    void notify(std::optional<Text> message = std::nullopt, bool isProblem = false);

private:
    explicit Pipeline(EngineOptions options, const MachineClock& clock, Observer observer);
    [[nodiscard]] Result<void> openCase();
    [[nodiscard]] Result<void> checkResources();
    [[nodiscard]] Result<void> restore();
    [[nodiscard]] Result<void> startClock();
    [[nodiscard]] Result<void> prepareAgent(const std::stop_token& stop = {});
    [[nodiscard]] Result<void> takeAgentKey(const crypto::PublicKey& key);
    [[nodiscard]] Result<void> prepareTenant();
    [[nodiscard]] Result<void> addConnector(std::unique_ptr<act::Connector> connector);
    [[nodiscard]] Result<void> openLines();
    [[nodiscard]] Result<void> takeUpWork(const SignedMandate& mandate);
    [[nodiscard]] Result<void> beginWork(const SignedMandate& mandate);
    // In a real case:
    [[nodiscard]] Result<void> checkConnection() const;
    [[nodiscard]] Result<void> connectSystems(const std::stop_token& stop);
    [[nodiscard]] Result<void> connectLater(const std::stop_token& stop);
    [[nodiscard]] Result<void> noteSystems(const LedgerPast& past, const SignedMandate& mandate);
    [[nodiscard]] Result<void> notePeople();
    [[nodiscard]] Result<void> followMandate(const std::stop_token& stop);
    [[nodiscard]] Result<void> stopUnderMandate(const Error& why);
    [[nodiscard]] Result<bool> needsTenantFromLog();
    [[nodiscard]] Result<void> lookThroughLog();
    [[nodiscard]] Result<std::string> eventsInCase();
    [[nodiscard]] Result<bool> takeSome(std::vector<record::SourceId>& sources, const std::vector<std::filesystem::path>& files, const std::stop_token& stop);
    [[nodiscard]] Result<void> takeBatch(ReadBatch& batch, record::SourceId& source, const std::filesystem::path& file);
    [[nodiscard]] Result<void> dropReadBefore(std::vector<std::filesystem::path>& files) const;
    [[nodiscard]] Result<void> learnBaseline(bool hasEvents);
    /// What the reader was told of the log at hand.
    [[nodiscard]] record::StoredSource readingOf(const ReadBatch& batch) const;
    /// The same as the ledger names it.
    static void setReading(Value& page, const record::StoredSource& as);
    [[nodiscard]] Result<void> noteDetection();
    [[nodiscard]] Result<void> fillIndex();
    [[nodiscard]] Result<void> readAgain(const record::StoredSource& source);
    [[nodiscard]] Result<void> workOutPages();
    [[nodiscard]] Result<void> endFilling();
    [[nodiscard]] Result<std::int64_t> restoreKept(record::KeptIndex& kept);
    [[nodiscard]] Result<bool> putEventsBack(const std::vector<record::StoredSource>& sources,
                                             const record::KeptIndex& kept);
    void noteFilling(std::uint64_t read, const std::string& file);
    [[nodiscard]] Result<FollowedFile> followedAt(const record::StoredSource& piece);
    [[nodiscard]] Result<void> tickOnce(const std::stop_token& stop);
    [[nodiscard]] Result<bool> awaitRoom(const std::stop_token& stop);
    [[nodiscard]] Result<void> goOnWithRoom(const std::stop_token& stop);
    /// Desk, counters and incidents as the ledger says.
    [[nodiscard]] Result<LedgerPast> recallLedger();
    /// Acts that the ledger leaves open are looked at, never done again.
    [[nodiscard]] Result<void> settleOpen(const LedgerPast& past);
    [[nodiscard]] Result<void> keepIndex();
    [[nodiscard]] Result<void> keepIndexNowAndThen();
    [[nodiscard]] Result<std::string> newestDetection();
    [[nodiscard]] Result<void> lookAtWhatWasLeft();
    [[nodiscard]] Result<void> lookAtLeftPieces(record::CaseQueries& left);
    [[nodiscard]] Result<void> takeLeftPages();
    [[nodiscard]] Result<bool> isStillSo(const IncidentFile& file);
    void noteProgress(const std::filesystem::path& file);
    [[nodiscard]] Result<void> endFile(ReadBatch& batch, record::SourceId source, const std::filesystem::path& file);
    [[nodiscard]] Result<void> keepMatches(std::vector<detect::CorrelationMatch> matches);
    [[nodiscard]] Result<void> notePieces();
    [[nodiscard]] Result<void> forgetPiece();
    void holdBack(const std::string& path);
    [[nodiscard]] bool isHeldBack(const std::string& path) const;
    [[nodiscard]] Result<void> workOutNew(const std::stop_token& stop);
    [[nodiscard]] EvidenceRecord pieceRecord(const std::string& path) const;
    [[nodiscard]] Result<bool> takeStep(ingest::FollowStep& step, const std::stop_token& stop);
    [[nodiscard]] Result<bool> takeWholePiece(ingest::FollowStep& step, const std::stop_token& stop);
    [[nodiscard]] Result<bool> takePiece(ingest::FollowStep& step, const std::stop_token& stop);
    [[nodiscard]] Result<void> hear(const Event& event);
    [[nodiscard]] Result<void> keepSilence(const detect::Silence& silence);
    [[nodiscard]] Result<bool> noteSilences();
    [[nodiscard]] bool isReplay() const { return m_options.replay != ReplayMode::None; }
    [[nodiscard]] Result<void> noteMandate(const LedgerPast& past);
    [[nodiscard]] Result<void> changeMandate(const std::filesystem::path& file);
    [[nodiscard]] Result<void> writeMandate(const SignedMandate& inForce);
    void takeMandate(const SignedMandate& taken);
    /// The machine's clock, unless time is the logs' own.
    [[nodiscard]] std::optional<Timestamp> arrival() const
    {
        return isReplay() ? std::nullopt : std::optional(m_machine.now());
    }
    [[nodiscard]] Result<bool> ledgerNamesMandate() const;
    using Job = std::function<Result<void>(IncidentFile&, const std::stop_token&)>;
    /// Does a job on an incident whose file is its own meanwhile: at once, or beside others when they are shared.
    [[nodiscard]] Result<void> onIncident(IncidentId incident, Job job, const std::stop_token& stop);
    void endJob(IncidentId incident, const JobCause& cause, const Result<void>& done);
    [[nodiscard]] Result<void> carryOut(const TakenOrder& order, const Command& asked, const std::stop_token& stop);
    [[nodiscard]] Result<void> endOrder(const TakenOrder& order, const Result<void>& done);
    [[nodiscard]] Result<void> writeEnd(const std::string& type, const std::string& command, const std::string& nonce, const std::string& why);
    [[nodiscard]] Result<void> endLeftOrders();
    [[nodiscard]] Result<void> work(IncidentFile& file, bool isNew, const std::stop_token& stop);
    [[nodiscard]] Result<void> workAlone(IncidentFile& file, const std::stop_token& stop);
    [[nodiscard]] Result<void> importIndicators(const BringList& order, const std::stop_token& stop);
    [[nodiscard]] Result<void> lookAgain(const std::stop_token& stop);
    [[nodiscard]] Result<void> tickIncident(IncidentFile& file, const std::stop_token& stop);
    [[nodiscard]] bool isAnythingDue(const IncidentFile& file) const;
    /// Opens sessions for incidents that wait for one, highest risk first.
    [[nodiscard]] Result<void> openWaiting(const std::stop_token& stop);
    [[nodiscard]] Result<void> beat();
    [[nodiscard]] Result<void> endCommandFile(const std::filesystem::path& file, const Result<void>& taken);
    [[nodiscard]] Result<void> freezeLeases(Duration frozen);
    [[nodiscard]] Result<void> cleanUpSessions();
    [[nodiscard]] Result<void> noteDrill(const std::string& who, int permitsRevoked);
    [[nodiscard]] Result<void> writeDesk(const std::vector<Value>& events, const std::string& type);
    [[nodiscard]] Result<void> noteStops(const std::stop_token& stop);
    [[nodiscard]] Result<void> noteStop(govern::StopState state, const std::stop_token& stop);
    [[nodiscard]] Result<void> noteHaltsSince(Timestamp time);
    [[nodiscard]] Result<void> goOn(const std::stop_token& stop);
    [[nodiscard]] std::string whyNotLift(const std::vector<std::string>& persons) const;
    [[nodiscard]] Result<void> noteClock();
    /// Somebody typed a person's PIN or code wrongly, in whatever program of this machine.
    [[nodiscard]] Result<void> noteWrongTries();
    [[nodiscard]] Result<void> distrustClock(const std::string& why);
    [[nodiscard]] Result<void> trustClock(const std::string& person, const std::string& clock, const std::stop_token& stop);
    [[nodiscard]] Timestamp reached() const;
    [[nodiscard]] Result<void> checkClock(const govern::Command& command) const;
    [[nodiscard]] Result<void> voidStale();
    [[nodiscard]] Result<void> escalate();
    [[nodiscard]] Result<void> takeInbox(const std::stop_token& stop);
    [[nodiscard]] Result<void> noteSealing(const std::filesystem::path& request, const std::string& text, const std::stop_token& stop);
    [[nodiscard]] Result<void> lookAfterPeople(bool isFirst);
    [[nodiscard]] Result<void> letGo(const std::set<std::string>& left);
    [[nodiscard]] Result<void> recallSigned();
    [[nodiscard]] Result<void> takeSigned(const std::string& text, const std::stop_token& stop);
    [[nodiscard]] Result<void> joinExercise(const std::string& text);
    [[nodiscard]] plan::ConnectorView connectorView() const;
    void onChange(IncidentFile& file);
    void saveChanged();
    void tell(std::optional<Text> message = std::nullopt, bool isProblem = false);
    void savePages();
    using StepJob = std::function<Result<void>(IncidentFile&, Step&, const std::stop_token&)>;
    [[nodiscard]] Result<void> onStep(const std::string& id, const std::stop_token& stop, StepJob job);
    Result<void> applyOne(const Halt& halt, const std::stop_token& stop);
    Result<void> applyOne(const Resume& resume, const std::stop_token& stop);
    Result<void> applyOne(const SubmitReply& reply, const std::stop_token& stop);
    Result<void> applyOne(const UndoStep& undo, const std::stop_token& stop);
    Result<void> applyOne(const KeepContained& keep, const std::stop_token& stop);
    Result<void> applyOne(const AskAgain& again, const std::stop_token& stop);
    Result<void> applyOne(const Present& present, const std::stop_token& stop);
    Result<void> applyOne(const DoneElsewhere& done, const std::stop_token& stop);
    Result<void> applyOne(const ContinueSession& asked, const std::stop_token& stop);
    Result<void> applyOne(const SkipStep& skip, const std::stop_token& stop);
    Result<void> applyOne(const ChangeSequence& wish, const std::stop_token& stop);
    Result<void> applyOne(const Assign& assign, const std::stop_token& stop);
    Result<void> applyOne(const AddNote& note, const std::stop_token& stop);
    Result<void> applyOne(const Arrange& wish, const std::stop_token& stop);
    [[nodiscard]] Result<void> noteJoined();
    [[nodiscard]] Result<void> endSessionOfGone(IncidentId incident);
    [[nodiscard]] Result<std::map<std::string, std::string>> wentInto();
    Result<void> applyOne(const CloseIncident& asked, const std::stop_token& stop);
    Result<void> applyOne(const ReopenIncident& asked, const std::stop_token& stop);
    [[nodiscard]] Result<void> reopenOnNews(IncidentFile& file);
    Result<void> applyOne(const HandleEvidence& order, const std::stop_token& stop);
    Result<void> applyOne(const BringList& order, const std::stop_token& stop);
    Result<void> applyOne(const Signed& given, const std::stop_token& stop);
    Result<void> applyOne(const TakeOver& nothing, const std::stop_token& stop);
    Result<void> applyOne(const AddSources& add, const std::stop_token& stop);
    Result<void> applyOne(const Follow& follow, const std::stop_token& stop);
    Result<void> applyOne(const StopFollowing& stopping, const std::stop_token& stop);
    Result<void> applyOne(const TestDecision& test, const std::stop_token& stop);
    Result<void> applyOne(const CancelReading& cancel, const std::stop_token& stop);

    EngineOptions m_options;
    const MachineClock& m_machine;
    CaseClock m_clock;
    Observer m_observer;
    std::unique_ptr<Detection> m_detection;
    std::unique_ptr<BaselineDesk> m_baseline; ///< from the first reading on
    std::unique_ptr<plan::Planner> m_planner;
    std::unique_ptr<record::CaseFolder> m_folder;
    std::optional<crypto::SigningKey> m_indexKey; ///< the ledger's, for the index's incident pages
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<govern::KillSwitch> m_killSwitch;
    std::optional<ExerciseParties> m_parties;
    std::optional<AgentKeyLock> m_agentKeyLock;
    [[nodiscard]] Result<void> presentAgent();
    std::shared_ptr<const crypto::SigningKey> m_ownKey; ///< of this installation's agent, in a real case
    std::string m_closedBecause;                        ///< said once: why that key is closed
    std::int64_t m_connectAgainAt = 0;                  ///< the machine's running time, ns
    std::string m_connectionProblem;                    ///< told last: why nothing is connected
    Value m_peopleNoted;                                ///< in the ledger, with that mandate
    std::optional<SignedMandate> m_inForce;             ///< in a real case that acts
    std::string m_mandateSeen;                          ///< what tells that it may be another by now
    std::vector<act::ConnectorSettings> m_systems;      ///< that it acts on
    std::string m_agentProblem; ///< why the agent's key may not be used here
    std::unique_ptr<act::ConnectorRegistry> m_registry; ///< keeps exercise and real systems apart
    std::vector<plan::ConnectorView> m_views;           ///< of its connectors, in the order of the lines
    std::optional<OrderedLog> m_orderedLog;
    /// What the log says of the tenant, from the reading or `prepare`'s pass over all events until the tenant has it.
    std::optional<tenant::TenantFromLog> m_fromLog;
    AgentDesk m_desk;
    IncidentFiles m_files;
    WaitingTally m_waiting;
    std::unique_ptr<IncidentDesk> m_incidents;
    Timestamp m_reached;     ///< by what in the ledger holds, when the case was opened; until somebody vouches for another clock
    UnprovenActs m_unproven; ///< as the ledger was when the case was opened
    std::vector<record::OrderAudit::Open> m_leftOrders; ///< likewise: taken by somebody who did not come to their end
    Arrangements m_arrangements;
    std::unique_ptr<Responder> m_responder;
    std::unique_ptr<InventoryDesk> m_inventory;
    std::unique_ptr<IndicatorDesk> m_indicators;
    std::unique_ptr<LogReading> m_reading;
    std::unique_ptr<Following> m_following; ///< once something is followed
    ingest::ImportOptions m_import;         ///< what is said of the logs that are being read
    bool m_isPieceHeard = false;            ///< a piece of a followed file is being taken in
    bool m_isDetectionNoted = false;        ///< the ledger names the rules and maps that are in force here
    std::int64_t m_keptChanges = -1;        ///< of the index, when what it holds was kept last
    std::int64_t m_keptAt = 0;              ///< the machine's running time then, ns
    std::int64_t m_keepEvery = 300'000'000'000; ///< ns; longer where keeping takes long
    std::optional<std::int64_t> m_filledSince; ///< a lost index was filled: entries from here on are not in its pages
    std::map<std::tuple<std::string, std::uint64_t, std::string>, FollowedFile> m_leftPieces; ///< by digest, first byte and name
    IncidentFiles m_left;                   ///< signed pages of an index that is not believed
    bool m_hasReadAgain = false;            ///< of these: with logs that came after what was kept
    bool m_hasLostPiece = false;            ///< some of a piece that failed may still be in the case or in memory
    std::map<std::string, HeldBack> m_heldBack; ///< by path; "": all following, because the case cannot be written
    std::chrono::steady_clock::time_point m_readingSince;
    std::map<std::string, std::string> m_requestTexts;
    govern::StopState m_lastStop = govern::StopState::Running; ///< as last seen by `tick`
    std::string m_notedHalt; ///< the newest that the ledger tells of
    govern::SeenCommands m_seenCommands;
    std::map<std::string, std::string> m_joined;    ///< people of the installation in this exercise, and their keys
    std::map<std::string, int> m_wrongTries;        ///< in a row, as the ledger last heard of them; by person
    std::string m_peopleSeen; ///< of their folder, when the people were last looked after
    govern::DeskAnswer m_lastAnswer;
    Notice m_notice;
    std::set<IncidentId> m_unsaved; ///< whose page in the index lags behind
    LogPace m_logPace; ///< of the followed logs
    std::map<std::string, double> m_seconds;
    std::int64_t m_rejectedInRun = 0;
    std::int64_t m_recordsInRun = 0;
    std::int64_t m_duplicates = 0;
    double m_pace = 10;
    std::optional<Timestamp> m_wasAt; ///< case clock of the newest entry when the case was opened
    bool m_isAgentReady = false;
    bool m_isClockStarted = false;
    std::atomic<bool> m_isReadingCancelled{false};
    Heartbeat m_heartbeat;
    std::optional<ClockMark> m_clockMark;                  ///< both clocks when they were last known to be right
    std::optional<Timestamp> m_haltedAt;                   ///< case clock, while halted
    std::map<std::string, Timestamp> m_lookAgainAfter;     ///< by step whose outcome or undo nobody knows, or that waits for room in a limit
    JobCause m_cause;                                      ///< what is being taken; moves into the job it becomes
    std::set<std::filesystem::path> m_commandsUnderWay;
    std::set<std::filesystem::path> m_commandsLeft; ///< taken or refused, and could neither be renamed nor removed
    bool m_isDiskFull = false;
    Timestamp m_fullSince;                                 ///< newest entry before the disk was full, machine time
    std::int64_t m_roomLookedAt = 0;                       ///< the machine's running time, ns
    std::optional<Error> m_failure;                        ///< of a job: the case cannot be written any more
    // Last, in this order: work ends before the lines that it waits for, and both before all else.
    EnginePatience m_patience;
    std::unique_ptr<act::ConnectorLines> m_lines;
    WorkTable m_work;
};

} // namespace cordon::engine
