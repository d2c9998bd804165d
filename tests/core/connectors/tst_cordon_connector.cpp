#include "core/act/connector_process.h"

#include "core/act/permit_check.h"
#include "tests/support/aws_fake.h"
#include "tests/support/permit_maker.h"

#include <QTest>
#include <csignal>
#include <fstream>

using namespace cordon;
using namespace cordon::act;

namespace {

class OneCredential final : public CredentialSource
{
public:
    std::string text;
    int taken = 0;
    Result<crypto::SecretBytes> credentialOf(const std::string&) override
    {
        ++taken;
        if (text.empty())
            return fail(ErrorCode::Denied, "the vault is closed");
        return crypto::SecretBytes::copyOf(text);
    }
};

} // namespace

/// The real program, asked over its socket as the console asks it.
class TestCordonConnector : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsFake> m_fake;
    std::unique_ptr<test::HttpPeer> m_peer;
    OneCredential m_credentials;
    MachineClock m_clock;
    std::unique_ptr<ConnectorProcess> m_connector;
    int m_serial = 0;

    static platform::Path program() { return std::string(CORDON_BINARY_DIR) + "/bin/cordon_connector"; }
    static const EntityRef& key()
    {
        static const EntityRef victim{EntityKind::Credential, "AKIAVICTIM0000000001", {}, {}};
        return victim;
    }
    Result<std::unique_ptr<ConnectorProcess>> make(const std::string& kind, Value options)
    {
        return ConnectorProcess::make(program(), {"aws-test", kind, "123456789012", "prod", {"AKIA"}, std::move(options)}, m_credentials, m_clock);
    }
    static Action action(const std::string& verb)
    {
        Action made;
        made.type = verb;
        made.connector = "aws-test";
        made.tenant = "123456789012";
        made.targets = {key()};
        return made;
    }
    Permit permit(const Action& deed, std::string serial = {})
    {
        if (serial.empty())
            serial = "serial" + std::to_string(++m_serial);
        return govern::Gate::permit(actionDigest(deed).value(), "aws-test", serial, m_clock.now() + std::chrono::minutes(1));
    }
    std::string status() { return m_connector->inspect(key(), {}).value().state.at("status").asString(); }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::AwsFake>();
        m_fake->users["build-bot"] = {};
        m_fake->keys[key().id] = {"build-bot"};
        m_peer = std::make_unique<test::HttpPeer>(m_fake->answer());
        m_credentials.text = "{\"access_key_id\":\"" + m_fake->accessKeyId + "\",\"secret_access_key\":\"" + m_fake->secret + "\"}";
        auto made = make("aws", Value::Object{{"region", "eu-central-1"}, {"endpoint", m_peer->url()}});
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        m_connector = std::move(*made);
    }

    void aKeyIsSwitchedOffVerifiedAndGivenBack()
    {
        QCOMPARE(m_connector->check({}).value()["tenant"].asString(), std::string("123456789012"));
        QCOMPARE(status(), std::string("active"));
        const Action off = action("credential.deactivate");
        QVERIFY(m_connector->preview(off, {}));
        const auto done = m_connector->execute(permit(off), off, {});
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QVERIFY(m_connector->verify(off, {})->state == OutcomeState::Verified);
        QCOMPARE(m_fake->keys[key().id].status, std::string("Inactive"));
        QVERIFY(m_connector->undo(permit(off), off, done->undoRecord, false, {}));
        QCOMPARE(status(), std::string("active"));
        QVERIFY(m_connector->holds(key()));
        QVERIFY(!m_connector->holds({EntityKind::Account, "arn:x", {}, {}}));
    }

    void theProcessIsConfinedAndKnowsNothingOfTheConsole()
    {
        QVERIFY(m_connector->processId());
        const std::string folder = "/proc/" + std::to_string(*m_connector->processId());
        std::ifstream file(folder + "/status");
        std::string status((std::istreambuf_iterator<char>(file)), {});
        QVERIFY(status.find("NoNewPrivs:\t1") != std::string::npos);
        QVERIFY(status.find("Seccomp:\t2") != std::string::npos);
    }

    // NHI3
    void nhi3NothingOfTheCredentialIsLeftInTheProcessAfterACall()
    {
        const std::string kept = "the end of a long value that is kept for later";
        m_credentials.text.pop_back();
        m_credentials.text += ",\"new_values\":{\"arn:x\":\"" + std::string(6000, 'v') + kept + "\"}}";
        QVERIFY(m_connector->check({}));
        const std::string folder = "/proc/" + std::to_string(*m_connector->processId());
        std::ifstream maps(folder + "/maps");
        std::ifstream memory(folder + "/mem", std::ios::binary);
        if (!maps || !memory)
            QSKIP("the memory of another process cannot be read here");
        std::string line;
        std::size_t looked = 0;
        while (std::getline(maps, line)) {
            if (line.find(" rw") == std::string::npos)
                continue;
            const std::size_t from = std::stoull(line, nullptr, 16);
            const std::size_t to = std::stoull(line.substr(line.find('-') + 1), nullptr, 16);
            std::string bytes(to - from, '\0');
            memory.clear();
            memory.seekg(static_cast<std::streamoff>(from));
            memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            if (memory.gcount() <= 0)
                continue;
            looked += static_cast<std::size_t>(memory.gcount());
            QVERIFY2(bytes.find(m_fake->secret) == std::string::npos, line.c_str());
            QVERIFY2(bytes.find(kept) == std::string::npos, line.c_str());
        }
        QVERIFY(looked > 100'000);
    }

    void aSerialIsTakenOnceEvenByAnotherAction()
    {
        const Action off = action("credential.deactivate");
        QVERIFY(m_connector->execute(permit(off, "same"), off, {}));
        const Action on = action("credential.activate");
        const auto again = m_connector->execute(permit(on, "same"), on, {});
        QVERIFY(!again && again.error().code == ErrorCode::Denied);
        QCOMPARE(m_fake->done.size(), std::size_t(1));
    }

    void aPermitForAnotherActionOrTimeIsRefusedBeforeAnythingIsAsked()
    {
        const Action off = action("credential.deactivate");
        const Action gone = action("credential.delete");
        QVERIFY(m_connector->execute(permit(off), gone, {}).error().code == ErrorCode::Denied);
        const Permit late = govern::Gate::permit(actionDigest(off).value(), "aws-test", "late", m_clock.now() - std::chrono::seconds(1));
        QVERIFY(m_connector->execute(govern::Gate::permit(late.actionDigest(), "aws-test", "late", late.expires()), off, {}).error().code == ErrorCode::Denied);
        Action elsewhere = off;
        elsewhere.tenant = "999999999999";
        QVERIFY(m_connector->execute(permit(elsewhere), elsewhere, {}).error().code == ErrorCode::Denied);
        QVERIFY(m_peer->requests().empty());
    }

    void withoutACredentialNothingBegins()
    {
        m_credentials.text.clear();
        const Action off = action("credential.deactivate");
        QVERIFY(m_connector->execute(permit(off), off, {}).error().code == ErrorCode::Denied);
        QVERIFY(m_peer->requests().empty());
    }

    void theCredentialIsTakenForEachCall()
    {
        const int before = m_credentials.taken;
        (void)status();
        (void)status();
        QCOMPARE(m_credentials.taken, before + 2);
    }

    void aCrashOfTheConnectorLeavesTheOutcomeOpenAndTheNextCallWorks()
    {
        const Action off = action("credential.deactivate");
        m_fake->silent = {"UpdateAccessKey"};
        const auto lost = m_connector->execute(permit(off), off, {});
        QVERIFY(!lost && lost.error().code == ErrorCode::Io);
        const auto first = m_connector->processId();
        QVERIFY(first && *first > 1); // nothing but that one process is ended
        ::kill(*first, SIGKILL);
        const auto refused = m_connector->inspect(key(), {}); // the process may have died under this very call
        QVERIFY(refused || refused.error().code == ErrorCode::Io || refused.error().code == ErrorCode::Cancelled);
        QCOMPARE(status(), std::string("inactive"));
        QVERIFY(m_connector->processId() != first);
    }

    void aConsoleThatStopsWaitingEndsTheProcess()
    {
        m_peer = std::make_unique<test::HttpPeer>([](const test::PeerRequest&) { return test::PeerReply{200, "", {}, {}, true}; });
        m_connector = make("aws", Value::Object{{"region", "eu-central-1"}, {"endpoint", m_peer->url()}}).value();
        const auto first = m_connector->processId();
        QVERIFY(first && *first > 1);
        std::stop_source stop;
        std::jthread later([this, &stop] {
            while (m_peer->requests().empty())
                std::this_thread::yield();
            stop.request_stop();
        });
        const Action off = action("credential.deactivate");
        const auto left = m_connector->execute(permit(off), off, stop.get_token());
        QVERIFY(!left && left.error().code == ErrorCode::TimedOut);
        QVERIFY(::kill(*first, 0) != 0);
    }

    // NHI2
    void aSystemThatRepeatsTheCredentialShowsItToNobody()
    {
        m_credentials.text = "{\"api_token\":\"notOfAKnownShape7\"}";
        const test::HttpPeer echoing([](const test::PeerRequest& request) {
            return test::PeerReply{401, "{\"errorCode\":\"E0000011\",\"errorSummary\":\"bad: " + request.header("authorization") + "\"}", {}, {}};
        });
        const auto made = make("okta", Value::Object{{"endpoint", echoing.url()}});
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        const auto said = (*made)->check({});
        QVERIFY(!said);
        QVERIFY2(said.error().detail.find("notOfAKnownShape7") == std::string::npos, said.error().detail.c_str());
        QVERIFY2(said.error().detail.find("[secret hidden]") != std::string::npos, said.error().detail.c_str());
    }

    void settingsThatDoNotFitAreToldAtOnce()
    {
        QVERIFY(m_connector->privileges()["Statement"].isArray());
        QVERIFY(make("gopher", Value::Object{}).error().code == ErrorCode::Unsupported);
        QVERIFY(make("aws", Value::Object{}).error().detail.find("region") != std::string::npos);
        QVERIFY(ConnectorProcess::make("/nowhere/cordon_connector", {"a", "aws", "123456789012", "prod", {}, Value::Object{}}, m_credentials, m_clock)
                    .error().code == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestCordonConnector)
#include "tst_cordon_connector.moc"
