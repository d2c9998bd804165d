#include "core/record/sealed_writer.h"

#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/platform/checksum.h"

#include <utility>

namespace cordon::record {
namespace {

constexpr std::size_t blockSize = 1U << 20U;

} // namespace

Result<SealedWriter> SealedWriter::create(const platform::Path& out)
{
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(out, error)))
        return fail(ErrorCode::Conflict, out.string() + ": there is something already");
    const platform::Path folder = out.has_parent_path() ? out.parent_path() : platform::Path(".");
    const platform::Path temporary = folder / ("." + out.filename().string() + ".sealing-" + crypto::randomHex(8));
    CORDON_TRY(auto file, platform::File::createExclusively(temporary));
    return SealedWriter(out, temporary, std::move(file));
}

SealedWriter::SealedWriter(SealedWriter&& other) noexcept
    : m_out(std::move(other.m_out))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::move(other.m_file))
    , m_parts(std::move(other.m_parts))
    , m_list(std::move(other.m_list))
    , m_bytes(other.m_bytes)
    , m_progress(std::move(other.m_progress))
{}

SealedWriter::~SealedWriter()
{
    std::error_code ignored;
    if (!m_temporary.empty())
        std::filesystem::remove(m_temporary, ignored);
}

Result<void> SealedWriter::write(const std::string& name, std::uint64_t size, const Source& source, bool isListed,
                                 const std::stop_token& stop)
{
    if (!layout::isPartName(name))
        return fail(ErrorCode::Invalid, name + ": cannot be named so in a sealed case");
    if (m_parts.size() + 2 > layout::mostParts)
        return fail(ErrorCode::Unsupported, "the case has more files than a sealed case can hold");
    SealedPart part{name, m_parts.empty() ? 0 : m_parts.back().end(), size, 0};
    CORDON_CHECK(m_file.write(layout::localHead(part)));
    crypto::Sha256 hash;
    for (std::uint64_t done = 0; done < size;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "sealing was stopped");
        CORDON_TRY(const std::string_view block,
                   source(done, static_cast<std::size_t>(std::min<std::uint64_t>(size - done, blockSize))));
        CORDON_CHECK(m_file.write(block));
        hash.update(block);
        part.crc = platform::crc32After(part.crc, bytesOf(block));
        done += block.size();
        if (m_progress)
            m_progress(part.at() + done);
    }
    CORDON_CHECK(m_file.writeAt(layout::localHead(part), part.head)); // now with its check sum
    if (isListed) {
        m_list += hash.digest().hex() + "  " + std::to_string(size) + "  " + name + "\n";
        m_bytes += size;
    }
    m_parts.push_back(std::move(part));
    return {};
}

Result<void> SealedWriter::add(const std::string& name, const platform::File& file, std::uint64_t size,
                               const std::stop_token& stop)
{
    std::string block;
    const Source source = [&](std::uint64_t at, std::size_t wanted) -> Result<std::string_view> {
        block.resize(wanted);
        CORDON_TRY(const std::size_t count, file.readAt(block.data(), wanted, at));
        if (count != wanted)
            return fail(ErrorCode::Incomplete, name + ": became shorter");
        return std::string_view(block);
    };
    return write(name, size, source, true, stop);
}

Result<void> SealedWriter::add(const std::string& name, std::string_view bytes)
{
    return write(
        name, bytes.size(),
        [&](std::uint64_t at, std::size_t size) -> Result<std::string_view> { return bytes.substr(at, size); }, true, {});
}

Result<Digest> SealedWriter::finish(SealedManifest manifest, const crypto::SigningKey& signer, const std::stop_token& stop)
{
    manifest.parts = static_cast<std::int64_t>(m_parts.size());
    manifest.bytes = m_bytes;
    manifest.list = crypto::sha256(m_list);
    manifest.key = signer.publicKey();
    CORDON_TRY(const std::string note, manifest.toNote(signer));
    for (const auto& [name, bytes] : {std::pair<std::string, std::string_view>{layout::listName, m_list},
                                      std::pair<std::string, std::string_view>{layout::manifestName, note}}) {
        const std::string_view text = bytes;
        const Source source = [text](std::uint64_t at, std::size_t size) -> Result<std::string_view> {
            return text.substr(at, size);
        };
        CORDON_CHECK(write(name, text.size(), source, false, {}));
    }
    CORDON_CHECK(m_file.write(layout::directory(m_parts)));
    CORDON_CHECK(m_file.sync());

    CORDON_TRY(const std::uint64_t size, m_file.size());
    crypto::Sha256 hash;
    std::string block(blockSize, '\0');
    for (std::uint64_t at = 0; at < size;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "sealing was stopped");
        CORDON_TRY(const std::size_t count, m_file.readAt(block.data(), block.size(), at));
        if (count == 0)
            return fail(ErrorCode::Io, m_temporary.string() + ": became shorter");
        hash.update(std::string_view(block).substr(0, count));
        at += count;
        if (m_progress)
            m_progress(size + at);
    }
    CORDON_CHECK(platform::renameWithoutReplacing(m_temporary, m_out));
    m_temporary.clear();
    CORDON_CHECK(platform::syncFolder(m_out.has_parent_path() ? m_out.parent_path() : platform::Path(".")));
    return hash.digest();
}

} // namespace cordon::record
