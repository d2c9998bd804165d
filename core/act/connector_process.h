#pragma once

#include "core/act/connector.h"
#include "core/act/connector_messages.h"
#include "core/act/connector_settings.h"
#include "core/act/credential_source.h"
#include "core/base/clock.h"
#include "core/platform/child_process.h"

#include <atomic>
#include <memory>

namespace cordon::act {

/// A connector to a real system, in a process of its own (`cordon_connector`) that is told one thing at a time and has no
/// right that it does not need. A call that ends badly ends the process; the next call starts another.
/// Belongs to one thread. Source: docs/formats/connectors.md
class ConnectorProcess final : public Connector
{
public:
    /// Starts the process once, to learn what it can do; no server is asked.
    /// @param program  absolute path of cordon_connector
    /// @param credentials, clock  borrowed; they outlive the connector. `clock` is the case clock
    /// ErrorCode::Unsupported for an unknown kind, Invalid for options that it does not take, or why it did not start.
    [[nodiscard]] static Result<std::unique_ptr<ConnectorProcess>> make(platform::Path program, ConnectorSettings settings,
                                                                        CredentialSource& credentials, const Clock& clock);

    [[nodiscard]] std::string name() const override { return m_settings.name; }
    [[nodiscard]] std::string tenant() const override { return m_settings.tenant; }
    [[nodiscard]] std::string environment() const override { return m_settings.environment; }
    [[nodiscard]] bool isExercise() const override { return false; }
    [[nodiscard]] std::vector<Capability> capabilities() const override { return m_capabilities; }
    [[nodiscard]] bool holds(const EntityRef& entity) const override;
    /// Starts its process where none runs.
    [[nodiscard]] Result<void> prepare(const std::stop_token& stop) override { return start(stop); }

    /// The least rights that the system must give it, in the system's own form.
    [[nodiscard]] const Value& privileges() const { return m_privileges; }
    /// Whether credential and way work: {"identity", "tenant", …}, by calls that change nothing.
    [[nodiscard]] Result<Value> check(const std::stop_token& stop);
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override;
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> execute(Permit permit, const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                            bool overwritesDrift, const std::stop_token& stop) override;
    /// The number of its newest process, 0 when that was given up: for whoever shows it, from any thread.
    [[nodiscard]] std::shared_ptr<const std::atomic<pid_t>> newestProcess() const { return m_newest; }
    /// The process that runs now, for tests that look at it or end it.
    [[nodiscard]] std::optional<pid_t> processId() const { return m_child ? std::optional(m_child->id()) : std::nullopt; }

private:
    ConnectorProcess(platform::Path program, ConnectorSettings settings, CredentialSource& credentials, const Clock& clock)
        : m_program(std::move(program))
        , m_settings(std::move(settings))
        , m_credentials(credentials)
        , m_clock(clock)
    {}
    [[nodiscard]] Result<void> start(const std::stop_token& stop);
    [[nodiscard]] Result<Value> ask(ConnectorCall call, const std::stop_token& stop);
    [[nodiscard]] Result<Value> change(ConnectorCall call, Permit permit, const Action& action, const std::stop_token& stop);
    /// The credential, with what systems made for the things that the call is about.
    [[nodiscard]] Result<crypto::SecretBytes> credentialFor(const ConnectorCall& call);
    [[nodiscard]] Result<void> keepMade(const std::string& id, const Action& action, const std::stop_token& stop);
    [[nodiscard]] tl::unexpected<Error> lose(const Error& why, const char* what);

    platform::Path m_program;
    ConnectorSettings m_settings;
    CredentialSource& m_credentials;
    const Clock& m_clock;
    std::vector<Capability> m_capabilities;
    Value m_privileges;
    std::optional<platform::ChildProcess> m_child;
    std::shared_ptr<std::atomic<pid_t>> m_newest = std::make_shared<std::atomic<pid_t>>(0);
};

} // namespace cordon::act
