#pragma once

#include "core/correlate/alert_node.h"
#include "core/domain/hand_order.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace cordon::correlate {

/// On which list of which order of a person each alert stands.
class HandMarks
{
public:
    /// List by order; orders are numbered from the oldest.
    using Marks = std::map<std::uint32_t, std::uint32_t>;

    void set(const std::vector<HandOrder>& orders);
    [[nodiscard]] bool isEmpty() const { return m_byEvent.empty(); }
    /// Looks up where the alert stands. Call it for every alert again after `set`.
    void mark(AlertIndex index, const AlertNode& alert, const std::string& rule);
    /// Null when no order speaks of the alert.
    [[nodiscard]] const Marks* of(AlertIndex index) const;
    /// Every alert of which an order speaks.
    [[nodiscard]] const std::unordered_map<AlertIndex, Marks>& all() const { return m_marks; }

private:
    struct Place
    {
        std::string rule;
        std::uint32_t order = 0;
        std::uint32_t list = 0;
    };
    std::unordered_map<EventId, std::vector<Place>> m_byEvent;
    std::unordered_map<AlertIndex, Marks> m_marks;
};

/// Alerts, and the joins between them, as they fall into incidents. Orders of people come first, the newest strongest; then
/// joins, as long as they do not bring together what an order keeps apart.
/// @param alerts  in order
/// @param joins   any order; those to other alerts are left out
[[nodiscard]] std::vector<std::vector<AlertIndex>> partsOf(const std::vector<AlertIndex>& alerts,
                                                           const std::vector<const Join*>& joins,
                                                           const HandMarks& marks);

} // namespace cordon::correlate
