#include "core/store/part_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace cordon::store {
namespace {

/// What SQLite keeps for one open database: its own base comes first.
struct PartFile
{
    sqlite3_file base;
    int descriptor;
    sqlite3_int64 at;
    sqlite3_int64 size;
};

PartFile* partOf(sqlite3_file* file)
{
    return reinterpret_cast<PartFile*>(file);
}

int closePart(sqlite3_file* file)
{
    ::close(partOf(file)->descriptor);
    return SQLITE_OK;
}

int readPart(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset)
{
    const PartFile& part = *partOf(file);
    const sqlite3_int64 room = offset < part.size ? part.size - offset : 0;
    const auto wanted = static_cast<std::size_t>(std::min<sqlite3_int64>(amount, room));
    std::size_t done = 0;
    while (done < wanted) {
        const ssize_t count = ::pread(part.descriptor, static_cast<char*>(into) + done, wanted - done,
                                      static_cast<off_t>(part.at + offset) + static_cast<off_t>(done));
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (count == 0)
            break;
        else if (errno != EINTR)
            return SQLITE_IOERR_READ;
    }
    if (done == static_cast<std::size_t>(amount))
        return SQLITE_OK;
    std::memset(static_cast<char*>(into) + done, 0, static_cast<std::size_t>(amount) - done);
    return SQLITE_IOERR_SHORT_READ;
}

int writePart(sqlite3_file*, const void*, int, sqlite3_int64) { return SQLITE_READONLY; }
int truncatePart(sqlite3_file*, sqlite3_int64) { return SQLITE_READONLY; }
int doNothing(sqlite3_file*, int) { return SQLITE_OK; }

int sizeOfPart(sqlite3_file* file, sqlite3_int64* size)
{
    *size = partOf(file)->size;
    return SQLITE_OK;
}

int isReserved(sqlite3_file*, int* answer)
{
    *answer = 0;
    return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sectorSize(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_IMMUTABLE; }

const sqlite3_io_methods partMethods = {
    1,          closePart, readPart,  writePart,  truncatePart, doNothing,  sizeOfPart,
    doNothing,  doNothing, isReserved, control,   sectorSize,   characteristics,
    nullptr,    nullptr,   nullptr,   nullptr,    nullptr,      nullptr,
};

/// Opens the database itself; there are no journals and no temporary files.
int openPart(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flagsOut)
{
    file->pMethods = nullptr;
    if (!name || (flags & SQLITE_OPEN_MAIN_DB) == 0)
        return SQLITE_CANTOPEN;
    PartFile& part = *partOf(file);
    part.descriptor =
        ::fcntl(static_cast<int>(sqlite3_uri_int64(name, "descriptor", -1)), F_DUPFD_CLOEXEC, 0);
    if (part.descriptor < 0)
        return SQLITE_CANTOPEN;
    part.at = sqlite3_uri_int64(name, "at", 0);
    part.size = sqlite3_uri_int64(name, "size", 0);
    part.base.pMethods = &partMethods;
    if (flagsOut)
        *flagsOut = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
    return SQLITE_OK;
}

int removeNothing(sqlite3_vfs*, const char*, int) { return SQLITE_READONLY; }

int isNothingThere(sqlite3_vfs*, const char*, int, int* answer)
{
    *answer = 0;
    return SQLITE_OK;
}

int sameName(sqlite3_vfs*, const char* name, int size, char* out)
{
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

/// Randomness and time are the default's.
sqlite3_vfs madeFileSystem()
{
    sqlite3_vfs made = *sqlite3_vfs_find(nullptr);
    made.szOsFile = sizeof(PartFile);
    made.pNext = nullptr;
    made.zName = "cordon-part";
    made.xOpen = openPart;
    made.xDelete = removeNothing;
    made.xAccess = isNothingThere;
    made.xFullPathname = sameName;
    return made;
}

} // namespace

const char* partFileSystem()
{
    static sqlite3_vfs made = madeFileSystem();
    [[maybe_unused]] static const int registered = sqlite3_vfs_register(&made, 0);
    return made.zName;
}

std::string partAddress(int descriptor, std::uint64_t at, std::uint64_t size)
{
    return "file:/part.db?descriptor=" + std::to_string(descriptor) + "&at=" + std::to_string(at) +
           "&size=" + std::to_string(size);
}

} // namespace cordon::store
