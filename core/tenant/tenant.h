#pragma once

#include "core/base/clock.h"
#include "core/store/database.h"
#include "core/tenant/entity_record.h"
#include "core/tenant/fault.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace cordon::tenant {

/// One attribute of one thing as it stands: value, the row that set it, and whose hand did.
struct StateRow
{
    std::int64_t seq = 0; ///< 0 when nothing ever set it
    Value value;
    std::string hand; ///< "inventory", "log", "cordon:SERIAL", or another person's name
};

/// Something that the tenant did for a permit.
struct DeedRow
{
    std::int64_t seq = 0;
    std::string verb;
    Value detail;
    bool isUndone = false;
};

/// The exercise tenant: identities, credentials, sessions, roles, policies, workloads, secrets and who depends on what,
/// in one SQLite file, with a provider's manners. Time is the case clock: what was made later than now is not there
/// yet. Belongs to one thread at a time (the exercise connector's). Source: docs/formats/tenant.md
class Tenant
{
public:
    /// A new tenant in `file`, filled from a description (docs/formats/tenant.md); an empty object gives an empty one.
    /// The file appears whole or not at all. ErrorCode::Conflict when it is there, Invalid with the line when the
    /// description breaks its format.
    /// @param clock  the case clock; borrowed, outlives the tenant
    /// @param uses   of credentials that the description names, beside its own `last_used`
    [[nodiscard]] static Result<Tenant> create(const std::filesystem::path& file, const Value& description,
                                               const Clock& clock, const std::vector<CredentialUse>& uses = {});
    [[nodiscard]] static Result<Tenant> open(const std::filesystem::path& file, const Clock& clock);

    [[nodiscard]] const std::string& name() const { return m_name; } ///< the provider's tenant: an account id
    [[nodiscard]] Timestamp now() const { return m_clock->now(); }
    [[nodiscard]] store::Database& database() { return m_database; }
    /// How long a change takes until uses see it. Reads of the control plane see it at once.
    [[nodiscard]] Duration propagation() const { return m_propagation; }
    [[nodiscard]] Result<void> setPropagation(Duration delay);

    /// The tenant's part of the world behind one connector: things whose id begins with one of `prefixes`.
    struct Part
    {
        std::string connector;
        std::vector<std::string> prefixes;
    };
    /// Splits the tenant between connectors; what is in no part belongs to the connector "exercise". Takes effect when
    /// the case is opened.
    [[nodiscard]] Result<void> setParts(const std::vector<Part>& parts);
    [[nodiscard]] Result<std::vector<Part>> parts();
    /// From now on each call through that connector takes so long, on the case clock; nothing: no call comes back.
    [[nodiscard]] Result<void> setDelay(const std::string& connector, std::optional<Duration> delay);
    /// Waits as `setDelay` says. ErrorCode::TimedOut when the one who asked left meanwhile.
    [[nodiscard]] Result<void> takeTime(const std::string& connector, const std::stop_token& stop);
    /// Waits until the one who asked leaves; always ErrorCode::TimedOut.
    [[nodiscard]] Result<void> hang(const std::string& call, const std::stop_token& stop) const;

    // Filling
    /// Adds a thing or completes what is known of it. State goes in with `hand` and the time `at`. A record made after
    /// a thing of that name was removed is a new thing.
    [[nodiscard]] Result<void> put(const EntityRecord& record, const std::string& hand, Timestamp at);
    /// While many things are put, keeps in mind where each of them is; ends when the returned value goes away.
    [[nodiscard]] std::shared_ptr<void> rememberRows();
    [[nodiscard]] Result<void> addUse(const EntityRef& entity, const LastUse& use);
    /// `by` needs `used` by the inventory's word: counts always.
    [[nodiscard]] Result<void> addDependent(const EntityRef& used, const EntityRef& by);
    /// `by` no longer needs `from` but `to`, by the inventory's word.
    [[nodiscard]] Result<void> moveDependent(const EntityRef& by, const EntityRef& from, const EntityRef& to);
    /// A log shows `by` using `used` so many times in all: counts when `first` is before the incident's first event
    /// (`setIncidentStart`).
    [[nodiscard]] Result<void> addSeenUse(const EntityRef& used, const EntityRef& by, std::int64_t times,
                                          Timestamp first, Timestamp last);
    /// From when uses of this thing are the incident's. Until it is told, uses seen in a log count nowhere.
    [[nodiscard]] Result<void> setIncidentStart(const EntityRef& entity, Timestamp start);
    /// The thing is gone from `at` on; nothing brings it back.
    [[nodiscard]] Result<void> remove(const EntityRef& entity, Timestamp at);

    // Reading
    /// Everything that `inspect` answers. A thing that is not there is a fact; any address is always there.
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& entity);
    /// What an attribute is now, or was so many changes ago; seq 0 when there is no such state.
    [[nodiscard]] Result<StateRow> state(const EntityRef& entity, const std::string& attribute, int before = 0);
    /// How often `hand` set the attribute at exactly that time.
    [[nodiscard]] Result<std::int64_t> countStates(const EntityRef& entity, const std::string& attribute, Timestamp at,
                                                   const std::string& hand);
    /// Things whose owner, parent role or opening credential this is, that exist now. `column`: see Link.
    enum class Link { OwnedBy, SessionsOf, MadeWith };
    [[nodiscard]] Result<std::vector<TargetFacts>> linked(const EntityRef& entity, Link link);
    /// Everything that exists now, of one kind or all, by kind and id.
    [[nodiscard]] Result<std::vector<EntityRef>> entities(std::optional<EntityKind> kind = std::nullopt);

    // Behaving
    /// Uses a credential at the case clock's time as a client would. ErrorCode::Denied with the provider's reason when
    /// it is inactive, its owner suspended, its session revoked or over, or the address blocked, as far as that has
    /// propagated; NotFound when it is gone.
    [[nodiscard]] Result<void> use(const EntityRef& credential, const std::string& action, const std::string& region,
                                   const std::string& address);
    /// Sets an attribute now and returns the row. Uses see it after `propagation`.
    [[nodiscard]] Result<std::int64_t> setState(const EntityRef& entity, const std::string& attribute,
                                                const Value& value, const std::string& hand);
    /// Somebody else changes a thing: drift.
    [[nodiscard]] Result<void> changeByOtherHand(const EntityRef& entity, const std::string& attribute,
                                                 const Value& value, const std::string& hand);
    [[nodiscard]] Result<void> removeByOtherHand(const EntityRef& entity, const std::string& hand);
    /// The next `times` calls of `verb` misbehave. Verbs of the catalogue, or inspect, preview, verify, undo.
    [[nodiscard]] Result<void> failNext(const std::string& verb, Fault fault, int times = 1);
    [[nodiscard]] Result<std::optional<Fault>> takeFault(const std::string& verb);

    // Records of what was done
    /// Takes a permit's serial. ErrorCode::Conflict when it was taken before.
    [[nodiscard]] Result<void> takeSerial(const std::string& serial, const std::string& digest);
    [[nodiscard]] Result<void> addDeed(const std::string& digest, const std::string& serial, const std::string& verb,
                                       const Value& detail);
    /// The newest deed for that action digest, if any.
    [[nodiscard]] Result<std::optional<DeedRow>> deedFor(const std::string& digest);
    [[nodiscard]] Result<void> markUndone(const std::string& serial);

private:
    Tenant(store::Database database, const Clock& clock)
        : m_database(std::move(database))
        , m_clock(&clock)
    {}
    [[nodiscard]] Result<void> loadSettings();
    [[nodiscard]] Result<void> writeSetting(const std::string& name, const std::string& value);
    [[nodiscard]] Result<std::string> readSetting(const std::string& name); ///< "" when there is none
    /// Rows of the things that a record names; 0 for none.
    struct Links
    {
        std::int64_t owner = 0;
        std::int64_t parent = 0;
        std::int64_t madeWith = 0;
    };
    [[nodiscard]] Result<std::int64_t> rowOf(const EntityRef& entity);     ///< 0 when unknown
    [[nodiscard]] Result<std::int64_t> ensureRow(const EntityRef& entity); ///< makes a bare one when unknown
    [[nodiscard]] Result<std::int64_t> insertRow(const EntityRecord& record, const Links& links);
    [[nodiscard]] Result<Links> linksOf(const EntityRecord& record);
    [[nodiscard]] Result<void> writeLinks(std::int64_t row, const EntityRecord& record, const Links& links);
    [[nodiscard]] Result<std::int64_t> writeState(std::int64_t row, const std::string& attribute, const Value& value,
                                                  Timestamp at, Duration delay, const std::string& hand);
    [[nodiscard]] Result<void> readStates(std::int64_t row, TargetFacts& facts);
    [[nodiscard]] Result<void> readLastUse(std::int64_t row, TargetFacts& facts);
    [[nodiscard]] Result<void> readDependents(std::int64_t row, Timestamp incidentStart, TargetFacts& facts);
    [[nodiscard]] Result<void> readKeys(std::int64_t owner, const std::string& except, const std::string& attribute,
                                        TargetFacts& facts);
    [[nodiscard]] Result<void> readOwner(std::int64_t owner, TargetFacts& facts);
    [[nodiscard]] Result<Value> seenByUses(const EntityRef& entity, const std::string& attribute);
    [[nodiscard]] Result<void> noteOtherHand(const EntityRef& entity, const std::string& what, const std::string& hand);

    using Rows = std::unordered_map<std::string, std::int64_t>;

    store::Database m_database;
    const Clock* m_clock;
    std::string m_name;
    Duration m_propagation{};
    std::weak_ptr<Rows> m_rows; ///< by EntityRef::key(), while somebody wants them remembered
};

} // namespace cordon::tenant
