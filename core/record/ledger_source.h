#pragma once

#include "core/platform/file.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon::record {

/// Bytes that are read at any place. Belongs to one thread.
class ReadableBytes
{
public:
    virtual ~ReadableBytes() = default;
    [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;
    /// Up to `size` bytes from `offset` on; fewer at the end.
    [[nodiscard]] virtual Result<std::size_t> readAt(void* into, std::size_t size, std::uint64_t offset) const = 0;
};

/// Where a ledger's files are: a case folder, a sealed case, or memory. All that reads a ledger reads it through this.
class LedgerSource
{
public:
    virtual ~LedgerSource() = default;
    /// Names of all segments, in order (`00000001.log`). ErrorCode::NotFound when there is no ledger.
    [[nodiscard]] virtual Result<std::vector<std::string>> segments() const = 0;
    /// ErrorCode::Corrupt when it is no plain file.
    [[nodiscard]] virtual Result<std::unique_ptr<ReadableBytes>> openSegment(const std::string& name) const = 0;
    /// Names of all files in `ledger/checkpoints` but those that begin with a dot.
    [[nodiscard]] virtual std::vector<std::string> checkpoints() const = 0;
    /// ErrorCode::Invalid when it is longer than `most` bytes.
    [[nodiscard]] virtual Result<std::string> readCheckpoint(const std::string& name, std::size_t most) const = 0;
};

/// The ledger of a case folder.
[[nodiscard]] std::shared_ptr<const LedgerSource> ledgerIn(const platform::Path& caseFolder);

/// A ledger in memory: what lies under `ledger/` by its name there (`00000001.log`, `checkpoints/00000256`).
class LedgerInMemory : public LedgerSource
{
public:
    std::map<std::string, std::string> files;

    [[nodiscard]] Result<std::vector<std::string>> segments() const override;
    [[nodiscard]] Result<std::unique_ptr<ReadableBytes>> openSegment(const std::string& name) const override;
    [[nodiscard]] std::vector<std::string> checkpoints() const override;
    [[nodiscard]] Result<std::string> readCheckpoint(const std::string& name, std::size_t most) const override;
};

/// Whether a name is eight digits and `.log`.
[[nodiscard]] bool isSegmentName(std::string_view name);

} // namespace cordon::record
