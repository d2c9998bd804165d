// Measures how long the gate takes for one decision, without the ledger's write, and prints it.
#include "core/govern/action_digest.h"
#include "core/govern/gate.h"
#include "core/govern/mandate_rules.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

using namespace cordon;
using namespace cordon::govern;

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A mandate of so many clauses: two permits to one forbid, each with a selector of its own.
std::string mandateOf(int clauses)
{
    std::string text = "mandate: cordon/v1\nid: m-bench\nrevision: 1\nenvironment: prod\n"
                       "agent: {id: \"nhi:bench\", key: \"ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"}\n"
                       "owner: {accountable: \"user:owner-a\", deputy: \"user:owner-b\", signatures_to_load: 2}\n"
                       "valid: {from: \"2026-11-01T00:00:00Z\", until: \"2027-01-01T00:00:00Z\"}\n"
                       "session: {ttl: 4h, idle: 30m, concurrent: 5, max_actions: 40}\n"
                       "scope: {independent_sources: 2, freshness: 30m, max_entities: 25, human_confirm_from: T2}\n"
                       "change:\n"
                       "  - {id: C1, action: credential.deactivate, target: \"credential[type=access_key]\", tier: T1, "
                       "rollback: credential.activate}\n"
                       "  - {id: C2, action: credential.delete, target: credential, tier: T3, rollback: none}\n";
    const int forbids = clauses / 3;
    for (int i = 3; i <= clauses - forbids; ++i) {
        const std::string n = std::to_string(i);
        text += "  - {id: C" + n + ", action: workload.isolate, target: \"workload[owner=team-" + n +
                ",environment=prod]\", tier: T1, rollback: workload.release}\n";
    }
    text += "forbid:\n";
    for (int i = 1; i <= forbids; ++i) {
        const std::string n = std::to_string(i);
        text += i % 2 ? "  - {id: F" + n + ", action: \"*\", target: \"tag:guarded-" + n + "\"}\n"
                      : "  - {id: F" + n + ", action: \"credential.*\", target: \"credential[owner=vip-" + n + "]\"}\n";
    }
    return text +
           "tiers:\n  T0: {autonomy: auto}\n"
           "  T1: {autonomy: auto, prechecks: [evidence_preserved, rollback_dry_run], max_dependents: 0}\n"
           "  T2: {autonomy: approve, approvers: 1, factors: [key, pin], approve_within: 60m, execute_within: 5m, "
           "prechecks: [evidence_preserved, blast_radius]}\n"
           "  T3: {autonomy: approve, approvers: 2, factors: [key, pin, totp], approve_within: 60m, "
           "execute_within: 5m, prechecks: [evidence_preserved, blast_radius, change_record]}\n"
           "  T4: {autonomy: never}\n"
           "limits:\n  - {id: L1, count: actions, max: 10, per: 10m, on_exceed: pause}\n"
           "  - {id: L2, count: workloads_isolated_at_once, max: 5, on_exceed: approve_T3}\n"
           "  - {id: L3, count: accounts_touched, max_percent_of_population: 2, min: 2, on_exceed: approve_T3}\n"
           "  - {id: L4, count: consecutive_failures, max: 2, per: connector, on_exceed: pause}\n"
           "killswitch: {anyone: true, effect: [revoke_permits, pause_sessions, freeze_leases], resume: {T0: 1, "
           "T1: 2}, heartbeat: 10m}\ndefault: deny\n";
}

GateRequest requestFor(const std::shared_ptr<const Mandate>& mandate, const std::string& verb, int targets)
{
    GateRequest r;
    r.now = *Timestamp::parse("2026-11-22T12:00:00Z");
    r.action.type = verb;
    r.action.connector = r.action.tenant = "aws";
    r.action.expectedState = std::string(64, 'a');
    r.action.incident = "INC-0001";
    r.action.session = "s-1";
    r.action.mandate = mandate->digest;
    r.mandate = mandate;
    r.mandateStatus = {Truth::True, 1};
    r.agentId = mandate->agent.id;
    r.agentKey = mandate->agent.key;
    r.selfIds = {"AKIACORDON0000000000", "svc-cordon"};
    r.protectedIds = {"case-1", mandate->id};
    r.connector = {"aws", "aws", "prod", false};
    r.session = {"s-1", "INC-0001", Truth::True, Truth::True, r.now - 1min, r.now - 1min, false, 0, 1};
    r.stops = StopState::Running;
    r.ledger = {Truth::True, Truth::True, Truth::True};
    r.isClockSane = r.hasPassedSelfTest = Truth::True;
    for (int i = 0; i < targets; ++i) {
        const EntityRef target{EntityKind::Credential, "AKIAEXAMPLE0000000" + std::to_string(10 + i), "access_key", ""};
        r.action.targets.push_back(target);
        TargetFacts facts;
        facts.target = target;
        facts.exists = true;
        facts.asked = r.now;
        facts.environment = "prod";
        facts.criticality = Criticality::Normal;
        facts.owner = "arn:aws:iam::111122223333:user/svc-ci";
        facts.tags = std::vector<std::string>{"team-a", "ci", "web"};
        facts.ownerTags = std::vector<std::string>{"team-a"};
        facts.dependents.emplace();
        r.facts.push_back(std::move(facts));
        r.members.push_back({target, true, 2, false, false});
    }
    r.incident = {2, false, r.now - 1min, 3};
    r.accountPopulation = 400;
    r.prechecks = {{"evidence_preserved", Truth::True},
                   {"rollback_dry_run", Truth::True},
                   {"blast_radius", Truth::True},
                   {"change_record", Truth::True}};
    r.permitSerial = std::string(32, '0');
    return r;
}

void measure(const char* name, const GateRequest& request, int times)
{
    std::vector<double> micros;
    micros.reserve(static_cast<std::size_t>(times));
    Effect effect = Effect::Deny;
    for (int i = 0; i < times; ++i) {
        const auto start = Clock::now();
        const Ruling ruling = Gate().rule(request);
        micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
        effect = ruling.decision.effect;
    }
    std::sort(micros.begin(), micros.end());
    const auto at = [&](double share) {
        return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    };
    std::printf("%-44s %-6s %9.1f %9.1f %9.1f %9.1f\n", name, std::string(toString(effect)).c_str(), at(0.5), at(0.99),
                at(0.999), micros.back());
    std::fflush(stdout);
}

std::string processor()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.rfind("model name", 0) == 0)
            return line.substr(std::min(line.find(':') + 2, line.size()));
    }
    return "unknown processor";
}

} // namespace

int main(int argc, char** argv)
{
    int times = 200'000;
    if (argc == 3 && std::strcmp(argv[1], "--times") == 0)
        std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), times);
    if (times < 100 || (argc != 1 && argc != 3)) {
        std::fprintf(stderr, "usage: cordon_bench_govern [--times N]\n");
        return 64;
    }
    std::printf("machine: %s; %d decisions each, microseconds, one thread, no ledger\n", processor().c_str(), times);
    std::printf("%-44s %-6s %9s %9s %9s %9s\n", "decision", "effect", "p50", "p99", "p99.9", "most");
    for (const int clauses : {100, 500}) {
        auto parsed = parseMandate(mandateOf(clauses), "bench");
        if (!parsed) {
            std::fprintf(stderr, "cordon_bench_govern: %s\n", parsed.error().detail.c_str());
            return 1;
        }
        const auto mandate = std::make_shared<const Mandate>(std::move(*parsed));
        const std::string at = ", " + std::to_string(clauses) + " clauses";
        measure(("low tier" + at).c_str(), requestFor(mandate, "credential.deactivate", 1), times);
        GateRequest forbidden = requestFor(mandate, "credential.deactivate", 1);
        forbidden.facts[0].tags.reset();
        measure(("unknown tags: every forbid matches" + at).c_str(), forbidden, times);
        GateRequest deletion = requestFor(mandate, "credential.delete", 1);
        const auto digest = actionDigest(deletion.action);
        for (const char* who : {"commander", "analyst"})
            deletion.approvals.push_back({digest ? digest->hex() : "",
                                          Tier::T3,
                                          true,
                                          std::string("user:") + who,
                                          std::string("key-") + who,
                                          {who},
                                          {"key", "pin", "totp"},
                                          deletion.now - 1min});
        measure(("destructive, two approvals" + at).c_str(), deletion, times);
        measure(("25 targets" + at).c_str(), requestFor(mandate, "credential.deactivate", 25), times / 10);
    }
    return 0;
}
