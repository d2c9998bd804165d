#include "core/connectors/ldap/ldap_provider.h"

#include "core/act/connector_process.h"
#include "core/connectors/ldap/ldap_client.h"
#include "core/value/json.h"
#include "tests/support/slapd_server.h"

using namespace cordon;
using connectors::ldap::LdapClient;

namespace {

constexpr const char* adminCredential = "{\"bind_dn\":\"cn=admin,dc=acme,dc=example\",\"password\":\"admin-pass\"}";

class OneCredential final : public act::CredentialSource
{
public:
    Result<crypto::SecretBytes> credentialOf(const std::string&) override { return crypto::SecretBytes::copyOf(adminCredential); }
};

} // namespace

/// Against a real server that this test starts; skipped where slapd is not installed.
class TestLdapProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SlapdServer> m_server;
    std::unique_ptr<act::Provider> m_provider;
    crypto::SecretBytes m_credential = crypto::SecretBytes::copyOf(adminCredential);
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    int m_serial = 0;

    static constexpr const char* base = "dc=acme,dc=example";
    static constexpr const char* group = "cn=admins,dc=acme,dc=example";
    static constexpr const char* ada = "uid=ada,dc=acme,dc=example";

    static EntityRef account(const char* id) { return {EntityKind::Account, id, {}, {}}; }
    act::CallContext context(bool changes)
    {
        const Timestamp now = Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
        return {m_credential, changes ? "serial" + std::to_string(++m_serial) : "", now, std::chrono::seconds(20), m_token};
    }
    act::ConnectorSettings settings(const std::string& directory) const
    {
        return {"ldap-test", "ldap", base, "prod", {}, Value::Object{{"host", "127.0.0.1"}, {"port", m_server->port()}, {"directory", directory}}};
    }
    void use(const std::string& directory)
    {
        auto made = connectors::ldap::makeLdapProvider(settings(directory), [](auto, const auto&) { return true; });
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        m_provider = std::move(*made);
    }
    Action action(const std::string& verb, const EntityRef& on, const char* grant = nullptr)
    {
        Action made;
        made.type = verb;
        made.connector = "ldap-test";
        made.tenant = base;
        made.targets = {on};
        if (grant)
            made.params.set("group", grant);
        return made;
    }
    Result<LdapClient> as(const std::string& dn, const std::string& word)
    {
        return LdapClient::connect({"127.0.0.1", m_server->port(), {}}, dn, crypto::SecretBytes::copyOf(word), std::chrono::seconds(10));
    }
    void change(const std::string& dn, const std::string& attribute, const std::string& from, const std::string& to)
    {
        auto client = as("cn=admin,dc=acme,dc=example", "admin-pass");
        QVERIFY(client);
        const auto done = client->exchange(dn, attribute, from, to);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
    }
    bool letsIn() { return as(ada, "ada-pass").has_value(); }

    /// Does, reads back, undoes, compares. @return "" or what went wrong
    std::string containsAndGoesBack(const Action& deed, const std::function<bool()>& isCut)
    {
        const auto before = m_provider->inspect(deed.targets.front(), context(false));
        const auto preview = m_provider->preview(deed, context(false));
        if (!before || !preview || preview->before == preview->after || preview->undo.empty())
            return "preview: " + (preview ? std::string("no change, or no undo") : preview.error().detail);
        const auto done = m_provider->execute(deed, context(true));
        if (!done || done->undoRecord.isNull())
            return "execute: " + (done ? std::string("no way back") : done.error().detail);
        if (m_provider->verify(deed, context(false))->state != OutcomeState::Verified || !isCut())
            return "it is not contained";
        const auto back = m_provider->undo(deed, done->undoRecord, false, context(true));
        const auto after = m_provider->inspect(deed.targets.front(), context(false));
        if (!back || !after || !(after->state == before->state) || isCut())
            return "not as before: " + (back ? std::string() : back.error().detail);
        const auto twice = m_provider->undo(deed, done->undoRecord, false, context(true));
        return twice || twice.error().code != ErrorCode::Conflict ? "taken back twice" : "";
    }

private slots:
    void initTestCase()
    {
        const auto person = [](const char* name, const char* control) {
            return QByteArray("dn: uid=") + name + ",dc=acme,dc=example\nobjectClass: inetOrgPerson\nobjectClass: user\nuid: " + name + "\nsAMAccountName: " + name +
                   "\ncn: " + name + "\nsn: " + name + "\nuserPassword: " + name + "-pass\nuserAccountControl: " + control + "\n\n";
        };
        m_server = std::make_unique<test::SlapdServer>(person("ada", "66048") + person("bob", "514") +
                                                       "dn: cn=admins,dc=acme,dc=example\nobjectClass: groupOfNames\ncn: admins\nmember: uid=ada,dc=acme,dc=example\nmember: uid=bob,dc=acme,dc=example\n\n");
        if (!m_server->isRunning())
            QSKIP("slapd is not installed here, or does not start");
    }
    void init() { use("openldap"); }
    void cleanupTestCase() { m_server.reset(); }

    void aLockedAccountIsRefusedAndLetInAgain()
    {
        QVERIFY(letsIn());
        const std::string problem = containsAndGoesBack(action("account.suspend", account(ada)), [this] { return !letsIn(); }); // by trying
        QVERIFY2(problem.empty(), problem.c_str());
    }
    void anAccountOfActiveDirectoryKeepsItsOtherFlags()
    {
        use("ad");
        const auto control = [this] {
            auto client = as("cn=admin,dc=acme,dc=example", "admin-pass");
            return client->read(ada, {"userAccountControl"}).value().front().first("userAccountControl");
        };
        const std::string problem = containsAndGoesBack(action("account.suspend", account("acme\\ada")), [&control] { return control() == "66050"; });
        QVERIFY2(problem.empty(), problem.c_str());
        QCOMPARE(control(), std::string("66048"));
        const auto off = m_provider->preview(action("account.suspend", account("acme\\bob")), context(false));
        QVERIFY(off && off->request.find("nothing") == 0); // is off already
    }
    void aMemberLeavesItsGroupAndComesBack()
    {
        const auto isOut = [this] { return m_provider->inspect(account(ada), context(false))->state.at("grants").asArray().empty(); };
        const std::string problem = containsAndGoesBack(action("grant.remove", account("ada"), group), isOut);
        QVERIFY2(problem.empty(), problem.c_str());
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("account.suspend", account(ada));
        const auto done = m_provider->execute(off, context(true));
        QVERIFY(done);
        change(ada, "pwdAccountLockedTime", "000001010000Z", ""); // somebody else
        QVERIFY(m_provider->undo(off, done->undoRecord, false, context(true)).error().code == ErrorCode::Conflict);
        QVERIFY(m_provider->undo(off, done->undoRecord, true, context(true)).error().code == ErrorCode::Conflict); // the server itself compares
        QVERIFY(letsIn());
    }

    void aForgedUndoChangesNothingElse()
    {
        const Action off = action("account.suspend", account(ada));
        const auto done = m_provider->execute(off, context(true));
        QVERIFY(done);
        Value forged = done->undoRecord;
        Value part = forged["targets"].asArray().front();
        part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "exchange"}, {"dn", ada}, {"attribute", "userPassword"}, {"from", ""}, {"to", "mine"}}}}});
        forged.set("targets", Value::Array{part});
        QVERIFY(m_provider->undo(off, forged, false, context(true)).error().code == ErrorCode::Invalid);
        QVERIFY(m_provider->undo(off, done->undoRecord, false, context(true)));
        QVERIFY(letsIn() && !as(ada, "mine"));
    }

    void noNameIsAFilter()
    {
        for (const char* name : {"*", "a*", "ada)(uid=*", "x\\*", "nobody"}) {
            const auto facts = m_provider->inspect(account(name), context(false));
            QVERIFY2(facts && !facts->exists, name);
        }
    }

    void anEntryIsDeleted()
    {
        const Action gone = action("account.delete", account("bob"));
        QVERIFY(m_provider->preview(gone, context(false))->undo.empty());
        const auto done = m_provider->execute(gone, context(true));
        QVERIFY(done && done->undoRecord.isNull());
        QVERIFY(m_provider->verify(gone, context(false))->state == OutcomeState::Verified);
    }

    void anotherDirectoryOrPasswordChangesNothing()
    {
        act::ConnectorSettings other = settings("openldap");
        other.tenant = "dc=other,dc=example";
        auto made = connectors::ldap::makeLdapProvider(other, {});
        QVERIFY(made);
        QVERIFY((*made)->execute(action("account.suspend", account(ada)), context(true)).error().code == ErrorCode::Denied);
        m_credential = crypto::SecretBytes::copyOf("{\"bind_dn\":\"cn=admin,dc=acme,dc=example\",\"password\":\"wrong-secret\"}");
        const auto refused = m_provider->check(context(false));
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied && refused.error().detail.find("wrong-secret") == std::string::npos);
        m_credential = crypto::SecretBytes::copyOf(adminCredential);
        QVERIFY(!as(ada, "")); // an empty password is no bind
        QVERIFY(letsIn());
        act::ConnectorSettings bad = settings("novell");
        QVERIFY(!connectors::ldap::makeLdapProvider(bad, {}));
    }

    void theConfinedProgramCanDoIt()
    {
        OneCredential credentials;
        const MachineClock clock;
        auto process = act::ConnectorProcess::make(std::string(CORDON_BINARY_DIR) + "/bin/cordon_connector", settings("openldap"), credentials, clock);
        QVERIFY2(process, process ? "" : process.error().detail.c_str());
        const auto said = (*process)->check({});
        QVERIFY2(said, said ? "" : said.error().detail.c_str());
        QVERIFY((*process)->inspect(account(ada), {})->exists);
    }
};

QTEST_GUILESS_MAIN(TestLdapProvider)
#include "tst_ldap_provider.moc"
