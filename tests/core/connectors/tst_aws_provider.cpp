#include "core/connectors/aws/aws_provider.h"

#include "core/act/expected_state.h"
#include "tests/support/aws_fake.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors::aws;
using test::AwsFake;

class TestAwsProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<AwsFake> m_fake;
    std::unique_ptr<test::HttpPeer> m_peer;
    std::unique_ptr<act::Provider> m_provider;
    crypto::SecretBytes m_credential;
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    int m_serial = 0;

    const EntityRef m_key{EntityKind::Credential, "AKIAVICTIM0000000001", "access_key", {}};
    const EntityRef m_user{EntityKind::Account, "arn:aws:iam::123456789012:user/build-bot", {}, {}};
    const EntityRef m_role{EntityKind::Role, "arn:aws:iam::123456789012:role/app", {}, {}};
    static constexpr const char* managed = "arn:aws:iam::aws:policy/AdministratorAccess";

    act::CallContext reading() { return {m_credential, "", wallClock(), std::chrono::seconds(20), m_token}; }
    act::CallContext changing()
    {
        return {m_credential, "serial" + std::to_string(++m_serial), wallClock(), std::chrono::seconds(20), m_token};
    }
    static Timestamp wallClock()
    {
        return Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(
                                         std::chrono::system_clock::now().time_since_epoch())
                                         .count());
    }
    static Action action(const std::string& verb, const EntityRef& target, Value params = Value::Object{})
    {
        Action made;
        made.type = verb;
        made.connector = "aws-test";
        made.tenant = "123456789012";
        made.targets = {target};
        made.params = std::move(params);
        return made;
    }
    void connect(Value options = Value::Object{})
    {
        options.set("region", "eu-central-1").set("endpoint", m_peer->url());
        act::ConnectorSettings settings{"aws-test", "aws", "123456789012", "prod", {}, std::move(options)};
        auto provider = makeAwsProvider(settings, [](auto, const auto&) { return true; });
        QVERIFY2(provider, provider ? "" : provider.error().detail.c_str());
        m_provider = std::move(*provider);
    }
    std::string status(const EntityRef& target)
    {
        const auto facts = m_provider->inspect(target, reading());
        return facts ? facts->state.at("status").asString() : facts.error().detail;
    }

private slots:
    void init()
    {
        m_fake = std::make_unique<AwsFake>();
        m_fake->users["build-bot"].tags = {{"team", "build"}, {"break-glass", "true"}, {"criticality", "high"}};
        m_fake->users["build-bot"].attached = {managed, "arn:aws:iam::123456789012:policy/other"};
        m_fake->users["build-bot"].inlined["own"] = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
        m_fake->users["build-bot"].groups = {"builders"};
        m_fake->roles["app"] = {};
        m_fake->keys["AKIAVICTIM0000000001"] = {"build-bot", "Active", "2026-11-20T10:00:00Z"};
        m_fake->keys["AKIAVICTIM0000000002"] = {"build-bot", "Inactive", "N/A"};
        m_peer = std::make_unique<test::HttpPeer>(m_fake->answer());
        m_credential = crypto::SecretBytes::copyOf("{\"access_key_id\":\"" + m_fake->accessKeyId + "\",\"secret_access_key\":\"" + m_fake->secret + "\"}");
        connect();
    }

    void theSignatureIsCheckedByTheOtherSide()
    {
        QVERIFY(m_provider->inspect(m_key, reading()));
        m_fake->secret = "another";
        const auto refused = m_provider->inspect(m_key, reading());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(refused.error().detail.find("SignatureDoesNotMatch") != std::string::npos);
    }

    void aKeyIsInspectedWithItsOwner()
    {
        const auto facts = m_provider->inspect(m_key, reading());
        QVERIFY2(facts, facts ? "" : facts.error().detail.c_str());
        QVERIFY(facts->exists);
        QCOMPARE(facts->state.at("status").asString(), std::string("active"));
        QCOMPARE(facts->state.at("siblings").asArray().size(), std::size_t(1));
        QCOMPARE(facts->owner.value(), m_user.id);
        QCOMPARE(facts->ownerTags.value(), (std::vector<std::string>{"break-glass", "criticality=high", "team=build"}));
        QVERIFY(facts->tags && facts->tags->empty()); // known to have none
        QVERIFY(facts->criticality == Criticality::High);
        QCOMPARE(facts->lastUsedService, std::string("s3"));
        QVERIFY(!facts->dependents); // AWS does not say: unknown, not none
        QCOMPARE(facts->environment.value(), std::string("prod"));
    }

    void whatIsNotThereIsAFact()
    {
        for (const EntityRef& gone : {EntityRef{EntityKind::Credential, "AKIANOBODY", {}, {}},
                                      EntityRef{EntityKind::Account, "arn:aws:iam::123456789012:user/nobody", {}, {}},
                                      EntityRef{EntityKind::Role, "arn:aws:iam::123456789012:role/nobody", {}, {}}}) {
            const auto facts = m_provider->inspect(gone, reading());
            QVERIFY(facts && !facts->exists);
        }
        const auto session = m_provider->inspect({EntityKind::Credential, "ASIASESSION", {}, {}}, reading());
        QVERIFY(!session && session.error().code == ErrorCode::Unsupported);
    }

    void everyPairContainsAndGoesBack_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("value");
        QTest::newRow("key off") << "credential.deactivate" << "key" << "" << "";
        QTest::newRow("user denied") << "account.suspend" << "user" << "" << "";
        QTest::newRow("sessions of a user") << "session.revoke" << "user" << "" << "";
        QTest::newRow("sessions of a role") << "session.revoke" << "role" << "" << "";
        QTest::newRow("managed policy") << "policy.detach" << "user" << "policy" << managed;
        QTest::newRow("inline policy") << "policy.detach" << "user" << "policy" << "arn:aws:iam::123456789012:user/build-bot/policy/own";
        QTest::newRow("group") << "grant.remove" << "user" << "group" << "arn:aws:iam::123456789012:group/builders";
    }
    void everyPairContainsAndGoesBack()
    {
        QFETCH(QString, verb);
        QFETCH(QString, target);
        QFETCH(QString, parameter);
        QFETCH(QString, value);
        const EntityRef on = target == "key" ? m_key : target == "user" ? m_user : m_role;
        Value params = Value::Object{};
        if (!parameter.isEmpty())
            params.set(parameter.toStdString(), value.toStdString());
        const Action deed = action(verb.toStdString(), on, params);
        const auto before = m_provider->inspect(on, reading());
        QVERIFY(before);
        const auto preview = m_provider->preview(deed, reading());
        QVERIFY2(preview, preview ? "" : preview.error().detail.c_str());
        QVERIFY(!(preview->before == preview->after));
        QVERIFY(!preview->undo.empty());
        QVERIFY(m_fake->done.empty()); // looking changes nothing

        const auto done = m_provider->execute(deed, changing());
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QCOMPARE(m_fake->done.size(), std::size_t(1));
        const auto outcome = m_provider->verify(deed, reading());
        QVERIFY(outcome && outcome->state == OutcomeState::Verified);

        const auto back = m_provider->undo(deed, done->undoRecord, false, changing());
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        const auto after = m_provider->inspect(on, reading());
        QVERIFY(after);
        QVERIFY(after->state == before->state); // exactly as it was
        QVERIFY(m_provider->verify(deed, reading())->state == OutcomeState::Failed);
    }

    void aPolicyThatWasThereBeforeComesBackAsItWas()
    {
        const std::string old = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\","
                                "\"Condition\":{\"DateLessThan\":{\"aws:TokenIssueTime\":\"2020-01-01T00:00:00Z\"}}}]}";
        m_fake->roles["app"].inlined["AWSRevokeOlderSessions"] = old;
        const Action revoke = action("session.revoke", m_role);
        const auto done = m_provider->execute(revoke, changing());
        QVERIFY(done);
        QVERIFY(m_fake->roles["app"].inlined["AWSRevokeOlderSessions"] != old);
        QVERIFY(m_provider->undo(revoke, done->undoRecord, false, changing()));
        QCOMPARE(m_fake->roles["app"].inlined["AWSRevokeOlderSessions"], old);
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("credential.deactivate", m_key);
        const auto done = m_provider->execute(off, changing());
        QVERIFY(done);
        m_fake->keys["AKIAVICTIM0000000001"].status = "Active"; // somebody else
        const auto undo = m_provider->undo(off, done->undoRecord, false, changing());
        QVERIFY(!undo && undo.error().code == ErrorCode::Conflict);
        QVERIFY(m_provider->undo(off, done->undoRecord, true, changing()));
        m_fake->keys.erase("AKIAVICTIM0000000001");
        QVERIFY(m_provider->undo(off, done->undoRecord, true, changing()).error().code == ErrorCode::Conflict);
    }

    void whatIsSoAlreadyIsLeftAloneAndNotTakenBack()
    {
        m_fake->keys["AKIAVICTIM0000000001"].status = "Inactive";
        const Action off = action("credential.deactivate", m_key);
        QCOMPARE(m_provider->preview(off, reading())->request, std::string("nothing: it is so already"));
        const auto done = m_provider->execute(off, changing());
        QVERIFY(done && done->undoRecord.isNull());
        QVERIFY(m_fake->done.empty());
        QVERIFY(m_provider->verify(off, reading())->state == OutcomeState::Verified);
        QVERIFY(!m_provider->undo(off, done->undoRecord, false, changing())); // somebody else's to take back
    }

    void whatIsPermanentHasNoWayBack()
    {
        const auto preview = m_provider->preview(action("credential.delete", m_key), reading());
        QVERIFY(preview && preview->undo.empty());
        const auto done = m_provider->execute(action("credential.delete", m_key), changing());
        QVERIFY(done && done->undoRecord.isNull());
        QVERIFY(!m_fake->keys.contains("AKIAVICTIM0000000001"));
        QVERIFY(m_provider->verify(action("credential.delete", m_key), reading())->state == OutcomeState::Verified);
        QVERIFY(!m_provider->undo(action("credential.delete", m_key), Value(), false, changing()));
        const auto user = m_provider->execute(action("account.delete", m_user), changing());
        QVERIFY(!user && user.error().code == ErrorCode::Denied); // still has a key and policies
    }

    void aPasswordForTheConsoleIsTakenAwayForGood()
    {
        const EntityRef password{EntityKind::Credential, m_user.id + "/password", {}, {}};
        QVERIFY(!m_provider->inspect(password, reading())->exists);
        m_fake->users["build-bot"].hasLogin = true;
        const Action gone = action("credential.delete", password);
        QVERIFY(m_provider->preview(gone, reading())->undo.empty());
        QVERIFY(m_provider->preview(action("credential.deactivate", password), reading()).error().code == ErrorCode::Unsupported);
        const auto done = m_provider->execute(gone, changing());
        QVERIFY2(done && done->undoRecord.isNull(), done ? "" : done.error().detail.c_str());
        QVERIFY(!m_fake->users["build-bot"].hasLogin);
        QVERIFY(m_provider->verify(gone, reading())->state == OutcomeState::Verified);
    }

    void aDeletionWhoseAnswerIsLostIsUnknownAndNotRepeated()
    {
        m_fake->silent = {"DeleteAccessKey"};
        const auto lost = m_provider->execute(action("credential.delete", m_key), changing());
        QVERIFY(!lost && lost.error().code == ErrorCode::Io);
        QCOMPARE(std::count(m_fake->done.begin(), m_fake->done.end(), "DeleteAccessKey"), 1L);
    }

    void throttlingIsWaitedOut()
    {
        m_fake->throttled = 2;
        QCOMPARE(status(m_key), std::string("active"));
    }

    void aLieIsFoundByReadingBack()
    {
        m_fake->lying = {"UpdateAccessKey"};
        const Action off = action("credential.deactivate", m_key);
        QVERIFY(m_provider->execute(off, changing()));
        QVERIFY(m_provider->verify(off, reading())->state == OutcomeState::Failed);
    }

    void aLostAnswerAndAFailureAreUnknown()
    {
        const Action off = action("credential.deactivate", m_key);
        m_fake->failing = {"UpdateAccessKey"};
        const auto failed = m_provider->execute(off, changing());
        QVERIFY(!failed && failed.error().code == ErrorCode::Io);
        m_fake->failing.clear();
        m_fake->silent = {"UpdateAccessKey"};
        const auto lost = m_provider->execute(off, changing());
        QVERIFY(!lost && lost.error().code == ErrorCode::Io);
        m_fake->silent.clear();
        QCOMPARE(status(m_key), std::string("inactive")); // and yet it was done
    }

    void anotherAccountIsNeverChanged()
    {
        m_fake->account = "999999999999";
        const auto refused = m_provider->execute(action("credential.deactivate", m_key), changing());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done.empty());
        QVERIFY(m_provider->check(reading()).error().code == ErrorCode::Denied);
    }

    void anAssumedRoleIsNarrowedToTheDeed()
    {
        m_fake->sessionToken = "TOKEN";
        connect(Value::Object{{"role", "arn:aws:iam::123456789012:role/responder"}});
        QVERIFY(m_provider->execute(action("credential.deactivate", m_key), changing()));
        QVERIFY(m_fake->lastPolicyOfSession.find("iam:UpdateAccessKey") != std::string::npos);
        QVERIFY(m_fake->lastPolicyOfSession.find("iam:DeleteAccessKey") == std::string::npos);
        QVERIFY(m_provider->inspect(m_key, reading()));
        QVERIFY(m_fake->lastPolicyOfSession.find("iam:UpdateAccessKey") == std::string::npos); // reading changes nothing
    }

    void everyAttributeThatAVerbChangesIsInspected()
    {
        for (const act::Capability& capability : m_provider->capabilities()) {
            const auto* attributes = act::attributesChangedBy(capability.verb);
            QVERIFY2(attributes, capability.verb.c_str());
            if (capability.verb.starts_with("workload.") || capability.verb.starts_with("secret."))
                continue; // tst_compute, tst_secrets
            const EntityRef on = capability.verb.starts_with("credential.") ? m_key : capability.verb == "trust.restore" ? m_role : m_user;
            const auto facts = m_provider->inspect(on, reading());
            QVERIFY(facts);
            for (const std::string_view attribute : *attributes)
                QVERIFY2(facts->state.contains(std::string(attribute)), (capability.verb + ' ' + std::string(attribute)).c_str());
        }
    }

    void theRightsThatItAsksForAreThoseOfItsCalls()
    {
        const Value policy = m_provider->privileges();
        const Value& actions = policy["Statement"].asArray().front()["Action"];
        std::set<std::string> names;
        for (const Value& action : actions.asArray())
            names.insert(action.asString());
        QVERIFY(names.contains("iam:UpdateAccessKey"));
        QVERIFY(!names.contains("iam:*") && !names.contains("iam:CreateUser"));
        const Action off = action("credential.deactivate", m_key);
        QVERIFY(m_provider->execute(off, changing()));
        for (const test::PeerRequest& request : m_peer->requests()) {
            const std::string called = request.body.substr(7, request.body.find('&') - 7);
            QVERIFY2(names.contains("iam:" + called) || names.contains("sts:" + called), called.c_str());
        }
    }

    void optionsThatDoNotFitAreNamed()
    {
        const auto make = [](const std::string& tenant, Value options) {
            auto provider = makeAwsProvider({"a", "aws", tenant, "prod", {}, std::move(options)});
            return provider ? std::string() : provider.error().detail;
        };
        QVERIFY(make("123456789012", Value::Object{{"region", "eu-central-1"}}).empty());
        QVERIFY(make("acme", Value::Object{{"region", "eu-central-1"}}).find("tenant") != std::string::npos);
        QVERIFY(make("123456789012", Value::Object{}).find("region") != std::string::npos);
        QVERIFY(make("123456789012", Value::Object{{"region", "eu-central-1"}, {"regoin", "x"}}).find("regoin") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestAwsProvider)
#include "tst_aws_provider.moc"
