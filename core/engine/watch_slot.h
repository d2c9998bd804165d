#pragma once

#include "core/indicators/watchlist.h"

#include <memory>
#include <mutex>

namespace cordon::engine {

/// The indicators in force, for threads that read: each keeps what it began with. Safe from any thread.
class WatchSlot
{
public:
    [[nodiscard]] std::shared_ptr<const indicators::Watchlist> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_watchlist;
    }
    void set(std::shared_ptr<const indicators::Watchlist> watchlist)
    {
        const std::lock_guard lock(m_mutex);
        m_watchlist = std::move(watchlist);
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const indicators::Watchlist> m_watchlist;
};

} // namespace cordon::engine
