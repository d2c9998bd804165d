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
        if (std::find(knownRoles.begin(), knownRoles.end(), role) == knownRoles.end())
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
    return person;
}

Value personToValue(const Person& person)
{
    Value::Array roles;
    for (const std::string& role : person.roles)
        roles.emplace_back(role);
    return Value::Object{{"id", person.id},
                         {"name", person.name},
                         {"roles", std::move(roles)},
                         {"key", person.key.toString()},
                         {"trained_until", person.trainedUntil ? Value(person.trainedUntil->toString()) : Value()},
                         {"revoked", person.isRevoked}};
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
    m_people.push_back(std::move(person));
    return {};
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

const Person* PeopleDirectory::find(std::string_view id) const
{
    for (const Person& person : m_people) {
        if (person.id == id)
            return &person;
    }
    return nullptr;
}

} // namespace cordon::govern
