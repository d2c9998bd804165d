#pragma once

#include "core/base/digest.h"
#include "core/domain/decision.h"
#include "core/govern/gate_request.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern {

/// One action being judged: what the steps found so far. Used by the gate alone.
struct Judgement
{
    explicit Judgement(const GateRequest& what);

    const GateRequest& request;
    const Mandate* mandate;           ///< null when there is none
    const Verb* verb;                 ///< null when unknown
    Result<Digest> digest;            ///< of the action; an action without a canonical form has none
    std::vector<std::string> denials; ///< clause ids that deny
    std::vector<std::string> holds;   ///< clause ids that hold
    std::vector<const PermitClause*> permits;
    std::vector<std::string> missing;
    std::vector<Text> reasons;
    Tier tier = Tier::T4;
    Tier base = Tier::T4;          ///< before raises; what its tier asks for is asked for still
    bool isVerifiedMisuse = false; ///< of every target
    ApprovalNeeds needs;
    Timestamp executeBy; ///< from approvals; only when they suffice

    void deny(std::string_view clause, std::string_view code, std::map<std::string, std::string> args = {});
    void hold(std::string_view what, std::string_view code, std::map<std::string, std::string> args = {});
    void note(std::string_view code, std::map<std::string, std::string> args = {});
    /// Rules of every tier from `base` to `tier`: a raise adds demands, it never trades one for another.
    [[nodiscard]] std::vector<const TierRule*> tierRules() const;
    [[nodiscard]] bool isChanging() const { return verb && verb->changes; }
};

/// `a == b`, quick where they differ.
[[nodiscard]] bool isSameEntity(const EntityRef& a, const EntityRef& b);

// The steps of docs/formats/gate-request.md. Each looks at the whole request, whatever those before it found.
void judgeAdmission(Judgement& judgement);    ///< 0: G1 to G10
void judgeForm(Judgement& judgement);         ///< 1: N1 to N8
void judgeScope(Judgement& judgement);        ///< 2: membership, verified misuse
void judgeForbids(Judgement& judgement);      ///< 3: built-in and mandate
void judgeSelf(Judgement& judgement);         ///< the built-in forbids of 3 alone, for undo
void judgePermits(Judgement& judgement);      ///< 4
void judgeTier(Judgement& judgement);         ///< 5
void judgeLimits(Judgement& judgement);       ///< 6; may set the tier to T3
void judgeScopeForTier(Judgement& judgement); ///< 2, the part that depends on the tier
void judgePrechecks(Judgement& judgement);    ///< 7
void judgeApprovals(Judgement& judgement);    ///< 8

/// Deny beats hold; everything named.
[[nodiscard]] Decision conclude(const Judgement& judgement);

} // namespace cordon::govern
