#pragma once

#include "core/govern/people.h"
#include "core/govern/text_block.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::govern {

/// What is to change among the people of an installation; it counts once enough of them signed it.
/// Source: docs/formats/people.md, "Acts"
struct PeopleAct
{
    enum class Kind {
        Enrol,     ///< a new person with a key of their own
        Rekey,     ///< a new key and factors for a person who lost theirs
        Roles,     ///< other roles
        Train,     ///< trained until another day
        Retire,    ///< the key counts no more
        Free,      ///< tries and lock of a person on this machine are cleared
        Pin,       ///< the person changed the PIN on this machine
        AddKey,    ///< one security key more
        RemoveKey, ///< a security key that is lost or out of use, for good
    };

    Kind kind = Kind::Enrol;
    /// Digest of the act before it, so that each has one place; "" for the first. Of the first act for Free and Pin,
    /// which stay on their machine.
    std::string basis;
    std::string person;                     ///< whom it is about, user:…
    std::string name;                       ///< Enrol
    std::vector<std::string> roles;         ///< Enrol, Roles
    std::optional<crypto::PublicKey> key;   ///< Enrol, Rekey
    std::optional<Timestamp> trainedUntil;  ///< Enrol, Train
    std::optional<SecurityKey> securityKey; ///< AddKey
    std::string credential;                 ///< RemoveKey: raw id
    std::string why;                        ///< at most 500 bytes
    Timestamp issued;                       ///< machine clock of whoever drew it up
    std::string nonce;                      ///< 32 hex digits

    [[nodiscard]] Value toValue() const;
    /// ErrorCode::Invalid with "act_unreadable" first in the detail for anything that is not exactly an act.
    [[nodiscard]] static Result<PeopleAct> fromValue(const Value& value);
    /// SHA-256 of its canonical form, hex: the `basis` of the next act.
    [[nodiscard]] std::string digest() const;
    /// True for acts that change who is known, and so travel to other machines of the installation.
    [[nodiscard]] bool isShared() const { return kind != Kind::Free && kind != Kind::Pin; }
    /// English lines for whoever is to sign, escaped: label, text.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> lines() const;
};
[[nodiscard]] std::string_view toString(PeopleAct::Kind kind); ///< "enrol", "rekey"…

/// An act with the signatures that it has so far.
struct SignedPeopleAct
{
    PeopleAct act;
    TextBlock block;

    [[nodiscard]] bool isSignedBy(const std::string& person, const crypto::PublicKey& key) const
    {
        return block.note.isSignedBy(person, key);
    }
};

/// The act as a text block with its first signature.
[[nodiscard]] Result<std::string> signPeopleAct(const PeopleAct& act, const std::string& signer,
                                                const crypto::SigningKey& key);
/// What somebody is to sign: the act in a block, or in a draft without signatures, which is its JSON.
[[nodiscard]] Result<PeopleAct> actToSign(std::string_view text);
/// The block, or the draft, with one signature more.
[[nodiscard]] Result<std::string> addSignature(std::string_view text, const std::string& signer,
                                               const crypto::SigningKey& key);
/// Whose signatures hold is for the roll to say.
[[nodiscard]] Result<SignedPeopleAct> readPeopleAct(std::string_view block);

} // namespace cordon::govern
