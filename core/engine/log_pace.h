#pragma once

#include "core/base/time.h"

#include <optional>

namespace cordon::engine {

/// How far followed logs have come, by the times of their records. A date that stands alone moves nothing: it is more than a
/// day ahead of what was reached, and no other record came near it. So one made-up or wrong date does not end what
/// correlations are in the middle of. Source: docs/formats/following.md, "Dates ahead"
class LogPace
{
public:
    /// A record came.
    /// @param arrival  when it came, by the machine's clock; nothing in a replay, where time is the log's own
    /// @return the time that correlations take for it: its own, or its arrival where it claims to be later than that
    Timestamp take(Timestamp time, std::optional<Timestamp> arrival);
    /// Nothing until two records agree, or one agrees with the machine's clock.
    [[nodiscard]] std::optional<Timestamp> reached() const { return m_reached; }

private:
    std::optional<Timestamp> m_reached;
    std::optional<Timestamp> m_alone; ///< a date that waits for another one near it
};

} // namespace cordon::engine
