#pragma once

#include "govern_fixture.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace cordon::govern::fixture {

/// Random requests around the edge of what is allowed: most members are good, a few are turned, and the turned ones lie
/// on a boundary more often than beside it. The same seed gives the same requests.
class RandomRequests
{
public:
    explicit RandomRequests(std::uint64_t seed)
        : m_random(seed)
    {}

    int below(int n) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(n)); }
    bool once(int in) { return below(in) == 0; }

    GateRequest next()
    {
        const Ask& ask = asks()[static_cast<std::size_t>(below(static_cast<int>(asks().size())))];
        EntityRef first{ask.kind, "target-1", typeFor(ask.kind), once(8) ? "shown-1" : ""};
        GateRequest r = anAllowedRequest(ask.verb, first);
        if (once(6))
            addTargets(r);
        for (TargetFacts& facts : r.facts)
            giveOwner(facts);
        // How much is turned differs, so that many requests stay on the good side of everything but one thing.
        const int turns = below(5);
        for (int i = 0; i < turns; ++i)
            turn(r);
        if (once(2))
            turnMandate(r);
        if (once(3))
            turnUsage(r);
        if (once(4))
            makeReal(r);
        turnApprovals(r);
        if (once(8))
            r.leastTier = static_cast<Tier>(below(4));
        return r;
    }

    /// Moves one thing of the world, as an attacker, a colleague or bad luck might between ruling and use.
    void turn(GateRequest& r)
    {
        switch (below(6)) {
        case 0:
        case 1:
            return turnFacts(r);
        case 2:
            return turnMembers(r);
        case 3:
            return turnMachine(r);
        case 4:
            return turnSession(r);
        default:
            return turnAction(r);
        }
    }

private:
    struct Ask
    {
        const char* verb;
        EntityKind kind;
    };
    static const std::vector<Ask>& asks()
    {
        using enum EntityKind;
        static const std::vector<Ask> list{{"credential.deactivate", Credential},
                                           {"credential.deactivate", Credential},
                                           {"session.revoke", Credential},
                                           {"session.revoke", Role},
                                           {"session.revoke", Account},
                                           {"account.suspend", Account},
                                           {"account.suspend", Account},
                                           {"workload.isolate", Workload},
                                           {"workload.isolate", Workload},
                                           {"workload.release", Workload},
                                           {"credential.delete", Credential},
                                           {"credential.delete", Credential},
                                           {"account.delete", Account},
                                           {"evidence.collect", Credential},
                                           {"evidence.delete", Resource},
                                           {"inventory.read", Account},
                                           {"activity.watch", Host},
                                           {"policy.detach", Account},
                                           {"secret.add_version", Secret},
                                           {"token.destroy", Credential},
                                           {"credential.explode", Credential},
                                           {"ledger.rewrite", Resource},
                                           {"dependent.update", Workload},
                                           {"credential.replace", Credential}};
        return list;
    }

    std::string typeFor(EntityKind kind)
    {
        if (once(20))
            return {};
        if (kind == EntityKind::Credential)
            return once(3) ? "session" : "access_key";
        return kind == EntityKind::Account ? (once(4) ? "human" : "service") : "instance";
    }

    std::vector<std::string> someTags()
    {
        std::vector<std::string> chosen;
        for (const char* tag : {"web", "ci"}) {
            if (once(3))
                chosen.emplace_back(tag);
        }
        for (const char* tag : {"break-glass", "domain-controller"}) {
            if (once(16))
                chosen.emplace_back(tag);
        }
        return chosen;
    }

    /// Known to have no owner, or owned by somebody whose tags are known.
    void giveOwner(TargetFacts& facts)
    {
        facts.tags = someTags();
        if (facts.target.kind != EntityKind::Credential && !once(3))
            return;
        facts.owner = aServiceAccount().id;
        facts.ownerTags.emplace();
        if (once(4))
            facts.ownerTags = someTags();
        if (once(4))
            facts.ownerEntity = aServiceAccount();
        if (once(8))
            facts.owner.reset();
    }

    void addTargets(GateRequest& r)
    {
        const int more = once(30) ? 24 + below(2) : 1 + below(2);
        for (int i = 0; i < more; ++i) {
            EntityRef target = r.action.targets[0];
            target.id = once(25) ? r.action.targets[0].id : "target-" + std::to_string(i + 2);
            if (once(30))
                target.kind = EntityKind::Group;
            r.action.targets.push_back(target);
            TargetFacts facts = factsFor(target);
            if (once(6))
                facts.dependents->push_back({EntityKind::Workload, "w", {}, {}});
            if (!once(25))
                r.facts.push_back(std::move(facts));
            r.members.push_back({target, !once(25), once(10) ? 1 : 2, true, once(3)});
        }
    }

    TargetFacts* someFacts(GateRequest& r)
    {
        return r.facts.empty() ? nullptr : &r.facts[static_cast<std::size_t>(below(static_cast<int>(r.facts.size())))];
    }

    void turnFacts(GateRequest& r)
    {
        TargetFacts* facts = someFacts(r);
        if (!facts)
            return;
        switch (below(19)) {
        case 0:
            facts->tags.reset();
            break;
        case 1:
            facts->ownerTags.reset();
            break;
        case 2:
            facts->owner.reset();
            break;
        case 3:
            facts->owner = "svc-cordon";
            break;
        case 4:
            facts->criticality = Criticality::High;
            break;
        case 5:
            facts->criticality.reset();
            break;
        case 6:
            if (facts->dependents)
                facts->dependents->push_back({EntityKind::Workload, "w", {}, {}});
            break;
        case 7:
            facts->dependents.reset();
            break;
        case 8:
            facts->environment = once(2) ? "prod" : "exercise";
            break;
        case 9:
            facts->environment.reset();
            break;
        case 10:
            facts->exists = false;
            break;
        case 11: // on the edge of freshness, or from the future
            facts->asked = once(3) ? r.now + Duration(below(2)) : r.now - 30min - Duration(below(3) - 1);
            break;
        case 12:
            if (once(2))
                r.facts.push_back(*facts);
            else
                r.facts.erase(r.facts.begin());
            break;
        case 13:
            facts->target.type = once(2) ? "" : "human";
            break;
        case 14:
            facts->ownerEntity = EntityRef{EntityKind::Account, once(2) ? "svc-cordon" : "boss", "", "svc-cordon"};
            break;
        case 15: { // the owner's own facts say what the target's do not
            facts->ownerEntity = aServiceAccount();
            facts->ownerTags.reset();
            TargetFacts owner = factsFor(aServiceAccount());
            owner.tags = someTags();
            r.facts.push_back(std::move(owner));
            break;
        }
        case 16:
            facts->ownerTags = std::vector<std::string>{"break-glass"};
            break;
        case 17:
            facts->tags = std::vector<std::string>{"domain-controller"};
            break;
        default:
            facts->criticality = Criticality::Low;
            break;
        }
    }

    void turnMembers(GateRequest& r)
    {
        if (r.members.empty())
            return;
        Membership& member = r.members[static_cast<std::size_t>(below(static_cast<int>(r.members.size())))];
        switch (below(8)) {
        case 0:
        case 1:
            member.independentSources = below(4);
            break;
        case 2:
            member.isConfirmedByPerson = true;
            break;
        case 3:
            member.isMember = false;
            break;
        case 4:
            r.members.erase(r.members.begin());
            break;
        case 5:
        case 6:
            r.incident.distinctTechniques = below(3);
            r.incident.hasMeasuredRarity = once(2);
            break;
        default:
            r.incident.verifiedScopeSize = 199 + below(4);
            break;
        }
    }

    void turnMachine(GateRequest& r)
    {
        static const std::vector<const char*> checks{"evidence_preserved", "rollback_dry_run", "blast_radius",
                                                     "change_record"};
        switch (below(11)) {
        case 0:
            r.stops = static_cast<StopState>(below(4));
            break;
        case 1:
            r.ledger.isVerified = static_cast<Truth>(below(3));
            break;
        case 2:
            r.ledger.isOpen = static_cast<Truth>(below(3));
            break;
        case 3:
            r.ledger.isWritable = static_cast<Truth>(below(3));
            break;
        case 4:
            r.isClockSane = static_cast<Truth>(below(3));
            break;
        case 5:
            r.needsReauthentication = true;
            break;
        case 6:
            r.hasPassedSelfTest = static_cast<Truth>(below(3));
            break;
        case 7:
            r.permitSerial = once(2) ? std::string(31, '0') : std::string(32, 'G');
            break;
        case 8:
            r.prechecks.clear();
            break;
        default:
            r.prechecks[checks[static_cast<std::size_t>(below(4))]] = static_cast<Truth>(below(3));
            break;
        }
    }

    void turnSession(GateRequest& r)
    {
        SessionState& session = r.session;
        switch (below(13)) {
        case 0:
            session.isOpen = static_cast<Truth>(below(3));
            break;
        case 1:
            session.hasHeartbeat = static_cast<Truth>(below(3));
            break;
        case 2:
            session.lastActive = r.now - 2h + Duration(below(3) - 1);
            break;
        case 3:
            session.opened = r.now - 12h + Duration(below(3) - 1);
            break;
        case 4:
            session.opened = r.now + Duration(below(2));
            break;
        case 5:
            session.isWaitingForPeople = true;
            break;
        case 6:
            session.actionsUsed = 198 + below(3);
            break;
        case 7:
            session.openSessions = 24 + below(3);
            break;
        case 8:
            session.id = once(2) ? "" : "s-2";
            if (once(2))
                r.action.session = session.id;
            break;
        case 9:
            session.incident = "INC-0002";
            break;
        case 10:
            session.lastActive = r.now - 2h;
            session.isWaitingForPeople = once(2);
            break;
        case 11:
            r.incident.newestSupportingEvent.reset();
            break;
        default:
            r.incident.newestSupportingEvent = session.opened - 30min + Duration(below(3) - 1);
            break;
        }
    }

    void turnAction(GateRequest& r)
    {
        Action& action = r.action;
        switch (below(20)) {
        case 0:
            action.expectedState = once(2) ? "" : std::string(63, 'a') + 'A';
            break;
        case 1:
            action.connector = once(2) ? "aws" : "exercise";
            break;
        case 2:
            action.tenant = "prod";
            break;
        case 3:
            action.targets.clear();
            break;
        case 4:
            action.params.set("user", once(2) ? "svc-cordon" : aServiceAccount().id);
            break;
        case 5:
            action.params.set("principal", once(2) ? "target-1" : "stranger");
            break;
        case 6:
            action.params.set("region", once(2) ? "cordon.local/ledger/1" : "eu");
            break;
        case 7:
            action.params.set("force", true);
            break;
        case 8:
            action.params.set("user", once(2) ? Value(7) : Value("a\u200Bb"));
            break;
        case 9:
            action.rollback = once(2) ? "account.resume" : "credential.activate";
            break;
        case 10:
            action.mandate = std::string(64, 'b');
            break;
        case 11:
            r.agentId = once(2) ? "" : "nhi:other";
            break;
        case 12:
            r.agentKey = keyOf(8).publicKey().toString();
            break;
        case 13:
            r.selfIds = {"target-1"};
            break;
        case 14:
            r.selfIds = {"shown-1", ""};
            break;
        case 15:
            r.protectedIds = {"target-1"};
            break;
        case 16:
            r.selfIds.clear();
            break;
        case 17:
            r.connector.environment = "prod";
            break;
        case 18:
            r.connector.isExercise = false;
            break;
        default:
            r.connector.name = once(2) ? "" : "aws";
            break;
        }
    }

    void turnUsage(GateRequest& r)
    {
        const auto reserve = [&](const std::string& serial, const std::string& verb, const EntityRef& target,
                                 const std::string& account, Timestamp at) {
            std::vector<std::string> accounts;
            if (!account.empty())
                accounts.push_back(account);
            (void)r.usage.reserve({serial, "d", verb, "exercise", {target}, accounts, at});
        };
        const EntityRef nobody{EntityKind::Credential, "k", {}, {}};
        switch (below(5)) {
        case 0: {
            const int used = 38 + below(4);
            for (int i = 0; i < used; ++i) // some on the edge of the window
                reserve("a" + std::to_string(i), "credential.deactivate", nobody, "",
                        i < 3 ? r.now - 10min + Duration(i - 1) : r.now - 1min);
            break;
        }
        case 1: {
            const int failed = below(4);
            for (int i = 0; i < failed; ++i) {
                reserve("f" + std::to_string(i), "credential.deactivate", nobody, "", r.now);
                (void)r.usage.finish("f" + std::to_string(i), once(2) ? OutcomeState::Failed : OutcomeState::Unknown);
            }
            break;
        }
        case 2: {
            const int isolated = 3 + below(4);
            for (int i = 0; i < isolated; ++i)
                reserve("w" + std::to_string(i), "workload.isolate",
                        {EntityKind::Workload, i == 0 && once(2) ? "target-1" : "w-" + std::to_string(i), {}, {}}, "",
                        r.now - 20min);
            break;
        }
        case 3: {
            const int touched = 9 + below(13);
            for (int i = 0; i < touched; ++i)
                reserve("t" + std::to_string(i), "account.suspend", nobody,
                        i == 0 && once(2) ? aServiceAccount().id : "acc-" + std::to_string(i), r.now - 20min);
            if (once(3))
                r.accountPopulation.reset();
            else
                r.accountPopulation = 40 + below(80);
            break;
        }
        default: {
            const int shown = 58 + below(4);
            for (int i = 0; i < shown; ++i)
                (void)r.usage.dialogOpened(i == 0 ? r.now - 1h : r.now - 30min);
            r.isDialogOpen = once(4);
            break;
        }
        }
    }

    void turnMandate(GateRequest& r)
    {
        if (once(40)) {
            r.mandate.reset();
            return;
        }
        if (once(12))
            r.mandateStatus.isSigned = static_cast<Truth>(below(3));
        if (once(12))
            r.mandateStatus.newestSeenRevision = below(3);
        if (once(12)) { // on the edges of its time
            r.now = once(2) ? r.mandate->validUntil - Duration(below(2)) : r.mandate->validFrom - Duration(below(2));
            r.session.opened = r.session.lastActive = r.now;
            for (TargetFacts& facts : r.facts)
                facts.asked = r.now;
        }
        auto mandate = std::make_shared<Mandate>(*r.mandate);
        PermitClause& permit =
            mandate->change[static_cast<std::size_t>(below(static_cast<int>(mandate->change.size())))];
        switch (below(20)) {
        case 16:
        case 17:
            for (PermitClause& each : mandate->change) {
                if (each.coversVerb(r.action.type))
                    each.rollback =
                        std::vector<std::string>{"none", "snapshot", "partly"}[static_cast<std::size_t>(below(3))];
            }
            break;
        case 18:
        case 19:
            for (PermitClause& each : mandate->change) {
                if (each.coversVerb(r.action.type))
                    each.tier = static_cast<Tier>(below(4));
            }
            break;
        case 0:
            mandate->change.erase(mandate->change.begin() + below(static_cast<int>(mandate->change.size())));
            break;
        case 1:
            permit.rollback = "none";
            break;
        case 2:
            permit.tier = static_cast<Tier>(below(5));
            break;
        case 3:
            mandate->forbid.push_back(
                {"F7", {"credential.*"}, *Selector::parse("credential[type=session,tag=ci]"), {}, {}, ""});
            break;
        case 4:
            mandate->forbid.push_back({"F7", {"*"}, *Selector::parse("account[owner=boss]"), {}, {}, ""});
            break;
        case 5:
            mandate->forbid.push_back({"F7",
                                       {"workload.*"},
                                       *Selector::parse("workload[criticality=high,environment=exercise]"),
                                       {{"workload.release"}},
                                       {},
                                       ""});
            break;
        case 6:
        case 7: // a sequence: not before evidence is collected
            mandate->forbid.push_back({"F9", {"credential.*"}, {}, {}, {"evidence.collect"}, ""});
            for (const EntityRef& target : r.action.targets) {
                if (!once(4))
                    r.done.push_back({once(6) ? "evidence.snapshot" : "evidence.collect", target});
            }
            break;
        case 8:
            mandate->limits[static_cast<std::size_t>(below(5))].onExceed = static_cast<OnExceed>(below(4));
            break;
        case 9:
            mandate->tiers.erase(static_cast<Tier>(below(4)));
            break;
        case 10:
            mandate->tiers[static_cast<Tier>(below(4))].autonomy = static_cast<Autonomy>(below(3));
            break;
        case 11:
            mandate->tiers[Tier::T1].maxDependents = once(2) ? std::optional<int>() : below(3);
            break;
        case 12:
            mandate->tiers[static_cast<Tier>(1 + below(3))].executeWithin = std::chrono::minutes(1 + below(8));
            break;
        case 13:
            mandate->scope.humanConfirmFrom = Tier::T1;
            break;
        case 14:
            mandate->tiers[static_cast<Tier>(below(5))].prechecks = {"rollback_dry_run", "change_record"};
            break;
        default:
            mandate->tiers[Tier::T3].approvers = 1 + below(3);
            break;
        }
        if (once(6))
            mandate->scope.humanConfirmFrom = Tier::T1;
        if (once(60))
            mandate->digest.clear();
        r.mandate = std::move(mandate);
    }

    /// The same request against a system that is not an exercise.
    void makeReal(GateRequest& r)
    {
        if (!r.mandate)
            return;
        auto mandate = std::make_shared<Mandate>(*r.mandate);
        mandate->environment = "prod";
        r.mandate = std::move(mandate);
        r.connector.environment = "prod";
        r.connector.isExercise = once(20);
        for (TargetFacts& facts : r.facts) {
            if (facts.environment)
                facts.environment = once(20) ? "exercise" : "prod";
        }
        for (Membership& member : r.members)
            member.isSimulated = once(8);
    }

    void turnApprovals(GateRequest& r)
    {
        static const std::vector<std::pair<std::string, std::string>> people{
            {"user:analyst-a", "analyst"}, {"user:commander-b", "commander"}, {"user:analyst-c", "analyst"}};
        const int count = once(3) ? 2 : below(4);
        if (count == 0)
            return;
        const auto digest = actionDigest(r.action);
        for (int i = 0; i < count; ++i) {
            const auto& [person, role] = people[static_cast<std::size_t>(i)];
            AcceptedApproval approval;
            approval.actionDigest = digest ? digest->hex() : "";
            approval.tier = once(15) ? Tier::T2 : Tier::T3;
            approval.isApproved = !once(40);
            approval.approver = person;
            approval.key = keyText(i);
            approval.roles = {once(15) ? "reviewer" : role};
            approval.factors = {"key", "pin", "totp"};
            approval.signedAt = r.now - 1min;
            if (once(15))
                approval.factors = {"key", "pin"};
            if (once(6)) // on the edge of execute_within, or from the future
                approval.signedAt = once(2) ? r.now - 5min + Duration(below(3) - 1) : r.now + Duration(below(2));
            if (once(30))
                approval.actionDigest = std::string(64, 'c');
            switch (below(40)) {
            case 0:
                approval.approver = people[0].first;
                break;
            case 1:
                approval.key = keyText(0);
                break;
            case 2:
                approval.approver = r.agentId;
                break;
            case 3:
                approval.key = r.agentKey;
                break;
            case 4:
                approval.approver = "svc-cordon";
                break;
            case 5:
                approval.key.clear();
                break;
            case 6:
                approval.roles.clear();
                break;
            default:
                break;
            }
            r.approvals.push_back(std::move(approval));
        }
        if (once(8)) { // one of them signed twice
            AcceptedApproval again = r.approvals.front();
            again.signedAt = once(2) ? r.now - 5min : r.now - 30s;
            r.approvals.insert(once(2) ? r.approvals.begin() : r.approvals.end(), std::move(again));
        }
        if (once(15))
            r.requester = people[static_cast<std::size_t>(below(3))].first;
        if (once(15))
            r.excludedApprovers = {people[static_cast<std::size_t>(below(3))].first};
    }

    static const std::string& keyText(int i)
    {
        static const std::vector<std::string> keys{keyOf(21).publicKey().toString(), keyOf(22).publicKey().toString(),
                                                   keyOf(23).publicKey().toString()};
        return keys[static_cast<std::size_t>(i)];
    }

    std::mt19937_64 m_random;
};

} // namespace cordon::govern::fixture
