#include "core/connectors/connector_server.h"

#include "core/act/permit_check.h"
#include "core/connectors/hide_credential.h"
#include "core/connectors/new_values.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::connectors {
namespace {

using namespace std::chrono_literals;
using act::ConnectorCall;

constexpr auto forEver = std::chrono::milliseconds(24h * 365);
constexpr auto replyLimit = 10'000ms;
constexpr std::chrono::milliseconds longestCall = 120s;

} // namespace

ConnectorServer::ConnectorServer(platform::MessageSocket socket, Make make)
    : m_socket(std::move(socket))
    , m_make(std::move(make))
{}

Result<void> ConnectorServer::run()
{
    CORDON_CHECK(begin());
    for (;;) {
        const auto text = m_socket.receive(forEver);
        if (!text)
            return text.error().code == ErrorCode::Incomplete ? Result<void>() : fail(text.error());
        CORDON_CHECK(answerOne(*text));
    }
}

Result<void> ConnectorServer::begin()
{
    CORDON_TRY(const std::string text, m_socket.receive(forEver));
    CORDON_TRY(const Value value, json::parse(text));
    Result<Value> said = Value();
    if (auto settings = act::ConnectorSettings::fromValue(value)) {
        m_settings = std::move(*settings);
        auto provider = m_make(m_settings);
        if (provider) {
            m_provider = std::move(*provider);
            said = Value::Object{{"capabilities", act::toValue(m_provider->capabilities())}, {"privileges", m_provider->privileges()}};
        } else {
            said = fail(provider.error());
        }
    } else {
        said = fail(settings.error());
    }
    CORDON_CHECK(m_socket.send(act::replyText(said), replyLimit));
    return m_provider ? Result<void>() : fail(ErrorCode::Invalid, "connector: settings refused");
}

Result<void> ConnectorServer::answerOne(const std::string& text)
{
    auto call = ConnectorCall::parse(text);
    crypto::SecretBytes credential;
    if (call && call->hasCredential) {
        CORDON_TRY([[maybe_unused]] const std::size_t size, m_socket.receiveInto(
                                                                [&credential](std::size_t bytes) {
                                                                    credential = crypto::SecretBytes(bytes);
                                                                    return credential.data();
                                                                },
                                                                replyLimit));
    }
    credential = withMadeValues(std::move(credential));
    Result<Value> reply = withoutCredential(call ? answer(*call, credential) : fail(call.error()), credential);
    credential = {}; // wiped before anybody is told that the call is over
    std::optional<act::MadeValue> made = m_provider->takeMade();
    if (reply && made)
        reply->set("made", made->id);
    CORDON_CHECK(m_socket.send(act::replyText(reply), replyLimit));
    if (reply && made)
        CORDON_CHECK(m_socket.send(made->value.text(), replyLimit)); // alone, as a credential comes
    // What cannot be read leaves the stream out of step.
    return call ? Result<void>() : fail(call.error());
}

Result<void> ConnectorServer::spend(const ConnectorCall& call, const Action& action)
{
    const act::PermitClaim& permit = *call.permit;
    if (permit.connector != m_settings.name)
        return fail(ErrorCode::Denied, "permit: was given for another connector");
    if (permit.digest != act::actionDigest(call.action).hex())
        return fail(ErrorCode::Denied, "permit: was given for another action");
    if (call.now >= permit.expires)
        return fail(ErrorCode::Denied, "permit: has expired");
    if (!m_serials.insert(permit.serial).second)
        return fail(ErrorCode::Denied, "permit: was used before");
    const auto capabilities = m_provider->capabilities();
    if (std::none_of(capabilities.begin(), capabilities.end(),
                     [&action](const act::Capability& one) { return one.verb == action.type; }))
        return fail(ErrorCode::Unsupported, m_settings.name + ": cannot do " + action.type);
    return {};
}

Result<Value> ConnectorServer::answer(const ConnectorCall& call, const crypto::SecretBytes& credential)
{
    const std::stop_token never;
    const act::CallContext context{credential, call.permit ? call.permit->serial : std::string(), call.now,
                                   std::clamp(call.timeLimit, std::chrono::milliseconds(1), longestCall), never};
    if (call.kind == ConnectorCall::Kind::Check)
        return m_provider->check(context);
    if (call.kind == ConnectorCall::Kind::Inspect)
        return m_provider->inspect(call.target, context).map([](const TargetFacts& facts) { return act::toValue(facts); });

    CORDON_TRY(const Action action, call.parsedAction());
    if (action.connector != m_settings.name || action.tenant != m_settings.tenant)
        return fail(ErrorCode::Denied, "the action is for '" + action.connector + "' and tenant '" + action.tenant +
                                           "', this is '" + m_settings.name + "' and '" + m_settings.tenant + "'");
    switch (call.kind) {
    case ConnectorCall::Kind::Preview:
        return m_provider->preview(action, context).map([](const Preview& preview) { return act::toValue(preview); });
    case ConnectorCall::Kind::Verify:
        return m_provider->verify(action, context).map([](const Outcome& outcome) { return act::toValue(outcome); });
    case ConnectorCall::Kind::Execute: {
        CORDON_CHECK(spend(call, action));
        return m_provider->execute(action, context).map([](const act::ExecuteReply& done) { return act::toValue(done); });
    }
    case ConnectorCall::Kind::Undo: {
        CORDON_CHECK(spend(call, action));
        return m_provider->undo(action, call.undoRecord, call.overwritesDrift, context)
            .map([](const act::ExecuteReply& done) { return act::toValue(done); });
    }
    default: return fail(ErrorCode::Internal, "connector: a call without an answer");
    }
}

} // namespace cordon::connectors
