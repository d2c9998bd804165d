#pragma once

#include "core/crypto/sha256.h"
#include "core/domain/evidence.h"
#include "core/platform/file.h"

#include <stop_token>

namespace cordon::record {

/// A vault object opened for reading. Belongs to one thread. Source: docs/formats/evidence.md
class EvidenceObject
{
public:
    /// Checks the seek table. ErrorCode::NotFound or Corrupt.
    [[nodiscard]] static Result<EvidenceObject> open(const platform::Path& path);

    /// Decoded bytes in all.
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Exactly `length` bytes at `offset`; reads and unpacks only the chunks that hold them.
    /// ErrorCode::Invalid when they reach beyond the end, Corrupt when a chunk does not verify.
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t length);
    /// Reads everything again. ErrorCode::Corrupt unless the plain bytes hash to `digest`.
    [[nodiscard]] Result<void> verify(const Digest& digest, const std::stop_token& stop = {});

private:
    struct Chunk
    {
        std::uint64_t at = 0;
        std::uint32_t stored = 0;
        Digest digest;
    };
    EvidenceObject(platform::File file, std::string name)
        : m_file(std::move(file))
        , m_name(std::move(name))
    {}
    Result<void> readTable();
    Result<void> load(std::size_t chunk);

    platform::File m_file;
    std::string m_name;
    std::uint64_t m_size = 0;
    std::vector<Chunk> m_chunks;
    std::string m_plain; ///< of chunk m_loaded
    std::size_t m_loaded = static_cast<std::size_t>(-1);
};

/// Takes the bytes of one new object as they pass; memory stays at two chunks. Belongs to one thread.
/// What is never sealed leaves nothing behind.
class EvidenceWriter
{
public:
    EvidenceWriter(EvidenceWriter&& other) noexcept;
    EvidenceWriter& operator=(EvidenceWriter&&) = delete;
    ~EvidenceWriter();

    [[nodiscard]] Result<void> add(ByteView bytes);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Makes the object durable and gives its name. One that is already there is left as it is. No `add` after this.
    [[nodiscard]] Result<Digest> seal();

private:
    friend class EvidenceVault;
    EvidenceWriter(platform::Path folder, platform::Path temporary, platform::File file)
        : m_folder(std::move(folder))
        , m_temporary(std::move(temporary))
        , m_file(std::move(file))
    {}
    Result<void> writeChunk(ByteView plain);

    platform::Path m_folder;
    platform::Path m_temporary; ///< empty once sealed or moved from
    platform::File m_file;
    crypto::Sha256 m_hash;
    std::string m_chunk;
    std::string m_table;
    std::uint64_t m_size = 0;
    std::uint32_t m_chunks = 0;
};

/// Content-addressed evidence: written once, read-only ever after; nothing here opens an existing object for writing.
/// Safe from any thread. Source: docs/formats/evidence.md
class EvidenceVault
{
public:
    /// @param folder  `evidence` of a case
    explicit EvidenceVault(platform::Path folder)
        : m_folder(std::move(folder))
    {}

    /// ErrorCode::DiskFull, Denied…
    [[nodiscard]] Result<EvidenceWriter> create() const;
    /// One object from bytes at hand.
    [[nodiscard]] Result<Digest> add(ByteView bytes) const;

    [[nodiscard]] bool contains(const Digest& digest) const;
    [[nodiscard]] Result<EvidenceObject> open(const Digest& digest) const;
    /// The exact bytes that were cited. Opens the object each time: for many reads of one object use `open`.
    [[nodiscard]] Result<std::string> read(const Citation& cite) const;
    /// ErrorCode::NotFound when missing, Corrupt when any byte is wrong.
    [[nodiscard]] Result<void> verify(const Digest& digest, const std::stop_token& stop = {}) const;
    /// Names of all objects, sorted.
    [[nodiscard]] Result<std::vector<Digest>> list() const;
    /// Where an object is, or would be.
    [[nodiscard]] platform::Path pathOf(const Digest& digest) const;
    /// Removes what unfinished writers of a crashed process left. Only for the holder of the case.
    [[nodiscard]] Result<void> discardUnfinished() const;

private:
    platform::Path m_folder;
};

} // namespace cordon::record
