#include "core/correlate/hand_marks.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cordon::correlate {
namespace {

/// Sets of alerts that grow together, unless marks keep them apart.
class Sets
{
public:
    explicit Sets(std::size_t count)
        : m_parent(count)
        , m_marks(count)
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }
    std::size_t root(std::size_t member)
    {
        while (m_parent[member] != member)
            member = m_parent[member] = m_parent[m_parent[member]];
        return member;
    }
    void unite(std::size_t a, std::size_t b)
    {
        a = root(a);
        b = root(b);
        if (a == b)
            return;
        for (const auto& [order, list] : m_marks[a]) {
            const auto other = m_marks[b].find(order);
            if (other != m_marks[b].end() && other->second != list)
                return; // a person keeps them apart
        }
        m_parent[std::max(a, b)] = std::min(a, b);
        m_marks[std::min(a, b)].merge(m_marks[std::max(a, b)]);
    }
    void mark(std::size_t member, std::uint32_t order, std::uint32_t list)
    {
        m_marks[root(member)].try_emplace(order, list);
    }

private:
    std::vector<std::size_t> m_parent;
    std::vector<HandMarks::Marks> m_marks;
};

} // namespace

void HandMarks::set(const std::vector<HandOrder>& orders)
{
    m_byEvent.clear();
    m_marks.clear();
    for (std::uint32_t order = 0; order < orders.size(); ++order) {
        for (std::uint32_t list = 0; list < orders[order].lists.size(); ++list) {
            for (const AlertAnchor& anchor : orders[order].lists[list])
                m_byEvent[anchor.event].push_back({anchor.rule, order, list});
        }
    }
}

void HandMarks::mark(AlertIndex index, const AlertNode& alert, const std::string& rule)
{
    if (m_byEvent.empty())
        return;
    m_marks.erase(index);
    for (const EventId event : alert.events) {
        const auto places = m_byEvent.find(event);
        if (places == m_byEvent.end())
            continue;
        for (const Place& place : places->second) {
            if (place.rule == rule)
                m_marks[index].try_emplace(place.order, place.list);
        }
    }
}

const HandMarks::Marks* HandMarks::of(AlertIndex index) const
{
    const auto place = m_marks.find(index);
    return place == m_marks.end() ? nullptr : &place->second;
}

std::vector<std::vector<AlertIndex>> partsOf(const std::vector<AlertIndex>& alerts,
                                             const std::vector<const Join*>& joins, const HandMarks& marks)
{
    std::unordered_map<AlertIndex, std::size_t> places;
    std::map<std::uint32_t, std::map<std::uint32_t, std::vector<std::size_t>>, std::greater<>> orders; ///< newest first
    for (std::size_t i = 0; i < alerts.size(); ++i) {
        places[alerts[i]] = i;
        if (const HandMarks::Marks* mine = marks.of(alerts[i])) {
            for (const auto& [order, list] : *mine)
                orders[order][list].push_back(i);
        }
    }
    Sets sets(alerts.size());
    for (const auto& [order, lists] : orders) {
        for (const auto& [list, members] : lists) {
            for (const std::size_t member : members)
                sets.unite(members.front(), member);
        }
        for (const auto& [list, members] : lists) {
            for (const std::size_t member : members)
                sets.mark(member, order, list);
        }
    }
    struct Pair
    {
        std::size_t later = 0;
        double weight = 0;
        std::size_t earlier = 0;
    };
    std::vector<Pair> pairs;
    for (const Join* join : joins) {
        const auto earlier = places.find(join->earlier);
        const auto later = places.find(join->later);
        if (earlier != places.end() && later != places.end())
            pairs.push_back({later->second, join->weight, earlier->second});
    }
    if (!orders.empty()) {
        std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
            return std::tuple(a.later, -a.weight, a.earlier) < std::tuple(b.later, -b.weight, b.earlier);
        });
    }
    for (const Pair& pair : pairs)
        sets.unite(pair.earlier, pair.later);
    std::map<std::size_t, std::vector<AlertIndex>> byRoot;
    for (std::size_t i = 0; i < alerts.size(); ++i)
        byRoot[sets.root(i)].push_back(alerts[i]);
    std::vector<std::vector<AlertIndex>> parts;
    for (auto& [root, members] : byRoot)
        parts.push_back(std::move(members));
    return parts;
}

} // namespace cordon::correlate
