#pragma once

#include "core/platform/file.h"

#include <map>
#include <memory>

namespace cordon::platform {

/// One file whose parts are read in place, as if it were a folder of its name: while this lives,
/// `File::openForReading(path / "a/b")`, `listFolder` and `isPlainFile` see its parts, and nothing is unpacked anywhere.
/// Safe from any thread. The descriptor is held, so that what is read stays one file even if its name is given to another.
class PackedFolder
{
public:
    struct Part
    {
        std::uint64_t at = 0; ///< first byte in the file
        std::uint64_t size = 0;
    };
    /// What a path below a packed folder leads to.
    struct Found
    {
        std::shared_ptr<const PackedFolder> folder;
        std::string name;         ///< of the part or folder in it
        std::optional<Part> part; ///< unset for a folder and for what is not there
        bool isFolder = false;
    };

    /// @param parts  by name, `a/b` for b in folder a
    /// ErrorCode::Conflict when the path is shown already.
    [[nodiscard]] static Result<std::shared_ptr<const PackedFolder>> show(const Path& path, File file,
                                                                          std::map<std::string, Part> parts);
    /// Nothing when no packed folder is above the path.
    [[nodiscard]] static std::optional<Found> find(const Path& path);
    ~PackedFolder();
    PackedFolder(const PackedFolder&) = delete;
    PackedFolder& operator=(const PackedFolder&) = delete;

    [[nodiscard]] const File& file() const { return m_file; }
    [[nodiscard]] const std::map<std::string, Part>& parts() const { return m_parts; }
    /// Names of what is directly in a folder of it, sorted; "" for the outermost.
    [[nodiscard]] std::vector<std::string> namesIn(const std::string& folder) const;

private:
    PackedFolder(Path path, File file, std::map<std::string, Part> parts);
    Path m_path; ///< absolute
    File m_file;
    std::map<std::string, Part> m_parts;
};

/// Names of what is directly in a folder, packed or real, sorted. ErrorCode::NotFound or Denied.
[[nodiscard]] Result<std::vector<std::string>> listFolder(const Path& folder);
/// True for a file that is no link, or a part of a packed folder.
[[nodiscard]] bool isPlainFile(const Path& path);
[[nodiscard]] bool isFolder(const Path& path);

} // namespace cordon::platform
