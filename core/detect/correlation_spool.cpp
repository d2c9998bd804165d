#include "core/detect/correlation_spool.h"

#include "core/base/log.h"

namespace cordon::detect {

Result<std::uint64_t> CorrelationSpool::write(ByteView bytes)
{
    if (!m_file) {
        CORDON_TRY(m_file, platform::ScratchFile::open(m_folder));
    }
    CORDON_TRY(const std::uint64_t offset, m_file->append(bytes));
    m_needed += bytes.size();
    m_written += bytes.size();
    return offset;
}

Result<void> CorrelationSpool::read(void* into, std::size_t size, std::uint64_t offset) const
{
    return m_file ? m_file->readAt(into, size, offset) : fail(ErrorCode::Internal, "nothing was written");
}

void CorrelationSpool::drop(std::uint64_t bytes)
{
    m_needed -= bytes;
    if (m_needed > 0 || !m_file)
        return;
    if (auto cleared = m_file->clear(); !cleared)
        logWarning("correlations: " + cleared.error().detail);
}

} // namespace cordon::detect
