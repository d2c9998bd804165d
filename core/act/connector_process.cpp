#include "core/act/connector_process.h"

#include "core/act/permit_check.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::act {
namespace {

using namespace std::chrono_literals;

constexpr auto startLimit = 5'000ms;
constexpr auto sendLimit = 5'000ms;
constexpr auto grace = 2'000ms; ///< beyond what the process itself was given

/// A text of JSON; the caller wipes it.
std::string quoted(std::string_view text)
{
    std::string all = "\"";
    all.reserve(text.size() * 6 + 2); // so that no half of it is left behind where it grew
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            all += "\\u00";
            all += digits[byte >> 4U];
            all += digits[byte & 15U];
        } else {
            if (c == '"' || c == '\\')
                all += '\\';
            all += c;
        }
    }
    all += '"';
    return all;
}

/// What a value may be for.
std::vector<std::string> thingsOf(const Action& action)
{
    std::vector<std::string> ids;
    for (const EntityRef& target : action.targets)
        ids.push_back(target.id);
    if (const std::string& secret = action.params["secret"].asString(); !secret.empty())
        ids.push_back(secret);
    return ids;
}

} // namespace

Result<std::unique_ptr<ConnectorProcess>> ConnectorProcess::make(platform::Path program, ConnectorSettings settings,
                                                                 CredentialSource& credentials, const Clock& clock)
{
    std::unique_ptr<ConnectorProcess> connector(
        new ConnectorProcess(std::move(program), std::move(settings), credentials, clock));
    CORDON_CHECK(connector->start({}));
    return connector;
}

bool ConnectorProcess::holds(const EntityRef& entity) const
{
    return m_settings.holds.empty() ||
           std::any_of(m_settings.holds.begin(), m_settings.holds.end(),
                       [&entity](const std::string& beginning) { return entity.id.starts_with(beginning); });
}

/// The process is of no more use: nobody can tell what its next message would answer.
tl::unexpected<Error> ConnectorProcess::lose(const Error& why, const char* what)
{
    m_child.reset();
    m_newest->store(0);
    return fail(why.code, m_settings.name + ": " + what + ": " + why.detail);
}

Result<void> ConnectorProcess::start(const std::stop_token& stop)
{
    if (m_child && m_child->isRunning())
        return {};
    m_child.reset();
    CORDON_TRY(platform::ChildProcess child, platform::ChildProcess::start(m_program));
    m_child.emplace(std::move(child));
    m_newest->store(m_child->id());
    if (auto sent = m_child->socket().send(json::write(m_settings.toValue()), startLimit, stop); !sent)
        return lose(sent.error(), "does not take its settings");
    auto text = m_child->socket().receive(startLimit, stop);
    if (!text)
        return lose(text.error(), "did not start");
    const auto said = parseReply(*text);
    if (!said || !*said)
        return lose(said ? said->error() : said.error(), "refuses its settings");
    auto capabilities = capabilitiesFrom((**said)["capabilities"]);
    if (!capabilities)
        return lose(capabilities.error(), "says what it cannot do");
    m_capabilities = std::move(*capabilities);
    m_privileges = (**said)["privileges"];
    return {};
}

/// What comes before the whole question was sent is not begun: the process acts on whole messages only.
Result<Value> ConnectorProcess::ask(ConnectorCall call, const std::stop_token& stop)
{
    if (auto started = start(stop); !started)
        return fail(call.changes() ? ErrorCode::Cancelled : started.error().code, started.error().detail);
    CORDON_TRY(const crypto::SecretBytes credential, credentialFor(call));
    call.now = m_clock.now();
    call.hasCredential = true;
    platform::MessageSocket& socket = m_child->socket();
    auto sent = socket.send(call.toText(), sendLimit, stop);
    if (sent)
        sent = socket.send(credential.text(), sendLimit, stop);
    if (!sent) {
        const auto lost = lose(sent.error(), "not begun");
        return fail(ErrorCode::Cancelled, lost.value().detail);
    }
    auto text = socket.receive(call.timeLimit + grace, stop);
    if (!text) {
        const ErrorCode code = text.error().code;
        const auto lost = lose(text.error(), "no answer");
        // Stopped or silent: it may have acted. Gone: the same.
        return fail(code == ErrorCode::Cancelled || code == ErrorCode::TimedOut ? ErrorCode::TimedOut : ErrorCode::Io,
                    lost.value().detail);
    }
    auto reply = parseReply(*text);
    if (!reply)
        return lose(reply.error(), "no use");
    return std::move(*reply);
}

Result<crypto::SecretBytes> ConnectorProcess::credentialFor(const ConnectorCall& call)
{
    CORDON_TRY(crypto::SecretBytes credential, m_credentials.credentialOf(m_settings.name));
    const auto action = call.action.empty() ? Result<Action>(fail(ErrorCode::NotFound, {})) : call.parsedAction();
    if (!action)
        return credential;
    std::string members;
    for (const std::string& id : thingsOf(*action)) {
        CORDON_TRY(const crypto::SecretBytes made, m_credentials.madeFor(id));
        if (made.isEmpty())
            continue;
        std::string value = quoted(made.text());
        std::string more = members + (members.empty() ? "" : ",") + json::write(Value(id)) + ':' + value;
        crypto::wipe(value);
        std::swap(members, more);
        crypto::wipe(more);
    }
    const auto end = credential.text().rfind('}');
    if (members.empty() || end == std::string_view::npos)
        return credential;
    std::string whole = std::string(credential.text().substr(0, end)) + ",\"made_values\":{" + members + "}}";
    crypto::wipe(members);
    auto both = crypto::SecretBytes::copyOf(whole);
    crypto::wipe(whole);
    return both;
}

/// INVARIANT: a value that a system made goes from its answer into the vault, and nowhere else; for nothing but what the act was about.
Result<void> ConnectorProcess::keepMade(const std::string& id, const Action& action, const std::stop_token& stop)
{
    crypto::SecretBytes value;
    const auto came = m_child->socket().receiveInto(
        [&value](std::size_t bytes) {
            value = crypto::SecretBytes(bytes);
            return value.data();
        },
        sendLimit, stop);
    if (!came)
        return lose(came.error(), "the value that was made did not come");
    const std::vector<std::string> things = thingsOf(action);
    if (std::find(things.begin(), things.end(), id) == things.end())
        return lose({ErrorCode::Io, id}, "made a value for another thing than it was asked for");
    if (const auto kept = m_credentials.keepMade(id, value); !kept)
        return fail(ErrorCode::Io, m_settings.name + ": a value was made and could not be kept: " + kept.error().detail);
    return {};
}

Result<Value> ConnectorProcess::change(ConnectorCall call, Permit permit, const Action& action, const std::stop_token& stop)
{
    CORDON_CHECK(checkPermit(permit, action, name(), m_clock.now()));
    const Permit used = std::move(permit);
    CORDON_TRY(call.action, action.canonical());
    call.permit = PermitClaim{used.actionDigest().hex(), used.connector(), used.serial(), used.expires()};
    call.timeLimit = 30s;
    return ask(std::move(call), stop);
}

Result<Value> ConnectorProcess::check(const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Check;
    return ask(std::move(call), stop);
}

Result<TargetFacts> ConnectorProcess::inspect(const EntityRef& target, const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Inspect;
    call.target = target;
    CORDON_TRY(const Value said, ask(std::move(call), stop));
    CORDON_TRY(TargetFacts facts, factsFrom(said));
    if (facts.target.kind != target.kind || facts.target.id != target.id)
        return fail(ErrorCode::Io, name() + ": answered for another thing than it was asked for");
    facts.isSimulated = false;
    return facts;
}

Result<Preview> ConnectorProcess::preview(const Action& action, const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Preview;
    CORDON_TRY(call.action, action.canonical());
    CORDON_TRY(const Value said, ask(std::move(call), stop));
    return previewFrom(said);
}

Result<ExecuteReply> ConnectorProcess::execute(Permit permit, const Action& action, const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Execute;
    CORDON_TRY(const Value said, change(std::move(call), std::move(permit), action, stop));
    if (said["made"].isString())
        CORDON_CHECK(keepMade(said["made"].asString(), action, stop));
    return executeReplyFrom(said);
}

Result<Outcome> ConnectorProcess::verify(const Action& action, const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Verify;
    CORDON_TRY(call.action, action.canonical());
    CORDON_TRY(const Value said, ask(std::move(call), stop));
    return outcomeFrom(said);
}

Result<ExecuteReply> ConnectorProcess::undo(Permit permit, const Action& action, const Value& undoRecord,
                                            bool overwritesDrift, const std::stop_token& stop)
{
    ConnectorCall call;
    call.kind = ConnectorCall::Kind::Undo;
    call.undoRecord = undoRecord;
    call.overwritesDrift = overwritesDrift;
    CORDON_TRY(const Value said, change(std::move(call), std::move(permit), action, stop));
    return executeReplyFrom(said);
}

} // namespace cordon::act
