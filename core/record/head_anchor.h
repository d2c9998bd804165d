#pragma once

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

/// Folders that `$CORDON_HOME/anchors.json` names for copies: `{"v": 1, "copies": ["/media/usb"]}`.
[[nodiscard]] Result<std::vector<platform::Path>> copyFolders(const platform::Path& home);
[[nodiscard]] Result<void> setCopyFolders(const platform::Path& home, const std::vector<platform::Path>& folders);

/// All anchors of an installation beside the high-water mark in its home.
[[nodiscard]] Result<std::vector<std::shared_ptr<HeadAnchor>>> anchorsOf(const platform::Path& home);

} // namespace cordon::record
