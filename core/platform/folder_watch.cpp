#include "core/platform/folder_watch.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/inotify.h>
#include <thread>
#include <unistd.h>

namespace cordon::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t changes = IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                  IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t folderChanges = IN_CREATE | IN_MOVED_TO | IN_Q_OVERFLOW;
constexpr std::size_t mostWatches = 8192;
constexpr int mostDepth = 64;

} // namespace

FolderWatch::FolderWatch()
    : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{}

FolderWatch::~FolderWatch()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void FolderWatch::add(const Path& root)
{
    m_roots.insert(root);
    watchAll();
}

void FolderWatch::remove(const Path& root)
{
    m_roots.erase(root);
    for (const auto& [number, folder] : m_watches)
        ::inotify_rm_watch(m_descriptor, number);
    m_watches.clear();
    watchAll();
}

void FolderWatch::watchAll()
{
    m_isIncomplete = false;
    for (const Path& root : m_roots) {
        std::error_code error;
        watch(fs::is_directory(root, error) ? root : root.parent_path(), fs::is_directory(root, error) ? 0 : mostDepth);
    }
}

void FolderWatch::watch(const Path& folder, int depth)
{
    if (m_descriptor < 0)
        return;
    const int number =
        m_watches.size() < mostWatches ? ::inotify_add_watch(m_descriptor, folder.c_str(), changes) : -1;
    if (number < 0) {
        m_isIncomplete = true;
        return;
    }
    m_watches[number] = folder;
    if (depth >= mostDepth)
        return;
    std::error_code error;
    for (fs::directory_iterator entries(folder, error), end; !error && entries != end; entries.increment(error)) {
        std::error_code ignored;
        if (entries->is_directory(ignored) && !entries->is_symlink(ignored))
            watch(entries->path(), depth + 1);
    }
}

bool FolderWatch::hasChanged(std::chrono::milliseconds time)
{
    if (m_descriptor < 0) {
        std::this_thread::sleep_for(time);
        return false;
    }
    pollfd ready{m_descriptor, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0)
        return false;
    alignas(inotify_event) std::array<char, 16384> buffer{};
    bool hasNewFolder = false;
    for (;;) {
        const ssize_t size = ::read(m_descriptor, buffer.data(), buffer.size());
        if (size <= 0)
            break;
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            hasNewFolder = hasNewFolder || ((event->mask & folderChanges) != 0 && (event->mask & IN_ISDIR) != 0) ||
                           (event->mask & IN_Q_OVERFLOW) != 0;
            if ((event->mask & IN_IGNORED) != 0)
                m_watches.erase(event->wd);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
    if (hasNewFolder)
        watchAll();
    return true;
}

} // namespace cordon::platform
