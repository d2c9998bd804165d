#pragma once

#include <cstdint>
#include <string>

namespace cordon::store {

/// Name of the SQLite file system that reads a database in place out of a larger file, and can do nothing else.
[[nodiscard]] const char* partFileSystem();
/// The address under which that file system opens bytes [at, at + size) of an open descriptor, which it duplicates.
[[nodiscard]] std::string partAddress(int descriptor, std::uint64_t at, std::uint64_t size);

} // namespace cordon::store
