#pragma once

#include "core/ingest/path_trie.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// Which planned path a record's own member begins. Records of one source name the same members in about the same order,
/// so that comparing with what came next in the records before mostly spares looking the name up. Belongs to one thread.
class MemberNames
{
public:
    /// @param trie  outlives this
    explicit MemberNames(const PathTrie& trie) : m_trie(trie) { m_expected.reserve(mostExpected); }

    /// A new record begins.
    void start() { m_next = 0; }
    /// Where the record's next member leads; the root when nowhere.
    /// @param key  as it stands in the record, with 32 readable bytes behind its start
    /// @param unescape  gives the name without escapes
    template<class Unescape>
    [[nodiscard]] PathTrie::Node find(std::string_view key, const Unescape& unescape)
    {
        const std::size_t end = std::min(m_next + ahead, m_expected.size());
        for (std::size_t place = m_next; place < end; ++place) {
            const Expected& expected = m_expected[place];
            if (expected.length != key.size() || !isSame(expected.name.data(), key.data(), key.size()))
                continue;
            m_next = place + 1;
            return expected.node;
        }
        const PathTrie::Node node = m_trie.child(PathTrie::root, unescape(key));
        if (key.size() <= longestExpected && m_expected.size() < mostExpected)
            expect(key, node);
        return node;
    }

private:
    static constexpr std::size_t ahead = 4;
    static constexpr std::size_t longestExpected = 32;
    static constexpr std::size_t mostExpected = 256;

    struct Expected
    {
        std::array<char, longestExpected> name{};
        std::size_t length = 0;
        PathTrie::Node node = PathTrie::root;
    };

    void expect(std::string_view key, PathTrie::Node node)
    {
        Expected made;
        std::copy(key.begin(), key.end(), made.name.begin());
        made.length = key.size();
        made.node = node;
        m_expected.insert(m_expected.begin() + static_cast<std::ptrdiff_t>(m_next++), made);
    }

    /// Eight bytes at a time, those behind the end left out.
    static bool isSame(const char* a, const char* b, std::size_t size)
    {
        for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
            std::uint64_t left = 0;
            std::uint64_t right = 0;
            std::memcpy(&left, a + at, sizeof left);
            std::memcpy(&right, b + at, sizeof right);
            const std::size_t beyond = size - at < sizeof left ? 8 * (sizeof left - (size - at)) : 0;
            if ((left ^ right) << beyond != 0)
                return false;
        }
        return true;
    }

    const PathTrie& m_trie;
    std::vector<Expected> m_expected; ///< in about the order in which they stood
    std::size_t m_next = 0;
};

} // namespace cordon::ingest
