#include "core/platform/byte_stream.h"
#include "core/record/byte_fields.h"
#include "core/record/evidence_format.h"
#include "core/record/evidence_vault.h"

#include <algorithm>

namespace cordon::record {

Result<EvidenceObject> EvidenceObject::open(const platform::Path& path)
{
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(path)))
        return fail(ErrorCode::Corrupt, path.string() + ": not a plain file");
    CORDON_TRY(auto file, platform::File::openForReading(path));
    EvidenceObject object(std::move(file), path.string());
    CORDON_CHECK(object.readTable());
    return object;
}

Result<void> EvidenceObject::readTable()
{
    const auto corrupt = [this](const char* what) { return fail(ErrorCode::Corrupt, m_name + ": " + what); };
    CORDON_TRY(const std::uint64_t fileSize, m_file.size());
    if (fileSize < format::objectHeaderSize + format::objectFooterSize)
        return corrupt("cut off");
    std::string header(format::objectHeaderSize, '\0');
    std::string footer(format::objectFooterSize, '\0');
    CORDON_CHECK(m_file.readAt(header.data(), header.size(), 0));
    CORDON_CHECK(m_file.readAt(footer.data(), footer.size(), fileSize - footer.size()));
    const std::string_view tail(footer);
    m_isEncrypted = header.starts_with(format::encryptedMagic);
    if (!(m_isEncrypted || header.starts_with(format::objectMagic)) || !tail.ends_with(format::objectEndMagic) ||
        format::bigEndian(std::string_view(header).substr(8)) != format::plainChunkSize)
        return corrupt("not an evidence object");
    m_size = format::bigEndian(tail.substr(0, 8));
    const std::uint64_t chunks = format::bigEndian(tail.substr(8, 4));
    const std::uint64_t room = fileSize - header.size() - footer.size();
    if (chunks > room / format::tableRowSize ||
        chunks != m_size / format::plainChunkSize + (m_size % format::plainChunkSize != 0 ? 1 : 0))
        return corrupt("the seek table does not fit the file");
    std::string table(chunks * format::tableRowSize, '\0');
    const std::uint64_t tableAt = fileSize - footer.size() - table.size();
    CORDON_CHECK(m_file.readAt(table.data(), table.size(), tableAt));
    crypto::Sha256 hash;
    hash.update(header).update(table).update(tail.substr(0, 12));
    m_container = hash.digest();
    if (m_container != format::digestFrom(tail.substr(12, 32)))
        return corrupt("the seek table does not verify");

    std::uint64_t at = header.size();
    for (std::string_view rows(table); !rows.empty(); rows.remove_prefix(format::tableRowSize)) {
        const auto stored = static_cast<std::uint32_t>(format::bigEndian(rows.substr(0, 4)));
        m_chunks.push_back({at, stored, format::digestFrom(rows.substr(4, 32))});
        at += stored;
    }
    if (at != tableAt)
        return corrupt("the chunks do not fill the file");
    return {};
}

void EvidenceObject::unlock(const Digest& digest, crypto::SecretBytes key)
{
    m_digest = digest;
    m_key.emplace(std::move(key));
}

/// The chunk's bytes as they lie there, checked against its row.
Result<std::string> EvidenceObject::stored(std::size_t chunk)
{
    const Chunk& row = m_chunks[chunk];
    std::string bytes(row.stored, '\0');
    CORDON_TRY(const std::size_t count, m_file.readAt(bytes.data(), bytes.size(), row.at));
    if (count != bytes.size() || crypto::sha256(bytes) != row.digest)
        return fail(ErrorCode::Corrupt, m_name + ": chunk " + std::to_string(chunk) + " does not verify");
    return bytes;
}

Result<void> EvidenceObject::verifyStored(const std::stop_token& stop)
{
    for (std::size_t chunk = 0; chunk < m_chunks.size(); ++chunk) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, m_name);
        CORDON_TRY([[maybe_unused]] const std::string bytes, stored(chunk));
    }
    return {};
}

Result<void> EvidenceObject::load(std::size_t chunk)
{
    if (m_loaded == chunk)
        return {};
    m_loaded = static_cast<std::size_t>(-1);
    CORDON_TRY(std::string bytes, stored(chunk));
    if (m_isEncrypted) {
        if (!m_key)
            return fail(ErrorCode::Denied, m_name + ": encrypted");
        const bool isFinal = chunk + 1 == m_chunks.size();
        auto packed = crypto::openBytes(*m_key, chunkNonce(chunk, false), chunkContext(m_digest, chunk, isFinal), bytes);
        if (!packed)
            return fail(ErrorCode::Corrupt, m_name + ": chunk " + std::to_string(chunk) + " is not of this place");
        bytes = std::move(*packed);
    }
    const std::uint64_t begin = std::uint64_t{chunk} * format::plainChunkSize;
    const auto expected = static_cast<std::size_t>(std::min<std::uint64_t>(format::plainChunkSize, m_size - begin));
    CORDON_TRY(m_plain, platform::decompressChunk(bytesOf(bytes), format::plainChunkSize));
    if (m_plain.size() != expected)
        return fail(ErrorCode::Corrupt, m_name + ": chunk " + std::to_string(chunk) + " has the wrong length");
    m_loaded = chunk;
    return {};
}

Result<std::string> EvidenceObject::read(std::uint64_t offset, std::size_t length)
{
    if (offset > m_size || length > m_size - offset)
        return fail(ErrorCode::Invalid, m_name + ": bytes " + std::to_string(offset) + "+" + std::to_string(length) +
                                            " reach beyond its end");
    std::string bytes;
    bytes.reserve(length);
    while (bytes.size() < length) {
        const std::uint64_t position = offset + bytes.size();
        CORDON_CHECK(load(static_cast<std::size_t>(position / format::plainChunkSize)));
        const auto start = static_cast<std::size_t>(position % format::plainChunkSize);
        bytes.append(m_plain, start, length - bytes.size());
    }
    return bytes;
}

Result<void> EvidenceObject::verify(const Digest& digest, const std::stop_token& stop)
{
    crypto::Sha256 hash;
    for (std::size_t chunk = 0; chunk < m_chunks.size(); ++chunk) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "verification was stopped");
        CORDON_CHECK(load(chunk));
        hash.update(m_plain);
    }
    if (hash.digest() != digest)
        return fail(ErrorCode::Corrupt, m_name + ": its bytes are not those of its name");
    return {};
}

} // namespace cordon::record
