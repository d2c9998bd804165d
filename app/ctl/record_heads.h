#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/platform/spooled_bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ctl {

/// What correlations' lines tell of the records that they may begin with: there may be millions, of which few are ever
/// told, so that they are kept packed and out of memory. Belongs to one thread.
class RecordHeads
{
public:
    struct Head
    {
        Timestamp time;
        std::string entities; ///< JSON
    };

    /// @param record  of any file; of a number that comes again the first head is kept
    void add(std::uint64_t record, Timestamp time, std::string_view entities);
    /// The record's head; nothing when none was added. Quick for records asked for in their order.
    [[nodiscard]] std::optional<Head> find(std::uint64_t record);

private:
    struct Block
    {
        std::uint64_t first = 0; ///< the lowest and the highest number in it
        std::uint64_t last = 0;
        std::uint64_t at = 0; ///< in m_packed
        std::size_t size = 0;
    };
    [[nodiscard]] static std::optional<Head> findIn(std::string_view text, std::uint64_t record);
    void pack();

    static constexpr std::size_t blockSize = 256U << 10U;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    platform::SpooledBytes m_packed;
    std::vector<Block> m_blocks;
    Block m_now;       ///< being filled
    std::string m_text; ///< of m_now; not packed yet
    std::string m_open;
    std::size_t m_openBlock = none; ///< which block `m_open` is
};

} // namespace cordon::ctl
