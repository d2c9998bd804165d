#pragma once

#include "core/govern/approval_desk.h"
#include "core/govern/approval_text.h"
#include "core/govern/step_up.h"
#include "govern_fixture.h"

namespace cordon::govern::fixture {

inline DeskContext contextAt(Timestamp now)
{
    DeskContext context;
    context.now = now;
    context.wall = now;
    context.lastLedgerTime = now - 1s;
    context.bootId = std::string(32, 'b');
    context.monoNanos = (now - noon()).count() * 1000 + 1'000'000'000;
    context.ledgerSize = 12;
    context.ledgerRoot = std::string(64, 'd');
    return context;
}

/// A directory with two analysts and two commanders whose keys come from seeds 21 to 24.
inline PeopleDirectory somePeople()
{
    PeopleDirectory people;
    (void)people.add({"user:analyst-a", "Analyst A", {"analyst"}, keyOf(21).publicKey(), noon() + 24h * 30, false});
    (void)people.add(
        {"user:commander-b", "Commander B", {"commander"}, keyOf(22).publicKey(), noon() + 24h * 30, false});
    (void)people.add({"user:analyst-c", "Analyst C", {"analyst"}, keyOf(23).publicKey(), noon() + 24h * 30, false});
    (void)people.add({"user:reviewer-d", "Reviewer D", {"reviewer"}, keyOf(24).publicKey(), noon() + 24h * 30, false});
    return people;
}

inline AskInput askFor(const GateRequest& request)
{
    AskInput input;
    input.action = request.action;
    input.decision = Gate().rule(request).decision;
    input.facts.targets = request.facts;
    input.facts.because = {"2 alerts"};
    input.facts.mandateId = "m-exercise";
    input.facts.mandateRevision = 1;
    input.caseName = "case-1";
    input.step = "INC-0001/S3";
    input.environment = "exercise";
    input.isExercise = true;
    return input;
}

/// What a person's program would sign for that slot.
inline Approval approvalFor(const ApprovalRequest& request, const std::string& person, std::size_t slot,
                            bool isApproved = true)
{
    Approval approval;
    approval.actionDigest = request.actionDigest;
    approval.renderDigest = request.renderDigest;
    approval.isApproved = isApproved;
    approval.tier = request.tier;
    approval.requester = request.requester;
    approval.approver = person;
    approval.factors = {"key", "pin", "totp"};
    approval.nonce = request.nonces.at(slot);
    approval.session = request.session;
    approval.issued = request.issued + 1min;
    approval.approveBy = request.approveBy;
    approval.bootId = request.bootId;
    approval.monoIssued = request.monoIssued;
    approval.ledgerSize = request.ledgerSize;
    approval.ledgerRoot = request.ledgerRoot;
    approval.reason = isApproved ? "" : "not now";
    approval.request = request.id;
    return approval;
}

} // namespace cordon::govern::fixture
