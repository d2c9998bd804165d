#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// True for credentials that end by themselves and are opened with another one.
[[nodiscard]] bool isSession(const EntityRef& credential);
/// True unless the record says that the call came to nothing.
[[nodiscard]] bool hasWorked(const Event& event);

/// When a thing was deleted, or switched off and not on again, by the events that name it. Whoever makes one of its name
/// again makes another.
class EndOfLife
{
public:
    void take(const Inquiry& inquiry, const Event& event, const EntityRef& entity);
    [[nodiscard]] std::optional<Timestamp> at() const;

private:
    std::optional<Timestamp> m_deleted;
    std::optional<Timestamp> m_off;
    std::optional<Timestamp> m_on;
};

/// What the log shows of one thing: how it came to be, what became of it, its last use.
struct Life
{
    bool isOver = false;            ///< it was ended, has run out, or went with the account or role that it belongs to
    std::optional<Timestamp> until; ///< when it ends by itself
    std::optional<Timestamp> lastUsed;
    std::optional<Timestamp> made;
    std::optional<EventId> making;  ///< the event that made it
    std::optional<EntityRef> maker; ///< the credential that it was made with
    std::vector<EntityRef> owners;  ///< accounts and roles whose rights it has
    std::vector<EntityRef> keys;    ///< of a role session's name: the temporary keys that are known
    bool isMadeWithoutKey = false;  ///< of a role session's name: a record of its opening tells no key
    std::vector<EventId> cites;     ///< how it came to be or its last change of state, its last use
};

/// Asks the log for lives. How a credential came to be is looked for before the incident as well, as far back as for
/// identity changes. Where a beginning and an end have the same time, nobody knows which came last: it counts as alive.
class Lives
{
public:
    explicit Lives(const Inquiry& inquiry);

    [[nodiscard]] Result<Life> of(const EntityRef& entity);
    /// When it last came to an end, from the incident's first event on: deleted, or switched off and not on again.
    [[nodiscard]] Result<std::optional<Timestamp>> goneAt(const EntityRef& entity);

private:
    struct Draft;
    void take(const Event& event, const EntityRef& entity, Draft& draft) const;
    void takeMaking(const Event& event, const EntityRef& entity, Draft& draft) const;
    /// True when everybody whose rights it has was deleted after it was made, and nothing was done with it since.
    [[nodiscard]] Result<bool> isOrphan(const Draft& draft);
    /// True when all of its kind that an owner had were ended after it was made, and nothing was done with it since.
    [[nodiscard]] Result<bool> wentWithAll(const EntityRef& entity, const Draft& draft);

    /// False for what another tenant's trail says of a name that two tenants may have.
    [[nodiscard]] bool isAtHome(const Event& event, const EntityRef& entity) const;

    const Inquiry& m_inquiry;
    std::map<EntityRef, std::set<std::pair<std::string, std::string>>> m_homes; ///< source and tenant of what the incident made
    std::map<EntityRef, std::optional<Timestamp>> m_goneAt; ///< by thing: when it last came to an end
};

} // namespace cordon::investigate
