#include "core/record/doubted_clock.h"

#include "core/base/exact_time.h"
#include "core/record/entry_times.h"
#include "core/record/ledger_reader.h"

#include <algorithm>

namespace cordon::record {

std::string clockToVouchFor(const platform::Path& caseFolder, Timestamp now)
{
    Timestamp from;
    const auto read = eachEntryOf(caseFolder, "clock.", [&](const LedgerEntry& entry) {
        if (entry.type == EntryTimes::setBack)
            from = std::max(from, exactTime(entry.data["from"].asString()).value_or(Timestamp()));
        else if (entry.type == "clock.trusted" && entry.data["clock"].asString() == from.toString())
            from = {};
        return true;
    });
    return read && from > now ? from.toString() : std::string();
}

} // namespace cordon::record
