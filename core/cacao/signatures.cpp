#include "core/cacao/signatures.h"

#include "core/base/digest.h"
#include "core/crypto/foreign_signature.h"
#include "core/crypto/sha256.h"
#include "core/crypto/signing_key.h"
#include "core/crypto/web_token.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::cacao {
namespace {

Value without(const Value& object, std::string_view key)
{
    Value::Object members = object.asObject();
    if (const auto found = members.find(key); found != members.end())
        members.erase(found);
    return members;
}

/// Either alphabet, with or without padding, line breaks let through: PEM has them.
Result<std::string> fromAnyBase64(std::string_view text)
{
    std::string plain;
    for (const char c : text) {
        if (c != '\n' && c != '\r' && c != ' ' && c != '=')
            plain.push_back(c == '-' ? '+' : c == '_' ? '/' : c);
    }
    plain.append((4 - plain.size() % 4) % 4, '=');
    return fromBase64(plain);
}

/// What a signature is over.
Result<std::string> signedBytes(const Value& playbook, const Value& outermost, std::string_view hash)
{
    Value alone = playbook;
    alone.set("signatures", Value::Array{outermost});
    CORDON_TRY(const std::string text, json::canonicalOfOthers(alone));
    return crypto::digestByName(hash, text);
}

/// The chain of countersignatures around one signature, each in the one before: what the last one signs has all before it
/// with their values, and itself without.
Value chainUpTo(const std::vector<const Value*>& chain, std::size_t last)
{
    Value inner = without(without(*chain[last], "value"), "signature");
    for (std::size_t i = last; i-- > 0;) {
        Value outer = without(*chain[i], "signature");
        outer.set("signature", std::move(inner));
        inner = std::move(outer);
    }
    return inner;
}

struct Key
{
    std::string der;
    bool isGiven = false;
};

Result<Key> keyOf(const Value& signature, const std::string& given)
{
    if (!given.empty())
        return Key{given, true};
    if (signature.has("public_key")) {
        CORDON_TRY(std::string der, fromAnyBase64(signature["public_key"].asString()));
        return Key{std::move(der), false};
    }
    if (!signature["public_cert_chain"].asArray().empty()) {
        CORDON_TRY(const std::string certificate, fromAnyBase64(signature["public_cert_chain"].asArray().front().asString()));
        CORDON_TRY(std::string der, crypto::publicKeyOfCertificate(certificate));
        return Key{std::move(der), false};
    }
    return fail(ErrorCode::NotFound, signature.has("cert_url") ? "its key is at an address, which is not asked; give it with --key"
                                                               : "its key is named by a thumbprint only; give it with --key");
}

/// Why the signature itself says that it does not hold, or "".
std::string ownRefusal(const Value& signature, const Value& playbook, Timestamp now)
{
    if (signature["revoked"].asBool())
        return "revoked by its own word";
    if (signature["related_to"].asString() != playbook["id"].asString())
        return "it is for another playbook";
    if (signature["related_version"].asString() != playbook["modified"].asString())
        return "it is for another version of the playbook";
    const auto from = Timestamp::parse(signature["valid_from"].asString());
    const auto until = Timestamp::parse(signature["valid_until"].asString());
    if (from && now < *from)
        return "not valid before " + signature["valid_from"].asString();
    if (until && *until < now)
        return "not valid after " + signature["valid_until"].asString();
    return {};
}

void judge(SignatureFinding& finding, const Value& playbook, const std::vector<const Value*>& chain, std::size_t place,
           const std::string& given)
{
    const Value& signature = *chain[place];
    const auto refuse = [&](SignatureState state, std::string why) {
        finding.state = state;
        finding.why = std::move(why);
    };
    const auto key = keyOf(signature, given);
    if (!key)
        return refuse(key.error().code == ErrorCode::NotFound ? SignatureState::CannotTell : SignatureState::Invalid, key.error().detail);
    finding.key = "SHA256:" + toBase64(crypto::sha256(key->der).bytes);
    finding.isKeyGiven = key->isGiven;
    const auto bytes = signedBytes(playbook, chainUpTo(chain, place), signature["hash_algorithm"].asString());
    const auto value = fromAnyBase64(signature["value"].asString());
    if (!bytes || !value) {
        const Error& error = bytes ? value.error() : bytes.error();
        return refuse(error.code == ErrorCode::Unsupported ? SignatureState::CannotTell : SignatureState::Invalid, error.detail);
    }
    const auto isGood = crypto::verifiesForeign(signature["algorithm"].asString(), *bytes, *value, key->der);
    if (!isGood)
        return refuse(isGood.error().code == ErrorCode::Unsupported ? SignatureState::CannotTell : SignatureState::Invalid, isGood.error().detail);
    if (!*isGood)
        return refuse(SignatureState::Invalid, "these are not the bytes that were signed with this key");
    finding.state = SignatureState::Valid;
}

} // namespace

std::string_view toString(SignatureState state)
{
    return state == SignatureState::Valid ? "valid" : state == SignatureState::Invalid ? "invalid" : "cannot_tell";
}

std::vector<SignatureFinding> checkSignatures(const Value& playbook, Timestamp now, const std::string& givenKey)
{
    constexpr std::size_t mostInChain = 8;
    std::vector<SignatureFinding> findings;
    const Value::Array& all = playbook["signatures"].asArray();
    for (std::size_t i = 0; i < all.size() && i < 64; ++i) {
        std::vector<const Value*> chain;
        std::string pointer = "/signatures/" + std::to_string(i);
        for (const Value* one = &all[i]; one->isObject() && chain.size() < mostInChain; one = &(*one)["signature"]) {
            chain.push_back(one);
            SignatureFinding finding;
            finding.pointer = pointer;
            finding.id = (*one)["id"].asString();
            finding.signee = (*one)["signee"].asString();
            finding.algorithm = (*one)["algorithm"].asString();
            if (std::string why = ownRefusal(*one, playbook, now); !why.empty()) {
                finding.state = SignatureState::Invalid;
                finding.why = std::move(why);
            } else {
                judge(finding, playbook, chain, chain.size() - 1, givenKey);
            }
            findings.push_back(std::move(finding));
            pointer += "/signature";
        }
    }
    return findings;
}

Result<Value> sign(const Value& playbook, const crypto::SigningKey& key, const SignatureWish& wish)
{
    static constexpr char head[] = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21"; // SubjectPublicKeyInfo of Ed25519 (RFC 8410), then a zero
    std::string der(head, sizeof head);
    der.append(reinterpret_cast<const char*>(key.publicKey().bytes.data()), key.publicKey().bytes.size());
    std::string time = wish.now.toString(); // microseconds; CACAO wants three decimals
    time = time.substr(0, 19) + "." + (time.size() > 23 ? time.substr(20, 3) : "000") + "Z";
    Value signature = Value::Object{{"type", "jss"},
                                    {"id", wish.id},
                                    {"created", time},
                                    {"modified", time},
                                    {"signee", wish.signee},
                                    {"related_to", playbook["id"]},
                                    {"related_version", playbook["modified"]},
                                    {"hash_algorithm", "sha-256"},
                                    {"algorithm", "Ed25519"},
                                    {"public_key", toBase64(bytesOf(der))}};
    CORDON_TRY(const std::string bytes, signedBytes(playbook, signature, "sha-256"));
    const crypto::Signature value = key.sign(bytes);
    signature.set("value", crypto::toUrlBase64({reinterpret_cast<const char*>(value.data()), value.size()}));
    Value::Array all = playbook["signatures"].asArray();
    all.push_back(std::move(signature));
    Value out = playbook;
    out.set("signatures", std::move(all));
    return out;
}

} // namespace cordon::cacao
