#pragma once

#include "core/crypto/signing_key.h"
#include "core/platform/file.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cordon::record {

/// How far a ledger was seen to go on this installation: a later look must find at least this.
struct HighWaterMark
{
    std::int64_t size = 0;
    Digest root;
    bool operator==(const HighWaterMark&) const = default;
};

class HeadAnchor;

/// The keys of ledgers in $CORDON_HOME: private ones in `keys/`, pinned public ones and high-water marks in `pinned/`.
/// Source: docs/formats/ledger.md, "Keys and anchors"
class LogKeys
{
public:
    explicit LogKeys(platform::Path home)
        : m_home(std::move(home))
    {}

    /// Makes what a new ledger needs: the installation's root key, unless it is there, pinned as the ledger's genesis
    /// key, and a case key (mode 0600). ErrorCode::Conflict when the origin has one.
    [[nodiscard]] Result<void> make(const std::string& origin) const;
    /// The key that signs the pages of a case's index. It was the log key of cases that were made before there were
    /// epochs. ErrorCode::NotFound when this installation did not make the ledger.
    [[nodiscard]] Result<crypto::SigningKey> caseKey(const std::string& origin) const;
    /// The private half of a ledger's genesis key: the installation's root, or the case key of an early case. It
    /// certifies epochs and signs what leaves the case. ErrorCode::NotFound when it is not here.
    [[nodiscard]] Result<crypto::SigningKey> rootKey(const std::string& origin) const;
    /// The public half of the installation's root; nothing where no case was ever begun.
    [[nodiscard]] Result<std::optional<crypto::PublicKey>> installationRoot() const;
    /// The key of the epoch: the one of `inForce`, whatever a crash left behind. ErrorCode::NotFound when it is not
    /// here.
    [[nodiscard]] Result<crypto::SigningKey> epochKey(const std::string& origin,
                                                      const crypto::PublicKey& inForce) const;
    /// Keeps the key of the next epoch beside the present one; `finishEpoch` then erases the present one.
    [[nodiscard]] Result<void> keepNextEpoch(const std::string& origin, const crypto::SigningKey& key) const;
    [[nodiscard]] Result<void> finishEpoch(const std::string& origin) const;
    /// Forgets a next epoch that did not come into force.
    [[nodiscard]] Result<void> dropNextEpoch(const std::string& origin) const;
    /// A key that waits for owners to put it in the place of a revoked one.
    [[nodiscard]] Result<void> keepReplacement(const std::string& origin, const crypto::SigningKey& key) const;
    [[nodiscard]] Result<crypto::SigningKey> replacement(const std::string& origin) const;
    [[nodiscard]] Result<void> dropReplacement(const std::string& origin) const;
    /// The pinned key; nothing when none is. ErrorCode::Corrupt when the file cannot be understood.
    [[nodiscard]] Result<std::optional<crypto::PublicKey>> pinned(const std::string& origin) const;
    /// Trusts a ledger's key from now on, for a case that came from elsewhere. ErrorCode::Conflict for another key.
    [[nodiscard]] Result<void> pin(const std::string& origin, const crypto::PublicKey& key) const;
    [[nodiscard]] Result<std::optional<HighWaterMark>> mark(const std::string& origin) const;
    [[nodiscard]] Result<void> setMark(const std::string& origin, const HighWaterMark& mark) const;

    /// What remembers heads beside the mark, as the installation's settings say; none when they cannot be read.
    [[nodiscard]] std::vector<std::shared_ptr<HeadAnchor>> anchors() const;

private:
    [[nodiscard]] platform::Path keyFile(const std::string& origin, std::string_view suffix = ".key") const;
    [[nodiscard]] Result<crypto::SigningKey> installationKey() const;
    [[nodiscard]] platform::Path pinFile(const std::string& origin, std::string_view suffix) const;
    platform::Path m_home;
};

} // namespace cordon::record
