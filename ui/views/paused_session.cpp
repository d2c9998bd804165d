#include "ui/views/paused_session.h"

#include <algorithm>

namespace cordon::ui::views {
namespace {

constexpr std::int64_t mostEntries = 4096; // a pause older than this many entries is not looked for
constexpr std::int64_t page = 512;

} // namespace

bool isSessionPaused(bridge::CaseSource& source, IncidentId incident, const Plan& plan)
{
    const bool hasFailed = std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) {
        return step.state == StepState::Failed || step.state == StepState::Unknown || step.state == StepState::Paused;
    });
    const auto count = hasFailed ? source.countLedger() : Result<std::int64_t>(0);
    const std::string id = toString(incident);
    const std::int64_t first = std::max<std::int64_t>(0, count.value_or(0) - mostEntries);
    for (std::int64_t end = count.value_or(0); end > first; end -= page) {
        const std::int64_t begin = std::max(first, end - page);
        const auto rows = source.ledger(begin, static_cast<int>(end - begin));
        if (!rows)
            return false;
        const auto last = std::find_if(rows->rbegin(), rows->rend(), [&](const engine::LedgerRow& row) {
            return row.incident == id && row.type.starts_with("session.");
        });
        if (last != rows->rend())
            return last->type == "session.paused";
    }
    return false;
}

} // namespace cordon::ui::views
