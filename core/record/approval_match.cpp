#include "core/record/approval_match.h"

#include "core/base/exact_time.h"
#include "core/crypto/signed_note.h"
#include "core/record/signed_order.h"

#include <algorithm>
#include <array>

namespace cordon::record {
namespace {

constexpr std::string_view replyHead = "cordon.approval-reply.v1\n";
constexpr std::array takenOver{"v",          "action_digest", "render_digest", "tier",        "requester",   "session",
                               "approve_by", "boot_id",       "mono_issued",   "ledger_size", "ledger_root"};
constexpr std::array own{"decision", "approver", "factors", "nonce", "issued"};

bool has(const Value& list, const std::string& text)
{
    return std::any_of(list.asArray().begin(), list.asArray().end(), [&](const Value& one) { return one.asString() == text; });
}

} // namespace

ApprovalMatch::ApprovalMatch(const Value& request)
    : m_factors(request["needs"]["factors"])
    , m_excluded(request["facts"]["excluded"])
    , m_step(request["step"].asString())
    , m_issued(request["issued"].asString())
    , m_approveBy(request["approve_by"].asString())
{
    for (const char* name : takenOver)
        m_asked.set(name, request[name]);
}

std::string ApprovalMatch::whyNotAsAsked(const Value& approval) const
{
    if (approval.asObject().size() != takenOver.size() + own.size() ||
        !std::all_of(own.begin(), own.end(), [&](const char* name) { return approval.has(name); }))
        return "an approval that has not the members of one";
    for (const char* name : takenOver) {
        if (!approval.has(name) || approval[name] != m_asked[name])
            return "an approval of something other than was asked: " + std::string(name);
    }
    if (has(m_excluded, approval["approver"].asString()))
        return "an approval by somebody who had a part in what was asked: " + approval["approver"].asString();
    const Value& given = approval["factors"];
    const bool isStrong = std::all_of(m_factors.asArray().begin(), m_factors.asArray().end(), [&](const Value& factor) {
        return has(given, factor.asString()) || (factor.asString() == "totp" && has(given, "security_key"));
    });
    return isStrong || approval["decision"].asString() != "approve" ? "" : "an approval without a factor that was asked for";
}

std::string ApprovalMatch::whyNotAsSigned(const LedgerEntry& entry, const PeopleInForce::Person& person) const
{
    const Value& data = entry.data;
    const Value& desk = data["desk"];
    const Value& reply = desk["reply"];
    if (desk["event"].asString() != "given" || reply["approval"] != data["approval"] || reply["signature"] != data["signature"] ||
        reply["reason"] != data["reason"] || reply["request"] != data["request"])
        return "an approval that the entry gives in two ways";
    if (data.has("step") && data["step"].asString() != m_step)
        return "an approval of another step than was asked about";
    const auto at = exactTime(desk["at"].asString());
    const auto from = exactTime(m_issued);
    const auto until = exactTime(m_approveBy);
    const auto noted = exactTime(data["at"].asString());
    if (!at || !from || !until || *at < *from || *at >= *until || (noted && *at > *noted))
        return "an approval that came in at another time than the request's";
    if (desk["key"].asString() != person.key.toString())
        return "an approval under another key than the entry gives";
    for (const Value& role : desk["roles"].asArray()) {
        if (person.isRoleKnown && !person.roles.contains(role.asString()))
            return "an approval with a role that its person had not: " + role.asString();
    }
    return m_excluded.isNull() ? std::string() : whyNotItsReply(entry, person);
}

/// The reason, and what stands beside the approval, is under the person's signature over the whole reply.
std::string ApprovalMatch::whyNotItsReply(const LedgerEntry& entry, const PeopleInForce::Person& person) const
{
    const std::string& approver = entry.data["approval"]["approver"].asString();
    const auto note = crypto::SignedNote::parse(entry.data["block"].asString());
    const bool isTheirs = note && note->text.starts_with(replyHead) && note->signatures.size() == 1 && isSignedOnce(*note, approver, person.key);
    if (!isTheirs)
        return "an approval without the reply that its person signed: " + approver;
    return blockContent(*note) == entry.data["desk"]["reply"] ? "" : "an approval that says something else than its person signed: " + approver;
}

} // namespace cordon::record
