#include "core/ingest/follow_scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <optional>
#include <sys/stat.h>
#include <system_error>

namespace cordon::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostFiles = 200'000;
constexpr int mostDepth = 64;

std::string lowerName(const fs::path& path)
{
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

template<std::size_t count>
bool endsWithAny(std::string_view name, const std::array<std::string_view, count>& endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// Without `.gz` and without a rotation's `.3`, `-20261122`, `.20261122-10`.
std::string_view withoutRotation(std::string_view name)
{
    constexpr std::array<std::string_view, 2> packed{".gz", ".zst"};
    for (const std::string_view end : packed) {
        if (name.ends_with(end))
            name.remove_suffix(end.size());
    }
    for (;;) {
        const auto mark = name.find_last_of(".-_");
        if (mark == std::string_view::npos || mark == 0 || mark + 1 == name.size() ||
            name.find_first_not_of("0123456789", mark + 1) != std::string_view::npos)
            return name;
        name = name.substr(0, mark);
    }
}

SeenFile seenAs(const fs::path& path, const fs::path& root, const struct stat& status)
{
    SeenFile seen;
    seen.path = path;
    seen.root = root.string();
    seen.device = status.st_dev;
    seen.inode = status.st_ino;
    return seen;
}

/// What is there and cannot be looked at. Without size and time, so that it is told once. Fails when not even its number
/// is to be had.
Result<SeenFile> refused(const fs::path& path, const fs::path& root, FollowState state, std::string reason)
{
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return fail(ErrorCode::Io, path.string() + ": cannot be looked at: " + std::generic_category().message(errno));
    SeenFile seen = seenAs(path, root, status);
    seen.isFolder = S_ISDIR(status.st_mode);
    seen.refusal = state;
    seen.reason = std::move(reason);
    return seen;
}

Result<std::optional<SeenFile>> look(const fs::path& path, const fs::path& root)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno != EACCES)
            return std::optional<SeenFile>(); // it went away meanwhile, or a link leads to nothing
        CORDON_TRY(auto shut, refused(path, root, FollowState::Failed, "cannot be looked at: permission denied"));
        return std::optional(std::move(shut));
    }
    if (!S_ISREG(status.st_mode))
        return std::optional<SeenFile>();
    SeenFile seen = seenAs(path, root, status);
    seen.size = static_cast<std::uint64_t>(status.st_size);
    seen.changed =
        Timestamp::fromMicros(std::int64_t{status.st_mtim.tv_sec} * 1'000'000 + status.st_mtim.tv_nsec / 1000);
    seen.isLog = isFollowedName(path);
    return std::optional(std::move(seen));
}

/// By more than one name, for any of them may be a log's neighbour or be put there to hide the logs.
bool isCase(const fs::path& folder)
{
    std::error_code error; // what cannot be seen tells of no case
    return fs::is_regular_file(folder / "holder.lock", error) && fs::is_directory(folder / "ledger", error) &&
           (fs::is_regular_file(folder / "case.db", error) || fs::is_directory(folder / "evidence", error));
}

Result<void> put(SeenFile seen, std::vector<SeenFile>& files)
{
    if (files.size() >= mostFiles)
        return fail(ErrorCode::Unsupported, seen.root + ": more than 200,000 files; follow a folder below it");
    files.push_back(std::move(seen));
    return {};
}

Result<void> walk(const fs::path& folder, const fs::path& root, int depth, std::vector<SeenFile>& files);

/// A folder that cannot be read, or is not to be, is listed itself; those beside it are looked at all the same.
Result<void> walkBelow(const fs::path& folder, const fs::path& root, int depth, std::vector<SeenFile>& files)
{
    auto state = FollowState::Failed;
    std::string reason;
    if (depth > mostDepth) {
        reason = "folder is more than 64 folders deep; follow it by itself";
    } else if (isCase(folder)) { // what it writes down is no log
        state = FollowState::Skipped;
        reason = "skipped: a folder with a case of Cordon (holder.lock, ledger, case.db or evidence)";
    } else {
        const auto below = walk(folder, root, depth, files);
        if (below || below.error().code == ErrorCode::NotFound)
            return {}; // it may have gone away while it was looked at
        if (below.error().code != ErrorCode::Io)
            return below;
        reason = below.error().detail;
    }
    CORDON_TRY(auto shut, refused(folder, root, state, std::move(reason)));
    return put(std::move(shut), files);
}

Error unreadable(const fs::path& folder, const std::error_code& error)
{
    const bool isGone = error == std::errc::no_such_file_or_directory;
    return {isGone ? ErrorCode::NotFound : ErrorCode::Io,
            folder.string() + ": folder cannot be read: " + error.message()};
}

/// @param depth  of this folder below the root; -1: this folder alone
Result<void> walk(const fs::path& folder, const fs::path& root, int depth, std::vector<SeenFile>& files)
{
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error)
        return fail(unreadable(folder, error));
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
        const fs::path& path = entries->path();
        std::error_code ignored; // what goes away while it is looked at is not there
        if (entries->is_directory(ignored)) {
            if (!entries->is_symlink(ignored) && depth >= 0)
                CORDON_CHECK(walkBelow(path, root, depth + 1, files));
            continue;
        }
        if (isPassingName(path))
            continue;
        CORDON_TRY(auto seen, look(path, root));
        if (seen)
            CORDON_CHECK(put(std::move(*seen), files));
    }
    if (error)
        return fail(unreadable(folder, error));
    return {};
}

} // namespace

bool isPassingName(const fs::path& path)
{
    constexpr std::array<std::string_view, 7> endings{".tmp", ".temp", ".part", ".partial", ".filepart", ".swp", "~"};
    const std::string name = lowerName(path);
    return name.starts_with('.') || endsWithAny(name, endings);
}

bool isFollowedName(const fs::path& path)
{
    constexpr std::array<std::string_view, 8> endings{".json",  ".jsonl", ".ndjson", ".log",
                                                      ".csv", ".txt",   ".evtx",   ".audit"};
    const std::string name = lowerName(path);
    const std::string_view bare = withoutRotation(name);
    return endsWithAny(bare, endings) || bare.find('.') == std::string_view::npos;
}

Result<std::vector<SeenFile>> filesBelow(const fs::path& root)
{
    std::vector<SeenFile> files;
    std::error_code error;
    if (fs::is_directory(root, error)) {
        CORDON_CHECK(isCase(root) ? walkBelow(root, root, 0, files) : walk(root, root, 0, files));
    } else {
        const fs::path folder = root.has_parent_path() ? root.parent_path() : fs::path(".");
        std::vector<SeenFile> beside;
        CORDON_CHECK(walk(folder, root, -1, beside));
        const std::string name = root.filename().string();
        for (SeenFile& file : beside) {
            file.isSibling = file.path.filename() != root.filename();
            file.isLog = true;
            if (file.path.filename().string().starts_with(name))
                files.push_back(std::move(file));
        }
        if (files.empty())
            return fail(ErrorCode::NotFound, root.string() + ": no such file or folder");
    }
    std::sort(files.begin(), files.end(), [](const SeenFile& a, const SeenFile& b) { return a.path < b.path; });
    return files;
}

} // namespace cordon::ingest
