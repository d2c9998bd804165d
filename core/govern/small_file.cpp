#include "core/govern/small_file.h"

#include "core/crypto/random.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace cordon::govern {
namespace {

constexpr std::size_t mostBytes = 1U << 20U;

/// Closes a descriptor when it goes away.
class Descriptor
{
public:
    explicit Descriptor(int value)
        : m_value(value)
    {}
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_value; }

private:
    int m_value;
};

tl::unexpected<Error> systemFailure(const std::filesystem::path& file)
{
    const int number = errno;
    const ErrorCode code = number == ENOENT   ? ErrorCode::NotFound
                           : number == ENOSPC ? ErrorCode::DiskFull
                                              : ErrorCode::Io;
    return fail(code, file.string() + ": " + std::strerror(number)); // NOLINT(concurrency-mt-unsafe): text only
}

bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<std::string> readSmallFile(const std::filesystem::path& file)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (descriptor.get() < 0)
        return systemFailure(file);
    struct stat status
    {};
    if (::fstat(descriptor.get(), &status) != 0)
        return systemFailure(file);
    if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > mostBytes)
        return fail(ErrorCode::Invalid, file.string() + ": not a small regular file");
    std::string text;
    char block[8192];
    while (true) {
        const ssize_t got = ::read(descriptor.get(), block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemFailure(file);
        if (got == 0)
            return text;
        text.append(block, static_cast<std::size_t>(got));
        if (text.size() > mostBytes)
            return fail(ErrorCode::Invalid, file.string() + ": too long");
    }
}

Result<void> writeSmallFile(const std::filesystem::path& file, std::string_view text)
{
    const std::filesystem::path beside = file.string() + '.' + crypto::randomHex(6);
    {
        const Descriptor descriptor(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (descriptor.get() < 0)
            return systemFailure(beside);
        if (!writeAll(descriptor.get(), text) || ::fsync(descriptor.get()) != 0) {
            auto failure = systemFailure(beside);
            ::unlink(beside.c_str());
            return failure;
        }
    }
    if (::rename(beside.c_str(), file.c_str()) != 0) {
        auto failure = systemFailure(file);
        ::unlink(beside.c_str());
        return failure;
    }
    const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0)
        return systemFailure(file.parent_path());
    return {};
}

Result<FileLock> FileLock::take(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return systemFailure(file);
    while (::flock(descriptor, LOCK_EX) != 0) {
        if (errno == EINTR)
            continue;
        auto failure = systemFailure(file);
        ::close(descriptor);
        return failure;
    }
    return FileLock(descriptor);
}

Result<FileLock> FileLock::takeWithin(const std::filesystem::path& file, std::chrono::milliseconds time)
{
    constexpr auto pause = std::chrono::milliseconds(1);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return systemFailure(file);
    FileLock lock(descriptor);
    for (auto waited = std::chrono::milliseconds(0); ::flock(descriptor, LOCK_EX | LOCK_NB) != 0; waited += pause) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return systemFailure(file);
        if (waited >= time)
            return fail(ErrorCode::Conflict, file.string() + ": held by another process");
        std::this_thread::sleep_for(pause);
    }
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace cordon::govern
