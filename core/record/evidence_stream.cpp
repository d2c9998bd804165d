#include "core/record/evidence_stream.h"

#include <algorithm>

namespace cordon::record {

Result<std::size_t> EvidenceStream::read(void* into, std::size_t size)
{
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_object.size() - m_at));
    if (count == 0)
        return std::size_t{0};
    CORDON_TRY(const std::string bytes, m_object.read(m_at, count));
    std::copy(bytes.begin(), bytes.end(), static_cast<char*>(into));
    m_at += count;
    return count;
}

Result<std::string> EvidenceStream::take(std::size_t size)
{
    if (size > m_object.size() - m_at)
        return fail(ErrorCode::Corrupt, "an object ends early");
    CORDON_TRY(std::string bytes, m_object.read(m_at, size));
    m_at += size;
    return bytes;
}

} // namespace cordon::record
