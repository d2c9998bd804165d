#include "core/record/evidence_vault.h"

#include "core/crypto/random.h"
#include "core/platform/byte_stream.h"
#include "core/platform/packed_folder.h"
#include "core/record/evidence_format.h"
#include "core/record/incident_part.h"

#include <algorithm>
#include <utility>

namespace cordon::record {
namespace {

constexpr int compressionLevel = 1; // logs shrink about tenfold at 500 MB/s; more costs more than the disk it saves
constexpr std::string_view incomingFolder = "incoming";

void appendBigEndian(std::string& bytes, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

void appendDigest(std::string& bytes, const Digest& digest)
{
    bytes.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
}

std::string objectHeader()
{
    std::string header(format::objectMagic);
    appendBigEndian(header, format::plainChunkSize, 4);
    return header;
}

platform::Path objectPath(const platform::Path& folder, const Digest& digest)
{
    const std::string hex = digest.hex();
    return folder / "sha256" / hex.substr(0, 2) / hex;
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
{}

EvidenceWriter::~EvidenceWriter()
{
    std::error_code ignored;
    if (!m_temporary.empty())
        std::filesystem::remove(m_temporary, ignored);
}

Result<void> EvidenceWriter::writeChunk(ByteView plain)
{
    CORDON_TRY(const std::string stored, platform::compressChunk(plain, compressionLevel));
    CORDON_CHECK(m_file.write(stored));
    appendBigEndian(m_table, stored.size(), 4);
    appendDigest(m_table, crypto::sha256(stored));
    ++m_chunks;
    return {};
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

Result<Digest> EvidenceWriter::seal()
{
    if (!m_chunk.empty())
        CORDON_CHECK(writeChunk(bytesOf(m_chunk)));
    m_chunk.clear();
    std::string counts;
    appendBigEndian(counts, m_size, 8);
    appendBigEndian(counts, m_chunks, 4);
    crypto::Sha256 check;
    check.update(objectHeader()).update(m_table).update(counts);
    std::string end = m_table + counts;
    appendDigest(end, check.digest());
    end += format::objectEndMagic;
    CORDON_CHECK(m_file.write(end));
    CORDON_CHECK(m_file.sync());

    const Digest digest = m_hash.digest();
    const platform::Path path = objectPath(m_folder, digest);
    CORDON_CHECK(platform::makeFolders(path.parent_path()));
    std::error_code error;
    std::filesystem::permissions(m_temporary, std::filesystem::perms::owner_read, error);
    if (error)
        return fail(ErrorCode::Io, m_temporary.string() + ": " + error.message());
    const auto renamed = platform::renameWithoutReplacing(m_temporary, path);
    if (!renamed && renamed.error().code != ErrorCode::Conflict)
        return fail(renamed.error());
    if (!renamed)
        std::filesystem::remove(m_temporary, error);
    m_temporary.clear();
    CORDON_CHECK(platform::syncFolder(path.parent_path()));
    CORDON_CHECK(platform::syncFolder(path.parent_path().parent_path()));
    return digest;
}

Result<EvidenceWriter> EvidenceVault::create() const
{
    const auto folder = m_folder / incomingFolder;
    CORDON_CHECK(platform::makeFolders(folder));
    const auto temporary = folder / crypto::randomHex(16);
    CORDON_TRY(auto file, platform::File::createExclusively(temporary));
    EvidenceWriter writer(m_folder, temporary, std::move(file));
    CORDON_CHECK(writer.m_file.write(objectHeader()));
    return writer;
}

Result<Digest> EvidenceVault::add(ByteView bytes) const
{
    CORDON_TRY(auto writer, create());
    CORDON_CHECK(writer.add(bytes));
    return writer.seal();
}

platform::Path EvidenceVault::pathOf(const Digest& digest) const
{
    return objectPath(m_folder, digest);
}

bool EvidenceVault::contains(const Digest& digest) const
{
    return platform::isPlainFile(pathOf(digest));
}

Result<EvidenceObject> EvidenceVault::open(const Digest& digest) const
{
    return EvidenceObject::open(pathOf(digest));
}

Result<std::string> EvidenceVault::read(const Citation& cite) const
{
    const platform::Path alone = m_folder / citedRecordName(cite);
    if (platform::PackedFolder::find(alone) && platform::isPlainFile(alone)) // of a sealed incident
        return platform::readFile(alone);
    CORDON_TRY(auto object, open(cite.evidence));
    return object.read(cite.offset, cite.length);
}

Result<void> EvidenceVault::verify(const Digest& digest, const std::stop_token& stop) const
{
    CORDON_TRY(auto object, open(digest));
    return object.verify(digest, stop);
}

Result<std::vector<Digest>> EvidenceVault::list() const
{
    std::vector<Digest> digests;
    const auto shelves = platform::listFolder(m_folder / "sha256");
    if (!shelves && shelves.error().code != ErrorCode::NotFound)
        return fail(shelves.error());
    for (const std::string& shelf : shelves.value_or(std::vector<std::string>())) {
        if (!platform::isFolder(m_folder / "sha256" / shelf))
            continue;
        CORDON_TRY(const auto names, platform::listFolder(m_folder / "sha256" / shelf));
        for (const std::string& name : names) {
            const auto digest = Digest::fromHex(name);
            if (digest && pathOf(*digest) == m_folder / "sha256" / shelf / name)
                digests.push_back(*digest);
        }
    }
    std::sort(digests.begin(), digests.end());
    return digests;
}

Result<void> EvidenceVault::discardUnfinished() const
{
    std::error_code error;
    std::filesystem::remove_all(m_folder / incomingFolder, error);
    if (error)
        return fail(ErrorCode::Io, m_folder.string() + ": " + error.message());
    return {};
}

} // namespace cordon::record
