#!/usr/bin/env python3
"""Writes copies of the gate's sources that make one of a list of mistakes at run time.

Each mistake replaces an exact text of one source. The copies choose by `cordon::govern::seededMistake`, so that one
program holds them all; the product's own sources know nothing of it. A text that is no longer in its source, or no
longer only once, is an error: the list then has to follow the source.
"""
import pathlib
import re
import sys

# source, what stands there, what the mistake makes of it. Several mistakes may share one text.
MISTAKES = [
    # admission
    ("gate_admission", "r.mandateStatus.isSigned != Truth::True", "r.mandateStatus.isSigned == Truth::False"),
    ("gate_admission", "r.mandateStatus.isSigned != Truth::True", "false"),
    ("gate_admission", "r.now < mandate.validFrom || r.now >= mandate.validUntil", "r.now < mandate.validFrom || r.now > mandate.validUntil"),
    ("gate_admission", "r.now < mandate.validFrom || r.now >= mandate.validUntil", "r.now <= mandate.validFrom || r.now >= mandate.validUntil"),
    ("gate_admission", "r.now < mandate.validFrom || r.now >= mandate.validUntil", "r.now < mandate.validFrom"),
    ("gate_admission", "mandate.revision < r.mandateStatus.newestSeenRevision", "false"),
    ("gate_admission", "mandate.revision < r.mandateStatus.newestSeenRevision", "mandate.revision <= r.mandateStatus.newestSeenRevision"),
    ("gate_admission", "r.action.mandate != mandate.digest || mandate.digest.empty()", "mandate.digest.empty()"),
    ("gate_admission", "r.agentId != mandate.agent.id || r.agentKey != mandate.agent.key || r.agentId.empty()", "r.agentId != mandate.agent.id || r.agentId.empty()"),
    ("gate_admission", "r.agentId != mandate.agent.id || r.agentKey != mandate.agent.key || r.agentId.empty()", "r.agentKey != mandate.agent.key"),
    ("gate_admission", "r.connector.environment != wanted || isExerciseMixedUp", "r.connector.environment != wanted"),
    ("gate_admission", "r.connector.environment != wanted || isExerciseMixedUp", "isExerciseMixedUp"),
    ("gate_admission", "isKnown && *facts->environment != wanted", "false"),
    ("gate_admission", "!isKnown && j.isChanging()", "false"),
    ("gate_admission", "!isKnown && j.isChanging()", "!isKnown"),
    ("gate_admission", "session.isOpen != Truth::True || session.id.empty()", "session.isOpen == Truth::False || session.id.empty()"),
    ("gate_admission", "session.isOpen != Truth::True || session.id.empty()", "session.isOpen != Truth::True"),
    ("gate_admission", "session.hasHeartbeat != Truth::True", "session.hasHeartbeat == Truth::False"),
    ("gate_admission", "r.action.session != session.id || r.action.incident != session.incident", "r.action.session != session.id"),
    ("gate_admission", "r.action.session != session.id || r.action.incident != session.incident", "r.action.incident != session.incident"),
    ("gate_admission", "r.now < session.opened || r.now - session.opened >= rule.ttl", "r.now < session.opened || r.now - session.opened > rule.ttl"),
    ("gate_admission", "r.now < session.opened || r.now - session.opened >= rule.ttl", "r.now - session.opened >= rule.ttl"),
    ("gate_admission", "!session.isWaitingForPeople && r.now - session.lastActive >= rule.idle", "r.now - session.lastActive >= rule.idle"),
    ("gate_admission", "!session.isWaitingForPeople && r.now - session.lastActive >= rule.idle", "!session.isWaitingForPeople && r.now - session.lastActive > rule.idle"),
    ("gate_admission", "session.openSessions > rule.concurrent", "session.openSessions >= rule.concurrent"),
    ("gate_admission", "session.openSessions > rule.concurrent", "false"),
    ("gate_admission", "r.stops == StopState::ObserveOnly && j.verb && !j.isChanging()", "r.stops == StopState::ObserveOnly"),
    ("gate_admission", "r.stops == StopState::ObserveOnly && j.verb && !j.isChanging()", "r.stops != StopState::Halted && j.verb && !j.isChanging()"),
    ("gate_admission", "r.isClockSane != Truth::True", "r.isClockSane == Truth::False"),
    ("gate_admission", "r.needsReauthentication && (!j.verb || j.isChanging())", "false"),
    ("gate_admission", "both(ledger.isOpen, both(ledger.isVerified, ledger.isWritable)) != Truth::True", "both(ledger.isOpen, ledger.isWritable) != Truth::True"),
    ("gate_admission", "both(ledger.isOpen, both(ledger.isVerified, ledger.isWritable)) != Truth::True", "both(ledger.isOpen, both(ledger.isVerified, ledger.isWritable)) == Truth::False"),
    ("gate_admission", "r.hasPassedSelfTest != Truth::True", "r.hasPassedSelfTest == Truth::False"),
    # form
    ("gate_admission", "targets.empty() || targets.size() > 25 || keys.size() != targets.size() || !isOneKind", "targets.empty() || targets.size() > 24 || keys.size() != targets.size() || !isOneKind"),
    ("gate_admission", "targets.empty() || targets.size() > 25 || keys.size() != targets.size() || !isOneKind", "targets.empty() || targets.size() > 25 || !isOneKind"),
    ("gate_admission", "targets.empty() || targets.size() > 25 || keys.size() != targets.size() || !isOneKind", "targets.empty() || targets.size() > 25 || keys.size() != targets.size()"),
    ("gate_admission", "!facts || isAmbiguous || (j.isChanging() && !facts->exists)", "!facts || (j.isChanging() && !facts->exists)"),
    ("gate_admission", "!facts || isAmbiguous || (j.isChanging() && !facts->exists)", "!facts || isAmbiguous"),
    ("gate_admission", "!j.mandate || facts->asked > r.now || r.now - facts->asked > j.mandate->scope.freshness", "!j.mandate || r.now - facts->asked > j.mandate->scope.freshness"),
    ("gate_admission", "!j.mandate || facts->asked > r.now || r.now - facts->asked > j.mandate->scope.freshness", "!j.mandate || facts->asked > r.now || r.now - facts->asked >= j.mandate->scope.freshness"),
    ("gate_admission", "action.connector != connector.name || action.tenant != connector.tenant || connector.name.empty()", "action.connector != connector.name || connector.name.empty()"),
    ("gate_admission", "action.connector != connector.name || action.tenant != connector.tenant || connector.name.empty()", "action.tenant != connector.tenant || connector.name.empty()"),
    ("gate_admission", "judgement.isChanging() && !isHexDigest(action.expectedState)", "judgement.isChanging() && action.expectedState.empty()"),
    ("gate_admission", "judgement.verb && action.rollback && *action.rollback != judgement.verb->undo", "false"),
    # scope
    ("gate_clauses", "!member || !member->isMember", "!member"),
    ("gate_clauses", "!member->isSimulated || r.connector.isExercise", "true"),
    ("gate_clauses", "!doesCount || !j.mandate || member->independentSources < j.mandate->scope.independentSources", "!j.mandate || member->independentSources < j.mandate->scope.independentSources"),
    ("gate_clauses", "!doesCount || !j.mandate || member->independentSources < j.mandate->scope.independentSources", "!doesCount || !j.mandate || member->independentSources + 1 < j.mandate->scope.independentSources"),
    ("gate_clauses", "r.incident.verifiedScopeSize > j.mandate->scope.maxEntities", "r.incident.verifiedScopeSize >= j.mandate->scope.maxEntities"),
    ("gate_clauses", "r.incident.verifiedScopeSize > j.mandate->scope.maxEntities", "false"),
    # forbids
    ("gate_clauses", "worst == Truth::Unknown", "false"),
    ("gate_clauses", "match > worst", "worst == Truth::False && match == Truth::True"),
    ("gate_clauses", "j.verb && !forbid.coversVerb(j.request.action.type)", "!forbid.coversVerb(j.request.action.type)"),
    ("gate_clauses", "done.verb == verb && done.target == target", "done.verb == verb"),
    ("gate_clauses", "done.verb == verb && done.target == target", "done.target == target"),
    ("gate_clauses", "isSelf != Truth::False", "isSelf == Truth::True"),
    ("gate_clauses", "isSelf != Truth::False", "false"),
    ("gate_clauses", "namesProtected(r.action.params, r.selfIds) ? Truth::True : Truth::False", "Truth::False"),
    ("gate_clauses", 'startsWith(type, "evidence.") && type != "evidence.collect" && type != "evidence.snapshot"', 'false'),
    ("gate_clauses", 'startsWith(type, "ledger.") || startsWith(type, "mandate.") || namesProtected(r.action.params, r.protectedIds)', 'startsWith(type, "mandate.") || namesProtected(r.action.params, r.protectedIds)'),
    ("gate_clauses", 'startsWith(type, "ledger.") || startsWith(type, "mandate.") || namesProtected(r.action.params, r.protectedIds)', 'startsWith(type, "ledger.") || startsWith(type, "mandate.")'),
    ("gate_clauses", "isProtected || namesProtected(Value(target.id), r.protectedIds)", "isProtected"),
    # permits
    ("gate_clauses", "matches(permit->target, subject, j.request) != Truth::True", "matches(permit->target, subject, j.request) == Truth::False"),
    ("gate_clauses", "isEveryTargetPermitted && isPermitted", "isEveryTargetPermitted || isPermitted"),
    ("gate_clauses", "isEveryTargetPermitted && isPermitted", "isPermitted"),
    # tier
    ("gate_tier", "!facts || !facts->criticality || *facts->criticality == Criticality::High", "facts && facts->criticality && *facts->criticality == Criticality::High"),
    ("gate_tier", "!facts || !facts->criticality || *facts->criticality == Criticality::High", "!facts || !facts->criticality"),
    ("gate_tier", "!count || *count > static_cast<std::size_t>(std::max(0, *rule->maxDependents))", "count && *count > static_cast<std::size_t>(std::max(0, *rule->maxDependents))"),
    ("gate_tier", "!count || *count > static_cast<std::size_t>(std::max(0, *rule->maxDependents))", "!count || *count >= static_cast<std::size_t>(std::max(0, *rule->maxDependents)) + 2"),
    ("gate_tier", "!j.isVerifiedMisuse", "false"),
    ("gate_tier", "isOnIdentity && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity", "r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity"),
    ("gate_tier", "isOnIdentity && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity", "isOnIdentity && r.incident.distinctTechniques < 1 && !r.incident.hasMeasuredRarity"),
    ("gate_tier", "isOnIdentity && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity", "isOnIdentity && r.incident.distinctTechniques < 2"),
    ("gate_tier", 'verb == "account.suspend" && (!facts || facts->target.type != "service")', "false"),
    ("gate_tier", "!reason.empty() && base < Tier::T3", "false"),
    ("gate_tier", "j.isChanging() && j.tier < Tier::T3 && !hasProvenRollback(j)", "false"),
    ("gate_tier", "permit->rollback == j.verb->undo", 'permit->rollback != "none"'),
    ("gate_tier", "std::max(base, permit->tier)", "std::min(base, permit->tier)"),
    # limits, freshness, pre-checks
    ("gate_tier", "return would > most;", "return would >= most;"),
    ("gate_tier", "return would > most;", "return would > most + 1;"),
    ("gate_tier", "compare(accounts.size(), allowed) && accounts.size() != before", "compare(accounts.size(), allowed)"),
    ("gate_tier", "limit.maxPercentOfPopulation && r.accountPopulation", "false"),
    ("gate_tier", "std::max(j.tier, Tier::T3)", "j.tier"),
    ("gate_tier", "j.request.session.actionsUsed + 1 > j.mandate->session.maxActions", "j.request.session.actionsUsed > j.mandate->session.maxActions"),
    ("gate_tier", "newest && r.session.opened - *newest <= j.mandate->scope.freshness", "newest && r.session.opened - *newest < j.mandate->scope.freshness"),
    ("gate_tier", "newest && r.session.opened - *newest <= j.mandate->scope.freshness", "!newest || r.session.opened - *newest <= j.mandate->scope.freshness"),
    ("gate_tier", "!isFresh && !r.connector.isExercise", "!isFresh"),
    ("gate_tier", "result != Truth::True", "result == Truth::False"),
    ("gate", "static_cast<int>(std::min(base, tier))", "static_cast<int>(tier)"),
    # approvals
    ("gate_approvals", "j.tier >= Tier::T3 ? 2 : 1", "1"),
    ("gate_approvals", "approval.tier >= j.tier && hasFactors", "hasFactors"),
    ("gate_approvals", "approval.tier >= j.tier && hasFactors", "approval.tier >= j.tier"),
    ("gate_approvals", "approval.approver != r.requester && !has(r.excludedApprovers, approval.approver)", "!has(r.excludedApprovers, approval.approver)"),
    ("gate_approvals", "approval.approver != r.requester && !has(r.excludedApprovers, approval.approver)", "approval.approver != r.requester"),
    ("gate_approvals", 'has(approval.roles, "analyst") || has(approval.roles, "commander")', "true"),
    ("gate_approvals", "approval.signedAt <= r.now", "true"),
    ("gate_approvals", "approval.approver == r.agentId || approval.key == r.agentKey", "approval.approver == r.agentId"),
    ("gate_approvals", "keysOf[approval->approver].size() != 1 || personsOf[approval->key].size() != 1", "keysOf[approval->approver].size() != 1"),
    ("gate_approvals", "keysOf[approval->approver].size() != 1 || personsOf[approval->key].size() != 1", "personsOf[approval->key].size() != 1"),
    ("gate_approvals", "count >= needs.approvers && (hasCommander || !needs.needsCommander)", "count >= needs.approvers"),
    ("gate_approvals", "count >= needs.approvers && (hasCommander || !needs.needsCommander)", "hasCommander || !needs.needsCommander"),
    ("gate_approvals", "digest.empty() || approval.actionDigest != digest", "digest.empty()"),
    ("gate_approvals", "!hex.empty() && approval.actionDigest == hex && !approval.isApproved", "!hex.empty() && !approval.isApproved"),
    ("gate_approvals", "!known || approval.signedAt > known->signedAt", "!known"),
    ("gate_approvals", "j.request.now < people.back()->signedAt + shortestWindow(j, std::chrono::minutes(5))", "true"),
    ("gate_approvals", "complete && j.request.now < *complete + j.needs.executeWithin", "complete && j.request.now <= *complete + j.needs.executeWithin"),
    ("gate_approvals", "complete && j.request.now < *complete + j.needs.executeWithin", "complete.has_value()"),
    ("gate_approvals", "opened + 1 <= limit.max", "opened <= limit.max"),
    ("gate_approvals", "!rule || rules.size() != passed || isOf(Autonomy::Never)", "!rule || rules.size() != passed"),
    ("gate_approvals", "!rule || rules.size() != passed || isOf(Autonomy::Never)", "!rule || isOf(Autonomy::Never)"),
    ("gate_approvals", "!member || !member->isConfirmedByPerson", "!member"),
    # selectors
    ("selector_match", "subject.tags ? truth(isOneOf(*subject.tags, tag)) : Truth::Unknown", "truth(subject.tags && isOneOf(*subject.tags, tag))"),
    ("selector_match", "subject.isUnknownOwner || (request.selfIds.empty() && request.agentId.empty())", "subject.isUnknownOwner"),
    ("selector_match", "facts && !facts->target.type.empty() ? truth(facts->target.type == value) : Truth::Unknown", "truth(facts && facts->target.type == value)"),
    ("selector_match", "subject.entity.kind != selector.entity", "false"),
    ("selector_match", "facts.owner ? facts.owner->empty() : facts.ownerTags.has_value()", "true"),
    # outcome, permit, point of use
    ("gate", "j.missing.empty() ? Effect::Allow : Effect::Hold", "Effect::Allow"),
    ("gate", "std::min(latest, j.executeBy)", "latest"),
    ("gate", "ruledTier == Tier::T1 && !judgement.isVerifiedMisuse", "false"),
    ("gate", "judgement.isChanging() && request.action.expectedState != expectedState", "false"),
    ("gate", "ruledTier != Tier::T0 && !isReserved", "false"),
]


def place(source: str, text: str, file: str) -> tuple[int, int]:
    """Where the text stands, whatever the white space between its words."""
    words = [re.escape(word) for word in text.split()]
    found = list(re.finditer(r"\s+".join(words), source))
    if len(found) != 1:
        sys.exit(f"make_mistakes: {file}: {len(found)} times: {text}")
    return found[0].span()


def main() -> None:
    sources, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    names = []
    sites: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for number, (file, before, after) in enumerate(MISTAKES, 1):
        sites.setdefault((file, before), []).append((number, after))
        names.append(f"{file}: {before} -> {after}")
    for file in sorted({file for file, _, _ in MISTAKES}):
        source = (sources / f"{file}.cpp").read_text()
        changes = []
        for (of, before), alternatives in sites.items():
            if of != file:
                continue
            start, end = place(source, before, file)
            original = source[start:end]
            if original.startswith("return"):
                text = "".join(f"if (seededMistake == {n}) {{ {after} }} " for n, after in alternatives) + original
            else:
                text = "(" + "".join(f"seededMistake == {n} ? ({after}) : " for n, after in alternatives)
                text += f"({original}))"
            changes.append((start, end, text))
        changes.sort(reverse=True)
        for earlier, later in zip(changes[1:], changes):
            if earlier[1] > later[0]:
                sys.exit(f"make_mistakes: {file}: two places overlap: {source[earlier[0]:earlier[1]]}")
        for start, end, text in changes:
            source = source[:start] + text + source[end:]
        (target / f"{file}.cpp").write_text("namespace cordon::govern { extern int seededMistake; }\n" + source)
    lines = ",\n".join('    R"mistake(' + name + ')mistake"' for name in names)
    (target / "seeded_mistakes.cpp").write_text(
        f"extern const char* const seededMistakes[] = {{\n{lines}}};\nextern const int seededMistakeCount = {len(names)};\n")


if __name__ == "__main__":
    main()
