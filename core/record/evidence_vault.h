#pragma once

#include "core/crypto/sha256.h"
#include "core/domain/evidence.h"
#include "core/platform/file.h"
#include "core/record/evidence_keys.h"

#include <optional>
#include <stop_token>

namespace cordon::record {

/// A vault object opened for reading. Belongs to one thread. Source: docs/formats/evidence.md
class EvidenceObject
{
public:
    /// Checks the seek table. ErrorCode::NotFound or Corrupt. Of an encrypted one only `verifyStored` works.
    [[nodiscard]] static Result<EvidenceObject> open(const platform::Path& path);
    /// The same with what it takes to read an encrypted one.
    void unlock(const Digest& digest, crypto::SecretBytes key);
    [[nodiscard]] bool isEncrypted() const { return m_isEncrypted; }
    /// SHA-256 over header, table and sizes, which covers every byte of the file.
    [[nodiscard]] const Digest& container() const { return m_container; }

    /// Decoded bytes in all.
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Exactly `length` bytes at `offset`; reads and unpacks only the chunks that hold them.
    /// ErrorCode::Invalid when they reach beyond the end, Corrupt when a chunk does not verify.
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t length);
    /// Reads everything again. ErrorCode::Corrupt unless the plain bytes hash to `digest`.
    [[nodiscard]] Result<void> verify(const Digest& digest, const std::stop_token& stop = {});
    /// Reads the stored bytes again, which needs no key. ErrorCode::Corrupt when a chunk is not as its row says.
    [[nodiscard]] Result<void> verifyStored(const std::stop_token& stop = {});

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
    Result<std::string> stored(std::size_t chunk);

    platform::File m_file;
    std::string m_name;
    bool m_isEncrypted = false;
    Digest m_container;
    std::optional<crypto::SecretBytes> m_key;
    Digest m_digest; ///< of an unlocked one
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
    Result<void> writeStored(const std::string& stored);
    /// Chunk by chunk once more, each now bound to the digest that is known at last.
    Result<void> bindTo(const Digest& digest);
    Result<void> writeEnd();
    [[nodiscard]] std::string header() const;

    platform::Path m_folder;
    platform::Path m_temporary; ///< empty once sealed or moved from
    platform::File m_file;
    crypto::Sha256 m_hash;
    std::string m_chunk;
    std::string m_table;
    std::uint64_t m_size = 0;
    std::uint32_t m_chunks = 0;
    std::optional<EvidenceKeys> m_keys; ///< set for an encrypted object
    crypto::SecretBytes m_key;
    std::vector<std::uint32_t> m_storedSizes; ///< of an encrypted object
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
    /// @param key  opens encrypted objects; null: they stay closed
    /// @param encrypts  new objects are encrypted, each under a key of its own
    EvidenceVault(platform::Path folder, CaseKey key, bool encrypts)
        : m_folder(std::move(folder))
        , m_caseKey(std::move(key))
        , m_encrypts(encrypts && m_caseKey)
    {}

    /// ErrorCode::DiskFull, Denied…
    [[nodiscard]] Result<EvidenceWriter> create() const;
    /// One object from bytes at hand.
    [[nodiscard]] Result<Digest> add(ByteView bytes) const;

    [[nodiscard]] bool contains(const Digest& digest) const;
    [[nodiscard]] Result<EvidenceObject> open(const Digest& digest) const;
    /// The exact bytes that were cited. Opens the object each time: for many reads of one object use `open`.
    [[nodiscard]] Result<std::string> read(const Citation& cite) const;
    /// ErrorCode::NotFound when missing or its key is, Denied when it is encrypted and the case key is not here, Corrupt
    /// when any byte is wrong or the file has another name too, under which it could be written.
    [[nodiscard]] Result<void> verify(const Digest& digest, const std::stop_token& stop = {}) const;
    /// Whether an object is encrypted, and the digest of its container then, which tells its bytes without a key.
    [[nodiscard]] Result<std::optional<Digest>> containerOf(const Digest& digest) const;
    /// Takes the key of an encrypted object away: its contents are gone for good, its bytes stay as proof of what was there.
    [[nodiscard]] Result<void> eraseKey(const Digest& digest) const;
    [[nodiscard]] EvidenceKeys keys() const { return {m_folder, m_caseKey}; }
    /// Whether new objects are encrypted.
    [[nodiscard]] bool encrypts() const { return m_encrypts; }
    /// Names of all objects, sorted.
    [[nodiscard]] Result<std::vector<Digest>> list() const;
    /// Where an object is, or would be.
    [[nodiscard]] platform::Path pathOf(const Digest& digest) const;
    /// Removes what unfinished writers of a crashed process left. Only for the holder of the case.
    [[nodiscard]] Result<void> discardUnfinished() const;

private:
    platform::Path m_folder;
    CaseKey m_caseKey;
    bool m_encrypts = false;
};

} // namespace cordon::record
