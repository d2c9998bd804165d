#include "core/crypto/sealed_box.h"

#include "core/crypto/openssl.h"
#include "core/crypto/random.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>

namespace cordon::crypto {
namespace {

constexpr std::size_t saltSize = 16;
constexpr std::size_t ivSize = 12;
constexpr std::size_t tagSize = 16;
constexpr std::size_t keySize = 32;
constexpr std::size_t longestPlain = 1U << 20U;
constexpr std::uint64_t mostMemory = 1U << 30U;

/// A sealed box, taken apart.
struct Box
{
    ScryptCost cost;
    std::string salt;
    std::string iv;
    std::string cipher;
    std::string tag;
};

unsigned char* bytesOfText(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Canonical JSON: the members in order, no white space. Every value is a number or base64, so nothing is escaped.
std::string render(const Box& box)
{
    const auto base64 = [](std::string_view bytes) { return toBase64(bytesOf(bytes)); };
    return R"({"cipher":")" + base64(box.cipher) + R"(","iv":")" + base64(box.iv) + R"(","kdf":"scrypt","n":)" +
           std::to_string(box.cost.n) + R"(,"p":)" + std::to_string(box.cost.p) + R"(,"r":)" +
           std::to_string(box.cost.r) + R"(,"salt":")" + base64(box.salt) + R"(","tag":")" + base64(box.tag) +
           R"(","v":1})";
}

/// Reads what `render` writes, member by member, and nothing else.
class BoxReader
{
public:
    explicit BoxReader(std::string_view text)
        : m_rest(text)
    {}

    [[nodiscard]] bool skip(std::string_view expected)
    {
        const bool isThere = m_rest.starts_with(expected);
        m_rest.remove_prefix(isThere ? expected.size() : 0);
        return isThere;
    }
    [[nodiscard]] bool bytes(std::string& into)
    {
        const std::size_t end = std::min(m_rest.find('"'), m_rest.size());
        auto read = fromBase64(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
        if (read)
            into = std::move(*read);
        return read.has_value();
    }
    [[nodiscard]] bool number(std::uint64_t& into)
    {
        const auto read = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), into);
        m_rest.remove_prefix(static_cast<std::size_t>(read.ptr - m_rest.data()));
        return read.ec == std::errc();
    }

private:
    std::string_view m_rest;
};

Result<Box> parseBox(std::string_view text)
{
    Box box;
    BoxReader reader(text);
    const bool isRead = text.size() <= 2 * longestPlain && reader.skip(R"({"cipher":")") && reader.bytes(box.cipher) &&
                        reader.skip(R"(","iv":")") && reader.bytes(box.iv) && reader.skip(R"(","kdf":"scrypt","n":)") &&
                        reader.number(box.cost.n) && reader.skip(R"(,"p":)") && reader.number(box.cost.p) &&
                        reader.skip(R"(,"r":)") && reader.number(box.cost.r) && reader.skip(R"(,"salt":")") &&
                        reader.bytes(box.salt) && reader.skip(R"(","tag":")") && reader.bytes(box.tag);
    // Writing it again settles the end and numbers with leading zeros: one box has one text.
    if (!isRead || render(box) != text)
        return fail(ErrorCode::Invalid, "malformed sealed box");
    if (box.salt.size() != saltSize || box.iv.size() != ivSize || box.tag.size() != tagSize)
        return fail(ErrorCode::Invalid, "sealed box with a salt, iv or tag of the wrong length");
    return box;
}

Result<void> checkCost(const ScryptCost& cost)
{
    const bool isPowerOfTwo = cost.n > 1 && (cost.n & (cost.n - 1)) == 0;
    const bool isSmall = cost.n <= mostMemory && cost.r <= 1024 && cost.p <= 1024; // so that the product fits
    if (!isPowerOfTwo || !isSmall || cost.r == 0 || cost.p == 0 || 128 * cost.n * cost.r * cost.p > mostMemory)
        return fail(ErrorCode::Invalid, "scrypt cost is malformed or above 1 GiB");
    return {};
}

Result<SecretBytes> derivedKey(const SecretBytes& passphrase, std::string_view salt, const ScryptCost& cost)
{
    CORDON_CHECK(checkCost(cost));
    SecretBytes key(keySize);
    const ByteView saltBytes = bytesOf(salt);
    const std::string_view secret = passphrase.text();
    constexpr std::uint64_t slack = 64U << 20U;
    if (EVP_PBE_scrypt(secret.data(), secret.size(), saltBytes.data(), saltBytes.size(), cost.n, cost.r, cost.p,
                       mostMemory + slack, key.data(), key.size()) != 1)
        return fail(ErrorCode::Invalid, "scrypt does not take this cost");
    return key;
}

/// Feeds the authenticated context; the context's start call came before.
bool authenticate(EVP_CIPHER_CTX* cipher, std::string_view context, bool isSealing)
{
    const ByteView bytes = bytesOf(context);
    int size = 0;
    const auto update = isSealing ? EVP_EncryptUpdate : EVP_DecryptUpdate;
    return update(cipher, nullptr, &size, bytes.data(), static_cast<int>(bytes.size())) == 1;
}

/// Processor time, so that a busy machine is not taken for a slow one.
Duration timeOfOneTry(const ScryptCost& cost)
{
    const auto spent = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    const auto before = spent();
    const auto key = derivedKey(SecretBytes::copyOf("tuning"), std::string(saltSize, 's'), cost);
    require(key.has_value(), "scrypt");
    return std::chrono::duration_cast<Duration>(spent() - before);
}

} // namespace

ScryptCost tunedCost(Duration atLeast, const std::function<Duration(const ScryptCost&)>& measure)
{
    // The time goes with the block size, and so does the memory, which costs whoever guesses more than time does.
    constexpr std::uint64_t largestBlock = 64; // 512 MiB
    ScryptCost cost;
    const std::int64_t once = std::max<std::int64_t>(measure(cost).count(), 1);
    const std::int64_t wanted = atLeast.count() + atLeast.count() / 10;
    const std::uint64_t block = (cost.r * static_cast<std::uint64_t>(wanted) + static_cast<std::uint64_t>(once) - 1) /
                                static_cast<std::uint64_t>(once);
    cost.r = std::clamp(block, cost.r, largestBlock);
    return cost;
}

ScryptCost tunedCost()
{
    static const ScryptCost tuned = tunedCost(std::chrono::milliseconds(250), timeOfOneTry);
    return tuned;
}

Result<std::string> sealUnderPassphrase(const SecretBytes& plain, const SecretBytes& passphrase,
                                        std::string_view context, const ScryptCost& cost)
{
    if (passphrase.isEmpty() || plain.size() > longestPlain || context.size() > longestPlain)
        return fail(ErrorCode::Invalid, "empty passphrase, or too much to seal");
    Box box{cost, randomBytes(saltSize), randomBytes(ivSize), std::string(plain.size(), '\0'),
            std::string(tagSize, '\0')};
    CORDON_TRY(const SecretBytes key, derivedKey(passphrase, box.salt, cost));
    const CipherHandle cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    unsigned char rest[16]; // GCM writes nothing at the end
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.view().data(), bytesOfText(box.iv)) == 1 &&
                authenticate(cipher.get(), context, true) &&
                EVP_EncryptUpdate(cipher.get(), bytesOfText(box.cipher), &size, plain.view().data(),
                                  static_cast<int>(plain.size())) == 1 &&
                EVP_EncryptFinal_ex(cipher.get(), rest, &size) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tagSize, bytesOfText(box.tag)) == 1,
            "AES-256-GCM");
    return render(box);
}

Result<SecretBytes> openWithPassphrase(std::string_view text, const SecretBytes& passphrase, std::string_view context)
{
    CORDON_TRY(Box box, parseBox(text));
    if (context.size() > longestPlain)
        return fail(ErrorCode::Invalid, "context too long");
    CORDON_TRY(const SecretBytes key, derivedKey(passphrase, box.salt, box.cost));
    const CipherHandle cipher(EVP_CIPHER_CTX_new());
    SecretBytes plain(box.cipher.size());
    int size = 0;
    unsigned char rest[16]; // GCM writes nothing at the end
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.view().data(), bytesOfText(box.iv)) == 1 &&
                authenticate(cipher.get(), context, false) &&
                EVP_DecryptUpdate(cipher.get(), plain.data(), &size, bytesOfText(box.cipher),
                                  static_cast<int>(box.cipher.size())) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tagSize, bytesOfText(box.tag)) == 1,
            "AES-256-GCM");
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &size) != 1)
        return fail(ErrorCode::Denied, "wrong passphrase or context");
    return plain;
}

} // namespace cordon::crypto
