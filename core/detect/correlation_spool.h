#pragma once

#include "core/platform/scratch_file.h"

#include <cstdint>
#include <optional>

namespace cordon::detect {

/// What all correlations of an engine share for their waiting entries: how much of them memory may hold, and the file
/// for the rest, which is made when it is first needed. Belongs to one thread.
class CorrelationSpool
{
public:
    static constexpr std::size_t usualBudget = 16U << 20U;

    /// @param budget  bytes of waiting entries in memory
    /// @param folder  for the file; empty: that of ScratchFile
    explicit CorrelationSpool(std::size_t budget = usualBudget, platform::Path folder = {})
        : m_budget(budget)
        , m_folder(std::move(folder))
    {}
    CorrelationSpool(const CorrelationSpool&) = delete;
    CorrelationSpool& operator=(const CorrelationSpool&) = delete;

    void hold(std::size_t bytes)
    {
        m_held += bytes;
        m_mostHeld = std::max(m_mostHeld, m_held);
    }
    void release(std::size_t bytes) { m_held -= bytes; }
    [[nodiscard]] bool isOverfull() const { return m_held > m_budget; }
    /// The highest that `hold` and `release` came to.
    [[nodiscard]] std::size_t mostHeld() const { return m_mostHeld; }

    /// @return where it begins in the file
    [[nodiscard]] Result<std::uint64_t> write(ByteView bytes);
    [[nodiscard]] Result<void> read(void* into, std::size_t size, std::uint64_t offset) const;
    /// So many bytes of the file are not needed any more. Once none are, its room is given back.
    void drop(std::uint64_t bytes);
    /// All that was ever written.
    [[nodiscard]] std::uint64_t written() const { return m_written; }

private:
    std::size_t m_budget;
    platform::Path m_folder;
    std::optional<platform::ScratchFile> m_file;
    std::size_t m_held = 0;
    std::size_t m_mostHeld = 0;
    std::uint64_t m_needed = 0; ///< bytes of the file
    std::uint64_t m_written = 0;
};

} // namespace cordon::detect
