#include "core/govern/console_lock.h"

#include "core/value/json.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

constexpr int mostCounted = 1000;
constexpr std::size_t mostPeople = 1000; ///< made-up names must not make the file grow
constexpr Duration firstLock = std::chrono::minutes(15);
constexpr Duration longestLock = std::chrono::hours(24);
constexpr Duration quietTime = std::chrono::hours(24);

} // namespace

Duration lockAfter(int failures)
{
    if (failures < failuresBeforeLock)
        return Duration::zero();
    Duration lock = firstLock;
    for (int i = failuresBeforeLock; i < failures && lock < longestLock; ++i)
        lock *= 2;
    return std::min(lock, longestLock);
}

Result<ConsoleLock> ConsoleLock::take(const std::filesystem::path& folder, Timestamp wall)
{
    CORDON_TRY(FileLock lock, FileLock::take(folder / "console.lock"));
    ConsoleLock console(folder / "console.state.json", std::move(lock));
    CORDON_CHECK(console.read(wall));
    return console;
}

Result<void> ConsoleLock::read(Timestamp wall)
{
    m_now = wall;
    const auto text = readSmallFile(m_file);
    if (!text && text.error().code == ErrorCode::NotFound)
        return {};
    if (!text)
        return fail(text.error());
    CORDON_TRY(const Value value, json::parse(*text));
    if (value["v"].asInt() != 1 || !value["failures"].isObject())
        return fail(ErrorCode::Invalid, m_file.string() + ": not a console's state");
    for (const auto& [person, count] : value["failures"].asObject())
        m_count.failures[person] = static_cast<int>(std::clamp<std::int64_t>(count.asInt(mostCounted), 0, mostCounted));
    CORDON_TRY(m_count.lockedUntil, Timestamp::parse(value["locked_until"].asString()));
    CORDON_TRY(m_count.lastFailure, Timestamp::parse(value["last_failure"].asString()));
    CORDON_TRY(const Timestamp newestSeen, Timestamp::parse(value["newest_seen"].asString()));
    m_now = std::max(wall, newestSeen);
    if (m_now >= m_count.lastFailure + quietTime && !isLocked())
        m_count.failures.clear();
    return {};
}

Result<void> ConsoleLock::write() const
{
    Value::Object failures;
    for (const auto& [person, count] : m_count.failures)
        failures[person] = count;
    return writeSmallFile(m_file, json::write(Value::Object{{"v", 1},
                                                            {"failures", std::move(failures)},
                                                            {"locked_until", m_count.lockedUntil.toString()},
                                                            {"last_failure", m_count.lastFailure.toString()},
                                                            {"newest_seen", m_now.toString()}}));
}

int ConsoleLock::failures() const
{
    int sum = 0;
    for (const auto& [person, count] : m_count.failures)
        sum = std::min(sum + count, mostCounted);
    return sum;
}

Result<void> ConsoleLock::countTry(const std::string& person)
{
    m_beforeTry = m_count;
    const bool hasRoom = m_count.failures.contains(person) || m_count.failures.size() < mostPeople;
    int& count = m_count.failures[hasRoom ? person : "others"];
    count = std::min(count + 1, mostCounted);
    m_count.lastFailure = m_now;
    if (const Duration lock = lockAfter(failures()); lock > Duration::zero())
        m_count.lockedUntil = m_now + lock;
    return write();
}

Result<void> ConsoleLock::clear(const std::string& person)
{
    m_count.failures.erase(person);
    if (lockAfter(failures()) == Duration::zero())
        m_count.lockedUntil = Timestamp();
    return write();
}

Result<void> ConsoleLock::takeBackTry()
{
    m_count = m_beforeTry;
    return write();
}

} // namespace cordon::govern
