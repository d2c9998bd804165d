#include "core/engine/unproven_acts.h"

#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/known_people.h"
#include "core/record/case_folder.h"
#include "core/record/incident_part.h"
#include "core/record/ledger_reader.h"
#include "core/record/signed_acts.h"

namespace cordon::engine {

Result<UnprovenActs> findUnprovenActs(const std::filesystem::path& caseFolder, const std::filesystem::path& home,
                                      std::vector<record::OrderAudit::Open>* left, Timestamp* reached)
{
    constexpr std::size_t mostTold = 20;
    UnprovenActs found;
    if (!record::isCase(caseFolder))
        return found;
    record::SignedActs acts(knownOrNobody(home));
    record::PastRoots roots;
    const auto take = [&](const LedgerEntry& entry, const record::PastRoots* upToIt) {
        std::string wrong = acts.add(entry, upToIt);
        if (wrong.empty())
            return true;
        if (found.size() < mostTold)
            logError("entry " + std::to_string(entry.seq) + ", " + escapedForDisplay(entry.type) + " by " +
                     escapedForDisplay(entry.actor.id) + ", is not obeyed: " + escapedForDisplay(wrong));
        found.emplace(entry.seq, std::move(wrong));
        return true;
    };
    if (record::isIncidentPart(caseFolder)) // the entries between are not here
        CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) { return take(entry, nullptr); }));
    else
        CORDON_CHECK(record::eachEntryBytes(caseFolder, [&](std::string_view bytes, const LedgerEntry& entry) {
            roots.append(record::leafHash(bytes));
            return take(entry, &roots);
        }));
    if (left)
        *left = acts.openOrders();
    if (reached)
        *reached = acts.people().reached();
    return found;
}

} // namespace cordon::engine
