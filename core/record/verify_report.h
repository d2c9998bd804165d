#pragma once

#include "core/record/governance_audit.h"
#include "core/record/head_timestamps.h"
#include "core/record/index_findings.h"
#include "core/record/ledger_examination.h"

namespace cordon::record {

/// What the offline verifier found. Source: docs/formats/ledger.md, "Verification"
struct VerifyReport
{
    enum class Verdict {
        Ok,           ///< exit 0
        Tampered,     ///< exit 1
        Incomplete,   ///< exit 2
        Unverifiable, ///< exit 3
    };

    std::string caseName;
    LedgerFindings ledger;
    GovernanceAudit::Counts governance;
    bool isPinned = false;  ///< the genesis key is pinned here or was given
    bool hasMark = false;   ///< the high-water mark of this installation was compared
    bool hasAnchor = false; ///< that, or another head from outside the case
    HeadTimestamps timestamps;
    int objects = 0;        ///< evidence objects that the ledger names
    int goodObjects = 0;
    int missingObjects = 0;
    int badObjects = 0; ///< whose bytes are not what their name says
    int erasedObjects = 0;             ///< encrypted, and their keys taken away on the record
    int lockedObjects = 0;             ///< of the good ones: encrypted, told by their containers alone
    std::vector<std::int64_t> erasures; ///< entries that erased them
    int unlistedObjects = 0;           ///< good objects that no entry names: a crash between sealing and noting
    IndexFindings index;               ///< what is wrong with it is among problems and gaps
    std::vector<LedgerPlace> problems; ///< first is worst; also of evidence and governance
    std::vector<std::string> gaps;     ///< what makes it incomplete
    std::vector<std::string> doubts;   ///< what makes it unverifiable
    Verdict verdict = Verdict::Ok;

    /// Puts what is wrong with the index among problems and gaps.
    void noteIndex();
    [[nodiscard]] int exitStatus() const { return static_cast<int>(verdict); }
    /// For people: one aligned line per matter, as governance asks.
    [[nodiscard]] std::string toText() const;
    /// For `--json`.
    [[nodiscard]] Value toValue() const;
};

/// Said of a case that holds under a key of its own where another one was given: no verdict on its bytes.
inline constexpr std::string_view otherKeyWords =
    "the key is another: either this is not the case you think or the key is wrong";

[[nodiscard]] std::string_view
toString(VerifyReport::Verdict verdict); ///< "ok", "tampered", "incomplete", "unverifiable"

} // namespace cordon::record
