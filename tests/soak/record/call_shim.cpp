#include "tests/soak/record/call_shim.h"

#include <cerrno>
#include <cstdarg>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace cordon::record::soak {
namespace {

std::vector<FileOperation>* notes = nullptr;

std::string pathOf(int descriptor)
{
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

/// @return the error that this call has to fail with, 0 for none
int faultOf(Fault applies)
{
    ShimState& state = shim();
    if (!state.isCounting)
        return 0;
    ++state.calls;
    const bool isNow = state.failAt != 0 && (state.calls == state.failAt || (state.failsOn && state.calls > state.failAt));
    if (!isNow || state.fault == Fault::None)
        return 0;
    switch (state.fault) {
    case Fault::Io:
        ++state.failed;
        return EIO;
    case Fault::NoSpace:
        if (applies != Fault::NoSpace)
            return 0;
        ++state.failed;
        return ENOSPC;
    case Fault::Interrupted:
        if (state.failsOn && state.calls > state.failAt + 3)
            return 0; // a call that is interrupted for ever makes no progress by nature
        if (applies == Fault::SyncFails)
            return 0;
        ++state.failed;
        return EINTR;
    case Fault::SyncFails:
        if (applies != Fault::SyncFails)
            return 0;
        ++state.failed;
        return EIO;
    default:
        return 0;
    }
}

} // namespace

ShimState& shim()
{
    static ShimState state;
    return state;
}

void noteOperations(std::vector<FileOperation>* into)
{
    notes = into;
}

} // namespace cordon::record::soak

using namespace cordon::record::soak;

extern "C" {
ssize_t __real_write(int descriptor, const void* bytes, size_t size);
ssize_t __real_pwrite(int descriptor, const void* bytes, size_t size, off_t offset);
ssize_t __real_read(int descriptor, void* bytes, size_t size);
ssize_t __real_pread(int descriptor, void* bytes, size_t size, off_t offset);
int __real_fsync(int descriptor);
int __real_fdatasync(int descriptor);
int __real_ftruncate(int descriptor, off_t size);
int __real_rename(const char* from, const char* to);
int __real_renameat2(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags);
int __real_unlink(const char* path);
int __real_mkdir(const char* path, mode_t mode);
int __real_open(const char* path, int flags, ...);

ssize_t __wrap_write(int descriptor, const void* bytes, size_t size)
{
    if (const int error = faultOf(Fault::NoSpace)) {
        errno = error;
        return -1;
    }
    ShimState& state = shim();
    if (state.isCounting && state.fault == Fault::ShortWrite && size > 1 &&
        (state.calls == state.failAt || (state.failsOn && state.calls > state.failAt))) {
        ++state.failed;
        size = size / 2;
    }
    if (notes) {
        struct stat status
        {};
        ::fstat(descriptor, &status);
        notes->push_back({FileOperation::Kind::Write, pathOf(descriptor), {}, std::string(static_cast<const char*>(bytes), size),
                          static_cast<std::uint64_t>(status.st_size)});
    }
    return __real_write(descriptor, bytes, size);
}

ssize_t __wrap_pwrite(int descriptor, const void* bytes, size_t size, off_t offset)
{
    if (const int error = faultOf(Fault::NoSpace)) {
        errno = error;
        return -1;
    }
    return __real_pwrite(descriptor, bytes, size, offset);
}

ssize_t __wrap_read(int descriptor, void* bytes, size_t size)
{
    if (const int error = faultOf(Fault::Io)) {
        errno = error;
        return -1;
    }
    return __real_read(descriptor, bytes, size);
}

ssize_t __wrap_pread(int descriptor, void* bytes, size_t size, off_t offset)
{
    if (const int error = faultOf(Fault::Io)) {
        errno = error;
        return -1;
    }
    return __real_pread(descriptor, bytes, size, offset);
}

int __wrap_fsync(int descriptor)
{
    if (const int error = faultOf(Fault::SyncFails)) {
        errno = error;
        return -1;
    }
    if (notes)
        notes->push_back({FileOperation::Kind::Sync, pathOf(descriptor), {}, {}, 0});
    return __real_fsync(descriptor);
}

int __wrap_fdatasync(int descriptor)
{
    if (const int error = faultOf(Fault::SyncFails)) {
        errno = error;
        return -1;
    }
    if (notes)
        notes->push_back({FileOperation::Kind::Sync, pathOf(descriptor), {}, {}, 0});
    return __real_fdatasync(descriptor);
}

int __wrap_ftruncate(int descriptor, off_t size)
{
    if (const int error = faultOf(Fault::Io)) {
        errno = error;
        return -1;
    }
    if (notes)
        notes->push_back({FileOperation::Kind::Truncate, pathOf(descriptor), {}, {}, static_cast<std::uint64_t>(size)});
    return __real_ftruncate(descriptor, size);
}

int __wrap_rename(const char* from, const char* to)
{
    if (const int error = faultOf(Fault::NoSpace); error != 0 && error != EINTR) { // rename is never interrupted
        errno = error;
        return -1;
    }
    if (notes)
        notes->push_back({FileOperation::Kind::Rename, to, from, {}, 0});
    return __real_rename(from, to);
}

int __wrap_renameat2(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags)
{
    if (const int error = faultOf(Fault::NoSpace); error != 0 && error != EINTR) {
        errno = error;
        return -1;
    }
    if (notes)
        notes->push_back({FileOperation::Kind::Rename, to, from, {}, 0});
    return __real_renameat2(fromFolder, from, toFolder, to, flags);
}

int __wrap_unlink(const char* path)
{
    if (const int error = faultOf(Fault::Io); error != 0 && error != EINTR) {
        errno = error;
        return -1;
    }
    return __real_unlink(path);
}

int __wrap_mkdir(const char* path, mode_t mode)
{
    if (const int error = faultOf(Fault::NoSpace); error != 0 && error != EINTR) {
        errno = error;
        return -1;
    }
    return __real_mkdir(path, mode);
}

int __wrap_open(const char* path, int flags, ...)
{
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    if (const int error = faultOf((flags & O_CREAT) != 0 ? Fault::NoSpace : Fault::Io)) {
        errno = error;
        return -1;
    }
    return __real_open(path, flags, mode);
}
}
