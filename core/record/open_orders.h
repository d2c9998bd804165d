#pragma once

#include "core/record/signed_order.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cordon::record {

/// The orders that were taken and from which something may still follow. An act finds the oldest order that asked for it in
/// the logarithm of their number, whatever else is open.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
class OpenOrders
{
public:
    struct Order
    {
        std::string person;
        std::string command;
        std::string nonce;
        Value args;           ///< of what brings a list; the claims say enough of the others
        bool isBegun = false; ///< some of what it asked for was done
    };

    /// Whoever took an order carries it out before the machine starts anew, and within a day of its running time.
    void passTo(const std::string& boot, std::int64_t monoNanos);
    /// @param claims  what it asks for: an act that claims one of these follows it
    void add(Order order, const std::string& text, const std::vector<std::string>& claims);
    /// An order for one of these claims that was not used up; it is used up now.
    /// @param each  for an order that several acts follow, which one of them; such an order stays open
    [[nodiscard]] bool use(const std::string& person, const std::string& command, const std::vector<std::string>& claims,
                           const std::string* each);
    /// True while an order for that is open.
    [[nodiscard]] bool contains(const std::string& person, const std::string& command, const std::string& claim) const;
    /// Takes out the order of that person in these very words; nothing when none is open.
    [[nodiscard]] std::optional<Order> take(const std::string& person, const std::string& text);
    void end(const std::string& nonce);

    [[nodiscard]] std::vector<Order> all() const; ///< by when they were taken

private:
    using Number = std::uint64_t;
    struct Held
    {
        Order order;
        std::uint64_t takenAt = 0; ///< by `m_ran`
        std::string words;         ///< key in `m_byWords`
        std::vector<std::string> claims;
    };
    struct Claimed
    {
        std::set<Number> orders;
        std::map<std::string, Number> next; ///< of each act: the first order that it was not done by
    };
    void remove(Number number);

    std::string m_boot;
    std::int64_t m_mono = 0;
    std::uint64_t m_ran = 0; ///< of the machine's time; steps back count nothing
    Number m_next = 0;
    std::map<Number, Held> m_orders;
    std::map<std::string, Claimed> m_claims;
    std::map<std::string, std::set<Number>> m_byWords;
    std::map<std::string, Number> m_byNonce;
};

} // namespace cordon::record
