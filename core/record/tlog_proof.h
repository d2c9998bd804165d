#pragma once

#include "core/record/key_history.h"
#include "core/record/ledger_source.h"

#include <map>
#include <memory>
#include <vector>

namespace cordon::record {

/// Makes offline-verifiable proofs that an entry is in a ledger. Reads the ledger once; belongs to one thread.
/// Source: C2SP tlog-proof; docs/formats/ledger.md, "Proof of one entry"
class ProofMaker
{
public:
    /// ErrorCode::Corrupt when the ledger does not hold together.
    [[nodiscard]] static Result<ProofMaker> open(std::shared_ptr<const LedgerSource> source);
    /// The text of a `.tlog-proof` file: under the earliest signed head that has the entry. ErrorCode::NotFound when there
    /// is no such entry, or no signed head above it yet.
    [[nodiscard]] Result<std::string> proofOf(std::int64_t seq) const;
    [[nodiscard]] std::int64_t entries() const { return static_cast<std::int64_t>(m_leaves.size()); }

private:
    struct Place
    {
        std::uint32_t segment = 0; ///< 1 and up
        std::uint32_t length = 0;
        std::uint64_t offset = 0;
    };
    explicit ProofMaker(std::shared_ptr<const LedgerSource> source)
        : m_source(std::move(source))
    {}
    [[nodiscard]] Result<std::string> entryBytes(std::int64_t seq) const;

    std::shared_ptr<const LedgerSource> m_source;
    std::vector<Digest> m_leaves;
    std::vector<Place> m_places;
    KeyHistory m_keys;
    std::map<std::int64_t, std::string> m_heads; ///< checkpoint notes by size
};

/// The proof of one entry of a case folder.
[[nodiscard]] Result<std::string> tlogProof(const platform::Path& caseFolder, std::int64_t seq);

/// What a proof proves to somebody who trusts the ledger's genesis key.
struct ProvenEntry
{
    std::string origin;
    std::int64_t seq = 0;
    std::int64_t size = 0; ///< entries under the head
    std::string entry;     ///< its canonical bytes
    int cosignatures = 0;  ///< lines of approvers on the head, which need their keys and are not verified here
};

/// ErrorCode::Invalid for what is no proof of this form, Untrusted for one that does not hold under that key.
[[nodiscard]] Result<ProvenEntry> readTlogProof(std::string_view proof, const crypto::PublicKey& genesisKey);

} // namespace cordon::record
