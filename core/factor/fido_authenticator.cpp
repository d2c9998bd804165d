#include "core/factor/fido_authenticator.h"

#include "core/crypto/random.h"
#include "core/factor/fido.h"

namespace cordon::factor {
namespace {

constexpr std::size_t mostDevices = 8;
constexpr int touchMillis = 60'000;

/// An open device, closed at the end.
class Device
{
public:
    Device() = default;
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device()
    {
        if (m_device)
            fido_dev_close(m_device);
        fido_dev_free(&m_device);
    }

    Result<void> open()
    {
        fido_init(0);
        fido_dev_info_t* found = fido_dev_info_new(mostDevices);
        std::size_t count = 0;
        const int listed = found ? fido_dev_info_manifest(found, mostDevices, &count) : FIDO_ERR_INTERNAL;
        const char* path = count == 1 ? fido_dev_info_path(fido_dev_info_ptr(found, 0)) : nullptr;
        const std::string place = path ? path : "";
        fido_dev_info_free(&found, mostDevices);
        if (listed != FIDO_OK)
            return fail(ErrorCode::Io, std::string("security keys cannot be listed: ") + fido_strerr(listed));
        if (count != 1)
            return fail(ErrorCode::NotFound, count == 0 ? "no security key is plugged in"
                                                        : "several security keys are plugged in: leave one");
        m_device = fido_dev_new();
        if (!m_device || fido_dev_open(m_device, place.c_str()) != FIDO_OK)
            return fail(ErrorCode::Io, "the security key cannot be opened");
        if (!fido_dev_is_fido2(m_device) || (!fido_dev_has_pin(m_device) && !fido_dev_has_uv(m_device)))
            return fail(ErrorCode::Unsupported, "this security key has no PIN and verifies nobody: set one first");
        fido_dev_set_timeout(m_device, touchMillis);
        return {};
    }
    [[nodiscard]] fido_dev_t* get() const { return m_device; }

private:
    fido_dev_t* m_device = nullptr;
};

Result<void> done(int answer)
{
    switch (answer) {
    case FIDO_OK:
        return {};
    case FIDO_ERR_PIN_INVALID:
    case FIDO_ERR_PIN_REQUIRED:
    case FIDO_ERR_PIN_AUTH_INVALID:
    case FIDO_ERR_UV_INVALID:
        return fail(ErrorCode::Denied, "the security key refused its PIN or finger");
    case FIDO_ERR_PIN_BLOCKED:
    case FIDO_ERR_PIN_AUTH_BLOCKED:
    case FIDO_ERR_UV_BLOCKED:
        return fail(ErrorCode::Denied, "the security key is blocked after too many tries");
    case FIDO_ERR_NO_CREDENTIALS:
        return fail(ErrorCode::NotFound, "this security key is not one of yours");
    default:
        return fail(ErrorCode::Io, std::string("security key: ") + fido_strerr(answer));
    }
}

/// libfido2 wants a C string, or nothing for a key that verifies its user by itself.
const char* pinText(const crypto::SecretBytes& pin, std::string& copy)
{
    copy = pin.text();
    return copy.empty() ? nullptr : copy.c_str();
}

std::string copied(const unsigned char* bytes, std::size_t size)
{
    return bytes ? std::string(reinterpret_cast<const char*>(bytes), size) : std::string();
}

/// What came with the new credential has to hold; a key may also send nothing, and then signs once more for its person
/// before anybody takes it in (`govern::addSecurityKey`).
Result<SecurityKey::Attestation> attestationOf(const fido_cred_t* credential)
{
    if (fido_cred_sig_len(credential) == 0)
        return SecurityKey::Attestation::None;
    const bool isSelf = fido_cred_x5c_ptr(credential) == nullptr;
    CORDON_CHECK(done(isSelf ? fido_cred_verify_self(credential) : fido_cred_verify(credential)));
    return isSelf ? SecurityKey::Attestation::Self : SecurityKey::Attestation::Maker;
}

} // namespace

Result<SecurityKey> FidoAuthenticator::enrol(const std::string& person, const std::string& name,
                                             const crypto::SecretBytes& keyPin)
{
    Device device;
    CORDON_CHECK(device.open());
    const std::string challenge = crypto::randomBytes(32);
    const std::string user = crypto::randomBytes(32);
    const CredHandle credential(fido_cred_new());
    const bool isTaken =
        credential && fido_cred_set_type(credential.get(), COSE_ES256) == FIDO_OK &&
        fido_cred_set_rp(credential.get(), keyParty, "Cordon approvals") == FIDO_OK &&
        fido_cred_set_clientdata_hash(credential.get(), raw(challenge), challenge.size()) == FIDO_OK &&
        fido_cred_set_user(credential.get(), raw(user), user.size(), person.c_str(), name.c_str(), nullptr) == FIDO_OK;
    if (!isTaken)
        return fail(ErrorCode::Invalid, "security key: this name cannot be enrolled");
    if (fido_dev_has_uv(device.get()) && keyPin.isEmpty())
        fido_cred_set_uv(credential.get(), FIDO_OPT_TRUE);
    std::string pin;
    const int made = fido_dev_make_cred(device.get(), credential.get(), pinText(keyPin, pin));
    crypto::wipe(pin);
    CORDON_CHECK(done(made));
    SecurityKey key;
    key.name = name;
    CORDON_TRY(key.attestation, attestationOf(credential.get()));
    key.credential = copied(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()));
    key.publicKey = copied(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()));
    return SecurityKey::fromValue(key.toValue());
}

Result<KeyAssertion> FidoAuthenticator::assertOver(const Digest& digest, const std::vector<SecurityKey>& keys,
                                                   const crypto::SecretBytes& keyPin)
{
    Device device;
    CORDON_CHECK(device.open());
    const AssertHandle assertion(fido_assert_new());
    bool isTaken =
        assertion && fido_assert_set_rp(assertion.get(), keyParty) == FIDO_OK &&
        fido_assert_set_clientdata_hash(assertion.get(), digest.bytes.data(), digest.bytes.size()) == FIDO_OK &&
        fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK;
    for (const SecurityKey& key : keys)
        isTaken = isTaken && fido_assert_allow_cred(assertion.get(), raw(key.credential), key.credential.size()) == FIDO_OK;
    if (!isTaken || keys.empty())
        return fail(ErrorCode::NotFound, "no security key is enrolled for this person");
    if (keyPin.isEmpty())
        fido_assert_set_uv(assertion.get(), FIDO_OPT_TRUE);
    std::string pin;
    const int given = fido_dev_get_assert(device.get(), assertion.get(), pinText(keyPin, pin));
    crypto::wipe(pin);
    CORDON_CHECK(done(given));
    KeyAssertion answer;
    answer.credential = keys.size() == 1 ? keys.front().credential
                                         : copied(fido_assert_id_ptr(assertion.get(), 0), fido_assert_id_len(assertion.get(), 0));
    // libfido2 keeps the authenticator's data as CBOR: a byte string, whose head is taken off here.
    std::string cbor = copied(fido_assert_authdata_ptr(assertion.get(), 0), fido_assert_authdata_len(assertion.get(), 0));
    const std::size_t head = cbor.size() > 2 && static_cast<unsigned char>(cbor[0]) == 0x58 ? 2
                             : cbor.size() > 3 && static_cast<unsigned char>(cbor[0]) == 0x59 ? 3
                             : cbor.size() > 1 && (static_cast<unsigned char>(cbor[0]) & 0xE0U) == 0x40U ? 1 : 0;
    answer.authData = cbor.substr(head);
    answer.signature = copied(fido_assert_sig_ptr(assertion.get(), 0), fido_assert_sig_len(assertion.get(), 0));
    return answer;
}

} // namespace cordon::factor
