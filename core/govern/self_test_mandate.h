#pragma once

#include <string_view>

namespace cordon::govern {

/// The small mandate that the self-test judges by, and its digest. In force nowhere: nobody signed it.
inline constexpr std::string_view selfTestMandate = R"(mandate: cordon/v1
id: m-self-test
revision: 3
environment: self-test
agent: {id: "nhi:self-test", key: "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}
owner: {accountable: "user:owner-a", deputy: "user:owner-b", signatures_to_load: 2}
valid: {from: "2026-01-01T00:00:00Z", until: "2026-03-01T00:00:00Z"}
session: {ttl: 4h, idle: 30m, concurrent: 2, max_actions: 10}
scope: {independent_sources: 2, freshness: 30m, max_entities: 5, human_confirm_from: T2}
change:
  - {id: C1, action: "evidence.*", target: "*", tier: T0, rollback: none}
  - {id: C2, action: credential.deactivate, target: "credential[type=access_key]", tier: T1, rollback: credential.activate}
  - {id: C3, action: credential.delete, target: credential, tier: T3, rollback: none}
forbid:
  - {id: F1, action: "*", target: "tag:break-glass", except: ["evidence.*"]}
  - {id: F2, action: credential.delete, target: "*", not_before: [evidence.snapshot]}
tiers:
  T0: {autonomy: auto}
  T1: {autonomy: auto, prechecks: [evidence_preserved], max_dependents: 0}
  T2: {autonomy: approve, approvers: 1, factors: [key, pin], approve_within: 60m, execute_within: 5m, prechecks: [blast_radius]}
  T3: {autonomy: approve, approvers: 2, factors: [key, pin, totp], approve_within: 60m, execute_within: 5m, prechecks: [blast_radius]}
  T4: {autonomy: never}
limits:
  - {id: L1, count: actions, max: 2, per: 10m, on_exceed: deny}
killswitch: {anyone: true, effect: [revoke_permits, pause_sessions, freeze_leases], resume: {T0: 1, T1: 2}, heartbeat: 10m}
default: deny
)";
inline constexpr std::string_view selfTestMandateDigest =
    "d7fa34f71d0a5e5993236fc8f9ce6924f7d8bfd7070aa65f0d8304400b8d0f41";

/// Of the self-test's first action under that mandate.
inline constexpr std::string_view selfTestActionDigest =
    "28fbe6c6ee2db16f229e0f31966ab748d8a21df960472272d43d536a3449266e";

} // namespace cordon::govern
