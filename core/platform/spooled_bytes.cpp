#include "core/platform/spooled_bytes.h"

#include "core/base/log.h"

namespace cordon::platform {

std::uint64_t SpooledBytes::add(std::string_view bytes)
{
    if (m_newest.size() >= m_most && !m_isStuck)
        moveOut();
    const std::uint64_t offset = m_onDisk + m_newest.size();
    m_newest += bytes;
    return offset;
}

void SpooledBytes::moveOut()
{
    if (!m_file) {
        auto file = ScratchFile::open();
        if (!file) {
            logWarning("kept in memory: " + file.error().detail);
            m_isStuck = true;
            return;
        }
        m_file = std::move(*file);
    }
    if (auto written = m_file->append(bytesOf(m_newest)); !written) {
        logWarning("kept in memory: " + written.error().detail);
        m_isStuck = true;
        return;
    }
    m_onDisk += m_newest.size();
    m_newest.clear();
}

Result<std::string> SpooledBytes::read(std::uint64_t offset, std::size_t size) const
{
    if (offset >= m_onDisk) {
        const std::uint64_t at = offset - m_onDisk;
        if (at > m_newest.size() || size > m_newest.size() - at)
            return fail(ErrorCode::Io, "nothing was added there");
        return m_newest.substr(at, size);
    }
    if (size > m_onDisk - offset)
        return fail(ErrorCode::Io, "not added as one");
    std::string bytes(size, '\0');
    CORDON_CHECK(m_file->readAt(bytes.data(), size, offset));
    return bytes;
}

} // namespace cordon::platform
