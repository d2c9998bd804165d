#include "core/connectors/entra/entra_provider.h"

#include "tests/support/entra_fake.h"
#include "tests/support/provider_trial.h"

using namespace cordon;

class TestEntraProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::EntraFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    static constexpr const char* userId = "aaaaaaaa-0000-0000-0000-000000000001";
    static constexpr const char* serviceId = "aaaaaaaa-0000-0000-0000-000000000002";
    static constexpr const char* group = "cccccccc-0000-0000-0000-000000000001";
    static constexpr const char* secretId = "bbbbbbbb-0000-0000-0000-000000000001";
    const EntityRef m_user{EntityKind::Account, "ada@acme.example", {}, {}};
    const EntityRef m_service{EntityKind::Account, serviceId, {}, {}};
    /// A certificate's outline; whether it holds is Microsoft's to say.
    const std::string pem = "-----BEGIN CERTIFICATE-----\n" + toBase64(bytesOf("\x30\x82" + std::string(300, 'c'))) + "\n-----END CERTIFICATE-----\n";
    const EntityRef m_certificate{EntityKind::Credential, "bbbbbbbb-0000-0000-0000-000000000021", {}, {}};
    const EntityRef m_secret{EntityKind::Credential, secretId, {}, {}};

    Action action(const std::string& verb, const EntityRef& on, const char* parameter = nullptr, const char* value = nullptr)
    {
        return m_trial->action(verb, on, parameter ? Value(Value::Object{{parameter, value}}) : Value(Value::Object{}));
    }

    [[nodiscard]] std::string credential(const std::string& value) const
    {
        return json::write(Value::Object{{"client_id", "responder"}, {"client_secret", m_fake->secret}, {"new_values", Value::Object{{secretId, value}}}});
    }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::EntraFake>();
        m_fake->principals[userId] = {true, "ada@acme.example", true, "2024-01-02T03:04:05Z", {group, "cccccccc-0000-0000-0000-000000000002"}};
        m_fake->principals[serviceId] = {false, "build", true, {}, {}};
        m_fake->assignments["a1"] = Value::Object{{"id", "a1"}, {"principalId", serviceId}, {"resourceId", "graph"}, {"appRoleId", "mail.read"}, {"principalDisplayName", "build"}};
        m_fake->assignments["a2"] = Value::Object{{"id", "a2"}, {"principalId", serviceId}, {"resourceId", "graph"}, {"appRoleId", "user.read"}};
        m_fake->roles["r1"] = Value::Object{{"id", "r1"}, {"principalId", userId}, {"roleDefinitionId", "62e90394"}, {"directoryScopeId", "/"}};
        m_fake->consents["c1"] = Value::Object{{"id", "c1"}, {"clientId", serviceId}, {"consentType", "Principal"}, {"principalId", userId}, {"resourceId", "graph"}, {"scope", "Mail.Read offline_access"}};
        m_fake->applications["obj0"] = {"bbbbbbbb-0000-0000-0000-000000000009"};
        m_fake->applications["obj1"] = {secretId, "bbbbbbbb-0000-0000-0000-000000000002"};
        m_fake->certificates["obj0"] = {{"bbbbbbbb-0000-0000-0000-000000000020", "b25l"}};
        m_fake->certificates["obj1"] = {{m_certificate.id, "b2xk"}, {"bbbbbbbb-0000-0000-0000-000000000022", "b3RoZXI="}};
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::entra::makeEntraProvider, "entra", m_fake->tenant, credential(pem));
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}, {"login", "{}"}}));
    }

    void everythingIsFoundOverAllPages()
    {
        QCOMPARE(m_trial->state(m_user, "grants"), std::string("[\"62e90394\",\"cccccccc-0000-0000-0000-000000000001\",\"cccccccc-0000-0000-0000-000000000002\"]"));
        QCOMPARE(m_trial->state(m_service, "grants"), std::string("[\"graph/mail.read\",\"graph/user.read\"]"));
        QCOMPARE(m_trial->state(m_secret), std::string("active")); // in the second application
        const auto facts = m_trial->provider().inspect(m_secret, m_trial->reading());
        QCOMPARE(facts->owner.value(), std::string("app-obj1"));
        for (const EntityRef& gone : {EntityRef{EntityKind::Account, "nobody@acme.example", {}, {}}, EntityRef{EntityKind::Account, "dddddddd-0000-0000-0000-000000000001", {}, {}},
                                      EntityRef{EntityKind::Credential, "dddddddd-0000-0000-0000-000000000001", {}, {}}})
            QCOMPARE(m_trial->state(gone), std::string("not there"));
    }

    void aUserIsSwitchedOffAndOn() { VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_user))); }
    void aServicePrincipalIsSwitchedOffAndOn() { VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_service))); }
    void anAssignmentIsTakenAndGivenBack() { VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_service, "grant", "graph/mail.read"))); }
    void aDirectoryRoleIsTakenAndGivenBack() { VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_user, "role", "62e90394"))); }
    void aUserLeavesAGroupAndComesBack() { VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_user, "group", group))); }
    void aConsentIsWithdrawnAndGivenBackAsItWas()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("consent.revoke", m_user, "grant", (std::string(serviceId) + "/graph/" + userId).c_str())));
        QCOMPARE(m_fake->consents.size(), std::size_t(1));
        QCOMPARE(m_fake->consents.begin()->second["scope"].asString(), std::string("Mail.Read offline_access"));
    }

    void sessionsAreEndedAndItShows() { VERIFY_WELL(m_trial->endsForGood(action("session.revoke", m_user))); }
    void aSecretIsTakenFromItsApplicationAlone()
    {
        VERIFY_WELL(m_trial->endsForGood(action("credential.delete", m_secret)));
        QCOMPARE(m_fake->applications["obj0"].size() + m_fake->applications["obj1"].size(), std::size_t(2));
    }
    void aCertificateIsTakenFromItsApplicationAndTheOthersStay()
    {
        VERIFY_WELL(m_trial->endsForGood(action("credential.delete", m_certificate)));
        QCOMPARE(m_fake->certificates["obj1"], (std::map<std::string, std::string>{{"bbbbbbbb-0000-0000-0000-000000000022", "b3RoZXI="}}));
        QCOMPARE(m_fake->certificates["obj0"].size(), std::size_t(1));
    }
    void aNewCertificateStandsBesideTheOldSecretAndIsTakenOutAgain()
    {
        const Action replace = action("credential.replace", m_secret);
        VERIFY_WELL(m_trial->containsAndGoesBack(replace));
        QVERIFY(m_trial->provider().execute(replace, m_trial->changing()));
        QCOMPARE(m_fake->certificates["obj1"].size(), std::size_t(3));
        QVERIFY(m_fake->certificates["obj1"].contains("bbbbbbbb-0000-0000-0000-000000000022"));
        QVERIFY(m_fake->applications["obj1"].contains(secretId)); // until a step of its own deletes it
    }
    void whatIsNoCertificateIsRefused()
    {
        for (const std::string& value : {std::string("a password of our own"), "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n" + pem, std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")}) {
            m_trial->use(credential(value));
            VERIFY_WELL(m_trial->refusalOf(action("credential.replace", m_secret), ErrorCode::Denied));
        }
        m_trial->use(credential(pem));
        m_fake->givesKeys = false; // written back, the others would be lost
        VERIFY_WELL(m_trial->refusalOf(action("credential.replace", m_secret), ErrorCode::Denied));
        QCOMPARE(m_fake->certificates["obj1"].size(), std::size_t(2));
    }
    // NHI2
    void aSecretThatMicrosoftMakesGoesToTheVaultAlone()
    {
        m_trial->use(credential({}));
        const Action replace = action("credential.replace", m_secret, "secret", "vault/kv/app");
        QVERIFY(m_trial->provider().preview(replace, m_trial->reading())->request.find("as vault/kv/app") != std::string::npos);
        const auto done = m_trial->execute(replace);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        auto made = m_trial->provider().takeMade();
        QVERIFY(made && made->id == "vault/kv/app" && !m_trial->provider().takeMade());
        const std::string value = m_fake->secretValues.begin()->second;
        QVERIFY(made->value.text() == value);
        QVERIFY((done->detail + json::write(done->undoRecord)).find("made~by") == std::string::npos);
        QVERIFY(m_trial->provider().verify(replace, m_trial->reading())->state == OutcomeState::Failed); // the vault has no value
        VERIFY_WELL(m_trial->refusalOf(replace, ErrorCode::Denied)); // and it is not made twice
        m_trial->use(json::write(Value::Object{{"client_id", "responder"}, {"client_secret", m_fake->secret}, {"new_values", Value::Object{{"vault/kv/app", value}}}}));
        QVERIFY(m_trial->provider().verify(replace, m_trial->reading())->state == OutcomeState::Verified);
        QVERIFY(m_trial->execute(replace)->undoRecord.isNull()); // is so already
        QCOMPARE(m_fake->applications["obj1"].size(), std::size_t(3));
        QVERIFY(m_trial->undo(replace, done->undoRecord));
        QCOMPARE(m_fake->applications["obj1"], (std::set<std::string>{secretId, "bbbbbbbb-0000-0000-0000-000000000002"}));
    }
    void aForgedUndoReachesNoOtherPath()
    {
        const Action replace = action("credential.replace", m_secret);
        const auto done = m_trial->execute(replace);
        QVERIFY(done);
        Value part = done->undoRecord["targets"].asArray().front();
        for (const char* path : {"/servicePrincipals/obj0", "/applications/obj0/owners", "/applications/obj0?x"}) {
            part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "remove certificate"}, {"application", path}, {"key_id", "bbbbbbbb-0000-0000-0000-000000000020"}}}, {"shown", ""}}});
            Value forged = done->undoRecord;
            forged.set("targets", Value::Array{part});
            QVERIFY(m_trial->undo(replace, forged).error().code == ErrorCode::Invalid);
        }
    }
    void aServicePrincipalIsDeleted() { VERIFY_WELL(m_trial->endsForGood(action("account.delete", m_service))); }

    void whatCannotBeDoneIsSaidBefore()
    {
        const auto why = [this](const Action& deed) {
            const auto preview = m_trial->provider().preview(deed, m_trial->reading());
            return preview ? ErrorCode::Internal : preview.error().code;
        };
        QVERIFY(why(action("session.revoke", m_service)) == ErrorCode::Unsupported);
        QVERIFY(why(action("consent.revoke", m_user, "grant", "none")) == ErrorCode::NotFound);
        QVERIFY(why(action("grant.remove", m_user, "group", "none")) == ErrorCode::NotFound);
        QVERIFY(m_fake->done.empty());
    }

    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(action("account.suspend", m_user), "patchUser")); }
    void aDeletionWhoseAnswerIsLostIsUnknown() { VERIFY_WELL(m_trial->standsFaults(action("account.delete", m_service), "deleteServicePrincipal")); }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("account.suspend", m_user);
        const auto done = m_trial->provider().execute(off, m_trial->changing());
        QVERIFY(done);
        m_fake->principals[userId].isEnabled = true; // somebody else
        QVERIFY(m_trial->provider().undo(off, done->undoRecord, false, m_trial->changing()).error().code == ErrorCode::Conflict);
        QVERIFY(m_trial->provider().undo(off, done->undoRecord, true, m_trial->changing()));
    }

    void anotherTenantOrSecretIsToldAndChangesNothing()
    {
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["name"].asString(), std::string("Acme"));
        m_trial->use("{\"client_id\":\"responder\",\"client_secret\":\"wrong-secret\"}");
        const auto refused = m_trial->provider().execute(action("account.suspend", m_user), m_trial->changing());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(refused.error().detail.find("AADSTS7000215") != std::string::npos);
        QVERIFY(refused.error().detail.find("wrong-secret") == std::string::npos);
        m_trial->use("{\"client_id\":\"responder\",\"client_secret\":\"" + m_fake->secret + "\"}");
        m_fake->tenant = "22222222-1111-1111-1111-111111111111";
        QVERIFY(m_trial->provider().execute(action("account.suspend", m_user), m_trial->changing()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done == std::vector<std::string>(m_fake->done.size(), "getToken") || m_fake->done.empty());
    }
};

QTEST_GUILESS_MAIN(TestEntraProvider)
#include "tst_entra_provider.moc"
