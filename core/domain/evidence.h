#pragma once

#include "core/base/digest.h"
#include "core/base/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace cordon {

/// Where the exact bytes of a record are: offsets count in the decoded (unpacked) stream.
struct Citation
{
    Digest evidence; ///< SHA-256 of the decoded stream
    std::uint64_t offset = 0;
    std::uint32_t length = 0;

    auto operator<=>(const Citation&) const = default;
};

/// One object in the evidence vault and how it came there. Source: docs/formats/evidence.md
struct EvidenceRecord
{
    Digest digest;              ///< of the decoded stream
    std::uint64_t size = 0;     ///< decoded bytes
    Digest packedDigest;        ///< of the file as found; equals `digest` for plain files
    std::uint64_t packedSize = 0;
    std::string source;         ///< path or origin as given
    std::string kind;           ///< "log", "snapshot", "exhibit", "preserved_state"
    std::string collector;      ///< program and version
    std::string operatorId;     ///< who ran it
    std::string method;         ///< how it was taken
    Timestamp acquired;         ///< machine clock
    bool isWhole = true;        ///< false when the source ended early or could not be read to its end
    std::optional<Digest> container{};       ///< of an encrypted object: tells its stored bytes without a key
    std::optional<Digest> packedContainer{}; ///< likewise of the file as found
};

/// Takes the bytes of one source as they pass. Handed to readers by the engine; belongs to the reader's thread.
class EvidenceSink
{
public:
    EvidenceSink() = default;
    EvidenceSink(const EvidenceSink&) = delete;
    EvidenceSink& operator=(const EvidenceSink&) = delete;
    virtual ~EvidenceSink() = default;
    /// Bytes as they stand in the file, before unpacking. Same as decoded for plain files.
    [[nodiscard]] virtual Result<void> addPacked(ByteView bytes) = 0;
    /// Bytes after unpacking; citations count here. Not called for plain files: `addPacked` then serves for both.
    [[nodiscard]] virtual Result<void> addDecoded(ByteView bytes) = 0;
};

} // namespace cordon
