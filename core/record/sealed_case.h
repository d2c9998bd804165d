#pragma once

#include "core/platform/packed_folder.h"
#include "core/record/ledger_examination.h"
#include "core/record/sealed_layout.h"
#include "core/record/sealed_manifest.h"

#include <stop_token>

namespace cordon::record {

/// A `.cordonz` opened for reading. While it lives its parts are read in place as if the file were a case folder: every
/// reader of a case takes `path()` as the folder. Nothing is unpacked, nothing is written. Opening reads the directory,
/// the list and the signed manifest only; `examine` reads everything. Source: docs/formats/sealed-case.md
class SealedCase
{
public:
    /// ErrorCode::NotFound, Invalid (no sealed case, or one that is torn or made by another hand than Cordon's), Corrupt
    /// (manifest or list do not verify). A file that this process has open is not opened again: all share it, and what
    /// is under its name meanwhile does not matter. Safe from any thread.
    [[nodiscard]] static Result<std::shared_ptr<const SealedCase>> open(const platform::Path& file);

    [[nodiscard]] const platform::Path& path() const { return m_path; }
    [[nodiscard]] const SealedManifest& manifest() const { return m_manifest; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; } ///< of the file
    [[nodiscard]] const std::vector<SealedPart>& parts() const { return m_parts; }

    /// What all bytes of the file say.
    struct Findings
    {
        Digest file;                       ///< SHA-256 of the whole file
        std::int64_t goodParts = 0;
        std::vector<LedgerPlace> problems; ///< parts that are not as listed; `offset` counts in the file
    };
    /// Reads every byte once, in order. ErrorCode::Cancelled when stopped.
    [[nodiscard]] Result<Findings> examine(const std::function<void(std::uint64_t done, std::uint64_t total)>& progress,
                                           const std::stop_token& stop) const;

private:
    SealedCase() = default;
    [[nodiscard]] static Result<std::shared_ptr<const SealedCase>> openAnew(const platform::Path& file);
    platform::Path m_path;
    std::uint64_t m_bytes = 0;
    std::vector<SealedPart> m_parts;
    std::vector<Digest> m_digests; ///< of all but the list and the manifest
    SealedManifest m_manifest;
    std::shared_ptr<const platform::PackedFolder> m_folder;
};

/// True for the path of a plain file that ends like a sealed case's.
[[nodiscard]] bool isSealedCase(const platform::Path& path);

} // namespace cordon::record
