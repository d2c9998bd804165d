#pragma once

#include "core/record/ledger_auditor.h"
#include "core/record/sealed_case.h"

namespace cordon::record {

/// What the verifier found in a sealed case.
struct SealedReport
{
    SealedManifest manifest;
    std::string fileName;
    std::uint64_t bytes = 0;
    std::int64_t parts = 0; ///< with list and manifest
    SealedCase::Findings seal;
    VerifyReport report; ///< of what is in it; what is wrong with the seal is among its problems

    [[nodiscard]] int exitStatus() const { return report.exitStatus(); }
    [[nodiscard]] std::string toText() const;
    /// As of a case folder, and `seal`.
    [[nodiscard]] Value toValue() const;

private:
    [[nodiscard]] std::string partText() const;
};

/// How far a verification is, for people.
struct AuditProgress
{
    bool isSeal = true; ///< reading the file; false: evidence object by object
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

/// Verifies a sealed case: every byte of the file against its signed list, then ledger and evidence in it as of a case
/// folder, in place. Source: docs/formats/sealed-case.md, "Verification"
[[nodiscard]] Result<SealedReport> auditSealed(const SealedCase& sealed, AuditOptions options,
                                               const std::function<void(const AuditProgress&)>& progress);

} // namespace cordon::record
