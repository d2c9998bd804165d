#include "core/record/evidence_keys.h"

#include "core/crypto/random.h"
#include "core/crypto/sealed_box.h"
#include "core/platform/packed_folder.h"
#include "core/record/byte_fields.h"

namespace cordon::record {
namespace {

constexpr std::string_view keyStart = "cordon-evidence-key-v1 ";
constexpr std::string_view wrapContext = "cordon.evidence.key.v1\n";
constexpr std::size_t longestFile = 4096;

platform::Path caseKeyFile(const platform::Path& home, const std::string& origin)
{
    return home / "keys" / (origin.substr(origin.rfind('/') + 1) + ".evidence");
}

std::string digestBytes(const Digest& digest)
{
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

std::string bigEndianText(std::uint64_t number)
{
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
    return bytes;
}

Result<crypto::SecretBytes> keyFrom(std::string_view text, const crypto::SecretBytes& passphrase, const std::string& origin)
{
    if (text.starts_with('{')) {
        if (passphrase.isEmpty())
            return fail(ErrorCode::Denied, "the key of this case's evidence lies under a passphrase");
        return crypto::openWithPassphrase(text, passphrase, origin);
    }
    if (!text.starts_with(keyStart))
        return fail(ErrorCode::Corrupt, "the key of this case's evidence cannot be read");
    text.remove_prefix(keyStart.size());
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    CORDON_TRY(std::string bytes, fromBase64(text));
    crypto::SecretBytes key = crypto::SecretBytes::copyOf(bytes);
    crypto::wipe(bytes);
    return key;
}

} // namespace

Result<CaseKey> caseKey(const platform::Path& home, const std::string& origin, bool makes,
                        const crypto::SecretBytes& passphrase)
{
    const platform::Path file = caseKeyFile(home, origin);
    auto text = platform::readFile(file, longestFile);
    if (text) {
        auto read = keyFrom(*text, passphrase, origin);
        crypto::wipe(*text);
        CORDON_TRY(crypto::SecretBytes key, std::move(read));
        if (key.size() != crypto::aeadKeySize)
            return fail(ErrorCode::Corrupt, file.string() + ": not a key");
        return std::make_shared<const crypto::SecretBytes>(std::move(key));
    }
    if (text.error().code != ErrorCode::NotFound)
        return fail(text.error());
    if (!makes)
        return CaseKey();
    std::string bytes = crypto::randomBytes(crypto::aeadKeySize);
    crypto::SecretBytes key = crypto::SecretBytes::copyOf(bytes);
    std::string kept = std::string(keyStart) + toBase64(bytesOf(bytes)) + "\n";
    crypto::wipe(bytes);
    if (!passphrase.isEmpty()) {
        crypto::wipe(kept);
        CORDON_TRY(kept, crypto::sealUnderPassphrase(key, passphrase, origin, crypto::tunedCost()));
    }
    auto made = platform::makeFolders(file.parent_path());
    if (made)
        made = platform::writeFileAtomically(file, kept);
    crypto::wipe(kept);
    CORDON_CHECK(std::move(made));
    return std::make_shared<const crypto::SecretBytes>(std::move(key));
}

bool EvidenceKeys::contains(const Digest& digest) const
{
    return platform::isPlainFile(fileOf(digest));
}

Result<crypto::SecretBytes> EvidenceKeys::keyOf(const Digest& digest) const
{
    if (!contains(digest))
        return fail(ErrorCode::NotFound, digest.hex() + ": its key is gone");
    if (!m_key)
        return fail(ErrorCode::Denied, digest.hex() + ": encrypted, and the case's evidence key is not here");
    CORDON_TRY(const std::string wrapped, platform::readFile(fileOf(digest), longestFile));
    if (wrapped.size() <= crypto::aeadNonceSize)
        return fail(ErrorCode::Corrupt, digest.hex() + ": its key is cut off");
    auto bytes = crypto::openBytes(*m_key, std::string_view(wrapped).substr(0, crypto::aeadNonceSize),
                                   std::string(wrapContext) + digestBytes(digest),
                                   std::string_view(wrapped).substr(crypto::aeadNonceSize));
    if (!bytes || bytes->size() != crypto::aeadKeySize)
        return fail(ErrorCode::Corrupt, digest.hex() + ": its key does not verify");
    crypto::SecretBytes key = crypto::SecretBytes::copyOf(*bytes);
    crypto::wipe(*bytes);
    return key;
}

Result<void> EvidenceKeys::keep(const Digest& digest, const crypto::SecretBytes& key) const
{
    if (!m_key)
        return fail(ErrorCode::Denied, "no case key to wrap an object's key under");
    const std::string nonce = crypto::randomBytes(crypto::aeadNonceSize);
    CORDON_CHECK(platform::makeFolders(m_folder));
    return platform::writeFileAtomically(
        fileOf(digest),
        nonce + crypto::sealBytes(*m_key, nonce, std::string(wrapContext) + digestBytes(digest), key.view()));
}

Result<void> EvidenceKeys::erase(const Digest& digest) const
{
    return contains(digest) ? platform::eraseFile(fileOf(digest)) : Result<void>();
}

std::string chunkContext(const Digest& digest, std::uint64_t chunk, bool isFinal)
{
    return digestBytes(digest) + bigEndianText(chunk) + (isFinal ? '\1' : '\0');
}

std::string chunkNonce(std::uint64_t chunk, bool isIncoming)
{
    return std::string("\0\0\0", 3) + (isIncoming ? '\1' : '\0') + bigEndianText(chunk);
}

} // namespace cordon::record
