#pragma once

#include "ui/bridge/case_source.h"
#include "ui/bridge/engine_bridge.h"

#include <algorithm>
#include <chrono>

namespace cordon::test {

/// A made-up case in the manner of scenario 1: an intruder's key on a CI service account. Documentation addresses and
/// example key ids only. Answers at once and without a file.
class FakeCase : public ui::bridge::CaseSource
{
public:
    static constexpr std::int64_t eventCount = 5000;

    static Timestamp at(std::string_view clock)
    {
        return *Timestamp::parse("2026-11-21T" + std::string(clock) + "Z");
    }
    static EntityRef account() { return {EntityKind::Account, "arn:aws:iam::111122223333:user/svc-deploy-ci", "service", "svc-deploy-ci"}; }
    static EntityRef person() { return {EntityKind::Account, "arn:aws:iam::111122223333:user/dev-c", "human", "dev-c"}; }
    static EntityRef oldKey() { return {EntityKind::Credential, "AKIAIOSFODNN7EXA2M4F", "access_key", ""}; }
    static EntityRef newKey() { return {EntityKind::Credential, "AKIAIOSFODNN7EXA7QXD", "access_key", ""}; }
    static EntityRef policy() { return {EntityKind::Policy, "arn:aws:iam::111122223333:policy/ci-extra", "", "ci-extra"}; }
    static EntityRef address() { return {EntityKind::Address, "203.0.113.44", "ip", "203.0.113.44"}; }
    static EntityRef trail() { return {EntityKind::Resource, "arn:aws:cloudtrail:eu-west-1:111122223333:trail/org-trail", "", "org-trail"}; }
    static EntityRef secret(int n)
    {
        const std::string name = "prod/db-" + std::to_string(n);
        return {EntityKind::Secret, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:" + name, "", name};
    }

    Result<engine::CaseSummary> summary() override
    {
        engine::CaseSummary summary;
        summary.name = "scenario-1";
        summary.isExercise = true;
        summary.origin = "cordon.example/ledger/3f9a";
        summary.genesisKey = "ed25519 6f:1c:22:b2";
        summary.events = eventCount;
        summary.alerts = 14;
        summary.first = at("08:00:00");
        summary.last = at("12:09:58");
        summary.rules = 57;
        summary.playbooks = 4;
        summary.people = "people";
        summary.agentKey = "agent.pub";
        return summary;
    }

    Result<std::vector<engine::IncidentRow>> incidents() override
    {
        const auto row = [](int id, int risk, Severity severity, Text title, std::string_view first, std::string_view last, int alerts,
                            std::vector<EntityRef> leading, int hidden) {
            engine::IncidentRow made;
            made.id = IncidentId{id};
            made.title = std::move(title);
            made.risk = risk;
            made.severity = severity;
            made.firstSeen = at(first);
            made.lastSeen = at(last);
            made.alerts = alerts;
            made.leading = std::move(leading);
            made.hidden = hidden;
            return made;
        };
        const EntityRef role{EntityKind::Role, "arn:aws:iam::111122223333:role/payments-api", "", "role/payments-api"};
        const EntityRef host{EntityKind::Workload, "i-0c41d9e2", "instance", "i-0c41d9e2"};
        std::vector<engine::IncidentRow> rows{
            row(7, 92, Severity::Critical, {"Backdoored CI service account used from new network", {}}, "11:58:02", "12:06:41", 14,
                {account(), newKey()}, 3),
            row(5, 78, Severity::High, {"incident.title.secret_access", {{"name", "role/payments-api"}}}, "11:34:00", "11:52:00", 9, {role, host}, 0),
            row(4, 48, Severity::Medium, {"incident.title.sign_in", {{"name", "dev-c"}}}, "10:12:00", "10:12:40", 2, {person()}, 0),
            row(2, 41, Severity::Medium, {"incident.title.logging_impaired", {{"name", "netops"}}}, "09:47:00", "09:47:10", 1,
                {{EntityKind::Role, "arn:aws:iam::111122223333:role/netops", "", "role/netops"}}, 0),
            row(1, 22, Severity::Low, {"Repeated AccessDenied by read-only role", {}}, "08:03:00", "08:04:00", 1,
                {{EntityKind::Role, "arn:aws:iam::111122223333:role/audit", "", "role/audit"}}, 0),
        };
        rows[0].needsYou = true;
        rows[0].isContainedByAgent = true;
        rows[1].isContainedByAgent = true;
        rows[3].assignee = "user:analyst-a";
        return rows;
    }

    Result<engine::IncidentDetail> incident(IncidentId id) override
    {
        if (id.value != 7)
            return quietIncident(id);
        engine::IncidentDetail detail;
        detail.incident = mainIncident();
        detail.alerts = mainAlerts();
        detail.brief = mainBrief();
        detail.plan = mainPlan();
        detail.notes = {{at("12:08:03"), "user:analyst-a: confirmed with the platform team"}};
        return detail;
    }

    Result<std::int64_t> countEvents(const engine::EventFilter& filter) override
    {
        if (!filter.text.empty())
            return 3;
        return filter.incident ? 231 : eventCount;
    }

    Result<std::vector<Event>> events(const engine::EventFilter&, std::int64_t offset, int limit) override
    {
        std::vector<Event> page;
        for (std::int64_t i = offset; i < std::min<std::int64_t>(eventCount, offset + limit); ++i)
            page.push_back(madeUpEvent(i + 1));
        return page;
    }
    Result<Event> event(EventId id) override { return madeUpEvent(id.value); }
    Result<std::string> eventBytes(EventId id) override
    {
        return "{\"eventID\":\"example-" + std::to_string(id.value) +
               "\",\"eventName\":\"CreateAccessKey\",\"eventSource\":\"iam.amazonaws.com\",\"sourceIPAddress\":\"203.0.113.44\"}";
    }
    Result<std::vector<std::int64_t>> histogram(const engine::EventFilter&, Timestamp, Timestamp, int buckets) override
    {
        std::vector<std::int64_t> counts;
        for (int i = 0; i < buckets; ++i)
            counts.push_back((i * 37) % 23 + (i > buckets * 7 / 10 && i < buckets * 9 / 10 ? 40 + (i * 53) % 60 : 0));
        return counts;
    }

    Result<std::vector<engine::TimelineMark>> marks(std::optional<IncidentId>) override
    {
        const auto mark = [](std::string_view clock, bool isPerson, Text text, std::int64_t seq) {
            return engine::TimelineMark{at(clock), isPerson, isPerson ? "user:analyst-a" : "nhi:cordon-agent", std::move(text), seq, "INC-0007"};
        };
        return std::vector<engine::TimelineMark>{
            mark("12:06:42.118", false, {"step.preserve.identity", {{"target", "svc-deploy-ci"}}}, 41),
            mark("12:06:42.871", false, {"step.credential_deactivate.intruder", {}}, 44),
            mark("12:09:12.554", true, {"Note added", {}}, 51),
        };
    }

    Result<std::int64_t> countLedger() override { return 1284; }
    Result<std::vector<engine::LedgerRow>> ledger(std::int64_t offset, int limit) override
    {
        std::vector<engine::LedgerRow> rows;
        for (std::int64_t i = offset; i < std::min<std::int64_t>(1284, offset + limit); ++i) {
            engine::LedgerRow row;
            row.seq = 1284 - i;
            row.at = at("12:06:42") + std::chrono::seconds(row.seq % 300);
            row.ts = row.at;
            row.type = row.seq % 3 == 0 ? "decision" : "outcome";
            row.actorKind = row.seq % 5 == 0 ? "person" : "agent";
            row.actor = row.seq % 5 == 0 ? "user:analyst-a" : "nhi:cordon-agent";
            row.incident = "INC-0007";
            row.summary = {"step.credential_deactivate.intruder", {}};
            rows.push_back(std::move(row));
        }
        return rows;
    }
    Result<std::string> ledgerEntry(std::int64_t seq) override { return "{\n  \"seq\": " + std::to_string(seq) + "\n}\n"; }

    Result<std::vector<engine::ApprovalRow>> approvals() override
    {
        const auto row = [](std::string id, std::string step, std::string code, Tier tier, std::string state, int needed) {
            engine::ApprovalRow made;
            made.id = std::move(id);
            made.incident = "INC-0007";
            made.step = std::move(step);
            made.title = {std::move(code), {}};
            made.tier = tier;
            made.state = std::move(state);
            made.needed = needed;
            made.issued = at("12:06:42.902");
            made.approveBy = at("13:06:00");
            made.requestText = "request";
            return made;
        };
        std::vector<engine::ApprovalRow> rows{
            row("AR-0018", "INC-0007/S3", "step.credential_deactivate.original", Tier::T2, "waiting", 1),
            row("AR-0019", "INC-0007/S4", "step.credential_delete.intruder", Tier::T3, "waiting", 2),
            row("AR-0012", "INC-0005/S3", "step.policy_detach", Tier::T2, "executed", 1),
        };
        rows[2].given = 1;
        rows[2].digest = std::string(64, 'd');
        rows[2].code = "lamp-otter";
        rows[2].acts = {{31, at("12:06:42.902"), "requested", "", {}, "", -1},
                        {35, at("12:09:02"), "refused", "", {}, "key_unknown", -1},
                        {36, at("12:10:42.902"), "granted", "user:commander-a", {"key", "pin"}, "agreed with the owner", 12'500},
                        {37, at("12:10:43"), "consumed", "", {}, "", -1}};
        return rows;
    }

    Result<std::string> sealFile(const std::filesystem::path&) override { return std::string(64, 'e'); }
    Result<void> exportEvidence(const std::string&, const std::filesystem::path&) override { return {}; }
    Result<std::vector<engine::EvidenceRow>> evidence() override
    {
        engine::EvidenceRow log;
        log.digest = std::string(64, 'a');
        log.kind = "log";
        log.name = "logs/cloudtrail-2026-11-21.json.gz";
        log.parent = std::string(64, 'b');
        log.size = 9'000'000;
        log.holder = "user:local";
        log.receipt = "EVIDENCE\n\nchain of custody (UTC)\n";
        engine::EvidenceRow exhibit;
        exhibit.digest = std::string(64, 'e');
        exhibit.kind = "exhibit";
        exhibit.number = "EX-0001";
        exhibit.name = "screen.png";
        exhibit.size = 4096;
        exhibit.isHeld = true;
        exhibit.holder = "user:analyst-a";
        exhibit.receipt = "EXHIBIT EX-0001\n\nlegal hold  yes: it must not be erased\n";
        engine::EvidenceRow onItsWay = exhibit;
        onItsWay.digest = std::string(64, 'f');
        onItsWay.number = "EX-0002";
        onItsWay.name = "disk.img";
        onItsWay.isHeld = false;
        onItsWay.isEncrypted = true;
        onItsWay.transfer = "TR-0001";
        onItsWay.transferTo = "user:commander-b";
        onItsWay.receipt = "EXHIBIT EX-0002\n";
        engine::EvidenceRow picture = onItsWay;
        picture.digest = std::string(64, 'd');
        picture.number = "EX-0003";
        picture.name = "picture.png";
        picture.transfer.clear();
        picture.transferTo.clear();
        picture.receipt = "EXHIBIT EX-0003\n";
        return std::vector{log, exhibit, onItsWay, picture};
    }
    Result<std::vector<engine::SourceRow>> sources() override
    {
        engine::SourceRow row;
        row.file = "logs/cloudtrail-2026-11-21.json.gz";
        row.kind = "aws.cloudtrail";
        row.events = eventCount;
        row.rejected = 2;
        row.bytes = 48'000'000;
        row.evidence = std::string(64, 'a');
        row.first = at("08:00:00");
        row.last = at("12:09:58");
        return std::vector<engine::SourceRow>{row};
    }
    Result<std::vector<engine::FollowedRow>> followed() override
    {
        using State = engine::FollowedRow::State;
        engine::FollowedRow row;
        row.root = "/var/log/cloudtrail";
        row.kind = "aws.cloudtrail";
        row.files = 12;
        row.events = 4200;
        row.rejected = 3;
        row.bytes = 5'000'000;
        row.first = at("08:00:00");
        row.last = at("12:05:00");
        row.arrived = at("12:09:40");
        row.lag = row.arrived - row.last;
        std::vector<engine::FollowedRow> rows;
        for (const State state : {State::Following, State::Reading, State::Quiet, State::Ended, State::Failed}) {
            row.state = state;
            row.reason = state == State::Failed ? "/var/log/cloudtrail: folder cannot be read: Permission denied" : "";
            rows.push_back(row);
        }
        return rows;
    }
    Result<std::vector<RejectedRecord>> rejected(std::int64_t, int) override
    {
        return std::vector<RejectedRecord>{{"logs/cloudtrail-2026-11-21.json.gz", 1204, 88, "line 9: no eventTime"},
                                           {"logs/notes.txt", 0, 0, "no field map knows this file"}};
    }

    Result<engine::AgentPicture> agent() override
    {
        engine::AgentPicture picture;
        picture.id = "nhi:cordon-agent@example";
        picture.owner = "user:owner-a";
        picture.deputy = "user:owner-b";
        picture.keyFingerprint = "ed25519 6f:1c:22:b2";
        picture.mandateId = "exercise";
        picture.mandateRevision = 3;
        picture.mandateDigest = std::string(64, 'b');
        picture.owners = 2;
        picture.validUntil = *Timestamp::parse("2026-12-03T12:00:00Z");
        picture.environment = "exercise";
        picture.see = {{"S1", {"cloudtrail/*", {}}, "read"}, {"S2", {"secret values", {}}, "never"}};
        picture.decide = {{"D1", {"correlate, score, summarise", {}}, "auto"}, {"D2", {"close an incident", {}}, "approve:1"}};
        picture.change = {{"C0", {"observe: preserve, snapshot", {}}, "auto"},
                          {"C2", {"low: deactivate key", {}}, "auto"},
                          {"C7", {"disruptive: detach, isolate", {}}, "approve:1"},
                          {"C10", {"destructive: delete", {}}, "approve:2"}};
        picture.forbid = {{"F1", {"break-glass*, the agent itself", {}}, "never"}};
        const auto decision = [](std::int64_t seq, std::string_view clock, std::string code, Effect effect, Tier tier, std::string clause) {
            return engine::DecisionRow{seq, at(clock), {std::move(code), {}}, "playbook", effect, tier, {std::move(clause)}, "INC-0007"};
        };
        picture.decisions = {decision(47, "12:06:42.903", "step.credential_delete.intruder", Effect::Hold, Tier::T3, "C10"),
                             decision(46, "12:06:42.902", "step.credential_deactivate.original", Effect::Hold, Tier::T2, "C7"),
                             decision(43, "12:06:42.870", "step.credential_deactivate.intruder", Effect::Allow, Tier::T1, "C2"),
                             decision(40, "12:06:42.100", "step.credential_replace.original", Effect::Deny, Tier::T4, "F1")};
        picture.refused = 1;
        picture.actionsUsed = 3;
        picture.actionsMost = 8;
        picture.identitiesTouched = 2;
        picture.identitiesMost = 5;
        picture.perWindowUsed = 7;
        picture.perWindowMost = 30;
        picture.sessionUntil = at("12:51:19");
        return picture;
    }

    Result<engine::AgentRecord> agentRecord() override
    {
        engine::AgentRecord record;
        record.sessions = {{"session-2", "INC-0007", at("12:06:41"), std::nullopt, 3, 38},
                           {"session-1", "INC-0005", at("09:10:00"), at("10:00:00"), 1, 12}};
        record.controls = {{"OWASP ASI", "ASI02", "Tool Misuse & Exploitation", {"control.asi02", {}}, 12, 47, {"C2", "C10"}},
                           {"OWASP ASI", "ASI10", "Rogue Agents", {"control.asi10", {}}, 0, -1, {}}};
        return record;
    }
    Result<std::string> mandateText() override { return std::string("mandate: cordon/v1\nrevision: 3\n"); }
    /// A text with "broken" in it has a fault on line 2; one with "stricter" refuses a past decision.
    Result<engine::MandateTrial> tryMandate(const std::string& text) override
    {
        engine::MandateTrial trial;
        if (text.find("broken") != std::string::npos) {
            trial.problems = {{2, "key.unknown", "unknown key 'broken'"}};
            return trial;
        }
        trial.isWhole = true;
        trial.id = "exercise";
        trial.revision = 3;
        engine::RejudgedRow row;
        row.seq = 43;
        row.title = {"step.credential_deactivate.intruder", {}};
        row.was.effect = Effect::Allow;
        row.was.tier = Tier::T1;
        row.was.clauses = {"C2"};
        row.would = row.was;
        if (text.find("stricter") != std::string::npos) {
            row.would->effect = Effect::Deny;
            row.would->clauses = {"default"};
            row.isDifferent = true;
        }
        engine::RejudgedRow old = row;
        old.seq = 12;
        old.would.reset();
        old.isDifferent = false;
        old.why = "not_recorded";
        trial.decisions = {row, old};
        return trial;
    }

    Result<std::vector<engine::PersonRow>> people() override
    {
        return std::vector<engine::PersonRow>{
            {"user:analyst-a", "Analyst A", {"analyst"}, "271828", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"},
            {"user:commander-a", "Commander A", {"analyst", "commander"}, "314159", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"},
            {"user:reviewer-a", "Reviewer A", {"reviewer"}, "161803", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"}};
    }

    /// What the engine would say of this case right now.
    static engine::Notice notice()
    {
        engine::Notice notice;
        notice.revision = 1;
        notice.phase = engine::Phase::Live;
        notice.agent = engine::AgentState::Acting;
        notice.events = eventCount;
        notice.rejected = 2;
        notice.alerts = 14;
        notice.incidents = 5;
        notice.ledgerEntries = 1284;
        notice.waitingApprovals = 2;
        notice.needsYou = 1;
        notice.caseNow = at("12:10:12");
        notice.logReaches = at("12:09:58");
        notice.actionsUsed = 3;
        notice.actionsMost = 8;
        notice.sessionUntil = at("12:51:19");
        return notice;
    }

    static Plan mainPlan()
    {
        Plan plan;
        plan.incident = IncidentId{7};
        plan.playbook = "compromised-access-key";
        plan.playbookName = {"playbook.compromised_access_key", {}};
        plan.revision = 2;
        plan.steps = {step(1, "evidence.collect", account(), {"step.preserve.identity", {{"target", "svc-deploy-ci"}}}, Tier::T0, Back::None),
                      step(2, "credential.deactivate", newKey(), {"step.credential_deactivate.intruder", {}}, Tier::T1, Back::Reversible),
                      step(3, "credential.deactivate", oldKey(), {"step.credential_deactivate.original", {}}, Tier::T1, Back::Reversible),
                      step(4, "credential.delete", newKey(), {"step.credential_delete.intruder", {}}, Tier::T3, Back::None),
                      step(5, "credential.replace", oldKey(), {"step.credential_replace.original", {}}, Tier::T2, Back::Reversible),
                      step(6, "policy.detach", account(), {"step.policy_detach", {{"object", "ci-extra"}}}, Tier::T2, Back::Reversible)};
        done(plan.steps[0], "12:06:42.118");
        done(plan.steps[1], "12:06:42.871");
        plan.steps[1].isTargetMadeByIncident = true;
        plan.steps[1].preview = Preview{};
        wait(plan.steps[2], Tier::T2, 1, "AR-0018", "C2");
        plan.steps[2].preview = Preview{};
        for (int i = 1; i <= 3; ++i)
            plan.steps[2].preview->dependents.push_back({EntityKind::Workload, "pipeline-" + std::to_string(i), "", "pipeline-" + std::to_string(i)});
        wait(plan.steps[3], Tier::T3, 2, "AR-0019", "C10");
        plan.steps[4].after = {"INC-0007/S4"};
        plan.steps[5].after = {"INC-0007/S5"};
        plan.steps[4].isFollowUp = plan.steps[5].isFollowUp = true;
        return plan;
    }

private:
    static Step step(int ordinal, std::string verb, EntityRef target, Text title, Tier floor, Back back)
    {
        Step made;
        made.id = "INC-0007/S" + std::to_string(ordinal);
        made.ordinal = ordinal;
        made.action.type = std::move(verb);
        made.action.connector = "exercise";
        made.action.targets = {std::move(target)};
        made.title = std::move(title);
        made.floor = floor;
        made.back = back;
        return made;
    }
    static void done(Step& step, std::string_view clock)
    {
        step.state = StepState::Verified;
        step.doneBy = "agent";
        step.executedAt = at(clock);
        step.decision = Decision{};
        step.decision->effect = Effect::Allow;
        step.decision->tier = step.floor;
        step.decision->clauses = {"C2"};
        step.decisionSeq = 43;
    }
    static void wait(Step& step, Tier tier, int approvers, std::string request, std::string clause)
    {
        step.state = StepState::AwaitingApproval;
        step.request = std::move(request);
        step.decision = Decision{};
        step.decision->effect = Effect::Hold;
        step.decision->tier = tier;
        step.decision->clauses = {std::move(clause)};
        step.decision->reasons = {{"3 known dependents raise the step from Low to Disruptive", {}}};
        step.decision->missing = {"approval"};
        step.decision->needs.approvers = approvers;
        step.decisionSeq = 46;
    }

    static Incident mainIncident()
    {
        Incident incident;
        incident.id = IncidentId{7};
        incident.title = {"Backdoored CI service account used from new network", {}};
        incident.risk = 92;
        incident.severity = Severity::Critical;
        incident.firstSeen = at("11:58:02");
        incident.lastSeen = at("12:06:41");
        incident.techniques = {"T1098.001", "T1078.004", "T1580", "T1562.008"};
        incident.tactics = {"persistence", "discovery", "defense-evasion"};
        incident.riskParts = {{{"risk.created_used", {{"name", "AKIAIOSFODNN7EXA7QXD"}}}, 30}};
        const auto add = [&](const EntityRef& entity, EntityRole role, bool isVerified) {
            IncidentMember member;
            member.entity = entity;
            member.role = role;
            member.isVerified = member.isVerifiedBySimulation = isVerified;
            member.why = {{"member.acted", {{"n", "4"}, {"rule", "Access key created for another use"}}}};
            incident.members.push_back(std::move(member));
        };
        add(account(), EntityRole::Attacker, true);
        add(newKey(), EntityRole::Attacker, true);
        add(policy(), EntityRole::Other, true);
        for (int i = 1; i <= 6; ++i)
            add(secret(i), EntityRole::Resource, true);
        add(person(), EntityRole::Other, false);
        add(address(), EntityRole::Other, false);
        add(trail(), EntityRole::Resource, false);
        const auto link = [&](const EntityRef& from, const EntityRef& to, std::string code) {
            incident.links.push_back({from, to, {std::move(code), {}}, 0.9, {}});
        };
        link(account(), newKey(), "link.created");
        link(newKey(), address(), "link.came_from");
        for (int i = 1; i <= 6; ++i)
            link(newKey(), secret(i), "link.read");
        link(policy(), account(), "link.grants");
        link(person(), policy(), "link.attached");
        link(newKey(), trail(), "link.stopped");
        return incident;
    }

    static std::vector<Alert> mainAlerts()
    {
        std::vector<Alert> alerts;
        for (int i = 0; i < 14; ++i) {
            Alert alert;
            alert.id = AlertId{i + 1};
            alert.rule.id = "rule-" + std::to_string(i % 4);
            alert.rule.title = i == 0 ? "Access key created for itself" : i % 3 == 0 ? "Trail stopped" : "Discovery burst by a new key";
            alert.rule.author = "Cordon";
            alert.rule.level = i == 0 ? Severity::High : Severity::Medium;
            alert.first = i == 0 ? at("11:58:02") : at("12:03:10") + std::chrono::seconds(i * 13);
            alert.last = alert.first + std::chrono::seconds(i == 5 ? 40 : 2);
            alert.events = {EventId{i + 1}};
            alert.cites = {{Digest{}, static_cast<std::uint64_t>(i) * 900, 812}};
            alert.entities = {{i == 0 ? account() : newKey(), "actor", ""}};
            alert.action = i == 0 ? "iam:CreateAccessKey" : "iam:ListUsers";
            alerts.push_back(std::move(alert));
        }
        return alerts;
    }

    static Brief mainBrief()
    {
        Brief brief;
        const auto tell = [&](std::string code, std::map<std::string, std::string> args, std::vector<EventId> cites) {
            brief.story.push_back({{std::move(code), std::move(args)}, std::move(cites)});
        };
        tell("story.key_made_self", {{"n", "1"}, {"moment", "1"}, {"from", "11:58"}, {"to", "11:58"}, {"actor", "svc-deploy-ci"}, {"via", oldKey().id}, {"what", newKey().id}}, {EventId{1}});
        tell("story.made_key_used", {{"moment", "1"}, {"from", "12:03"}, {"key", newKey().id}, {"address", "203.0.113.44"}, {"n", "61"}, {"actions", "41"}}, {EventId{2}});
        tell("story.new_actions", {{"n", "41"}, {"all", "44"}, {"name", "svc-deploy-ci"}, {"past", "12"}}, {EventId{3}, EventId{4}, EventId{5}, EventId{6}});
        tell("story.logging_impaired_denied", {{"n", "1"}, {"moment", "1"}, {"from", "12:05"}, {"to", "12:05"}, {"actor", "svc-deploy-ci"}, {"what", "org-trail"}, {"action", "cloudtrail:StopLogging"}}, {EventId{10}});
        IdentityChange change;
        change.event = EventId{11};
        change.text = {"change.attached_for", {{"actor", "dev-c"}, {"what", "ci-extra"}, {"subject", "svc-deploy-ci"}, {"time", "2026-11-20 17:20"}}};
        brief.identityChanges = {change};
        brief.residual = {{oldKey(), {"residual.original_key", {{"name", oldKey().id}}}, std::nullopt},
                          {{EntityKind::Role, "arn:aws:iam::111122223333:role/deploy-prod", "", "deploy-prod"}, {"1 role session", {}}, at("13:02:00")}};
        return brief;
    }

    static Result<engine::IncidentDetail> quietIncident(IncidentId id)
    {
        engine::IncidentDetail detail;
        detail.incident.id = id;
        detail.incident.title = {"incident.title.sign_in", {{"name", "dev-c"}}};
        detail.incident.risk = 48;
        detail.incident.severity = Severity::Medium;
        detail.incident.firstSeen = at("10:12:00");
        detail.incident.lastSeen = at("10:12:40");
        detail.plan.note = {"plan.no_playbook", {}};
        return detail;
    }

    static Event madeUpEvent(std::int64_t number)
    {
        Event event;
        event.id = EventId{number};
        event.time = at("11:50:00") + std::chrono::milliseconds(number * 237);
        event.actor = number % 4 == 0 ? person() : account();
        event.via = number % 4 == 0 ? std::optional<EntityRef>() : std::optional(newKey());
        event.action = number % 7 == 0 ? "cloudtrail:StopLogging" : "iam:ListAccessKeys";
        event.targets = {{trail(), "read"}};
        event.address = "203.0.113.44";
        event.outcome = number % 7 == 0 ? EventOutcome::Failure : EventOutcome::Success;
        event.error = number % 7 == 0 ? "AccessDenied" : "";
        event.cite.offset = static_cast<std::uint64_t>(number) * 900;
        event.cite.length = 812;
        return event;
    }
};

} // namespace cordon::test
