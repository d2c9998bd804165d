#include "core/platform/packed_folder.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <shared_mutex>

namespace cordon::platform {
namespace {

/// What is shown now, by absolute path. Empty in nearly every process, so that looking costs nothing.
struct Shown
{
    std::shared_mutex mutex;
    std::map<std::string, std::weak_ptr<const PackedFolder>> folders;
    std::atomic<bool> isUsed = false; ///< once anything was shown
};

Shown& shown()
{
    static Shown all;
    return all;
}

std::string keyOf(const Path& path)
{
    std::error_code error;
    std::string key = std::filesystem::absolute(path, error).lexically_normal().string();
    while (key.size() > 1 && key.ends_with('/'))
        key.pop_back();
    return key;
}

} // namespace

PackedFolder::PackedFolder(Path path, File file, std::map<std::string, Part> parts)
    : m_path(std::move(path))
    , m_file(std::move(file))
    , m_parts(std::move(parts))
{}

PackedFolder::~PackedFolder()
{
    const std::unique_lock lock(shown().mutex);
    const auto own = shown().folders.find(m_path.string());
    if (own != shown().folders.end() && own->second.expired())
        shown().folders.erase(own);
}

Result<std::shared_ptr<const PackedFolder>> PackedFolder::show(const Path& path, File file,
                                                               std::map<std::string, Part> parts)
{
    std::shared_ptr<const PackedFolder> made(new PackedFolder(keyOf(path), std::move(file), std::move(parts)));
    const std::unique_lock lock(shown().mutex);
    std::weak_ptr<const PackedFolder>& place = shown().folders[keyOf(path)];
    if (!place.expired())
        return fail(ErrorCode::Conflict, path.string() + ": is open already");
    place = made;
    shown().isUsed = true;
    return made;
}

std::optional<PackedFolder::Found> PackedFolder::find(const Path& path)
{
    if (!shown().isUsed)
        return std::nullopt;
    const std::string key = keyOf(path);
    const std::shared_lock lock(shown().mutex);
    for (const auto& [above, weak] : shown().folders) {
        if (!key.starts_with(above + "/"))
            continue;
        Found found{weak.lock(), key.substr(above.size() + 1), std::nullopt, false};
        if (!found.folder)
            continue;
        const std::string& name = found.name;
        const auto part = found.folder->m_parts.find(name);
        if (part != found.folder->m_parts.end())
            found.part = part->second;
        const auto below = found.folder->m_parts.lower_bound(name + "/");
        found.isFolder = below != found.folder->m_parts.end() && below->first.starts_with(name + "/");
        return found;
    }
    return std::nullopt;
}

std::vector<std::string> PackedFolder::namesIn(const std::string& folder) const
{
    const std::string start = folder.empty() ? "" : folder + "/";
    std::vector<std::string> names;
    for (auto part = m_parts.lower_bound(start); part != m_parts.end() && part->first.starts_with(start); ++part) {
        const std::string name = part->first.substr(start.size(), part->first.find('/', start.size()) - start.size());
        if (names.empty() || names.back() != name)
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<std::vector<std::string>> listFolder(const Path& folder)
{
    if (const auto found = PackedFolder::find(folder)) {
        if (!found->isFolder)
            return fail(ErrorCode::NotFound, folder.string() + ": no such folder");
        return found->folder->namesIn(found->name);
    }
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator next(folder, error), end; !error && next != end; next.increment(error))
        names.push_back(next->path().filename().string());
    if (error)
        return fail(error == std::errc::permission_denied ? ErrorCode::Denied : ErrorCode::NotFound,
                    folder.string() + ": " + error.message());
    std::sort(names.begin(), names.end());
    return names;
}

bool isPlainFile(const Path& path)
{
    if (const auto found = PackedFolder::find(path))
        return found->part.has_value();
    std::error_code error;
    return std::filesystem::is_regular_file(std::filesystem::symlink_status(path, error));
}

bool isFolder(const Path& path)
{
    if (const auto found = PackedFolder::find(path))
        return found->isFolder;
    std::error_code error;
    return std::filesystem::is_directory(path, error);
}

} // namespace cordon::platform
