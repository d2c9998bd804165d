#include "core/govern/people_act.h"

#include "core/base/digest.h"
#include "core/crypto/sha256.h"
#include "core/factor/authenticator.h"
#include "core/govern/approval_render.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

using Kind = PeopleAct::Kind;

constexpr std::string_view actFormat = "cordon.people-act.v1";
constexpr std::array<std::pair<Kind, std::string_view>, 9> kindNames{{{Kind::Enrol, "enrol"},
                                                                      {Kind::Rekey, "rekey"},
                                                                      {Kind::Roles, "roles"},
                                                                      {Kind::Train, "train"},
                                                                      {Kind::Retire, "retire"},
                                                                      {Kind::Free, "free"},
                                                                      {Kind::Pin, "pin"},
                                                                      {Kind::AddKey, "add-key"},
                                                                      {Kind::RemoveKey, "remove-key"}}};
constexpr std::size_t mostName = 80;
constexpr std::size_t mostWhy = 500;

tl::unexpected<Error> unreadable(const std::string& what)
{
    return fail(ErrorCode::Invalid, "act_unreadable: " + what);
}

bool isHex(const std::string& text, std::size_t size)
{
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Text that shows as what it is.
bool isPlain(const std::string& text, std::size_t most)
{
    return text.size() <= most && text == escapedForPeople(text, most);
}

Result<void> check(const PeopleAct& act)
{
    const bool isNew = act.kind == Kind::Enrol;
    const bool hasKey = isNew || act.kind == Kind::Rekey;
    if (!isPersonId(act.person) || !isHex(act.nonce, 32) || !(act.basis.empty() || isHex(act.basis, 64)))
        return unreadable("person, nonce or basis");
    if (!isPlain(act.why, mostWhy) || !isPlain(act.name, mostName) || act.name.empty() == isNew)
        return unreadable("name or reason");
    if (hasKey != act.key.has_value() || act.roles.empty() == (isNew || act.kind == Kind::Roles))
        return unreadable("key or roles");
    if ((act.kind == Kind::AddKey) != act.securityKey.has_value() ||
        (act.kind == Kind::RemoveKey) == act.credential.empty())
        return unreadable("security key");
    if (act.securityKey && (act.securityKey->name.empty() || !isPlain(act.securityKey->name, mostName)))
        return unreadable("name of the security key");
    if ((act.kind == Kind::Train && !act.trainedUntil) || (act.trainedUntil && !isNew && act.kind != Kind::Train))
        return unreadable("training");
    return {};
}

/// What tells two security keys apart before the eyes of a person.
std::string fingerprintOf(const std::string& credential)
{
    return "SHA256:" + crypto::sha256(credential).hex().substr(0, 16);
}

std::string_view attestedBy(SecurityKey::Attestation attestation)
{
    switch (attestation) {
    case SecurityKey::Attestation::None: return ", vouched for by nobody";
    case SecurityKey::Attestation::Self: return ", vouched for by itself";
    case SecurityKey::Attestation::Maker: break;
    }
    return ", with a certificate of its maker that nobody checked";
}

} // namespace

std::string_view toString(PeopleAct::Kind kind)
{
    return std::find_if(kindNames.begin(), kindNames.end(), [kind](const auto& row) { return row.first == kind; })
        ->second;
}

Value PeopleAct::toValue() const
{
    Value::Array roleList;
    for (const std::string& role : roles)
        roleList.emplace_back(role);
    Value value = Value::Object{{"v", 1},
                         {"act", toString(kind)},
                         {"basis", basis},
                         {"person", person},
                         {"name", name},
                         {"roles", std::move(roleList)},
                         {"key", key ? Value(key->toString()) : Value()},
                         {"trained_until", trainedUntil ? Value(trainedUntil->toString()) : Value()},
                         {"why", why},
                         {"issued", issued.toString()},
                         {"nonce", nonce}};
    if (securityKey) {
        Value token = securityKey->toValue();
        token.set("rp", factor::keyParty);
        value.set("security_key", std::move(token));
    }
    if (!credential.empty())
        value.set("credential", toBase64(bytesOf(credential)));
    return value;
}

Result<PeopleAct> PeopleAct::fromValue(const Value& value)
{
    PeopleAct act;
    const std::string& kindName = value["act"].asString();
    const auto kind =
        std::find_if(kindNames.begin(), kindNames.end(), [&](const auto& row) { return row.second == kindName; });
    if (value["v"].asInt() != 1 || kind == kindNames.end())
        return unreadable("not a version 1 act");
    act.kind = kind->first;
    act.basis = value["basis"].asString();
    act.person = value["person"].asString();
    act.name = value["name"].asString();
    for (const Value& role : value["roles"].asArray()) {
        const std::string& text = role.asString();
        if (!isKnownRole(text) || std::find(act.roles.begin(), act.roles.end(), text) != act.roles.end())
            return unreadable("role '" + escapedForPeople(text, 40) + "'");
        act.roles.push_back(text);
    }
    if (value["key"].isString()) {
        const auto key = crypto::PublicKey::parse(value["key"].asString());
        if (!key)
            return unreadable(key.error().detail);
        act.key = *key;
    }
    if (value["trained_until"].isString()) {
        const auto until = Timestamp::parse(value["trained_until"].asString());
        if (!until)
            return unreadable("training");
        act.trainedUntil = *until;
    }
    if (value.has("security_key")) {
        auto token = SecurityKey::fromValue(value["security_key"]);
        if (!token)
            return unreadable(token.error().detail);
        act.securityKey = std::move(*token);
    }
    if (value.has("credential"))
        act.credential = fromBase64(value["credential"].asString()).value_or(std::string());
    act.why = value["why"].asString();
    const auto issued = Timestamp::parse(value["issued"].asString());
    if (!issued)
        return unreadable("time");
    act.issued = *issued;
    act.nonce = value["nonce"].asString();
    CORDON_CHECK(check(act));
    if (act.toValue() != value) // nothing beside it, nothing in another type
        return unreadable("members");
    return act;
}

std::string PeopleAct::digest() const
{
    const auto bytes = json::canonical(toValue());
    return crypto::sha256(std::string(actFormat) + "\n" + bytes.value_or("")).hex();
}

std::vector<std::pair<std::string, std::string>> PeopleAct::lines() const
{
    std::vector<std::pair<std::string, std::string>> shown;
    switch (kind) {
    case Kind::Enrol: shown.emplace_back("Enrol", person + " (" + name + ")"); break;
    case Kind::Rekey: shown.emplace_back("Give a new key and new factors to", person); break;
    case Kind::Roles: shown.emplace_back("Change the roles of", person); break;
    case Kind::Train: shown.emplace_back("Record the training of", person); break;
    case Kind::Retire: shown.emplace_back("Retire for good", person); break;
    case Kind::Free: shown.emplace_back("Let try again after too many wrong tries", person); break;
    case Kind::Pin: shown.emplace_back("Record the new PIN of", person); break;
    case Kind::AddKey: shown.emplace_back("Take in a security key of", person); break;
    case Kind::RemoveKey: shown.emplace_back("Take a security key away from", person); break;
    }
    std::string roleText;
    for (const std::string& role : roles)
        roleText += (roleText.empty() ? "" : ", ") + role;
    if (!roleText.empty())
        shown.emplace_back("Roles", roleText);
    if (key)
        shown.emplace_back("Key, compare it with the person", key->fingerprint());
    if (securityKey)
        shown.emplace_back("Security key", securityKey->name + ", " + fingerprintOf(securityKey->credential) +
                                               std::string(attestedBy(securityKey->attestation)));
    if (!credential.empty())
        shown.emplace_back("Security key", fingerprintOf(credential));
    if (trainedUntil)
        shown.emplace_back("Trained until", trainedUntil->toString());
    if (!why.empty())
        shown.emplace_back("Why", why);
    shown.emplace_back("Drawn up", issued.toString());
    return shown;
}

Result<std::string> signPeopleAct(const PeopleAct& act, const std::string& signer, const crypto::SigningKey& key)
{
    CORDON_CHECK(PeopleAct::fromValue(act.toValue()));
    return makeTextBlock(actFormat, act.toValue(), signer, key);
}

Result<PeopleAct> actToSign(std::string_view text)
{
    if (text.starts_with('{')) {
        CORDON_TRY(const Value draft, json::parse(text, {.depth = 8, .bytes = 16U << 10U}));
        return PeopleAct::fromValue(draft);
    }
    CORDON_TRY(SignedPeopleAct read, readPeopleAct(text));
    return std::move(read.act);
}

Result<std::string> addSignature(std::string_view text, const std::string& signer, const crypto::SigningKey& key)
{
    if (text.starts_with('{')) {
        CORDON_TRY(const PeopleAct act, actToSign(text));
        return signPeopleAct(act, signer, key);
    }
    CORDON_TRY(SignedPeopleAct read, readPeopleAct(text));
    if (!read.isSignedBy(signer, key.publicKey()))
        read.block.note.sign(signer, key);
    return read.block.note.toString();
}

Result<SignedPeopleAct> readPeopleAct(std::string_view block)
{
    auto read = readTextBlock(actFormat, block);
    if (!read)
        return unreadable(read.error().detail);
    CORDON_TRY(PeopleAct act, PeopleAct::fromValue(read->content));
    return SignedPeopleAct{std::move(act), std::move(*read)};
}

} // namespace cordon::govern
