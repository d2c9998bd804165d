#include "core/connectors/rest_client.h"

#include "core/value/json.h"
#include "tests/support/http_peer.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors;
using cordon::test::HttpPeer;
using cordon::test::PeerReply;
using cordon::test::PeerRequest;

class TestRestClient : public QObject
{
    Q_OBJECT

private:
    crypto::SecretBytes m_none;
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    act::CallContext m_context{m_none, "", Timestamp(), std::chrono::seconds(20), m_token};
    std::unique_ptr<Asker> m_asker;

    RestClient::Manner manner(const HttpPeer& peer) const { return {"it", peer.url("/base"), {{"authorization", "Bearer secret-token"}}, {}}; }

private slots:
    void init()
    {
        auto client = net::HttpClient::make();
        QVERIFY(client);
        m_asker = std::make_unique<Asker>(std::move(*client), [](auto, const auto&) { return true; });
    }

    void aListThatGoesOnElsewhereIsNotFollowed_data()
    {
        QTest::addColumn<QString>("next");
        QTest::newRow("another server") << "http://127.0.0.2:9/base/x";
        QTest::newRow("a name that begins alike") << "{}.evil.example/x";
        QTest::newRow("outside the base") << "{root}/other";
    }
    void aListThatGoesOnElsewhereIsNotFollowed()
    {
        QFETCH(QString, next);
        std::string address = next.toStdString();
        const HttpPeer peer([&address](const PeerRequest&) { return PeerReply{200, json::write(Value::Object{{"value", Value::Array{1}}, {"next", address}}), {}, {}}; });
        if (address.starts_with("{}"))
            address = peer.url("/base") + address.substr(2);
        else if (address.starts_with("{root}"))
            address = peer.url() + address.substr(6);
        RestClient client(*m_asker, m_context, manner(peer));
        const auto all = client.all("/list", "value", RestClient::nextByMember("next"));
        QVERIFY(!all && all.error().code == ErrorCode::Io);
        QCOMPARE(peer.requests().size(), std::size_t(1));
    }

    void aListWithoutEndEnds()
    {
        const HttpPeer peer([](const PeerRequest&) { return PeerReply{200, "[1]", {{"Link", "</list?page=2>; rel=\"next\""}}, {}}; });
        RestClient client(*m_asker, m_context, manner(peer));
        QVERIFY(client.all("/list", {}, RestClient::nextByLink()).error().detail.find("without end") != std::string::npos);
        QCOMPARE(peer.requests().size(), std::size_t(100));
    }

    void whatAServerSaysIsShortAndOnOneLine()
    {
        const HttpPeer peer([](const PeerRequest&) { return PeerReply{400, json::write(Value::Object{{"message", "no\r\nstatus 200 " + std::string(5000, 'x')}}), {}, {}}; });
        RestClient client(*m_asker, m_context, manner(peer));
        const auto refused = client.read("/a?token=hidden");
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(refused.error().detail.size() < 500 && refused.error().detail.find('\n') == std::string::npos);
        QVERIFY(refused.error().detail.find("hidden") == std::string::npos && refused.error().detail.find("secret-token") == std::string::npos);
    }

    void statusesMeanWhatTheyMean()
    {
        int status = 0;
        const HttpPeer peer([&status](const PeerRequest&) { return PeerReply{status, "{}", {}, {}}; });
        RestClient client(*m_asker, m_context, manner(peer));
        const auto code = [&](int given) {
            status = given;
            const auto said = client.send({"POST", "/a", Value::Object{}, Repeat::IfNotBegun});
            return said ? ErrorCode::Internal : said.error().code;
        };
        QVERIFY(code(404) == ErrorCode::NotFound && code(410) == ErrorCode::NotFound);
        QVERIFY(code(409) == ErrorCode::Conflict && code(412) == ErrorCode::Conflict);
        QVERIFY(code(401) == ErrorCode::Denied && code(403) == ErrorCode::Denied && code(302) == ErrorCode::Denied);
        QVERIFY(code(500) == ErrorCode::Io && code(503) == ErrorCode::Io);
        QVERIFY(code(204) == ErrorCode::Internal); // is none
    }

    void anUndoRecordNamesNoOtherServer()
    {
        const auto isCall = [](const char* method, const char* path) {
            return RestCall::fromValue(Value::Object{{"method", method}, {"path", path}, {"type", "application/json"}}).has_value();
        };
        QVERIFY(isCall("DELETE", "/users/a"));
        QVERIFY(!isCall("DELETE", "https://evil.example/") && !isCall("DELETE", "//evil.example/") && !isCall("DELETE", "@evil.example/"));
        QVERIFY(!isCall("GET", "/users/a") && !isCall("CONNECT", "/"));
    }
};

QTEST_GUILESS_MAIN(TestRestClient)
#include "tst_rest_client.moc"
