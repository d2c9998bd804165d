#include "core/ingest/file_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>
#include <unordered_set>

namespace cordon::ingest {
namespace {

namespace fs = std::filesystem;

bool hasLogName(const fs::path& path)
{
    constexpr std::array<std::string_view, 8> endings{".json", ".jsonl", ".ndjson", ".log",
                                                      ".evtx", ".csv",   ".gz",     ".zst"};
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

class Walk
{
public:
    void addNamed(const fs::path& path)
    {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (status.type() == fs::file_type::not_found)
            reject(path, "no such file or folder");
        else if (error)
            reject(path, "cannot be looked at: " + error.message());
        else if (fs::is_directory(status))
            addFolder(path);
        else if (fs::is_regular_file(status))
            addFile(path);
        else
            reject(path, "not a regular file");
    }

    FileList take()
    {
        std::sort(m_list.files.begin(), m_list.files.end(),
                  [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        std::sort(m_list.rejected.begin(), m_list.rejected.end(),
                  [](const RejectedRecord& a, const RejectedRecord& b) { return a.file < b.file; });
        return std::move(m_list);
    }

private:
    void addFolder(const fs::path& folder)
    {
        std::error_code error;
        fs::directory_iterator entries(folder, error);
        if (error)
            return reject(folder, "folder cannot be read: " + error.message());
        for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
            addEntry(*entries);
            if (error)
                break;
        }
        if (error)
            reject(folder, "folder cannot be read to its end: " + error.message());
    }

    void addEntry(const fs::directory_entry& entry)
    {
        std::error_code error;
        const bool isLink = entry.is_symlink(error);
        const fs::file_status status = entry.status(error);
        if (fs::is_directory(status))
            isLink ? reject(entry.path(), "skipped: a link to a folder") : addFolder(entry.path());
        else if (!fs::is_regular_file(status))
            reject(entry.path(), isLink && status.type() == fs::file_type::not_found ? "skipped: a link to nothing"
                                                                                     : "skipped: not a regular file");
        else if (!hasLogName(entry.path()))
            reject(entry.path(), "skipped: not a log by its name (json, jsonl, ndjson, log, evtx, csv, gz, zst)");
        else
            addFile(entry.path());
    }

    void addFile(const fs::path& path)
    {
        std::error_code error;
        const fs::path whole = fs::weakly_canonical(path, error);
        if (!m_seen.insert(error ? path.native() : whole.native()).second)
            return;
        const auto file = platform::File::openForReading(path);
        if (!file)
            reject(path, "cannot be opened: " + file.error().detail);
        else
            m_list.files.push_back(path);
    }

    void reject(const fs::path& path, std::string reason)
    {
        m_list.rejected.push_back({path.string(), 0, 0, std::move(reason)});
    }

    FileList m_list;
    std::unordered_set<std::string> m_seen; ///< canonical paths
};

} // namespace

FileList listFiles(const std::vector<platform::Path>& paths)
{
    Walk walk;
    for (const platform::Path& path : paths)
        walk.addNamed(path);
    return walk.take();
}

} // namespace cordon::ingest
