#pragma once

#include "core/record/merkle_tree.h"

#include <optional>

namespace cordon::record {

/// The roots that a growing ledger had a short while ago: what is kept does not grow with it.
/// Source: docs/formats/approval.md, "The request"
class PastRoots
{
public:
    /// How many entries may lie between a head and the request that names it.
    static constexpr std::int64_t reach = 1024;

    void append(const Digest& leaf);
    /// The root over the first `size` entries; nothing when they were never that many, or it is longer ago.
    [[nodiscard]] std::optional<Digest> at(std::int64_t size) const;

private:
    MerkleTree m_base;            ///< over all entries but the newest
    std::vector<Digest> m_newest; ///< leaves; at most twice the reach
};

} // namespace cordon::record
