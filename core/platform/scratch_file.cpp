#include "core/platform/scratch_file.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace cordon::platform {
namespace {

Path usualFolder()
{
    const std::string wanted = environment("TMPDIR");
    if (!wanted.empty())
        return wanted;
    std::error_code error;
    return std::filesystem::is_directory("/var/tmp", error) ? "/var/tmp" : "/tmp";
}

/// Named for a moment only: not every file system makes files without a name.
Result<File> unnamed(const Path& folder)
{
    constexpr int most = 100; // others may use the same names
    for (int number = 0;; ++number) {
        const Path path = folder / (".cordon-scratch-" + std::to_string(::getpid()) + '-' + std::to_string(number));
        auto file = File::createExclusively(path);
        if (!file && file.error().code == ErrorCode::Conflict && number < most)
            continue;
        if (file && ::unlink(path.c_str()) != 0)
            return fail(ErrorCode::Io, path.string() + ": " + std::generic_category().message(errno));
        return file;
    }
}

} // namespace

Result<ScratchFile> ScratchFile::open(const Path& folder)
{
    CORDON_TRY(File file, unnamed(folder.empty() ? usualFolder() : folder));
    return ScratchFile(std::move(file));
}

Result<std::uint64_t> ScratchFile::append(ByteView bytes)
{
    const std::uint64_t begin = m_size;
    if (auto written = m_file.write(bytes); !written) {
        CORDON_CHECK(cutTo(begin)); // half of it is of no use
        return fail(written.error());
    }
    m_size += bytes.size();
    return begin;
}

Result<void> ScratchFile::readAt(void* into, std::size_t size, std::uint64_t offset) const
{
    CORDON_TRY(const std::size_t count, m_file.readAt(into, size, offset));
    return count == size ? Result<void>() : fail(ErrorCode::Io, "a scratch file is shorter than what was written to it");
}

Result<void> ScratchFile::clear()
{
    return cutTo(0);
}

Result<void> ScratchFile::cutTo(std::uint64_t size)
{
    CORDON_CHECK(m_file.truncate(size));
    m_size = size;
    if (::lseek(m_file.descriptor(), static_cast<off_t>(size), SEEK_SET) < 0)
        return fail(ErrorCode::Io, "a scratch file: " + std::generic_category().message(errno));
    return {};
}

} // namespace cordon::platform
