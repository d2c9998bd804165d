#include "core/record/open_orders.h"

#include "core/crypto/sha256.h"

#include <algorithm>
#include <limits>

namespace cordon::record {
namespace {

/// What was ordered is done at once, or not any more.
constexpr std::uint64_t longestWait = 24ULL * 3600 * 1'000'000'000;

/// As short as a digest, whatever the person wrote.
std::string keyOf(std::string_view kind, const std::string& person, const std::string& text)
{
    return crypto::sha256(std::string(kind) + '\n' + person + '\n' + text).hex();
}

} // namespace

void OpenOrders::passTo(const std::string& boot, std::int64_t monoNanos)
{
    if (boot != m_boot) {
        while (!m_orders.empty())
            remove(m_orders.begin()->first);
    } else if (monoNanos > m_mono) { // a clock that is said to run backwards gives nobody more time
        m_ran += static_cast<std::uint64_t>(monoNanos - m_mono);
    }
    m_boot = boot;
    m_mono = monoNanos;
    while (!m_orders.empty() && m_ran - m_orders.begin()->second.takenAt > longestWait)
        remove(m_orders.begin()->first);
}

void OpenOrders::add(Order order, const std::string& text, const std::vector<std::string>& claims)
{
    const Number number = m_next++;
    Held held{std::move(order), m_ran, {}, {}};
    held.words = keyOf("", held.order.person, text);
    m_byWords[held.words].insert(number);
    m_byNonce.insert_or_assign(held.order.nonce, number);
    for (const std::string& claim : claims) {
        held.claims.push_back(keyOf(held.order.command, held.order.person, claim));
        m_claims[held.claims.back()].orders.insert(number);
    }
    m_orders.emplace(number, std::move(held));
}

bool OpenOrders::use(const std::string& person, const std::string& command, const std::vector<std::string>& claims,
                     const std::string* each)
{
    constexpr Number none = std::numeric_limits<Number>::max();
    Number oldest = none;
    Claimed* by = nullptr;
    for (const std::string& claim : claims) {
        const auto found = m_claims.find(keyOf(command, person, claim));
        if (found == m_claims.end())
            continue;
        Number from = 0;
        if (each) {
            const auto next = found->second.next.find(*each);
            from = next == found->second.next.end() ? 0 : next->second;
        }
        const auto number = found->second.orders.lower_bound(from);
        if (number == found->second.orders.end() || *number >= oldest)
            continue;
        oldest = *number;
        by = &found->second;
    }
    if (!by)
        return false;
    if (!each) {
        remove(oldest);
        return true;
    }
    m_orders.at(oldest).order.isBegun = true;
    by->next[*each] = oldest + 1;
    return true;
}

bool OpenOrders::contains(const std::string& person, const std::string& command, const std::string& claim) const
{
    return m_claims.contains(keyOf(command, person, claim));
}

std::optional<OpenOrders::Order> OpenOrders::take(const std::string& person, const std::string& text)
{
    const auto found = m_byWords.find(keyOf("", person, text));
    if (found == m_byWords.end())
        return {};
    const Number number = *found->second.begin();
    Order order = m_orders.at(number).order;
    remove(number);
    return order;
}

void OpenOrders::end(const std::string& nonce)
{
    if (const auto found = m_byNonce.find(nonce); found != m_byNonce.end())
        remove(found->second);
}

std::vector<OpenOrders::Order> OpenOrders::all() const
{
    std::vector<Order> orders;
    for (const auto& [number, held] : m_orders)
        orders.push_back(held.order);
    return orders;
}

void OpenOrders::remove(Number number)
{
    const auto place = m_orders.find(number);
    const auto words = m_byWords.find(place->second.words);
    if (words->second.erase(number) > 0 && words->second.empty())
        m_byWords.erase(words);
    m_byNonce.erase(place->second.order.nonce);
    for (const std::string& claim : place->second.claims) {
        const auto found = m_claims.find(claim);
        if (found != m_claims.end() && found->second.orders.erase(number) > 0 && found->second.orders.empty())
            m_claims.erase(found);
    }
    m_orders.erase(place);
}

} // namespace cordon::record
