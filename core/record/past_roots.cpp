#include "core/record/past_roots.h"

namespace cordon::record {

void PastRoots::append(const Digest& leaf)
{
    m_newest.push_back(leaf);
    if (m_newest.size() < static_cast<std::size_t>(2 * reach))
        return;
    for (std::int64_t i = 0; i < reach; ++i)
        m_base.append(m_newest[static_cast<std::size_t>(i)]);
    m_newest.erase(m_newest.begin(), m_newest.begin() + reach);
}

std::optional<Digest> PastRoots::at(std::int64_t size) const
{
    const std::int64_t past = size - static_cast<std::int64_t>(m_base.size());
    if (past < 0 || past > static_cast<std::int64_t>(m_newest.size()))
        return {};
    MerkleTree tree = m_base;
    for (std::int64_t i = 0; i < past; ++i)
        tree.append(m_newest[static_cast<std::size_t>(i)]);
    return tree.root();
}

} // namespace cordon::record
