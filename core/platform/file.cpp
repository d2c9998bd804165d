#include "core/platform/file.h"

#include "core/platform/packed_folder.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cordon::platform {
namespace {

ErrorCode codeOf(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ErrorCode::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
        return ErrorCode::Denied;
    case EEXIST:
    case EWOULDBLOCK:
        return ErrorCode::Conflict;
    case EISDIR:
    case ENAMETOOLONG:
        return ErrorCode::Invalid;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorCode::DiskFull;
    default:
        return ErrorCode::Io;
    }
}

tl::unexpected<Error> failure(int number, const Path& path)
{
    return fail(codeOf(number), path.string() + ": " + std::generic_category().message(number));
}

/// Standard input and what a shell passes on may be pipes; anywhere else a pipe would stop whoever opens it.
bool mayBePipe(const Path& path)
{
    const std::string name = path.lexically_normal().string();
    return name.starts_with("/dev/") || name.starts_with("/proc/");
}

/// Opens and refuses folders and pipes.
Result<int> openDescriptor(const Path& path, int flags, unsigned mode)
{
    const bool isPlainWanted = !mayBePipe(path);
    if (isPlainWanted)
        flags |= O_NONBLOCK; // of a pipe: come back at once; of a file it says nothing
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0)
        return failure(errno, path);
    struct stat status
    {};
    if (::fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        const int number = S_ISDIR(status.st_mode) ? EISDIR : errno;
        ::close(descriptor);
        return failure(number, path);
    }
    if (isPlainWanted && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode))) {
        ::close(descriptor);
        return fail(ErrorCode::Invalid, path.string() + ": a pipe and no file");
    }
    return descriptor;
}

} // namespace

Result<File> File::openForReading(const Path& path)
{
    if (const auto found = PackedFolder::find(path)) {
        if (!found->part)
            return fail(found->isFolder ? ErrorCode::Invalid : ErrorCode::NotFound, path.string() + ": no such part");
        return partOf(found->folder->file(), found->part->at, found->part->size, path);
    }
    CORDON_TRY(const int descriptor, openDescriptor(path, O_RDONLY, 0));
    return File(descriptor, path);
}

Result<File> File::openForAppending(const Path& path, unsigned mode)
{
    CORDON_TRY(const int descriptor, openDescriptor(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, mode));
    return File(descriptor, path);
}

Result<File> File::createExclusively(const Path& path, unsigned mode)
{
    CORDON_TRY(const int descriptor, openDescriptor(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
    return File(descriptor, path);
}

Result<File> File::partOf(const File& whole, std::uint64_t at, std::uint64_t size, Path name)
{
    const int descriptor = ::fcntl(whole.m_descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0)
        return failure(errno, name);
    File part(descriptor, std::move(name));
    part.m_part = Part{at, size, 0};
    return part;
}

File::File(File&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::move(other.m_path))
    , m_part(other.m_part)
{}

File& File::operator=(File&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_path, other.m_path);
    std::swap(m_part, other.m_part);
    return *this;
}

File::~File()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<std::size_t> File::read(void* into, std::size_t size)
{
    if (m_part) {
        CORDON_TRY(const std::size_t count, readAt(into, size, m_part->position));
        m_part->position += count;
        return count;
    }
    for (;;) {
        const ssize_t count = ::read(m_descriptor, into, size);
        if (count >= 0)
            return static_cast<std::size_t>(count);
        if (errno != EINTR)
            return failure(errno, m_path);
    }
}

Result<std::size_t> File::readAt(void* into, std::size_t size, std::uint64_t offset) const
{
    if (m_part) {
        size = static_cast<std::size_t>(
            std::min<std::uint64_t>(size, m_part->size - std::min(m_part->size, offset)));
        offset += m_part->at;
    }
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count =
            ::pread(m_descriptor, static_cast<char*>(into) + done, size - done, static_cast<off_t>(offset + done));
        if (count == 0)
            break;
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            return failure(errno, m_path);
    }
    return done;
}

Result<void> File::write(ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return failure(errno, m_path);
    }
    return {};
}

Result<void> File::writeAt(std::string_view text, std::uint64_t offset)
{
    while (!text.empty()) {
        const ssize_t count = ::pwrite(m_descriptor, text.data(), text.size(), static_cast<off_t>(offset));
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
            offset += static_cast<std::uint64_t>(count);
        } else if (errno != EINTR) {
            return failure(errno, m_path);
        }
    }
    return {};
}

Result<void> File::sync()
{
    if (::fsync(m_descriptor) != 0)
        return failure(errno, m_path);
    return {};
}

Result<std::uint64_t> File::size() const
{
    if (m_part)
        return m_part->size;
    struct stat status
    {};
    if (::fstat(m_descriptor, &status) != 0)
        return failure(errno, m_path);
    return static_cast<std::uint64_t>(status.st_size);
}

Result<void> File::truncate(std::uint64_t size)
{
    while (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0) {
        if (errno != EINTR)
            return failure(errno, m_path);
    }
    return {};
}

Result<void> File::lock()
{
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
        return {};
    if (errno == EWOULDBLOCK)
        return fail(ErrorCode::Conflict, m_path.string() + ": locked by another process");
    return failure(errno, m_path);
}

Result<std::string> readFile(const Path& path, std::size_t most)
{
    CORDON_TRY(auto file, File::openForReading(path));
    std::string text;
    std::string block(64U << 10U, '\0');
    for (;;) {
        CORDON_TRY(const std::size_t count, file.read(block.data(), block.size()));
        if (count == 0)
            return text;
        if (text.size() + count > most)
            return fail(ErrorCode::Invalid, path.string() + ": longer than " + std::to_string(most) + " bytes");
        text.append(block, 0, count);
    }
}

Result<void> writeFileAtomically(const Path& path, std::string_view text, unsigned mode)
{
    static std::atomic<unsigned> counter{0};
    const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
    const Path temporary = folder / ("." + path.filename().string() + ".new-" + std::to_string(::getpid()) + "-" +
                                     std::to_string(counter.fetch_add(1)));
    // A file of this name can only be left over from a crashed process that had this number.
    ::unlink(temporary.c_str());
    auto replace = [&]() -> Result<void> {
        CORDON_TRY(auto file, File::createExclusively(temporary, mode));
        CORDON_CHECK(file.write(text));
        CORDON_CHECK(file.sync());
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            return failure(errno, path);
        return {};
    };
    if (auto replaced = replace(); !replaced) {
        ::unlink(temporary.c_str());
        return replaced;
    }
    return syncFolder(folder);
}

Result<void> syncFolder(const Path& folder)
{
    int descriptor = -1;
    do {
        descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0)
        return failure(errno, folder);
    const int number = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (number != 0)
        return failure(number, folder);
    return {};
}

namespace {

/// The name of a folder that was made is durable once the folder above it is synced. One that may not be read stays unsynced.
Result<void> syncName(const Path& folder)
{
    auto synced = syncFolder(folder.has_parent_path() ? folder.parent_path() : Path("."));
    if (!synced && synced.error().code != ErrorCode::Denied)
        return synced;
    return {};
}

} // namespace

Result<void> makeFolders(const Path& folder, unsigned mode)
{
    if (folder.empty())
        return {};
    if (::mkdir(folder.c_str(), mode) == 0)
        return syncName(folder);
    if (errno == EEXIST) {
        struct stat status
        {};
        if (::stat(folder.c_str(), &status) != 0)
            return failure(errno, folder);
        if (!S_ISDIR(status.st_mode))
            return fail(ErrorCode::Conflict, folder.string() + ": is not a folder");
        return {};
    }
    if (errno != ENOENT || !folder.has_parent_path() || folder.parent_path() == folder)
        return failure(errno, folder);
    CORDON_CHECK(makeFolders(folder.parent_path(), mode));
    if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST)
        return failure(errno, folder);
    return syncName(folder);
}

Result<void> renameWithoutReplacing(const Path& from, const Path& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return failure(errno, errno == EEXIST ? to : from);
    // File systems without RENAME_NOREPLACE: link refuses a name that is taken just as atomically.
    if (::link(from.c_str(), to.c_str()) != 0)
        return failure(errno, errno == EEXIST ? to : from);
    if (::unlink(from.c_str()) != 0)
        return failure(errno, from);
    return {};
}

Result<void> eraseFile(const Path& path)
{
    auto opened = openDescriptor(path, O_WRONLY | O_NOFOLLOW, 0);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return {};
    if (!opened)
        return fail(opened.error());
    int number = 0;
    struct stat status
    {};
    if (::fstat(*opened, &status) != 0)
        number = errno;
    const std::string blank(4096, '\0');
    for (off_t at = 0; number == 0 && at < status.st_size;) {
        const auto most = std::min<std::size_t>(blank.size(), static_cast<std::size_t>(status.st_size - at));
        const ssize_t count = ::pwrite(*opened, blank.data(), most, at);
        if (count > 0)
            at += count;
        else if (count == 0 || errno != EINTR)
            number = count == 0 ? EIO : errno;
    }
    if (number == 0 && ::fsync(*opened) != 0)
        number = errno;
    ::close(*opened);
    if (number == 0 && ::unlink(path.c_str()) != 0)
        number = errno;
    if (number != 0)
        return failure(number, path);
    return syncFolder(path.has_parent_path() ? path.parent_path() : Path("."));
}

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

Path cordonHome()
{
    if (const auto home = environment("CORDON_HOME"); !home.empty())
        return home;
    if (const auto folder = environment("XDG_DATA_HOME"); !folder.empty())
        return Path(folder) / "cordon";
    return Path(environment("HOME")) / ".local" / "share" / "cordon";
}

} // namespace cordon::platform
