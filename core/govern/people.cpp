#include "core/govern/people.h"

#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

constexpr std::array<std::string_view, 4> knownRoles{"analyst", "commander", "owner", "reviewer"};

Result<void> checkPerson(const Person& person)
{
    if (!isPersonId(person.id))
        return fail(ErrorCode::Invalid, "people: '" + person.id.substr(0, 80) + "' is no person id");
    for (const std::string& role : person.roles) {
        if (!isKnownRole(role))
            return fail(ErrorCode::Invalid, "people: " + person.id + ": unknown role '" + role + "'");
    }
    return {};
}

Result<Person> personFrom(const Value& value)
{
    Person person;
    person.id = value["id"].asString();
    person.name = value["name"].asString();
    for (const Value& role : value["roles"].asArray())
        person.roles.push_back(role.asString());
    auto key = crypto::PublicKey::parse(value["key"].asString());
    if (!key)
        return fail(ErrorCode::Invalid, "people: " + person.id + ": " + key.error().detail);
    person.key = *key;
    if (value["trained_until"].isString()) {
        CORDON_TRY(person.trainedUntil, Timestamp::parse(value["trained_until"].asString()));
    }
    person.isRevoked = value["revoked"].asBool();
    for (const Value& item : value["security_keys"].asArray()) {
        CORDON_TRY(SecurityKey token, SecurityKey::fromValue(item));
        person.securityKeys.push_back(std::move(token));
    }
    return person;
}

Value personToValue(const Person& person)
{
    Value::Array roles;
    for (const std::string& role : person.roles)
        roles.emplace_back(role);
    Value value = Value::Object{{"id", person.id},
                         {"name", person.name},
                         {"roles", std::move(roles)},
                         {"key", person.key.toString()},
                         {"trained_until", person.trainedUntil ? Value(person.trainedUntil->toString()) : Value()},
                         {"revoked", person.isRevoked}};
    Value::Array keys;
    for (const SecurityKey& key : person.securityKeys)
        keys.push_back(key.toValue());
    if (!keys.empty())
        value.set("security_keys", std::move(keys));
    return value;
}

constexpr std::size_t mostKeys = 8;

/// Whose credential or public key that already is, or null.
const Person* holderOf(const std::vector<Person>& people, const SecurityKey& key)
{
    for (const Person& person : people) {
        for (const SecurityKey& known : person.securityKeys) {
            if (known.credential == key.credential || known.publicKey == key.publicKey)
                return &person;
        }
    }
    return nullptr;
}

} // namespace

bool isPersonId(std::string_view id)
{
    if (id.substr(0, 5) != "user:")
        return false;
    const std::string_view name = id.substr(5);
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 63 && isLetter(name.front()) && name.find("..") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), [&](char c) { return isLetter(c) || c == '.' || c == '-'; });
}

const SecurityKey* Person::securityKey(std::string_view credential) const
{
    const auto found = std::find_if(securityKeys.begin(), securityKeys.end(),
                                    [&](const SecurityKey& token) { return token.credential == credential; });
    return found == securityKeys.end() ? nullptr : &*found;
}

bool isKnownRole(std::string_view role)
{
    return std::find(knownRoles.begin(), knownRoles.end(), role) != knownRoles.end();
}

bool Person::hasRole(std::string_view role) const
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Result<PeopleDirectory> PeopleDirectory::load(const std::filesystem::path& folder)
{
    CORDON_TRY(const std::string text, readSmallFile(folder / "people.json"));
    CORDON_TRY(const Value value, json::parse(text));
    return fromValue(value);
}

Result<PeopleDirectory> PeopleDirectory::fromValue(const Value& value)
{
    if (value["v"].asInt() != 1)
        return fail(ErrorCode::Invalid, "people: version 1 expected");
    PeopleDirectory directory;
    for (const Value& item : value["people"].asArray()) {
        CORDON_TRY(Person person, personFrom(item));
        CORDON_CHECK(directory.add(std::move(person)));
    }
    return directory;
}

Value PeopleDirectory::toValue() const
{
    Value::Array people;
    for (const Person& person : m_people)
        people.push_back(personToValue(person));
    return Value::Object{{"v", 1}, {"people", std::move(people)}};
}

Result<void> PeopleDirectory::save(const std::filesystem::path& folder) const
{
    return writeSmallFile(folder / "people.json", json::writePretty(toValue()));
}

Result<void> PeopleDirectory::add(Person person)
{
    CORDON_CHECK(checkPerson(person));
    for (const Person& known : m_people) {
        if (known.id == person.id || known.key == person.key)
            return fail(ErrorCode::Conflict, "people: " + person.id + " has an id or key that " + known.id + " has");
    }
    for (const SecurityKey& key : person.securityKeys) {
        const bool isTwice = std::count_if(person.securityKeys.begin(), person.securityKeys.end(),
                                           [&](const SecurityKey& other) {
                                               return other.credential == key.credential ||
                                                      other.publicKey == key.publicKey;
                                           }) != 1;
        if (isTwice || holderOf(m_people, key))
            return fail(ErrorCode::Conflict, "people: " + person.id + " has a security key that is there already");
    }
    m_people.push_back(std::move(person));
    return {};
}

Result<void> PeopleDirectory::addSecurityKey(const std::string& id, SecurityKey key)
{
    CORDON_TRY(SecurityKey checked, SecurityKey::fromValue(key.toValue()));
    if (const Person* holder = holderOf(m_people, checked))
        return fail(ErrorCode::Conflict, "people: " + holder->id + " has this security key already");
    for (Person& person : m_people) {
        if (person.id != id)
            continue;
        if (person.securityKeys.size() >= mostKeys)
            return fail(ErrorCode::Invalid, "people: " + id + " has eight security keys already");
        person.securityKeys.push_back(std::move(checked));
        return {};
    }
    return fail(ErrorCode::NotFound, "people: no " + id);
}

Result<void> PeopleDirectory::removeSecurityKey(const std::string& id, std::string_view credential)
{
    for (Person& person : m_people) {
        const auto isIt = [&](const SecurityKey& key) { return key.credential == credential; };
        if (person.id == id && std::erase_if(person.securityKeys, isIt) > 0)
            return {};
    }
    return fail(ErrorCode::NotFound, "people: " + id + " has no such security key");
}

Result<void> PeopleDirectory::revoke(const std::string& id)
{
    for (Person& person : m_people) {
        if (person.id == id) {
            person.isRevoked = true;
            return {};
        }
    }
    return fail(ErrorCode::NotFound, "people: no " + id);
}

Result<void> PeopleDirectory::replace(Person person)
{
    CORDON_CHECK(checkPerson(person));
    Person* place = nullptr;
    for (Person& known : m_people) {
        if (known.id == person.id)
            place = &known;
        else if (known.key == person.key)
            return fail(ErrorCode::Conflict, "people: " + person.id + " has the key of " + known.id);
    }
    if (!place)
        return fail(ErrorCode::NotFound, "people: no " + person.id);
    *place = std::move(person);
    return {};
}

const Person* PeopleDirectory::find(std::string_view id) const
{
    for (const Person& person : m_people) {
        if (person.id == id)
            return &person;
    }
    return nullptr;
}

} // namespace cordon::govern
