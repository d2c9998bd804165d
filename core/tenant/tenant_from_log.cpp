#include "core/tenant/tenant_from_log.h"

#include "core/domain/relation.h"
#include "core/domain/sign_in.h"
#include "core/tenant/log_reading_rules.h"

#include <algorithm>
#include <utility>

namespace cordon::tenant {
namespace {

using std::chrono::hours;

constexpr hours usualSessionLength{1}; ///< the provider's default; records do not say until when
constexpr std::size_t mostTenants = 64;
constexpr const char* logHand = "log";

const EntityRef* targetOf(const Event& event, EntityKind kind, std::string_view relation)
{
    for (const EventTarget& target : event.targets) {
        if (target.entity.kind == kind && target.relation == relation)
            return &target.entity;
    }
    return nullptr;
}

/// Whose credential it is: who it was given to, else who made it.
const EntityRef* receiverOf(const Event& event)
{
    for (const char* relation : {"granted", "updated"}) {
        if (const EntityRef* account = targetOf(event, EntityKind::Account, relation))
            return account;
    }
    return event.actor && event.actor->kind == EntityKind::Account ? &*event.actor : nullptr;
}

/// An instance names its role session after itself: `…/i-0c41d2e9f0a1b2c3d`.
std::optional<EntityRef> instanceOf(const EntityRef& credential)
{
    for (const std::string* text : {&credential.name, &credential.id}) {
        const std::size_t slash = text->rfind('/');
        const std::string last = slash == std::string::npos ? *text : text->substr(slash + 1);
        const bool isInstance = last.size() >= 10 && last.size() <= 19 && last.rfind("i-", 0) == 0 &&
                                std::all_of(last.begin() + 2, last.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
        if (isInstance)
            return EntityRef{EntityKind::Workload, last, "instance", last};
    }
    return std::nullopt;
}

Value listOf(const std::set<std::string>& items)
{
    Value list = Value::Array{};
    for (const std::string& item : items)
        list.append(item);
    return list;
}

} // namespace

EntityRecord TenantFromLog::Thing::record() const
{
    const auto named = [](const EntityRef* name) { return name ? std::optional(*name) : std::nullopt; };
    EntityRecord record;
    record.ref = ref;
    record.owner = named(owner);
    record.parent = named(parent);
    record.madeWith = named(madeWith);
    record.createdBy = named(createdBy);
    record.createdAt = createdAt;
    record.expiresAt = expiresAt;
    return record;
}

TenantFromLog::History& TenantFromLog::Thing::past()
{
    if (!history)
        history = std::make_unique<History>();
    return *history;
}

const EntityRef* TenantFromLog::nameOf(const std::optional<EntityRef>& ref)
{
    const Thing* known = ref ? thing(*ref) : nullptr;
    return known ? &known->ref : nullptr;
}

TenantFromLog::Thing* TenantFromLog::thing(const EntityRef& ref)
{
    if (ref.id.empty() || ref.id.size() > longestId)
        return nullptr;
    const std::string key = ref.key();
    if (const auto found = m_things.find(key); found != m_things.end()) {
        EntityRef& known = found->second.ref;
        if (known.type.empty() && !ref.type.empty()) {
            known.type = ref.type;
            found->second.isDirty = true;
        }
        return &found->second;
    }
    if (m_things.size() >= mostThings) {
        ++m_dropped;
        return nullptr;
    }
    Thing made;
    made.ref = ref;
    if (made.ref.name.size() > longestId)
        made.ref.name.resize(longestId);
    return &m_things.emplace(key, std::move(made)).first->second;
}

void TenantFromLog::change(Thing& thing, const char* attribute, Value value, Timestamp at)
{
    thing.past().changes.push_back({attribute, std::move(value), at});
    thing.isDirty = true;
}

void TenantFromLog::add(const Event& event)
{
    if (event.isFinding)
        return; // what a product says of a thing is no sign that it is there
    if (!event.tenant.empty() && (m_tenants.size() < mostTenants || m_tenants.contains(event.tenant)))
        ++m_tenants[event.tenant];
    if (isRefusedSignIn(event))
        return; // an account that does not exist is refused too, and none is used by that
    addActor(event);
    const bool hasFailed = event.outcome == EventOutcome::Failure;
    for (const EventTarget& target : event.targets) {
        if (isOtherName(target.relation))
            continue;
        if (!hasFailed)
            addTarget(event, target);
        else if (target.relation != "created" && !saysMissing(event.error))
            (void)thing(target.entity);
    }
    if (!hasFailed)
        addUses(event);
}

void TenantFromLog::addActor(const Event& event)
{
    if (event.actor) {
        if (Thing* known = thing(*event.actor)) { // a provider keeps when a role or user was last active, too
            known->lastUse =
                LastUse{event.time, event.action.substr(0, event.action.find(':')), event.region, event.address};
            known->isDirty = true;
        }
    }
    if (event.via)
        addCredentialUse(event, *event.via);
    for (const EventTarget& target : event.targets) {
        if (target.relation == "used" && target.entity.kind == EntityKind::Credential)
            addCredentialUse(event, target.entity); // the role session beside its key
    }
}

void TenantFromLog::addCredentialUse(const Event& event, const EntityRef& credential)
{
    Thing* known = thing(credential);
    if (!known)
        return;
    if (event.actor && known->ref.type == "session" && event.actor->kind == EntityKind::Role) {
        if (!known->parent)
            known->parent = nameOf(event.actor);
        if (!known->createdAt)
            addSession(event, *known);
    } else if (event.actor && !known->owner && event.actor->kind == EntityKind::Account) {
        known->owner = nameOf(event.actor);
    }
    known->lastUse = LastUse{event.time, event.action.substr(0, event.action.find(':')), event.region, event.address};
    known->isDirty = true;
}

/// A session that is first seen in use began then, as far as the log knows.
void TenantFromLog::addSession(const Event& event, Thing& thing)
{
    thing.createdAt = event.time;
    thing.expiresAt = event.time + usualSessionLength;
    thing.isDirty = true;
}

void TenantFromLog::addTarget(const Event& event, const EventTarget& target)
{
    Thing* known = thing(target.entity);
    if (!known)
        return;
    const std::string& relation = target.relation;
    const EntityKind kind = target.entity.kind;
    if (relation == "created") {
        addCreated(event, *known);
    } else if (relation == "deleted") {
        known->isGone = true;
        known->goneAt = event.time;
        known->isDirty = true;
        addHolding(event, target);
    } else if (relation == "activated" && kind == EntityKind::Credential) {
        change(*known, "status", "active", event.time);
    } else if (relation == "deactivated" && kind == EntityKind::Credential) {
        change(*known, "status", "inactive", event.time);
    } else if (relation == "stopped" && kind == EntityKind::Workload) {
        change(*known, "status", "stopped", event.time);
    } else if (relation == "activated" && kind == EntityKind::Workload) {
        change(*known, "status", "running", event.time);
    } else if (relation == "attached" || relation == "detached") {
        addHolding(event, target);
    } else if (relation == "shared" || (kind == EntityKind::Role && event.action == "iam:UpdateAssumeRolePolicy")) {
        if (!std::exchange(known->past().hasTrustHistory, true))
            change(*known, "trust", "as before the log began", Timestamp());
        change(*known, "trust", "as changed at " + event.time.toString(), event.time);
    }
}

void TenantFromLog::addCreated(const Event& event, Thing& made)
{
    const bool isAgain = made.isGone;
    made.isGone = false;
    made.goneAt.reset();
    made.isDirty = true;
    if (made.createdBy && !isAgain)
        return; // a session name that is used again; a time that was only inferred from a use gives way
    made.createdAt = event.time;
    made.createdBy = nameOf(event.actor);
    if (isAgain) {
        made.past().policies.clear();
        made.past().grants.clear();
        for (const auto& [attribute, value] : defaultState(made.ref.kind))
            change(made, attribute.c_str(), value, event.time);
    }
    if (made.ref.kind != EntityKind::Credential)
        return;
    if (made.ref.type == "session") {
        addSession(event, made);
        made.madeWith = nameOf(event.via);
        if (const EntityRef* role = targetOf(event, EntityKind::Role, "assumed"))
            made.parent = nameOf(*role);
    } else if (const EntityRef* owner = receiverOf(event)) {
        made.owner = nameOf(*owner);
    }
}

/// Policies and memberships: who holds them now.
void TenantFromLog::addHolding(const Event& event, const EventTarget& target)
{
    const bool isPolicy = target.entity.kind == EntityKind::Policy;
    if (!isPolicy && (target.entity.kind != EntityKind::Group || target.relation == "deleted"))
        return;
    const bool isTaken = target.relation != "attached";
    for (const EventTarget& other : event.targets) {
        if (!isIdentity(other.entity.kind) || other.entity == target.entity || other.relation == "deleted")
            continue;
        Thing* holder = thing(other.entity);
        if (!holder)
            continue;
        std::set<std::string>& held = isPolicy ? holder->past().policies : holder->past().grants;
        const bool isChanged = isTaken ? held.erase(target.entity.id) > 0 : held.insert(target.entity.id).second;
        if (isChanged)
            change(*holder, isPolicy ? "policies" : "grants", listOf(held), event.time);
    }
}

void TenantFromLog::addUses(const Event& event)
{
    if (!event.actor)
        return;
    if (event.actor->kind == EntityKind::Role) {
        if (event.via)
            addInstanceUse(event, *event.via);
        for (const EventTarget& target : event.targets) {
            if (target.relation == "used" && target.entity.kind == EntityKind::Credential)
                addInstanceUse(event, target.entity);
        }
    }
    if (!canDepend(event.actor->kind))
        return;
    for (const EventTarget& target : event.targets) {
        const std::string& relation = target.relation;
        const bool isUse =
            relation == "used" || relation == "assumed" || relation == "read" || relation == "impersonated";
        const EntityKind kind = target.entity.kind;
        const bool isUsable = kind == EntityKind::Credential || kind == EntityKind::Role ||
                              kind == EntityKind::Secret || kind == EntityKind::Resource ||
                              kind == EntityKind::Workload;
        if (isUse && isUsable && target.entity != *event.actor)
            addUse(target.entity, *event.actor, event.time);
    }
}

void TenantFromLog::addInstanceUse(const Event& event, const EntityRef& credential)
{
    const auto instance = instanceOf(credential);
    if (instance && thing(*instance))
        addUse(*event.actor, *instance, event.time);
}

void TenantFromLog::addUse(const EntityRef& used, const EntityRef& by, Timestamp at)
{
    const std::pair names(nameOf(used), nameOf(by));
    if (!names.first || !names.second)
        return;
    const auto found = m_uses.find(names);
    if (found != m_uses.end()) {
        ++found->second.times;
        found->second.last = at;
        found->second.isDirty = true;
        return;
    }
    if (m_uses.size() >= mostUses) {
        ++m_dropped;
        return;
    }
    m_uses.emplace(names, Use{1, at, at});
}

Result<void> TenantFromLog::writeChanges(Tenant& tenant, const Thing& thing)
{
    // The n-th change of an attribute at one moment is the n-th row of that moment: what an earlier run over the same
    // log wrote is recognised and not written again above what the agent did since.
    if (!thing.history)
        return {};
    std::map<std::pair<std::string, Timestamp>, std::int64_t> ordinals;
    for (std::size_t i = 0; i < thing.history->changes.size(); ++i) {
        const StateChange& change = thing.history->changes[i];
        const std::int64_t ordinal = ordinals[{change.attribute, change.at}]++;
        if (i < thing.history->writtenChanges)
            continue;
        CORDON_TRY(const std::int64_t known,
                   tenant.countStates(thing.ref, change.attribute, change.at, logHand));
        if (ordinal < known)
            continue;
        EntityRecord one;
        one.ref = thing.ref;
        one.state.emplace(change.attribute, change.value);
        CORDON_CHECK(tenant.put(one, logHand, change.at));
    }
    return {};
}

Result<void> TenantFromLog::writeThing(Tenant& tenant, const Thing& thing)
{
    CORDON_CHECK(tenant.put(thing.record(), logHand, Timestamp()));
    CORDON_CHECK(writeChanges(tenant, thing));
    if (thing.lastUse)
        CORDON_CHECK(tenant.addUse(thing.ref, *thing.lastUse));
    if (!thing.isGone || !thing.goneAt)
        return {};
    const auto removed = tenant.remove(thing.ref, *thing.goneAt);
    return removed || removed.error().code == ErrorCode::NotFound ? Result<void>() : removed;
}

/// By kind and id: in the order of their index in the tenant, new rows are quick.
std::vector<const TenantFromLog::Thing*> TenantFromLog::dirtyThings() const
{
    std::vector<const Thing*> dirty;
    for (const auto& [key, thing] : m_things) {
        if (thing.isDirty)
            dirty.push_back(&thing);
    }
    std::sort(dirty.begin(), dirty.end(), [](const Thing* a, const Thing* b) {
        const EntityRef& first = a->ref;
        const EntityRef& second = b->ref;
        return first.kind != second.kind ? toString(first.kind) < toString(second.kind) : first.id < second.id;
    });
    return dirty;
}

Result<void> TenantFromLog::flush(Tenant& tenant)
{
    const std::shared_ptr<void> remembered = tenant.rememberRows();
    CORDON_TRY(auto transaction, store::Transaction::begin(tenant.database()));
    for (const Thing* thing : dirtyThings())
        CORDON_CHECK(writeThing(tenant, *thing));
    for (const auto& [names, use] : m_uses) {
        if (use.isDirty)
            CORDON_CHECK(tenant.addSeenUse(*names.first, *names.second, use.times, use.first, use.last));
    }
    CORDON_CHECK(transaction.commit());
    // Only what is safely in the file counts as written.
    for (auto& [key, thing] : m_things) {
        thing.isDirty = false;
        if (thing.history)
            thing.history->writtenChanges = thing.history->changes.size();
    }
    for (auto& [names, use] : m_uses)
        use.isDirty = false;
    return {};
}

Value TenantFromLog::description() const
{
    const auto most = std::max_element(m_tenants.begin(), m_tenants.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return Value::Object{{"tenant", "cordon/v1"},
                         {"name", most == m_tenants.end() ? std::string("from-log") : most->first},
                         {"environment", "exercise"}};
}

} // namespace cordon::tenant
