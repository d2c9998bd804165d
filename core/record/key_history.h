#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/epoch_certificate.h"

#include <map>
#include <vector>

namespace cordon::record {

/// Which key signs a ledger's heads from which size on, as its entries tell. Belongs to one thread.
/// Source: docs/formats/ledger.md, "Keys"
class KeyHistory
{
public:
    /// Takes the next entry in order. @param rootBefore  of the tree over the entries before it; asked for only where
    /// a certificate is looked at. @return what is wrong with the entry, "" when nothing is
    template<class RootBefore>
    [[nodiscard]] std::string take(const LedgerEntry& entry, const RootBefore& rootBefore)
    {
        if (!concerns(entry))
            return {};
        return takeOne(entry, rootBefore());
    }

    [[nodiscard]] const std::optional<crypto::PublicKey>& genesisKey() const { return m_genesis; }
    /// The key under which a head of that many entries has to be signed; null before the genesis.
    [[nodiscard]] const crypto::PublicKey* keyAt(std::int64_t size) const;
    [[nodiscard]] const crypto::PublicKey* current() const;
    /// The certificate of that key as it stands in the ledger; "" for the genesis key of an early case.
    [[nodiscard]] const std::string* certificateAt(std::int64_t size) const;
    /// Every key that a person was known by in this ledger, by the name under which they cosign.
    [[nodiscard]] const std::map<std::string, std::vector<crypto::PublicKey>>& witnesses() const { return m_witnesses; }
    [[nodiscard]] std::int64_t epoch() const { return m_epoch; } ///< 0: the genesis key itself signs
    [[nodiscard]] Timestamp epochBegan() const { return m_began; }
    [[nodiscard]] int epochs() const { return static_cast<int>(m_keys.size()); }
    [[nodiscard]] int rotations() const { return m_rotations; } ///< signed by the key before
    [[nodiscard]] int revoked() const { return m_revoked; }

private:
    struct InForce
    {
        std::int64_t from = 0; ///< smallest size that it signs
        crypto::PublicKey key;
        std::string certificate;
    };
    [[nodiscard]] const InForce* inForceAt(std::int64_t size) const;
    [[nodiscard]] static bool concerns(const LedgerEntry& entry);
    [[nodiscard]] std::string takeOne(const LedgerEntry& entry, const Digest& rootBefore);
    [[nodiscard]] std::string takeGenesis(const LedgerEntry& entry, const Digest& rootBefore);
    [[nodiscard]] std::string takeCertificate(const LedgerEntry& entry, const std::string& noteText,
                                              const Digest& rootBefore);
    [[nodiscard]] bool belongsHere(const EpochCertificate& certificate, const LedgerEntry& entry,
                                   const Digest& rootBefore) const;
    [[nodiscard]] std::string signersProblem(const crypto::SignedNote& note, const EpochCertificate& certificate) const;
    [[nodiscard]] bool isOrdered(const std::string& order, const EpochCertificate& certificate) const;
    void takePeople(const LedgerEntry& entry);
    void addWitness(const std::string& person, const crypto::PublicKey& key);

    std::string m_origin;
    std::optional<crypto::PublicKey> m_genesis;
    std::vector<InForce> m_keys;
    std::map<std::string, crypto::PublicKey> m_owners; ///< of the mandate in force
    std::map<std::string, std::vector<crypto::PublicKey>> m_witnesses;
    std::int64_t m_epoch = 0;
    Timestamp m_began;
    int m_rotations = 0;
    int m_revoked = 0;
};

} // namespace cordon::record
