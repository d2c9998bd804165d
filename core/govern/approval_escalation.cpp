#include "core/govern/approval_escalation.h"

#include <array>

namespace cordon::govern {
namespace {

/// Per cent of the time to approve after which commanders, deputy and accountable owner are told.
/// Source: docs/formats/approval.md, "Escalation"
constexpr std::array<std::array<int, 3>, 3> steps{{{75, 90, 101}, {50, 70, 85}, {25, 50, 75}}};

const std::array<int, 3>& stepsFor(Severity severity)
{
    return severity == Severity::Critical ? steps[2] : severity == Severity::High ? steps[1] : steps[0];
}

} // namespace

int escalationLevel(Severity severity, const ApprovalRequest& request, Timestamp now)
{
    const std::int64_t whole = (request.approveBy - request.issued).count();
    const std::int64_t gone = (now - request.issued).count();
    if (whole <= 0 || gone < 0)
        return 0;
    int level = 0;
    for (const int percent : stepsFor(severity))
        level += gone >= whole / 100 * percent ? 1 : 0;
    return level;
}

std::string escalatedTo(int level, const Mandate::Owner& owner)
{
    return level <= 1 ? "commander" : level == 2 ? owner.deputy : owner.accountable;
}

} // namespace cordon::govern
