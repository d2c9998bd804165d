#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace cordon {

/// A queue with a fixed number of places between threads: full makes the producer wait, so memory stays bounded.
/// Safe from any thread.
template<class T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t places) : m_places(places) {}

    /// Waits for a place. @return false when the queue was closed or `stop` was asked for; `item` is then dropped.
    bool push(T item, const std::stop_token& stop = {})
    {
        std::unique_lock lock(m_mutex);
        m_hasPlace.wait(lock, stop, [this] { return m_items.size() < m_places || m_isClosed; });
        if (m_isClosed || m_items.size() >= m_places)
            return false;
        m_items.push_back(std::move(item));
        lock.unlock();
        m_hasItem.notify_one();
        return true;
    }

    /// Waits for an item. @return nothing once the queue is closed and empty, or `stop` was asked for.
    std::optional<T> pop(const std::stop_token& stop = {})
    {
        std::unique_lock lock(m_mutex);
        m_hasItem.wait(lock, stop, [this] { return !m_items.empty() || m_isClosed; });
        return takeFront(lock);
    }

    /// Waits at most `time` for an item.
    std::optional<T> popWithin(std::chrono::milliseconds time, const std::stop_token& stop = {})
    {
        std::unique_lock lock(m_mutex);
        m_hasItem.wait_for(lock, stop, time, [this] { return !m_items.empty() || m_isClosed; });
        return takeFront(lock);
    }

    /// Takes an item if one is there.
    std::optional<T> tryPop()
    {
        std::unique_lock lock(m_mutex);
        return takeFront(lock);
    }

    /// No more pushes; what is inside can still be popped.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isClosed = true;
        }
        m_hasItem.notify_all();
        m_hasPlace.notify_all();
    }

private:
    std::optional<T> takeFront(std::unique_lock<std::mutex>& lock)
    {
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        lock.unlock();
        m_hasPlace.notify_one();
        return item;
    }

    const std::size_t m_places;
    std::mutex m_mutex;
    std::condition_variable_any m_hasItem;
    std::condition_variable_any m_hasPlace;
    std::deque<T> m_items;
    bool m_isClosed = false;
};

} // namespace cordon
