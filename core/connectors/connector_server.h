#pragma once

#include "core/act/connector_messages.h"
#include "core/act/connector_settings.h"
#include "core/act/provider.h"
#include "core/platform/message_socket.h"

#include <functional>
#include <set>

namespace cordon::connectors {

/// Answers a console's questions to one outside system, one at a time, until the console goes away. It believes nothing that it
/// can check: an action must be for this connector and tenant, its permit must fit its bytes and be in time, and each
/// serial is taken once, before anything is asked of the system.
class ConnectorServer
{
public:
    /// How a kind becomes a provider: ErrorCode::Unsupported for an unknown kind, Invalid for options it does not take.
    using Make = std::function<Result<std::unique_ptr<act::Provider>>(const act::ConnectorSettings&)>;

    ConnectorServer(platform::MessageSocket socket, Make make);
    /// Takes the settings, then questions. An error says why it ended; the console going away is none.
    [[nodiscard]] Result<void> run();

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> answerOne(const std::string& text);
    [[nodiscard]] Result<Value> answer(const act::ConnectorCall& call, const crypto::SecretBytes& credential);
    [[nodiscard]] Result<void> spend(const act::ConnectorCall& call, const Action& action);

    platform::MessageSocket m_socket;
    Make m_make;
    act::ConnectorSettings m_settings;
    std::unique_ptr<act::Provider> m_provider;
    std::set<std::string> m_serials; ///< taken
};

} // namespace cordon::connectors
