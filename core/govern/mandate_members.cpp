#include "core/crypto/signing_key.h"
#include "core/govern/mandate_reader.h"
#include "core/value/tree_builder.h"

#include <algorithm>
#include <chrono>

// What each member of a mandate must hold. Source: docs/formats/mandate.md, "Members"

namespace cordon::govern {

void MandateReader::readHead(Mandate& mandate)
{
    oneOf(m_root, "mandate", {"cordon/v1"});
    mandate.id = text(m_root, "id");
    mandate.revision = number(m_root, "revision", 1, 1'000'000'000);
    mandate.environment = text(m_root, "environment");
    if (const Value* value = m_root.find("default"); value && value->asString() != "deny")
        problem(value->line(), "default", "'default' can only be deny");
    if (const Value* agent = m_root.find("agent"); agent && hasOnly(*agent, {"id", "key"}, {"id", "key"})) {
        mandate.agent.id = text(*agent, "id");
        mandate.agent.key = text(*agent, "key");
        if (mandate.agent.id.substr(0, 4) != "nhi:")
            problem(agent->line(), "agent", "the agent's id starts with nhi:");
        if (const auto key = crypto::PublicKey::parse(mandate.agent.key); !key)
            problem((*agent)["key"].line(), "agent", "the agent's key is no Ed25519 public key");
    }
    const Names ownerKeys{"accountable", "deputy", "signatures_to_load"};
    if (const Value* owner = m_root.find("owner"); owner && hasOnly(*owner, ownerKeys, ownerKeys)) {
        mandate.owner.accountable = text(*owner, "accountable");
        mandate.owner.deputy = text(*owner, "deputy");
        mandate.owner.signaturesToLoad = number(*owner, "signatures_to_load", 1, 9);
        const bool arePersons =
            mandate.owner.accountable.substr(0, 5) == "user:" && mandate.owner.deputy.substr(0, 5) == "user:";
        if (!arePersons || mandate.owner.accountable == mandate.owner.deputy)
            problem(owner->line(), "owner", "an accountable owner and another person as deputy are needed (user:…)");
    }
    if (const Value* valid = m_root.find("valid"); valid && hasOnly(*valid, {"from", "until"}, {"from", "until"})) {
        mandate.validFrom = time(*valid, "from");
        mandate.validUntil = time(*valid, "until");
        if (mandate.validUntil <= mandate.validFrom ||
            mandate.validUntil - mandate.validFrom > std::chrono::hours(24 * 92))
            problem(valid->line(), "valid", "a mandate is valid for more than nothing and at most 92 days");
    }
}

void MandateReader::readSession(Mandate& mandate)
{
    const Names sessionKeys{"ttl", "idle", "concurrent", "max_actions"};
    if (const Value* session = m_root.find("session"); session && hasOnly(*session, sessionKeys, sessionKeys)) {
        mandate.session.ttl = duration(*session, "ttl");
        mandate.session.idle = duration(*session, "idle");
        mandate.session.concurrent = number(*session, "concurrent", 1, 100);
        mandate.session.maxActions = number(*session, "max_actions", 1, 100'000);
        if (mandate.session.ttl > std::chrono::hours(12))
            problem((*session)["ttl"].line(), "session_ttl", "a session lives at most 12h");
        if (mandate.session.idle > mandate.session.ttl)
            problem((*session)["idle"].line(), "session_idle", "'idle' cannot be longer than 'ttl'");
    }
    const Names scopeKeys{"independent_sources", "freshness", "max_entities", "human_confirm_from"};
    if (const Value* scope = m_root.find("scope"); scope && hasOnly(*scope, scopeKeys, scopeKeys)) {
        mandate.scope.independentSources = number(*scope, "independent_sources", 2, 9);
        mandate.scope.freshness = duration(*scope, "freshness");
        mandate.scope.maxEntities = number(*scope, "max_entities", 1, 1000);
        mandate.scope.humanConfirmFrom = tierFrom(oneOf(*scope, "human_confirm_from", {"T1", "T2"})).value_or(Tier::T1);
    }
}

void MandateReader::readSee(Mandate& mandate, const Value& value)
{
    if (!hasOnly(value, {"id", "source", "window", "in_scope", "redact"}, {"id", "source", "window"}))
        return;
    SeeClause clause;
    clause.id = clauseId(value);
    clause.source = text(value, "source");
    clause.window = duration(value, "window");
    clause.isInScope = flag(value, "in_scope");
    clause.redact = texts(value, "redact", {});
    mandate.see.push_back(std::move(clause));
}

void MandateReader::readDecide(Mandate& mandate, const Value& value)
{
    if (!hasOnly(value, {"id", "decision", "autonomy", "approvers"}, {"id", "decision", "autonomy"}))
        return;
    DecideClause clause;
    clause.id = clauseId(value);
    clause.decision = oneOf(value, "decision", {"correlate", "set_severity", "extend_scope", "close_incident"});
    clause.autonomy = autonomy(value, "autonomy");
    clause.approvers = value.has("approvers") ? number(value, "approvers", 1, 9) : 0;
    mandate.decide.push_back(std::move(clause));
}

void MandateReader::readPermit(Mandate& mandate, const Value& value)
{
    if (!hasOnly(value, {"id", "action", "target", "except", "tier", "rollback", "lease"},
                 {"id", "action", "target", "tier"}))
        return;
    PermitClause clause;
    clause.id = clauseId(value);
    clause.action = action(value["action"], value.line());
    clause.target = selector(value);
    clause.except = except(value);
    clause.tier = tierFrom(oneOf(value, "tier", {"T0", "T1", "T2", "T3", "T4"})).value_or(Tier::T4);
    if (value.has("lease"))
        clause.lease = duration(value, "lease");
    const auto& verbs = verbCatalogue();
    const bool doesChange = std::any_of(verbs.begin(), verbs.end(),
                                        [&](const Verb& verb) { return verb.changes && clause.coversVerb(verb.name); });
    clause.rollback = value.has("rollback") ? text(value, "rollback") : "none";
    if (doesChange && !value.has("rollback"))
        problem(value.line(), "rollback", "a changing permit must say its rollback, or none");
    const bool isWord = clause.rollback == "none" || clause.rollback == "partly" || clause.rollback == "snapshot";
    if (!isWord && !findVerb(clause.rollback))
        problem(value.line(), "rollback", "'rollback' is a verb, snapshot, partly or none");
    if (clause.action.text == "*" && clause.target.kind == Selector::Kind::Any)
        problem(value.line(), "wildcard", "a permit for every action on every target is no limit at all");
    if (clause.target.kind == Selector::Kind::Self)
        problem(value.line(), "built_in", "no permit can be about the agent itself");
    mandate.change.push_back(std::move(clause));
}

void MandateReader::readForbid(Mandate& mandate, const Value& value)
{
    if (!hasOnly(value, {"id", "action", "target", "except", "not_before", "why"}, {"id", "action", "target"}))
        return;
    ForbidClause clause;
    clause.id = clauseId(value);
    clause.action = action(value["action"], value.line());
    clause.target = selector(value);
    clause.except = except(value);
    if (value.has("why"))
        clause.why = text(value, "why");
    for (const std::string& verb : texts(value, "not_before", {})) {
        if (!findVerb(verb))
            problem(value["not_before"].line(), "action", "unknown action " + quotedForDetail(verb));
        clause.notBefore.push_back(verb);
    }
    const bool isAboutSelf = clause.target.kind == Selector::Kind::Self;
    if (isAboutSelf && (!clause.except.empty() || !clause.notBefore.empty()))
        problem(value.line(), "built_in", "nothing can be excepted from the forbid on the agent itself");
    mandate.forbid.push_back(std::move(clause));
}

void MandateReader::readTiers(Mandate& mandate)
{
    const Value* tiers = m_root.find("tiers");
    if (!tiers || !hasOnly(*tiers, {"T0", "T1", "T2", "T3", "T4"}, {"T0", "T1", "T2", "T3", "T4"}))
        return;
    for (const auto& [name, value] : tiers->asObject()) {
        const auto which = tierFrom(name);
        const Names keys{"autonomy",   "approvers",    "factors",        "prechecks",     "max_dependents",
                         "separation", "typed_target", "approve_within", "execute_within"};
        if (!which || !hasOnly(value, keys, {}))
            continue;
        TierRule rule;
        rule.autonomy = autonomy(value, "tier_autonomy");
        rule.approvers = value.has("approvers") ? number(value, "approvers", 1, 9) : 0;
        rule.factors = texts(value, "factors", {"key", "pin", "totp", "security_key"});
        rule.prechecks =
            texts(value, "prechecks", {"evidence_preserved", "rollback_dry_run", "blast_radius", "change_record"});
        if (value.has("max_dependents"))
            rule.maxDependents = number(value, "max_dependents", 0, 100'000);
        rule.isRequesterExcluded = oneOf(value, "separation", {"requester_excluded"}) == "requester_excluded";
        rule.isTypedTarget = flag(value, "typed_target");
        rule.approveWithin = duration(value, "approve_within");
        rule.executeWithin = duration(value, "execute_within");
        mandate.tiers.emplace(*which, std::move(rule));
    }
}

void MandateReader::readLimit(Mandate& mandate, const Value& value)
{
    if (!hasOnly(value, {"id", "count", "max", "max_percent_of_population", "min", "per", "on_exceed"},
                 {"id", "count", "on_exceed"}))
        return;
    LimitClause clause;
    clause.id = clauseId(value);
    const std::string count = oneOf(
        value, "count",
        {"actions", "workloads_isolated_at_once", "accounts_touched", "consecutive_failures", "approval_dialogs"});
    for (const LimitCount known :
         {LimitCount::Actions, LimitCount::WorkloadsIsolatedAtOnce, LimitCount::AccountsTouched,
          LimitCount::ConsecutiveFailures, LimitCount::ApprovalDialogs}) {
        if (toString(known) == count)
            clause.count = known;
    }
    const std::string onExceed = oneOf(value, "on_exceed", {"deny", "pause", "queue", "approve_T3"});
    for (const OnExceed known : {OnExceed::Deny, OnExceed::Pause, OnExceed::Queue, OnExceed::ApproveT3}) {
        if (toString(known) == onExceed)
            clause.onExceed = known;
    }
    const bool isPercent = value.has("max_percent_of_population");
    if (isPercent)
        clause.maxPercentOfPopulation = number(value, "max_percent_of_population", 0, 100);
    if (isPercent == value.has("max") || isPercent != value.has("min") ||
        (isPercent && clause.count != LimitCount::AccountsTouched))
        problem(value.line(), "limit", "a limit has 'max', or for accounts 'max_percent_of_population' with 'min'");
    clause.max = number(value, isPercent ? "min" : "max", 0, 1'000'000);
    const bool isPerConnector = value["per"].asString() == "connector";
    if (isPerConnector != (clause.count == LimitCount::ConsecutiveFailures))
        problem(value.line(), "limit", "'per: connector' belongs to consecutive_failures, and only there");
    if (value.has("per") && !isPerConnector)
        clause.per = duration(value, "per");
    if (clause.per && *clause.per > std::chrono::hours(24))
        problem(value.line(), "limit", "a window is at most 24h");
    mandate.limits.push_back(std::move(clause));
}

void MandateReader::readKillSwitch(Mandate& mandate)
{
    const Value* rule = m_root.find("killswitch");
    const Names keys{"anyone", "effect", "resume", "heartbeat"};
    if (!rule || !hasOnly(*rule, keys, keys))
        return;
    mandate.killSwitch.isForAnyone = flag(*rule, "anyone");
    if (!mandate.killSwitch.isForAnyone)
        problem(rule->line(), "killswitch", "anyone may halt the agent");
    mandate.killSwitch.effects =
        texts(*rule, "effect", {"revoke_permits", "pause_sessions", "freeze_leases", "keep_reading"});
    for (const std::string_view effect : {"revoke_permits", "pause_sessions", "freeze_leases"}) {
        const auto& effects = mandate.killSwitch.effects;
        if (std::find(effects.begin(), effects.end(), effect) == effects.end())
            problem(rule->line(), "killswitch", "the halt's effect lacks " + std::string(effect));
    }
    mandate.killSwitch.heartbeat = duration(*rule, "heartbeat");
    if (mandate.killSwitch.heartbeat > std::chrono::hours(1))
        problem((*rule)["heartbeat"].line(), "killswitch", "a missed heartbeat is seen after 1h at most");
    const Value& resume = (*rule)["resume"];
    if (hasOnly(resume, {"T0", "T1"}, {"T0", "T1"})) {
        mandate.killSwitch.resumeT0 = number(resume, "T0", 1, 9);
        mandate.killSwitch.resumeT1 = number(resume, "T1", 2, 9);
    }
}

void MandateReader::readAssistant(Mandate& mandate)
{
    const Value* rule = m_root.find("assistant");
    if (!rule ||
        !hasOnly(*rule, {"may", "see", "output", "in_approval_dialog"}, {"may", "output", "in_approval_dialog"}))
        return;
    mandate.assistant.may = texts(*rule, "may", {"summarise", "propose"});
    mandate.assistant.see = texts(*rule, "see", {});
    oneOf(*rule, "output", {"untrusted"});
    oneOf(*rule, "in_approval_dialog", {"never"});
}

} // namespace cordon::govern
