#include "core/engine/judge.h"

#include "core/act/expected_state.h"
#include "core/crypto/random.h"
#include "core/govern/action_digest.h"
#include "core/govern/see_rules.h"
#include "core/govern/verb_schema.h"

#include <algorithm>

namespace cordon::engine {
namespace {

using govern::Truth;
using govern::truth;

/// What the incident shows of the targets, as the conditions for T1 want it: of several, what it shows of the least. Of a
/// target that is neither misused nor made by the incident it shows nothing.
govern::IncidentConditions conditionsOf(const IncidentFile& file, const Action& action)
{
    govern::IncidentConditions conditions;
    conditions.hasMeasuredRarity = !action.targets.empty();
    std::optional<int> least; // among those without a rarity
    for (const EntityRef& target : action.targets) {
        const auto place = file.view.signs.find(target);
        const OwnSigns own = place == file.view.signs.end() ? OwnSigns{} : place->second;
        conditions.hasMeasuredRarity = conditions.hasMeasuredRarity && own.hasRarity;
        if (!own.hasRarity || action.targets.size() == 1)
            least = std::min(least.value_or(own.techniques), own.techniques);
    }
    conditions.distinctTechniques = least.value_or(0);
    conditions.newestSupportingEvent = file.view.newest;
    conditions.verifiedScopeSize =
        static_cast<int>(std::count_if(file.incident.members.begin(), file.incident.members.end(),
                                       [](const IncidentMember& member) { return member.isVerified; }));
    return conditions;
}

govern::Membership membershipOf(const IncidentFile& file, const EntityRef& entity)
{
    govern::Membership membership;
    membership.entity = entity;
    const IncidentMember* member = file.incident.member(entity);
    if (member && !file.view.hiddenMembers.contains(entity)) { // whom only unread records name is nobody to the agent
        membership.isMember = true;
        membership.independentSources = member->isVerified ? 2 : member->isMisused ? 1 : 0;
        membership.isSimulated = member->isVerifiedBySimulation;
        membership.isConfirmedByPerson = member->isConfirmedByPerson;
    }
    return membership;
}

/// No lower than its playbook asks. Once a person took what an assistant proposed, the first step of it that only looks
/// or can be taken back is judged as any other; people decide each of the others, and what the playbook beside it would
/// change. What the playbook only looks at comes first, as ever. Source: docs/formats/proposal.md
Tier leastTierOf(const Plan& plan, const Step& step)
{
    const bool isTaken = std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& other) { return !other.proposal.empty(); });
    const Verb* verb = findVerb(step.action.type);
    if (!isTaken || (step.proposal.empty() && verb && !verb->changes))
        return step.floor;
    const bool isFirst = !step.proposal.empty() && step.floor <= Tier::T1 &&
                         std::none_of(plan.steps.begin(), plan.steps.end(), [&step](const Step& other) {
                             return other.proposal == step.proposal && other.floor <= Tier::T1 && other.proposalPlace < step.proposalPlace;
                         });
    return isFirst ? step.floor : std::max(step.floor, Tier::T2);
}

/// Steps that the playbook wants done before this one.
bool isDone(const IncidentFile& file, const std::string& verb)
{
    return std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& step) {
        return step.action.type == verb &&
               (step.state == StepState::Verified || step.state == StepState::DoneElsewhere);
    });
}

std::vector<govern::DoneAction> doneActions(const IncidentFile& file)
{
    std::vector<govern::DoneAction> done;
    for (const Step& step : file.plan.steps) {
        if (step.state == StepState::Verified) {
            for (const EntityRef& target : step.action.targets)
                done.push_back({step.action.type, target});
        }
    }
    return done;
}

} // namespace

/// What the incident made was used by nobody before it, unless the system knows it from earlier: a log can be made to say
/// anything of a thing's beginning. Of everything else a log that shows no use may only have begun too late.
/// Source: docs/formats/verbs.md, "Dependents"
bool Judge::isKnownUnused(const IncidentFile& file, const TargetFacts& facts)
{
    constexpr std::chrono::hours prelude{24}; // so long before its first alert an intruder may be at work
    const IncidentMember* member = file.incident.member(facts.target);
    const Timestamp begin = file.incident.firstSeen - prelude;
    const bool isOlder = facts.createdAt && *facts.createdAt < begin;
    const bool wasUsedBefore = facts.lastUsedAt && *facts.lastUsedAt < begin;
    return member && member->isMadeByIncident && facts.exists && !isOlder && !wasUsedBefore;
}

/// The log shows programs at addresses; where the system itself names all who depend on the thing, they are the same
/// uses seen from outside, and would be counted twice. A system that sees some of them says so.
void Judge::addDependents(const IncidentFile& file, TargetFacts& facts) const
{
    const auto listed = std::count_if(facts.sources.begin(), facts.sources.end(),
                                      [](const FactSource& source) { return source.attribute == "dependents"; });
    const auto inPart = facts.state.find("dependents_listed");
    if (inPart == facts.state.end() && facts.dependents && facts.dependents->size() > static_cast<std::size_t>(listed))
        return;
    if (!facts.dependents && isKnownUnused(file, facts))
        facts.dependents.emplace();
    for (const Brief::Use& use : file.brief.dependents) {
        if (!(use.used == facts.target))
            continue;
        if (!facts.dependents)
            facts.dependents.emplace();
        if (std::find(facts.dependents->begin(), facts.dependents->end(), use.by) == facts.dependents->end())
            facts.dependents->push_back(use.by);
    }
}

void Judge::addApprovals(govern::GateRequest& request) const
{
    const auto digest = govern::actionDigest(request.action);
    if (!m_desk.approvals || !digest)
        return;
    request.approvals = m_desk.approvals->approvalsFor(digest->hex(), m_desk.context());
    if (const govern::DeskRequest* open = m_desk.approvals->openFor(digest->hex())) {
        request.requester = open->request.requester;
        request.excludedApprovers = open->excludedApprovers;
        request.isDialogOpen = true;
    }
}

Result<TargetFacts> Judge::read(const IncidentFile& file, const EntityRef& target, const std::stop_token& stop)
{
    Action look;
    look.type = "inventory.read";
    const act::ConnectorLine* line = m_desk.lines->of(target);
    if (!line)
        return fail(ErrorCode::Denied, "no connected system holds " + target.key());
    look.connector = line->name();
    look.tenant = line->tenant();
    look.targets = {target};
    look.incident = toString(file.incident.id);
    look.session = file.session.id;
    look.mandate = m_desk.mandate->digest;
    const bool isMember = membershipOf(file, target).isMember;
    if (govern::SeeRules(m_desk.mandate.get()).inventoryClauses(isMember).empty())
        return fail(ErrorCode::Denied, "reading " + target.key() + " is not allowed: no see clause covers the inventory");
    const Decision decision = m_gate.rule(question(file, look, {}, {})).decision;
    if (decision.effect != Effect::Allow) {
        std::string clauses;
        for (const std::string& clause : decision.clauses)
            clauses += (clauses.empty() ? "" : " ") + clause;
        return fail(ErrorCode::Denied, "reading " + target.key() + " is not allowed: " + clauses);
    }
    CORDON_TRY(TargetFacts facts, m_desk.inspect(target, stop));
    addDependents(file, facts);
    return facts;
}

govern::GateRequest Judge::question(const IncidentFile& file, const Action& action, std::vector<TargetFacts> facts,
                                    std::map<std::string, Truth> prechecks) const
{
    const Timestamp now = m_desk.clock->now();
    govern::GateRequest request;
    request.action = action;
    request.mandate = m_desk.mandate;
    request.mandateStatus = {truth(m_desk.isMandateSigned), m_desk.newestSeenRevision};
    request.agentId = m_desk.agentId;
    request.agentKey = m_desk.agentKey->publicKey().toString();
    request.selfIds = {m_desk.agentId, request.agentKey};
    request.protectedIds = {m_desk.caseName, m_desk.mandate ? m_desk.mandate->id : ""};
    if (const act::ConnectorLine* line = m_desk.lines->find(action.connector))
        request.connector = {line->name(), line->tenant(), line->environment(), line->isExercise()};
    request.session.id = file.session.id;
    request.session.incident = toString(file.incident.id);
    request.session.isOpen = truth(file.session.isOpen);
    request.session.hasHeartbeat = truth(m_desk.heartbeat && m_desk.heartbeat->isAlive(m_desk.mandate->killSwitch.heartbeat));
    request.session.opened = file.session.opened;
    request.session.lastActive = file.session.lastActive;
    request.session.isWaitingForPeople =
        std::any_of(file.plan.steps.begin(), file.plan.steps.end(),
                    [](const Step& step) { return step.state == StepState::AwaitingApproval; });
    request.session.actionsUsed = file.session.actionsUsed;
    request.session.openSessions = m_desk.openSessions;
    request.stops = m_desk.killSwitch->state();
    const bool isHealthy = m_desk.journal->isHealthy();
    request.ledger = {Truth::True, truth(isHealthy && m_desk.isRecordProven), truth(isHealthy)};
    request.needsReauthentication = m_desk.needsReauthentication;
    request.isClockSane = truth(m_desk.needsReauthentication || m_desk.machine->now() >= m_desk.journal->lastTime() - std::chrono::seconds(2));
    request.hasPassedSelfTest = truth(m_desk.selfTestProblem.empty());
    request.facts = std::move(facts);
    for (const EntityRef& target : action.targets)
        request.members.push_back(membershipOf(file, target));
    request.incident = conditionsOf(file, action);
    request.usage = m_desk.usage;
    if (m_desk.inventory && !m_desk.inventory->isEmpty())
        request.accountPopulation = m_desk.inventory->population(EntityKind::Account, now);
    request.prechecks = std::move(prechecks);
    if (const auto digest = govern::actionDigest(action))
        request.isDialogOpen = m_desk.approvals->openFor(digest->hex()) != nullptr;
    request.done = doneActions(file);
    addApprovals(request);
    request.now = now;
    request.permitSerial = crypto::randomHex(16);
    return request;
}

std::map<std::string, Truth> Judge::prechecks(const IncidentFile& file, const Step& step,
                                              const Result<Preview>& preview) const
{
    // A look that a person skipped, at what this step would change, leaves nothing to go back to.
    const bool isSkipped = std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& other) {
        return other.state == StepState::Skipped && !other.doneBy.empty() && other.action.type.starts_with("evidence.") &&
               std::any_of(other.action.targets.begin(), other.action.targets.end(), [&](const EntityRef& target) {
                   return std::find(step.action.targets.begin(), step.action.targets.end(), target) != step.action.targets.end();
               });
    });
    const Verb* verb = findVerb(step.action.type);
    const bool isEvidenceSafe = (verb && !verb->changes) || (!isSkipped && unpreserved(file, step).empty());
    std::map<std::string, Truth> checks;
    checks["evidence_preserved"] = truth(isEvidenceSafe);
    checks["blast_radius"] = truth(preview.has_value());
    checks["rollback_dry_run"] = truth(preview.has_value() && (step.back == Back::None || !preview->undo.empty()));
    checks["change_record"] = truth(isDone(file, "change.open"));
    return checks;
}

/// Things that a step would change and whose state is not in the vault, whole: that of another thing counts for nothing.
std::vector<EntityRef> Judge::unpreserved(const IncidentFile& file, const Step& step) const
{
    std::vector<EntityRef> without;
    for (const EntityRef& target : step.action.targets) {
        const std::string key = target.key();
        const bool isKept = std::any_of(file.preserved.begin(), file.preserved.end(), [&](const IncidentFile::Preserved& kept) {
            return kept.target == key && m_desk.vault->verify(kept.digest).has_value();
        });
        if (!isKept)
            without.push_back(target);
    }
    return without;
}

Result<Judgement> Judge::judge(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    Judgement judgement;
    for (const EntityRef& target : step.action.targets) {
        CORDON_TRY(TargetFacts facts, read(file, target, stop));
        judgement.facts.push_back(std::move(facts));
    }
    for (const EntityRef& named : govern::entitiesIn(step.action)) {
        CORDON_TRY(TargetFacts facts, read(file, named, stop));
        judgement.facts.push_back(std::move(facts));
    }
    step.action.session = file.session.id;
    step.action.mandate = m_desk.mandate->digest;
    const std::vector<TargetFacts> targets(judgement.facts.begin(),
                                           judgement.facts.begin() +
                                               static_cast<std::ptrdiff_t>(step.action.targets.size()));
    CORDON_TRY(step.action.expectedState, act::expectedState(step.action.type, targets));

    CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(step.action));
    auto preview = act::QueuedConnector(*line).preview(step.action, stop);
    judgement.request = question(file, step.action, judgement.facts, prechecks(file, step, preview));
    judgement.request.leastTier = leastTierOf(file.plan, step);
    if (preview) {
        judgement.preview = std::move(*preview);
        if (findVerb(step.action.type)->changes && judgement.facts.front().dependents)
            judgement.preview.dependents = *judgement.facts.front().dependents;
        else
            judgement.preview.dependents.clear();
    }
    judgement.ruling = m_gate.rule(judgement.request);
    return judgement;
}

Result<Judgement> Judge::judgeUndo(const IncidentFile& file, const Step& step, bool isByPerson,
                                   const std::stop_token& stop)
{
    Judgement judgement;
    for (const EntityRef& target : step.action.targets) {
        // A person looks under their own identity, also while the agent is halted or has no session.
        CORDON_TRY(TargetFacts facts, isByPerson ? m_desk.inspect(target, stop) : read(file, target, stop));
        judgement.facts.push_back(std::move(facts));
    }
    judgement.request = question(file, step.action, judgement.facts, {});
    return judgement;
}

} // namespace cordon::engine
