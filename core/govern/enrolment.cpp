#include "core/govern/enrolment.h"

#include "core/crypto/random.h"
#include "core/govern/person_vault.h"
#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>
#include <sys/stat.h>

namespace cordon::govern {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t shortestPin = 6;
constexpr std::size_t secretBytes = 20; // RFC 4226, section 4: 160 bits

fs::path pendingFile(const fs::path& folder, const PeopleAct& act)
{
    return folder / "pending" / (act.nonce + ".json");
}

Result<void> makeFolder(const fs::path& folder)
{
    std::error_code problem;
    const bool isNew = fs::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::Io, folder.string() + ": " + problem.message());
    if (isNew && ::chmod(folder.c_str(), 0700) != 0)
        return fail(ErrorCode::Io, folder.string() + ": its mode cannot be set");
    return {};
}

/// Every character as far from the one before: 111111, 123456, fedcba.
bool isRun(std::string_view text)
{
    for (std::size_t i = 2; i < text.size(); ++i) {
        if (text[i] - text[i - 1] != text[1] - text[0])
            return false;
    }
    return text[1] - text[0] >= -1 && text[1] - text[0] <= 1;
}

} // namespace

std::string whyNotPin(const crypto::SecretBytes& pin, const std::string& person)
{
    if (pin.size() < shortestPin)
        return "pin_short";
    const bool isName = person.find(pin.text()) != std::string::npos;
    return isName || isRun(pin.text()) ? "pin_weak" : "";
}

Value Enrolment::wishOf(PeopleAct act)
{
    act.key.reset();
    act.nonce.clear();
    return act.toValue();
}

/// Read as the act that it will be, with a key that is thrown away.
Result<PeopleAct> Enrolment::wishFrom(const Value& value)
{
    Value whole = value;
    if (!whole.isObject())
        return fail(ErrorCode::Invalid, "act_unreadable: no object");
    whole.set("key", crypto::SigningKey::generate().publicKey().toString());
    whole.set("nonce", std::string(32, '0'));
    CORDON_TRY(PeopleAct act, PeopleAct::fromValue(whole));
    if (act.kind != PeopleAct::Kind::Enrol && act.kind != PeopleAct::Kind::Rekey)
        return fail(ErrorCode::Invalid, "act_unreadable: nobody is enrolled by it");
    act.key.reset();
    return act;
}

Result<Enrolment> Enrolment::begin(fs::path folder, PeopleAct wish, const crypto::SecretBytes& pin,
                                   const crypto::SecretBytes& pinAgain, const crypto::ScryptCost& cost)
{
    if (const std::string why = whyNotPin(pin, wish.person); !why.empty())
        return fail(ErrorCode::Denied, why + ": a PIN has six characters or more and is no run or name");
    if (!crypto::equalInConstantTime(pin.view(), pinAgain.view()))
        return fail(ErrorCode::Denied, "pin_differs");
    std::string random = crypto::randomBytes(secretBytes);
    crypto::SecretBytes secret = crypto::SecretBytes::copyOf(random);
    crypto::wipe(random);
    CORDON_TRY(NewVault made, makeVault(wish.person, pin, secret, cost));
    wish.key = made.key.publicKey();
    wish.nonce = crypto::randomHex(16);
    CORDON_TRY(PeopleAct act, PeopleAct::fromValue(wish.toValue()));
    Enrolment enrolment(std::move(folder), std::move(act), std::move(secret), std::move(made.key));
    enrolment.m_vaultText = std::move(made.vaultText);
    return enrolment;
}

crypto::SecretBytes Enrolment::shownSecret() const
{
    std::string base32 = crypto::toBase32(m_secret.view());
    std::string grouped;
    grouped.reserve(base32.size() * 2); // never moved: no copy stays behind
    for (std::size_t i = 0; i < base32.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            grouped += ' ';
        grouped += base32[i];
    }
    crypto::SecretBytes shown = crypto::SecretBytes::copyOf(grouped);
    crypto::wipe(base32);
    crypto::wipe(grouped);
    return shown;
}

Result<std::string> Enrolment::finish(std::string_view code, Timestamp wall) const
{
    const std::int64_t now = wall.micros() / 30'000'000;
    std::int64_t used = -1; // what was shown here counts no second time
    for (const std::int64_t step : {now - 1, now, now + 1}) {
        if (crypto::equalInConstantTime(bytesOf(crypto::totpCode(m_secret, step)), bytesOf(code)))
            used = step;
    }
    if (used < 0)
        return fail(ErrorCode::Denied, "totp_wrong: the authenticator shows another code");
    CORDON_CHECK(makeFolder(m_folder));
    CORDON_CHECK(makeFolder(m_folder / "pending"));
    CORDON_CHECK(writeSmallFile(pendingFile(m_folder, m_act),
                                json::write(Value::Object{
                                    {"v", 1}, {"person", m_act.person}, {"vault", m_vaultText}, {"state", newFactorState(used)}})));
    return signPeopleAct(m_act, m_act.person, m_key);
}

Result<bool> activateVault(const fs::path& folder, const PeopleAct& act)
{
    if (!act.key)
        return false;
    const fs::path file = pendingFile(folder, act);
    auto text = readSmallFile(file);
    if (!text && text.error().code == ErrorCode::NotFound)
        return false;
    if (!text)
        return fail(text.error());
    CORDON_TRY(const Value value, json::parse(*text));
    if (value["v"].asInt() != 1 || value["person"].asString() != act.person)
        return fail(ErrorCode::Invalid, file.string() + ": not the vault of " + act.person);
    CORDON_TRY(const bool isPut, PersonVault(folder, act.person).put(value["vault"].asString(), value["state"].asString(), act.nonce));
    std::error_code ignored;
    fs::remove(file, ignored);
    return isPut;
}

} // namespace cordon::govern
