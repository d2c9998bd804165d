#pragma once

#include "core/record/evidence_vault.h"
#include "core/value/value.h"

#include <optional>

namespace cordon::record {

/// Seals one source while a reader reads it: the decoded stream, and for packed files the file as found too.
/// Belongs to the reader's thread; `seal` may be called from another once the reader is done.
class EvidenceIntake final : public EvidenceSink
{
public:
    explicit EvidenceIntake(const EvidenceVault& vault)
        : m_vault(vault)
    {}

    [[nodiscard]] Result<void> addPacked(ByteView bytes) override;
    [[nodiscard]] Result<void> addDecoded(ByteView bytes) override;

    /// Makes the objects durable and completes `record` (digests and sizes; the other members are the caller's).
    [[nodiscard]] Result<EvidenceRecord> seal(EvidenceRecord record);

private:
    EvidenceVault m_vault;
    std::optional<EvidenceWriter> m_packed;
    std::optional<EvidenceWriter> m_decoded;
};

/// Completes the record of objects that are in the vault: how they tell their bytes when they are encrypted.
[[nodiscard]] Result<void> noteContainers(EvidenceRecord& record, const EvidenceVault& vault);
/// The data of an evidence.sealed ledger entry. Source: docs/formats/evidence.md
[[nodiscard]] Value toValue(const EvidenceRecord& record);

} // namespace cordon::record
