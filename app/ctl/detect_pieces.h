#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cordon::ctl {

/// A part of a log that can be read by itself.
struct LogPiece
{
    std::size_t file = 0; ///< index in the list of files
    std::uint64_t from = 0;
    std::uint64_t to = 0;  ///< 0: the file as a whole, however it is packed
    std::string head;      ///< first bytes of the file, which tell its format, for a piece that begins behind them
};

/// Cuts logs where several readers can share them: large plain files of JSON documents are cut between documents at line
/// ends (`}`, line end, `{`: in valid JSON these stand in a row between two documents only); every other file is one
/// piece. In file order.
/// @param size  about how long a piece is, in bytes
[[nodiscard]] std::vector<LogPiece> cutLogs(const std::vector<std::filesystem::path>& files, std::uint64_t size);

} // namespace cordon::ctl
