#pragma once

#include "core/record/verify_report.h"

#include <optional>
#include <stop_token>

namespace cordon::record {

struct AuditOptions
{
    platform::Path home{};                  ///< $CORDON_HOME, where keys are pinned
    std::optional<crypto::PublicKey> key{}; ///< `--key`: the log key that is trusted
    bool requiresAnchor = false;          ///< `--require-anchor`
    std::map<std::string, crypto::PublicKey> witnesses{};
    bool checksEvidence = true;
    bool isIndexInUse = false; ///< this process holds the case: its index may be ahead of what the ledger names
    /// Makes the text that approvers saw again from a request; empty: the text is compared with its digest alone.
    std::function<Result<std::string>(const Value& request)> renderAgain{};
    /// Whom this installation knows, for real cases that it began.
    std::optional<KnownPeople> people{};
    /// A copy that was sealed at this size: a high-water mark beyond it says nothing against the copy.
    std::optional<std::int64_t> sealedAt{};
    std::function<void(int done, int total)> onObject{}; ///< progress over evidence; may be empty
    std::stop_token stop{};
};

/// The offline verifier: re-checks a case folder from its bytes. `Ledger` opens with the same examination: the verifier that
/// shares no code is tools/verify_ledger.py. Belongs to one thread. Source: docs/formats/ledger.md, "Verification"
class LedgerAuditor
{
public:
    explicit LedgerAuditor(AuditOptions options)
        : m_options(std::move(options))
    {}

    /// An error means that there is no case to look at, or that it could not be read. Whatever is wrong with a case
    /// is in the report.
    [[nodiscard]] Result<VerifyReport> verify(const platform::Path& caseFolder) const;

private:
    AuditOptions m_options;
};

} // namespace cordon::record
