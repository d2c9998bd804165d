#pragma once

#include "core/base/result.h"

#include <QObject>

#include <functional>
#include <memory>
#include <stop_token>
#include <thread>

namespace cordon::ui::bridge {

/// One piece of work at a time on a thread of its own, which says how far it is and can be cancelled. GUI thread.
class LongWork : public QObject
{
    Q_OBJECT

public:
    using Told = std::function<void(std::uint64_t done, std::uint64_t total)>;

    explicit LongWork(QObject* parent);

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Runs `work` unless something runs, then `then` on the GUI thread while this object lives.
    template<class T>
    void run(std::function<Result<T>(const Told&, const std::stop_token&)> work, std::function<void(const Result<T>&)> then)
    {
        begin([work = std::move(work), then = std::move(then)](const Told& told, const std::stop_token& stop) {
            auto result = std::make_shared<Result<T>>(work(told, stop));
            return [result, then] { then(*result); };
        });
    }
    /// Asks what runs to end; its result says that it was cancelled.
    void cancel();

signals:
    void progressed(quint64 done, quint64 total);

private:
    using Ending = std::function<void()>;
    void begin(std::function<Ending(const Told&, const std::stop_token&)> work);

    bool m_isRunning = false;
    std::jthread m_thread; ///< last: it ends before the rest goes away
};

} // namespace cordon::ui::bridge
