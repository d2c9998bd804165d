#pragma once

#include "core/govern/gate_request.h"
#include "core/govern/identifier_rules.h"
#include "core/govern/verb_schema.h"
#include "govern_fixture.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

/// A second judge, written straight from docs/formats/gate-request.md and mandate.md without a look at the first: slow,
/// flat, one long function, no helper shared with the gate but the schema of verbs and the rules for identifiers, which
/// the hostile plans attack. It answers with everything that the gate answers: effect, tier, every clause that decided,
/// everything that is missing, who is needed, and until when leave is given.
namespace cordon::govern::naive {

enum class Answer { No, Maybe, Yes };

struct Verdict
{
    Effect effect = Effect::Deny;
    Tier tier = Tier::T4;
    std::set<std::string> clauses;
    std::set<std::string> missing;
    int approvers = 0;
    bool needsCommander = false;
    std::set<std::string> factors;
    std::optional<Timestamp> expires; ///< of the permit; absent when none is given
    // For the re-check at the point of use:
    std::set<std::string> early; ///< what steps 0 to 3 deny
    bool isVerified = false;
};

inline bool contains(const std::vector<std::string>& list, const std::string& item)
{
    for (const std::string& each : list) {
        if (each == item)
            return true;
    }
    return false;
}

/// A thing that a forbid looks at, flattened.
struct Thing
{
    std::string kind, id, type;
    std::set<std::string> names;
    bool mayBeAnything = false;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> environment, criticality, owner;
};

inline void describeBy(Thing& thing, const TargetFacts& facts)
{
    thing.type = facts.target.type;
    thing.names.insert(facts.target.name);
    thing.tags = facts.tags;
    thing.environment = facts.environment;
    if (facts.criticality)
        thing.criticality = *facts.criticality == Criticality::High  ? "high"
                            : *facts.criticality == Criticality::Low ? "low"
                                                                     : "normal";
    thing.owner = facts.owner;
}

inline Thing thingOf(const EntityRef& entity, const GateRequest& r)
{
    Thing thing;
    thing.kind = std::string(toString(entity.kind));
    thing.id = entity.id;
    thing.names.insert(entity.name);
    for (const TargetFacts& facts : r.facts) {
        if (facts.target.kind == entity.kind && facts.target.id == entity.id) {
            describeBy(thing, facts);
            break;
        }
    }
    return thing;
}

inline Answer isTheAgent(const Thing& thing, const GateRequest& r)
{
    if (thing.mayBeAnything || (r.selfIds.empty() && r.agentId.empty()))
        return Answer::Maybe;
    for (const std::string& self : r.selfIds) {
        if (!self.empty() && (self == thing.id || thing.names.count(self) > 0))
            return Answer::Yes;
    }
    return thing.id == r.agentId || thing.id == r.agentKey ? Answer::Yes : Answer::No;
}

inline Answer selects(const Selector& selector, const Thing& thing, const GateRequest& r)
{
    const std::string text = selector.toString();
    if (text == "*")
        return Answer::Yes;
    if (text == "self")
        return isTheAgent(thing, r);
    if (text.substr(0, 4) == "tag:") {
        if (!thing.tags)
            return Answer::Maybe;
        return contains(*thing.tags, text.substr(4)) ? Answer::Yes : Answer::No;
    }
    if (thing.mayBeAnything)
        return Answer::Maybe;
    if (text.substr(0, text.find('[')) != thing.kind)
        return Answer::No;
    bool isUnsure = false;
    for (const auto& [attribute, value] : selector.where) {
        std::optional<bool> is;
        switch (attribute) {
        case Attribute::Type:
            if (!thing.type.empty())
                is = thing.type == value;
            break;
        case Attribute::Tag:
            if (thing.tags)
                is = contains(*thing.tags, value);
            break;
        case Attribute::Environment:
            if (thing.environment)
                is = *thing.environment == value;
            break;
        case Attribute::Criticality:
            if (thing.criticality)
                is = *thing.criticality == value;
            break;
        case Attribute::Owner:
            if (thing.owner)
                is = *thing.owner == value;
            break;
        }
        if (is && !*is)
            return Answer::No;
        if (!is)
            isUnsure = true;
    }
    return isUnsure ? Answer::Maybe : Answer::Yes;
}

inline bool covers(const ActionGlob& glob, const std::vector<ActionGlob>& except, const std::string& verb)
{
    const auto fits = [&](const std::string& pattern) {
        if (pattern.back() != '*')
            return pattern == verb;
        return verb.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
    };
    if (!fits(glob.text))
        return false;
    for (const ActionGlob& each : except) {
        if (fits(each.text))
            return false;
    }
    return true;
}

/// Targets, their owners, and what the parameters name.
inline std::vector<Thing> looksAt(const GateRequest& r)
{
    std::vector<Thing> things;
    for (const EntityRef& target : r.action.targets) {
        things.push_back(thingOf(target, r));
        const TargetFacts* facts = nullptr;
        for (const TargetFacts& each : r.facts) {
            if (each.target == target && !facts)
                facts = &each;
        }
        Thing owner;
        owner.kind = "account";
        owner.mayBeAnything = true;
        if (!facts) {
            if (r.action.type != "inventory.read")
                things.push_back(owner);
            continue;
        }
        const bool saysNoTags = !facts->ownerTags || facts->ownerTags->empty();
        const bool saysNobody = facts->owner ? facts->owner->empty() : facts->ownerTags.has_value();
        if (target.kind != EntityKind::Credential && !facts->ownerEntity && saysNoTags && saysNobody)
            continue;
        EntityRef who{EntityKind::Account, facts->owner.value_or(""), {}, {}};
        if (facts->ownerEntity)
            who = *facts->ownerEntity;
        if (!who.id.empty()) {
            owner = thingOf(who, r);
            owner.mayBeAnything = false;
        }
        if (facts->ownerTags && owner.tags)
            things.push_back(owner); // two answers about its tags count both
        if (facts->ownerTags)
            owner.tags = facts->ownerTags;
        things.push_back(owner);
    }
    for (const EntityRef& entity : entitiesIn(r.action)) {
        Thing thing = thingOf(entity, r);
        bool isKnown = false;
        for (const TargetFacts& facts : r.facts)
            isKnown = isKnown || facts.target == entity;
        for (const TargetFacts& facts : r.facts) {
            if (isKnown)
                break;
            if (facts.target.id == entity.id || facts.target.name == entity.id) {
                describeBy(thing, facts);
                isKnown = true;
            } else if (facts.ownerTags && ((facts.owner && *facts.owner == entity.id) ||
                                           (facts.ownerEntity && (facts.ownerEntity->id == entity.id ||
                                                                  facts.ownerEntity->name == entity.id)))) {
                thing.tags = facts.ownerTags;
            }
        }
        things.push_back(thing);
    }
    return things;
}

inline bool anyTextIsIn(const Value& value, const std::vector<std::string>& ids)
{
    if (value.isString() && contains(ids, value.asString()))
        return true;
    for (const Value& item : value.asArray()) {
        if (anyTextIsIn(item, ids))
            return true;
    }
    for (const auto& [name, item] : value.asObject()) {
        if (anyTextIsIn(item, ids))
            return true;
    }
    return false;
}

inline bool beginsWith(const std::string& text, const std::string& start)
{
    return text.compare(0, start.size(), start) == 0;
}

inline std::set<std::string> accountsOf(const GateRequest& r)
{
    std::set<std::string> accounts = r.usage.touchedAccounts();
    for (const EntityRef& target : r.action.targets) {
        if (target.kind == EntityKind::Account) {
            accounts.insert(target.id);
            continue;
        }
        for (const TargetFacts& facts : r.facts) {
            if (!(facts.target == target))
                continue;
            if (facts.ownerEntity)
                accounts.insert(facts.ownerEntity->id);
            else if (facts.owner && !facts.owner->empty())
                accounts.insert(*facts.owner);
        }
    }
    return accounts;
}

inline Verdict judge(const GateRequest& r)
{
    Verdict v;
    std::set<std::string> no;
    const Mandate* m = r.mandate.get();
    const Verb* verb = nullptr;
    for (const Verb& each : verbCatalogue()) {
        if (each.name == r.action.type)
            verb = &each;
    }
    const bool changes = verb && verb->changes;
    const std::size_t targetCount = r.action.targets.size();

    // 0 admission
    if (!m || r.mandateStatus.isSigned != Truth::True)
        no.insert("G1");
    if (m && !(m->validFrom <= r.now && r.now < m->validUntil))
        no.insert("G2");
    if (m && (m->revision < r.mandateStatus.newestSeenRevision || r.action.mandate != m->digest || m->digest.empty()))
        no.insert("G3");
    if (m && (r.connector.environment != m->environment || r.connector.isExercise != (m->environment == "exercise")))
        no.insert("G4");
    if (r.session.isOpen != Truth::True || r.session.id.empty() || r.session.hasHeartbeat != Truth::True ||
        r.session.id != r.action.session || r.session.incident != r.action.incident)
        no.insert("G5");
    if (m && (r.now < r.session.opened || !(r.now < r.session.opened + m->session.ttl) ||
              (!r.session.isWaitingForPeople && !(r.now < r.session.lastActive + m->session.idle)) ||
              r.session.openSessions > m->session.concurrent))
        no.insert("G5");
    if (r.stops != StopState::Running && (r.stops != StopState::ObserveOnly || !verb || changes))
        no.insert("G6");
    if (r.isClockSane != Truth::True || (r.needsReauthentication && (changes || !verb)))
        no.insert("G7");
    if (r.ledger.isOpen != Truth::True || r.ledger.isVerified != Truth::True || r.ledger.isWritable != Truth::True)
        no.insert("G8");
    if (r.hasPassedSelfTest != Truth::True)
        no.insert("G9");
    if (m && (r.agentId != m->agent.id || r.agentKey != m->agent.key || r.agentId.empty()))
        no.insert("G10");

    // 1 form
    if (!verb)
        no.insert("N1");
    if (verb && (!schemaProblem(r.action).empty() || (r.action.rollback && *r.action.rollback != verb->undo)))
        no.insert("N2");
    std::vector<std::string> names{r.action.connector, r.action.tenant};
    for (const EntityRef& target : r.action.targets)
        names.push_back(target.id);
    for (const auto& [name, value] : r.action.params.asObject()) {
        if (value.isString())
            names.push_back(value.asString());
        for (const Value& item : value.asArray())
            names.push_back(item.asString());
    }
    for (const std::string& name : names) {
        if (!identifierProblem(name).empty())
            no.insert("N3");
    }
    if (r.action.connector != r.connector.name || r.action.tenant != r.connector.tenant || r.connector.name.empty())
        no.insert("N6");
    if (targetCount < 1 || targetCount > 25)
        no.insert("N7");
    for (std::size_t a = 0; a < targetCount; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            if (r.action.targets[a].kind != r.action.targets[b].kind ||
                r.action.targets[a].id == r.action.targets[b].id)
                no.insert("N7");
        }
    }
    if (changes && (r.action.expectedState.size() != 64 ||
                    r.action.expectedState.find_first_not_of("0123456789abcdef") != std::string::npos))
        no.insert("N8");

    // 0, 1 and 2 about each target
    bool isVerified = m != nullptr && targetCount > 0;
    for (const EntityRef& target : r.action.targets) {
        std::vector<const TargetFacts*> known;
        for (const TargetFacts& facts : r.facts) {
            if (facts.target == target)
                known.push_back(&facts);
        }
        if (m && !known.empty() && known[0]->environment && *known[0]->environment != m->environment)
            no.insert("G4");
        if (m && changes && (known.empty() || !known[0]->environment))
            no.insert("G4");
        if (r.action.type != "inventory.read") {
            if (known.size() != 1 || (changes && !known[0]->exists))
                no.insert("N4");
            else if (!m || known[0]->asked > r.now || known[0]->asked + m->scope.freshness < r.now)
                no.insert("N5");
        }
        const Membership* member = nullptr;
        for (const Membership& each : r.members) {
            if (each.entity == target && !member)
                member = &each;
        }
        if (!member || !member->isMember) {
            no.insert("S-member");
            isVerified = false;
        } else if (!m || member->independentSources < m->scope.independentSources ||
                   (member->isSimulated && !r.connector.isExercise)) {
            isVerified = false;
        }
    }
    if (m && changes && r.incident.verifiedScopeSize > m->scope.maxEntities)
        no.insert("S-size");
    v.isVerified = isVerified;

    // 3 forbids
    if (anyTextIsIn(r.action.params, r.selfIds))
        no.insert("B1");
    if (beginsWith(r.action.type, "evidence.") && r.action.type != "evidence.collect" &&
        r.action.type != "evidence.snapshot")
        no.insert("B2");
    if (beginsWith(r.action.type, "ledger.") || beginsWith(r.action.type, "mandate.") ||
        anyTextIsIn(r.action.params, r.protectedIds))
        no.insert("B3");
    for (const EntityRef& target : r.action.targets) {
        if (contains(r.protectedIds, target.id))
            no.insert("B3");
    }
    for (const Thing& thing : looksAt(r)) {
        if (isTheAgent(thing, r) != Answer::No)
            no.insert("B1");
        if (!m)
            continue;
        for (const ForbidClause& forbid : m->forbid) {
            bool isAllDone = !forbid.notBefore.empty();
            for (const std::string& before : forbid.notBefore) {
                for (const EntityRef& target : r.action.targets) {
                    bool isDone = false;
                    for (const DoneAction& done : r.done)
                        isDone = isDone || (done.verb == before && done.target == target);
                    isAllDone = isAllDone && isDone;
                }
            }
            if ((!verb || covers(forbid.action, forbid.except, r.action.type)) && !isAllDone &&
                selects(forbid.target, thing, r) != Answer::No)
                no.insert(forbid.id);
        }
    }
    v.early = no;

    // 4 permits
    std::set<std::string> permits;
    Tier base = verb ? verb->floor : Tier::T4;
    bool hasWayBack = false;
    std::set<std::string> never;
    bool isPermitted = m && targetCount > 0;
    for (const EntityRef& target : r.action.targets) {
        bool isTargetPermitted = false;
        for (std::size_t i = 0; m && i < m->change.size(); ++i) {
            const PermitClause& permit = m->change[i];
            if (!covers(permit.action, permit.except, r.action.type) ||
                selects(permit.target, thingOf(target, r), r) != Answer::Yes)
                continue;
            isTargetPermitted = true;
            permits.insert(permit.id);
            base = std::max(base, permit.tier);
            if (permit.tier == Tier::T4)
                never.insert(permit.id);
            hasWayBack = hasWayBack || (verb && !verb->undo.empty() && permit.rollback == verb->undo);
        }
        isPermitted = isPermitted && isTargetPermitted;
    }
    if (!isPermitted) {
        no.insert("default");
        v.clauses = no;
        v.tier = verb ? verb->floor : Tier::T4;
        return v;
    }
    // 5 tier
    Tier tier = verb ? base : Tier::T4;
    if (!verb)
        base = Tier::T4;
    if (verb && base == Tier::T4)
        no.insert(never.begin(), never.end());
    if (verb && base != Tier::T0 && base != Tier::T4) {
        bool isRaised = false;
        std::size_t dependents = 0;
        bool areDependentsKnown = true;
        for (const EntityRef& target : r.action.targets) {
            const TargetFacts* facts = nullptr;
            for (const TargetFacts& each : r.facts) {
                if (each.target == target && !facts)
                    facts = &each;
            }
            isRaised = isRaised || !facts || !facts->criticality || *facts->criticality == Criticality::High;
            areDependentsKnown = areDependentsKnown && facts && facts->dependents;
            dependents += facts && facts->dependents ? facts->dependents->size() : 0;
            if (base != Tier::T1)
                continue;
            const std::string kind(toString(target.kind));
            const bool isIdentity =
                kind == "account" || kind == "credential" || kind == "role" || kind == "group" || kind == "application";
            isRaised = isRaised || !isVerified ||
                       (isIdentity && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity);
            if (r.action.type == "account.suspend")
                isRaised = isRaised || !facts || facts->target.type != "service" || !facts->dependents ||
                           !facts->dependents->empty();
            if (r.action.type == "session.revoke")
                isRaised = isRaised || kind == "role";
            if (r.action.type == "workload.isolate")
                isRaised = isRaised || targetCount > 1;
        }
        const auto rule = m->tiers.find(base);
        if (rule != m->tiers.end() && rule->second.maxDependents)
            isRaised =
                isRaised || !areDependentsKnown || dependents > static_cast<std::size_t>(*rule->second.maxDependents);
        if (isRaised)
            tier = base == Tier::T1 ? Tier::T2 : Tier::T3;
        if (changes && !hasWayBack)
            tier = Tier::T3;
    }
    if (verb && base != Tier::T4 && r.leastTier != Tier::T4)
        tier = std::max(tier, r.leastTier);

    // 6 limits, 2 freshness
    std::set<std::string> missing;
    std::set<std::string> heldBy;
    if (tier != Tier::T0) {
        for (const LimitClause& limit : m->limits) {
            std::size_t would = 0;
            std::size_t most = static_cast<std::size_t>(limit.max);
            if (limit.count == LimitCount::Actions) {
                const int used = limit.per ? r.usage.actionsWithin(*limit.per, r.now) : r.usage.actionsTotal();
                would = static_cast<std::size_t>(used) + 1;
            } else if (limit.count == LimitCount::ConsecutiveFailures) {
                would = static_cast<std::size_t>(r.usage.consecutiveFailures(r.action.connector)) + 1;
            } else if (limit.count == LimitCount::WorkloadsIsolatedAtOnce && r.action.type == "workload.isolate") {
                std::set<std::string> isolated = r.usage.isolatedWorkloads();
                for (const EntityRef& target : r.action.targets)
                    isolated.insert(std::string(toString(target.kind)) + ":" + target.id);
                would = isolated.size();
            } else if (limit.count == LimitCount::AccountsTouched) {
                const std::set<std::string> accounts = accountsOf(r);
                would = accounts == r.usage.touchedAccounts() ? 0 : accounts.size();
                if (limit.maxPercentOfPopulation && r.accountPopulation)
                    most = std::max(
                        most, static_cast<std::size_t>(*r.accountPopulation * *limit.maxPercentOfPopulation / 100));
            }
            if (would <= most)
                continue;
            if (limit.onExceed == OnExceed::Deny) {
                no.insert(limit.id);
                continue;
            }
            heldBy.insert(limit.id);
            if (limit.onExceed != OnExceed::ApproveT3)
                missing.insert("limit:" + limit.id);
            else if (tier != Tier::T4)
                tier = Tier::T3;
        }
        if (r.session.actionsUsed + 1 > m->session.maxActions)
            missing.insert("limit:session");
        const auto& newest = r.incident.newestSupportingEvent;
        if (!r.connector.isExercise && (!newest || *newest + m->scope.freshness < r.session.opened))
            missing.insert("scope_freshness");
    }

    // 7 pre-checks of every tier from the base on
    std::vector<const TierRule*> rules;
    for (const Tier each : {Tier::T0, Tier::T1, Tier::T2, Tier::T3, Tier::T4}) {
        if (each >= std::min(base, tier) && each <= tier && m->tiers.count(each) > 0)
            rules.push_back(&m->tiers.at(each));
    }
    for (const TierRule* rule : rules) {
        for (const std::string& check : rule->prechecks) {
            const auto result = r.prechecks.find(check);
            const bool isDue =
                tier != Tier::T0 && (check != "rollback_dry_run" || !verb || verb->back == Back::Reversible);
            if (isDue && (result == r.prechecks.end() || result->second != Truth::True))
                missing.insert("precheck:" + check);
        }
    }

    // 8 approvals
    std::optional<Timestamp> executeBy;
    if (tier != Tier::T4) {
        bool isNever = false;
        for (const Tier each : {Tier::T0, Tier::T1, Tier::T2, Tier::T3})
            isNever = isNever || (each >= std::min(base, tier) && each <= tier && m->tiers.count(each) == 0);
        bool asks = tier == Tier::T2 || tier == Tier::T3;
        int approvers = tier == Tier::T3 ? 2 : 1;
        std::set<std::string> factors;
        for (const TierRule* rule : rules) {
            isNever = isNever || rule->autonomy == Autonomy::Never;
            asks = asks || rule->autonomy == Autonomy::Approve;
            approvers = std::max(approvers, rule->approvers);
            factors.insert(rule->factors.begin(), rule->factors.end());
        }
        if (isNever) {
            no.insert("tier");
        } else {
            const std::string digest = actionDigest(r.action)->hex();
            std::map<std::string, std::set<std::string>> keysOf;
            std::map<std::string, std::set<std::string>> personsOf;
            std::map<std::string, AcceptedApproval> newest;
            for (const AcceptedApproval& approval : r.approvals) {
                if (approval.actionDigest != digest)
                    continue;
                if (!approval.isApproved)
                    no.insert("A-denied");
                keysOf[approval.approver].insert(approval.key);
                personsOf[approval.key].insert(approval.approver);
                bool isGood = approval.isApproved && approval.tier >= tier && approval.approver != r.requester &&
                              !contains(r.excludedApprovers, approval.approver) && approval.approver != r.agentId &&
                              approval.key != r.agentKey && !contains(r.selfIds, approval.approver) &&
                              beginsWith(approval.approver, "user:") && !(approval.signedAt > r.now) &&
                              (contains(approval.roles, "analyst") || contains(approval.roles, "commander"));
                for (const std::string& factor : asks ? factors : std::set<std::string>())
                    isGood = isGood && contains(approval.factors, factor);
                if (isGood &&
                    (newest.count(approval.approver) == 0 || newest[approval.approver].signedAt < approval.signedAt))
                    newest[approval.approver] = approval;
            }
            int persons = 0;
            bool hasCommander = false;
            std::optional<Timestamp> last;
            for (const auto& [person, approval] : newest) {
                if (approval.key.empty() || keysOf[person].size() > 1 || personsOf[approval.key].size() > 1)
                    continue;
                ++persons;
                hasCommander = hasCommander || contains(approval.roles, "commander");
                last = last ? std::max(*last, approval.signedAt) : approval.signedAt;
            }
            std::optional<Timestamp> reached;
            if (persons >= approvers && (tier != Tier::T3 || hasCommander))
                reached = last;
            Duration within = std::chrono::minutes(5);
            if (asks)
                within = std::min(within, m->tiers.at(tier).executeWithin);
            for (const TierRule* rule : rules) {
                if (rule->autonomy == Autonomy::Approve || rule->executeWithin.count() > 0)
                    within = std::min(within, rule->executeWithin);
            }
            bool isApproved = false;
            if (asks) {
                isApproved = reached && r.now < *reached + within;
                if (isApproved)
                    executeBy = *reached + within;
                if (!isApproved) {
                    missing.insert("approval");
                    v.approvers = approvers;
                    v.needsCommander = tier == Tier::T3;
                    v.factors = factors;
                    for (const LimitClause& limit : m->limits) {
                        if (r.isDialogOpen || limit.count != LimitCount::ApprovalDialogs ||
                            r.usage.dialogsWithin(limit.per.value_or(std::chrono::hours(24)), r.now) < limit.max)
                            continue;
                        if (limit.onExceed == OnExceed::Deny) {
                            no.insert(limit.id);
                        } else {
                            heldBy.insert(limit.id);
                            missing.insert("limit:" + limit.id);
                        }
                    }
                }
            }
            if (!asks && last && r.now < *last + within)
                isApproved = true;
            if (tier != Tier::T0 && tier >= m->scope.humanConfirmFrom && !isApproved) {
                for (const EntityRef& target : r.action.targets) {
                    bool isConfirmed = false;
                    bool isFound = false;
                    for (const Membership& each : r.members) {
                        if (each.entity == target && !isFound) {
                            isFound = true;
                            isConfirmed = each.isConfirmedByPerson;
                        }
                    }
                    if (!isConfirmed)
                        missing.insert("human_confirmation");
                }
            }
        }
    }

    // 9
    v.tier = tier;
    v.missing = missing;
    v.effect = !no.empty() ? Effect::Deny : !missing.empty() ? Effect::Hold : Effect::Allow;
    v.clauses = no;
    if (no.empty()) {
        v.clauses = permits;
        v.clauses.insert(heldBy.begin(), heldBy.end());
    }
    if (v.effect == Effect::Deny || missing.count("approval") == 0)
        v.approvers = 0;
    if (v.effect == Effect::Allow && r.permitSerial.size() == 32 &&
        r.permitSerial.find_first_not_of("0123456789abcdef") == std::string::npos) {
        Timestamp end = r.now + std::chrono::minutes(5);
        const auto rule = m->tiers.find(tier);
        if (executeBy)
            end = std::min(end, *executeBy);
        else if (rule != m->tiers.end() && rule->second.executeWithin.count() > 0)
            end = std::min(end, r.now + rule->second.executeWithin);
        v.expires = end;
    }
    return v;
}

/// At the point of use: what denies.
inline std::set<std::string> judgeUse(const GateRequest& r, Tier ruledTier, const std::string& serial,
                                      const std::string& expectedState)
{
    const Verdict verdict = judge(r);
    std::set<std::string> no = verdict.early;
    if (ruledTier == Tier::T1 && !verdict.isVerified)
        no.insert("S-verified");
    const Verb* verb = findVerb(r.action.type);
    if (verb && verb->changes && r.action.expectedState != expectedState)
        no.insert("X-drift");
    const auto digest = actionDigest(r.action);
    if (ruledTier != Tier::T0 && !(digest && r.usage.isReserved(serial, digest->hex())))
        no.insert("X-reservation");
    return no;
}

} // namespace cordon::govern::naive
