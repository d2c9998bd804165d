#pragma once

#include "core/base/time.h"
#include "core/govern/small_file.h"

#include <filesystem>
#include <map>
#include <string>

namespace cordon::govern {

constexpr int failuresBeforeLock = 5;
/// 15 minutes at the fifth failure, twice as long at each further one, at most a day; nothing before the fifth.
[[nodiscard]] Duration lockAfter(int failures);

/// Failures at this console, whoever's name was typed: guessing through a list of people locks the console as guessing
/// at one person locks that person. Lives in `console.state.json` of a people folder; one process at a time.
/// A person's success takes that person's failures out of the count, a quiet day all of them.
class ConsoleLock
{
public:
    /// Waits for the other holder. A missing file is a console where nobody failed yet.
    [[nodiscard]] static Result<ConsoleLock> take(const std::filesystem::path& folder, Timestamp wall);

    [[nodiscard]] bool isLocked() const { return m_now < m_count.lockedUntil; }
    [[nodiscard]] Timestamp lockedUntil() const { return m_count.lockedUntil; }
    [[nodiscard]] int failures() const;
    /// Written down before the factors are looked at.
    [[nodiscard]] Result<void> countTry(const std::string& person);
    [[nodiscard]] Result<void> clear(const std::string& person);
    /// The try counted last was no failure, and proved too little to clear those before it.
    [[nodiscard]] Result<void> takeBackTry();

private:
    ConsoleLock(std::filesystem::path file, FileLock lock) : m_file(std::move(file)), m_lock(std::move(lock)) {}
    [[nodiscard]] Result<void> read(Timestamp wall);
    [[nodiscard]] Result<void> write() const;

    std::filesystem::path m_file;
    FileLock m_lock;
    struct Count
    {
        std::map<std::string, int> failures; ///< by person
        Timestamp lockedUntil;
        Timestamp lastFailure;
    };

    Count m_count;
    Count m_beforeTry;
    Timestamp m_now; ///< the wall clock, which never counts as earlier than the newest time seen
};

} // namespace cordon::govern
