#include "core/act/credential_vault.h"

#include "core/crypto/aead.h"
#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::act {
namespace {

constexpr std::size_t shortestPassphrase = 12;
constexpr std::size_t longestCredential = 64U << 10U;
constexpr const char* vaultContext = "cordon.connectors.v1";

std::filesystem::path folderOf(const std::filesystem::path& home)
{
    return home / "connectors";
}

std::filesystem::path vaultFile(const std::filesystem::path& home)
{
    return folderOf(home) / "vault.json";
}

bool isName(const std::string& text)
{
    return !text.empty() && text.size() <= 64 && text.front() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// Bound to the name, so that a credential put under another name does not open.
std::string contextOf(const std::string& connector)
{
    return "cordon.credential.v1\n" + connector;
}

std::string contextOfMade(const std::string& id)
{
    return "cordon.made.v1\n" + id;
}

} // namespace

bool CredentialVault::isThere(const std::filesystem::path& home)
{
    std::error_code error;
    return std::filesystem::exists(vaultFile(home), error);
}

Result<void> CredentialVault::make(const std::filesystem::path& home, const crypto::SecretBytes& passphrase,
                                   const crypto::ScryptCost& cost)
{
    if (isThere(home))
        return fail(ErrorCode::Conflict, vaultFile(home).string() + ": there is a vault already");
    if (passphrase.size() < shortestPassphrase)
        return fail(ErrorCode::Invalid, "a passphrase has at least 12 bytes");
    std::string random = crypto::randomBytes(crypto::aeadKeySize);
    const auto key = crypto::SecretBytes::copyOf(random);
    crypto::wipe(random);
    CORDON_TRY(const std::string box, crypto::sealUnderPassphrase(key, passphrase, vaultContext, cost));
    CORDON_CHECK(platform::makeFolders(folderOf(home)));
    return platform::writeFileAtomically(vaultFile(home), json::write(Value::Object{{"v", 1}, {"box", box}}) + "\n");
}

Result<std::unique_ptr<CredentialVault>> CredentialVault::open(const std::filesystem::path& home,
                                                               const crypto::SecretBytes& passphrase)
{
    if (!isThere(home))
        return fail(ErrorCode::NotFound, vaultFile(home).string() + ": no vault was made yet");
    CORDON_TRY(const std::string text, platform::readFile(vaultFile(home), 16U << 10U));
    const auto vault = json::parse(text);
    if (!vault || (*vault)["v"].asInt() != 1)
        return fail(ErrorCode::Corrupt, vaultFile(home).string() + ": not a vault of credentials");
    CORDON_TRY(crypto::SecretBytes key, crypto::openWithPassphrase((*vault)["box"].asString(), passphrase, vaultContext));
    if (key.size() != crypto::aeadKeySize)
        return fail(ErrorCode::Corrupt, vaultFile(home).string() + ": not a vault of credentials");
    return std::unique_ptr<CredentialVault>(new CredentialVault(folderOf(home), std::move(key)));
}

Result<void> CredentialVault::keep(const std::string& connector, const crypto::SecretBytes& credential) const
{
    if (!isName(connector))
        return fail(ErrorCode::Invalid, "a system's name is lower-case letters, digits and hyphens");
    if (credential.size() > longestCredential)
        return fail(ErrorCode::Invalid, "a credential has at most 64 KiB");
    const auto value = json::parse(credential.text());
    if (!value || !value->isObject())
        return fail(ErrorCode::Invalid, "a credential is a JSON object, such as {\"access_key_id\": …}");
    const std::string nonce = crypto::randomBytes(crypto::aeadNonceSize);
    const std::string sealed = crypto::sealBytes(m_key, nonce, contextOf(connector), credential.view());
    return platform::writeFileAtomically(m_folder / (connector + ".credential"), nonce + sealed);
}

Result<void> CredentialVault::forget(const std::string& connector) const
{
    if (!isName(connector))
        return fail(ErrorCode::Invalid, "a system's name is lower-case letters, digits and hyphens");
    return platform::eraseFile(m_folder / (connector + ".credential"));
}

Result<crypto::SecretBytes> CredentialVault::opened(const std::filesystem::path& file, const std::string& context) const
{
    CORDON_TRY(const std::string bytes, platform::readFile(file, longestCredential + 1024));
    if (bytes.size() < crypto::aeadNonceSize + crypto::aeadTagSize)
        return fail(ErrorCode::Corrupt, file.string() + ": nothing that was kept here");
    const std::string_view all = bytes;
    auto plain = crypto::openBytes(m_key, all.substr(0, crypto::aeadNonceSize), context, all.substr(crypto::aeadNonceSize));
    if (!plain)
        return fail(ErrorCode::Corrupt, file.string() + ": was not kept under this name in this vault");
    auto secret = crypto::SecretBytes::copyOf(*plain);
    crypto::wipe(*plain);
    return secret;
}

Result<crypto::SecretBytes> CredentialVault::credentialOf(const std::string& connector)
{
    const auto file = m_folder / (connector + ".credential");
    std::error_code error;
    if (!isName(connector) || !std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, connector + ": no credential is kept for it");
    return opened(file, contextOf(connector));
}

std::filesystem::path CredentialVault::fileOfMade(const std::string& id) const
{
    return m_folder / (crypto::sha256(id).hex() + ".made");
}

Result<void> CredentialVault::keepMade(const std::string& id, const crypto::SecretBytes& value)
{
    if (value.isEmpty() || value.size() > longestCredential)
        return fail(ErrorCode::Invalid, "a value has at most 64 KiB, and is something");
    const std::string nonce = crypto::randomBytes(crypto::aeadNonceSize);
    return platform::writeFileAtomically(fileOfMade(id), nonce + crypto::sealBytes(m_key, nonce, contextOfMade(id), value.view()));
}

Result<crypto::SecretBytes> CredentialVault::madeFor(const std::string& id)
{
    std::error_code error;
    if (!std::filesystem::exists(fileOfMade(id), error))
        return crypto::SecretBytes();
    return opened(fileOfMade(id), contextOfMade(id));
}

Result<void> CredentialVault::forgetMade(const std::string& id) const
{
    return platform::eraseFile(fileOfMade(id));
}

std::vector<std::string> CredentialVault::names(const std::filesystem::path& home)
{
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folderOf(home), error)) {
        if (entry.path().extension() == ".credential")
            found.push_back(entry.path().stem().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace cordon::act
