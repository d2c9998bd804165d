#include "core/detect/match_scratch.h"

#include <algorithm>

namespace cordon::detect {
namespace {

/// A log has few log sources; more than this many come from changing maps, and are worked out anew.
constexpr std::size_t mostRoutes = 1024;

std::size_t placeOf(const void* pointer)
{
    return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(pointer) >> 3U) * 0x9E3779B97F4A7C15U;
}

} // namespace

bool MatchScratch::Routed::isFor(const EventView& view) const
{
    const auto of = view.categories();
    return view.product() == product && view.service() == service &&
           std::equal(of.begin(), of.end(), categories.begin(), categories.end());
}

void MatchScratch::start(const std::shared_ptr<const CandidateIndex>& candidates, std::size_t predicates,
                         std::size_t rules)
{
    constexpr std::uint32_t most = ~std::uint32_t{0} / 2;
    if (m_routedBy != candidates || m_record == most || m_routes.size() > mostRoutes) {
        m_routedBy = candidates;
        m_routes.clear();
        m_guesses = {};
        m_answers.assign(predicates, 0);
        m_judged.assign(rules, 0);
        m_record = 0;
    }
    ++m_record;
}

const CandidateIndex::Route& MatchScratch::route(const EventView& view)
{
    const std::size_t hash = placeOf(view.product().data()) ^ placeOf(view.service().data()) * 31 ^
                             placeOf(view.categories().data()) * 17;
    const Routed*& guess = m_guesses[hash >> 56U];
    if (guess && guess->isFor(view))
        return guess->route;
    const auto known =
        std::find_if(m_routes.begin(), m_routes.end(), [&view](const Routed& one) { return one.isFor(view); });
    if (known != m_routes.end()) {
        guess = &*known;
        return guess->route;
    }
    const auto categories = view.categories();
    m_routes.push_back({std::string(view.product()), std::string(view.service()),
                        {categories.begin(), categories.end()},
                        m_routedBy->route(view.product(), view.service(), categories)});
    guess = &m_routes.back();
    return guess->route;
}

} // namespace cordon::detect
