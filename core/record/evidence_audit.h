#pragma once

#include "core/record/evidence_vault.h"
#include "core/record/ledger_auditor.h"

namespace cordon::record {

/// Judges the evidence of a case or a sealed incident by what ledger entries say of it. Belongs to one thread.
/// Source: docs/formats/evidence.md, "Encrypted objects"; docs/formats/ledger.md, "Verification"
class EvidenceAudit
{
public:
    /// @param report  gets what is found
    EvidenceAudit(const platform::Path& folder, const AuditOptions& options, VerifyReport& report)
        : m_folder(folder)
        , m_options(options)
        , m_report(report)
    {}

    /// Entry after entry, in order.
    void add(const LedgerEntry& entry);
    /// Every object that is there and, where `isWhole`, every object that was named. Of an incident logs may be absent.
    [[nodiscard]] Result<void> judge(bool isWhole);

private:
    /// What entries say of one object.
    struct NamedObject
    {
        std::int64_t seq = -1;           ///< first evidence.sealed entry that names it
        std::optional<Digest> container; ///< of an encrypted one: tells its stored bytes
        std::int64_t erasedBy = -1;      ///< evidence.erased entry
    };

    EvidenceVault vaultToRead() const;
    Result<std::optional<Error>> judgeContainer(const EvidenceVault& vault, const Digest& digest) const;
    Result<void> judgeObject(const EvidenceVault& vault, const Digest& digest);
    bool isJudgedWithoutKey(const EvidenceVault& vault, const Digest& digest, const std::string& place);

    const platform::Path& m_folder;
    const AuditOptions& m_options;
    VerifyReport& m_report;
    std::map<Digest, NamedObject> m_named;
};

} // namespace cordon::record
