#include "core/record/people_in_force.h"

#include "core/base/exact_time.h"
#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/record/signed_order.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

namespace cordon::record {
namespace {

/// Between what the signer's clock says and when the holder took it.
constexpr Duration freshness = std::chrono::minutes(10);

std::set<std::string> rolesOf(const Value& person)
{
    std::set<std::string> roles;
    for (const Value& role : person["roles"].asArray())
        roles.insert(role.asString());
    return roles;
}

/// The order to join that an entry carries is that person's own. Source: docs/formats/people.md, "In a case"
bool isJoinSignedBy(const LedgerEntry& entry, const crypto::PublicKey& key, const PeopleInForce& people)
{
    const auto note = crypto::SignedNote::parse(entry.data["block"].asString());
    if (!note || !note->text.starts_with("cordon.command.v1\n") || !isSignedOnce(*note, entry.actor.id, key))
        return false;
    const Value order = blockContent(*note);
    const auto issued = exactTime(order["issued"].asString());
    return order["command"].asString() == "join" && order["person"].asString() == entry.actor.id &&
           order["nonce"].asString() == entry.data["nonce"].asString() && order["case"].asString() == people.origin() && issued &&
           people.isFresh(*issued, order["args"], entry.ts);
}

std::string digestOf(const Value& mandate)
{
    const auto bytes = json::canonical(mandate);
    return bytes ? crypto::sha256("cordon.mandate.v1\n" + *bytes).hex() : std::string();
}

/// The mandate's text says what the entry says of it.
std::string whyNotWhole(const Value& data)
{
    const auto mandate = yaml::parse(data["text"].asString());
    if (!mandate || digestOf(*mandate) != data["digest"].asString())
        return "a mandate that is not the one whose digest the entry gives";
    if (data.has("content") && data["content"] != *mandate)
        return "a mandate that says one thing as text and another as content";
    const Value& owner = (*mandate)["owner"];
    const bool isSame = (*mandate)["id"] == data["id"] && (*mandate)["revision"] == data["revision"] &&
                        (*mandate)["agent"]["id"] == data["agent"] && (*mandate)["agent"]["key"] == data["agent_key"] &&
                        owner["accountable"] == data["accountable"] && owner["deputy"] == data["deputy"];
    return isSame ? "" : "a mandate other than the entry says of it";
}

} // namespace

std::string PeopleInForce::add(const LedgerEntry& entry)
{
    if (!entry.type.starts_with("ledger.")) // these say nothing of people
        m_latest = std::max(m_latest, entry.ts);
    if (entry.type == "ledger.genesis") {
        m_origin = entry.data["origin"].asString();
        m_isExercise = entry.data["exercise"].asBool();
        m_isFromHere = m_known && entry.data["public_key"].asString() == m_known->root.toString();
    } else if (entry.type == "mandate.in_force") {
        return takeMandate(entry);
    } else if (entry.type == "person.joined") {
        return join(entry);
    } else if (entry.type == "person.left") {
        const std::string& person = entry.data["person"].asString();
        if (m_joined.erase(person) == 0)
            return "somebody left who had not joined: " + person;
        m_people.erase(person);
    }
    return {};
}

/// The first mandate of an exercise is the one that it was made with; the ledger is its witness. Any other comes in under its
/// owners' signatures, with a higher revision, and changes neither agent nor people.
std::string PeopleInForce::takeMandate(const LedgerEntry& entry)
{
    const Value& data = entry.data;
    const bool isFirst = m_first.isNull();
    std::string wrong = isFirst ? std::string() : whyNotSuccessor(data);
    if (wrong.empty() && !(isFirst && m_isExercise))
        wrong = whyNotSigned(entry);
    else if (wrong.empty() && data.has("content"))
        wrong = whyNotWhole(data);
    if (wrong.empty() && isFirst && m_isExercise)
        wrong = takePeople(data);
    if (!wrong.empty())
        return wrong;
    if (isFirst)
        m_first = data;
    m_revision = data["revision"].asInt();
    m_accountable.insert_or_assign(data["digest"].asString(), data["accountable"].asString());
    m_newest.insert_or_assign(data["id"].asString(), std::pair(m_revision, data["digest"].asString()));
    if (const auto key = crypto::PublicKey::parse(data["agent_key"].asString()))
        m_agentKey = *key;
    return {};
}

/// In a real case its owners' signatures say which mandate and agent may take over; the same one stands again where people change.
std::string PeopleInForce::whyNotSuccessor(const Value& data) const
{
    const std::string lower = "a mandate whose revision is not above the one that was in force";
    if (!m_isExercise) {
        const auto known = m_newest.find(data["id"].asString());
        const bool isAgain = known != m_newest.end() && data["revision"].asInt() == known->second.first &&
                             data["digest"].asString() == known->second.second;
        return known == m_newest.end() || isAgain || data["revision"].asInt() > known->second.first ? "" : lower;
    }
    if (data["revision"].asInt() <= m_revision)
        return lower;
    if (data["agent"] != m_first["agent"] || data["agent_key"] != m_first["agent_key"])
        return "a mandate of another agent";
    return data["people"] != m_first["people"] ? "a mandate that comes with other people or keys" : "";
}

/// As many different owners as it asks for signed it, each with the key that was theirs.
std::string PeopleInForce::whyNotSigned(const LedgerEntry& entry)
{
    const Value& data = entry.data;
    if (std::string wrong = whyNotWhole(data); !wrong.empty())
        return wrong;
    const auto note = crypto::SignedNote::parse(data["note"].asString());
    if (!note || note->text != "cordon.mandate.v1\n" + data["id"].asString() + "\nrevision " +
                                   std::to_string(data["revision"].asInt()) + '\n' + data["digest"].asString() + '\n')
        return "a mandate without its owners' signatures";
    if (!m_isFromHere) { // who was an owner, the installation knows alone that began the case
        ++m_unknown;
        return {};
    }
    const auto parsed = yaml::parse(data["text"].asString());
    const std::int64_t needed = std::max<std::int64_t>(1, (*parsed)["owner"]["signatures_to_load"].asInt());
    std::set<std::string> names;
    std::set<std::string> keys;
    for (const crypto::NoteSignature& line : note->signatures) {
        if (!m_known->keysOf || line.name == data["agent"].asString() || !m_known->hasRole(line.name, "owner", m_latest))
            continue;
        for (const crypto::PublicKey& key : m_known->keysOf(line.name, m_latest)) {
            const bool isAgents = key.toString() == data["agent_key"].asString();
            if (!isAgents && note->isSignedBy(line.name, key) && !names.contains(line.name) && keys.insert(key.toString()).second)
                names.insert(line.name);
        }
    }
    if (static_cast<std::int64_t>(names.size()) < needed)
        return "a mandate that " + std::to_string(names.size()) + " of " + std::to_string(needed) + " owners signed";
    m_signatures += static_cast<int>(names.size());
    return {};
}

std::string PeopleInForce::takePeople(const Value& data)
{
    std::map<std::string, Person> people = m_joined;
    for (const Value& person : data["people"]["people"].asArray()) {
        const auto key = crypto::PublicKey::parse(person["key"].asString());
        if (!key)
            return "a person's key cannot be read";
        if (!person["revoked"].asBool())
            people.insert_or_assign(person["id"].asString(), Person{*key, rolesOf(person)});
    }
    m_people = std::move(people);
    return {};
}

/// Somebody of the installation comes into an exercise; from here on they are one of its people.
std::string PeopleInForce::join(const LedgerEntry& entry)
{
    const auto key = crypto::PublicKey::parse(entry.data["key"].asString());
    if (!key)
        return "a person's key cannot be read";
    ++m_signatures;
    if (std::string wrong = whyNotJoined(entry, *key); !wrong.empty())
        return wrong;
    const Person person{*key, rolesOf(entry.data), m_isFromHere};
    m_unknown += m_isFromHere ? 0 : 1;
    if (!m_people.emplace(entry.actor.id, person).second)
        return "somebody joined who was among the people already: " + entry.actor.id;
    m_joined.insert_or_assign(entry.actor.id, person);
    return {};
}

/// By their own signature, for this case and now, as who the installation knows that began it: a key alone is nobody.
std::string PeopleInForce::whyNotJoined(const LedgerEntry& entry, const crypto::PublicKey& key)
{
    const std::string& person = entry.actor.id;
    if (entry.actor.kind != Actor::Kind::Person || !isJoinSignedBy(entry, key, *this))
        return "somebody joined without their own signature: " + person;
    if (!m_nonces.insert(entry.data["nonce"].asString()).second)
        return "an order to join that was used before: " + person;
    if (!m_isFromHere)
        return {};
    if (!m_known->isTheirs || !m_known->isTheirs(person, key, m_latest))
        return "somebody joined whom the installation does not know by that key: " + person;
    for (const std::string& role : rolesOf(entry.data)) {
        if (!m_known->hasRole(person, role, m_latest))
            return "somebody joined with a role that they had not: " + person;
    }
    return {};
}

Result<PeopleInForce::Person> PeopleInForce::find(const std::string& person, const Value& named, Timestamp told) const
{
    const Timestamp at = std::max(told, m_latest);
    if (m_isExercise) {
        const auto known = m_people.find(person);
        return known != m_people.end()
                   ? Result<Person>(known->second)
                   : Result<Person>(fail(ErrorCode::Untrusted, "somebody who is not among the people: " + person));
    }
    const auto key = crypto::PublicKey::parse(named.asString());
    if (!key)
        return fail(ErrorCode::Invalid, "somebody whose key is not named: " + person);
    if (!m_isFromHere || !m_known->keysOf)
        return Person{*key, {}, false};
    if (!m_known->isTheirs(person, *key, at))
        return fail(ErrorCode::Untrusted, "a key that was not that person's at the time: " + person);
    Person found{*key, {}};
    for (const char* role : {"analyst", "commander", "owner", "reviewer"}) {
        if (m_known->hasRole(person, role, at))
            found.roles.insert(role);
    }
    return found;
}

std::string PeopleInForce::accountableUnder(const std::string& mandate) const
{
    const auto known = m_accountable.find(mandate);
    return known == m_accountable.end() ? std::string() : known->second;
}

bool PeopleInForce::isFresh(Timestamp issued, const Value& args, Timestamp at) const
{
    return issued >= at - freshness && issued <= at + freshness &&
           (issued >= m_latest - freshness || args["clock"].asString() == m_latest.toString());
}

void PeopleInForce::trust(const LedgerEntry& entry)
{
    if (entry.data["clock"].asString() == m_latest.toString())
        m_latest = entry.ts;
}

bool PeopleInForce::isKnown(const std::string& person, Timestamp told) const
{
    const Timestamp at = std::max(told, m_latest);
    if (m_isExercise)
        return m_people.contains(person);
    return m_isFromHere && m_known->keysOf && !m_known->keysOf(person, at).empty();
}

} // namespace cordon::record
