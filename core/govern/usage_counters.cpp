#include "core/govern/usage_counters.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

constexpr Duration longestWindow = std::chrono::hours(24);

void dropOld(std::deque<Timestamp>& times, Timestamp now)
{
    while (!times.empty() && times.front() < now - longestWindow)
        times.pop_front();
}

int countWithin(const std::deque<Timestamp>& times, Duration window, Timestamp now)
{
    // Later than `now` counts too: a clock set back frees no budget.
    return static_cast<int>(std::count_if(times.begin(), times.end(), [&](Timestamp t) { return t > now - window; }));
}

Result<Timestamp> timeIn(const Value& event)
{
    return Timestamp::parse(event["at"].asString());
}

Value toValue(const std::vector<EntityRef>& targets)
{
    Value::Array list;
    for (const EntityRef& target : targets)
        list.push_back(Value::Object{{"kind", toString(target.kind)}, {"id", target.id}});
    return list;
}

Result<std::vector<EntityRef>> targetsIn(const Value& event)
{
    std::vector<EntityRef> targets;
    for (const Value& item : event["targets"].asArray()) {
        const auto kind = entityKindFrom(item["kind"].asString());
        if (!kind)
            return fail(ErrorCode::Invalid, "usage: a target of unknown kind");
        targets.push_back({*kind, item["id"].asString(), {}, {}});
    }
    return targets;
}

} // namespace

Value UsageCounters::reserve(const Reservation& reservation)
{
    Value::Array accounts;
    for (const std::string& account : reservation.accounts)
        accounts.emplace_back(account);
    dropOld(m_actions, reservation.at);
    m_actions.push_back(reservation.at);
    ++m_actionsTotal;
    m_accounts.insert(reservation.accounts.begin(), reservation.accounts.end());
    if (reservation.verb == "workload.isolate") {
        for (const EntityRef& target : reservation.targets)
            m_isolated.insert(target.key());
    }
    m_reserved[reservation.serial] = reservation;
    return Value::Object{{"event", "reserved"},
                         {"serial", reservation.serial},
                         {"digest", reservation.digest},
                         {"verb", reservation.verb},
                         {"connector", reservation.connector},
                         {"targets", toValue(reservation.targets)},
                         {"accounts", std::move(accounts)},
                         {"at", reservation.at.toString()}};
}

Value UsageCounters::finish(const std::string& serial, OutcomeState state)
{
    if (auto closed = m_reserved.extract(serial)) {
        const Reservation& reservation = closed.mapped();
        int& failures = m_failures[reservation.connector];
        failures = state == OutcomeState::Verified ? 0 : failures + 1;
        const bool isFree = (state == OutcomeState::Failed && reservation.verb == "workload.isolate") ||
                            (state == OutcomeState::Verified && reservation.verb == "workload.release");
        for (const EntityRef& target : isFree ? reservation.targets : std::vector<EntityRef>())
            m_isolated.erase(target.key());
    }
    return Value::Object{{"event", "finished"}, {"serial", serial}, {"state", toString(state)}};
}

Value UsageCounters::notBegun(const std::string& serial)
{
    if (const auto closed = m_reserved.extract(serial); closed && closed.mapped().verb == "workload.isolate") {
        for (const EntityRef& target : closed.mapped().targets)
            m_isolated.erase(target.key());
    }
    return Value::Object{{"event", "not_begun"}, {"serial", serial}};
}

Value UsageCounters::undone(const std::string& verb, const std::vector<EntityRef>& targets)
{
    for (const EntityRef& target : verb == "workload.isolate" ? targets : std::vector<EntityRef>())
        m_isolated.erase(target.key());
    return Value::Object{{"event", "undone"}, {"verb", verb}, {"targets", toValue(targets)}};
}

Value UsageCounters::dialogOpened(Timestamp at)
{
    dropOld(m_dialogs, at);
    m_dialogs.push_back(at);
    return Value::Object{{"event", "dialog"}, {"at", at.toString()}};
}

Value UsageCounters::failuresReviewed(const std::string& connector)
{
    m_failures.erase(connector);
    return Value::Object{{"event", "reviewed"}, {"connector", connector}};
}

Result<void> UsageCounters::apply(const LedgerEntry& entry)
{
    const Value* usage = entry.data.find("usage");
    return usage ? applyEvent(*usage) : Result<void>();
}

Result<void> UsageCounters::applyEvent(const Value& usage)
{
    const std::string& event = usage["event"].asString();
    if (event == "reserved") {
        Reservation reservation;
        reservation.serial = usage["serial"].asString();
        reservation.digest = usage["digest"].asString();
        reservation.verb = usage["verb"].asString();
        reservation.connector = usage["connector"].asString();
        CORDON_TRY(reservation.targets, targetsIn(usage));
        for (const Value& account : usage["accounts"].asArray())
            reservation.accounts.push_back(account.asString());
        CORDON_TRY(reservation.at, timeIn(usage));
        (void)reserve(reservation);
    } else if (event == "finished") {
        const std::string& state = usage["state"].asString();
        (void)finish(usage["serial"].asString(), state == "verified" ? OutcomeState::Verified
                                                 : state == "failed" ? OutcomeState::Failed
                                                                     : OutcomeState::Unknown);
    } else if (event == "not_begun") {
        (void)notBegun(usage["serial"].asString());
    } else if (event == "undone") {
        CORDON_TRY(const std::vector<EntityRef> targets, targetsIn(usage));
        (void)undone(usage["verb"].asString(), targets);
    } else if (event == "dialog") {
        CORDON_TRY(const Timestamp at, timeIn(usage));
        (void)dialogOpened(at);
    } else if (event == "reviewed") {
        (void)failuresReviewed(usage["connector"].asString());
    } else {
        return fail(ErrorCode::Invalid, "usage: unknown event '" + event + "'");
    }
    return {};
}

int UsageCounters::actionsWithin(Duration window, Timestamp now) const
{
    return countWithin(m_actions, window, now);
}

int UsageCounters::dialogsWithin(Duration window, Timestamp now) const
{
    return countWithin(m_dialogs, window, now);
}

int UsageCounters::consecutiveFailures(const std::string& connector) const
{
    const auto found = m_failures.find(connector);
    return found == m_failures.end() ? 0 : found->second;
}

bool UsageCounters::isReserved(const std::string& serial, const std::string& digest) const
{
    const auto found = m_reserved.find(serial);
    return found != m_reserved.end() && found->second.digest == digest;
}

std::vector<std::string> accountsTouched(const Action& action, const std::vector<TargetFacts>& facts)
{
    std::set<std::string> accounts;
    for (const EntityRef& target : action.targets) {
        if (target.kind == EntityKind::Account) {
            accounts.insert(target.id);
            continue;
        }
        for (const TargetFacts& known : facts) {
            if (!(known.target == target))
                continue;
            if (known.ownerEntity)
                accounts.insert(known.ownerEntity->id);
            else if (known.owner && !known.owner->empty())
                accounts.insert(*known.owner);
        }
    }
    return {accounts.begin(), accounts.end()};
}

} // namespace cordon::govern
