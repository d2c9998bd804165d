#include "core/connectors/asker.h"

#include "tests/support/http_peer.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors;
using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

class TestAsker : public QObject
{
    Q_OBJECT

private:
    std::vector<int> m_pauses; ///< in milliseconds, as asked for
    crypto::SecretBytes m_nothing;
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();

    Result<net::HttpReply> ask(const HttpPeer& peer, Repeat repeat, std::chrono::milliseconds limit = std::chrono::seconds(60))
    {
        m_pauses.clear();
        Asker asker(net::HttpClient::make().value(), [this](std::chrono::milliseconds time, const std::stop_token&) {
            m_pauses.push_back(static_cast<int>(time.count()));
            return true;
        });
        net::HttpRequest request;
        request.method = "POST";
        request.url = peer.url("/");
        const act::CallContext context{m_nothing, "key", Timestamp(), limit, m_token};
        return asker.ask(request, repeat, context,
                         [](const net::HttpReply& reply) { return reply.body == "Throttling"; });
    }

private slots:
    void whatIsThrottledIsAskedAgainWithPausesThatDouble()
    {
        std::atomic<int> count = 0;
        HttpPeer peer([&count](const PeerRequest&) { return ++count < 4 ? PeerReply{400, "Throttling", {}, {}} : PeerReply{200, "", {}, {}}; });
        const auto reply = ask(peer, Repeat::IfNotBegun);
        QVERIFY(reply);
        QCOMPARE(reply->status, 200);
        QCOMPARE(m_pauses, (std::vector<int>{200, 400, 800}));
    }

    void theServersOwnPauseIsKept()
    {
        std::atomic<int> count = 0;
        HttpPeer peer([&count](const PeerRequest&) {
            return ++count < 2 ? PeerReply{429, "", {{"Retry-After", "7"}}, {}} : PeerReply{200, "", {}, {}};
        });
        QVERIFY(ask(peer, Repeat::IfNotBegun));
        QCOMPARE(m_pauses, (std::vector<int>{7000}));
    }

    void aPauseLongerThanTheCallHasIsNotWaitedFor()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{429, "", {{"Retry-After", "3600"}}, {}}; });
        const auto reply = ask(peer, Repeat::Freely);
        QVERIFY(reply);
        QCOMPARE(reply->status, 429);
        QVERIFY(m_pauses.empty());
        QCOMPARE(peer.requests().size(), std::size_t(1));
    }

    void endlessThrottlingComesToAnEnd()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{429, "", {}, {}}; });
        QCOMPARE(ask(peer, Repeat::Freely)->status, 429);
        QCOMPARE(peer.requests().size(), std::size_t(6));
    }

    void whatChangesAndBrokeIsNeverAskedAgain()
    {
        HttpPeer lost([](const PeerRequest&) { return PeerReply{200, "", {}, {}, false, true}; });
        QVERIFY(ask(lost, Repeat::IfNotBegun).error().code == ErrorCode::Io);
        QCOMPARE(lost.requests().size(), std::size_t(1));
        HttpPeer broken([](const PeerRequest&) { return PeerReply{503, "", {}, {}}; });
        QCOMPARE(ask(broken, Repeat::IfNotBegun)->status, 503);
        QCOMPARE(broken.requests().size(), std::size_t(1));
    }

    void aReadThatBrokeIsAskedThreeTimes()
    {
        HttpPeer broken([](const PeerRequest&) { return PeerReply{500, "", {}, {}}; });
        QCOMPARE(ask(broken, Repeat::Freely)->status, 500);
        QCOMPARE(broken.requests().size(), std::size_t(3));
    }

    void whatWasSurelyNotSentIsTriedOnceMore()
    {
        int port = 0;
        {
            const HttpPeer gone([](const PeerRequest&) { return PeerReply{}; });
            port = gone.port();
        }
        m_pauses.clear();
        Asker asker(net::HttpClient::make().value(), [this](std::chrono::milliseconds time, const std::stop_token&) {
            m_pauses.push_back(static_cast<int>(time.count()));
            return true;
        });
        net::HttpRequest request;
        request.url = "http://127.0.0.1:" + std::to_string(port) + '/';
        const act::CallContext context{m_nothing, "key", Timestamp(), std::chrono::seconds(60), m_token};
        QVERIFY(asker.ask(request, Repeat::IfNotBegun, context).error().code == ErrorCode::Denied);
        QCOMPARE(m_pauses.size(), std::size_t(1));
    }

    void refusalsAreNotAskedAgain()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{403, "", {}, {}}; });
        QCOMPARE(ask(peer, Repeat::Freely)->status, 403);
        QCOMPARE(peer.requests().size(), std::size_t(1));
    }

    void aStopBetweenAttemptsIsKnownNotToHaveActed()
    {
        HttpPeer peer([](const PeerRequest&) { return PeerReply{429, "", {}, {}}; });
        Asker asker(net::HttpClient::make().value(), [](std::chrono::milliseconds, const std::stop_token&) { return false; });
        net::HttpRequest request;
        request.url = peer.url("/");
        const act::CallContext context{m_nothing, "key", Timestamp(), std::chrono::seconds(60), m_token};
        QVERIFY(asker.ask(request, Repeat::IfNotBegun, context).error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAsker)
#include "tst_asker.moc"
