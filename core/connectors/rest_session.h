#pragma once

#include "core/connectors/rest_client.h"
#include "core/connectors/session.h"

namespace cordon::connectors {

/// A session with an API that speaks JSON: deeds are its calls.
class RestSession : public Session
{
public:
    [[nodiscard]] Result<void> run(const Value& call) override
    {
        CORDON_TRY(const RestCall rest, RestCall::fromValue(call));
        return m_client.send(rest).map([](const Value&) {});
    }

protected:
    RestSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner)
        : m_client(asker, context, std::move(manner))
    {}
    [[nodiscard]] RestClient& client() { return m_client; }

private:
    RestClient m_client;
};

} // namespace cordon::connectors
