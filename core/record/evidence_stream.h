#pragma once

#include "core/platform/byte_stream.h"
#include "core/record/evidence_vault.h"

namespace cordon::record {

/// A vault object front to back, as the reader of logs wants it; memory stays at one chunk. Belongs to one thread.
class EvidenceStream final : public platform::ByteStream
{
public:
    explicit EvidenceStream(EvidenceObject object)
        : m_object(std::move(object))
    {}

    [[nodiscard]] Result<std::size_t> read(void* into, std::size_t size) override;
    [[nodiscard]] platform::Packing packing() const override { return platform::Packing::Plain; }
    [[nodiscard]] std::uint64_t rawBytesRead() const override { return m_at; }
    [[nodiscard]] std::uint64_t rawBytesTotal() const override { return m_object.size(); }
    /// Exactly `size` bytes. ErrorCode::Corrupt when fewer are left.
    [[nodiscard]] Result<std::string> take(std::size_t size);

private:
    EvidenceObject m_object;
    std::uint64_t m_at = 0;
};

} // namespace cordon::record
