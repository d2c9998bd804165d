#include "core/record/named_heads.h"

#include "core/record/checkpoint_text.h"

#include <set>

namespace cordon::record {

void NamedHeads::add(const LedgerEntry& entry)
{
    std::int64_t size = 0;
    if (entry.type == "approval.requested")
        size = entry.data["desk"]["request"]["ledger_size"].asInt();
    else if (entry.type == "ledger.epoch")
        size = entry.seq; // the key before signed everything up to here
    if (size > 0 && size <= entry.seq)
        m_namedBy.emplace(size, entry.seq);
}

std::vector<std::string> NamedHeads::missingIn(const LedgerSource& source) const
{
    const auto names = source.checkpoints();
    const std::set<std::string> there(names.begin(), names.end());
    std::vector<std::string> lines;
    for (const auto& [size, seq] : m_namedBy) {
        if (!there.contains(checkpointName(size)))
            lines.push_back("the signed head of " + std::to_string(size) + " entries, which entry " + std::to_string(seq) +
                            " rests on, is missing");
    }
    return lines;
}

} // namespace cordon::record
