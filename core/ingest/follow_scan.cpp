#include "core/ingest/follow_scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <sys/stat.h>

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

Result<std::optional<SeenFile>> look(const fs::path& path, const fs::path& root)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return std::optional<SeenFile>(); // it went away meanwhile, or a link leads to nothing
    if (!S_ISREG(status.st_mode))
        return std::optional<SeenFile>();
    SeenFile seen;
    seen.path = path;
    seen.root = root.string();
    seen.device = status.st_dev;
    seen.inode = status.st_ino;
    seen.size = static_cast<std::uint64_t>(status.st_size);
    seen.changed =
        Timestamp::fromMicros(std::int64_t{status.st_mtim.tv_sec} * 1'000'000 + status.st_mtim.tv_nsec / 1000);
    return std::optional(seen);
}

Result<void> walk(const fs::path& folder, const fs::path& root, int depth, std::vector<SeenFile>& files)
{
    std::error_code error;
    if (fs::exists(folder / "holder.lock", error))
        return {}; // a case: what it writes down is no log
    fs::directory_iterator entries(folder, error);
    if (error)
        return fail(ErrorCode::Io, folder.string() + ": folder cannot be read: " + error.message());
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
        if (error)
            return fail(ErrorCode::Io, folder.string() + ": folder cannot be read to its end: " + error.message());
        const fs::path& path = entries->path();
        std::error_code ignored; // what goes away while it is looked at is not there
        if (entries->is_directory(ignored)) {
            if (entries->is_symlink(ignored) || depth >= mostDepth)
                continue;
            auto below = walk(path, root, depth + 1, files);
            if (!below && fs::exists(path, ignored))
                return below;
            continue;
        }
        if (isPassingName(path))
            continue;
        CORDON_TRY(auto seen, look(path, root));
        if (!seen)
            continue;
        if (files.size() >= mostFiles)
            return fail(ErrorCode::Unsupported, root.string() + ": more than 200,000 files; follow a folder below it");
        seen->isLog = isFollowedName(path);
        files.push_back(std::move(*seen));
    }
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
        CORDON_CHECK(walk(root, root, 0, files));
    } else {
        const fs::path folder = root.has_parent_path() ? root.parent_path() : fs::path(".");
        std::vector<SeenFile> beside;
        CORDON_CHECK(walk(folder, root, mostDepth, beside));
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
