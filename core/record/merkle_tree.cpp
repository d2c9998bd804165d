#include "core/record/merkle_tree.h"

#include "core/crypto/sha256.h"
#include "core/record/ledger_format.h"

#include <bit>

namespace cordon::record {
namespace {

Digest treeRoot(std::span<const Digest> leaves)
{
    MerkleTree tree;
    for (const Digest& leaf : leaves)
        tree.append(leaf);
    return tree.root();
}

/// The largest power of two smaller than `size` (which is at least 2).
std::uint64_t splitOf(std::uint64_t size)
{
    return std::bit_floor(size - 1);
}

void addInclusion(std::span<const Digest> leaves, std::uint64_t index, std::vector<Digest>& proof)
{
    if (leaves.size() <= 1)
        return;
    const std::uint64_t split = splitOf(leaves.size());
    if (index < split) {
        addInclusion(leaves.first(split), index, proof);
        proof.push_back(treeRoot(leaves.subspan(split)));
    } else {
        addInclusion(leaves.subspan(split), index - split, proof);
        proof.push_back(treeRoot(leaves.first(split)));
    }
}

void addConsistency(std::span<const Digest> leaves, std::uint64_t first, bool isWholeSubtree,
                    std::vector<Digest>& proof)
{
    if (first == leaves.size()) {
        if (!isWholeSubtree)
            proof.push_back(treeRoot(leaves));
        return;
    }
    const std::uint64_t split = splitOf(leaves.size());
    if (first <= split) {
        addConsistency(leaves.first(split), first, isWholeSubtree, proof);
        proof.push_back(treeRoot(leaves.subspan(split)));
    } else {
        addConsistency(leaves.subspan(split), first - split, false, proof);
        proof.push_back(treeRoot(leaves.first(split)));
    }
}

} // namespace

Digest leafHash(std::string_view entry)
{
    crypto::Sha256 hash;
    hash.update(ByteView(&format::leafPrefix, 1)).update(entry);
    return hash.digest();
}

Digest nodeHash(const Digest& left, const Digest& right)
{
    std::array<unsigned char, 65> bytes{};
    bytes[0] = format::nodePrefix;
    std::copy(left.bytes.begin(), left.bytes.end(), bytes.begin() + 1);
    std::copy(right.bytes.begin(), right.bytes.end(), bytes.begin() + 33);
    return crypto::sha256(ByteView(bytes));
}

void MerkleTree::append(const Digest& leaf)
{
    Digest subtree = leaf;
    // Each trailing one of the size is a full subtree on the right edge that the new one completes.
    for (std::uint64_t rest = m_size; (rest & 1U) != 0; rest >>= 1U) {
        subtree = nodeHash(m_peaks.back(), subtree);
        m_peaks.pop_back();
    }
    m_peaks.push_back(subtree);
    ++m_size;
}

Digest MerkleTree::root() const
{
    if (m_peaks.empty())
        return crypto::sha256(std::string_view());
    Digest root = m_peaks.back();
    for (std::size_t i = m_peaks.size() - 1; i > 0; --i)
        root = nodeHash(m_peaks[i - 1], root);
    return root;
}

std::vector<Digest> inclusionProof(std::span<const Digest> leaves, std::uint64_t index)
{
    std::vector<Digest> proof;
    if (index < leaves.size())
        addInclusion(leaves, index, proof);
    return proof;
}

bool verifyInclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size, std::span<const Digest> proof,
                     const Digest& root)
{
    if (index >= size)
        return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (last == 0)
            return false;
        if ((node & 1U) != 0 || node == last) {
            hash = nodeHash(sibling, hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = nodeHash(hash, sibling);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && hash == root;
}

std::vector<Digest> consistencyProof(std::span<const Digest> leaves, std::uint64_t first)
{
    std::vector<Digest> proof;
    if (first > 0 && first < leaves.size())
        addConsistency(leaves, first, true, proof);
    return proof;
}

bool verifyConsistency(std::uint64_t first, std::uint64_t second, const Digest& firstRoot, const Digest& secondRoot,
                       std::span<const Digest> proof)
{
    if (first == 0 || first > second)
        return false;
    if (first == second)
        return proof.empty() && firstRoot == secondRoot;
    std::uint64_t node = first - 1;
    std::uint64_t last = second - 1;
    while ((node & 1U) != 0) {
        node >>= 1U;
        last >>= 1U;
    }
    // A first tree that is a full subtree is its own start; the proof leaves it out.
    std::size_t next = 0;
    Digest start = firstRoot;
    if (!std::has_single_bit(first)) {
        if (proof.empty())
            return false;
        start = proof[next++];
    }
    Digest oldRoot = start;
    Digest newRoot = start;
    for (; next < proof.size(); ++next) {
        if (last == 0)
            return false;
        const Digest& sibling = proof[next];
        if ((node & 1U) != 0 || node == last) {
            oldRoot = nodeHash(sibling, oldRoot);
            newRoot = nodeHash(sibling, newRoot);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            newRoot = nodeHash(newRoot, sibling);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && oldRoot == firstRoot && newRoot == secondRoot;
}

} // namespace cordon::record
