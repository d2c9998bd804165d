#include "core/engine/sitting.h"

#include "core/base/clock.h"
#include "core/crypto/random.h"
#include "core/govern/signed_command.h"
#include "core/govern/text_block.h"
#include "core/value/json.h"

namespace cordon::engine {

Sitting::Sitting(std::string caseName)
    : m_caseName(std::move(caseName))
    , m_key(crypto::SigningKey::generate())
{
}

std::string Sitting::wish() const
{
    return json::write(Value::Object{{"case", m_caseName}, {"session_key", m_key.publicKey().toString()}});
}

Result<void> Sitting::begin(const std::string& presence)
{
    CORDON_TRY(const govern::TextBlock block, govern::readTextBlock("cordon.presence.v1", presence));
    CORDON_TRY(const govern::Presence read, govern::Presence::fromValue(block.content));
    if (read.sessionKey != m_key.publicKey() || read.caseName != m_caseName)
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
