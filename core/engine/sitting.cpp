#include "core/engine/sitting.h"

#include "core/base/clock.h"
#include "core/crypto/random.h"
#include "core/engine/people_office.h"
#include "core/govern/signed_command.h"
#include "core/govern/text_block.h"
#include "core/value/json.h"

namespace cordon::engine {

Result<govern::PeopleDirectory> peopleAtDesk(const std::filesystem::path& home,
                                             const std::filesystem::path& exercisePeople)
{
    govern::PeopleDirectory people;
    std::error_code none;
    if (!exercisePeople.empty() && std::filesystem::exists(exercisePeople / "people.json", none)) {
        CORDON_TRY(people, govern::PeopleDirectory::load(exercisePeople));
    }
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(home));
    for (const govern::Person& person : roll.people().all()) {
        if (!people.find(person.id))
            CORDON_CHECK(people.add(person));
    }
    return people;
}

Sitting::Sitting(std::string caseName)
    : m_caseName(std::move(caseName))
    , m_key(crypto::SigningKey::generate())
{
}

std::string Sitting::wish() const
{
    return json::write(Value::Object{{"case", m_caseName}, {"session_key", m_key.publicKey().toString()}});
}

Result<void> Sitting::begin(const std::string& presence, const govern::PeopleDirectory& people)
{
    CORDON_TRY(const govern::Presence read, govern::readPresence(presence, people, m_caseName));
    CORDON_TRY(const govern::TextBlock block, govern::readTextBlock("cordon.presence.v1", presence));
    if (read.sessionKey != m_key.publicKey())
        return fail(ErrorCode::Invalid, "the sign-in is for another sitting");
    m_presence = block.note.toString();
    m_person = read.person;
    return {};
}

Result<std::string> Sitting::sign(const std::string& command, Value args) const
{
    if (!hasBegun())
        return fail(ErrorCode::Denied, "nobody is signed in");
    govern::Command made;
    made.command = command;
    made.args = std::move(args);
    made.person = m_person;
    made.issued = MachineClock().now();
    made.nonce = crypto::randomHex(16);
    made.caseName = m_caseName;
    return govern::signForPresence(made, m_key, m_presence);
}

std::string Sitting::order(const std::string& command, Value args) const
{
    return json::write(Value::Object{{"command", command}, {"args", std::move(args)}, {"case", m_caseName}});
}

} // namespace cordon::engine
