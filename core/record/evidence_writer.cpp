#include "core/record/evidence_format.h"
#include "core/record/evidence_vault.h"

#include "core/platform/byte_stream.h"
#include "core/record/byte_fields.h"

#include <algorithm>
#include <utility>

namespace cordon::record {
namespace {

constexpr int compressionLevel = 1; // logs shrink about tenfold at 500 MB/s; more costs more than the disk it saves

void appendBigEndian(std::string& bytes, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

void appendDigest(std::string& bytes, const Digest& digest)
{
    bytes.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
}

} // namespace

EvidenceWriter::EvidenceWriter(EvidenceWriter&& other) noexcept
    : m_folder(std::move(other.m_folder))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::move(other.m_file))
    , m_hash(std::move(other.m_hash))
    , m_chunk(std::move(other.m_chunk))
    , m_table(std::move(other.m_table))
    , m_size(other.m_size)
    , m_chunks(other.m_chunks)
    , m_keys(std::move(other.m_keys))
    , m_key(std::move(other.m_key))
    , m_storedSizes(std::move(other.m_storedSizes))
{}

EvidenceWriter::~EvidenceWriter()
{
    std::error_code ignored;
    if (!m_temporary.empty())
        std::filesystem::remove(m_temporary, ignored);
}

std::string EvidenceWriter::header() const
{
    std::string header(m_keys ? format::encryptedMagic : format::objectMagic);
    appendBigEndian(header, format::plainChunkSize, 4);
    return header;
}

Result<void> EvidenceWriter::writeStored(const std::string& stored)
{
    CORDON_CHECK(m_file.write(stored));
    appendBigEndian(m_table, stored.size(), 4);
    appendDigest(m_table, crypto::sha256(stored));
    ++m_chunks;
    return {};
}

/// Of an encrypted object nothing plain ever reaches the disk, not even before its name is known.
Result<void> EvidenceWriter::writeChunk(ByteView plain)
{
    CORDON_TRY(const std::string packed, platform::compressChunk(plain, compressionLevel));
    if (!m_keys)
        return writeStored(packed);
    const std::string sealed = crypto::sealBytes(m_key, chunkNonce(m_chunks, true), "incoming", bytesOf(packed));
    m_storedSizes.push_back(static_cast<std::uint32_t>(sealed.size()));
    return writeStored(sealed);
}

Result<void> EvidenceWriter::add(ByteView bytes)
{
    m_hash.update(bytes);
    m_size += bytes.size();
    while (!bytes.empty()) {
        if (m_chunk.empty() && bytes.size() >= format::plainChunkSize) {
            CORDON_CHECK(writeChunk(bytes.first(format::plainChunkSize)));
            bytes = bytes.subspan(format::plainChunkSize);
            continue;
        }
        const std::size_t count = std::min<std::size_t>(bytes.size(), format::plainChunkSize - m_chunk.size());
        m_chunk.append(reinterpret_cast<const char*>(bytes.data()), count);
        bytes = bytes.subspan(count);
        if (m_chunk.size() == format::plainChunkSize) {
            CORDON_CHECK(writeChunk(bytesOf(m_chunk)));
            m_chunk.clear();
        }
    }
    return {};
}

Result<void> EvidenceWriter::bindTo(const Digest& digest)
{
    CORDON_TRY(auto before, platform::File::openForReading(m_temporary));
    const platform::Path bound = platform::Path(m_temporary).concat(".bound");
    CORDON_TRY(auto file, platform::File::createExclusively(bound));
    std::swap(m_file, file);
    const platform::Path incoming = std::exchange(m_temporary, bound);
    std::error_code ignored;
    std::filesystem::remove(incoming, ignored);
    CORDON_CHECK(m_file.write(header()));
    m_table.clear();
    m_chunks = 0;
    std::uint64_t at = format::objectHeaderSize;
    for (std::size_t i = 0; i < m_storedSizes.size(); ++i) {
        std::string sealed(m_storedSizes[i], '\0');
        CORDON_TRY(const std::size_t count, before.readAt(sealed.data(), sealed.size(), at));
        if (count != sealed.size())
            return fail(ErrorCode::Io, incoming.string() + ": was cut short while it was written");
        at += count;
        CORDON_TRY(const std::string packed, crypto::openBytes(m_key, chunkNonce(i, true), "incoming", sealed));
        const bool isFinal = i + 1 == m_storedSizes.size();
        CORDON_CHECK(writeStored(
            crypto::sealBytes(m_key, chunkNonce(i, false), chunkContext(digest, i, isFinal), bytesOf(packed))));
    }
    return {};
}

Result<void> EvidenceWriter::writeEnd()
{
    std::string counts;
    appendBigEndian(counts, m_size, 8);
    appendBigEndian(counts, m_chunks, 4);
    crypto::Sha256 check;
    check.update(header()).update(m_table).update(counts);
    std::string end = m_table + counts;
    appendDigest(end, check.digest());
    end += format::objectEndMagic;
    CORDON_CHECK(m_file.write(end));
    return m_file.sync();
}

Result<Digest> EvidenceWriter::seal()
{
    if (!m_chunk.empty())
        CORDON_CHECK(writeChunk(bytesOf(m_chunk)));
    m_chunk.clear();
    const Digest digest = m_hash.digest();
    const platform::Path path = EvidenceVault(m_folder).pathOf(digest);
    if (m_keys)
        CORDON_CHECK(bindTo(digest));
    CORDON_CHECK(writeEnd());
    CORDON_CHECK(platform::makeFolders(path.parent_path()));
    std::error_code error;
    std::filesystem::permissions(m_temporary, std::filesystem::perms::owner_read, error);
    if (error)
        return fail(ErrorCode::Io, m_temporary.string() + ": " + error.message());
    const bool isThere = std::filesystem::exists(std::filesystem::symlink_status(path, error));
    if (m_keys && !isThere)
        CORDON_CHECK(m_keys->keep(digest, m_key)); // an object whose key never became durable would be lost
    const auto renamed = platform::renameWithoutReplacing(m_temporary, path);
    if (!renamed && renamed.error().code != ErrorCode::Conflict)
        return fail(renamed.error());
    if (!renamed) { // it was there: only a whole one counts as the same
        std::filesystem::remove(m_temporary, error);
        CORDON_TRY(const auto there, EvidenceObject::open(path));
        if (there.size() != m_size)
            return fail(ErrorCode::Corrupt, path.string() + ": other bytes have the name of these");
        if (there.isEncrypted() && !EvidenceKeys(m_folder, nullptr).contains(digest))
            return fail(ErrorCode::Conflict, digest.hex() + ": was erased lawfully and cannot come back under this name");
    }
    m_temporary.clear();
    CORDON_CHECK(platform::syncFolder(path.parent_path()));
    CORDON_CHECK(platform::syncFolder(path.parent_path().parent_path()));
    return digest;
}

} // namespace cordon::record
