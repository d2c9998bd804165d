#pragma once

#include <QString>

#include <vector>

namespace cordon::ui::widgets {

struct TimeTick
{
    qint64 at = 0; ///< microseconds UTC
    QString label;
};

/// Round moments in [from, to], about `most` of them, labelled as short as they can be told apart; the first of each day but
/// today says the day.
[[nodiscard]] std::vector<TimeTick> timeTicks(qint64 from, qint64 to, int most);

} // namespace cordon::ui::widgets
