#pragma once

#include "core/crypto/secret_store.h"
#include "core/record/checkpoint.h"
#include "core/record/log_keys.h"

#include <memory>
#include <vector>

namespace cordon::record {

/// A place outside a case that remembers how far its ledger went: what shows a case that was set back as a whole.
/// Belongs to one thread. Source: docs/formats/ledger.md, "Anchors"
class HeadAnchor
{
public:
    virtual ~HeadAnchor() = default;
    /// For people and `--json`: "home", "copies in /media/usb", "secret service".
    [[nodiscard]] virtual std::string name() const = 0;
    /// The newest head that was kept; nothing when none was, or the place cannot be reached.
    /// ErrorCode::Corrupt when what is there cannot be understood.
    [[nodiscard]] virtual Result<std::optional<HighWaterMark>> newest(const std::string& origin) const = 0;
    [[nodiscard]] virtual Result<void> keep(const std::string& origin, const Checkpoint& head) = 0;
};

/// Copies of all checkpoints in a folder on another disk or a share: `DIR/<origin>/<size>`.
class CheckpointCopies : public HeadAnchor
{
public:
    explicit CheckpointCopies(platform::Path folder)
        : m_folder(std::move(folder))
    {}
    [[nodiscard]] std::string name() const override { return "copies in " + m_folder.string(); }
    [[nodiscard]] Result<std::optional<HighWaterMark>> newest(const std::string& origin) const override;
    [[nodiscard]] Result<void> keep(const std::string& origin, const Checkpoint& head) override;

private:
    platform::Path m_folder;
};

/// The newest head of each ledger in the desktop's keyring, where whoever can write files of this user cannot reach it
/// without the session. A keyring that is locked, or is not there, keeps nothing and says nothing; nobody is asked for it.
class KeyringHeads : public HeadAnchor
{
public:
    /// @param store  null where the session has no keyring
    explicit KeyringHeads(std::unique_ptr<crypto::SecretStore> store)
        : m_store(std::move(store))
    {}
    [[nodiscard]] std::string name() const override { return "secret service"; }
    [[nodiscard]] Result<std::optional<HighWaterMark>> newest(const std::string& origin) const override;
    [[nodiscard]] Result<void> keep(const std::string& origin, const Checkpoint& head) override;

private:
    std::unique_ptr<crypto::SecretStore> m_store;
};

/// `$CORDON_HOME/anchors.json`: `{"v": 1, "copies": ["/media/usb"], "keyring": true}`.
struct AnchorSettings
{
    std::vector<platform::Path> copies; ///< folders that heads are copied to
    bool usesKeyring = false;
};
[[nodiscard]] Result<AnchorSettings> anchorSettings(const platform::Path& home);
[[nodiscard]] Result<void> setAnchorSettings(const platform::Path& home, const AnchorSettings& settings);

/// All anchors of an installation beside the high-water mark in its home.
[[nodiscard]] Result<std::vector<std::shared_ptr<HeadAnchor>>> anchorsOf(const platform::Path& home);

} // namespace cordon::record
