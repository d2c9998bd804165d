#include "core/connectors/okta/okta_provider.h"

#include "tests/support/okta_fake.h"
#include "tests/support/provider_trial.h"

using namespace cordon;

class TestOktaProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::OktaFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    const EntityRef m_user{EntityKind::Account, "ada@acme.example", {}, {}};
    const EntityRef m_application{EntityKind::Account, "0oaapp", {}, {}};
    const EntityRef m_secret{EntityKind::Credential, "0oaapp/secrets/ocs1", {}, {}};
    const EntityRef m_old{EntityKind::Credential, "0oaapp/secrets/ocs3", {}, {}};
    const EntityRef m_token{EntityKind::Credential, "00Tci", {}, {}};
    const EntityRef m_factors{EntityKind::Credential, "ada@acme.example/factors", {}, {}};

    Action action(const std::string& verb, const EntityRef& on, const char* parameter = nullptr, const char* value = nullptr)
    {
        return m_trial->action(verb, on, parameter ? Value(Value::Object{{parameter, value}}) : Value(Value::Object{}));
    }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::OktaFake>();
        m_fake->users["00uada"] = {"ada@acme.example", "ACTIVE", {"00gadmins", "00gall"}, {{"r1", "HELP_DESK_ADMIN"}, {"r2", "SUPER_ADMIN"}}, {{"oag1", "0oaevil"}}, {"0oaevil"}, 2, {}};
        m_fake->applications["0oaapp"].secrets = {{"ocs1", "ACTIVE"}, {"ocs2", "ACTIVE"}, {"ocs3", "INACTIVE"}};
        m_fake->tokens["00Tci"] = "00uada";
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::okta::makeOktaProvider, "okta", "00oacme", "{\"api_token\":\"" + m_fake->token + "\"}");
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}}));
    }

    void aUserIsInspectedOverAllPages()
    {
        const auto facts = m_trial->provider().inspect(m_user, m_trial->reading());
        QVERIFY2(facts, facts ? "" : facts.error().detail.c_str());
        QCOMPARE(json::write(facts->state.at("grants")), std::string("[\"00gadmins\",\"00gall\",\"okta/role/HELP_DESK_ADMIN\",\"okta/role/SUPER_ADMIN\"]"));
        QCOMPARE(json::write(facts->state.at("consents")), std::string("[\"0oaevil\",\"oag1\"]"));
        QVERIFY(!facts->tags && !facts->dependents); // Okta does not say: unknown, not none
        for (const EntityRef& gone : {EntityRef{EntityKind::Account, "nobody", {}, {}}, EntityRef{EntityKind::Account, "0oanobody", {}, {}},
                                      EntityRef{EntityKind::Credential, "00Tnobody", {}, {}}, EntityRef{EntityKind::Credential, "0oaapp/secrets/ocs9", {}, {}}}) {
            const auto nothing = m_trial->provider().inspect(gone, m_trial->reading());
            QVERIFY2(nothing && !nothing->exists, gone.id.c_str());
        }
    }

    void everyPairContainsAndGoesBack()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_user)));
    }
    void anApplicationIsSwitchedOffAndOn() { VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_application))); }
    void aSecretIsSwitchedOffAndOn() { VERIFY_WELL(m_trial->containsAndGoesBack(action("credential.deactivate", m_secret))); }
    void aUserLeavesAGroupAndComesBack() { VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_user, "group", "00gadmins"))); }
    void anAdministratorsRoleIsTakenAndGivenBack() { VERIFY_WELL(m_trial->containsAndGoesBack(action("grant.remove", m_user, "role", "okta/role/HELP_DESK_ADMIN"))); }

    void aRoleWithLimitsHasNoWayBack()
    {
        m_fake->limitedRoles = {"r1"};
        VERIFY_WELL(m_trial->endsForGood(action("grant.remove", m_user, "role", "okta/role/HELP_DESK_ADMIN")));
    }

    void sessionsAreEndedAndTheLogTellsIt()
    {
        m_fake->users["00uada"].cleared = "2020-01-01T00:00:00.000Z"; // an older one is not this one
        VERIFY_WELL(m_trial->endsForGood(action("session.revoke", m_user)));
        QVERIFY(m_fake->users["00uada"].clients.empty());
    }
    void anOldClearingIsNotTakenForThisOne()
    {
        m_fake->users["00uada"].cleared = "2020-01-01T00:00:00.000Z";
        const auto outcome = m_trial->provider().verify(action("session.revoke", m_user), m_trial->reading());
        QVERIFY(outcome && outcome->state == OutcomeState::Unknown);
    }

    void whatIsPermanentHasNoWayBack_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("on");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("value");
        QTest::newRow("user deactivated") << "account.delete" << "user" << "" << "";
        QTest::newRow("token") << "token.destroy" << "token" << "" << "";
        QTest::newRow("factors") << "credential.delete" << "factors" << "" << "";
        QTest::newRow("old secret") << "credential.delete" << "old" << "" << "";
        QTest::newRow("consent") << "consent.revoke" << "user" << "grant" << "oag1";
        QTest::newRow("tokens and consents of a client") << "consent.revoke" << "user" << "application" << "0oaevil";
    }
    void whatIsPermanentHasNoWayBack()
    {
        QFETCH(QString, verb);
        QFETCH(QString, on);
        QFETCH(QString, parameter);
        QFETCH(QString, value);
        const EntityRef target = on == "user" ? m_user : on == "token" ? m_token : on == "old" ? m_old : m_factors;
        Action deed = action(verb.toStdString(), target);
        if (!parameter.isEmpty())
            deed.params.set(parameter.toStdString(), value.toStdString());
        VERIFY_WELL(m_trial->endsForGood(deed));
    }

    void whatOktaWouldRefuseIsRefusedBefore()
    {
        const auto why = [this](const Action& deed) {
            const auto preview = m_trial->provider().preview(deed, m_trial->reading());
            return preview ? ErrorCode::Internal : preview.error().code;
        };
        m_fake->applications["0oaapp"].secrets["ocs2"] = "INACTIVE";
        QVERIFY(why(action("credential.deactivate", m_secret)) == ErrorCode::Denied); // the only one
        QVERIFY(why(action("credential.delete", m_secret)) == ErrorCode::Denied);
        m_fake->users["00uada"].status = "STAGED";
        QVERIFY(why(action("account.suspend", m_user)) == ErrorCode::Denied);
        QVERIFY(why(action("grant.remove", m_user, "group", "00gnone")) == ErrorCode::NotFound);
        QVERIFY(why(action("session.revoke", m_token)) == ErrorCode::Unsupported);
        QVERIFY(m_fake->done.empty());
    }

    // NHI2
    void aNewSecretComesFromTheVaultAndIsShownNowhere()
    {
        const std::string value = "next-secret-of-the-application";
        const auto keep = [this](const std::string& text) {
            m_trial->use(json::write(Value::Object{{"api_token", m_fake->token}, {"new_values", Value::Object{{m_secret.id, text}}}}));
        };
        const Action replace = action("credential.replace", m_secret);
        VERIFY_WELL(m_trial->refusalOf(replace, ErrorCode::Denied)); // none is kept
        keep(value);
        VERIFY_WELL(m_trial->refusalOf(replace, ErrorCode::Denied)); // there are others already
        m_fake->applications["0oaapp"].secrets = {{"ocs1", "ACTIVE"}};
        keep("too short");
        VERIFY_WELL(m_trial->refusalOf(replace, ErrorCode::Denied));
        keep(value);
        const auto preview = m_trial->provider().preview(replace, m_trial->reading());
        QVERIFY(preview && preview->request.find(value) == std::string::npos);
        m_fake->silent = {"addSecret"};
        QVERIFY(m_trial->execute(replace).error().code == ErrorCode::Io);
        m_fake->silent.clear();
        QVERIFY(m_trial->provider().verify(replace, m_trial->reading())->state == OutcomeState::Verified); // what was lost is seen
        const auto again = m_trial->execute(replace);
        QVERIFY(again && again->undoRecord.isNull());
        QCOMPARE(m_fake->done, std::vector<std::string>{"addSecret"}); // and not made twice
        QCOMPARE(m_fake->applications["0oaapp"].values["ocsmade"], value);
        VERIFY_WELL(m_trial->cutsAndGoesBack(action("credential.deactivate", m_secret), [this] { return m_fake->applications["0oaapp"].secrets["ocs1"] == "INACTIVE"; }));
    }

    // GOV-OUTCOME, T7
    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(action("account.suspend", m_user), "suspend")); }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("account.suspend", m_user);
        const auto done = m_trial->provider().execute(off, m_trial->changing());
        QVERIFY(done);
        m_fake->users["00uada"].status = "DEPROVISIONED"; // somebody else
        const auto undo = m_trial->provider().undo(off, done->undoRecord, false, m_trial->changing());
        QVERIFY(!undo && undo.error().code == ErrorCode::Conflict);
        m_fake->users.erase("00uada");
        QVERIFY(m_trial->provider().undo(off, done->undoRecord, true, m_trial->changing()).error().code == ErrorCode::Conflict);
    }

    // NHI8
    void anotherOrganisationIsNeverChanged()
    {
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["identity"].asString(), std::string("responder@acme.example"));
        m_fake->organisation = "00oother";
        QVERIFY(m_trial->provider().check(m_trial->reading()).error().code == ErrorCode::Denied);
        QVERIFY(m_trial->provider().execute(action("account.suspend", m_user), m_trial->changing()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done.empty());
    }

    void aWrongCredentialIsToldWithoutIt()
    {
        m_trial->use("{\"api_token\":\"wrong-secret\"}");
        const auto refused = m_trial->provider().check(m_trial->reading());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(refused.error().detail.find("Invalid token provided") != std::string::npos);
        QVERIFY(refused.error().detail.find("wrong-secret") == std::string::npos);
        m_trial->use("{\"password\":\"x\"}");
        QVERIFY(m_trial->provider().check(m_trial->reading()).error().detail.find("api_token") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestOktaProvider)
#include "tst_okta_provider.moc"
