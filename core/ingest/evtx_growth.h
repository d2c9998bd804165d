#pragma once

#include "core/base/result.h"
#include "core/platform/file.h"

#include <cstdint>
#include <string>

namespace cordon::ingest {

/// Neighbouring chunks of a Windows event log that hold records which were not read yet.
struct EvtxGrowth
{
    std::string bytes;          ///< the log's header and the chunks: a log of its own; "" when nothing is new
    std::uint64_t begins = 0;   ///< where `bytes` would begin in the log if its header stood right before the chunks
    std::uint64_t position = 0; ///< where the newest of these records ends in the log
    std::string tail;           ///< the bytes before `position`, at most 512, none of them of a chunk's header
};

/// Number of the record that ends at `position`; 0 when none does.
[[nodiscard]] Result<std::uint64_t> evtxRecordBefore(const platform::File& log, std::uint64_t position);

/// The oldest records behind a number, told by what stands in the chunks and not by the log's header, which a log in use
/// has not up to date. Windows begins at the start again when such a log is full: then the rest is the next growth.
/// @param size  of the log, as it was seen
/// @param after  number of the last record that was read; 0: none
/// @param position  where it ended; its chunk is the one that grows
/// @param takesCutChunk  false: a chunk that the log ends in is left for later
/// Source: docs/formats/following.md, "Windows event logs"
[[nodiscard]] Result<EvtxGrowth> evtxGrowth(const platform::File& log, std::uint64_t size, std::uint64_t after,
                                            std::uint64_t position, bool takesCutChunk);

} // namespace cordon::ingest
