#pragma once

#include "core/base/clock.h"
#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"

#include <chrono>

namespace cordon::test {

inline constexpr const char* person = "user:analyst-a";
inline constexpr const char* goodPin = "4829";

/// Machine clocks that stand still, so that authenticator codes and the expiry are fixed.
class StillClock : public MachineClock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] std::int64_t monotonicNanos() const override { return m_nanos; }
    [[nodiscard]] std::string bootId() const override { return std::string(32, 'b'); }
    void pass(Duration time)
    {
        m_now = m_now + time;
        m_nanos += time.count() * 1000;
    }

private:
    Timestamp m_now = Timestamp::fromMicros(1'795'348'800'000'000);
    std::int64_t m_nanos = 5'000'000'000;
};

/// What a test wants to be asked.
struct Asked
{
    Tier tier = Tier::T3;
    std::vector<std::string> factors{"key", "pin", "totp"};
    int approvers = 2;
    bool isTypedTarget = false;
    std::string targetName = "svc-deploy-ci";
    std::string targetId = "AKIAIOSFODNN7EXA7QXD";
    bool isExercise = true;
    int extraEvents = 0;
    std::optional<Timestamp> caseNow = {}; ///< as the console says
};

inline ApprovalRequest requestFor(const Asked& asked, const MachineClock& clock)
{
    Action action;
    action.type = asked.tier == Tier::T3 ? "credential.delete" : "policy.detach";
    action.connector = "exercise";
    action.tenant = "112233443344";
    const EntityKind kind = asked.tier == Tier::T3 ? EntityKind::Credential : EntityKind::Account;
    action.targets = {{kind, asked.targetId, "", ""}};
    if (asked.tier != Tier::T3)
        action.params = Value::Object{{"policy", "arn:aws:iam::aws:policy/AdministratorAccess"}};
    action.expectedState = std::string(64, 'e');
    action.incident = "INC-0001";
    action.session = "S-1";
    action.mandate = std::string(64, 'a');

    govern::FrozenFacts facts;
    TargetFacts target;
    target.target = {kind, asked.targetId, asked.tier == Tier::T3 ? "access_key" : "service", asked.targetName};
    target.owner = "svc-deploy-ci";
    target.criticality = Criticality::Normal;
    target.dependents = std::vector<EntityRef>{};
    facts.targets = {target};
    Preview preview;
    preview.request = "iam:DeleteAccessKey";
    preview.before = Value::Object{{"status", "inactive"}};
    preview.after = Value::Object{{"status", "deleted"}};
    preview.stillOpen = {"1 role session made with this key, until 13:02"};
    preview.undo = "a new key would have to be issued";
    facts.preview = preview;
    facts.because = {"14 alerts", "2 identity changes"};
    for (int i = 0; i < 11 + asked.extraEvents; ++i)
        facts.events.push_back(std::string(64, '9') + ':' + std::to_string(i * 812) + ":811");
    facts.prechecks = {
        {"evidence_preserved", "true"}, {"rollback_dry_run", "false"}, {"blast_radius_computed", "true"}};
    facts.mandateId = "exercise-identity";
    facts.mandateRevision = 3;

    ApprovalRequest request;
    request.id = "AR-0019";
    request.caseName = "case-1";
    request.incident = action.incident;
    request.step = "delete-key";
    request.actionBytes = action.canonical().value_or("");
    const auto digest = govern::actionDigest(action);
    request.actionDigest = digest ? digest->hex() : "";
    request.facts = facts.toValue();
    request.tier = asked.tier;
    request.environment = "exercise";
    request.isExercise = asked.isExercise;
    request.needs.approvers = asked.approvers;
    request.needs.needsCommander = asked.tier == Tier::T3;
    request.needs.factors = asked.factors;
    request.needs.isTypedTarget = asked.isTypedTarget;
    request.needs.approveWithin = std::chrono::minutes(10);
    request.needs.executeWithin = std::chrono::minutes(5);
    for (int i = 0; i < asked.approvers; ++i)
        request.nonces.push_back(crypto::randomHex(16));
    request.session = action.session;
    request.issued = clock.now();
    request.approveBy = clock.now() + std::chrono::minutes(10);
    request.bootId = clock.bootId();
    request.monoIssued = clock.monotonicNanos();
    request.ledgerSize = 41;
    request.ledgerRoot = std::string(64, 'c');
    request.mandate = action.mandate;
    request.clauses = {"C10"};
    request.render = govern::renderRequest(request).value_or("");
    request.renderDigest = crypto::sha256(request.render).hex();
    return request;
}

} // namespace cordon::test
