#pragma once

#include "core/correlate/incident_builder.h"
#include "core/engine/alert_folder.h"
#include "core/engine/case_state.h"
#include "core/engine/commands.h"
#include "core/engine/detection.h"
#include "core/engine/seen_lookup.h"
#include "core/investigate/investigator.h"
#include "core/investigate/scope.h"
#include "core/plan/planner.h"
#include "core/record/case_folder.h"

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

namespace cordon::engine {

/// The thinking half of the story: rule hits become alerts, alerts become incidents, and each incident gets its brief
/// and its sequence. Decides nothing and touches nothing outside the case. Belongs to the engine thread.
class IncidentDesk
{
public:
    IncidentDesk(record::CaseStore& store, IncidentFiles& files, const plan::Planner& planner,
                 const crypto::SigningKey& indexKey)
        : m_store(store), m_files(files), m_planner(planner), m_indexKey(indexKey)
    {
    }

    /// Under which other names things are known. Before the first alert.
    void setNames(std::shared_ptr<const correlate::NameRules> names)
    {
        m_names = std::move(names);
        m_builder = correlate::IncidentBuilder(m_names);
    }
    /// From now on sequences rest on what this mandate lets the agent read. Until then, and in a case without an agent,
    /// they are proposals to people.
    void setMandate(std::shared_ptr<const Mandate> mandate);
    /// Keeps what a rule said about events that are in the case now. Within the caller's transaction.
    /// @param measured  what was unusual about them, with its rarity
    /// @param about  as in RuleHit
    [[nodiscard]] Result<void> keepHit(const RuleInfo& rule, const std::vector<EventId>& events,
                                       const Measured& measured = {}, const std::optional<RuleHit::About>& about = {});
    /// Keeps what another product said in a record that is in the case now. Within the caller's transaction.
    [[nodiscard]] Result<void> keepFinding(Alert finding, EventId event);
    /// Learns from an event that came into the case. Where every event comes this way, `lineUp` need not look at them.
    void observe(const Event& event);
    /// Makes alerts anew from every hit of the case and puts those to come in line, by the time of their last event.
    /// @param alsoTo  is shown every event of the case too, in time order: one pass over all of them serves both
    [[nodiscard]] Result<void> lineUp(const std::function<void(const Event&)>& alsoTo = {});
    /// Makes alerts of the hits kept since the last `lineUp` or `lineUpNew`, or lets alerts grow by them, and puts those in
    /// line. Costs nothing for what was there before.
    [[nodiscard]] Result<void> lineUpNew();
    /// Time at which the next alert in line comes; nothing when none is left.
    [[nodiscard]] std::optional<Timestamp> nextAlert() const;
    /// Takes alerts up to `upTo` in, corrects numbering when all are in, and gives the incidents that changed, highest
    /// risk first, with brief and sequence made anew. Looks at no event after `upTo`.
    /// @param isBusy  incidents whose file is somebody else's now: what is new for them is taken in the next time
    using IsBusy = std::function<bool(IncidentId)>;
    /// Whether something new waits for an incident whose file is nobody's now: \ref take takes it in.
    [[nodiscard]] bool hasLateFree(const IsBusy& isBusy) const;
    [[nodiscard]] Result<std::vector<IncidentId>> take(Timestamp upTo, const plan::ConnectorView& connector,
                                                       const IsBusy& isBusy);

    /// From now on investigation may read records too.
    void setRecords(investigate::RecordReader records) { m_investigator = investigate::Investigator({}, std::move(records)); }

    /// Makes brief and sequence of every incident anew. @return their numbers, highest risk first
    [[nodiscard]] Result<std::vector<IncidentId>> refreshAll(Timestamp upTo, const plan::ConnectorView& connector,
                                                             const IsBusy& isBusy);

    /// Makes the sequence anew when the systems named somebody who depends on its secrets and is not in it yet.
    [[nodiscard]] Result<void> addConsumers(IncidentFile& file, const plan::ConnectorView& connector);

    /// What a person's wish says of the alerts as they lie now. ErrorCode::NotFound, Invalid.
    [[nodiscard]] Result<HandOrder> orderFor(const Arrange& wish) const;
    /// What people ordered, oldest first. Takes effect at the next `take`.
    [[nodiscard]] Result<void> setOrders(std::vector<HandOrder> orders);
    /// Incidents that an order of that kind touches: nobody may work on them when it is given. For an order that is taken
    /// back those that hold alerts which it names.
    [[nodiscard]] std::set<IncidentId> touchedBy(const Arrange& wish) const;
    /// Incidents that went into another (or, where that is unset, came back) since the last call.
    struct Joined
    {
        IncidentId incident;
        IncidentId into;
    };
    [[nodiscard]] std::vector<Joined> takeJoined() { return std::exchange(m_joined, {}); }
    /// Steps that people were asked about and that their incident no longer wants, since the last call.
    struct Dropped
    {
        IncidentId incident;
        std::string request;
    };
    [[nodiscard]] std::vector<Dropped> takeDropped() { return std::exchange(m_dropped, {}); }
    /// Incidents that are none any more, by number, and where they went.
    using Gone = std::map<IncidentId, Absorbed>;
    [[nodiscard]] Gone& absorbed() { return m_absorbed; }
    /// Reads them from the index. Before the ledger says what of it is true, and before `lineUp`.
    [[nodiscard]] Result<void> loadGone();
    /// The incident that now holds one that went into another; the number itself when it stands.
    [[nodiscard]] IncidentId holderOf(IncidentId number) const;

    [[nodiscard]] std::int64_t alertCount() const { return static_cast<std::int64_t>(m_taken.size()); }
    [[nodiscard]] const std::vector<Alert>& alerts() const { return m_taken; }
    /// Events of the incident's alerts by or with an entity, newest last: what scope verification compares with.
    [[nodiscard]] Result<std::vector<Event>> misuseEvents(const IncidentFile& file) const;
    /// What products say that were not fed from a log of the case: the only findings that are a source of their own.
    [[nodiscard]] std::vector<investigate::IndependentFinding> independentFindings(const IncidentFile& file) const;

private:
    [[nodiscard]] Result<void> readRules();
    [[nodiscard]] Result<void> foldHits();
    [[nodiscard]] Result<RuleHit> hitFrom(const Value& value) const;
    void putInLine(std::vector<Alert> alerts);
    void sortByRisk(std::vector<IncidentId>& ids) const;
    [[nodiscard]] Result<void> refresh(IncidentFile& file, Incident incident, Timestamp upTo,
                                       const plan::ConnectorView& connector);
    /// Brief of an incident from what a lookup shows, with the members that it brought in.
    struct Thought
    {
        Incident incident;
        Brief brief;
    };
    static void addConsumers(Thought& thought, const IncidentFile& file);
    [[nodiscard]] Incident withoutSightings(Incident incident) const;
    [[nodiscard]] Result<Thought> think(Incident incident, const EventLookup& lookup, Timestamp upTo) const;
    /// The incident as far as the agent may read it; what is left out goes into `view`.
    [[nodiscard]] Result<Incident> asSeen(const Incident& incident, const SeenLookup& seen, AgentView& view) const;
    [[nodiscard]] Result<std::map<EntityRef, std::vector<Citation>>> proofOf(const Incident& incident) const;
    void keep(IncidentFile& file, Thought thought, Plan plan, AgentView view);
    [[nodiscard]] Result<void> refreshForAgent(IncidentFile& file, const Incident& incident, Timestamp upTo,
                                               const plan::ConnectorView& connector);
    [[nodiscard]] Result<void> keepAlert(const Alert& alert);
    [[nodiscard]] bool isSourceRead(const ExternalOrigin& origin) const;
    [[nodiscard]] Result<void> keepHitDocument(EventId event, const std::string& rule, Value hit);
    [[nodiscard]] Result<void> learnAllNumbers();
    using Contested = std::unordered_map<EventId, std::set<IncidentId>>;
    void learnNumbers(const IncidentFile& file, Contested& contested);
    [[nodiscard]] Result<void> settleContested(const Contested& contested);
    [[nodiscard]] Result<void> learnNumbersOfAlerts();
    [[nodiscard]] Result<std::unordered_map<AlertId, EventId>> lowestEvents();
    [[nodiscard]] Result<void> renameAlertsOfAbsorbed(const std::vector<Alert>& alerts);
    [[nodiscard]] IncidentId numberByAlerts(const std::vector<AlertId>& alerts) const;
    [[nodiscard]] IncidentId numberByEvents(const std::vector<AlertId>& alerts) const;
    [[nodiscard]] std::vector<IncidentId> absorbedInnermostFirst() const;
    void learnStepsGiven();
    [[nodiscard]] Result<IncidentId> numberFor(IncidentId built, const IsBusy& isBusy);
    IncidentId give(IncidentId number, IncidentId built);
    void takeNumber(IncidentId built);
    [[nodiscard]] Result<void> renumber(const correlate::IncidentGroups::Changes& changes, const IsBusy& isBusy);
    [[nodiscard]] Result<void> absorb(IncidentId gone, IncidentId into);
    [[nodiscard]] Result<void> restore(IncidentId number, const IsBusy& isBusy);
    void takeBack(IncidentFile& again, const IsBusy& isBusy);
    [[nodiscard]] IncidentId builtOfMost(const std::vector<AlertId>& alerts) const;
    [[nodiscard]] Result<std::set<IncidentId>> followGone(const IsBusy& isBusy);
    void settleStrays(const std::vector<IncidentId>& changed);
    [[nodiscard]] Result<std::set<IncidentId>> followOrphans(const IsBusy& isBusy);
    [[nodiscard]] Result<std::set<AlertId>> takeFromLine(Timestamp upTo);
    [[nodiscard]] std::vector<Alert> alertsOf(const Incident& incident) const;
    [[nodiscard]] std::vector<AlertAnchor> anchorsOf(const std::vector<AlertId>& alerts) const;

    record::CaseStore& m_store;
    IncidentFiles& m_files;
    const plan::Planner& m_planner;
    const crypto::SigningKey& m_indexKey;
    std::shared_ptr<const Mandate> m_mandate; ///< null: no agent
    govern::SeeRules m_see;
    investigate::Investigator m_investigator;
    std::shared_ptr<const correlate::NameRules> m_names;
    correlate::IncidentBuilder m_builder;
    std::int64_t m_observed = 0; ///< events that the builder knows
    std::set<std::string, std::less<>> m_sources; ///< of the logs that were read
    std::set<std::string, std::less<>> m_readSources; ///< of every record, other products' findings too
    std::deque<Alert> m_line;
    std::set<IncidentId> m_late; ///< were busy when something new came for them
    std::vector<Alert> m_taken;
    std::unordered_map<AlertId, std::size_t> m_placeOf; ///< in m_taken
    // The builder numbers its incidents anew whenever a case is opened; the case keeps its own.
    std::map<IncidentId, IncidentId> m_numberOf;  ///< of the case, by the builder's
    std::map<IncidentId, IncidentId> m_builderOf; ///< the other way
    std::unordered_map<EventId, IncidentId> m_numberOfEvent;
    /// By what an alert is known again when all are numbered anew: its rule and the lowest of its events.
    using AlertMark = std::pair<std::string, EventId>;
    [[nodiscard]] static AlertMark markOf(const Alert& alert);
    [[nodiscard]] AlertMark markOf(AlertId taken) const { return markOf(m_taken[m_placeOf.at(taken)]); }
    std::map<AlertMark, IncidentId> m_numberOfAlert; ///< kept only once people arranged incidents
    Gone m_absorbed;
    std::set<IncidentId> m_gone; ///< into another, but somebody still worked on one of them
    std::vector<Joined> m_joined;
    std::vector<Dropped> m_dropped;
    std::map<IncidentId, int> m_stepsGiven; ///< highest number of a step that another incident holds now
    bool m_isArranging = false; ///< incidents are made anew as people ordered it
    std::vector<HandOrder> m_orders;
    Timestamp m_lookedUntil; ///< of the events, when an incident was last looked at
    bool m_areOrdersNew = false;
    std::set<std::string> m_keptRules;
    AlertFolder m_folder;
    std::map<std::string, RuleInfo> m_rules; ///< of all hits, once lined up
    std::map<std::string, Value> m_newHits;  ///< since then, by the key of their document
    bool m_isLinedUp = false;
};

} // namespace cordon::engine
