#include "core/engine/sitting.h"

#include "core/base/clock.h"
#include "core/crypto/random.h"
#include "core/engine/people_office.h"
#include "core/govern/signed_command.h"
#include "core/govern/text_block.h"
#include "core/record/case_folder.h"
#include "core/record/doubted_clock.h"
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

Sitting::Sitting(std::filesystem::path caseFolder)
    : m_caseFolder(std::move(caseFolder))
    , m_key(crypto::SigningKey::generate())
{
}

/// "" while there is no case: such a wish is signed by nobody.
std::string Sitting::caseOrigin() const
{
    return record::caseOrigin(m_caseFolder).value_or(std::string());
}

std::string Sitting::wish() const
{
    return json::write(Value::Object{{"case", caseOrigin()}, {"session_key", m_key.publicKey().toString()}});
}

Result<void> Sitting::begin(const std::string& presence, const govern::PeopleDirectory& people)
{
    CORDON_TRY(const govern::Presence read, govern::readPresence(presence, people, caseOrigin()));
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
    made.caseOrigin = caseOrigin();
    return govern::signForPresence(made, m_key, m_presence);
}

std::string Sitting::order(const std::string& command, Value args) const
{
    if (const std::string clock = record::clockToVouchFor(m_caseFolder, MachineClock().now()); !clock.empty())
        args.set("clock", clock);
    return json::write(Value::Object{{"command", command}, {"args", std::move(args)}, {"case", caseOrigin()}});
}

} // namespace cordon::engine
