#pragma once

#include "core/base/time.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace cordon {

/// The only way to know the time. Safe from any thread.
class Clock
{
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
    /// Waits until `now()` has reached `time`. @return false when `stop` was asked for first
    [[nodiscard]] virtual bool waitUntil(Timestamp time, const std::stop_token& stop) const;
};

/// The machine's own clocks, used for boot and rollback checks and written into every ledger entry.
class MachineClock : public Clock
{
public:
    /// Wall clock (CLOCK_REALTIME).
    [[nodiscard]] Timestamp now() const override;
    /// Nanoseconds since boot, sleep included (CLOCK_BOOTTIME).
    [[nodiscard]] virtual std::int64_t monotonicNanos() const;
    /// 32 lower-case hex digits that change at each boot; all zeros when the system does not tell.
    [[nodiscard]] virtual std::string bootId() const;
};

/// The case clock of docs/formats/case.md: a base clock plus an offset, or, in batch replay, a
/// time that only moves when `tick` is called.
class CaseClock : public Clock
{
public:
    explicit CaseClock(const Clock& base) : m_base(base) {}
    [[nodiscard]] Timestamp now() const override;
    /// From now on `now()` is base time plus `offset`.
    void follow(Duration offset);
    /// From now on `now()` stands still at `start` until `tick`.
    void freeze(Timestamp start);
    /// Moves a frozen clock on by `step`; no effect on a following clock.
    void tick(Duration step);
    [[nodiscard]] bool isFrozen() const { return m_isFrozen.load(); }
    [[nodiscard]] bool waitUntil(Timestamp time, const std::stop_token& stop) const override;
    /// The earliest time that somebody waits for: whoever moves a frozen clock can go straight there.
    [[nodiscard]] std::optional<Timestamp> earliestWait() const;
    /// Difference between this clock and its base now, so that a reopened case can continue.
    [[nodiscard]] Duration offset() const;

private:
    const Clock& m_base;
    std::atomic<bool> m_isFrozen{false};
    std::atomic<std::int64_t> m_micros{0}; ///< frozen time, or offset
    mutable std::mutex m_mutex;
    mutable std::multiset<Timestamp> m_waits; ///< guarded
};

} // namespace cordon
