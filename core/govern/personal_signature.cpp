#include "core/govern/personal_signature.h"

#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/govern/enrolment.h"
#include "core/govern/security_key_proof.h"

namespace cordon::govern {
namespace {

tl::unexpected<Error> refusal(const UnlockRefusal& refused)
{
    return fail(ErrorCode::Denied,
                refused.reason + (refused.detail().empty() ? std::string() : ": " + refused.detail()));
}

std::optional<std::string_view> codeOf(const PersonFactors& factors)
{
    return factors.totp.empty() ? std::nullopt : std::optional<std::string_view>(factors.totp);
}

Result<crypto::SigningKey> unlock(const PersonFactors& factors, const MachineClock& clock)
{
    auto opened = PersonVault(factors.folder, factors.person).unlock(factors.pin, codeOf(factors), clock.now());
    if (!opened)
        return refusal(opened.error());
    return std::move(opened->key);
}

} // namespace

bool takesCode(std::string_view command)
{
    return command == "resume";
}

Result<std::string> signIn(const PersonFactors& factors, const Value& wish, const MachineClock& clock)
{
    Presence presence;
    presence.person = factors.person;
    presence.caseOrigin = wish["case"].asString();
    presence.issued = clock.now();
    presence.nonce = crypto::randomHex(16);
    CORDON_TRY(presence.sessionKey, crypto::PublicKey::parse(wish["session_key"].asString()));
    CORDON_TRY(const crypto::SigningKey key, unlock(factors, clock));
    return signPresence(presence, key);
}

Result<std::string> signOrder(const PersonFactors& factors, const Value& wish, const MachineClock& clock)
{
    Command command;
    command.command = wish["command"].asString();
    command.args = wish["args"].isObject() ? wish["args"] : Value(Value::Object{});
    command.caseOrigin = wish["case"].asString();
    command.person = factors.person;
    command.issued = clock.now();
    command.nonce = crypto::randomHex(16);
    CORDON_CHECK(Command::fromValue(command.toValue()));
    if (takesCode(command.command) && factors.totp.empty())
        return fail(ErrorCode::Denied, "totp_missing");
    CORDON_TRY(const crypto::SigningKey key, unlock(factors, clock));
    return signCommand(command, key);
}

Result<std::string> countersign(const PersonFactors& factors, std::string_view block, const MachineClock& clock)
{
    CORDON_CHECK(actToSign(block));
    if (factors.totp.empty())
        return fail(ErrorCode::Denied, "totp_missing");
    CORDON_TRY(const crypto::SigningKey key, unlock(factors, clock));
    return addSignature(block, factors.person, key);
}

Result<std::string> changePin(const PersonFactors& factors, const crypto::SecretBytes& newPin,
                              const crypto::SecretBytes& newPinAgain, const std::string& installation,
                              const MachineClock& clock, const crypto::ScryptCost& cost)
{
    if (const std::string why = whyNotPin(newPin, factors.person); !why.empty())
        return fail(ErrorCode::Denied, why);
    if (!crypto::equalInConstantTime(newPin.view(), newPinAgain.view()))
        return fail(ErrorCode::Denied, "pin_differs");
    PeopleAct act;
    act.kind = PeopleAct::Kind::Pin;
    act.basis = installation;
    act.person = factors.person;
    act.issued = clock.now();
    act.nonce = crypto::randomHex(16);
    CORDON_CHECK(PeopleAct::fromValue(act.toValue()));
    const auto opened = PersonVault(factors.folder, factors.person)
                            .changePin(factors.pin, codeOf(factors), newPin, clock.now(), cost);
    if (!opened)
        return refusal(opened.error());
    return signPeopleAct(act, factors.person, opened->key);
}

Result<std::string> addSecurityKey(const PersonFactors& factors, const Value& wish,
                                   factor::Authenticator& authenticator, const crypto::SecretBytes& keyPin,
                                   const MachineClock& clock)
{
    if (factors.totp.empty())
        return fail(ErrorCode::Denied, "totp_missing");
    PeopleAct act;
    act.kind = PeopleAct::Kind::AddKey;
    act.basis = wish["basis"].asString();
    act.person = factors.person;
    act.why = wish["why"].asString();
    act.issued = clock.now();
    act.nonce = crypto::randomHex(16);
    CORDON_TRY(const crypto::SigningKey key, unlock(factors, clock));
    auto made = authenticator.enrol(factors.person, wish["name"].asString(), keyPin);
    if (!made)
        return tl::unexpected(keyRefusal(made.error()));
    act.securityKey = std::move(*made);
    CORDON_CHECK(PeopleAct::fromValue(act.toValue()));
    CORDON_CHECK(assertWithKey(authenticator, {*act.securityKey}, crypto::sha256(act.digest()), keyPin));
    return signPeopleAct(act, factors.person, key);
}

} // namespace cordon::govern
