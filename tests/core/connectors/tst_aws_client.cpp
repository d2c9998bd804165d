#include "core/connectors/aws/aws_client.h"

#include "tests/support/aws_fake.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors;
using aws::Call;

/// How AWS is spoken with: calls in undo records, roles, refusals, asking again.
class TestAwsClient : public QObject
{
    Q_OBJECT

private:
    test::AwsFake m_fake;
    std::unique_ptr<test::HttpPeer> m_peer;
    aws::Options m_options;
    std::optional<Asker> m_asker;
    crypto::SecretBytes m_credential;
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    std::optional<act::CallContext> m_context;

    Result<aws::Client> open(const std::vector<std::string>& allowed = {}) { return aws::Client::open(*m_asker, m_options, *m_context, allowed); }
    static ErrorCode codeOf(const Result<aws::Document>& result) { return result ? ErrorCode::Internal : result.error().code; }

private slots:
    void init()
    {
        m_fake.users["ada"];
        m_peer = std::make_unique<test::HttpPeer>(m_fake.answer());
        m_options = aws::Options::fromValue(Value::Object{{"region", "eu-central-1"}, {"endpoint", m_peer->url() + "/"}}).value();
        m_asker.emplace(net::HttpClient::make({}).value(), [](auto, const auto&) { return true; });
        m_credential = crypto::SecretBytes::copyOf("{\"access_key_id\":\"" + m_fake.accessKeyId + "\",\"secret_access_key\":\"" + m_fake.secret + "\"}");
        const Timestamp now = Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
        m_context.emplace(act::CallContext{m_credential, "serial", now, std::chrono::seconds(20), m_token});
        m_fake.done.clear();
        m_fake.failing.clear();
        m_fake.silent.clear();
        m_fake.sessionToken.clear();
    }

    void aCallComesBackFromItsRecord()
    {
        const Call call{"iam", "UpdateAccessKey", {{"AccessKeyId", "AKIA1"}, {"Status", "Active"}}};
        const auto again = Call::fromValue(call.toValue());
        QVERIFY(again && again->parameters == call.parameters && again->repeat == Repeat::Freely);
        Call json{"secretsmanager", "DeleteSecret", {}};
        json.body = Value::Object{{"SecretId", "a"}};
        const auto back = Call::fromValue(json.toValue());
        QVERIFY(back && back->body == json.body && back->repeat == Repeat::IfNotBegun);
        QCOMPARE(json.shown(), std::string("secretsmanager:DeleteSecret SecretId=a"));
    }
    void aRecordCallsOnlyWhatVerbsCall()
    {
        for (const auto& [service, action] : std::vector<std::pair<const char*, const char*>>{
                 {"iam", "CreateAccessKey"}, {"iam", "CreateUser"}, {"iam", "GetUser"}, {"ec2", "RunInstances"}, {"s3", "DeleteBucket"}, {"secretsmanager", "GetSecretValue"}, {"sts", "AssumeRole"}, {"", ""}})
            QVERIFY2(!Call::fromValue(Value::Object{{"service", service}, {"action", action}}), action);
    }

    void refusalsHaveTheirCodes()
    {
        auto client = open();
        QVERIFY(client);
        QVERIFY(codeOf(client->query({"iam", "GetUser", {{"UserName", "nobody"}}})) == ErrorCode::NotFound);
        QVERIFY(codeOf(client->query({"iam", "NoSuchAction", {{"UserName", "ada"}}})) == ErrorCode::Denied);
        m_fake.failing = {"GetUser"};
        QVERIFY(codeOf(client->query({"iam", "GetUser", {{"UserName", "ada"}}})) == ErrorCode::Io);
        const auto missing = client->json("secretsmanager", "secretsmanager.DescribeSecret", Value::Object{{"SecretId", "x"}}, Repeat::Freely);
        QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
    }
    void whatMustNotBeDoneTwiceIsSentOnce()
    {
        auto client = open();
        m_fake.keys["AKIA1"] = {"ada"};
        m_fake.silent = {"DeleteAccessKey"};
        QVERIFY(codeOf(client->query({"iam", "DeleteAccessKey", {{"UserName", "ada"}, {"AccessKeyId", "AKIA1"}}, Repeat::IfNotBegun})) == ErrorCode::Io);
        QCOMPARE(m_fake.done.size(), std::size_t(1));
    }
    void aCredentialWithoutItsPartsIsRefused()
    {
        for (const char* bad : {"", "{}", "{\"access_key_id\":\"A\"}", "[]"}) {
            m_credential = crypto::SecretBytes::copyOf(bad);
            QVERIFY2(open().error().code == ErrorCode::Denied, bad);
        }
    }

    // NHI2
    void nhi2WhatCameWithARoleIsTakenOutOfAnswers()
    {
        m_options.role = "arn:aws:iam::123456789012:role/responder";
        m_fake.sessionToken = "the-token-of-the-session";
        const test::HttpPeer echoing([this](const test::PeerRequest& request) {
            if (request.body.find("AssumeRole") != std::string::npos)
                return m_fake.answer()(request);
            return test::PeerReply{403, "<E><Error><Code>Bad</Code><Message>" + request.header("x-amz-security-token") + "</Message></Error></E>", {}, {}};
        });
        m_options.endpoint = echoing.url();
        auto client = open({"iam:GetUser"});
        QVERIFY2(client, client ? "" : client.error().detail.c_str());
        const auto refused = client->query({"iam", "GetUser", {{"UserName", "ada"}}});
        QVERIFY(!refused && refused.error().detail.find("the-token") == std::string::npos);
        QVERIFY2(refused.error().detail.find("[secret hidden]") != std::string::npos, refused.error().detail.c_str());
    }

    void optionsThatDoNotFitAreNamed()
    {
        QVERIFY(aws::Options::fromValue(Value::Object{{"region", "Frankfurt"}}).error().detail.find("region") != std::string::npos);
        QVERIFY(aws::Options::fromValue(Value::Object{{"region", "eu-central-1"}, {"role", "responder"}}).error().detail.find("ARN") != std::string::npos);
        QVERIFY(aws::Options::fromValue(Value::Object{{"region", "eu-central-1"}, {"colour", "red"}}).error().detail.find("colour") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestAwsClient)
#include "tst_aws_client.moc"
