#pragma once

#include "core/domain/action.h"

#include <chrono>
#include <functional>

namespace cordon::ui::approval {

/// The time a person gets to look before an approval can be given. It starts again whenever what is seen changes.
/// GUI thread.
class ReadingDelay
{
public:
    using Now = std::function<std::chrono::milliseconds()>;

    /// @param now  a clock that never goes back; the machine's own when empty
    ReadingDelay(std::chrono::milliseconds length, Now now);

    void restart();
    /// Zero when the delay is over.
    [[nodiscard]] std::chrono::milliseconds left() const;

    /// 3 s for T3, 1.5 s for the rest: never longer, as nothing shows that longer helps.
    [[nodiscard]] static std::chrono::milliseconds lengthFor(Tier tier);

private:
    std::chrono::milliseconds m_length;
    Now m_now;
    std::chrono::milliseconds m_start;
};

} // namespace cordon::ui::approval
