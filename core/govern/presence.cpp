#include "core/govern/presence.h"

#include "core/govern/text_block.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

constexpr std::string_view presenceFormat = "cordon.presence.v1";
constexpr std::array<std::string_view, 19> forPresence{"sign-in",   "sign-out",    "note",        "assign",         "skip",
                                                       "ask-again", "add-sources", "follow",      "stop-following",
                                                       "exhibit-add", "evidence-hold", "merge", "split", "move", "undo-arrangement",
                                                       "close", "reopen", "inventory-import",
                                                       "indicators-import"};

} // namespace

bool isForPresence(std::string_view command)
{
    return std::find(forPresence.begin(), forPresence.end(), command) != forPresence.end();
}

Value Presence::toValue() const
{
    return Value::Object{{"v", 1},
                         {"person", person},
                         {"session_key", sessionKey.toString()},
                         {"case", caseOrigin},
                         {"issued", issued.toString()},
                         {"nonce", nonce}};
}

Result<Presence> Presence::fromValue(const Value& value)
{
    Presence presence;
    presence.person = value["person"].asString();
    presence.caseOrigin = value["case"].asString();
    presence.nonce = value["nonce"].asString();
    const auto key = crypto::PublicKey::parse(value["session_key"].asString());
    const auto issued = Timestamp::parse(value["issued"].asString());
    const bool isNonce =
        presence.nonce.size() == 32 && presence.nonce.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!key || !issued || !isNonce || !isPersonId(presence.person) || presence.caseOrigin.empty())
        return fail(ErrorCode::Invalid, "presence_unreadable: person, key, case, time or nonce");
    presence.sessionKey = *key;
    presence.issued = *issued;
    if (presence.toValue() != value)
        return fail(ErrorCode::Invalid, "presence_unreadable: members");
    return presence;
}

Result<std::string> signPresence(const Presence& presence, const crypto::SigningKey& personKey)
{
    CORDON_CHECK(Presence::fromValue(presence.toValue()));
    return makeTextBlock(presenceFormat, presence.toValue(), presence.person, personKey);
}

Result<Presence> readPresence(std::string_view block, const PeopleDirectory& people, const std::string& caseOrigin)
{
    const auto read = readTextBlock(presenceFormat, block);
    if (!read)
        return fail(ErrorCode::Invalid, "presence_unreadable: " + read.error().detail);
    CORDON_TRY(Presence presence, Presence::fromValue(read->content));
    const Person* person = people.find(presence.person);
    if (!person)
        return fail(ErrorCode::Untrusted, "person_unknown: " + presence.person);
    if (person->isRevoked)
        return fail(ErrorCode::Untrusted, "key_revoked: " + presence.person);
    if (!read->note.isSignedBy(presence.person, person->key))
        return fail(ErrorCode::Untrusted, "signature_bad: " + presence.person);
    if (presence.caseOrigin != caseOrigin)
        return fail(ErrorCode::Denied, "case_other: " + presence.caseOrigin);
    return presence;
}

} // namespace cordon::govern
