#pragma once

#include "core/domain/event.h"
#include "core/tenant/tenant.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cordon::tenant {

/// Derives an exercise tenant from any log: what the log names becomes the tenant, as it stands after the last event
/// added. A thing that the log deletes is gone; a key that was seen in use is active; nothing is known but what the
/// log shows. Log text is data: ids are bounded in length and number. Source: docs/formats/tenant.md, "from a log"
class TenantFromLog
{
public:
    static constexpr std::size_t mostThings = 200'000;
    static constexpr std::size_t mostUses = 500'000;
    static constexpr std::size_t longestId = 2048;

    /// Takes one event into account. Events come in time order.
    void add(const Event& event);
    /// Writes what is new since the last call into the tenant, in one transaction. State that the agent changed
    /// meanwhile stays, unless the log itself changes it later.
    [[nodiscard]] Result<void> flush(Tenant& tenant);

    /// A description for Tenant::create: the provider's tenant that most events name, nothing else.
    [[nodiscard]] Value description() const;
    [[nodiscard]] std::size_t thingCount() const { return m_things.size(); }
    /// Things and uses left out because a bound was reached.
    [[nodiscard]] std::size_t droppedCount() const { return m_dropped; }

private:
    struct StateChange
    {
        std::string attribute;
        Value value;
        Timestamp at;
    };
    /// What few things have.
    struct History
    {
        std::vector<StateChange> changes; ///< all of them, in order
        std::size_t writtenChanges = 0;
        std::set<std::string> policies;
        std::set<std::string> grants;
        bool hasTrustHistory = false;
    };
    /// Small, because a long log names many: other things are meant by the place of their name in `m_things`.
    struct Thing
    {
        EntityRef ref;
        const EntityRef* owner = nullptr;
        const EntityRef* parent = nullptr;
        const EntityRef* madeWith = nullptr;
        const EntityRef* createdBy = nullptr;
        std::optional<Timestamp> createdAt;
        std::optional<Timestamp> expiresAt;
        std::optional<LastUse> lastUse;
        std::optional<Timestamp> goneAt;
        std::unique_ptr<History> history; ///< null: none
        bool isGone = false;
        bool isDirty = true;

        [[nodiscard]] EntityRecord record() const;
        [[nodiscard]] History& past();
    };
    struct Use
    {
        std::int64_t times = 0;
        Timestamp first;
        Timestamp last;
        bool isDirty = true;
    };

    Thing* thing(const EntityRef& ref);
    /// The name of a thing as `m_things` has it; null when there is no room for it.
    const EntityRef* nameOf(const std::optional<EntityRef>& ref);
    void addActor(const Event& event);
    void addCredentialUse(const Event& event, const EntityRef& credential);
    void addInstanceUse(const Event& event, const EntityRef& credential);
    void addTarget(const Event& event, const EventTarget& target);
    void addCreated(const Event& event, Thing& thing);
    void addSession(const Event& event, Thing& thing);
    void addHolding(const Event& event, const EventTarget& target);
    void addUses(const Event& event);
    void addUse(const EntityRef& used, const EntityRef& by, Timestamp at);
    [[nodiscard]] std::vector<const Thing*> dirtyThings() const;
    [[nodiscard]] static Result<void> writeThing(Tenant& tenant, const Thing& thing);
    [[nodiscard]] static Result<void> writeChanges(Tenant& tenant, const Thing& thing);
    void change(Thing& thing, const char* attribute, Value value, Timestamp at);

    std::unordered_map<std::string, Thing> m_things;
    std::map<std::pair<const EntityRef*, const EntityRef*>, Use> m_uses; ///< what is used, by whom
    std::map<std::string, std::int64_t> m_tenants; ///< events by provider's tenant
    std::size_t m_dropped = 0;
};

} // namespace cordon::tenant
