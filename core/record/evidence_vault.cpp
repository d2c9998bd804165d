#include "core/record/evidence_vault.h"

#include "core/crypto/random.h"
#include "core/platform/packed_folder.h"
#include "core/record/evidence_format.h"
#include "core/record/incident_part.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view incomingFolder = "incoming";

/// True where an object was encrypted, and its key is not gone.
bool hasWrappedKeys(const platform::Path& evidence)
{
    const auto names = platform::listFolder(evidence / "keys");
    return names && !names->empty();
}

} // namespace

Result<EvidenceWriter> EvidenceVault::create() const
{
    if (!m_encrypts && hasWrappedKeys(m_folder))
        return fail(ErrorCode::Denied, "this case's evidence is encrypted and its key is not here: nothing is added in plain");
    const auto folder = m_folder / incomingFolder;
    CORDON_CHECK(platform::makeFolders(folder));
    const auto temporary = folder / crypto::randomHex(16);
    CORDON_TRY(auto file, platform::File::createExclusively(temporary));
    EvidenceWriter writer(m_folder, temporary, std::move(file));
    if (m_encrypts) {
        writer.m_keys.emplace(keys());
        std::string bytes = crypto::randomBytes(crypto::aeadKeySize);
        writer.m_key = crypto::SecretBytes::copyOf(bytes);
        crypto::wipe(bytes);
    }
    CORDON_CHECK(writer.m_file.write(writer.header()));
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
    const std::string hex = digest.hex();
    return m_folder / "sha256" / hex.substr(0, 2) / hex;
}

bool EvidenceVault::contains(const Digest& digest) const
{
    return platform::isPlainFile(pathOf(digest));
}

Result<EvidenceObject> EvidenceVault::open(const Digest& digest) const
{
    CORDON_TRY(auto object, EvidenceObject::open(pathOf(digest)));
    if (object.isEncrypted()) {
        CORDON_TRY(auto key, keys().keyOf(digest));
        object.unlock(digest, std::move(key));
    }
    return object;
}

Result<std::optional<Digest>> EvidenceVault::containerOf(const Digest& digest) const
{
    CORDON_TRY(const auto object, EvidenceObject::open(pathOf(digest)));
    return object.isEncrypted() ? std::optional(object.container()) : std::nullopt;
}

Result<void> EvidenceVault::eraseKey(const Digest& digest) const
{
    CORDON_TRY(const auto object, EvidenceObject::open(pathOf(digest)));
    if (!object.isEncrypted())
        return fail(ErrorCode::Unsupported, digest.hex() + ": not encrypted, so there is no key to take away");
    return keys().erase(digest);
}

Result<std::string> EvidenceVault::read(const Citation& cite) const
{
    const platform::Path alone = m_folder / citedRecordName(cite);
    if (platform::PackedFolder::find(alone) && platform::isPlainFile(alone)) // of a sealed incident
        return platform::readFile(alone);
    const platform::Path sealed = m_folder / encryptedRecordName(cite);
    if (platform::PackedFolder::find(sealed) && platform::isPlainFile(sealed)) {
        CORDON_TRY(const auto key, keys().keyOf(cite.evidence));
        CORDON_TRY(const std::string bytes, platform::readFile(sealed));
        const std::string_view all(bytes);
        if (all.size() < crypto::aeadNonceSize)
            return fail(ErrorCode::Corrupt, sealed.string() + ": cut off");
        return crypto::openBytes(key, all.substr(0, crypto::aeadNonceSize), encryptedRecordContext(cite),
                                 all.substr(crypto::aeadNonceSize));
    }
    CORDON_TRY(auto object, open(cite.evidence));
    return object.read(cite.offset, cite.length);
}

Result<void> EvidenceVault::verify(const Digest& digest, const std::stop_token& stop) const
{
    CORDON_TRY(auto object, open(digest));
    std::error_code error;
    if (std::filesystem::hard_link_count(pathOf(digest), error) > 1 && !error)
        return fail(ErrorCode::Corrupt, pathOf(digest).string() + ": the file has a second name (hard link)");
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
