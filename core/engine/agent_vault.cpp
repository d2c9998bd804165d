#include "core/engine/agent_vault.h"

#include "core/crypto/random.h"
#include "core/platform/file.h"
#include "core/value/json.h"

namespace cordon::engine {
namespace {

constexpr std::size_t shortestPassphrase = 12;

/// Bound to the box, so that a box under another public key does not open.
std::string contextOf(const std::string& publicKey)
{
    return "cordon.agent.v1\n" + publicKey;
}

Result<Value> readVault(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file))
        return fail(ErrorCode::NotFound, file.string() + ": this installation has no agent key yet");
    CORDON_TRY(const std::string text, platform::readFile(file, 16U << 10U));
    auto value = json::parse(text);
    if (!value || (*value)["v"].asInt() != 1)
        return fail(ErrorCode::Corrupt, file.string() + ": not a vault of an agent key");
    return std::move(*value);
}

} // namespace

Result<crypto::PublicKey> AgentVault::make(const crypto::SecretBytes& passphrase, const crypto::ScryptCost& cost) const
{
    if (std::filesystem::exists(file()))
        return fail(ErrorCode::Conflict, file().string() + ": there is an agent key already");
    if (passphrase.size() < shortestPassphrase)
        return fail(ErrorCode::Invalid, "a passphrase has at least 12 bytes");
    const crypto::SigningKey key = crypto::SigningKey::generate();
    const std::string publicKey = key.publicKey().toString();
    const auto seed = crypto::SecretBytes::copyOf(
        std::string_view(reinterpret_cast<const char*>(key.seed().data()), key.seed().size()));
    CORDON_TRY(const std::string box, crypto::sealUnderPassphrase(seed, passphrase, contextOf(publicKey), cost));
    CORDON_CHECK(platform::makeFolders(m_folder));
    // Two programs may begin at once: the second one's key is not the installation's.
    const std::filesystem::path fresh = file().string() + '.' + crypto::randomHex(6);
    CORDON_CHECK(platform::writeFileAtomically(
        fresh, json::write(Value::Object{{"v", 1}, {"key", publicKey}, {"box", box}}) + "\n"));
    if (auto put = platform::renameWithoutReplacing(fresh, file()); !put) {
        std::error_code ignored;
        std::filesystem::remove(fresh, ignored);
        return fail(ErrorCode::Conflict, file().string() + ": another program made an agent key meanwhile: " + put.error().detail);
    }
    return key.publicKey();
}

Result<crypto::SigningKey> AgentVault::open(const crypto::SecretBytes& passphrase) const
{
    CORDON_TRY(const Value vault, readVault(file()));
    const std::string& publicKey = vault["key"].asString();
    CORDON_TRY(const crypto::SecretBytes seed,
               crypto::openWithPassphrase(vault["box"].asString(), passphrase, contextOf(publicKey)));
    CORDON_TRY(crypto::SigningKey key, crypto::SigningKey::fromSeed(seed.view()));
    if (key.publicKey().toString() != publicKey)
        return fail(ErrorCode::Corrupt, file().string() + ": the key is not the one that the vault names");
    return key;
}

Result<crypto::PublicKey> AgentVault::publicKey() const
{
    CORDON_TRY(const Value vault, readVault(file()));
    return crypto::PublicKey::parse(vault["key"].asString());
}

} // namespace cordon::engine
