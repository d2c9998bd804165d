#include "core/connectors/ldap/ldap_provider.h"

#include "core/connectors/ldap/ldap_client.h"
#include "tests/support/provider_user.h"
#include "tests/support/slapd_server.h"

using namespace cordon;
using connectors::ldap::LdapClient;

namespace {

constexpr const char* adminCredential = "{\"bind_dn\":\"cn=admin,dc=acme,dc=example\",\"password\":\"admin-pass\"}";

} // namespace

/// Against a real server that this test starts; skipped where slapd is not installed.
class TestLdapProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SlapdServer> m_server;
    std::unique_ptr<test::ProviderUser> m_user;

    static constexpr const char* base = "dc=acme,dc=example";
    static constexpr const char* group = "cn=admins,dc=acme,dc=example";
    static constexpr const char* ada = "uid=ada,dc=acme,dc=example";

    static EntityRef account(const char* id) { return {EntityKind::Account, id, {}, {}}; }
    act::ConnectorSettings settings(const std::string& directory) const
    {
        return {"ldap-test", "ldap", base, "prod", {}, Value::Object{{"host", "127.0.0.1"}, {"port", m_server->port()}, {"directory", directory}}};
    }
    void use(const std::string& directory)
    {
        m_user = std::make_unique<test::ProviderUser>(connectors::ldap::makeLdapProvider, settings(directory), adminCredential);
        VERIFY_WELL(m_user->open());
    }
    Action action(const std::string& verb, const EntityRef& on, const char* from = nullptr) const
    {
        return m_user->action(verb, on, from ? Value(Value::Object{{"group", from}}) : Value(Value::Object{}));
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
        VERIFY_WELL(m_user->cutsAndGoesBack(action("account.suspend", account(ada)), [this] { return !letsIn(); })); // by trying
    }
    void anAccountOfActiveDirectoryKeepsItsOtherFlags()
    {
        use("ad");
        const auto control = [this] {
            auto client = as("cn=admin,dc=acme,dc=example", "admin-pass");
            return client->read(ada, {"userAccountControl"}).value().front().first("userAccountControl");
        };
        VERIFY_WELL(m_user->cutsAndGoesBack(action("account.suspend", account("acme\\ada")), [&control] { return control() == "66050"; }));
        QCOMPARE(control(), std::string("66048"));
        const auto off = m_user->provider().preview(action("account.suspend", account("acme\\bob")), m_user->reading());
        QVERIFY(off && off->request.find("nothing") == 0); // is off already
    }
    void aMemberLeavesItsGroupAndComesBack()
    {
        const auto isOut = [this] { return m_user->provider().inspect(account(ada), m_user->reading())->state.at("grants").asArray().empty(); };
        VERIFY_WELL(m_user->cutsAndGoesBack(action("grant.remove", account("ada"), group), isOut));
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("account.suspend", account(ada));
        const auto done = m_user->provider().execute(off, m_user->changing());
        QVERIFY(done);
        change(ada, "pwdAccountLockedTime", "000001010000Z", ""); // somebody else
        QVERIFY(m_user->provider().undo(off, done->undoRecord, false, m_user->changing()).error().code == ErrorCode::Conflict);
        QVERIFY(m_user->provider().undo(off, done->undoRecord, true, m_user->changing()).error().code == ErrorCode::Conflict); // the server itself compares
        QVERIFY(letsIn());
    }

    void aForgedUndoChangesNothingElse()
    {
        const Action off = action("account.suspend", account(ada));
        const auto done = m_user->provider().execute(off, m_user->changing());
        QVERIFY(done);
        Value forged = done->undoRecord;
        Value part = forged["targets"].asArray().front();
        part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "exchange"}, {"dn", ada}, {"attribute", "userPassword"}, {"from", ""}, {"to", "mine"}}}}});
        forged.set("targets", Value::Array{part});
        QVERIFY(m_user->provider().undo(off, forged, false, m_user->changing()).error().code == ErrorCode::Invalid);
        QVERIFY(m_user->provider().undo(off, done->undoRecord, false, m_user->changing()));
        QVERIFY(letsIn() && !as(ada, "mine"));
    }

    // NHI2
    void aPasswordIsReplacedByOneFromTheVaultAndTried()
    {
        const EntityRef password{EntityKind::Credential, std::string(ada) + "/password", {}, {}};
        const Action replace = m_user->action("credential.replace", password);
        VERIFY_WELL(m_user->refusalOf(replace, ErrorCode::Denied)); // no value is kept
        const std::string next = "quite another word";
        const auto keep = [this, &password](const std::string& value) {
            m_user->use(json::write(Value::Object{{"bind_dn", "cn=admin,dc=acme,dc=example"}, {"password", "admin-pass"}, {"new_values", Value::Object{{password.id, value}}}}));
        };
        keep(next);
        const auto preview = m_user->provider().preview(replace, m_user->reading());
        QVERIFY(preview && preview->undo.empty() && preview->request.find(next) == std::string::npos);
        QVERIFY(m_user->provider().verify(replace, m_user->reading())->state == OutcomeState::Failed); // by trying
        QVERIFY(letsIn());
        const auto done = m_user->execute(replace);
        QVERIFY2(done && done->undoRecord.isNull(), done ? "" : done.error().detail.c_str());
        QVERIFY(m_user->provider().verify(replace, m_user->reading())->state == OutcomeState::Verified);
        QVERIFY(!letsIn() && as(ada, next));
        VERIFY_WELL(m_user->refusalOf(m_user->action("credential.delete", password), ErrorCode::Unsupported));
        keep("ada-pass");
        QVERIFY(m_user->execute(replace) && letsIn());
    }

    void noNameIsAFilter()
    {
        for (const char* name : {"*", "a*", "ada)(uid=*", "x\\*", "nobody"}) {
            const auto facts = m_user->provider().inspect(account(name), m_user->reading());
            QVERIFY2(facts && !facts->exists, name);
        }
    }

    void anEntryIsDeleted()
    {
        const Action gone = action("account.delete", account("bob"));
        QVERIFY(m_user->provider().preview(gone, m_user->reading())->undo.empty());
        const auto done = m_user->provider().execute(gone, m_user->changing());
        QVERIFY(done && done->undoRecord.isNull());
        QVERIFY(m_user->provider().verify(gone, m_user->reading())->state == OutcomeState::Verified);
    }

    void anotherDirectoryOrPasswordChangesNothing()
    {
        act::ConnectorSettings other = settings("openldap");
        other.tenant = "dc=other,dc=example";
        auto made = connectors::ldap::makeLdapProvider(other, {});
        QVERIFY(made);
        QVERIFY((*made)->execute(action("account.suspend", account(ada)), m_user->changing()).error().code == ErrorCode::Denied);
        m_user->use("{\"bind_dn\":\"cn=admin,dc=acme,dc=example\",\"password\":\"wrong-secret\"}");
        const auto refused = m_user->provider().check(m_user->reading());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied && refused.error().detail.find("wrong-secret") == std::string::npos);
        m_user->use(adminCredential);
        QVERIFY(!as(ada, "")); // an empty password is no bind
        QVERIFY(letsIn());
        act::ConnectorSettings bad = settings("novell");
        QVERIFY(!connectors::ldap::makeLdapProvider(bad, {}));
    }

    void theConfinedProgramCanDoIt() { VERIFY_WELL(m_user->worksConfined(account(ada))); }
};

QTEST_GUILESS_MAIN(TestLdapProvider)
#include "tst_ldap_provider.moc"
