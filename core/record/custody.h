#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/ledger_entry.h"
#include "core/platform/file.h"

#include <functional>
#include <string>
#include <vector>

namespace cordon::record {

/// Who handled a piece of evidence, when, from where and why: one line of its chain of custody.
struct CustodyAct
{
    std::int64_t seq = 0; ///< of the ledger's entry
    Timestamp at;         ///< machine clock
    std::string what;     ///< collected, exhibit, held, released, transferred, received, erased
    std::string who;
    std::string to;      ///< of a transfer
    std::string from;    ///< where it was taken from
    std::string purpose; ///< as people wrote it
    std::string method;
    std::string tool; ///< program and version
};

/// One object of the vault with its chain of custody.
struct EvidenceItem
{
    std::string digest;
    std::string kind;   ///< log, packed, snapshot, preserved_state, exhibit, detection
    std::string number; ///< EX-0001; "" for what is no exhibit
    std::string name;   ///< where it was taken from, or the exhibit's file name
    std::string parent; ///< digest of the object that it was made of, "" when it was taken as it is
    std::string derivation; ///< how it was made of its parent
    std::uint64_t size = 0;
    bool isWhole = true;
    bool isHeld = false;        ///< under legal hold: nobody may erase it
    bool isEncrypted = false;
    std::int64_t erasedBy = -1; ///< entry that erased it lawfully; -1 while it is there
    std::string holder;         ///< who has it: the last who received it, else who collected it
    std::vector<CustodyAct> acts; ///< oldest first
};

/// A handing over that was signed by the giver.
struct EvidenceTransfer
{
    std::string number; ///< TR-0001
    std::string from;
    std::string to;
    std::vector<std::string> digests;
    bool isReceived = false;
};

/// The evidence of a case, as its ledger tells.
struct Custody
{
    std::vector<EvidenceItem> items; ///< in the order in which they came
    std::vector<EvidenceTransfer> transfers;

    /// @param name  EX-0001, a digest, or the beginning of one (8 digits or more). Null when there is none, or several.
    [[nodiscard]] const EvidenceItem* find(const std::string& name) const;
    [[nodiscard]] const EvidenceTransfer* transfer(const std::string& number) const;
};

/// Out of the ledger itself, never its index: legal hold, holder and receiver are decided by it. Of a sealed incident, what
/// its entries say.
/// @param counts  false for an entry that is left out
/// ErrorCode::Corrupt when the ledger is damaged.
[[nodiscard]] Result<Custody> readCustody(const platform::Path& caseFolder,
                                          const std::function<bool(const LedgerEntry&)>& counts = {});
/// What the person who brought an exhibit is given: plain text with number, hash, and the entry that says so.
[[nodiscard]] std::string receiptText(const EvidenceItem& item, const std::string& caseName, const std::string& origin);

} // namespace cordon::record
