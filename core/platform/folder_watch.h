#pragma once

#include "core/platform/file.h"

#include <chrono>
#include <map>
#include <set>

namespace cordon::platform {

/// Says that something below folders may have changed, by inotify. A hint only: a network folder or a full table of
/// watches tells nothing, so whoever uses it looks now and then all the same. Belongs to one thread.
class FolderWatch
{
public:
    FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();

    /// Watches a folder with all below it, or the folder of a file.
    void add(const Path& root);
    void remove(const Path& root);
    /// Whether something changed since the last call; waits at most `time` for it. Folders that are new are watched too.
    [[nodiscard]] bool hasChanged(std::chrono::milliseconds time);
    /// Whether the system tells of changes at all.
    [[nodiscard]] bool isTelling() const { return m_descriptor >= 0 && !m_isIncomplete; }

private:
    void watch(const Path& folder, int depth);
    void watchAll();

    int m_descriptor = -1;
    bool m_isIncomplete = false;
    std::set<Path> m_roots;
    std::map<int, Path> m_watches;
};

} // namespace cordon::platform
