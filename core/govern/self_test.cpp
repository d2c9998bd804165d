#include "core/govern/self_test.h"

#include "core/crypto/sealed_box.h"
#include "core/crypto/sha256.h"
#include "core/crypto/signing_key.h"
#include "core/govern/action_digest.h"
#include "core/govern/gate.h"
#include "core/govern/identifier_rules.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/self_test_mandate.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

using namespace std::chrono_literals;

// RFC 8032, section 7.1, test 2.
constexpr std::string_view edSeed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr std::string_view edPublic = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr std::string_view edSignature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

/// FIPS 180-4, RFC 8032 and RFC 6238.
std::string cryptoProblem()
{
    if (crypto::sha256(std::string_view("abc")).hex() !=
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        return "SHA-256";
    const auto seed = fromHex(edSeed);
    const auto key = seed ? crypto::SigningKey::fromSeed(bytesOf(*seed)) : fail(ErrorCode::Invalid, "seed");
    if (!key || toHex(key->publicKey().bytes) != edPublic)
        return "Ed25519 keys";
    crypto::Signature signature = key->sign(std::string_view("\x72"));
    if (toHex(signature) != edSignature || !key->publicKey().verifies(bytesOf(std::string_view("\x72")), signature))
        return "Ed25519 signatures";
    signature[40] ^= 1U;
    if (key->publicKey().verifies(bytesOf(std::string_view("\x72")), signature))
        return "Ed25519: a bad signature passed";
    if (crypto::totpCode(crypto::SecretBytes::copyOf("12345678901234567890"), 1) != "287082")
        return "authenticator codes";
    return {};
}

GateRequest allowed(const std::shared_ptr<const Mandate>& mandate, const std::string& verb)
{
    const EntityRef target{EntityKind::Credential, "KEY-1", "access_key", "KEY-1"};
    GateRequest request;
    request.now = *Timestamp::parse("2026-02-01T12:00:00Z");
    request.action.type = verb;
    request.action.connector = "c";
    request.action.tenant = "t";
    request.action.targets = {target};
    request.action.expectedState = std::string(64, 'a');
    request.action.incident = "INC-0001";
    request.action.session = "s-1";
    request.action.mandate = mandate->digest;
    request.mandate = mandate;
    request.mandateStatus = {Truth::True, 3};
    request.agentId = mandate->agent.id;
    request.agentKey = mandate->agent.key;
    request.selfIds = {"svc-agent"};
    request.protectedIds = {"case-1"};
    request.connector = {"c", "t", "self-test", false};
    request.session = {"s-1", "INC-0001", Truth::True, Truth::True, request.now - 1min, request.now - 1min, false,
                       0,     1};
    request.stops = StopState::Running;
    request.ledger = {Truth::True, Truth::True, Truth::True};
    request.isClockSane = Truth::True;
    request.hasPassedSelfTest = Truth::True;
    TargetFacts facts;
    facts.target = target;
    facts.exists = true;
    facts.asked = request.now;
    facts.environment = "self-test";
    facts.criticality = Criticality::Normal;
    facts.owner = "svc-ci";
    facts.tags.emplace();
    facts.ownerTags.emplace();
    facts.dependents.emplace();
    request.facts = {std::move(facts)};
    request.members = {{target, true, 2, false, false}};
    request.incident = {2, false, request.now - 1min, 1};
    request.prechecks = {{"evidence_preserved", Truth::True}, {"blast_radius", Truth::True}};
    request.permitSerial = std::string(32, '0');
    return request;
}

void approve(GateRequest& request, int people)
{
    const auto digest = actionDigest(request.action);
    for (int i = 0; digest && i < people; ++i) {
        const std::string name = i == 0 ? "commander" : "analyst";
        request.approvals.push_back({digest->hex(),
                                     Tier::T3,
                                     true,
                                     "user:" + name,
                                     "key-" + name,
                                     {name},
                                     {"key", "pin", "totp"},
                                     request.now - 1min});
    }
}

/// A question whose answer is known: the effect, and a clause that must have decided or a thing that must be missing.
struct Known
{
    const char* name;
    const char* verb;
    void (*change)(GateRequest&);
    Effect effect;
    const char* named;
};

void markDone(GateRequest& request)
{
    request.done = {{"evidence.snapshot", request.action.targets[0]}};
}

constexpr Known questions[]{
    {"observe", "evidence.collect", [](GateRequest&) {}, Effect::Allow, "C1"},
    {"low tier", "credential.deactivate", [](GateRequest&) {}, Effect::Allow, "C2"},
    {"no mandate", "credential.deactivate", [](GateRequest& r) { r.mandate.reset(); }, Effect::Deny, "G1"},
    {"unsigned", "credential.deactivate", [](GateRequest& r) { r.mandateStatus.isSigned = Truth::Unknown; },
     Effect::Deny, "G1"},
    {"expired", "credential.deactivate", [](GateRequest& r) { r.now = r.mandate->validUntil; }, Effect::Deny, "G2"},
    {"old revision", "credential.deactivate", [](GateRequest& r) { r.mandateStatus.newestSeenRevision = 4; },
     Effect::Deny, "G3"},
    {"environment", "credential.deactivate", [](GateRequest& r) { r.facts[0].environment = "prod"; }, Effect::Deny,
     "G4"},
    {"session", "credential.deactivate", [](GateRequest& r) { r.session.isOpen = Truth::Unknown; }, Effect::Deny, "G5"},
    {"halted", "credential.deactivate", [](GateRequest& r) { r.stops = StopState::Halted; }, Effect::Deny, "G6"},
    {"ledger", "credential.deactivate", [](GateRequest& r) { r.ledger.isWritable = Truth::False; }, Effect::Deny, "G8"},
    {"another agent", "credential.deactivate", [](GateRequest& r) { r.agentKey = "ed25519:other"; }, Effect::Deny,
     "G10"},
    {"unknown verb", "credential.explode", [](GateRequest&) {}, Effect::Deny, "N1"},
    {"unknown parameter", "credential.deactivate", [](GateRequest& r) { r.action.params.set("force", true); },
     Effect::Deny, "N2"},
    {"hidden character", "credential.deactivate", [](GateRequest& r) { r.action.targets[0].id = "KEY\u200B-1"; },
     Effect::Deny, "N3"},
    {"unresolved", "credential.deactivate", [](GateRequest& r) { r.facts.clear(); }, Effect::Deny, "N4"},
    {"not of the incident", "credential.deactivate", [](GateRequest& r) { r.members.clear(); }, Effect::Deny,
     "S-member"},
    {"the agent itself", "credential.deactivate", [](GateRequest& r) { r.facts[0].owner = "svc-agent"; }, Effect::Deny,
     "B1"},
    {"forbidden", "credential.deactivate",
     [](GateRequest& r) { r.facts[0].ownerTags = std::vector<std::string>{"break-glass"}; }, Effect::Deny, "F1"},
    {"unknown tags", "credential.deactivate", [](GateRequest& r) { r.facts[0].tags.reset(); }, Effect::Deny, "F1"},
    {"sequence", "credential.delete", [](GateRequest& r) { approve(r, 2); }, Effect::Deny, "F2"},
    {"not permitted", "token.destroy", [](GateRequest&) {}, Effect::Deny, "default"},
    {"limit reached", "credential.deactivate",
     [](GateRequest& r) {
         for (const char* serial : {"1", "2"})
             (void)r.usage.reserve({serial, "d", "credential.deactivate", "c", {}, {}, r.now - 1min});
     },
     Effect::Deny, "L1"},
    {"unverified", "credential.deactivate", [](GateRequest& r) { r.members[0].independentSources = 1; }, Effect::Hold,
     "approval"},
    {"pre-check", "credential.deactivate", [](GateRequest& r) { r.prechecks.clear(); }, Effect::Hold,
     "precheck:evidence_preserved"},
    {"one approval", "credential.delete",
     [](GateRequest& r) {
         markDone(r);
         approve(r, 1);
     },
     Effect::Hold, "approval"},
    {"two approvals", "credential.delete",
     [](GateRequest& r) {
         markDone(r);
         approve(r, 2);
     },
     Effect::Allow, "C3"},
    {"approval of other bytes", "credential.delete",
     [](GateRequest& r) {
         markDone(r);
         approve(r, 2);
         r.action.params.set("region", "elsewhere");
     },
     Effect::Hold, "approval"},
};

bool isNamed(const Decision& decision, const char* name)
{
    const auto has = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    return has(decision.clauses) || has(decision.missing);
}

} // namespace

std::string selfTestProblem(const DecisionMaker& gate)
{
    if (const std::string problem = cryptoProblem(); !problem.empty())
        return problem;
    if (!identifierProblem("KEY-1").empty() || identifierProblem("KEY\u202E-1") != "bidi")
        return "identifiers";
    auto parsed = parseMandate(selfTestMandate, "self-test");
    if (!parsed)
        return "mandate loader: " + parsed.error().detail;
    if (parsed->digest != selfTestMandateDigest)
        return "mandate digest " + parsed->digest;
    const auto mandate = std::make_shared<const Mandate>(std::move(*parsed));
    const auto digest = actionDigest(allowed(mandate, "credential.deactivate").action);
    if (!digest || digest->hex() != selfTestActionDigest)
        return "action digest " + (digest ? digest->hex() : digest.error().detail);
    for (const Known& known : questions) {
        GateRequest request = allowed(mandate, known.verb);
        known.change(request);
        const Decision decision = gate(request);
        if (decision.effect != known.effect || !isNamed(decision, known.named))
            return std::string("decision '") + known.name + "'";
    }
    return {};
}

std::string selfTestProblem()
{
    return selfTestProblem([](const GateRequest& request) { return Gate().rule(request).decision; });
}

} // namespace cordon::govern
