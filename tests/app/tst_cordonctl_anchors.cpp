#include "core/crypto/sha256.h"
#include "core/crypto/timestamp_token.h"
#include "core/record/case_folder.h"
#include "core/record/head_timestamps.h"
#include "tests/app/ctl_runner.h"
#include "tests/support/http_peer.h"
#include "tests/support/time_stamping_authority.h"

using namespace cordon;
using namespace cordon::tests;
using cordon::test::HttpPeer;
using cordon::test::PeerReply;
using cordon::test::PeerRequest;

/// A time-stamping authority that is asked over the network, on this machine.
class TestCordonctlAnchors : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CtlRunner> m_ctl;
    test::TimeStampingAuthority m_authority;

    [[nodiscard]] PeerReply stamped(const PeerRequest& request) const
    {
        return {200, m_authority.reply(request.body), {{"Content-Type", "application/timestamp-reply"}}, {}};
    }
    [[nodiscard]] Ran ask(const std::string& url, const QStringList& more = {}) const
    {
        return m_ctl->run(QStringList{"--json", "anchor", m_ctl->caseFolder(), "--tsa", QString::fromStdString(url)} + more);
    }
    [[nodiscard]] bool hasTokens() const { return QFileInfo::exists(m_ctl->caseFolder() + "/ledger/timestamps"); }
    [[nodiscard]] Ran python(const QString& place) const
    {
        QProcess process;
        process.start("/usr/bin/python3", {CORDON_SOURCE_DIR "/tools/verify_ledger.py", place, "--home", m_ctl->home()});
        if (!process.waitForFinished(50'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private slots:
    void init()
    {
        m_ctl = std::make_unique<CtlRunner>();
        record::CaseOptions options;
        options.home = m_ctl->home().toStdString();
        MachineClock clock;
        auto made = record::CaseFolder::create(m_ctl->caseFolder().toStdString(), std::move(options), clock);
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        QVERIFY((*made)->close());
    }

    void aTokenIsFetchedKeptSealedAndReadInPlace()
    {
        HttpPeer peer([&](const PeerRequest& request) { return stamped(request); });
        QVERIFY(platform::writeFileAtomically(m_ctl->path("tsa.pem").toStdString(), m_authority.pem()));
        const Ran asked = ask(peer.url("/tsr"), {"--tsa-authority", m_ctl->path("tsa.pem")});
        QVERIFY2(asked.status == 0, asked.told().constData());
        QCOMPARE(asked.json()["timestamps_trusted"].asInt(), std::int64_t(1));
        QCOMPARE(peer.requests().size(), std::size_t(1));
        QCOMPARE(peer.requests().front().method, std::string("POST"));
        QCOMPARE(peer.requests().front().header("Content-Type"), std::string("application/timestamp-query"));

        const QString sealed = m_ctl->path("whole.cordonz");
        const Ran packed = m_ctl->run({"seal", m_ctl->caseFolder(), sealed, "--by", "user:analyst-a"});
        QVERIFY2(packed.status == 0, packed.told().constData());
        for (const QString& place : {m_ctl->caseFolder(), sealed}) {
            const Ran verified = m_ctl->run({"verify", place});
            QVERIFY2(verified.status == 0 && verified.out.contains("RFC3161 1/1 trusted"), verified.told().constData());
            const Ran second = python(place);
            QVERIFY2(second.status == 0 && second.out.contains("1 RFC 3161 tokens"), second.told().constData());
        }
    }

    void whatIsNoAnswerToThisRequestIsNotKept_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("told");
        QTest::newRow("a token from before: another nonce") << 0 << "does not answer this request";
        QTest::newRow("a redirect") << 1 << "status 302";
        QTest::newRow("a page") << 2 << "no time-stamp reply";
        QTest::newRow("nonsense that says it is a reply") << 3 << "not a time-stamp reply";
        QTest::newRow("more than a reply can have") << 4 << "too long";
        QTest::newRow("an authority that is not trusted") << 5 << "does not lead to the authorities";
    }
    void whatIsNoAnswerToThisRequestIsNotKept()
    {
        QFETCH(int, kind);
        QFETCH(QString, told);
        const auto before = record::headTimestampRequest(m_ctl->caseFolder().toStdString());
        QVERIFY(before);
        const std::vector<std::pair<std::string, std::string>> type{{"Content-Type", "application/timestamp-reply"}};
        HttpPeer peer([&](const PeerRequest& request) {
            switch (kind) {
            case 0: return PeerReply{200, m_authority.reply(*before), type, {}};
            case 1: return PeerReply{302, "", {{"Location", "file:///etc/passwd"}}, {}};
            case 2: return PeerReply{200, "<html>", {{"Content-Type", "text/html"}}, {}};
            case 3: return PeerReply{200, "nonsense", type, {}};
            case 4: return PeerReply{200, std::string(2U << 20U, 'x'), type, {}};
            default: return stamped(request);
            }
        });
        const test::TimeStampingAuthority another;
        if (kind == 5)
            QVERIFY(platform::writeFileAtomically(m_ctl->home().toStdString() + "/tsa.pem", another.pem()));
        const Ran asked = ask(peer.url("/"));
        QCOMPARE(asked.status, kind == 5 ? 3 : 1); // 3: what cannot be trusted
        QVERIFY2(asked.err.contains(told.toUtf8()), asked.told().constData());
        QVERIFY(!hasTokens());
    }

    void aNewPlaceForCopiesGetsTheNewestHeadAtOnce()
    {
        QVERIFY(QDir().mkpath(m_ctl->path("copies")));
        const Ran added = m_ctl->run({"--json", "anchor", m_ctl->caseFolder(), "--copy-to", m_ctl->path("copies")});
        QVERIFY2(added.status == 0, added.told().constData());
        const Value copies = added.json()["anchors"].asArray().back();
        QVERIFY2(copies["size"].asInt() > 0, added.out.constData());
    }

    void otherSchemesAreNotSpoken()
    {
        for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "http://user:word@127.0.0.1/"}) {
            const Ran asked = ask(url);
            QVERIFY2(asked.status != 0, url);
        }
        QVERIFY(!hasTokens());
    }

    /// A token over another head lies in the place of this one's: both verifiers see it.
    void aTokenOverAnotherHeadIsSeenByBoth()
    {
        HttpPeer peer([&](const PeerRequest& request) { return stamped(request); });
        QCOMPARE(ask(peer.url("/")).status, 0);
        QCOMPARE(python(m_ctl->caseFolder()).status, 0);
        const QDir tokens(m_ctl->caseFolder() + "/ledger/timestamps");
        const QString file = tokens.filePath(tokens.entryList(QDir::Files).value(0));
        const std::string other = m_authority.reply(crypto::timestampRequest(crypto::sha256("another head")));
        QVERIFY(platform::writeFileAtomically(file.toStdString(), other));
        const Ran verified = m_ctl->run({"verify", m_ctl->caseFolder()});
        QVERIFY2(verified.status == 1 && verified.out.contains("not over this head"), verified.told().constData());
        const Ran second = python(m_ctl->caseFolder());
        QVERIFY2(second.status == 1 && second.out.contains("not over this head"), second.told().constData());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlAnchors)
#include "tst_cordonctl_anchors.moc"
