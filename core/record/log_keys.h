#pragma once

#include "core/crypto/signing_key.h"
#include "core/platform/file.h"

#include <cstdint>
#include <optional>

namespace cordon::record {

/// How far a ledger was seen to go on this installation: a later look must find at least this.
struct HighWaterMark
{
    std::int64_t size = 0;
    Digest root;
    bool operator==(const HighWaterMark&) const = default;
};

/// The keys of ledgers in $CORDON_HOME: private ones in `keys/`, pinned public ones and high-water marks in `pinned/`.
/// Source: docs/formats/ledger.md, "Keys and anchors"
class LogKeys
{
public:
    explicit LogKeys(platform::Path home)
        : m_home(std::move(home))
    {}

    /// Makes, keeps (mode 0600) and pins a key for a new ledger. ErrorCode::Conflict when the origin has one.
    [[nodiscard]] Result<crypto::SigningKey> make(const std::string& origin) const;
    /// ErrorCode::NotFound when this installation did not make the ledger.
    [[nodiscard]] Result<crypto::SigningKey> privateKey(const std::string& origin) const;
    /// The pinned key; nothing when none is. ErrorCode::Corrupt when the file cannot be understood.
    [[nodiscard]] Result<std::optional<crypto::PublicKey>> pinned(const std::string& origin) const;
    /// Trusts a ledger's key from now on, for a case that came from elsewhere. ErrorCode::Conflict for another key.
    [[nodiscard]] Result<void> pin(const std::string& origin, const crypto::PublicKey& key) const;
    [[nodiscard]] Result<std::optional<HighWaterMark>> mark(const std::string& origin) const;
    [[nodiscard]] Result<void> setMark(const std::string& origin, const HighWaterMark& mark) const;

private:
    [[nodiscard]] platform::Path keyFile(const std::string& origin) const;
    [[nodiscard]] platform::Path pinFile(const std::string& origin, std::string_view suffix) const;
    platform::Path m_home;
};

} // namespace cordon::record
