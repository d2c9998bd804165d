#include "core/exports/countermeasures.h"

#include <algorithm>
#include <array>

namespace cordon::exports {
namespace {

constexpr int isolate = 1;
constexpr int evict = 2;
constexpr int restore = 3;
constexpr int harden = 4;

// Source: D3FEND 1.2.0; OCSF 7001; CACAO 2.0 playbook activities
constexpr std::array<Countermeasure, 24> all{{
    {"credential.deactivate", evict, "D3-AL", "Account Locking", "restrict-access"},
    {"session.revoke", evict, "D3-ST", "Session Termination", "restrict-access"},
    {"account.suspend", evict, "D3-AL", "Account Locking", "restrict-access"},
    {"workload.isolate", isolate, "D3-NI", "Network Isolation", "disconnect-system"},
    {"address.block", isolate, "D3-ITF", "Inbound Traffic Filtering", "restrict-access"},
    {"policy.detach", evict, "D3-UAP", "User Account Permissions", "restrict-access"},
    {"grant.remove", evict, "D3-UAP", "User Account Permissions", "restrict-access"},
    {"consent.revoke", evict, "D3-UAP", "User Account Permissions", "restrict-access"},
    {"trust.restore", restore, "D3-RC", "Restore Configuration", "restore-capabilities"},
    {"credential.replace", harden, "D3-CRO", "Credential Rotation", "eliminate-risk"},
    {"secret.add_version", harden, "D3-CRO", "Credential Rotation", "eliminate-risk"},
    {"dependent.update", restore, "D3-RC", "Restore Configuration", "restore-capabilities"},
    {"secret.retire_version", evict, "D3-CR", "Credential Revocation", "eliminate-risk"},
    {"credential.activate", restore, "D3-RUAA", "Restore User Account Access", "restore-capabilities"},
    {"account.resume", restore, "D3-ULA", "Unlock Account", "restore-capabilities"},
    {"workload.release", restore, "D3-RNA", "Restore Network Access", "restore-capabilities"},
    {"address.unblock", restore, "D3-RNA", "Restore Network Access", "restore-capabilities"},
    {"policy.attach", restore, "D3-RUAA", "Restore User Account Access", "restore-capabilities"},
    {"grant.add", restore, "D3-RUAA", "Restore User Account Access", "restore-capabilities"},
    {"credential.delete", evict, "D3-CR", "Credential Revocation", "eliminate-risk"},
    {"account.delete", evict, "D3-CE", "Credential Eviction", "eliminate-risk"},
    {"secret.delete_version", evict, "D3-CR", "Credential Revocation", "eliminate-risk"},
    {"token.destroy", evict, "D3-CR", "Credential Revocation", "eliminate-risk"},
    {"workload.terminate", evict, "D3-HS", "Host Shutdown", "disconnect-system"},
}};

} // namespace

const Countermeasure* countermeasureOf(std::string_view verb)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Countermeasure& one) { return one.verb == verb; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace cordon::exports
