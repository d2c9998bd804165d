#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cordon::record {

/// SHA-256(0x00 ‖ entry). Source: RFC 9162 section 2.1.1
[[nodiscard]] Digest leafHash(std::string_view entry);
/// SHA-256(0x01 ‖ left ‖ right).
[[nodiscard]] Digest nodeHash(const Digest& left, const Digest& right);

/// The root of a growing list of leaves in O(log n) memory. Belongs to one thread. Source: RFC 9162 section 2.1.1
class MerkleTree
{
public:
    void append(const Digest& leaf);
    /// SHA-256 of nothing for an empty tree.
    [[nodiscard]] Digest root() const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    std::vector<Digest> m_peaks; ///< roots of the full subtrees, widest first
    std::uint64_t m_size = 0;
};

/// The path that proves leaf `index` of the tree over all `leaves`; empty when there is no such leaf.
/// Source: RFC 9162 section 2.1.3.1
[[nodiscard]] std::vector<Digest> inclusionProof(std::span<const Digest> leaves, std::uint64_t index);
/// Source: RFC 9162 section 2.1.3.2
[[nodiscard]] bool verifyInclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> proof, const Digest& root);

/// Proves that the tree over the first `first` leaves is a prefix of the tree over all; empty when there is nothing
/// to prove (`first` is 0, all, or more than all). Source: RFC 9162 section 2.1.4.1
[[nodiscard]] std::vector<Digest> consistencyProof(std::span<const Digest> leaves, std::uint64_t first);
/// @param first, second  sizes, 0 < first <= second. Source: RFC 9162 section 2.1.4.2
[[nodiscard]] bool verifyConsistency(std::uint64_t first, std::uint64_t second, const Digest& firstRoot,
                                     const Digest& secondRoot, std::span<const Digest> proof);

} // namespace cordon::record
