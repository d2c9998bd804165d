#include "core/record/sealed_case.h"

#include "core/crypto/sha256.h"
#include "core/platform/checksum.h"

#include <map>
#include <mutex>

namespace cordon::record {
namespace {

constexpr std::size_t longestManifest = 256U << 10U;
constexpr std::size_t blockSize = 1U << 20U;

Result<std::string> bytesAt(const platform::File& file, std::uint64_t at, std::uint64_t size)
{
    std::string bytes(size, '\0');
    CORDON_TRY(const std::size_t count, file.readAt(bytes.data(), bytes.size(), at));
    if (count != bytes.size())
        return fail(ErrorCode::Invalid, "not a sealed case: it became shorter");
    return bytes;
}

tl::unexpected<Error> listProblem(const std::string& what)
{
    return fail(ErrorCode::Corrupt, "the list of a sealed case's parts " + what);
}

/// `<hex>  <size>  <name>` per part, in the order of the file.
Result<std::vector<Digest>> readList(std::string_view text, std::span<const SealedPart> parts)
{
    std::vector<Digest> digests;
    for (const SealedPart& part : parts) {
        const std::size_t end = text.find('\n');
        const std::string rest = "  " + std::to_string(part.size) + "  " + part.name;
        if (end == std::string_view::npos || end != 64 + rest.size() || text.substr(64, rest.size()) != rest)
            return listProblem("does not name " + part.name + " as it is there");
        const auto digest = Digest::fromHex(text.substr(0, 64));
        if (!digest)
            return listProblem("has no digest of " + part.name);
        digests.push_back(*digest);
        text.remove_prefix(end + 1);
    }
    if (!text.empty())
        return listProblem("names more than there is");
    return digests;
}

/// Goes through a file in blocks, hashing all of it and asking for a part at a time.
class Passage
{
public:
    Passage(const platform::File& file, const std::stop_token& stop) : m_file(file), m_stop(stop) {}

    /// The next `size` bytes, given to `take` in blocks.
    Result<void> pass(std::uint64_t size, const std::function<void(std::string_view)>& take)
    {
        while (size > 0) {
            if (m_stop.stop_requested())
                return fail(ErrorCode::Cancelled, "verification was stopped");
            m_block.resize(std::min<std::uint64_t>(size, blockSize));
            CORDON_TRY(const std::size_t count, m_file.readAt(m_block.data(), m_block.size(), m_at));
            if (count != m_block.size())
                return fail(ErrorCode::Io, "the sealed case became shorter while it was read");
            m_hash.update(m_block);
            take(m_block);
            m_at += count;
            size -= count;
        }
        return {};
    }
    [[nodiscard]] std::uint64_t at() const { return m_at; }
    [[nodiscard]] Digest digest() const { return m_hash.digest(); }

private:
    const platform::File& m_file;
    const std::stop_token& m_stop;
    std::string m_block;
    std::uint64_t m_at = 0;
    crypto::Sha256 m_hash;
};

} // namespace

Result<std::shared_ptr<const SealedCase>> SealedCase::open(const platform::Path& file)
{
    static std::mutex mutex;
    static std::map<platform::Path, std::weak_ptr<const SealedCase>> opened;
    std::error_code error;
    const platform::Path name = std::filesystem::absolute(file, error).lexically_normal();
    const std::lock_guard lock(mutex);
    if (auto known = opened[name].lock())
        return known;
    CORDON_TRY(auto made, openAnew(file));
    opened[name] = made;
    return made;
}

Result<std::shared_ptr<const SealedCase>> SealedCase::openAnew(const platform::Path& file)
{
    CORDON_TRY(platform::File opened, platform::File::openForReading(file));
    std::shared_ptr<SealedCase> sealed(new SealedCase);
    sealed->m_path = file;
    CORDON_TRY(sealed->m_bytes, opened.size());
    if (sealed->m_bytes < layout::endSize)
        return fail(ErrorCode::Invalid, "not a sealed case: too short");
    CORDON_TRY(const std::string end, bytesAt(opened, sealed->m_bytes - layout::endSize, layout::endSize));
    CORDON_TRY(const std::uint64_t directoryAt, layout::directoryAt(end, sealed->m_bytes));
    CORDON_TRY(const std::string directory, bytesAt(opened, directoryAt, sealed->m_bytes - directoryAt));
    CORDON_TRY(sealed->m_parts, layout::readDirectory(directory, directoryAt));

    const std::vector<SealedPart>& parts = sealed->m_parts;
    if (parts.size() < 3 || parts[parts.size() - 2].name != layout::listName ||
        parts.back().name != layout::manifestName || parts.back().size > longestManifest)
        return fail(ErrorCode::Invalid, "not a sealed case: it does not end with a list and a manifest");
    const SealedPart& list = parts[parts.size() - 2];
    if (list.size > layout::longestDirectory)
        return fail(ErrorCode::Invalid, "not a sealed case: its list has an impossible size");
    CORDON_TRY(const std::string note, bytesAt(opened, parts.back().at(), parts.back().size));
    CORDON_TRY(sealed->m_manifest, SealedManifest::fromNote(note));
    CORDON_TRY(const std::string listText, bytesAt(opened, list.at(), list.size));
    if (crypto::sha256(listText) != sealed->m_manifest.list)
        return listProblem("is not the one that was signed");
    const std::span<const SealedPart> content(parts.data(), parts.size() - 2);
    CORDON_TRY(sealed->m_digests, readList(listText, content));

    std::uint64_t bytes = 0;
    std::map<std::string, platform::PackedFolder::Part> shown;
    for (const SealedPart& part : content) {
        bytes += part.size;
        shown[part.name] = {part.at(), part.size};
    }
    if (sealed->m_manifest.parts != static_cast<std::int64_t>(content.size()) || sealed->m_manifest.bytes != bytes)
        return fail(ErrorCode::Corrupt, "the manifest counts other parts than the sealed case has");
    CORDON_TRY(sealed->m_folder, platform::PackedFolder::show(file, std::move(opened), std::move(shown)));
    return std::shared_ptr<const SealedCase>(std::move(sealed));
}

Result<SealedCase::Findings> SealedCase::examine(const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                                                 const std::stop_token& stop) const
{
    Findings findings;
    Passage passage(m_folder->file(), stop);
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const SealedPart& part = m_parts[i];
        std::string head;
        CORDON_CHECK(passage.pass(part.at() - part.head, [&](std::string_view block) { head += block; }));
        crypto::Sha256 hash;
        std::uint32_t crc = 0;
        CORDON_CHECK(passage.pass(part.size, [&](std::string_view block) {
            hash.update(block);
            crc = platform::crc32After(crc, bytesOf(block));
            if (progress)
                progress(passage.at(), m_bytes);
        }));
        const bool isListed = i >= m_digests.size() || hash.digest() == m_digests[i];
        if (isListed && crc == part.crc && head == layout::localHead(part))
            ++findings.goodParts;
        else
            findings.problems.push_back({part.name, part.at(), 0,
                                         isListed ? "its header or check sum in the sealed file does not fit"
                                                  : "its bytes are not those that were sealed"});
    }
    CORDON_CHECK(passage.pass(m_bytes - passage.at(), [](std::string_view) {}));
    findings.file = passage.digest();
    if (progress)
        progress(m_bytes, m_bytes);
    return findings;
}

bool isSealedCase(const platform::Path& path)
{
    return path.extension() == ".cordonz" && platform::isPlainFile(path);
}

} // namespace cordon::record
