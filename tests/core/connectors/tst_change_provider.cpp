#include "core/connectors/change/change_provider.h"

#include "tests/support/change_fake.h"
#include "tests/support/provider_trial.h"

using namespace cordon;

class TestChangeProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::ChangeFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    void connect(const std::string& tenant, std::map<std::string, std::string> options)
    {
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::change::makeChangeProvider, "change", tenant, "{\"user\":\"responder\",\"password\":\"pass-word\"}");
        options["endpoint"] = "{}";
        VERIFY_WELL(m_trial->connect(options));
    }
    void connectTo(const QString& form)
    {
        if (form == "servicenow")
            connect("acme", {{"template", "servicenow"}});
        else
            connect("https://acme.atlassian.net", {{"template", "jira"}, {"project", "SEC"}});
    }
    Action action(const std::string& verb, const char* record = nullptr)
    {
        Action made = m_trial->action(verb, {EntityKind::Account, "arn:aws:iam::1:user/ci {code}<b>\nx", {}, {}}, record ? Value(Value::Object{{"record", record}}) : Value(Value::Object{}));
        made.incident = "INC-0001";
        return made;
    }

private slots:
    void init() { m_fake = std::make_unique<test::ChangeFake>(); }

    void aRecordIsOpenedOnceAndFoundAgain_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("route");
        QTest::newRow("ServiceNow") << "servicenow" << "open";
        QTest::newRow("Jira") << "jira" << "openIssue";
    }
    void aRecordIsOpenedOnceAndFoundAgain()
    {
        QFETCH(QString, form);
        QFETCH(QString, route);
        connectTo(form);
        QVERIFY(m_trial->provider().check(m_trial->reading()));
        VERIFY_WELL(m_trial->standsFaults(action("change.open"), route.toStdString()));
        QCOMPARE(m_fake->records.size(), std::size_t(1));
        QVERIFY(m_trial->provider().execute(action("change.open"), m_trial->changing())); // its answer was lost: asked again
        QCOMPARE(m_fake->records.size(), std::size_t(1));
        const std::string text = json::write(m_fake->records.front());
        QVERIFY(text.find("INC-0001") != std::string::npos);
        for (const char* markup : {"{code", "<b>", "ci {"})
            QVERIFY2(text.find(markup) == std::string::npos, markup);
    }

    void aNoteGoesOntoItsRecordAndIsReadBack_data() { aRecordIsOpenedOnceAndFoundAgain_data(); }
    void aNoteGoesOntoItsRecordAndIsReadBack()
    {
        QFETCH(QString, form);
        connectTo(form);
        const char* record = form == "jira" ? "SEC-1" : "CHG0001";
        QVERIFY(m_trial->provider().execute(action("change.open"), m_trial->changing()));
        const Action note = action("change.note", record);
        QVERIFY(m_trial->provider().verify(note, m_trial->reading())->state == OutcomeState::Failed);
        m_fake->lag = 2;
        QVERIFY(m_trial->provider().execute(note, m_trial->changing()));
        QVERIFY(m_trial->provider().verify(note, m_trial->reading())->state == OutcomeState::Verified);
        QCOMPARE(m_fake->notes.size(), std::size_t(1));
        for (const char* bad : {"", "x^ORnumberISNOTEMPTY", "../../x", "SEC-1?x"})
            QVERIFY2(m_trial->provider().execute(action("change.note", bad), m_trial->changing()).error().code == ErrorCode::Invalid, bad);
    }

    void whatTakesAnyJsonCannotBeAskedAndIsUnknown()
    {
        connect("hooks", {{"template", "json"}, {"path", "/hooks/cordon"}});
        const auto done = m_trial->provider().execute(action("change.open"), m_trial->changing());
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QCOMPARE(m_fake->posted.size(), std::size_t(1));
        QCOMPARE(m_fake->posted.front()["event"].asString(), std::string("change.open"));
        QVERIFY(m_trial->provider().verify(action("change.open"), m_trial->reading())->state == OutcomeState::Unknown);
    }

    void optionsAndCredentialsThatDoNotFitAreTold()
    {
        const auto why = [](Value options) {
            auto made = connectors::change::makeChangeProvider({"c", "change", "acme", "prod", {}, std::move(options)}, {});
            return made ? std::string() : made.error().detail;
        };
        QVERIFY(why(Value::Object{{"endpoint", "https://x"}, {"template", "paper"}}).find("servicenow") != std::string::npos);
        QVERIFY(why(Value::Object{{"endpoint", "https://x"}, {"template", "jira"}}).find("project") != std::string::npos);
        QVERIFY(why(Value::Object{{"template", "jira"}}).find("endpoint") != std::string::npos);
        connectTo("servicenow");
        m_trial->use("{\"user\":\"responder\",\"password\":\"wrong-secret\"}");
        const auto refused = m_trial->provider().check(m_trial->reading());
        QVERIFY(!refused && refused.error().detail.find("User Not Authenticated") != std::string::npos && refused.error().detail.find("wrong-secret") == std::string::npos);
        connect("other", {{"template", "servicenow"}});
        QVERIFY(m_trial->provider().execute(action("change.open"), m_trial->changing()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->records.empty());
    }
};

QTEST_GUILESS_MAIN(TestChangeProvider)
#include "tst_change_provider.moc"
