#include "core/connectors/connector_server.h"

#include "core/act/permit_check.h"
#include "core/value/json.h"

#include <QTest>
#include <thread>

using namespace cordon;
using act::ConnectorCall;

namespace {

/// Counts what it is asked to change.
class CountingProvider final : public act::Provider
{
public:
    explicit CountingProvider(int& changes)
        : m_changes(changes)
    {}
    std::vector<act::Capability> capabilities() const override { return {{"account.suspend", Back::Reversible, "account.resume"}}; }
    Value privileges() const override { return Value::Object{}; }
    Result<Value> check(const act::CallContext& context) override
    {
        return fail(ErrorCode::Denied, "the server said: " + std::string(context.credential.text()));
    }
    Result<TargetFacts> inspect(const EntityRef& target, const act::CallContext&) override
    {
        TargetFacts facts;
        facts.target = target;
        return facts;
    }
    Result<Preview> preview(const Action&, const act::CallContext&) override { return Preview{"r", {}, {}, {}, {}, {}, {}}; }
    Result<act::ExecuteReply> execute(const Action&, const act::CallContext&) override
    {
        ++m_changes;
        return act::ExecuteReply{Value(), "done"};
    }
    Result<Outcome> verify(const Action&, const act::CallContext&) override { return Outcome{}; }
    Result<act::ExecuteReply> undo(const Action&, const Value&, bool, const act::CallContext&) override
    {
        ++m_changes;
        return act::ExecuteReply{Value(), "undone"};
    }

private:
    int& m_changes;
};

} // namespace

/// The process's own side of the socket, asked by somebody who does not keep to the rules.
class TestConnectorServer : public QObject
{
    Q_OBJECT

private:
    int m_changes = 0;
    std::optional<platform::MessageSocket> m_socket;
    std::jthread m_thread;

    static constexpr auto soon = std::chrono::milliseconds(10'000);
    static Timestamp now() { return Timestamp::parse("2026-01-02T03:04:05Z").value(); }
    static Action suspend()
    {
        Action made;
        made.type = "account.suspend";
        made.connector = "okta-prod";
        made.tenant = "acme";
        made.targets = {{EntityKind::Account, "ada", {}, {}}};
        made.params = Value::Object{};
        return made;
    }
    static ConnectorCall callFor(const Action& action)
    {
        ConnectorCall call;
        call.kind = ConnectorCall::Kind::Execute;
        call.now = now();
        call.action = action.canonical().value();
        call.permit = act::PermitClaim{act::actionDigest(call.action).hex(), "okta-prod", "serial1", now() + std::chrono::minutes(1)};
        return call;
    }
    /// @return "" or the code of the refusal
    std::string ask(const std::string& text)
    {
        const auto sent = m_socket->send(text, soon);
        const auto said = sent ? m_socket->receive(soon) : Result<std::string>(fail(sent.error()));
        if (!said)
            return "gone";
        const auto reply = act::parseReply(*said);
        return !reply ? "garbled" : *reply ? "" : std::string(toString(reply->error().code));
    }
    std::string ask(const ConnectorCall& call) { return ask(call.toText()); }

private slots:
    void init()
    {
        m_changes = 0;
        auto pair = platform::MessageSocket::pair();
        QVERIFY(pair);
        m_socket.emplace(std::move(pair->first));
        m_thread = std::jthread([this, socket = std::make_shared<platform::MessageSocket>(std::move(pair->second))]() mutable {
            connectors::ConnectorServer server(std::move(*socket), [this](const act::ConnectorSettings&) -> Result<std::unique_ptr<act::Provider>> {
                return std::make_unique<CountingProvider>(m_changes);
            });
            [[maybe_unused]] const auto ended = server.run();
        });
        const act::ConnectorSettings settings{"okta-prod", "okta", "acme", "prod", {}, Value::Object{}};
        QCOMPARE(ask(json::write(settings.toValue())), std::string());
    }
    void cleanup()
    {
        m_socket->close();
        m_thread.join();
    }

    void whatIsPermittedIsDoneOnce()
    {
        const ConnectorCall call = callFor(suspend());
        QCOMPARE(ask(call), std::string());
        QCOMPARE(ask(call), std::string("denied")); // the serial is taken
        QCOMPARE(m_changes, 1);
    }

    // NHI2
    void nhi2WhatAProviderRepeatsOfTheCredentialLeavesTheProcessHidden()
    {
        ConnectorCall call;
        call.kind = ConnectorCall::Kind::Check;
        call.now = now();
        call.hasCredential = true;
        QVERIFY(m_socket->send(call.toText(), soon) && m_socket->send("{\"api_token\":\"notOfAKnownShape7\"}", soon));
        const auto said = m_socket->receive(soon);
        QVERIFY(said && said->find("the server said") != std::string::npos);
        QVERIFY2(said->find("notOfAKnownShape7") == std::string::npos, said->c_str());
    }

    // GOV-ASI03, GOV-CRED
    void aPermitForOtherBytesIsRefused()
    {
        Action other = suspend();
        other.targets.front().id = "bob";
        ConnectorCall call = callFor(suspend());
        call.action = other.canonical().value();
        QCOMPARE(ask(call), std::string("denied"));
        QCOMPARE(m_changes, 0);
    }
    void aPermitForAnotherConnectorOrTimeIsRefused()
    {
        ConnectorCall call = callFor(suspend());
        call.permit->connector = "okta-test";
        QCOMPARE(ask(call), std::string("denied"));
        call = callFor(suspend());
        call.permit->expires = now();
        QCOMPARE(ask(call), std::string("denied"));
        QCOMPARE(m_changes, 0);
    }
    void anActionForAnotherTenantConnectorOrVerbIsRefused()
    {
        Action elsewhere = suspend();
        elsewhere.tenant = "other";
        QCOMPARE(ask(callFor(elsewhere)), std::string("denied"));
        elsewhere = suspend();
        elsewhere.connector = "okta-test";
        QCOMPARE(ask(callFor(elsewhere)), std::string("denied"));
        elsewhere = suspend();
        elsewhere.type = "account.delete";
        QCOMPARE(ask(callFor(elsewhere)), std::string("unsupported"));
        QCOMPARE(m_changes, 0);
    }
    void bytesThatAreNotCanonicalAreRefused()
    {
        ConnectorCall call = callFor(suspend());
        call.action += ' ';
        call.permit->digest = act::actionDigest(call.action).hex();
        QCOMPARE(ask(call), std::string("invalid"));
        QCOMPARE(m_changes, 0);
    }
    void withoutAPermitNothingIsChanged()
    {
        ConnectorCall call = callFor(suspend());
        call.permit.reset();
        QCOMPARE(ask(call), std::string("denied"));
        QCOMPARE(m_changes, 0);
    }
    void whatIsNoQuestionEndsIt()
    {
        QCOMPARE(ask("{\"v\":1,\"call\":\"shell\"}"), std::string("invalid"));
        QCOMPARE(ask(callFor(suspend())), std::string("gone"));
        QCOMPARE(m_changes, 0);
    }
};

QTEST_GUILESS_MAIN(TestConnectorServer)
#include "tst_connector_server.moc"
