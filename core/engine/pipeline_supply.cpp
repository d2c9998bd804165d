// What the program loads is what it was built with, or what a person vouched for.
#include "core/engine/pipeline.h"
#include "core/engine/supply.h"

#include <algorithm>

namespace cordon::engine {

/// Nothing is loaded from resources that are not those the program was built with, or that a person vouched for.
Result<void> Pipeline::checkResources()
{
    CORDON_TRY(const SupplyCheck check, checkSupply(m_options.resources, m_options.home));
    std::vector<LedgerDraft> drafts;
    const auto tell = [&](const char* type, const std::vector<SupplyItem>& items) {
        constexpr std::size_t mostTold = 100;
        for (std::size_t i = 0; i < std::min(items.size(), mostTold); ++i) {
            LedgerDraft draft;
            draft.type = type;
            draft.actor = {Actor::Kind::Engine, "cordon"};
            draft.data = Value::Object{
                {"file", items[i].file}, {"expected", items[i].expected}, {"actual", items[i].actual}};
            drafts.push_back(std::move(draft));
        }
    };
    tell("load.refused", check.refused);
    if (check.refused.empty())
        tell("load.pinned", check.added);
    CORDON_CHECK(m_journal->writeAll(std::move(drafts)));
    if (check.refused.empty())
        return {};
    const SupplyItem& first = check.refused.front();
    return fail(ErrorCode::Untrusted, (m_options.resources / first.file).string() + ": not loaded: its digest is " +
                                          first.actual + ", expected " + first.expected);
}

} // namespace cordon::engine
