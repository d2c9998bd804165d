#include "core/net/http_client.h"

#include "tests/support/http_peer.h"
#include "tests/support/tls_identity.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::net;
using cordon::test::HttpPeer;
using cordon::test::PeerReply;
using cordon::test::PeerRequest;

class TestHttpClient : public QObject
{
    Q_OBJECT

private:
    static Result<HttpReply> ask(const HttpRequest& request, HttpTrust trust = {}, const std::stop_token& stop = {})
    {
        auto client = HttpClient::make(std::move(trust));
        if (!client)
            return fail(client.error());
        return client->send(request, stop);
    }
    static HttpRequest get(const std::string& url)
    {
        HttpRequest request;
        request.url = url;
        return request;
    }

private slots:
    void everyMethodHeaderAndBodyArrivesAsItWasGiven()
    {
        HttpPeer peer([](const PeerRequest& request) { return PeerReply{201, request.body, {{"X-Answer", " yes "}}, {}}; });
        auto client = HttpClient::make();
        QVERIFY(client);
        for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
            HttpRequest request{method, peer.url("/a%2Fb/../c?x=1&y="), {{"X-Empty", ""}, {"Accept", "a/b"}}, "", {}};
            request.timeLimit = std::chrono::seconds(10);
            if (method != "GET")
                request.body = std::string("body\0with a zero", 16);
            const auto reply = client->send(request);
            QVERIFY2(reply, reply ? "" : reply.error().detail.c_str());
            QCOMPARE(reply->status, 201);
            QCOMPARE(reply->header("x-answer"), std::string("yes"));
            QCOMPARE(reply->header("x-other"), std::string());
            const PeerRequest got = peer.requests().back();
            QCOMPARE(got.method, method);
            QCOMPARE(got.target, std::string("/a%2Fb/../c?x=1&y="));
            QCOMPARE(got.header("Accept"), std::string("a/b"));
            QVERIFY(got.header("Expect").empty());
            QCOMPARE(got.body, request.body);
            QCOMPARE(reply->body, request.body);
        }
    }

    void whatIsToBeSentOnceIsNotSentAgainByTheLibrary()
    {
        HttpPeer peer([](const PeerRequest& request) {
            PeerReply reply{200, "yes", {}, {}};
            reply.closes = request.method == "POST"; // taken, and the answer is lost
            return reply;
        });
        auto client = HttpClient::make();
        QVERIFY(client);
        QVERIFY(client->send(get(peer.url("/")))); // leaves a connection behind
        HttpRequest change{"POST", peer.url("/change"), {}, "{}", std::chrono::seconds(10), true};
        QVERIFY(!client->send(change));
        QCOMPARE(peer.requests().size(), std::size_t(2));
        QVERIFY(client->send(get(peer.url("/"))));
        change.onceOnly = false;
        QVERIFY(!client->send(change));
        QVERIFY(peer.requests().size() > std::size_t(4)); // or this test shows nothing
    }

    void anEmptyPostHasALengthOfZero()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{}; });
        QVERIFY(ask({"POST", peer.url("/"), {}, "", std::chrono::seconds(10)}));
        QCOMPARE(peer.requests().front().header("Content-Length"), std::string("0"));
    }

    void aStatusIsNoError()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{503, "later", {{"Retry-After", "3"}}, {}}; });
        const auto reply = ask(get(peer.url("/")));
        QVERIFY(reply);
        QCOMPARE(reply->status, 503);
        QCOMPARE(reply->header("retry-after"), std::string("3"));
    }

    void aRedirectIsToldAndNotFollowed()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{302, "", {{"Location", "http://127.0.0.1:1/"}}, {}}; });
        const auto reply = ask(get(peer.url("/")));
        QVERIFY(reply);
        QCOMPARE(reply->status, 302);
        QCOMPARE(peer.requests().size(), std::size_t(1));
    }

    void plainTextIsSpokenWithThisMachineOnly()
    {
        for (const char* url : {"http://192.0.2.1/", "http://localhost.evil.test/", "http://127.0.0.1.evil.test/",
                                "http://127.0.0.1@192.0.2.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "",
                                "http://user:word@127.0.0.1/"}) {
            const auto reply = ask(get(url));
            QVERIFY2(!reply, url);
            QVERIFY2(reply.error().code == ErrorCode::Invalid, url);
        }
    }

    void aHeaderOrMethodCannotSmuggleALine()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{}; });
        HttpRequest header = get(peer.url("/"));
        header.headers = {{"X", "a\r\nY: b"}};
        QVERIFY(!ask(header));
        header.headers = {{"X: a\r\nY", "b"}};
        QVERIFY(!ask(header));
        HttpRequest method = get(peer.url("/"));
        method.method = "GET / HTTP/1.1\r\nX:";
        QVERIFY(!ask(method));
        QVERIFY(!ask(get(peer.url("/\r\nX: y"))));
        QVERIFY(peer.requests().empty());
    }

    void anAnswerThatIsTooLongIsGivenUp()
    {
        HttpPeer peer([](const PeerRequest& request) {
            return request.path() == "/body" ? PeerReply{200, std::string(70'000, 'x'), {}, {}}
                                             : PeerReply{200, "", {{"X-Long", std::string(70'000, 'x')}}, {}};
        });
        HttpTrust trust;
        trust.mostBody = trust.mostHeaders = 65'536;
        for (const char* path : {"/body", "/header"}) {
            const auto reply = ask(get(peer.url(path)), trust);
            QVERIFY(!reply);
            QVERIFY(reply.error().code == ErrorCode::Io);
        }
    }

    void aLostAnswerAndARefusedConnectionAreToldApart()
    {
        int port = 0;
        {
            HttpPeer peer([](const PeerRequest&) { return PeerReply{200, "", {}, {}, false, true}; });
            port = peer.port();
            const auto lost = ask(get(peer.url("/path?token=secret-in-query")));
            QVERIFY(!lost);
            QVERIFY(lost.error().code == ErrorCode::Io);
            QVERIFY(lost.error().detail.find("secret-in-query") == std::string::npos);
        }
        const auto refused = ask(get("http://127.0.0.1:" + std::to_string(port) + '/'));
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::Denied);
    }

    void aServerThatHangsIsLeftInTime()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{200, "", {}, {}, true}; });
        HttpRequest request = get(peer.url("/"));
        request.timeLimit = std::chrono::milliseconds(150);
        const auto reply = ask(request);
        QVERIFY(!reply);
        QVERIFY(reply.error().code == ErrorCode::TimedOut);
    }

    void aCallThatIsStoppedBeforeItBeganSendsNothing()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{}; });
        std::stop_source stop;
        stop.request_stop();
        const auto reply = ask(get(peer.url("/")), {}, stop.get_token());
        QVERIFY(!reply);
        QVERIFY(reply.error().code == ErrorCode::Cancelled);
        QVERIFY(peer.requests().empty());
    }

    void aServerIsBelievedOnlyUnderAKnownAuthorityAndItsName()
    {
        QTemporaryDir folder;
        const test::TlsIdentity right(folder.path().toStdString(), "right", "IP:127.0.0.1");
        const test::TlsIdentity wrong(folder.path().toStdString(), "wrong", "DNS:other.test");
        HttpPeer good([](const PeerRequest&) { return PeerReply{200, "tls", {}, {}}; }, right.context());
        HttpPeer other([](const PeerRequest&) { return PeerReply{}; }, wrong.context());
        HttpTrust trust;
        trust.authorities = right.authorityFile();
        const auto reply = ask(get(good.url("/")), trust);
        QVERIFY2(reply, reply ? "" : reply.error().detail.c_str());
        QCOMPARE(reply->body, std::string("tls"));

        QVERIFY(ask(get(good.url("/"))).error().code == ErrorCode::Untrusted); // not of the system's authorities
        trust.authorities = wrong.authorityFile();
        QVERIFY(ask(get(other.url("/")), trust).error().code == ErrorCode::Untrusted); // another name
        QVERIFY(other.requests().empty());
    }

    void environmentVariablesSendItNoOtherWay()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{200, "direct", {}, {}}; });
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("ALL_PROXY", "http://127.0.0.1:1");
        const auto reply = ask(get(peer.url("/")));
        qunsetenv("http_proxy");
        qunsetenv("ALL_PROXY");
        QVERIFY2(reply, reply ? "" : reply.error().detail.c_str());
        QCOMPARE(reply->body, std::string("direct"));
    }

    void percentEncodingLeavesOnlyUnreservedLettersAlone()
    {
        QCOMPARE(percentEncoded("aZ09-._~"), std::string("aZ09-._~"));
        QCOMPARE(percentEncoded("a b/c+d\xc3\xa4"), std::string("a%20b%2Fc%2Bd%C3%A4"));
        QCOMPARE(percentEncoded("a/b c", true), std::string("a/b%20c"));
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_http_client.moc"
